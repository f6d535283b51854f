"""Copied text between documents."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear import grows_with_length

from dz_analysis.counting.overlap import (
    MOST_PLACES,
    blank_spans,
    find_shared_runs,
    measure_overlap,
    shared_spans,
)

COPY = "各级各部门要以钉钉子的劲头把每一件小事办好"
TEXTS = {
    "a": f"临江县开会。{COPY}，散会。",
    "b": f"云溪县传达精神：各级各部门要以2021年的钉钉子的劲头，{COPY[14:]}。",
    "c": f"{COPY}。山阳县照办。",
    "d": "海东县另有安排，和别处的说法都不一样。",
}


def test_a_copied_sentence_is_found_between_each_pair_and_led_back_to_its_place():
    runs = find_shared_runs(TEXTS)
    longest = runs.iloc[0]
    assert (longest["first"], longest["second"]) == ("a", "c")
    assert longest["han_chars"] == len(COPY)
    assert TEXTS["a"][longest.first_start : longest.first_end] == COPY
    assert TEXTS["c"][longest.second_start : longest.second_end] == COPY
    assert "d" not in {*runs["first"], *runs["second"]}


def test_marks_and_digits_do_not_hide_a_copy():
    texts = {"a": "全县上下同心协力谋发展，2019年", "b": "全县上下，同心协力，谋发展！2021年"}
    assert find_shared_runs(texts, shortest=10)["han_chars"].tolist() == [12]


def test_the_share_of_copied_text_is_given_for_every_document():
    table = measure_overlap(TEXTS).set_index("document")
    assert table.loc["d", "shared_chars"] == 0
    assert table.loc["c", "shared_chars"] == len(COPY)
    assert table.loc["c", "shared_pct"] == pytest.approx(100 * len(COPY) / (len(COPY) + 5))


def test_blanking_keeps_every_offset():
    spans = shared_spans(find_shared_runs(TEXTS))
    blanked = blank_spans(TEXTS["a"], spans["a"])
    assert len(blanked) == len(TEXTS["a"])
    assert COPY not in blanked
    assert blanked.startswith("临江县开会。")


def test_work_grows_with_the_text_alone():
    def texts(size):
        line = "".join(chr(0x4E00 + (i * 7919) % 20000) for i in range(size))
        same = "项目" * (size // 2)
        return {"a": line, "b": line, "c": same, "d": same}

    assert grows_with_length(lambda size: find_shared_runs(texts(size)), 5_000)
    assert find_shared_runs(texts(40_000))["han_chars"].max() == 40_000


def test_runs_of_one_character_are_refused():
    with pytest.raises(ValueError, match="say nothing"):
        find_shared_runs(TEXTS, shortest=1)


def runs_by_hand(one, other, shortest):
    """Return (start, start in the other, length) of every run that can't be made longer."""
    found = []
    for i in range(len(one)):
        for j in range(len(other)):
            if i and j and one[i - 1] == other[j - 1]:
                continue
            length = 0
            while one[i + length : i + length + 1] == other[j + length : j + length + 1] != "":
                length += 1
            if length >= shortest:
                found.append((i, j, length))
    return sorted(found)


def places(runs, side):
    """Return the places of a document that stand in some run."""
    return {at for run in runs for at in range(run[side], run[side] + run[2])}


def found_runs(one, other, shortest):
    table = find_shared_runs({"a": one, "b": other}, shortest=shortest)
    return sorted(
        table[["first_han", "second_han", "han_chars"]].itertuples(index=False, name=None)
    )


@settings(max_examples=200, deadline=None)
@given(
    one=st.text("甲乙丙", max_size=40),
    other=st.text("甲乙丙", max_size=40),
    shortest=st.integers(2, 6),
)
def test_runs_are_those_that_a_reader_finds_letter_by_letter(one, other, shortest):
    told, true = found_runs(one, other, shortest), runs_by_hand(one, other, shortest)
    for side in (0, 1):
        assert places(told, side) == places(true, side), "each shared character, and no other"
    windows = [text[at : at + shortest] for text in (one, other) for at in range(len(text))]
    if max([0, *map(windows.count, windows)]) <= MOST_PLACES:
        assert told == true


@settings(max_examples=60, deadline=None)
@given(
    one=st.text("甲乙丙", max_size=40),
    other=st.text("甲乙丙", max_size=40),
    shortest=st.integers(2, 6),
)
def test_runs_are_the_same_from_either_side(one, other, shortest):
    turned = sorted((j, i, length) for i, j, length in found_runs(other, one, shortest))
    assert turned == found_runs(one, other, shortest)


def test_what_is_repeated_without_end_is_shared_whole():
    texts = {"a": "项目" * 400, "b": "项目" * 300}
    assert measure_overlap(texts)["shared_pct"].tolist() == [100.0, 100.0]


def test_only_the_documents_asked_for_are_held_against_one_another():
    runs = find_shared_runs(TEXTS, sources={"c": ["a"]})
    assert set(zip(runs["first"], runs["second"], strict=True)) == {("a", "c")}


def test_documents_without_text_share_nothing():
    assert find_shared_runs({"a": "", "b": "2019"}).empty
    assert find_shared_runs({}).empty
    assert measure_overlap({"a": "", "b": COPY})["shared_pct"].tolist() == [0.0, 0.0]
