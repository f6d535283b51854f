"""The command as a researcher types it: output, exit codes, and what it says when it can't."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from dz_analysis import cli, paths
from dz_analysis.commands import corpora
from dz_analysis.sharding import Bounds, Way

PAGE = (
    "某县2019年国民经济和社会发展统计公报\n"
    "2019年，全县地区生产总值256.8亿元，比上年增长6.1%。\n"
    "年末金融机构各项存款余额312.5亿元。\n"
)


def dz_process(*words, stdin=b""):
    """Run the command as a shell does, in a process of its own."""
    command = [sys.executable, "-m", "dz_analysis.cli", *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


@pytest.fixture
def dz(monkeypatch):
    """Return the command, run in this process: the same arguments, streams and exit codes."""

    def run(*words, stdin=b"", **env):
        with monkeypatch.context() as patch:
            for name, value in env.items():
                patch.setenv(name, value)
            streams = {
                name: io.TextIOWrapper(io.BytesIO(), "utf-8") for name in ("stdout", "stderr")
            }
            streams["stdin"] = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            patch.setattr(sys, "argv", ["dz", *map(str, words)])
            with pytest.raises(SystemExit) as left:
                cli.main()
            told = {name: _bytes_of(streams[name]) for name in ("stdout", "stderr")}
        return SimpleNamespace(returncode=left.value.code or 0, **told)

    return run


def _bytes_of(stream):
    stream.flush()
    return stream.buffer.getvalue()


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "某县-2019.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def rows_of(done):
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_extract_prints_rows_that_lead_back_to_their_characters(page):
    done = dz_process("extract", page, "--region", "某县", "--format", "jsonl")
    assert done.returncode == 0, done.stderr.decode()
    rows = rows_of(done)
    assert [row["quote"] for row in rows] == ["256.8亿元", "6.1%", "312.5亿元"]
    assert all(PAGE[row["raw_start"] : row["raw_end"]] == row["quote"] for row in rows)
    assert rows[0]["value"] == 25680000000
    assert {row["region"] for row in rows} == {"某县"}
    assert {row["period"] for row in rows} == {"2019-01/2019-12"}


def test_extract_reads_a_page_from_stdin_and_says_why(dz, page):
    done = dz("extract", "-", "--format", "csv", "--why", stdin=page.read_bytes())
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))
    assert len(rows) == 3
    assert all(row["why"] for row in rows)


def test_why_names_rule_word_and_line(dz, page):
    rows = rows_of(dz("extract", page, "--format", "jsonl", "--why"))
    growth = next(row for row in rows if row["measure"] == "growth")
    assert "name topic (lexicon/frames.csv:" in growth["why"]
    assert "measure move (增长, lexicon/measure_words.csv:" in growth["why"]
    assert "period stated period (2019年)" in growth["why"]


@pytest.fixture
def doubtful_page(tmp_path):
    """A page whose second number has no name."""
    file = tmp_path / "某县-2019.txt"
    text = PAGE.replace("，比上年增长6.1%", "。并且12个")
    file.write_text(text, encoding="utf-8")
    return file


def quotes_of(dz, file, *words):
    done = dz("extract", file, "--format", "jsonl", *words)
    assert done.returncode == 0, done.stderr.decode()
    return [row["quote"] for row in rows_of(done)], done.stderr.decode("utf-8")


def test_extract_leaves_out_what_is_less_sure_and_says_how_much(dz, doubtful_page):
    rows = rows_of(dz("extract", doubtful_page, "--format", "jsonl"))
    assert rows[1]["grade"] == "C"
    assert rows[1]["confidence"] < min(rows[0]["confidence"], rows[2]["confidence"])
    kept, said = quotes_of(dz, doubtful_page, "--min-grade", "B")
    assert kept == ["256.8亿元", "312.5亿元"]
    assert said.startswith("1 of 3 numbers is left out: its confidence is under ")
    below, said = quotes_of(dz, doubtful_page, "--min-confidence", "0.01")
    assert len(below) == 3
    assert said.startswith("None of 3 numbers is left out")
    every, said = quotes_of(dz, doubtful_page)
    assert (len(every), said) == (3, "")


def test_extract_puts_doubtful_rows_last_when_asked(dz, doubtful_page):
    assert quotes_of(dz, doubtful_page)[0][1] == "12个"
    assert quotes_of(dz, doubtful_page, "--doubtful-last")[0][-1] == "12个"


def test_numbers_left_out_stay_however_sure_rows_must_be(dz, doubtful_page):
    words = ("--min-confidence", "1", "--why", "--all")
    rows = rows_of(dz("extract", doubtful_page, "--format", "jsonl", *words))
    assert {row["status"] for row in rows if row.get("confidence") != 1} == {"left out"}


def everything(dz, page, form, *, to=None):
    """Return the rows that one form of output has, with those that were left out."""
    words = ["extract", page, "--format", form, "--why", "--all"]
    done = dz(*words, *(("--out", to) if to else ()))
    assert done.returncode == 0, done.stderr.decode()
    return done


def check_left_out(rows):
    """Check that what was left out is marked, has no reading, and says why."""
    left = [row for row in rows if row["status"] == "left out"]
    assert [row["quote"] for row in left] == ["2019", "2019"]
    for row in left:
        assert not row["indicator"]
        assert not row.get("value")
        assert row["why"].startswith("left out date, ordinal or name (年, lexicon/not_quantities")
    assert [row["quote"] for row in rows if row not in left] == ["256.8亿元", "6.1%", "312.5亿元"]


def test_all_adds_what_was_left_out_as_lines(dz, page):
    check_left_out(rows_of(everything(dz, page, "jsonl")))


def test_all_adds_what_was_left_out_as_csv(dz, page):
    text = everything(dz, page, "csv").stdout.decode("utf-8")
    check_left_out(list(csv.DictReader(io.StringIO(text))))


def test_all_adds_what_was_left_out_to_a_workbook(dz, page, tmp_path):
    import pandas as pd

    everything(dz, page, "xlsx", to=tmp_path / "rows.xlsx")
    rows = pd.read_excel(tmp_path / "rows.xlsx", dtype=str, keep_default_na=False)
    check_left_out(rows.to_dict("records"))


def test_all_adds_what_was_left_out_to_a_table(dz, page):
    text = everything(dz, page, "table").stdout.decode("utf-8")
    assert text.count("left out date, ordinal or name") == 2


def test_a_figure_of_a_table_says_why_as_well(dz, tmp_path):
    file = tmp_path / "某县.txt"
    file.write_text("某县2019年统计公报\n指标\t2019年\n税收（亿元）\t8\n", encoding="utf-8")
    rows = rows_of(dz("extract", file, "--format", "jsonl", "--why", "--all"))
    assert [row["quote"] for row in rows if row["status"] != "left out"] == ["8"]
    figure = next(row for row in rows if row["quote"] == "8")
    assert figure["why"].startswith("name by the cells of its row, its column and the caption")


def test_extract_sets_a_bad_page_aside_and_goes_on(dz, page, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = dz("extract", page, tmp_path / "broken.pdf", "--format", "jsonl")
    assert done.returncode == 1
    assert len(rows_of(done)) == 3
    assert "set aside: broken" in done.stderr.decode("utf-8")


def test_extract_writes_a_workbook(dz, page, tmp_path):
    import pandas as pd

    done = dz("extract", page, "--format", "xlsx", "--out", tmp_path / "rows.xlsx")
    assert done.returncode == 0, done.stderr.decode()
    assert len(pd.read_excel(tmp_path / "rows.xlsx")) == 3


def test_a_control_character_in_a_page_does_not_end_the_workbook(dz, tmp_path):
    import pandas as pd

    broken = tmp_path / "broken.txt"
    broken.write_bytes("2021年，全县新建\x05公路12公里。".encode())
    done = dz("extract", broken, "--format", "xlsx", "--out", tmp_path / "rows.xlsx")
    assert done.returncode == 0, done.stderr.decode()
    assert pd.read_excel(tmp_path / "rows.xlsx")["quote"].tolist() == ["12公里"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("extract", "none.txt"), "No such page: none.txt"),
        (("ingest", "dezou"), "Did you mean 'dezhou'"),
        (("verify", "none"), "No corpus 'none'"),
        (("extract", "-", "--format", "xlsx"), "--out"),
        (("extract", "-", "--all"), "add --why"),
        (("sql", "SELECT nothing FROM documents"), "documents, paragraphs"),
        (("sql", "DROP TABLE documents"), "SELECT"),
        (("ingest", "dezhou", "--jobs", "0"), "--jobs"),
        (("ingest", "dezhou", "--engine", "spark"), "dask"),
        (("ingest", "dezhou", "--seconds", "0"), "--seconds"),
        (("ingest", "dezhou", "--megabytes", "1"), "--megabytes"),
    ],
)
def test_what_can_not_be_done_ends_with_2_and_a_cure(dz, words, told):
    done = dz(*words, stdin=PAGE.encode("utf-8"))
    assert done.returncode == 2
    assert told in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_sql_answers_in_every_form(dz, tmp_path):
    question = "SELECT region, han_chars > 0 AS full FROM documents WHERE region = '德城区'"
    shown = dz("sql", question)
    assert shown.returncode == 0 and "德城区" in shown.stdout.decode("utf-8")
    lines = dz("sql", question, "--format", "jsonl").stdout.decode("utf-8")
    assert json.loads(lines) == {"region": "德城区", "full": True}
    file = tmp_path / "rows.csv"
    assert dz("sql", question, "--corpus", "dezhou", "--out", file).returncode == 0
    assert file.read_text(encoding="utf-8-sig").splitlines()[0] == "region,full"
    many = dz("sql", "SELECT term FROM terms")
    assert "more: --format csv --out rows.csv has all" in many.stderr.decode("utf-8")


def test_ingest_takes_its_way_and_its_bounds(dz, page, home, monkeypatch):
    assert dz("new", "mine", page, DZ_HOME=str(home)).returncode == 0
    taken = []

    def stop(tasks, way, tick):
        taken.append(way)
        raise ValueError("as far as here")

    options = ["--engine", "dask", "--scheduler", "tcp://far:8786", "--jobs", "3"]
    bounds = ["--seconds", "7", "--megabytes", "512"]
    with monkeypatch.context() as patch:
        patch.setattr("dz_analysis.ingest.work.work_apart", stop)
        assert dz("ingest", "mine", *options, *bounds, DZ_HOME=str(home)).returncode == 2
    assert taken == [Way(3, Bounds(7.0, 512), "dask", "tcp://far:8786")]
    assert dz("ingest", "mine", "--parquet", DZ_HOME=str(home)).returncode == 0
    folder = home / "data" / "mine" / "tables"
    assert {file.suffix for file in folder.iterdir()} == {".parquet"}


def test_a_fault_ends_a_process_with_2_and_no_traceback():
    done = dz_process("extract", "none.txt")
    assert done.returncode == 2
    assert b"No such page: none.txt" in done.stderr and b"Traceback" not in done.stderr


def test_a_corpus_of_ones_own_in_one_command(dz, page, home):
    done = dz("new", "mine", page, "--title", "My corpus", DZ_HOME=str(home))
    assert done.returncode == 0, done.stderr.decode()
    names = {file.name for file in (home / "data" / "mine" / "tables").iterdir()}
    assert names == {
        f"{name}.csv"
        for name in (
            "documents",
            "paragraphs",
            "observations",
            "terms",
            "slogans",
            "repairs",
            "runs",
        )
    }
    assert dz("verify", "mine", DZ_HOME=str(home)).returncode == 0
    table = home / "data" / "mine" / "tables" / "slogans.csv"
    table.write_text(table.read_text(encoding="utf-8") + "某县-2019,1,双招双引,lexicon,1\n")
    done = dz("verify", "mine", DZ_HOME=str(home))
    assert done.returncode == 2
    assert b"dz ingest mine" in done.stderr


def plant_fault(monkeypatch):
    """Let the finder fail on one page, as a bug of ours would."""
    from dz_analysis.finding import find

    whole = find.find_quantities

    def failing(text):
        return {}["move"] if "某乙区" in text else whole(text)

    monkeypatch.setattr(find, "find_quantities", failing)


@pytest.fixture
def second(tmp_path):
    file = tmp_path / "某乙区-2019.txt"
    file.write_text(PAGE.replace("某县", "某乙区").replace("全县", "全区"), encoding="utf-8")
    return file


def test_a_fault_of_ours_is_told_apart_and_logged(dz, page, second, home, monkeypatch):
    plant_fault(monkeypatch)
    empty = second.with_name("empty.txt")
    empty.write_bytes(b"")
    done = dz("new", "mine", page, second, empty, DZ_HOME=str(home))
    assert done.returncode == 3
    told = done.stderr.decode("utf-8")
    assert "our fault: 某乙区-2019 (某乙区-2019.txt): A fault of ours, not of the page" in told
    assert "set aside: empty (empty.txt): Found an empty file" in told
    assert "1 document met a fault of ours" in told and "Traceback" not in told
    log = (home / "build" / "dz.log").read_text(encoding="utf-8")
    assert "某乙区-2019 (某乙区-2019.txt)" in log
    assert "Traceback" in log and "KeyError: 'move'" in log
    rows = (home / "data" / "mine" / "tables" / "observations.csv").read_text(encoding="utf-8")
    assert "某县-2019," in rows and "某乙区-2019," not in rows
    assert dz("ingest", "mine", DZ_HOME=str(home)).returncode == 3
    assert dz("doctor", "mine", DZ_HOME=str(home)).returncode == 3


def test_extract_tells_a_fault_of_ours_apart(dz, page, second, home, monkeypatch):
    plant_fault(monkeypatch)
    done = dz("extract", page, second, "--format", "jsonl", DZ_HOME=str(home))
    assert done.returncode == 3 and len(rows_of(done)) == 3
    assert "our fault: 某乙区-2019" in done.stderr.decode("utf-8")
    assert "KeyError: 'move'" in (home / "build" / "dz.log").read_text(encoding="utf-8")


def test_no_log_is_written_without_a_fault(dz, page, home):
    assert dz("extract", page, "--format", "jsonl", DZ_HOME=str(home)).returncode == 0
    assert not (home / "build").exists()


def test_a_wrong_option_is_no_fault_of_the_page(dz, page):
    done = dz("extract", page, "--period", "2021H1", "--format", "jsonl")
    assert done.returncode == 2
    assert "no closed months" in done.stderr.decode("utf-8")


def test_a_draft_is_made_corrected_and_made_again(dz, page, second, home):
    assert dz("new", "mine", page, DZ_HOME=str(home)).returncode == 0
    manifest = home / "data" / "mine" / "documents.csv"
    text = manifest.read_text(encoding="utf-8-sig")
    assert ",2019-01/2019-12," in text
    manifest.write_text(text.replace(",bulletin,", ",overview,"), encoding="utf-8")
    done = dz("draft", "mine", second, DZ_HOME=str(home))
    assert done.returncode == 0
    told = done.stderr.decode("utf-8")
    assert "not looked into" not in told
    assert "lists 2 documents, 1 of them new, 1 field kept where the page says otherwise" in told
    (mine, new) = csv.DictReader(io.StringIO(manifest.read_text(encoding="utf-8-sig")))
    assert (mine["genre"], new["genre"]) == ("overview", "bulletin")
    assert dz("draft", "none", DZ_HOME=str(home)).returncode == 2


def test_doctor_lists_the_documents_to_look_at(dz, page, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    done = dz("doctor", tmp_path)
    told = done.stdout.decode("utf-8")
    assert done.returncode == 1
    assert "2 documents, 1 read (3 rows), 2 to look at, the worst first" in told
    assert told.index("\nempty") < told.index("\n某县-2019")
    assert "→ Write what you know into documents.csv." in told
    assert "holds no documents.csv: dz new NAME" in told
    listed = json.loads(dz("doctor", tmp_path, "--json").stdout)
    assert [one["document"] for one in listed] == ["empty", "某县-2019"]
    assert listed[0]["complaints"][0]["check"] == "set aside"


def test_doctor_is_content_with_a_sound_folder(dz, tmp_path):
    from test_health import SOUND

    (tmp_path / "sound.txt").write_text(SOUND, encoding="utf-8")
    done = dz("doctor", tmp_path)
    assert done.returncode == 0
    assert b"1 document, 1 read (12 rows), none to look at" in done.stdout
    assert json.loads(dz("doctor", tmp_path, "--json").stdout) == []


def test_a_folder_is_taken_with_what_is_inside(dz, page, home):
    (page.parent / "inside").mkdir()
    page.rename(page.parent / "inside" / page.name)
    done = dz("new", "mine", page.parent, DZ_HOME=str(home))
    told = done.stderr.decode("utf-8")
    assert "1 document measured: 3 rows. What to look at: dz doctor mine." in told
    assert done.returncode == 0


def test_nothing_is_left_of_a_corpus_that_could_not_be_made(dz, page, home):
    page.write_bytes(b"")
    done = dz("new", "mine", page, DZ_HOME=str(home))
    assert done.returncode == 2 and b"Every document" in done.stderr
    assert list((home / "data").iterdir()) == []
    page.write_text(PAGE, encoding="utf-8")
    assert dz("new", "mine", page, DZ_HOME=str(home)).returncode == 0


def test_nothing_is_left_of_a_corpus_whose_making_is_broken_off(page, home, monkeypatch):
    def stop(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("dz_analysis.draft.draft_manifest", stop)
    with pytest.raises(KeyboardInterrupt):
        corpora.new("mine", [page])
    assert list((home / "data").iterdir()) == []


@pytest.fixture
def served(monkeypatch):
    """Return the commands that would serve a notebook; none is run, and we are root."""
    called = []

    def run(command, **_options):
        called.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    return called


def test_lab_makes_a_copy_of_the_first_notebook_for_a_corpus(dz, page, home, served):
    shutil.copy(paths.PACKAGE.parent / "notebooks" / "00_start.ipynb", home / "notebooks")
    dz("new", "mine", page, DZ_HOME=str(home))
    done = dz("lab", "mine", "--allow-root", DZ_HOME=str(home))
    assert done.returncode == 0 and b"is yours to change" in done.stderr
    copy = home / "build" / "mine" / "lab" / "00_start.ipynb"
    text = copy.read_text(encoding="utf-8")
    assert 'corpus: str = \\"mine\\"' in text and '"outputs": []' in text
    assert 'practice: str = \\"digests\\"' in text
    copy.write_text("mine", encoding="utf-8")
    dz("lab", "mine", "--allow-root", DZ_HOME=str(home))
    assert copy.read_text(encoding="utf-8") == "mine", "a person's work is left alone"
    assert dz("lab", "yours", "--allow-root", DZ_HOME=str(home)).returncode == 2
    assert len(served) == 2


def test_lab_serves_root_only_if_asked_and_hands_on_what_follows(dz, page, home, served):
    shutil.copy(paths.PACKAGE.parent / "notebooks" / "00_start.ipynb", home / "notebooks")
    dz("new", "mine", page, DZ_HOME=str(home))
    refused = dz("lab", "mine", DZ_HOME=str(home))
    assert refused.returncode == 2 and b"dz lab mine --allow-root" in refused.stderr
    dz("lab", "mine", "--no-browser", "--allow-root", "--port", "8899", DZ_HOME=str(home))
    dz("lab", "mine", "--allow-root", DZ_HOME=str(home))
    quiet, opened = served
    assert quiet[-4:] == ["--no-browser", "--allow-root", "--port", "8899"]
    assert "--no-browser" not in opened
    assert "--LabApp.default_url=/lab/tree/build/mine/lab/00_start.ipynb" in opened


def test_pages_are_added_later(dz, page, second, home):
    dz("new", "mine", page, DZ_HOME=str(home))
    done = dz("add", "mine", second, DZ_HOME=str(home))
    told = done.stderr.decode("utf-8")
    assert done.returncode == 0 and "1 document added: 2 in all, 6 rows." in told
    again = dz("new", "mine", second, DZ_HOME=str(home))
    assert again.returncode == 2 and b"dz add mine" in again.stderr


def test_blank_fields_are_gathered_at_the_end(dz, tmp_path):
    from test_health import SOUND

    for name in "ab":
        text = SOUND.replace("（2020年3月9日）\n", "") + name
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    told = dz("doctor", tmp_path).stdout.decode("utf-8")
    assert "none to look at" in told and "no date of publication is stated: a, b\n" in told


def test_doctor_says_what_it_can_not_open(dz):
    done = dz("doctor", "dezou")
    assert done.returncode == 2 and b"Did you mean 'dezhou'" in done.stderr


@pytest.fixture
def damaged(tmp_path):
    """Return a page as a mirror leaves it: traditional, with readings pushed in."""
    text = (
        "某縣(xiàn)2019年經(jīng)濟(jì)運行情況\n"
        "全縣(xiàn)地區(qū)生產(chǎn)總值256.8億元,增長6.1%;財政收入12億元,下降2%。\n"
    )
    file = tmp_path / "某县.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_repair_prints_the_article_made_whole(dz, damaged):
    done = dz("repair", damaged)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode("utf-8") == (
        "某县2019年经济运行情况\n全县地区生产总值256.8亿元，增长6.1%；财政收入12亿元，下降2%。\n"
    )


def test_repair_explains_by_kind_and_shows_every_change(dz, damaged, tmp_path):
    told = dz("repair", damaged, "--explain").stdout.decode("utf-8")
    assert "pinyin" in told
    assert "traditional" in told
    page = tmp_path / "changes.html"
    assert dz("repair", damaged, "--html", page).returncode == 0
    html = page.read_text(encoding="utf-8")
    assert "<mark" in html
    assert "256.8" in html
    assert "http" not in html.replace("http-equiv", "")


def test_repair_can_keep_the_script(dz, damaged):
    kept = dz("repair", damaged, "--script", "keep").stdout.decode("utf-8")
    assert "全縣地區生產總值256.8億元" in kept


def test_one_html_page_takes_one_page(dz, damaged, tmp_path):
    done = dz("repair", damaged, damaged, "--html", tmp_path / "changes.html")
    assert done.returncode == 2
    assert "found 2" in done.stderr.decode("utf-8")


def test_nothing_is_drawn_when_it_is_no_terminal(page):
    done = dz_process("extract", page, "--format", "jsonl")
    assert done.stderr == b""


@pytest.mark.pages
def test_the_first_thing_a_researcher_tries(dz, pages_dir):
    """decheng-2021 states no year: it comes from the date of publication."""
    page = pages_dir / "decheng-2021.txt"
    done = dz("extract", page, "--published", "2021-07", "--format", "jsonl")
    found = {
        (row["indicator"], row["measure"], row["value"], row["unit"], row["status"])
        for row in rows_of(done)
        if (row["period"], row["region"]) == ("2021-01/2021-06", "德城区")
    }
    assert ("地区生产总值", "level", 15750000000, "元", "estimate") in found
    assert ("一般公共预算收入", "level", 1280000000, "元", "actual") in found
    assert ("一般公共预算收入", "growth", 21.1, "%", "actual") in found
