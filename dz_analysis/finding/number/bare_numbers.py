"""Numbers without a unit: dates, versions and items, and the few that measure something.

In: a bare scanned number with what stands round it. Out: the table `BARE_NUMBERS`, which ends in a
refusal: a bare number is kept only where something names or counts it.
"""

from __future__ import annotations

import re

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.classes import counts_next, limit_behind
from dz_analysis.finding.number.labels import COLONS, GENERAL
from dz_analysis.finding.number.numerals import numerals
from dz_analysis.finding.number.refusal import (
    ENDS,
    HAN,
    ITEM_END,
    LATIN,
    LIST,
    Candidate,
    Exemption,
    Refusal,
    RefusalRule,
    Row,
    look,
    stands_behind,
)
from dz_analysis.finding.text.segment import CLOSING, OPENING, segment, split_clauses
from dz_analysis.lexicon import words

CLOSED = frozenset("）)")  # end what is said beside an item
LIFE = 150  # years: a term is shorter, a date later
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{0,4}")
_VERSION = re.compile(r"\d{1,2}\.0")
_BRACKETS = str.maketrans("", "", OPENING + CLOSING)


# Dates, versions, items.


def _is_ordinal(candidate: Candidate) -> str | None:
    """Refuse 2019年, 500强, 12345热线, unless a term of years is told."""
    cue = words(LIST, "after").at_start(candidate.after)
    is_ordinal = cue and not _is_large(candidate.quantity) and not _term(candidate)
    return cue if is_ordinal else None


def _term(candidate: Candidate) -> Quantity | None:
    """Keep a term of years: 受教育年限达到10.2年."""
    year = words(LIST, "years").at_start(candidate.after)
    clause = _last_item(candidate.back(40)) if year else ""
    is_term = candidate.quantity.value < LIFE and words(LIST, "terms").first_in(clause)
    return _with_unit(candidate, year)._replace(kind="time") if year and is_term else None


def _is_opened(candidate: Candidate) -> str | None:
    """Refuse a bare number before letters or signs: 5G, 3+2, 12:30, 3@."""
    first = candidate.after[:1]
    is_clock = first and first in COLONS and candidate.after[1:2].isdigit()
    is_sign = first and first in "+＋×._@"
    return first if is_clock or is_sign or LATIN.match(first) else None


def _is_version(candidate: Candidate) -> str | None:
    """Refuse 2.0版, 3.0方案."""
    quote = candidate.quantity.quote
    return quote if _VERSION.fullmatch(quote) and HAN.match(candidate.after) else None


def _is_bracketed(candidate: Candidate) -> str | None:
    """Refuse （3）, the number of an item."""
    return candidate.before[-1:] if _in_brackets(candidate) else None


def _in_brackets(candidate: Candidate) -> bool:
    opens, closes = candidate.before[-1:], candidate.after[:1]
    return bool(opens and closes) and opens in "（(" and closes in "）)"


# Indices.


def _index_in_brackets(candidate: Candidate) -> Quantity | None:
    """Keep 营商便利指数（2.8）."""
    if not _in_brackets(candidate):
        return None
    return candidate.quantity if _ends_in_index(candidate.before[:-1]) else None


def _moved_index(candidate: Candidate) -> Quantity | None:
    """Keep how far an index moved: 创新指数（63.5）比上年提高1.2."""
    if "." not in candidate.quantity.quote or HAN.match(candidate.after):
        return None
    before, start = candidate.back(30), candidate.quantity.start
    if not words(LIST, "index_moves").at_end(before):
        return None
    part = start - segment(candidate.around.text).part_start(start)
    is_index = words(LIST, "bare_heads").first_in(before[-part:])
    return candidate.quantity if is_index else None


def _index(candidate: Candidate) -> Quantity | None:
    """Keep the state of an index: 居民消费价格指数为101.8."""
    text, start = candidate.around.text, candidate.quantity.start
    segments = segment(text)
    pieces = segments.own_pieces(segments.clause_at(start), max(start - 60, 0), start)
    clause = "".join(text[low:high] for low, high in pieces)
    clause = _last_item(clause.translate(_BRACKETS))[-30:]
    clause = look("origin_end").sub("", clause)
    return candidate.quantity if _ends_in_index(clause) else None


def _ends_in_index(clause: str) -> str:
    """Return the noun that a clause ends in if it may have a bare number: 指数为98.5."""
    heads, linking = words(LIST, "bare_heads"), words(LIST, "linking")
    while not (head := heads.at_end(clause)) and (link := linking.at_end(clause)):
        clause = clause[: -len(link)]
    return head


def _goes_on_bare(candidate: Candidate) -> Quantity | None:
    """Keep 2.18 in 由2.43缩小至2.18, where it goes on from another bare number."""
    if "." not in candidate.quantity.quote:
        return None
    gap = candidate.gap_from("bare")
    return candidate.quantity if gap and look("arrival").fullmatch(gap[:8]) else None


# Counts and amounts.


