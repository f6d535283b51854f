"""How far readers agree: alpha as it is computed by hand, its interval, and what they differ in."""

import math

import pandas as pd
import pytest

from dz_analysis import tables
from dz_analysis.review import Correction, Corrections, Place, list_disputes, measure_agreement


def said(reader, document, field, is_, was="", start=0):
    return Correction(2, Place(document, start, "3个"), field, was, is_, reader=reader)


def corrections(*pairs, field="unit", was="个"):
    """Return what two readers say of one number in each of some documents."""
    lines = []
    for number, (one, other) in enumerate(pairs):
        lines += [
            said("甲", f"d{number}", field, one, was),
            said("乙", f"d{number}", field, other, was),
        ]
    return Corrections(tuple(lines))


NO_ROWS = tables.empty_table("observations")


def of_field(table, field):
    (row,) = table[table["field"] == field].to_dict("records")
    return row


def test_alpha_is_what_a_hand_computes():
    """Of 8 values 3 are 个 and 5 are 处; one pair of four differs.

    Observed: 2 of 8 values stand in a pair that differs, 2/8. Expected of values drawn by chance:
    2 × 3 × 5 / (8 × 7) = 30/56. Alpha = 1 − (2/8) / (30/56) = 8/15.
    """
    pairs = [("个", "个"), ("个", "处"), ("处", "处"), ("处", "处")]
    row = of_field(measure_agreement(corrections(*pairs), NO_ROWS), "unit")
    assert row["alpha"] == pytest.approx(8 / 15)
    assert (row["readers"], row["numbers"], row["agreed"]) == (2, 4, 0.75)
    assert row["low"] <= row["alpha"] <= row["high"] <= 1


def test_of_three_readers_a_number_that_one_has_not_seen_counts_with_the_others():
    """Units aab, ab and bb: n = 7, 3 a and 4 b, by hand.

    Unit aab gives 2 × (2 × 1) / 2 = 2 of differing values, unit ab 2; observed 4/7. Expected
    2 × 3 × 4 / (7 × 6) = 4/7. Alpha = 0.
    """
    lines = [
        *(
            said(reader, "d0", "unit", is_)
            for reader, is_ in (("甲", "a"), ("乙", "a"), ("丙", "b"))
        ),
        *(said(reader, "d1", "unit", is_) for reader, is_ in (("甲", "a"), ("乙", "b"))),
        *(said(reader, "d2", "unit", "b") for reader in ("甲", "乙")),
    ]
    row = of_field(measure_agreement(Corrections(tuple(lines)), NO_ROWS), "unit")
    assert row["alpha"] == pytest.approx(0, abs=1e-12)


def test_who_says_right_says_what_was_read():
    lines = []
    for number, (one, other) in enumerate([("个", "个"), ("个", "处"), ("处", "处"), ("处", "处")]):
        name = f"d{number}"
        for reader, is_ in (("甲", one), ("乙", other)):
            is_right = is_ == "个" and name == "d1"
            lines.append(
                said(reader, name, *(("row", "right") if is_right else ("unit", is_, "个")))
            )
    row = of_field(measure_agreement(Corrections(tuple(lines)), NO_ROWS), "unit")
    assert row["alpha"] == pytest.approx(8 / 15)


def test_one_value_alone_or_two_documents_give_no_alpha_or_no_interval():
    same = measure_agreement(corrections(("处", "处"), ("处", "处"), ("处", "处")), NO_ROWS)
    assert same["agreed"].tolist() == [1.0, 1.0] and same["alpha"].isna().all()
    few = of_field(measure_agreement(corrections(("个", "处"), ("处", "处")), NO_ROWS), "unit")
    assert not math.isnan(few["alpha"]) and math.isnan(few["low"])


def test_whether_it_is_an_observation_is_a_field_of_its_own():
    lines = [said("甲", f"d{n}", "row", is_) for n, is_ in enumerate(["none", "right", "right"])]
    lines += [said("乙", f"d{n}", "row", is_) for n, is_ in enumerate(["none", "none", "right"])]
    table = measure_agreement(Corrections(tuple(lines)), NO_ROWS)
    assert table["field"].tolist() == ["row"]
    assert of_field(table, "row")["alpha"] == pytest.approx(1 - (2 / 6) / (2 * 3 * 3 / (6 * 5)))
    disputes = list_disputes(Corrections(tuple(lines)), NO_ROWS)
    assert disputes[["document", "field", "reader", "says"]].values.tolist() == [
        ["d1", "row", "乙", "none"],
        ["d1", "row", "甲", "right"],
    ]


def test_one_reader_alone_or_nobody_gives_empty_tables():
    alone = Corrections((said("甲", "d0", "unit", "处"),))
    for given in (alone, Corrections()):
        assert measure_agreement(given, NO_ROWS).empty and list_disputes(given, NO_ROWS).empty


def test_the_interval_is_the_same_on_every_run():
    given = corrections(*[("个", "处"), ("处", "处"), ("个", "个")] * 4)
    one, other = (measure_agreement(given, NO_ROWS, draws=99) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    row = of_field(one, "unit")
    assert row["low"] < row["alpha"] < row["high"]
