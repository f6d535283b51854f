"""Punctuation that a crawl folded to ASCII: ，：；！？（） restored in running Chinese.

In: text after readings were removed. Out: edits, one a mark. Nothing is touched on a page that
still has its full-width marks; figures (12:30, 3:1, 1,256.8), Latin text and addresses stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dz_analysis.reading.ledger import Edit
from dz_analysis.reading.readings import LETTERS, MARKED, READING

WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_WIDEN = str.maketrans(WIDE)
_FULL = frozenset(WIDE.values())
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(rf"[{_HAN}、。“”‘’《》〈〉【】「」『』…—□]")
_MARK = re.compile(r"[,:;!?()]")
_BRACKET = re.compile(r"[()（）\n]")
_MAY_KEEP = re.compile(r"://|www\.|@|[:;]-?[)(DP]")
_KEPT = re.compile(  # addresses; emoticons such as :-) and ;)
    r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}"
    r"|[:;]-?\)|[:;]-[(DP]"
)
# a reading of one character or of several: 长(zhǎng), 公园(gōng yuán)
_PINYIN = re.compile(rf"{READING.pattern}|\((?=[^()]{{0,60}}[{MARKED}])[{LETTERS}A-Z' ]{{1,60}}\)")
_FORMULA = re.compile(r"\((?:[A-Z][a-z]\d?|[BCFHIKNOPS]\d?){1,6}\)\d{0,2}[A-Z]")  # (NH4)2SO4
_SEEN_THROUGH_LEFT, _SEEN_THROUGH_RIGHT = "),:;!? \u3000", "(,:;!? \u3000"  # marks in a row
_SAMPLE = 4000  # characters in which running Chinese has a mark
_NEAR = 12  # characters in which a sentence shows that it is Chinese
_LOOK = 5
_INSIDE = 200
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
    if not wide and next(restored_marks(text[:_SAMPLE]), None) is not None:
        return True
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
    brackets = _chinese_brackets(text)
    kept = _kept_spans(text)
    upcoming = next(kept, None)
    for match in _MARK.finditer(text):
        at = match.start()
        while upcoming is not None and upcoming[1] <= at:
            upcoming = next(kept, None)
        if upcoming is not None and upcoming[0] <= at:
            continue
        if at in brackets if text[at] in "()" else _is_chinese_mark(text, at):
            yield at


def _kept_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield addresses and emoticons: they are made of marks."""
    if not _MAY_KEEP.search(text):
        return
    for match in _KEPT.finditer(text):
        yield match.span()


def _is_chinese_mark(text: str, at: int) -> bool:
    """Judge a mark by its neighbours: Chinese on one side, and no figure on both."""
    before, after = _left(text, at), _right(text, at)
    if _is_figure(before) and _is_figure(after):
        return text[at] == ";" or (text[at] == "," and _parts_figures(text, at))
    if _CHINESE.match(before):
        return True
    if text[at + 1 : at + 2] == " " and before.isalpha():
        return False  # a Latin sentence: "Hello, 世界"
    if _CHINESE.match(after):
        return True
    return before == "%" and _CHINESE.search(text, max(at - _NEAR, 0), at) is not None


def _parts_figures(text: str, at: int) -> bool:
    """Say whether a comma stands between two figures: one of them has over three digits.

    12:30, 3:1 and 1,256.8 stay as they are; 2019,2020 are two years.
    """
    before, after = text[max(at - 4, 0) : at], text[at + 1 : at + 5]
    return any(len(side) == 4 and side.isdigit() for side in (before, after))


def _is_figure(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _left(text: str, at: int) -> str:
    """Return the character before a mark, looking through a closing bracket, marks and blanks."""
    return text[max(at - _LOOK, 0) : at].rstrip(_SEEN_THROUGH_LEFT)[-1:]


def _right(text: str, at: int) -> str:
    """Return the character behind a mark, looking through an opening bracket, marks and blanks."""
    return text[at + 1 : at + 1 + _LOOK].lstrip(_SEEN_THROUGH_RIGHT)[:1]


def _chinese_brackets(text: str) -> set[int]:
    """Return the offsets of brackets that belong to Chinese text: both of a pair, or neither."""
    chosen: set[int] = set()
    open_at: list[int] = []
    for match in _BRACKET.finditer(text):
        at, mark = match.start(), match.group()
        if mark == "\n":
            open_at.clear()
        elif mark in "(（":
            open_at.append(at)
        else:
            start = open_at.pop() if open_at else at
            if _is_chinese_bracket(text, start, at):
                chosen |= {start, at}
    return chosen


def _is_chinese_bracket(text: str, start: int, end: int) -> bool:
    """Say whether Chinese stands before or in a bracket; readings and formulas are left alone."""
    if _PINYIN.match(text, start) or _FORMULA.match(text, start):
        return False
    if "（" in text[start] or "）" in text[end]:
        return True  # its partner stood in a torn place and has been restored
    inside = text[start + 1 : min(end, start + _INSIDE)]
    return bool(_CHINESE.match(text, start - 1) if start else None) or bool(_CHINESE.search(inside))
