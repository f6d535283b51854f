"""The repair as a whole: what must stay, what must be mended, and what holds for any text."""

import os
import random
import re
import tomllib
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linear import grows_with_length

from dz_analysis.reading import choose_readings, damage, repair, replay, undo
from dz_analysis.reading.ledger import offset_map
from dz_analysis.reading.mend import THRESHOLD
from dz_analysis.reading.readings import first_reading
from dz_analysis.reading.script import simplified_letters

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "repair.toml").read_text(encoding="utf-8")
)
REPORT = (
    "某县2009年工作报告\n"
    "全县生产总值完成80.5亿元，比上年增长11.2%；财政收入6.3亿元，下降1.5%。\n"
    "实施“气（电）代煤”改造2.1万户，新建道路12公里，完成投资3000余万元！\n"
    "着力优化营商环境，成效显著，谁来监督？群众监督、社会监督。"
)
FIGURES = re.compile(r"[0-9.%+\-]+|增长|下降|提高|减少")


def by_id(cases):
    return {"argvalues": cases, "ids": [case["id"] for case in cases]}


@pytest.mark.parametrize("case", **by_id(CASES["unchanged"]))
def test_sound_text_is_untouched(case):
    done = repair(case["text"], script=case.get("script", "simplified"))
    assert done.text == case["text"]
    assert [c for c in done.changes if c.before != c.after] == []


@pytest.mark.parametrize("case", **by_id(CASES["mended"]))
def test_damaged_text_is_mended(case):
    done = repair(case["text"])
    assert done.text == case["mended"]
    assert undo(done) == case["text"]


@pytest.mark.parametrize("case", **by_id(CASES["mended"] + CASES["unchanged"]))
def test_no_figure_sign_or_direction_is_changed(case):
    done = repair(case["text"])
    plain = repair(case["text"], script="keep").text
    assert FIGURES.findall(done.text) == FIGURES.findall(plain.replace("增長", "增长"))
    for change in done.changes:
        assert not re.search(r"[0-9.%+\-]", change.before + change.after)


def test_script_can_be_kept():
    text = CASES["mended"][2]["text"]
    assert repair(text, script="keep").text.startswith("全縣經濟運行總體平穩，全縣工業")


def test_unknown_script_is_refused():
    with pytest.raises(ValueError, match="expected one of 'simplified', 'keep'"):
        repair("", script="traditional")


def test_hidden_block_with_an_eaten_bracket():
    text = "全县经济平稳，工业增长，农业增长，园区发展，树立了良好形象。\n结束语。"
    readings = {"縣": "xiàn", "經": "jīng", "濟": "jì", "業": "yè", "長": "zhǎng", "數": "shù"}
    page = damage(text, readings, hidden={0: "工程資料下載"})
    assert "display:none" in page
    assert repair(page).text == text


def test_characters_outside_the_code_page_part_the_bytes():
    text = "全县经济增长𠮷祥工业增长，农业增长，县区园区经济🙂发展。" * 2
    page = damage(text, choose_readings(text, size=20, seed=3))
    assert repair(page).text == text


def test_what_is_not_likely_enough_stays_missing():
    text = "甲“”乙丙丁" + REPORT
    text = text.replace("“”", "“粒”", 1)
    page = damage(text, choose_readings(text, size=40, seed=1))
    done = repair(page)
    doubtful = [c for c in done.changes if not c.certain and c.kind == "split"]
    assert doubtful, "粒 and ” share the bytes of a mark, so the run is torn"
    assert all(c.score is not None and c.runner_up for c in doubtful)


def test_what_is_kept_of_a_doubtful_run_is_over_the_threshold():
    for seed in range(6):
        page = damage(REPORT * 2, choose_readings(REPORT, size=40, seed=seed))
        for change in repair(page).changes:
            if change.kind in ("split", "misaligned_pinyin") and not change.certain:
                assert change.score >= THRESHOLD or "□" in change.after


def test_a_figure_that_a_lost_byte_took_along_is_marked_missing():
    text = REPORT.replace("12公里", "保。7公里")
    page = damage(text, choose_readings(text, size=40, seed=1))
    assert "7公里" not in page
    done = repair(page)
    assert "□公里" in done.text
    change = next(c for c in done.changes if "□" in c.after)
    assert not change.certain
    assert FIGURES.findall(done.text) == FIGURES.findall(text.replace("7公里", "公里"))


def test_lists_of_characters_that_conversion_leaves_alone():
    readings = choose_readings(REPORT, size=20, seed=1) | {
        character: first_reading(character) for character in "全比上年下元建米改造生里作告亿"
    }
    done = repair(damage(REPORT * 2, readings))
    assert unmarked_errors(done, REPORT * 2) == 0


def test_offsets_map_both_ways_for_every_character():
    page = damage(REPORT, choose_readings(REPORT, size=40, seed=2))
    done = repair(page)
    way = offset_map(done.changes, length=len(done.text), raw_length=len(page))
    assert done.map == way
    rewritten = {at for c in done.changes for at in range(c.start, c.end)}
    for at, character in enumerate(done.text):
        start, end = way.to_raw(at, at + 1)
        assert way.from_raw(start, end)[0] <= at < way.from_raw(start, end)[1]
        if at not in rewritten:
            assert page[start:end] == character
    for quote in ("80.5亿元", "11.2%", "3000余万元"):
        at = done.text.index(quote)
        start, end = way.to_raw(at, at + len(quote))
        assert repair(page[start:end]).text.startswith(quote[0])
        assert [c for c in page[start:end] if c in "0123456789.%"] == [
            c for c in quote if c in "0123456789.%"
        ]


