"""Shares of text taken over: planted copies, set phrases, origins."""

import pandas as pd
import pytest
from matplotlib.text import Text

from dz_analysis.counting.overlap import find_shared_runs
from dz_analysis.counting.reuse import (
    BEFORE,
    CENTRE,
    OLDER,
    OTHERS,
    average_reuse,
    list_before,
    list_longest,
    measure_reuse,
    recent,
    share_runs,
)
from dz_analysis.showing.reuse import plot_reuse, say_reuse


def han(start, count):
    """Return so many different characters, none of which another start gives."""
    return "".join(chr(0x4E00 + start + at) for at in range(count))


PHRASE, SPEECH, ORDER = han(0, 20), han(100, 30), han(200, 25)
TEXTS = {
    "own-old": SPEECH + han(1000, 70),
    "own-before": PHRASE + SPEECH + han(2000, 50),
    "own-now": SPEECH + han(3000, 20) + PHRASE + ORDER + han(3500, 5),
    "other-now": PHRASE + ORDER + han(4000, 55),
    **{f"third-{n}": PHRASE + han(5000 + 100 * n, 80) for n in range(3)},
}
ENDS = {"own-old": "2018-12", "own-before": "2019-12"}
PLACES = {"own": "甲县", "other": "乙县", "third": "丙县"}
DOCUMENTS = pd.DataFrame(
    [
        (name, PLACES[name.split("-")[0]], "work_report", ENDS.get(name, "2020-12"), len(text))
        for name, text in TEXTS.items()
    ],
    columns=["id", "region", "genre", "period_end", "han_chars"],
)


def runs_of(texts, corpus=""):
    found = find_shared_runs(texts)
    return pd.DataFrame(
        {
            "document": found["second"],
            "source": found["first"],
            "source_corpus": corpus,
            "han_start": found["second_han"],
            "source_han_start": found["first_han"],
            "han_chars": found["han_chars"],
        }
    )


RUNS = runs_of(TEXTS)


def row_of(reuse, document, origin):
    own = reuse[(reuse["document"] == document) & (reuse["origin"] == origin)]
    assert len(own) == 1
    return own.iloc[0]


def test_planted_copies_are_found_to_the_character_with_set_phrases_apart():
    reuse = measure_reuse(RUNS, DOCUMENTS, common=0.5)
    before = row_of(reuse, "own-now", BEFORE)
    assert before["copied_chars"] == len(SPEECH) + len(PHRASE)
    assert before["set_chars"] == len(PHRASE), "six of seven documents hold it"
    assert before["without_set_pct"] == pytest.approx(100 * len(SPEECH) / len(TEXTS["own-now"]))
    assert before["longest"] == len(SPEECH) and before["sources"] == 1
    older = row_of(reuse, "own-now", OLDER)
    assert (older["copied_chars"], older["set_chars"]) == (len(SPEECH), 0)
    others = row_of(reuse, "own-now", OTHERS)
    # The phrase runs on into the order, so what stands on their border is no set phrase.
    assert others["copied_chars"] == len(PHRASE) + len(ORDER)
    assert len(ORDER) <= others["copied_chars"] - others["set_chars"] < len(ORDER) + 14
    assert others["sources"] == 4
    assert others["per_source_pct"] < others["without_set_pct"]


def test_of_equal_months_each_is_a_source_of_the_other():
    reuse = measure_reuse(RUNS, DOCUMENTS, common=1)
    for document in ("own-now", "other-now"):
        assert row_of(reuse, document, OTHERS)["copied_chars"] == len(PHRASE) + len(ORDER)


def test_a_first_report_has_none_before():
    reuse = measure_reuse(RUNS, DOCUMENTS)
    assert set(reuse.loc[reuse["document"] == "own-old", "origin"]) == set()
    assert set(reuse.loc[reuse["document"] == "own-before", "origin"]) == {BEFORE}


def test_the_centre_is_told_of_only_where_it_was_asked():
    texts = {"c": SPEECH, "own-now": TEXTS["own-now"]}
    runs = pd.concat([RUNS, runs_of(texts, "centre")])
    centre = pd.DataFrame({"id": ["c", "later"], "period_end": ["2019-12", "2021-12"]})
    assert CENTRE not in set(measure_reuse(runs, DOCUMENTS)["origin"])
    told = measure_reuse(runs, DOCUMENTS, centre={"centre": centre})
    row = row_of(told, "own-now", CENTRE)
    assert (row["copied_chars"], row["sources"]) == (len(SPEECH), 1)
    assert row_of(told, "other-now", CENTRE)["copied_chars"] == 0
    assert "own-old" not in set(told.loc[told["origin"] == CENTRE, "document"])


