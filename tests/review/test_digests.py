"""Two readers of the digests: applied, told where a page has changed, agreement as by hand."""

import csv
import shutil

import pytest

from dz_analysis import paths
from dz_analysis.corpus import load_corpus
from dz_analysis.hashes import hash_file
from dz_analysis.ingest import ingest
from dz_analysis.reading import read_page
from dz_analysis.review import COLUMNS, FILE, measure_agreement, read_corrections

# What two readers say of the unit of four numbers; the last one is disputed.
UNITS = [("甲单位", "甲单位"), ("乙单位", "乙单位"), ("甲单位", "甲单位"), ("甲单位", "乙单位")]
CHANGED = "decheng-digest"


@pytest.fixture
def corpus(home):
    shutil.copytree(paths.PACKAGE.parent / "data" / "digests", home / "data" / "digests")
    return load_corpus("digests")


def test_what_two_readers_say_of_the_digests(corpus):
    rows = corpus.table("observations")
    apart = rows[rows["document"] != CHANGED].drop_duplicates("document", keep="last")
    judged = apart.to_dict("records")
    stays, moved = judged.pop(), rows[rows["document"] == CHANGED].iloc[-1].to_dict()
    judged.append(rows[rows["document"] == judged[0]["document"]].iloc[0].to_dict())
    lines = [
        [row["document"], row["start"], row["quote"], "unit", row["unit"], said, "", reader, ""]
        for row, pair in zip(judged, UNITS, strict=True)
        for reader, said in zip(("甲", "乙"), pair, strict=True)
    ]
    lines += [
        [row["document"], row["start"], row["quote"], "row", "", "right", "", "甲", ""]
        for row in (stays, moved)
    ]
    with (corpus.folder / FILE).open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([COLUMNS, *lines])

    reviewed = ingest(corpus).reviewed
    assert reviewed.say_counts().startswith("2 confirmed, 3 corrected")
    agreed = measure_agreement(read_corrections(corpus.folder), rows)
    # 8 values, 5 and 3; one pair of four differs: 1 − (2/8) / (2·5·3 / (8·7)) = 8/15.
    (alpha,) = agreed.loc[agreed["field"] == "unit", "alpha"]
    assert alpha == pytest.approx(8 / 15)

    page = corpus.texts / f"{CHANGED}.txt"
    text = read_page(page).text
    assert text[moved["start"] : moved["end"]] == moved["quote"]
    known, manifest = hash_file(page), corpus.folder / "documents.csv"
    page.write_text(f"{text[: moved['start']]}略{text[moved['end'] :]}", encoding="utf-8")
    told = manifest.read_text(encoding="utf-8").replace(known, hash_file(page))
    manifest.write_text(told, encoding="utf-8")
    again = ingest(load_corpus("digests")).reviewed
    assert moved["quote"] in {one.place.quote for one in again.left}
    kept = corpus.table("observations").set_index(["document", "start"])["review"]
    assert kept[stays["document"], stays["start"]] == "confirmed"
    assert (kept == "corrected").sum() == 3 and "confirmed" not in set(kept[CHANGED])
