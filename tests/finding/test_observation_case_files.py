"""The case files themselves: unique ids, quotes that stand in the text, known values, no gaps."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest
from observation_cases import CONTEXT, EXACT, read_cases

CASES = list(read_cases())
FIELDS = {"id", "text", "expected", "why", "known_failure", *CONTEXT}
ROW = {"quote", "indicator", "alt", "exact", "value", "value_high", "within", "of", *EXACT}
# Cases are added and mended, not dropped: the floor only rises.
LEAST = 770
MEASURES = {
    "level",
    "growth",
    "average_growth",
    "ratio",
    "rank",
    "change",
    "multiple",
    "completion",
    "gap",
}
STATUSES = {"actual", "estimate", "target"}
BOUNDS = {"", ">=", "<=", "~"}
# What stands between the digits of a quote and its value: 万, 亿, 万亿, 百亿亿, and 成 in per cent.
FACTORS = {1, 10, 1000, 10**4, 10**7, 10**8, 10**12, 10**16, 10**18}
# Magnitudes and coins that a number may be told in, one behind the other: 2亿3000万, 3元4角.
STEPS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "元": 1}
STEPS |= {"角": Decimal("0.1"), "分": Decimal("0.01")}
COMPOUND = re.compile(rf"(?:\d+(?:\.\d+)?[{''.join(STEPS)}]+){{2,}}")
DIGITS = str.maketrans("０１２３４５６７８９．，−－", "0123456789.,--")
PERIOD = re.compile(r"(?:\d{4}-(?:0[1-9]|1[0-2])/\d{4}-(?:0[1-9]|1[0-2]))?")


def first_number(quote):
    """Return the first number in figures of a quote; None if it is in words or a fraction."""
    bare = re.sub(r"[,，\s]", "", quote).translate(DIGITS).replace("..", ".")
    found = re.search(r"\d+(?:\.\d+)?", bare)
    return Decimal(found.group()) if found and not re.fullmatch(r"\d+/\d+", bare) else None


def compound_value(quote):
    """Return the sum that a quote tells step by step (1万6千), None if it tells one number."""
    found = COMPOUND.match(quote)
    if not found:
        return None
    total = Decimal(0)
    for number, steps in re.findall(r"(\d+(?:\.\d+)?)(\D+)", found.group()):
        value = Decimal(number)
        for step in steps:
            value *= STEPS[step]
        total += value
    return total


def check_fields(file, case):
    """A case has the fields of a case, an id of its file and a reason to be there."""
    assert {"id", "text", "expected", "why", "known_failure"} <= set(case) <= FIELDS
    assert re.fullmatch(rf"{file.stem}-\d{{2,4}}", case["id"])
    assert case["text"].strip() and case["why"].strip()
    assert PERIOD.fullmatch(case.get("period", ""))


def check_row(row):
    """A row holds only known fields and values."""
    assert {"quote", "indicator", "measure"} <= set(row) <= ROW
    assert row["measure"] in MEASURES
    assert row.get("status", "actual") in STATUSES
    assert row.get("bound", "") in BOUNDS
    period = row.get("period", "")
    assert PERIOD.fullmatch(period)
    assert not period or period[:7] <= period[8:]
    assert row["measure"] != "rank" or row["unit"] == "位"


def check_value(row):
    """A value is what the figures of its quote say, but for magnitude and sign."""
    assert row.get("value_high", float("inf")) > row.get("value", 0)
    assert ("%" in row["quote"]) <= (row.get("unit", "%") == "%")
    number = first_number(row["quote"])
    if number and "value" in row:
        value = abs(Decimal(str(row["value"])))
        if (whole := compound_value(row["quote"])) is not None:
            assert value == whole
            return
        factors = {10**7} if re.search("千[余多]?万", row["quote"]) else FACTORS  # 1千余万元
        assert value / number in factors, f"{row['quote']} is not {row['value']}"


@pytest.mark.parametrize(("file", "case"), CASES, ids=[case["id"] for _, case in CASES])
def test_case_is_well_formed(file, case):
    check_fields(file, case)
    at = 0
    for row in case["expected"]:
        found = case["text"].find(row["quote"], at)
        assert found >= 0, f"{row['quote']!r} is not in the text behind character {at}"
        at = found + len(row["quote"])
        check_row(row)
        check_value(row)


def test_no_id_and_no_text_stands_twice():
    ids = Counter(case["id"] for _, case in CASES)
    texts = Counter((case["text"], *(case.get(field) for field in CONTEXT)) for _, case in CASES)
    assert not [name for name, count in ids.items() if count > 1]
    assert not [key for key, count in texts.items() if count > 1]


def test_every_phenomenon_has_cases_enough():
    sizes = Counter(file.stem for file, _ in CASES)
    rows = [len(case["expected"]) for _, case in CASES]
    assert min(sizes.values()) >= 5
    assert len(CASES) >= LEAST
    assert sum(n == 0 for n in rows) >= 60
    assert sum(n > 1 for n in rows) >= 60
