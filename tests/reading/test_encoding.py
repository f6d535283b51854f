"""Charsets: declared, undeclared, declared wrongly."""

import pytest

from dz_analysis.reading import decode

SIMPLIFIED = "全县生产总值12.5亿元，增长6.5%。①2023年，朱镕基题写馆名。\n"
TRADITIONAL = "全縣生產總值12.5億元，增長6.5%。工業增加值上升，環境保護成效顯著。\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-32"])
def test_simplified_text(name):
    assert decode(SIMPLIFIED.encode(name)).text == SIMPLIFIED


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5"])
def test_traditional_text(name):
    assert decode(TRADITIONAL.encode(name)).text == TRADITIONAL


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(name):
    assert decode(SIMPLIFIED.encode(name)).text == SIMPLIFIED


@pytest.mark.parametrize("declared", ["gbk", "big5", "utf-8", "iso-8859-1", "no-such-charset"])
@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
def test_a_page_that_declares_another_charset(declared, real):
    page = f'<html><meta charset="{declared}"><p>{SIMPLIFIED * 3}</p></html>'
    assert decode(page.encode(real)).text == page


def test_broken_utf8_is_still_read_as_utf8():
    content = (SIMPLIFIED * 5).encode()[:-2] + b"\xe5"
    assert decode(content).text.startswith(SIMPLIFIED * 4)


def test_line_ends_are_unified():
    assert decode("一\r\n二\r三\n".encode()).text == "一\n二\n三\n"


def test_nothing_is_normalised():
    text = "①２０２３年ﾊﾝ½㎡ⅷ"
    assert decode(text.encode()).text == text


def test_empty_page():
    assert decode(b"").text == ""
