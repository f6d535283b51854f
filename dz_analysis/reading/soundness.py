"""Is it a text at all: pages that hold too much of what is no text are set aside.

In: the text of a page. Out: nothing, or a `PageError` that says what was found and what to do. A
few lost characters are read over and counted (`Page.unrepaired`); where they are many, every row
that is read beside them would be doubtful.
"""

from __future__ import annotations

import re

from dz_analysis.harmless import CONTROLS
from dz_analysis.language import mark, say, translate
from dz_analysis.reading.script import rare_characters
from dz_analysis.reading.source import PageError

_MOST = 0.03  # of a page's characters
_FEW = 2  # lost characters never set a page aside, however short it is
_LOST = re.compile("\ufffd")
_CONTROL = re.compile(f"[{CONTROLS}]")
# At the head of a line it is a bullet of Word's symbol fonts, between digits a decimal point.
_PRIVATE = re.compile(
    r"(?<!^)(?<!\d)[\ue000-\uf8ff\U000f0000-\U0010ffff]|[\ue000-\uf8ff\U000f0000-\U0010ffff](?<!^.)(?!\d)",
    re.MULTILINE,
)
# Letters and signs of Western charsets; àáèéìíòóùúü are of pinyin too.
_WESTERN = re.compile("[¡¢¤¦¨ª¬´¸º¿ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßâãäåæçêëîïðñôõöøûýþÿ]")
_ANY = re.compile(
    f"{_LOST.pattern}|{_CONTROL.pattern}|{_WESTERN.pattern}|[\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_RARE = 0.6  # of the Han characters; the rarest page seen has 0.14, mirrors' damage and all
_RARE_HAN = 30
_AGAIN = mark("save the page again from where it stands")


def refuse_unsound(text: str, *, encoding: str) -> None:
    """Refuse a page that is mostly no text, or whose characters are lost.

    Raises
    ------
    PageError
        If more than a few of a hundred characters are lost, controls or private ones, or if the
        characters are of a charset that the page was never written in.

    Examples
    --------
    >>> refuse_unsound("全县工业增加值增长6%", encoding="utf-8")
    """
    if not (_ANY.search(text) or len(rare_characters().findall(text)) >= _RARE_HAN * _RARE):
        return
    size = len(text) - sum(map(text.count, " \t\n\r\u3000"))
    lost = len(_LOST.findall(text))
    if _is_much(lost, size):
        msg = say(
            "Found a page of which {lost} in {size} characters are lost ({encoding}), expected a "
            "whole text; {again}.",
            lost=lost,
            size=size,
            encoding=encoding,
            again=translate(_AGAIN),
        )
        raise PageError(msg)
    foreign = len(_CONTROL.findall(text)) + len(_PRIVATE.findall(text))
    if _is_much(foreign + lost, size):
        msg = say(
            "Found a file that is no text ({foreign} of {size} characters are controls, private "
            "or lost), expected txt, html, mht, docx or pdf.",
            foreign=foreign + lost,
            size=size,
        )
        raise PageError(msg)
    if _is_much(len(_WESTERN.findall(text)), size) or _is_rare(text):
        msg = say(
            "Found a page read with a wrong charset ({encoding}) and saved so, expected Chinese "
            "text; {again}.",
            encoding=encoding,
            again=translate(_AGAIN),
        )
        raise PageError(msg)


def _is_much(count: int, size: int) -> bool:
    return count > _FEW and count > _MOST * size


def _is_rare(text: str) -> bool:
    """Say whether most Han characters are rare, as only a wrong charset makes them."""
    han = len(_HAN.findall(text))
    return han >= _RARE_HAN and len(rare_characters().findall(text)) > _RARE * han
