"""Traditional pages: the characters with several simplified forms, and pages kept as they are."""

import tomllib
from pathlib import Path

import pytest

from dz_analysis.reading import read_page, repair
from dz_analysis.reading.script import is_traditional, to_simplified

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "script.toml").read_text(encoding="utf-8")
)["case"]
PAD = "經濟發展穩步推進，產業轉型升級，區域協調發展，環境質量持續改善，社會事業全面進步。"
PAGE = """首頁 > 政務公開 > 統計資料
雲溪縣2009年經濟運行情況
發布日期：2010-01-25 來源：雲溪縣統計局 瀏覽次數：35
一、綜合情況
全縣生產總值完成86.4億元，按可比價格計算比上年增長9.2%，其中第一產業增加值14.3億元，增長4.1%。
二、下一步工作打算
力爭全縣生產總值增長10%左右，新建道路12公里，發展鄉村旅遊。
責任編輯：某某
掃一掃在手機打開當前頁
相關鏈接
雲溪縣召開防汛會議
版權所有：雲溪縣人民政府辦公室
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_words_decide_between_simplified_forms(case):
    assert repair(PAD + case["traditional"]).text[len(PAD) :] == case["simplified"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_simplified_form_is_left_alone(case):
    assert repair(to_simplified(PAD) + case["simplified"]).changes == ()


def test_a_page_kept_in_its_script_is_read_like_the_simplified_one():
    kept, plain = (read_page(PAGE.encode(), script=script) for script in ("keep", "simplified"))
    assert kept.text.split("\n")[0] == kept.title == "雲溪縣2009年經濟運行情況"
    assert (kept.publisher, kept.published) == ("雲溪縣統計局", "2010-01-25")
    assert is_traditional(kept.text)
    assert to_simplified(kept.text) == plain.text
    assert kept.changes == ()
    assert [(p.start, p.stance, p.heading_level) for p in kept.paragraphs] == [
        (p.start, p.stance, p.heading_level) for p in plain.paragraphs
    ]
    assert kept.paragraphs[-1].section == "二、下一步工作打算"
    assert [p.kind for p in kept.furniture] == [p.kind for p in plain.furniture]
    assert all(PAGE[piece.raw_start : piece.raw_end] == piece.text for piece in kept.furniture)


def test_a_simplified_page_is_the_same_in_either_way():
    text = "某县经济简况\n全县工业增加值增长6%，农业增长3%。"
    kept, plain = (read_page(text.encode(), script=script) for script in ("keep", "simplified"))
    assert kept == plain
