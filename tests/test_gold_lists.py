"""The hand-made gold lists keep their own rules: offsets, vocabularies, halves that don't mix."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DIGESTS = ROOT / "data" / "digests"
EXCERPTS = ROOT / "tests" / "cases" / "excerpts"
COMPARED = {"growth", "rank", "ratio", "gap", "completion", "change"}
MEASURES = COMPARED | {"level", "average_growth", "multiple"}
FIELDS = ("doc", "quote", "start", "indicator", "alt", "measure", "value", "unit", "bound")
PERIOD = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))/(\d{4}-(?:0[1-9]|1[0-2]))")


def read_lines(file: Path) -> list[dict]:
    """Return the objects of a file with one JSON object a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def digests() -> tuple[dict[str, str], list[dict]]:
    """Return the clean digests by id, and their gold rows."""
    files = sorted((DIGESTS / "clean").glob("*.txt"))
    texts = {file.stem: file.read_text(encoding="utf-8") for file in files}
    return texts, read_lines(DIGESTS / "gold" / "observations.jsonl")


def excerpts(name: str) -> tuple[dict[str, str], list[dict]]:
    """Return the excerpts of one list by id, and their gold rows."""
    texts = {row["doc"]: row["text"] for row in read_lines(EXCERPTS / f"{name}.jsonl")}
    return texts, read_lines(EXCERPTS / f"{name}_gold.jsonl")


LISTS = {
    "digests": digests,
    "dev": lambda: excerpts("dev"),
    "heldout": lambda: excerpts("heldout"),
    "unseen": lambda: excerpts("unseen"),
}


@pytest.fixture(params=sorted(LISTS))
def gold(request):
    return LISTS[request.param]()


def test_every_quote_stands_at_its_start(gold):
    texts, rows = gold
    assert {row["doc"] for row in rows} == set(texts)
    for row in rows:
        start = row["start"]
        assert texts[row["doc"]][start : start + len(row["quote"])] == row["quote"], row


def test_rows_of_a_document_follow_its_text_and_never_overlap(gold):
    last: dict[str, int] = {}
    for row in gold[1]:
        assert row["start"] >= last.get(row["doc"], 0), row
        last[row["doc"]] = row["start"] + len(row["quote"])


def test_fields_keep_to_their_vocabularies(gold):
    for row in gold[1]:
        assert set(FIELDS) <= set(row), row
        assert row["indicator"], row
        assert row["indicator"] not in row["alt"], row
        assert row["measure"] in MEASURES, row
        assert row["status"] in {"actual", "estimate", "target"}, row
        assert row["bound"] in {"", ">=", "<=", "~"}, row
        assert "of" not in row or row["measure"] in COMPARED, row
        assert row["measure"] != "rank" or row["unit"] == "位", row
        assert row.get("value_high", row["value"]) >= row["value"], row


def test_periods_are_closed_months_in_order(gold):
    for row in gold[1]:
        found = PERIOD.fullmatch(row["period"])
        assert found, row
        assert found[1] <= found[2], row


def test_plain_numbers_are_what_the_quotes_say(gold):
    scale = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
    pattern = re.compile(r"(-?[\d,， .]*\d) ?[余多]?(万亿|[百千万亿]?)[余多]?(?=\D*$)")
    for row in gold[1]:
        found = pattern.match(row["quote"].replace("．", "."))
        if not found or "/" in row["quote"][:4]:
            continue
        number = float(re.sub(r"[,， ]", "", found[1])) * scale[found[2]]
        assert abs(row["value"]) == pytest.approx(abs(number)), row


def test_digests_hold_enough_and_are_of_the_agreed_length():
    texts, rows = digests()
    assert len(texts) == 5
    assert len(rows) >= 60
    assert all(600 <= len(text) <= 1500 for text in texts.values())


def test_excerpts_are_short_and_their_lists_share_nothing():
    lists = {name: excerpts(name)[0] for name in ("dev", "heldout", "unseen")}
    assert [len(texts) for texts in lists.values()] == [24, 20, 50]
    for texts in lists.values():
        assert all(120 <= len(text) <= 450 for text in texts.values())
    for one, other in combinations(lists.values(), 2):
        assert not set(one) & set(other)
        assert not grams(one.values()) & grams(other.values())


def test_the_halves_are_alike_in_their_mix():
    dev, heldout = (Counter(row["measure"] for row in excerpts(h)[1]) for h in ("dev", "heldout"))
    for measure in MEASURES - {"completion", "multiple"}:
        shares = [c[measure] / c.total() for c in (dev, heldout)]
        assert abs(shares[0] - shares[1]) < 0.06, (measure, shares)


def grams(texts, n: int = 18) -> set[str]:
    """Return every run of n characters."""
    return {text[i : i + n] for text in texts for i in range(len(text) - n + 1)}
