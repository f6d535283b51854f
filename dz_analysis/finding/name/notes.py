"""What stands among the words of a clause and names nothing: note marks, remarks, bases.

In: clean text, or the words before a number. Out: the spans of note marks (生产总值[2]), and the
words without remarks in brackets (现价), without what an amount was worked out by (按汇率折算) and
without the prices that it is told in.
"""

from __future__ import annotations

import re

from dz_analysis.finding.catalogue import listed_id
from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.nouns import name_before, strip_numbering, strip_start, words_of
from dz_analysis.finding.text.segment import split_clauses
from dz_analysis.lexicon import Words, words

_NOTE = form("note mark")
_BASIS, _PRICES, _REMARK = form("basis"), form("prices"), form("remark")
_BY, _PRICE = term("by"), term("price")
_KINDS_OF_PLACES = form("kinds of places")
_DIGIT = re.compile(r"\d(?!\.)")
_HEAD_BEHIND, _HEAD_BEFORE = form("head behind places"), form("head before places")
LABEL = 24  # characters that a label and its number may have


def find_notes(text: str) -> list[tuple[int, int]]:
    """Return the spans of the marks that point to notes.

    Examples
    --------
    >>> find_notes("全年生产总值[2]96亿元")
    [(6, 9)]
    """
    return [match.span() for match in _NOTE.finditer(text)]


def read_label(text: str, low: int, clause: int) -> str:
    """Return the name that a colon sets before a clause, blank if there is none.

    Examples
    --------
    >>> read_label("2.社会消费品零售总额：实现78亿元", 0, 12)
    '社会消费品零售总额'
    >>> read_label("主要成效如下：实现78亿元", 0, 7)
    ''
    """
    if text[clause - 1 : clause] not in ("：", ":") or not clause:
        return ""
    words = strip_numbering(_last_word(text[max(low, clause - LABEL) : clause - 1]))
    words = strip_start(words).removesuffix(term("aspect"))
    if listed_id(words):
        return words  # GDP：82亿元
    is_name = words_of("lead_heads").at_end(words) or words_of("owner_ends").at_end(words)
    return words if is_name and len(words) > 2 and not _DIGIT.search(words) else ""


def read_title(text: str, clause: int) -> str:
    """Return the indicator that a sentence of its own sets before a clause, as a title in its line.

    Examples
    --------
    >>> read_title("2.固定资产投资。完成96亿元", 9), read_title("我们重视投资。完成96亿元", 7)
    ('固定资产投资', '')
    """
    line = text.rfind("\n", 0, clause - 1) + 1
    if clause - line > LABEL:
        return ""
    words = strip_numbering(text[line : clause - 1]).strip()
    return words if listed_id(words) else ""


def read_head_of_places(before: str, behind: str, places: Words) -> str:
    """Return the name that places share whose numbers stand in brackets, blank if none is told.

    It stands behind the places (甲县（9%）和乙县（8%）税收增速分别居第1位、第2位), or before them
    (税收增速前两名为甲县（9%）、乙县（8%）).

    Parameters
    ----------
    before, behind : str
        The words of its sentence before the number, with the bracket that opens, and behind it.
    places : Words
        The places that the text names.

    Examples
    --------
    >>> counties = Words(["东河县", "西河县"])
    >>> read_head_of_places("东河县（", "）和西河县（8%）税收增速分别居第1位、第2位", counties)
    '税收'
    """
    if not places.at_end(before[:-1]):
        return ""
    told = _HEAD_BEHIND.match(behind) or _HEAD_BEFORE.search(before)
    if told and words("place_words", "counted.remark").first_in(told.group()):
        return ""  # 比全市（8%）和全省平均水平（7%）分别高
    return name_before(told["name"]).text if told else ""


def _last_word(words: str) -> str:
    """Return what stands behind the last sign of a list or a clause."""
    return split_clauses(words)[-1].rpartition("、")[2]


def strip_remarks(before: str) -> str:
    """Take what only remarks on a number off the words before it.

    Examples
    --------
    >>> strip_remarks("地区生产总值（现行价）"), strip_remarks("税收收入（同口径）完成")
    ('地区生产总值', '税收收入完成')
    >>> strip_remarks("按当年平均汇率折算为"), strip_remarks("全市县（市、区）")
    ('为', '全市县（市、区）')
    >>> strip_remarks("工业增加值按可比价增长")
    '工业增加值增长'
    """
    closed = max(before.find("）"), before.find(")"))
    if closed >= 0 and not ("（" in before[:closed] or "(" in before[:closed]):
        before = before[closed + 1 :]  # the end of a remark that began in the clause before
    if "（" in before or "(" in before:
        before = _strip_bracket(_REMARK.sub("", before))
    if _BY in before or words_of("leaving_out").first_in(before):
        before = _BASIS.sub("", before)
    return _PRICES.sub("", before) if _PRICE in before else before


def _strip_bracket(before: str) -> str:
    """Take a bracket that ends the words off, unless it holds another kind of place: 县（市）."""
    words = before.rstrip()
    at = max(words.rfind("（"), words.rfind("("))
    if at < 2 or not words.endswith(("）", ")")):
        return before
    content = words[at + 1 : -1]
    is_said = bool(words_of("remarks").at_start(content))
    return words[:at] if is_said or not _KINDS_OF_PLACES.fullmatch(content) else before
