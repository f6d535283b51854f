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


PAGE = (
    "云溪县2019年国民经济和社会发展统计公报\n"
    "全县生产总值完成86.4亿元，比上年增长9.2%，其中第一产业增加值14.3亿元，实施“一村一品”工程。\n"
    "一、农业\n粮食总产量42.6万吨，年末户籍人口2780人。\n"
)


def read_as_windows(content):
    """Read bytes as browsers read Windows-1252: the five open ones become controls."""
    open_ones = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return "".join(chr(b) if b in open_ones else bytes((b,)).decode("cp1252") for b in content)


def read_as_latin(content):
    return content.decode("latin-1")


@pytest.mark.parametrize("read", [read_as_windows, read_as_latin])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_page_read_wrongly_and_saved_is_read_again(read, charset, times):
    saved = read(PAGE.encode(charset)).encode()
    for _ in range(times - 1):
        saved = read(saved).encode()
    found = decode(saved)
    assert found.text == PAGE
    assert found.encoding.endswith(f"{charset} read as windows-1252")


def test_other_wrong_readings():
    assert decode(PAGE.encode().decode("mac-roman").encode()).text == PAGE
    wide = "云溪县粮食总产量稳步增长，农业增长。"
    assert decode(wide.encode().decode("utf-16-le").encode()).text == wide
    traditional = TRADITIONAL * 2
    assert decode(traditional.encode("big5").decode("latin-1").encode()).text == traditional


def test_parts_that_were_read_rightly_stay():
    page = PAGE + read_as_windows(PAGE.encode()) + PAGE
    assert decode(page.encode()).text == PAGE * 3


@pytest.mark.parametrize("charset", ["gbk", "big5", "cp1252"])
def test_bytes_that_were_lost_are_marked(charset):
    found = decode((PAGE * 3).encode().decode(charset, "replace").encode())
    assert "\ufffd" in found.text
    assert found.text.count("\ufffd") > 3


@pytest.mark.parametrize(
    "text",
    [
        "Les crédits alloués à l'été étaient élevés; où êtes-vous, là-bas?",
        "妈(mā)、麻(má)、马(mǎ)、骂(mà)",
        "㈠㈡①②③ ½ ㎡ ℃ × ÷ ± ° · ２０２３年",
        "鑫淼犇羴骉麤龘靐齉爨癵驫麣，鄠县、盩厔、黾池、郃阳",
        "联通",
    ],
)
def test_text_that_only_looks_strange_stays(text):
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (b"\xef\xbb\xbf", "gb18030"),
        (b"\xff\xfe", "gb18030"),
        (b"\xff\xfe", "utf-8"),
        (b"\xfe\xff", "utf-8"),
        (b"\xef\xbb\xbf", "utf-16-le"),
    ],
)
def test_a_mark_that_lies_is_not_believed(mark, charset):
    assert decode(mark + PAGE.encode(charset)).text == PAGE