def _counted_bare(candidate: Candidate) -> Quantity | None:
    """Keep 辖2镇7乡, counted behind a verb of having or the item before it."""
    if not words(LIST, "counted_bare").at_start(candidate.after.lstrip()):
        return None
    before = candidate.before
    is_counted = words(LIST, "governs").at_end(before) or look("item").search(before)
    if not is_counted and not CLOSED.isdisjoint(before):
        is_counted = look("item_with_aside").search(candidate.back(90))
    return candidate.quantity if is_counted else None


def _with_new_unit(candidate: Candidate) -> Quantity | None:
    """Keep a measure word that no list holds: 现有戏班12档."""
    word = _new_unit(candidate)
    is_plain = len(word) == 1 or HAN.match(candidate.before[-1:]) or _is_large(candidate.quantity)
    return _with_unit(candidate, word) if word and is_plain else None


def _has_no_unit(candidate: Candidate) -> str | None:
    """Refuse a word of two characters behind a small number that no noun leads to."""
    return _new_unit(candidate) or None


def _new_unit(candidate: Candidate) -> str:
    """Return one or two characters before a stop that may be a measure word not in the list."""
    word = _word_behind(candidate)
    rest = candidate.after[len(word) : len(word) + 1]
    is_end = 0 < len(word) <= 2 and (not rest or rest in ENDS)
    is_unit = is_end and _clause(candidate) and not words(LIST, "not_units").at_start(word)
    return word if is_unit and not _counts_people(candidate, word) else ""


def _counts_people(candidate: Candidate, word: str) -> bool:
    """Whether a noun of people stands behind a large number: 惠及43万职工."""
    return _is_large(candidate.quantity) and word in words(LIST, "people")


def _with_unit(candidate: Candidate, unit: str) -> Quantity:
    quantity, text = candidate.quantity, candidate.around.text
    end = quantity.end + len(unit)
    quote = text[quantity.start : end]
    return quantity._replace(end=end, quote=quote, unit=unit, kind="count")


def _large_count(candidate: Candidate) -> Quantity | None:
    """Keep 8.37万师生."""
    return candidate.quantity if _counts_noun(candidate) else None


def _counts_noun(candidate: Candidate) -> bool:
    """Whether a noun follows a large number: 8.37万师生."""
    word = _word_behind(candidate)
    is_noun = bool(word) and not words(LIST, "not_units").at_start(word)
    return is_noun and _is_large(candidate.quantity)


def _is_limit(candidate: Candidate) -> str | None:
    """Refuse 5亿 in 其中5亿以上的12个, the limit of what the next number counts."""
    limit = limit_behind(candidate)
    return limit if limit and _is_large(candidate.quantity) and counts_next(candidate) else None


def _large_amount(candidate: Candidate) -> Quantity | None:
    """Keep 常住人口52.3万: a magnitude is an amount even without a unit, in a list of them too."""
    if candidate.quantity.quote[-1] not in numerals("large"):
        return None
    is_listed = candidate.gap_from("bare").strip() == "、"  # 跨越7万亿、8万亿、9万亿三个台阶
    return candidate.quantity if is_listed or _clause(candidate) else None


def _is_large(quantity: Quantity) -> bool:
    """Whether a bare number is plainly an amount: 8.37万, 2.5."""
    return bool(look("large_end").search(quantity.quote)) or "." in quantity.quote


def _quoted_zero(candidate: Candidate) -> Quantity | None:
    """Keep 办件“0”差错."""
    is_zero = candidate.quantity.quote.strip("0０") == "" and candidate.before.endswith("“")
    return candidate.quantity if is_zero else None


def _is_bare(_: Candidate) -> str | None:
    """Refuse a number that nothing names or counts."""
    return ""


# The words beside a bare number.


def _clause(candidate: Candidate) -> str:
    return _last_item(candidate.before)


def _last_item(words_before: str) -> str:
    """Return what stands behind the last mark of some words that ends a clause or an item."""
    return ITEM_END.split(split_clauses(words_before)[-1])[-1]


def _word_behind(candidate: Candidate) -> str:
    """Return up to four Han characters directly behind."""
    match = _WORD.match(candidate.after)
    return match.group() if match else ""


R = RefusalRule
BARE_NUMBERS: tuple[Row, ...] = (
    Exemption(_goes_on_bare),
    Refusal(R.ORDINAL, _is_ordinal, "after"),  # most bare numbers are dates
    *GENERAL,
    Refusal(R.OPENED, _is_opened),
    Exemption(_term),
    Refusal(R.VERSION, _is_version),
    Refusal(R.DATE, stands_behind("dates"), "dates"),
    Exemption(_index_in_brackets),
    Refusal(R.BRACKETED, _is_bracketed),
    Exemption(_moved_index),
    Exemption(_counted_bare),
    Exemption(_with_new_unit),
    Refusal(R.NO_UNIT, _has_no_unit),
    Exemption(_index),
    Refusal(R.LIMIT, _is_limit, "limits"),
    Exemption(_large_count),
    Exemption(_large_amount),
    Exemption(_quoted_zero),
    Refusal(R.BARE, _is_bare),
)
