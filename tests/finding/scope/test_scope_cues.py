"""The rows of lexicon/scope_cues.csv: each is read by its example as it says."""

from operator import itemgetter

import pytest

from dz_analysis.finding.document import plan_or_review
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.finding.scope import cues
from dz_analysis.finding.scope.cues import LIST, find_cues, lay_scopes, load_scope_rules
from dz_analysis.finding.scope.modifiers import Modifiers
from dz_analysis.finding.text.lexer import MARKED, load_vocabulary, mark_words
from dz_analysis.lexicon import load_lexicon, roles
from dz_analysis.wordset import Words

RULES = load_scope_rules()
ROWS = [row for row in load_lexicon(LIST) if row["reach"]]
STANCES = [row for row in ROWS if row["role"].startswith("stance.")]
NUMBERS = [row for row in ROWS if row not in STANCES]
BARE = [row for row in load_lexicon(LIST) if not row["reach"]]
PASSED = [row for row in BARE if row["role"] in ("time", "link")]


def governing(row):
    """Return the words of a role that govern the numbers of its example."""
    text = row["example"]
    starts = [quantity.start for quantity in find_quantities(text)]
    scopes = lay_scopes(text, [row["role"]], numbers=starts)
    cues = [scopes.governing(row["role"], start) for start in starts]
    return [cue.value.word for cue in cues if cue]


@pytest.mark.parametrize("row", NUMBERS, ids=[f"{row['role']} {row['word']}" for row in NUMBERS])
def test_a_cue_governs_a_number_of_its_example(row):
    assert row["word"] in governing(row)


@pytest.mark.parametrize("row", STANCES, ids=[f"{row['role']} {row['word']}" for row in STANCES])
def test_a_cue_of_paragraphs_stands_in_its_example(row):
    cues = find_cues(load_vocabulary().mark(row["example"]), row["role"])
    assert row["word"] in [cue.value.word for cue in cues]


@pytest.mark.parametrize("row", PASSED, ids=[f"{row['role']} {row['word']}" for row in PASSED])
def test_a_word_that_is_passed_over_is_needed_for_its_example(row, monkeypatch):
    """The cue governs across the comma with the word, and not without it."""
    asked = {"time": ["estimate"], "link": ["modifier"]}[row["role"]]
    text = row["example"]
    start = find_quantities(text)[-1].start

    def governs():
        cues._passes.cache_clear()
        return lay_scopes(text, asked, numbers=[start]).governing(asked[0], start) is not None

    assert governs()
    real = cues.words
    rest = [word for word in real(LIST, row["role"]) if word != row["word"]]
    monkeypatch.setattr(
        cues, "words", lambda name, role: Words(rest if role == row["role"] else real(name, role))
    )
    assert not governs()
    monkeypatch.undo()
    cues._passes.cache_clear()


@pytest.mark.parametrize(
    "row", [row for row in BARE if row["role"] == "stance.date"], ids=itemgetter("word")
)
def test_figures_before_a_sign_of_date_are_no_fact(row):
    assert plan_or_review._fact().search(row["example"]) is None
    assert plan_or_review._fact().search(row["example"].replace(row["word"], "所"))


@pytest.mark.parametrize(
    "row", [row for row in BARE if row["role"] == "stance.since"], ids=itemgetter("word")
)
def test_a_year_that_is_only_counted_from_lies_not_ahead(row):
    assert plan_or_review._year().search(row["example"]) is None
    assert plan_or_review._year().search(row["example"].removesuffix(row["word"]))


@pytest.mark.parametrize(
    "row", [row for row in BARE if row["role"] == "is"], ids=itemgetter("word")
)
def test_a_word_that_announces_governs_over_the_parts_of_its_sentence(row):
    text = row["example"]
    starts = [quantity.start for quantity in find_quantities(text)]
    assert Modifiers(text, starts).at(starts[-1])
    assert not Modifiers(text.replace(row["word"], ""), [at - 1 for at in starts]).at(
        starts[-1] - 1
    )


@pytest.mark.parametrize("row", [row for row in ROWS if row["pseudo"]], ids=lambda r: r["word"])
def test_what_only_looks_like_a_cue_is_none(row):
    for longer in row["pseudo"].split(";"):
        assert row["word"] in longer
        assert not any(
            cue.start == longer.index(row["word"])
            for cue in find_cues(mark_words(longer), row["role"])
        )


def test_roles_that_rows_name_exist():
    named = {
        role
        for row in ROWS
        for cell in ("passes", "ended_by", "blocked_by")
        for role in row[cell].split(";")
    }
    assert named - {""} <= set(roles(LIST))


def test_all_roles_that_reach_are_marked():
    assert set(MARKED[LIST]) == set(RULES)


def test_no_word_holds_another_of_its_role_that_governs_alike():
    """A longer word that changes nothing is no row."""
    idle = [
        (role, long.word, short.word)
        for role, rules in RULES.items()
        for long in rules.values()
        for short in rules.values()
        if short.word in long.word
        and short.word != long.word
        and not short.pseudo
        and long._replace(word="", value="") == short._replace(word="", value="")
        and not long.word.endswith(("，", ",", "：", ":"))
        and role not in ("modifier", "stance.back")  # the word is told; it opens a paragraph
    ]
    assert idle == []


def words_at(text, role, words):
    """Return the word of a role that governs some words of a text, blank if none."""
    cue = lay_scopes(text, [role]).governing(role, text.index(words))
    return cue.value.word if cue else ""


def test_a_role_that_ends_another_is_laid_with_it():
    text = "主要目标是：税收增长5%。\n新建学校。\n过去，新建医院。"
    assert words_at(text, "stance.announces", "学校") == "主要目标是"
    assert words_at(text, "stance.announces", "医院") == ""


def test_a_role_that_blocks_another_takes_its_cues_away():
    assert words_at("完成年初预期目标，税收8亿元", "governing", "税收") == ""
    assert words_at("提出年初预期目标，税收8亿元", "governing", "税收") == "预期目标"


def test_a_cue_passes_over_a_time_to_its_comma_but_over_nothing_else():
    assert words_at("预计上半年，税收8亿元，支出9亿元", "estimate", "税收") == "预计"
    assert words_at("预计上半年，税收8亿元；支出9亿元", "estimate", "支出") == ""
    assert words_at("预计开工，税收8亿元", "estimate", "税收") == ""
