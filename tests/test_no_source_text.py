"""Real texts belong to their publishers: none of them may stand in the project."""

import csv
import json
import os
import re
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from dz_analysis import load_corpus, paths, tables
from dz_analysis.reading import read_page

ROOT = Path(__file__).resolve().parents[1]
NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
RUN = 18
TABULAR = (".csv", ".parquet")
LARGEST = 20_000_000
# Of texts that DZ_GUARD names; characters with figures and marks, so that the set phrases of the
# genre pass and a sentence that was taken over does not.
GUARDED_RUN = 36
# The name of a project or an institution is a fact; nothing longer passes for one.
LONGEST_NAME = 24
# Tables hold what was read as names, lists of names among them, which no sentence ends.
LONGEST_CELL = 60
SENTENCE_END = re.compile("[。！？；]")
# Columns of a table that hold no word of a page.
OURS = frozenset(["sha256", "indicator_id", "reason", "notes", "not_stated"])


def han_runs(text):
    han = NOT_HAN.sub("", text)
    return (han[i : i + RUN] for i in range(len(han) - RUN + 1))


def indicator_names():
    """Return the Han characters of the shipped indicator names, apart from one another."""
    names = load_corpus("dezhou").table("observations")["indicator"].unique()
    return "|".join(h for h in (NOT_HAN.sub("", n) for n in names) if len(h) <= LONGEST_NAME)


def tracked_files():
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout: which files belong to the project can't be told")
    return [ROOT / name for name in done.stdout.decode("utf-8").split("\0") if name]


def text_cells(frame):
    """Return the different cells of a table that hold words, sorted."""
    texts = frame.select_dtypes(["object", "str"]).drop(columns=OURS, errors="ignore")
    return sorted({cell for column in texts for cell in texts[column].unique() if cell})


def tracked_texts():
    """Yield the files of the project that hold text, with it; characters are written out.

    Of a table in Parquet its cells, one a line, but for the names of indicators: those have a test
    of their own.
    """
    for file in tracked_files():
        if not file.is_file() or file.stat().st_size > LARGEST:
            continue
        if file.suffix == ".parquet":
            cells = text_cells(pd.read_parquet(file).drop(columns="indicator", errors="ignore"))
            yield file, "\n".join(cells)
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        yield file, ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text)


@pytest.mark.pages
def test_no_sentence_of_the_pages_stands_in_the_project(pages_dir, gold_dir):
    known = set()
    for file in sorted((gold_dir / "clean").glob("*.txt")):
        known.update(han_runs(file.read_text(encoding="utf-8")))
    assert len(known) > 10_000
    with (pages_dir / "documents.csv").open(encoding="utf-8", newline="") as handle:
        titles = "|".join(NOT_HAN.sub("", row["title"]) for row in csv.DictReader(handle))
    facts = f"{titles}|{indicator_names()}"
    found = []
    for file, text in tracked_texts():
        # A row's quantity and name are facts; side by side in a table they are no sentence.
        cells = re.split(r"[,\n]", text) if file.suffix in TABULAR else [text]
        runs = [r for cell in cells for r in han_runs(cell) if r in known and r not in facts]
        if runs:
            found.append(f"{file.relative_to(ROOT)}: {runs[0]}")
    assert found == []


def guarded_texts():
    """Yield the texts in the folders that DZ_GUARD names: pages, and passages in json lines."""
    folders = [Path(named) for named in os.environ.get("DZ_GUARD", "").split(os.pathsep) if named]
    if not folders:
        pytest.skip("DZ_GUARD is not set: it names folders of texts that can't be handed on")
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.name == "excerpts.jsonl":
                for line in file.read_text(encoding="utf-8").splitlines():
                    yield json.loads(line)["text"]
            elif file.suffix in (".txt", ".html", ".docx", ".pdf"):
                yield text_of(file)


def text_of(file):
    """Return the text of a page, of one that is refused whatever its bytes spell."""
    try:
        return read_page(file).text
    except ValueError:
        return file.read_bytes().decode("utf-8", errors="replace")


def close_runs(text):
    """Yield every run of a line without its blanks, as a hash to keep the set small."""
    for line in text.split("\n"):
        bare = "".join(line.split())
        yield from (
            (hash(bare[i : i + GUARDED_RUN]), bare[i : i + GUARDED_RUN])
            for i in range(len(bare) - GUARDED_RUN + 1)
        )


@pytest.mark.pages
def test_no_sentence_of_other_peoples_texts_stands_in_the_project():
    known = {key for text in guarded_texts() for key, _ in close_runs(text)}
    assert len(known) > 100_000
    found = []
    for file, text in tracked_texts():
        runs = [run for key, run in close_runs(text) if key in known and NOT_HAN.sub("", run)]
        if runs:
            found.append(f"{file.relative_to(ROOT)}: {runs[0]}")
    assert found == []


@pytest.mark.parametrize("corpus", ["dezhou", "provinces", "national"])
@pytest.mark.parametrize("name", tables.ALL_TABLES)
def test_the_tables_of_a_corpus_without_texts_hold_no_sentence(corpus, name):
    cells = text_cells(tables.load_table(paths.tables_dir(corpus), name))
    assert [cell for cell in cells if SENTENCE_END.search(cell)] == []
    assert [cell for cell in cells if len(cell) > LONGEST_CELL] == []


def test_no_path_of_a_machine_stands_in_the_project():
    home, parent = f"{Path.home()}/", f"{ROOT.parent}/"
    found = []
    for file in tracked_files():
        if not file.is_file() or file.stat().st_size > LARGEST:
            continue
        content = file.read_bytes()
        if parent.encode() in content or home.encode() in content:
            found.append(str(file.relative_to(ROOT)))
    assert found == []
