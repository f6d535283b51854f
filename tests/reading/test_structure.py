"""Paragraphs, headings, stances and sentences, on outlines of reports of many kinds."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dz_analysis.reading import split_paragraphs, split_sentences

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "structure.toml").read_text(encoding="utf-8")
)["outline"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_outline(case):
    text = "\n".join(line for line, *_ in case["lines"])
    found = [[text[p.start : p.end], p.heading_level, p.stance] for p in split_paragraphs(text)]
    assert found == case["lines"]


def test_sections_name_their_heading():
    text = "某县报告\n一、回顾\n全县增长6%。\n二、安排\n力争增长7%。"
    assert [p.section for p in split_paragraphs(text)] == [
        "",
        "一、回顾",
        "一、回顾",
        "二、安排",
        "二、安排",
    ]


def test_a_sentence_that_opens_a_plan_governs_up_to_the_next_heading():
    text = "某县报告\n新建学校5所。\n下一步工作要求更高。\n新建医院3家。\n二、意见\n新建图书馆1座。"
    stances = [p.stance for p in split_paragraphs(text)]
    assert stances == ["review", "review", "plan", "plan", "review", "review"]


def test_blank_lines_and_indents_belong_to_no_paragraph():
    text = "\n\n  某县报告 \n\n　　全县生产总值增长6%。\n"
    assert [text[p.start : p.end] for p in split_paragraphs(text)] == [
        "某县报告",
        "全县生产总值增长6%。",
    ]


@given(st.text(st.sampled_from("某县增长6%一二、（）。！？；：“”…\n .,!?")))
def test_paragraphs_and_sentences_cover_the_text(text):
    paragraphs = split_paragraphs(text)
    covered = {at for p in paragraphs for at in range(p.start, p.end)}
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered)
    for paragraph in paragraphs:
        spans = split_sentences(text, paragraph.start, paragraph.end)
        inside = {at for a, b in spans for at in range(a, b)}
        assert all(text[a:b] == text[a:b].strip() for a, b in spans)
        left = set(range(paragraph.start, paragraph.end)) - inside
        assert all(text[at].isspace() for at in left)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("增长6.5%。下降1.2%！为什么？", ["增长6.5%。", "下降1.2%！", "为什么？"]),
        ("他说：“好。”大家同意。", ["他说：“好。”", "大家同意。"]),
        ("全县增长6%；全市增长7%。", ["全县增长6%；全市增长7%。"]),
        ("等等……还有。", ["等等……", "还有。"]),
        ("PM2.5、No.3和v1.0!Yes", ["PM2.5、No.3和v1.0!Yes"]),
    ],
)
def test_sentences(text, sentences):
    assert [text[a:b] for a, b in split_sentences(text)] == sentences
