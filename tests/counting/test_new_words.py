"""New words by cohesion and freedom."""

import random

import pytest

from dz_analysis.counting.new_words import find_new_words

FILLER = "大力推进实施全面做好继续抓紧认真落实积极扩大稳步提高不断加强持续改善有效防止"


def invented_text():
    rng = random.Random(3)
    pick = lambda: "".join(rng.choice(FILLER) for _ in range(rng.randint(9, 14)))  # noqa: E731
    return "".join(f"{pick()}霁川湾{pick()}。" for _ in range(30))


def test_a_name_in_many_contexts_is_found_whole():
    table = find_new_words([invented_text()])
    assert table["word"].iloc[0] == "霁川湾"
    assert table["count"].iloc[0] == 30
    assert not {"霁川", "川湾"} & set(table["word"])  # parts always have the same neighbour


def test_known_words_are_no_news():
    text = "".join(f"{a}营商环境{b}。" for a, b in zip(FILLER, reversed(FILLER), strict=True))
    assert "营商环境" not in set(find_new_words([text])["word"])


@pytest.mark.parametrize("text", ["", "项目", "2021 PPP"])
def test_too_little_text_gives_nothing(text):
    assert find_new_words([text]).empty
