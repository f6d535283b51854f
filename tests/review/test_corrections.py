"""What readers say of rows: read, applied, or told why not; kept through a new ingest."""

import csv
import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from typer.testing import CliRunner

from dz_analysis import tables
from dz_analysis.cli import app
from dz_analysis.comparing.confidence import count_grades, flag_doubtful
from dz_analysis.corpus import load_corpus
from dz_analysis.doctor import examine_corpus
from dz_analysis.ingest import ingest, verify
from dz_analysis.manifest import Document, write_manifest
from dz_analysis.review import (
    COLUMNS,
    FILE,
    Correction,
    Corrections,
    Place,
    hash_corrections,
    read_corrections,
    read_record,
)
from dz_analysis.review.apply import apply_corrections
from dz_analysis.review.lines import spell_field

TEXT = (
    "青禾县2021年经济简况\n"
    "全县税收收入8.4亿元，增长6.1%。\n"
    "建成蓄水池12座，改造泵站30座。\n"
    "粮食总产45.6万吨，居全市第三位。\n"
)
OTHER = "南溪区2021年经济简况\n全区工业投资9.1亿元，下降2.4%。\n"


@pytest.fixture
def corpus(home):
    folder = home / "data" / "mine"
    (folder / "texts").mkdir(parents=True)
    for name, text in (("a", TEXT), ("b", OTHER)):
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    documents = [
        Document("a", "a.txt", region="青禾县", period="2021-01/2021-12"),
        Document("b", "b.txt", region="南溪区", period="2021-01/2021-12"),
    ]
    write_manifest(documents, folder / "documents.csv")
    return load_corpus("mine")


def line(quote, field, was="", is_="", *, document="a", text=TEXT, start=None, reader=""):
    """Return a line of corrections about a number of the text."""
    at = text.index(quote) if start is None else start
    return dict(zip(COLUMNS, (document, at, quote, field, was, is_, "", reader, ""), strict=True))


