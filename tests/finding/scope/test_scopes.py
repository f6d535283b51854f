"""The engine alone, with invented cues: what governs what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dz_analysis.finding.scope.engine import Cue, Direction, Reach, Scopes
from dz_analysis.finding.text.segment import segment

# A text with the cue 甲, how it reaches, and the figures that it governs.
REACHES = [
    ("1甲2，3；4。5\n6", Reach.CLAUSE, "2"),
    ("1甲2，3；4。5\n6", Reach.PART, "23"),
    ("1甲2，3；4。5\n6", Reach.SENTENCE, "234"),
    ("1甲2，3；4。5\n6", Reach.PARAGRAPH, "2345"),
    ("1甲2，3；4。5\n6", Reach.SECTION, "23456"),
    ("1（甲2，3）4，5", Reach.BRACKET, "23"),
    ("1（甲2，3）4，5", Reach.CLAUSE, "2"),
    ("1（甲2，3；4）5，6", Reach.PART, "23"),
    ("1甲2（3）4，5", Reach.CLAUSE, "24"),
    ("1甲2（3，4）5，6", Reach.CLAUSE, "25"),
    ("1甲2（3，4；5）6，7；8", Reach.PART, "234567"),
    ("1（甲）2，3", Reach.CLAUSE, "2"),
    ("1甲，2，3", Reach.CLAUSE, ""),
    ("1甲2，3；4", Reach.LIST, "23"),
    ("1甲乙，3；4", Reach.LIST, ""),
    ("1甲：3，4；5", Reach.LIST, "34"),
    ("1甲2，3", Reach.BRACKET, "2"),
]
BACKWARD = [
    ("1，2甲3，4", Reach.CLAUSE, "2"),
    ("1，2（甲）3，4", Reach.CLAUSE, "2"),
    ("1，2（3，甲）4", Reach.CLAUSE, ""),
    ("1，2（3）甲4", Reach.CLAUSE, "2"),
    ("1；2，3甲4", Reach.PART, "23"),
    ("1。2；3甲4", Reach.SENTENCE, "23"),
    ("1\n2。3甲4", Reach.PARAGRAPH, "23"),
    ("1（2，3甲）4", Reach.BRACKET, "23"),
    ("1\n2甲4", Reach.SECTION, "12"),
]


def figures(text):
    return [at for at, sign in enumerate(text) if sign in "123456789"]


def lay(text, sign="甲", category="cue", **row):
    """Make a cue of each place where a sign stands; its value is the sign."""
    return [
        Cue(at, at + 1, category, sign, **row) for at, other in enumerate(text) if other == sign
    ]


def governed(text, cues, category="cue", **units):
    scopes = Scopes(segment(text), cues, numbers=figures(text), **units)
    return "".join(text[at] for at in figures(text) if scopes.governing(category, at))


@pytest.mark.parametrize(("text", "reach", "expected"), REACHES)
def test_a_cue_reaches_forward(text, reach, expected):
    assert governed(text, lay(text, reach=reach)) == expected


@pytest.mark.parametrize(("text", "reach", "expected"), BACKWARD)
def test_a_cue_reaches_backward(text, reach, expected):
    cues = lay(text, reach=reach, direction=Direction.BACKWARD)
    assert governed(text, cues) == expected


def test_both_ways_is_one_way_and_the_other():
    text = "1，2甲3，4"
    assert governed(text, lay(text, direction=Direction.BOTH)) == "23"


def test_a_cue_that_ends_with_its_mark_governs_behind_it():
    text = "甲，1，2；3"
    clause = [Cue(0, 2, "cue", "甲")]
    assert governed(text, clause) == "1"
    assert governed(text, [clause[0]._replace(reach=Reach.LIST)]) == "12"
    assert governed("甲，乙，2；3", [clause[0]._replace(reach=Reach.LIST)]) == "2"


def test_another_cue_ends_a_scope():
    text = "甲1，2乙3；4"
    cues = lay(text, reach=Reach.SENTENCE, ended_by=("end",)) + lay(text, "乙", "end")
    assert governed(text, cues) == "12"
    assert governed(text, lay(text, reach=Reach.SENTENCE) + lay(text, "乙", "end")) == "1234"


def test_another_cue_ends_a_scope_that_goes_back():
    text = "1乙2，3甲4"
    back = {"reach": Reach.SENTENCE, "direction": Direction.BACKWARD, "ended_by": ("end",)}
    assert governed(text, lay(text, **back) + lay(text, "乙", "end")) == "23"


def test_what_stands_before_a_cue_does_not_end_its_scope():
    text = "乙甲1，2"
    cues = lay(text, reach=Reach.PART, ended_by=("end",)) + lay(text, "乙", "end")
    assert governed(text, cues) == "12"


def test_a_scope_stops_where_it_is_told_to():
    text = "甲1，2，3"
    assert governed(text, lay(text, reach=Reach.PART, until=3)) == "1"


def test_sections_end_a_scope():
    text = "甲1\n2\n3"
    assert governed(text, lay(text, reach=Reach.SECTION), sections=[0, 5]) == "12"


def values(text, cues):
    scopes = Scopes(segment(text), cues)
    return "".join(scopes.value("cue", at) or "-" for at in figures(text))


def test_the_nearest_cue_governs_and_gives_way_where_it_ends():
    text = "1甲2，乙3。4"
    assert values(text, lay(text, reach=Reach.PARAGRAPH) + lay(text, "乙")) == "-甲乙甲"


def test_what_stands_behind_a_number_is_nearer_than_what_stands_before_it():
    text = "甲1（乙）2"
    cues = lay(text) + lay(text, "乙", direction=Direction.BACKWARD)
    assert values(text, cues) == "乙甲"


def test_a_higher_rank_governs_over_a_nearer_cue():
    text = "甲1乙2，3"
    assert values(text, lay(text, rank=1) + lay(text, "乙", reach=Reach.PART)) == "甲甲乙"


def test_categories_do_not_meet():
    text = "甲1乙2"
    cues = lay(text) + lay(text, "乙", "other")
    scopes = Scopes(segment(text), cues)
    assert scopes.value("cue", 3) == "甲" and scopes.value("other", 3) == "乙"
    assert scopes.value("other", 1) is None and scopes.value("unknown", 1) is None


def test_of_two_cues_at_one_place_the_later_one_governs():
    first, second = (Cue(0, 0, "cue", value, reach=Reach.SECTION) for value in "甲乙")
    assert values("1", [first, second]) == "乙"


def test_scopes_are_told_in_text_order():
    text = "甲1，2甲3"
    found = Scopes(segment(text), lay(text)).scopes("cue")
    assert [(start, end, cue.start) for start, end, cue in found] == [(1, 3, 0), (5, 6, 4)]


ROW = st.tuples(
    st.integers(0, 29),
    st.sampled_from(list(Reach)),
    st.sampled_from(list(Direction)),
    st.integers(0, 1),
)


@given(st.text(alphabet="1，；。（）\n：", min_size=1, max_size=30), st.lists(ROW, max_size=6))
def test_the_laid_scopes_are_those_of_each_cue_alone(text, rows):
    """What all cues govern together is what each governs alone, the nearest first."""
    segments = segment(text)
    cues = [
        Cue(at % len(text), at % len(text) + 1, "cue", number, direction, reach, rank=rank)
        for number, (at, reach, direction, rank) in enumerate(rows)
    ]
    alone = [Scopes(segments, [cue], numbers=figures(text)) for cue in cues]
    together = Scopes(segments, cues, numbers=figures(text))
    for offset in range(len(text)):
        holding = [
            cue for cue, scope in zip(cues, alone, strict=True) if scope.governing("cue", offset)
        ]
        found = together.governing("cue", offset)
        assert (found is None) == (not holding)
        if found:
            assert found in holding and found.rank == max(cue.rank for cue in holding)
            rivals = [cue for cue in holding if cue.rank == found.rank]
            before = [cue.start for cue in rivals if cue.start <= offset]
            behind = [cue.start for cue in rivals if cue.start > offset]
            assert found.start == (min(behind) if behind else max(before))


def test_many_cues_in_one_clause_stay_linear():
    """The work for a cue does not grow with the text round it."""
    sizes = []
    for count in (100, 1000):
        text = "甲（1）" * count
        scopes = Scopes(segment(text), lay(text))
        sizes.append(len(scopes.scopes("cue")))
    assert sizes[1] <= 11 * sizes[0]
