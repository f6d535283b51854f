"""The tool that keeps what blind batches got: facts without text, the same every time."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"


def load(name):
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # the one imports the other, and a class looks its module up
    spec.loader.exec_module(module)
    return module


fitting = load("fit_confidence")
tool = load("blind_facts")
TEXT = "2021年，全县税收8亿元，增长5%。"
ONE = {
    "id": "t1",
    "title": "",
    "genre": "政府工作报告",
    "level": "县级",
    "region": "东河县",
    "period": "2021-01/2021-12",
    "raw": TEXT,
    "text": TEXT,
    "source": "/some/where/donghe-2021.txt",
}


def mark(quote, **more):
    told = {"indicator": "税收", "region": "东河县", "period": "2021-01/2021-12"}
    rest = {"doc": "t1", "bound": "", "status": "actual", "of": "", "alt": [], "value_high": None}
    return {**rest, **told, "quote": quote, "start": TEXT.index(quote), **more}


@pytest.fixture
def blind(tmp_path):
    """A batch of one made-up passage with its marks, and its rows as they were found."""
    rows = [
        mark("8亿元", measure="level", value=8e8, unit="元"),
        mark("5%", measure="growth", value=5, unit="%", indicator="地区生产总值"),
    ]
    for name, lines in (("t_texts", [ONE]), ("t", rows)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text + "\n", encoding="utf-8")
    passages = fitting.load_marked(
        tmp_path / "t_texts.jsonl", tmp_path / "t.jsonl", fitting.FIRST, "t"
    )
    fitting.keep_passages(tmp_path / "kept.jsonl", passages)
    return tmp_path


def test_marks_are_kept_as_offsets_and_fields(blind):
    marks = tool.list_marks(blind)
    assert [TEXT[a:b] for a, b in zip(marks["start"], marks["end"], strict=True)] == ["8亿元", "5%"]
    assert "quote" not in marks and "alt" not in marks


def test_a_passage_is_kept_with_its_counts_and_without_its_text(blind):
    passages = tool.list_passages(blind, [blind / "kept.jsonl"])
    row = passages.iloc[0]
    counts = row[["marked", "found", "number", "row", "headline", "headline_row"]].tolist()
    assert counts == [2, 2, 2, 1, 2, 1]
    assert (row["batch"], row["run"], row["source"]) == ("t", "first run", "donghe-2021.txt")
    assert TEXT not in tool._spell(passages)


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("pages:https://example.org/a/b.html", "https://example.org/a/b.html"),
        ("example.org/a/1.html", "example.org/a/1.html"),
        ("pool/pages/liulin11.txt", "liulin11.txt"),
        (83, ""),
    ],
)
def test_a_source_is_an_address_or_the_name_of_a_file(source, kept):
    assert tool._describe(ONE | {"source": source})["source"] == kept


def test_numbers_are_written_plainly(blind):
    assert ",800000000,,元," in tool._spell(tool.list_marks(blind))


def test_the_shipped_confidences_are_those_of_the_facts(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["blind_facts.py", "--check"])
    assert tool.main() == 0


def test_a_batch_that_is_not_at_hand_stays_as_it_is(blind):
    shipped = (tool.paths.data_dir() / tool.FOLDER / "marks.csv").read_text(encoding="utf-8")
    kept = tool._spell(tool._keep_absent(tool.list_marks(blind), "marks")).splitlines()
    assert set(shipped.splitlines()) < set(kept)
    assert len(kept) == len(shipped.splitlines()) + 2