def write(folder, *lines, charset="utf-8", delimiter=","):
    with (folder / FILE).open("w", encoding=charset, newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(lines)


def row_of(corpus, quote):
    rows = corpus.table("observations")
    (row,) = rows[rows["quote"] == quote].to_dict("records")
    return row


def test_a_row_is_confirmed_corrected_removed_and_added(corpus):
    ingest(corpus)
    measured = corpus.table("observations")
    write(
        corpus.folder,
        line("8.4亿元", "row", is_="right"),
        line("6.1%", "indicator", "税收收入", "税务部门收入"),
        line("12座", "row", is_="none"),
        line("2021", "row", is_="missing"),
        line("2021", "value", is_="2021"),
        line("2021", "measure", is_="level"),
        line("2021", "status", is_="actual"),
        line("2021", "indicator", is_="年份"),
    )
    made = ingest(corpus)
    assert made.reviewed.say_counts() == "1 confirmed, 1 corrected, 1 added, 1 removed"
    sure, named, added = (row_of(corpus, quote) for quote in ("8.4亿元", "6.1%", "2021"))
    assert (sure["review"], sure["confidence"], sure["grade"]) == ("confirmed", 1.0, "A")
    assert (named["review"], named["indicator"]) == ("corrected", "税务部门收入")
    assert (added["review"], added["value"], added["paragraph"]) == ("added", 2021, 1)
    assert TEXT[added["raw_start"] : added["raw_end"]] == "2021"
    rows = corpus.table("observations")
    assert "12座" not in set(rows["quote"]) and len(rows) == len(measured)
    assert made.counts["observations"] == len(rows)
    numbers = measured.set_index("quote")["observation"]
    assert all(
        numbers.get(row.quote, row.observation) == row.observation for row in rows.itertuples()
    )
    documents = corpus.table("documents").set_index("id")
    assert documents["rows"].to_dict() == rows.groupby("document").size().to_dict()


def test_a_confirmed_row_keeps_its_mark_through_a_new_ingest_and_verify_knows_it(corpus):
    write(corpus.folder, line("30座", "row", is_="right"), line("12座", "row", is_="none"))
    ingest(corpus)
    before = corpus.table("observations")
    assert ingest(corpus).measured == 0
    pd.testing.assert_frame_equal(corpus.table("observations"), before)
    assert row_of(corpus, "30座")["review"] == "confirmed"
    report, again = verify(corpus)
    assert report["same"].all() and again.reviewed.say_counts() == "1 confirmed, 1 removed"


def test_a_field_brings_its_codes(corpus):
    write(
        corpus.folder,
        line("45.6万吨", "region", "青禾县", "德州市"),
        line("8.4亿元", "indicator", "税收收入", "一般公共预算收入"),
        line("8.4亿元", "value", "840000000", "8.5e8"),
        line("8.4亿元", "period", "2021", "2021年1月至2021年6月"),
        line("第三", "of", "全市", "全省", start=TEXT.index("第三位")) | {"quote": "第三位"},
    )
    reviewed = ingest(corpus).reviewed
    assert reviewed.say_counts() == "3 corrected"
    row = row_of(corpus, "8.4亿元")
    told = (row["indicator_id"], row["value"], row["period"])
    assert told == ("general_budget_revenue", 8.5e8, "2021-01/2021-06")
    assert row_of(corpus, "45.6万吨")["region_code"] == "371400"


def test_what_no_longer_fits_is_told_and_not_forced(corpus):
    write(
        corpus.folder,
        line("8.4亿元", "row", is_="right"),
        line("12座", "row", is_="none"),
        line("30座", "unit", "座", "处"),
        line("6.1%", "measure", "ratio", "growth"),
        line("9.1亿元", "unit", "万元", "千元", document="b", text=OTHER),
        line("9.1亿元", "row", is_="right", document="gone", text=OTHER),
    )
    reviewed = ingest(corpus).reviewed
    assert reviewed.say_counts() == "2 confirmed, 1 corrected, 1 removed, 2 no longer fitting"
    unit, gone = map(str, reviewed.left)
    assert unit.startswith("line 6 (b, '9.1亿元' at ")
    assert "unit was '万元' and is read as '元' now; look whether" in unit
    assert "no such document" in gone
    assert row_of(corpus, "9.1亿元")["unit"] == "元", "nothing is forced"
    assert row_of(corpus, "6.1%")["review"] == "confirmed", "it is read by now as it should be"


def test_a_changed_page_tells_where_the_same_number_moved(corpus):
    write(
        corpus.folder,
        line("8.4亿元", "row", is_="right"),
        line("12座", "row", is_="none"),
        line("30座", "unit", "座", "处"),
    )
    assert ingest(corpus).reviewed.left == []
    new = TEXT.replace("全县税收", "经初步核算，全县税收").replace("30座", "31座")
    (corpus.texts / "a.txt").write_text(new, encoding="utf-8")
    reviewed = ingest(corpus).reviewed
    notes = {one.place.quote: one.note for one in reviewed.left}
    assert set(notes) == {"8.4亿元", "12座", "30座"}
    assert f"it moved to {new.index('8.4亿元')}, among the same numbers" in notes["8.4亿元"]
    assert f"the same characters stand at {new.index('12座')}, among other" in notes["12座"]
    assert "no row stands there; correct the line or strike it" in notes["30座"]
    rows = corpus.table("observations")
    assert set(rows["review"]) == {""}, "nothing is forced"
    write(corpus.folder, line("8.4亿元", "row", is_="right", text=new))
    assert ingest(corpus).reviewed.say_counts() == "1 confirmed"


def test_a_number_that_is_missing_is_looked_up_in_the_page(corpus):
    fields = [
        line("2021", name, is_=value)
        for name, value in (("row", "missing"), ("value", "1"), ("measure", "level"))
    ]
    status = line("2021", "status", is_="actual")
    write(corpus.folder, *fields)
    (lacking,) = ingest(corpus).reviewed.left
    assert "needs status" in str(lacking)
    write(corpus.folder, *({**one, "start": 0} for one in (*fields, status)))
    (moved,) = ingest(corpus).reviewed.left
    assert "the text there is another; the same characters stand at 3" in str(moved)
    over = [{**one, "quote": "4亿元", "start": TEXT.index("4亿元")} for one in (*fields, status)]
    write(corpus.folder, *over)
    (taken,) = ingest(corpus).reviewed.left
    assert "'8.4亿元' is read there now" in str(taken)
    write(corpus.folder, line("8.4亿元", "row", is_="none"), *over)
    assert ingest(corpus).reviewed.say_counts() == "1 added, 1 removed"


def test_where_readers_disagree_nothing_is_applied(corpus):
    write(
        corpus.folder,
        line("8.4亿元", "row", is_="right", reader="甲"),
        line("8.4亿元", "indicator", "税收收入", "税收", reader="乙"),
        line("12座", "row", is_="none", reader="甲"),
        line("12座", "unit", "座", "处", reader="乙"),
        line("30座", "unit", "座", "处", reader="甲"),
        line("30座", "unit", "座", "处", reader="乙"),
        line("6.1%", "indicator", "税收收入", "税收", reader="甲"),
        line("6.1%", "row", "corrected", "right", reader="乙"),
    )
    reviewed = ingest(corpus).reviewed
    assert reviewed.say_counts() == "2 corrected, 2 disputed by readers"
    notes = {one.place.quote: one.note for one in reviewed.left}
    assert "indicator: 乙 says '税收', 甲 says '税收收入'" in notes["8.4亿元"]
    assert "row: 乙 says 'right', 甲 says 'none'" in notes["12座"]
    row = row_of(corpus, "8.4亿元")
    assert (row["review"], row["indicator"]) == ("disputed", "税收收入") and row["confidence"] < 1
    assert row_of(corpus, "30座")["unit"] == row_of(corpus, "30座")["unit"] == "处"


def test_the_last_word_of_a_reader_counts(corpus):
    write(
        corpus.folder,
        line("12座", "row", is_="none"),
        line("12座", "row", is_="right"),
        line("30座", "unit", "座", "处"),
        line("30座", "unit", "处", "个"),
        line("30座", "row", "corrected", "right"),
    )
    assert ingest(corpus).reviewed.say_counts() == "1 confirmed, 1 corrected"
    assert row_of(corpus, "30座")["unit"] == "个"


def test_a_row_that_is_read_otherwise_since_it_was_judged_is_told_until_it_is_judged_anew(corpus):
    lines = [
        line("8.4亿元", "row", is_="right"),
        line("30座", "period", "2021", "2020"),
        line("12座", "row", is_="none"),
    ]
    write(corpus.folder, *lines)
    assert ingest(corpus).reviewed.left == []
    first, other = corpus.documents
    write_manifest(
        [replace(first, period="2022-01/2022-12"), other], corpus.folder / "documents.csv"
    )
    for _ in range(2):
        made = ingest(load_corpus("mine")).reviewed
        assert made.say_counts() == "1 removed, 2 no longer fitting"
        note = next(one.note for one in made.left if one.place.quote == "8.4亿元")
        assert "period was '2021-01/2021-12' when the row was judged and is read as '2022" in note
        assert row_of(corpus, "8.4亿元")["review"] == ""
    assert verify(load_corpus("mine"))[1].reviewed.say_counts() == made.say_counts()
    write(corpus.folder, lines[0] | {"date": "2026-11-30"}, *lines[1:])
    assert ingest(load_corpus("mine")).reviewed.of_kind("confirmed")


def test_the_record_is_of_the_file_as_it_was_applied(corpus, monkeypatch):
    write(corpus.folder, line("8.4亿元", "row", is_="right"))
    applied = hash_corrections(corpus.folder)
    monkeypatch.setattr(
        "dz_analysis.ingest.corpora._describe",
        lambda *_: write(corpus.folder, line("12座", "row", is_="none")),
    )
    ingest(corpus)
    assert read_record(corpus.folder / ".ingest").sha256 == applied
    assert complaints("not applied"), "the file was changed while it was measured"


def test_a_mark_that_no_line_gives_any_more_confirms_nothing(corpus):
    write(
        corpus.folder,
        line("8.4亿元", "row", "corrected", "right"),
        line("6.1%", "row", "confirmed", "right"),
        line("12座", "row", "added", "right", reader="甲"),
        line("12座", "row", is_="right", reader="乙"),
        line("30座", "row", "confirmed", "right", reader="甲"),
        line("30座", "row", is_="right", reader="乙"),
    )
    reviewed = ingest(corpus).reviewed
    assert reviewed.say_counts() == "1 confirmed, 3 no longer fitting"
    assert "was corrected when a reader confirmed it, and no line says" in reviewed.left[0].note
    assert [row_of(corpus, one)["review"] for one in ("8.4亿元", "6.1%", "12座")] == [""] * 3


def test_a_number_that_is_none_is_not_gone_while_another_row_stands_on_it(corpus):
    write(corpus.folder, line("4亿元", "row", is_="none"), line("简况", "row", is_="none"))
    (left,) = (reviewed := ingest(corpus).reviewed).left
    assert "'8.4亿元' is read there now" in left.note
    assert reviewed.say_counts() == "1 removed, 1 no longer fitting"


def test_a_dispute_stands_though_a_reader_confirms_the_row_afterwards(corpus):
    write(
        corpus.folder,
        line("30座", "unit", "座", "处", reader="甲"),
        line("30座", "unit", "座", "个", reader="乙"),
        line("30座", "row", "corrected", "right", reader="乙"),
    )
    (left,) = ingest(corpus).reviewed.left
    assert "unit: 乙 says '个', 甲 says '处'" in left.note
    assert row_of(corpus, "30座")["unit"] == "座"


BAD = [
    ({"document": ""}, "line 3: document '' is blank; write the document's id."),
    ({"start": "vier"}, "line 3: start 'vier' is no offset; write where the number begins"),
    ({"quote": ""}, "line 3: quote '' is blank"),
    ({"field": "indicater"}, "line 3: field 'indicater' is no field .* did you mean 'indicator'?"),
    ({"is": "wrong"}, "line 3: is 'wrong' is no verdict; write one of right, none, missing."),
    ({"field": "value", "is": "viel"}, "line 3: is 'viel' is no number; write it in the base unit"),
    ({"field": "measure", "is": "size"}, "line 3: is 'size' is no measure; write one of level"),
    ({"field": "status", "is": ""}, "line 3: is '' is no status; write one of actual"),
    ({"field": "period", "is": "2021-06/2021-01"}, "line 3: is .* is no closed months"),
    ({"date": "gestern"}, "line 3: date 'gestern' is no date; write 2021-07-01"),
]


@pytest.mark.parametrize(("cells", "told"), BAD, ids=lambda value: str(value)[:24])
def test_a_bad_line_is_refused_and_the_rest_goes_on(corpus, cells, told):
    right = line("8.4亿元", "row", is_="right")
    write(corpus.folder, right, right | cells, line("12座", "row", is_="none"))
    read = read_corrections(corpus.folder)
    assert [one.line for one in read.lines] == [2, 4]
    (bad,) = read.bad
    assert re.match(told, str(bad)), str(bad)
    assert ingest(corpus).reviewed.say_counts() == "1 confirmed, 1 removed, 1 line refused"


@pytest.mark.parametrize(
    ("charset", "delimiter"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t")]
)
def test_a_file_is_read_as_a_spreadsheet_saves_it(corpus, charset, delimiter):
    lines = [line("8.4亿元", "indicator", "税收收入", "税收") | {"date": "2021/7/1"}]
    write(corpus.folder, *lines, charset=charset, delimiter=delimiter)
    (read,) = read_corrections(corpus.folder).lines
    assert (read.is_, read.date, read.place.start) == ("税收", "2021-07-01", TEXT.index("8.4"))


def test_a_file_without_its_columns_is_refused_before_anything_is_measured(corpus):
    (corpus.folder / FILE).write_text("document,start,quote\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"corrections\.csv line 1: columns \['field', 'was'"):
        ingest(corpus)


def test_what_a_person_has_seen_is_never_left_out_as_doubtful(make_facts):
    facts, documents = make_facts(
        ("甲县", "税收", "level", "8亿元", 8e8, "元", {"confidence": 0.3, "grade": "C"}),
        ("甲县", "投资", "level", "9亿元", 9e8, "元", {"confidence": 0.3, "grade": "C"}),
    )
    rows = facts[[c for c in facts if c in tables.TABLES["observations"].names]]
    rows = tables.check_table(rows, "observations")
    seen = Correction(2, Place("甲县", 100, "8亿元"), "row", "", "right")
    made = apply_corrections(rows, Corrections((seen,))).rows
    assert flag_doubtful(made).tolist() == [False, True]
    counted = count_grades(made, documents)
    assert counted[["A", "C", "seen by a reader"]].iloc[-1].tolist() == [0, 1, 1]


def test_tables_of_old_are_read_as_rows_that_nobody_has_judged():
    old = tables.empty_table("observations").drop(columns="review")
    assert tables.check_table(old, "observations")["review"].tolist() == []


def test_amounts_are_compared_as_numbers():
    assert spell_field("value", 8.4e8) == spell_field("value", "840,000,000") == "840000000"
    assert spell_field("value_high", math.nan) == ""


def complaints(check):
    found = examine_corpus("mine").complaints
    return [one for one in found if one.check == check]


def test_the_doctor_tells_what_was_not_applied(corpus):
    ingest(corpus)
    write(corpus.folder, line("8.4亿元", "row", is_="right"), line("30座", "unit", "个", "处"))
    (waiting,) = complaints("not applied")
    assert "line 2 (a, '8.4亿元' at" in waiting.reason and "dz ingest mine" in waiting.cure
    ingest(corpus)
    assert complaints("not applied") == []
    (left,) = complaints("correction left")
    assert left.document == "a" and "unit was '个' and is read as '座' now" in left.reason
    (corpus.folder / FILE).unlink()
    assert "no line gives any more" in complaints("not applied")[0].reason


def test_a_corpus_handed_on_without_what_its_runs_kept_is_examined_too(corpus):
    write(corpus.folder, line("8.4亿元", "row", is_="right"), line("12座", "row", is_="none"))
    ingest(corpus)
    (corpus.folder / ".ingest" / "review.json").unlink()
    assert complaints("not applied") == complaints("correction left") == []


def test_ingest_says_what_became_of_corrections(corpus):
    write(
        corpus.folder,
        line("8.4亿元", "row", is_="right"),
        line("30座", "unit", "个", "处"),
        line("12座", "row", is_="wrong"),
    )
    done = CliRunner().invoke(app, ["ingest", "mine"])
    assert done.exit_code == 1
    assert "corrections: 1 confirmed, 1 no longer fitting, 1 line refused." in done.stderr
    assert "corrections.csv line 4: is 'wrong' is no verdict" in done.stderr
    assert "corrections.csv line 3 (a, '30座' at" in done.stderr
