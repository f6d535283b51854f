"""The word lists of the audit: entries and examples agree, and nothing is listed against itself."""

import pytest

from dz_analysis.comparing.facts import name_concept
from dz_analysis.lexicon import load_lexicon

PARTS, SHARES, SUMS = (load_lexicon(f"audit_{name}") for name in ("parts", "shares", "sums"))


@pytest.mark.parametrize("row", PARTS, ids=lambda row: f"{row['part']} in {row['whole']}")
def test_a_part_and_its_whole_stand_in_their_example(row):
    assert row["whole"] in row["example"]
    assert row["part"] in row["example"].replace(row["whole"], "", 1)
    assert name_concept(row["part"]) != name_concept(row["whole"])
    assert row["complete"] in ("yes", "no")


@pytest.mark.parametrize("row", SHARES, ids=lambda row: f"{row['share']}: {row['part']}")
def test_a_share_divides_two_different_things(row):
    concepts = {name_concept(row[name]) for name in ("share", "part", "whole")}
    assert len(concepts) == 3
    assert "%" in row["example"]


@pytest.mark.parametrize("group", sorted({row["group"] for row in SUMS}))
def test_shares_that_sum_are_several_and_have_one_total(group):
    rows = [row for row in SUMS if row["group"] == group]
    assert len({name_concept(row["share"]) for row in rows}) == len(rows) > 1
    assert {row["total"] for row in rows} == {"100"}
