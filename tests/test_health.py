"""Documents of every kind of damage are listed, worst first, with reasons in words and a cure."""

import json
import re

import pytest

from dz_analysis import doctor, health
from dz_analysis.corpus import create_corpus, load_corpus
from dz_analysis.draft import draft_manifest
from dz_analysis.ingest import ingest

HEAD = "云溪县2019年国民经济和社会发展统计公报\n"
BODY = (
    "（2020年3月9日）\n"
    "2019年，全县地区生产总值256.8亿元，比上年增长6.1%；一般公共预算收入18.2亿元，增长4.3%。\n"
    "年末金融机构各项存款余额312.5亿元，贷款余额201.4亿元。全年粮食总产量42.6万吨，年末户籍人口27.8万人。\n"
    "全年固定资产投资增长8.2%，社会消费品零售总额96.3亿元，居民人均可支配收入24680元，增长7.9%。\n"
    "各项社会事业稳步发展，教育、卫生、文化条件继续改善，城乡面貌焕然一新，群众生活水平不断提高。\n"
)
SOUND = HEAD + BODY
WORDS = (
    "各项工作稳步推进，群众生活持续改善，城乡面貌焕然一新，社会大局保持稳定，干部作风明显好转。\n"
)


def bare_pdf():
    """Write a pdf of one page without any text, as a scan has."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 4\n0000000000 65535 f \n" + table
    return content + b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


# What each file is, and what is said of it: a check, and words of its reason.
FILES = {
    "sound.txt": (SOUND.encode(), None, ""),
    "empty.txt": (b"", "set aside", "empty file"),
    "blank.txt": (b" \n\n \t\n", "set aside", "without an article"),
    "binary.txt": (bytes(range(256)) * 40, "set aside", "no text|lost"),
    "scan.pdf": (bare_pdf(), "set aside", "without text"),
    "broken.pdf": (b"%PDF-1.4 nothing", "set aside", "cut off"),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "set aside", "an old Word"),
    "picture.jpg": (b"\xff\xd8\xff\xe0" + bytes(600), "set aside", "a picture"),
    "archive.zip": (b"PK\x03\x04" + bytes(60), "set aside", "zip"),
    "lost.txt": (
        SOUND.encode("gbk").decode("utf-8", "replace").encode(),
        "set aside",
        "characters are lost",
    ),
    "wrong.txt": (
        "".join(chr(0xC0 + ord(c) % 64) for c in SOUND).encode(),
        "set aside",
        "wrong charset",
    ),
    "mojibake.txt": (SOUND.encode().decode("latin-1").encode(), "saved wrongly", "was undone"),
    "some-lost.txt": (
        (SOUND + WORDS * 2).replace("稳步", "稳\ufffd", 2).encode(),
        "lost characters",
        "2 of",
    ),
    "few-lost.txt": (
        (SOUND + WORDS * 60).replace("稳步", "稳\ufffd", 1).encode(),
        "few lost",
        "1 of",
    ),
    "no-rows.txt": ((HEAD + WORDS * 8).encode(), "no rows", "no number"),
    "nowhere.txt": (
        ("经济运行情况\n" + BODY[len("（2020年3月9日）") + 1 :].replace("云溪县", "")).encode(),
        "no region",
        "",
    ),
    "never.txt": (
        ("云溪县简况\n" + "全县有学校12所，医院3家，道路25公里。\n" + WORDS * 6).encode(),
        "no period",
        "no period",
    ),
    "short.txt": ("云溪县2019年概况\n全县税收8.6亿元。\n".encode(), "short", "characters"),
    "figures.txt": (
        (SOUND + "1,234.5 678.9 +-*/ 0.12 3.45 6.78 9.01 2.34 5.67 8.90\n" * 40).encode(),
        "few letters",
        "% of its characters",
    ),
    "clock.html": (
        (
            "<html><head><title>云溪县2019年统计公报</title></head><body>"
            "<div class='top'>今天是2026年4月9日 星期四</div>"
            "<h1>云溪县2019年统计公报</h1><div id='zoom'>"
            + "".join(f"<p>{line}</p>" for line in BODY.split("\n")[1:])
            + "</div></body></html>"
        ).encode(),
        "doubtful date",
        "2026-04-09",
    ),
    "late.txt": (
        SOUND.replace("2020年3月9日", "2026年4月9日").encode(),
        "doubtful dates",
        "7 years",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder of files that was never loaded."""
    folder = tmp_path_factory.mktemp("files")
    for name, (content, _, _) in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "sound copy.txt").write_bytes(SOUND.encode())
    (folder / "attachments").mkdir()
    (folder / ".hidden").write_bytes(b"x")
    return folder


@pytest.fixture(scope="module")
def found(folder):
    return doctor.examine_corpus(str(folder))


def of(found, document):
    return {one.check: one for one in found.complaints if one.document == document}


@pytest.mark.parametrize(
    ("name", "check", "words"),
    [(name, check, words) for name, (_, check, words) in FILES.items() if check],
    ids=[name for name, (_, check, _) in FILES.items() if check],
)
def test_each_kind_of_damage_is_named(found, name, check, words):
    complaints = of(found, name.rsplit(".", 1)[0])
    assert check in complaints, complaints
    assert re.search(words, complaints[check].reason)
    assert complaints[check].cure.endswith(".")


def test_a_sound_document_has_no_complaint_and_its_copy_is_named(found):
    assert of(found, "sound") == {}
    assert of(found, "sound copy")["same file"].reason.endswith("as that of sound")


