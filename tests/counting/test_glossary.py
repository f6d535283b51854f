"""What a report explains itself, and parallel series."""

import pandas as pd
import pytest

from dz_analysis.counting.glossary import (
    find_definitions,
    find_series,
    set_glossary_aside,
    split_glossary,
)
from dz_analysis.reading.structure import split_paragraphs

REPORT = """云溪县政府工作报告
一、2008年工作回顾
过去的一年，全县围绕“三区一基地”定位，生产总值增长9%。措施如下：抓早抓实。
名词解释
1.三区一基地：是指文旅休闲区、生态涵养区、农业示范区和能源基地。
2.“四张清单”制度：权力清单、责任清单、负面清单、服务清单。
"""


def test_terms_are_taken_from_the_glossary_only():
    found = find_definitions(REPORT, split_paragraphs(REPORT))
    assert [d.term for d in found] == ["三区一基地", "“四张清单”制度"]
    assert REPORT[found[0].start : found[0].end].startswith("文旅休闲区")
    assert REPORT[found[1].start : found[1].end].endswith("服务清单。")


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("建设文旅休闲示范区、生态涵养功能区。", ("文旅休闲示范区", "生态涵养功能区")),
        ("打造区域物流中心和产业创新高地，", ("区域物流中心", "产业创新高地")),
    ],
)
def test_parallel_series_are_found_with_their_members(text, members):
    assert [s.members for s in find_series(text)] == [members]


@pytest.mark.parametrize("text", ["涉及陵城区、德城区", "建设示范区", "去年地区，今年地区"])
def test_lists_of_districts_are_no_series(text):
    assert find_series(text) == ()


def test_offsets_point_at_the_series():
    text = "今年建设文旅休闲示范区、生态涵养功能区。"
    series = find_series(text)[0]
    assert text[series.start : series.end] == "文旅休闲示范区、生态涵养功能区"


def test_rates_are_of_running_text_where_a_glossary_is_set_aside():
    documents = pd.DataFrame({"id": ["a", "b"], "han_chars": [1000, 500], "tokens": [600, 300]})
    paragraphs = pd.DataFrame(
        {
            "document": ["a", "a", "b"],
            "paragraph": [1, 2, 1],
            "stance": ["plan", "glossary", "review"],
            "han_chars": [800, 200, 500],
        }
    )
    terms = pd.DataFrame(
        {"document": ["a", "a", "b"], "paragraph": [1, 2, 1], "count": [500, 100, 300]}
    )
    said, explained = split_glossary(terms, paragraphs)
    assert (said["count"].sum(), explained["count"].sum()) == (800, 100)
    sized = set_glossary_aside(documents, paragraphs, terms)
    assert sized[["han_chars", "tokens"]].to_numpy().tolist() == [[800, 500], [500, 300]]
    assert sized["han_chars"].dtype == documents["han_chars"].dtype
