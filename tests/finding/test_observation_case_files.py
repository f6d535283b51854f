"""The case files themselves: unique ids, quotes that stand in the text, known values, no gaps."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from observation_cases import CONTEXT, EXACT, read_cases

CASES = list(read_cases())
FIELDS = {"id", "text", "expected", "why", "known_failure", *CONTEXT}
ROW = {"quote", "indicator", "alt", "value", "value_high", "within", "of", *EXACT}
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
PERIOD = re.compile(r"(?:\d{4}-(?:0[1-9]|1[0-2])/\d{4}-(?:0[1-9]|1[0-2]))?")


@pytest.mark.parametrize(("file", "case"), CASES, ids=[case["id"] for _, case in CASES])
class TestCase:
    def test_has_the_fields_of_a_case(self, file, case):
        assert {"id", "text", "expected", "why", "known_failure"} <= set(case) <= FIELDS
        assert re.fullmatch(rf"{file.stem}-\d{{2,3}}", case["id"])
        assert case["text"].strip() and case["why"].strip()
        assert PERIOD.fullmatch(case.get("period", ""))

    def test_quotes_stand_in_the_text_in_order(self, file, case):
        at = 0
        for row in case["expected"]:
            found = case["text"].find(row["quote"], at)
            assert found >= 0, f"{row['quote']!r} is not in the text behind character {at}"
            at = found + len(row["quote"])

    def test_rows_hold_known_values(self, file, case):
        for row in case["expected"]:
            assert {"quote", "indicator", "measure"} <= set(row) <= ROW
            assert row["measure"] in MEASURES
            assert row.get("status", "actual") in STATUSES
            assert row.get("bound", "") in BOUNDS
            period = row.get("period", "")
            assert PERIOD.fullmatch(period)
            assert not period or period[:7] <= period[8:]
            assert row.get("value_high", float("inf")) > row.get("value", 0)
            assert row["measure"] != "rank" or row["unit"] == "位"


def test_no_id_and_no_text_stands_twice():
    ids = Counter(case["id"] for _, case in CASES)
    texts = Counter((case["text"], *(case.get(field) for field in CONTEXT)) for _, case in CASES)
    assert not [name for name, count in ids.items() if count > 1]
    assert not [key for key, count in texts.items() if count > 1]


def test_there_is_something_to_run():
    assert CASES, "tests/cases/observations holds no case"
