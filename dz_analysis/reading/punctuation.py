"""Punctuation that a crawl folded to ASCII: ，：；！？（） restored in running Chinese.

In: text after readings were removed. Out: edits, one a mark. Nothing is touched on a page that
still has its full-width marks; figures (12:30, 3:1, 1,256.8), Latin text and addresses stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dz_analysis.reading.ledger import Edit

WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_WIDEN = str.maketrans(WIDE)
_FULL = frozenset(WIDE.values())
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(rf"[{_HAN}、。“”‘’《》〈〉【】「」『』…—□]")
_MARK = re.compile(r"[,:;!?()]")
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}"
)
_LEFTOVER = 0.02  # a crawl may miss a mark or two; an author who mixes both forms misses more


def widen(text: str) -> str:
    """Return text with every one of the marks full-width, for judging words only."""
    return text.translate(_WIDEN)


def is_folded(text: str) -> bool:
    """Say whether a page's full-width marks were folded: Chinese beside ASCII marks only.

    Examples
    --------
    >>> is_folded("工业增长6%,农业增长3%;财政收入增长5%。")
    True
    >>> is_folded("工业增长6%，农业(种植业)增长3%。")
    False
    """
    counts = Counter(text)
    wide = sum(counts[mark] for mark in _FULL)
    narrow = sum(counts[mark] for mark in WIDE)
    if not narrow or wide > _LEFTOVER * (wide + narrow):
        return False
    restorable = sum(1 for _ in restored_marks(text))
    return restorable > 0 and wide <= _LEFTOVER * (wide + restorable)


def restore_punctuation(text: str, *, page: str = "") -> list[Edit]:
    """List the marks to restore, none if the page is not folded.

    Parameters
    ----------
    text : str
        The text to restore.
    page : str, optional
        The page as it was found, where `text` is a part of it or already mended.

    Examples
    --------
    >>> text = "上午12:30,比例3:1;1,256.8万元(约PPP项目)"
    >>> from dz_analysis.reading.ledger import apply_edits
    >>> apply_edits(text, restore_punctuation(text)).text
    '上午12:30，比例3:1；1,256.8万元（约PPP项目）'
    """
    if not is_folded(page or text):
        return []
    return [Edit(at, at + 1, WIDE[text[at]], "folded_punctuation") for at in restored_marks(text)]


def restored_marks(text: str) -> Iterator[int]:
    """Yield the offsets of ASCII marks that stand in running Chinese, in order."""
    taken = [match.span() for match in _ADDRESS.finditer(text)] if _has_address(text) else []
    brackets = _chinese_brackets(text)
    address = 0
    for match in _MARK.finditer(text):
        at = match.start()
        while address < len(taken) and taken[address][1] <= at:
            address += 1
        if address < len(taken) and taken[address][0] <= at:
            continue
        mark = text[at]
        if at in brackets if mark in "()" else _is_chinese_mark(text, at):
            yield at


def _has_address(text: str) -> bool:
    return "://" in text or "www." in text or "@" in text


def _is_chinese_mark(text: str, at: int) -> bool:
    """Judge a mark by its neighbours: Chinese on one side, and no figure on both."""
    before, after = _left(text, at), _right(text, at)
    if _is_figure(before) and _is_figure(after):
        return text[at] == ";" or (text[at] == "," and _parts_figures(text, at))
    return bool(_CHINESE.match(before) or _CHINESE.match(after) or before == "%" or after == "\n")


def _parts_figures(text: str, at: int) -> bool:
    """Say whether a comma stands between two figures: one of them has over three digits.

    12:30, 3:1 and 1,256.8 stay as they are; 2019,2020 are two years.
    """
    return (text[max(at - 4, 0) : at].isdigit() and at > 3) or text[at + 1 : at + 5].isdigit()


def _is_figure(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _left(text: str, at: int) -> str:
    """Return the character before, looking through one closing bracket or space."""
    at -= 1
    while at > 0 and text[at] in ") \u3000":
        at -= 1
    return text[at] if at >= 0 else ""


def _right(text: str, at: int) -> str:
    at += 1
    while at < len(text) - 1 and text[at] in "( \u3000":
        at += 1
    return text[at] if at < len(text) else "\n"


def _chinese_brackets(text: str) -> set[int]:
    """Return the offsets of brackets that belong to Chinese text: both of a pair, or neither."""
    chosen: set[int] = set()
    open_at: list[int] = []
    for match in re.finditer(r"[()\n]", text):
        at, mark = match.start(), match.group()
        if mark == "\n":
            open_at.clear()
        elif mark == "(":
            open_at.append(at)
        else:
            start = open_at.pop() if open_at else at
            if _is_chinese_bracket(text, start, at):
                chosen |= {start, at}
    return chosen


def _is_chinese_bracket(text: str, start: int, end: int) -> bool:
    around = text[max(start - 1, 0) : start] + text[start + 1 : start + 200][: end - start - 1]
    return bool(_CHINESE.search(around))
