"""One pass over a text for the words of all roles."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dz_analysis.finding.text.lexer import MARKED, Role, Vocabulary, load_vocabulary, mark_words

WORDS = ["天", "天地", "地玄", "玄黄", "天地玄黄"]
CUES = Vocabulary({Role("cues", "a"): WORDS, Role("cues", "b"): ["地", "天"]})
TEXTS = st.text(alphabet="天地玄黄，", max_size=30)
STRETCH = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


def all_spans(text):
    return [
        (at, at + len(word))
        for at in range(len(text))
        for word in WORDS
        if text.startswith(word, at)
    ]


@given(TEXTS, STRETCH)
def test_answers_are_those_of_a_plain_search(text, stretch):
    start, end = stretch
    spans = CUES.mark(text).of("cues", "a")
    inside = [(s, e) for s, e in all_spans(text) if start <= s and e <= end]
    touching = [(s, e) for s, e in all_spans(text) if s < end and e > start]
    first, last = spans.first(start, end), spans.last(start, end)
    assert spans.touch(start, end) == bool(touching)
    assert (first and first[:2]) == min(inside, key=lambda s: (s[0], -s[1]), default=None)
    assert (last and last[:2]) == max(inside, key=lambda s: (s[1], -s[0]), default=None)


@given(TEXTS, STRETCH)
def test_longest_words_are_those_of_an_alternation(text, stretch):
    start, end = stretch
    pattern = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
    found = CUES.mark(text).of("cues", "a").longest(start, end)
    plain = [match.span() for match in pattern.finditer(text, start, end)]
    assert [(at, stop) for at, stop, _ in found] == plain


def test_a_word_may_have_several_roles():
    marks = CUES.mark("天地")
    assert [span.word for span in marks.of("cues", "b")] == ["天", "地"]
    assert {span.word for span in marks.of("cues", "a")} == {"天", "天地"}


def test_an_unmarked_role_is_refused_with_those_that_are():
    with pytest.raises(KeyError, match=r"'c'.*\['a', 'b'\]"):
        CUES.mark("").of("cues", "c")


def test_every_marked_role_has_words():
    for name, roles in MARKED.items():
        for role in roles:
            assert load_vocabulary().number(name, role) >= 0
            assert mark_words("").of(name, role).first(0, 0) is None


def test_a_long_word_touches_behind_the_short_one_inside_it():
    spans = Vocabulary({Role("cues", "a"): ["甲乙丙丁", "乙"]}).mark("甲乙丙丁").of("cues", "a")
    assert spans.touch(3, 4)