MARKS = "?!、()（）：，長(zhǎng)區qū"
LETTERS = simplified_letters()
HAN = st.text(st.sampled_from(LETTERS), min_size=2, max_size=9)
COMMON = st.text(st.sampled_from(LETTERS[:3755]), min_size=1, max_size=6)
FIGURE = st.decimals(min_value=0, max_value=99999, places=1).map(str)
TOKENS = st.one_of(
    HAN,
    HAN.map(lambda word: word + "，"),
    HAN.map(lambda word: word + "。"),
    HAN.map(lambda word: word + "、"),
    COMMON.map(lambda word: f"“{word}”"),
    COMMON.map(lambda word: f"（{word}）"),
    st.tuples(COMMON, FIGURE, st.sampled_from(["%", "亿元", "家", "平方米"])).map("".join),
    st.tuples(COMMON, st.text("ABCXYZabc", min_size=1, max_size=4), COMMON).map("".join),
    st.just("\n"),
)
TEXTS = st.lists(TOKENS, min_size=40, max_size=70).map("".join)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(TEXTS, st.integers(20, 130), st.integers(0, 10**6), st.booleans())
def test_repair_undoes_damage(text, size, seed, keep_private):
    page = damage(text, choose_readings(text, size=size, seed=seed), keep_private=keep_private)
    done = repair(page)
    assert undo(done) == page
    assert replay(page, done.changes) == done.text
    assert repair(done.text).text == done.text
    assert repair(text).text == text
    assert unmarked_errors(done, text) <= 0.02 * len(text)


@pytest.mark.slow
@pytest.mark.skipif("DZ_SLOW" not in os.environ, reason="DZ_SLOW is not set: takes two minutes")
def test_two_thousand_texts_come_back():
    errors = length = 0
    for seed in range(2000):
        draw = random.Random(seed)
        text = random_text(draw)
        readings = choose_readings(text, size=draw.randint(20, 130), seed=seed)
        done = repair(damage(text, readings, keep_private=draw.random() < 0.3))
        errors += unmarked_errors(done, text)
        length += len(text)
    assert errors <= 0.001 * length


def random_text(draw):
    """Return random running text: words of random characters, marks, figures, Latin, quotes."""
    pieces, length = [], draw.randint(200, 500)
    while sum(map(len, pieces)) < length:
        pieces.append(draw.choices(list(WORDS), weights=list(WORDS.values()))[0](draw))
    return "".join(pieces)


def word(draw, most=9):
    letters = LETTERS if draw.random() < 0.5 else LETTERS[:3755]
    return "".join(draw.choices(letters, k=draw.randint(2, most)))


WORDS = {
    lambda draw: word(draw) + draw.choice(["", "", "，", "。", "、", "；", "：", "！", "？"]): 89,
    lambda draw: word(draw) + str(draw.randint(0, 99999)) + draw.choice(["%", ".5亿元", "家"]): 4,
    lambda draw: word(draw) + "".join(draw.choices("abcABCXYZ", k=3)) + word(draw): 2,
    lambda draw: f"“{word(draw, 6)}”": 3,
    lambda draw: f"（{word(draw, 6)}）": 1.5,
    lambda draw: "\n": 0.5,
}


ADVERSE = [
    "((((",
    "))))",
    "?",
    "?!",
    "?!a",
    "\ud800?",
    "\x00長(zhǎng)",
    "（）()",
    "長(zhǎng",
    "?zhǎng)",
    "\ue000\ue123",
    "(a)",
    "气(qì)",
    "氣(qì)",
    "著",
    "入?yún)^(qū)項目,",
    "全縣經濟運行總體平穩,着力推進。",
]


@pytest.mark.parametrize("unit", ADVERSE)
def test_work_grows_with_length_alone(unit):
    prefix = "全縣(xiàn)的經(jīng)濟(jì)平穩運(yùn)行,各項產業(yè)增長(zhǎng)。"

    def text_of(size):
        return prefix + unit * (size // len(unit))

    assert grows_with_length(lambda size: repair(text_of(size)), 5_000)
    assert undo(repair(text_of(20_000))) == text_of(20_000)


@pytest.mark.parametrize("size", [1_000, 50_000])
def test_a_run_that_never_closes_leaves_one_character_missing(size):
    prefix = "全縣(xiàn)的經(jīng)濟(jì)平穩運(yùn)行,各項產業(yè)增長(zhǎng)。入?yún)"
    text = prefix + "嫔罨母" * (size // 4)
    done = repair(text)
    assert undo(done) == text
    assert done.unrepaired == 1


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.text(st.one_of(st.characters(), st.sampled_from("?!、()（）：，長(zhǎng)區qū")), max_size=80)
)
def test_any_text_can_be_repaired_and_undone(text):
    done = repair(text)
    assert undo(done) == text
    assert repair(done.text).text == done.text


def unmarked_errors(done, text):
    """Count the characters that differ outside the spans chosen by context."""
    doubtful = [(c.start, c.end) for c in done.changes if not c.certain]
    steps = SequenceMatcher(None, done.text, text, autojunk=False).get_opcodes()
    return sum(
        max(end - start, b - a)
        for kind, start, end, a, b in steps
        if kind != "equal" and not any(s <= end and start <= e for s, e in doubtful)
    )
