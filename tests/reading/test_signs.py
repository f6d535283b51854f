"""What editors, fonts and copying leave between characters: taken out, logged, and nothing else."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear import grows_with_length

from dz_analysis.reading import read_page, repair, replay, undo
from dz_analysis.reading.repair import tidy

FILE = Path(__file__).parents[1] / "cases" / "signs.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
WORDS = (
    "全县",
    "税收",
    "农业增加值",
    "粮食总产量",
    "“一村一品”",
    "规模以上工业",
    "GDP",
    "城镇居民",
)
FIGURES = ("8.6亿元", "12%", "1,234万元", "2019年", "30家", "-0.5%", "（36户）", "3.2万m²")
CLAUSES = st.tuples(
    st.sampled_from(WORDS),
    st.sampled_from(("", "完成", "同比增长", "、", " ")),
    st.sampled_from(FIGURES),
    st.sampled_from(("，", "。", "；\n", "\n", "\t")),
).map("".join)
CLEAN = st.lists(CLAUSES, min_size=1, max_size=12).map("".join)
UNSEEN = st.sampled_from("\u200b\u200e\u00ad\ufeff\u2060\u202c\u0001")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_signs_are_put_right_or_left_alone(case):
    done = tidy(case["text"])
    assert done.text == case.get("plain", case["text"])
    assert {change.kind for change in done.changes} == ({case["kind"]} if "kind" in case else set())
    assert undo(done) == case["text"]
    assert replay(case["text"], done.changes) == done.text
    assert tidy(done.text).changes == ()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(CLEAN)
def test_clean_text_is_untouched(text):
    assert tidy(text).changes == ()
    assert repair(text).changes == ()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(CLEAN, st.lists(st.tuples(st.integers(0, 200), UNSEEN), min_size=1, max_size=20))
def test_what_has_no_width_comes_out_wherever_it_stands(text, signs):
    page = text
    for at, sign in signs:
        page = page[: at % (len(page) + 1)] + sign + page[at % (len(page) + 1) :]
    done = tidy(page)
    assert done.text == text
    assert undo(done) == page
    for at, character in enumerate(text):
        assert page[slice(*done.map.to_raw(at, at + 1))] == character


@pytest.mark.parametrize("blank", [" ", "  ", "\u3000", "\xa0"])
def test_a_spaced_page_reads_as_the_plain_one(blank):
    lines = [
        "云溪县2019年财政预算执行情况",
        "各位代表：",
        "全县一般公共预算收入完成8.6亿元，为预算的102%，同比增长5.1%。",
        "税收占比",
    ]
    spaced = "\n".join(blank.join(line) for line in lines)
    spaced = spaced.replace(blank.join("8.6"), "8.6").replace(blank.join("102"), "102")
    page = read_page(spaced.encode())
    assert page.text.split("\n") == lines
    start = page.text.index("8.6亿元")
    assert page.raw[slice(*page.to_raw(start, start + 5))] == blank.join(("8.6", "亿", "元"))


def test_characters_lost_are_counted():
    text = "全县完成税收8.6亿元，增\ufffd5.1%，粮食总产量12万吨，" + "农业稳步发展，" * 12
    assert read_page(text.encode()).unrepaired == 1
    assert repair(text).unrepaired == 1


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.text(
        st.sampled_from("收入增 \u3000\t\n。，12.%亿元大中小⼈⼀¹*[]①\u200b\ue001GDP"), max_size=60
    )
)
def test_any_such_text_can_be_put_right_and_undone(text):
    done = repair(text)
    assert undo(done) == text
    assert replay(text, done.changes) == done.text


@pytest.mark.parametrize(
    "unit", ["收 ", "收 入\t", "1 2 ", "⼈ ", "3*万", "\u200b", "亿  元", "1\ue0012"]
)
def test_work_grows_with_length_alone(unit):
    assert grows_with_length(lambda size: tidy(unit * (size // len(unit))), 20_000)