def test_longer_runs_only():
    reuse = measure_reuse(RUNS, DOCUMENTS, shortest=28, common=1)
    assert row_of(reuse, "own-now", BEFORE)["copied_chars"] == len(SPEECH)
    with pytest.raises(ValueError, match="the table holds runs of 14"):
        measure_reuse(RUNS, DOCUMENTS, shortest=6)
    with pytest.raises(ValueError, match="expected a share"):
        measure_reuse(RUNS, DOCUMENTS, common=3)


def test_a_document_shares_all_with_its_copy_and_nothing_with_a_stranger():
    texts = {"a": han(0, 60), "b": han(0, 60), "c": han(900, 60)}
    documents = pd.DataFrame({"id": list(texts), "han_chars": 60})
    shared = share_runs(runs_of(texts), documents).set_index(["first", "second"])["shared_pct"]
    assert shared.to_dict() == {("a", "b"): 100.0, ("a", "c"): 0.0, ("b", "c"): 0.0}


def test_shares_lie_between_nothing_and_all():
    shared = share_runs(RUNS, DOCUMENTS)
    for name in ("shared_pct", "shared_without_set_pct"):
        assert shared[name].between(0, 100).all()
    assert (shared["shared_without_set_pct"] <= shared["shared_pct"]).all()


def test_means_are_over_documents_and_have_no_ends_for_few_places():
    reuse = measure_reuse(RUNS, DOCUMENTS, common=1)
    told = average_reuse(reuse).set_index("origin")
    own = reuse[reuse["origin"] == OTHERS]
    assert told.loc[OTHERS, "copied_pct"] == pytest.approx(own["copied_pct"].mean())
    assert told.loc[OTHERS, "units"] == 3
    assert told[["copied_pct_low", "without_set_pct_high"]].isna().all(axis=None)
    assert average_reuse(reuse.iloc[:0]).empty


def test_the_longest_runs_are_listed_by_where_they_stand():
    longest = list_longest(RUNS, DOCUMENTS, most=3)
    assert longest["han_chars"].is_monotonic_decreasing and len(longest) == 3
    assert longest.iloc[0]["han_chars"] == len(PHRASE) + len(SPEECH) or longest.iloc[0][
        "han_chars"
    ] == len(PHRASE) + len(ORDER)


def test_the_last_two_reports_no_later_are_sources():
    told = pd.DataFrame(
        {"id": list("abcd"), "period_end": ["2017-12", "2018-06", "2018-12", "2019-12"]}
    )
    assert recent("2018-12", told) == ["b", "c"]
    assert recent("2021-06", told) == []


def test_what_was_not_held_against_one_another_is_not_told_to_share_nothing():
    pairs = RUNS[(RUNS["document"] == "own-now") & (RUNS["source"] == "own-before")]
    few = measure_reuse(pairs, DOCUMENTS, has_all_pairs=False)
    assert set(few["origin"]) == {BEFORE}
    whole = row_of(measure_reuse(RUNS, DOCUMENTS), "own-now", BEFORE)
    told = row_of(few, "own-now", BEFORE)
    assert told["copied_chars"] == whole["copied_chars"] > 0
    assert told[["set_chars", "without_set_pct", "per_source_pct"]].isna().all()
    shared = share_runs(pairs, DOCUMENTS, has_all_pairs=False)
    assert len(shared) == len(share_runs(RUNS, DOCUMENTS))
    assert shared[["shared_pct", "shared_without_set_pct"]].isna().all(axis=None)
    means = average_reuse(few)
    assert "which of them are set phrases is not known" in say_reuse(means, shortest=14)
    figure = plot_reuse(few, shortest=14, source="invented")
    assert "set phrases too" in " ".join(text.get_text() for text in figure.findobj(Text))


def test_the_report_before_is_of_the_same_place_and_kind():
    before = list_before(DOCUMENTS)
    assert before["own-now"] == "own-before" and "own-old" not in before
