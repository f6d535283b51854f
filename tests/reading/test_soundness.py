"""Pages that are no text, or whose characters are lost, are set aside with their reason."""

import random

import pytest

from dz_analysis.reading import read_page

TEXT = (
    "云溪县2019年经济简况\n"
    "全县生产总值完成86.4亿元，比上年增长9.2%，其中第一产业增加值14.3亿元，第二产业增加值41.6亿元。\n"
    "粮食总产量42.6万吨，年末户籍人口2780人，农业稳步发展，城乡居民收入持续增加。\n"
)


def noise(size, seed=1):
    return random.Random(seed).randbytes(size)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TEXT.encode("gbk").decode("utf-8", "replace").encode(), "characters are lost"),
        (TEXT.encode().decode("gbk", "replace").encode(), "characters are lost"),
        (
            TEXT.encode("gbk")
            .decode("utf-8", "replace")
            .encode()
            .decode("gbk", "replace")
            .encode(),
            "characters are lost",
        ),
        (noise(4000), "no text|lost"),
        (b"\x7fELF\x02\x01\x01" + bytes(400) + b"text" * 20, "no text"),
        (TEXT.replace("，", "\ue0c5").replace("增", "\ue101").encode(), "no text"),
        ("".join(chr(0xC0 + ord(c) % 64) for c in TEXT).encode(), "wrong charset"),
    ],
    ids=["gbk as utf-8", "utf-8 as gbk", "there and back", "noise", "program", "private", "latin"],
)
def test_what_is_no_whole_text_is_set_aside(content, words):
    with pytest.raises(ValueError, match=rf"^Found .*(?:{words}).*expected"):
        read_page(content, name="page.txt")


@pytest.mark.parametrize(
    "text",
    [
        TEXT + "\uf06c全县税收8亿元\n\uf06c农业增长3%\n\uf06c工业增长6%\n",
        TEXT.replace("86.4", "86\U001001b04")
        .replace("9.2", "9\U001001b02")
        .replace("14.3", "14\U001001b03"),
        TEXT.replace("增长", "增\ufffd", 1),
        "鄠县、盩厔、黾池、郃阳、鄜县、汧阳、沔县、洵阳、葭县，今皆改名。",
    ],
    ids=["bullets", "decimal points", "one lost", "rare names"],
)
def test_what_is_a_text_is_read(text):
    assert read_page(text.encode()).text


def test_a_page_put_right_is_read():
    page = read_page(TEXT.encode().decode("latin-1").encode())
    assert page.text == TEXT.strip()
    assert page.encoding == "utf-8 read as windows-1252"
    assert page.unrepaired == 0