def test_folders_inside_are_named_and_hidden_files_are_not(found, folder):
    assert of(found, "attachments/")["folder"].cure == "Examine it by itself: dz doctor FOLDER."
    assert found.documents == len(FILES) + 1
    assert {file.name for file in folder.iterdir()} - FILES.keys() == {
        "attachments",
        "sound copy.txt",
        ".hidden",
    }


def test_the_worst_come_first(found):
    worst = [one.weight for one in found.complaints]
    firsts = [
        one.weight
        for at, one in enumerate(found.complaints)
        if at == 0 or found.complaints[at - 1].document != one.document
    ]
    assert firsts == sorted(firsts, reverse=True)
    assert worst[0] == 90 and found.complaints[0].check == "set aside"


def test_checks_have_names_and_weights_of_their_own():
    checks = [*health.UNREAD, *health.CHECKS]
    assert len({check.name for check in checks}) == len(checks)
    weights = [check.weight for check in checks]
    assert weights == sorted(set(weights), reverse=True) and max(weights) == 100


@pytest.fixture
def corpus(home, folder):
    names = ("sound", "sound copy", "empty", "lost", "no-rows", "nowhere")
    return create_corpus("mine", [folder / f"{name}.txt" for name in names])


def test_a_corpus_is_examined_before_and_after_it_was_measured(corpus, monkeypatch):
    before = doctor.examine_corpus("mine")
    ingest(corpus)
    monkeypatch.setattr(doctor, "measure_corpus", None)
    after = doctor.examine_corpus("mine")
    assert before == after and before.ill == 5


def test_what_changed_since_it_was_measured_is_named(corpus):
    ingest(corpus)
    (corpus.texts / "sound.txt").write_text(SOUND + WORDS, encoding="utf-8")
    (corpus.texts / "new.txt").write_text(SOUND, encoding="utf-8")
    found = doctor.examine_corpus("mine")
    assert of(found, "sound")["changed"].cure.endswith("dz ingest mine.")
    assert of(found, "new")["not listed"].cure.startswith("Add it: dz draft mine")
    draft_manifest("mine")
    assert "not measured" in of(doctor.examine_corpus("mine"), "new")
    assert "changed" not in of(doctor.examine_corpus("mine", again=True), "sound")


def test_a_fault_of_ours_comes_first(corpus, monkeypatch):
    from dz_analysis import finding

    def failing(*_args, **_options):
        return {}["a bug"]

    monkeypatch.setattr(finding, "find_observations", failing)
    found = doctor.examine_corpus("mine")
    assert found.has_faults and found.complaints[0].check == "our fault"
    assert found.complaints[0].cure.startswith("Report it")


def test_what_is_given_in_the_manifest_is_no_complaint(corpus):
    file = corpus.folder / "documents.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    at = next(n for n, row in enumerate(rows) if row.startswith("nowhere,"))
    cells = rows[at].split(",")
    cells[rows[0].split(",").index("region")] = "德城区"
    rows[at] = ",".join(cells)
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert "no region" not in of(doctor.examine_corpus("mine"), "nowhere")


def test_a_doubt_ends_when_a_person_has_looked(home, folder):
    corpus = create_corpus("mine", [folder / "clock.html", folder / "late.txt"])
    draft_manifest("mine")
    ingest(load_corpus("mine"))
    found = doctor.examine_corpus("mine")
    assert "column published_from" in of(found, "clock")["doubtful date"].cure
    assert "doubtful dates" in of(found, "late")
    file = corpus.folder / "documents.csv"
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    at = rows[0].split(",").index("published_from")
    cells = [row.split(",") for row in rows]
    text = "\n".join(",".join([*row[:at], "checked", *row[at + 1 :]]) for row in cells[1:])
    file.write_text(f"{rows[0]}\n{text}\n", encoding="utf-8")
    found = doctor.examine_corpus("mine")
    assert of(found, "clock")["corrected"].reason.endswith("since it was measured: published")
    ingest(load_corpus("mine"))
    found = doctor.examine_corpus("mine")
    assert not {"doubtful date", "doubtful dates", "corrected"} & of(found, "clock").keys()
    assert "doubtful dates" not in of(found, "late")


def test_a_manifest_in_the_folder_describes_its_pages(tmp_path):
    (tmp_path / "a.txt").write_text(BODY.replace("全县", ""), encoding="utf-8")
    (tmp_path / "documents.csv").write_text("id,file,region\na,a.txt,德城区\n", encoding="utf-8")
    found = doctor.examine_corpus(str(tmp_path))
    assert found.documents == 1 and "no region" not in of(found, "a")


def test_an_empty_folder_and_an_unknown_name_are_told(home, tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(FileNotFoundError, match="holds no file"):
        doctor.examine_corpus(str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError, match="No corpus 'nothing'"):
        doctor.examine_corpus("nothing")


def test_the_list_to_look_at_has_one_row_a_document(corpus):
    ingest(corpus)
    documents = load_corpus("mine").health()
    listed = health.list_to_look_at(documents)
    assert tuple(listed.columns) == health.COLUMNS
    assert listed["id"].is_unique and "sound" not in set(listed["id"])
    assert listed["worst"].is_monotonic_decreasing
    assert health.list_to_look_at(documents[documents["id"] == "sound"]).empty


def test_json_holds_the_same(found):
    told = json.loads(json.dumps(health.describe_complaints(found.complaints), ensure_ascii=False))
    assert [one["document"] for one in told] == list(
        dict.fromkeys(one.document for one in found.complaints)
    )
    assert set(told[0]) == {"document", "worst", "complaints"}
    assert set(told[0]["complaints"][0]) == {"check", "weight", "reason", "cure"}
