"""Numbers that are part of a name, a label, a code or a turn of speech: “3+2”, G513, 千家万户.

In: a scanned number with what stands round it. Out: the tables `EVERY`, which is asked of all
numbers, and `GENERAL`, of those with a unit and of bare ones.
"""

from __future__ import annotations

import re

from dz_analysis.finding.number.classes import is_bounded, is_round
from dz_analysis.finding.number.refusal import (
    CUE,
    ENDS,
    HAN,
    HELD,
    LATIN,
    LIST,
    SIGN,
    WORDED,
    WORDS,
    Candidate,
    Refusal,
    RefusalRule,
    Row,
    look,
    stands_before,
)
from dz_analysis.lexicon import words

MEASURED = frozenset(["money", "percent", "area", "length", "weight", "energy", "volume", "point"])
SPANS = frozenset(["time", "length", "weight"])  # that a campaign may be called by
AFTER_LETTERS = frozenset(["money", "percent", "weight", "point", "other"])  # 人均GDP51200元
_EXTENT = 8  # characters from a count of parts to what is counted in them
_SHORT = 3  # characters: 一百家 is a figure of speech, 一百二十家 a count
_ZERO_LED = re.compile("[0０][0-9０-９]")
_LIMIT_SIGN = re.compile(r"[≥≤＞＜><]\s?$")
_JOINTS = "+＋·#№@_/\\＝=＆&×"
COLONS = ":：∶︰"


# Titles, idioms and quotations.


def _in_title(candidate: Candidate) -> str | None:
    """Refuse 《三年规划》, a name."""
    span = candidate.around.titles.at(candidate.quantity.start)
    return candidate.around.text[slice(*span)] if span else None


def _in_idiom(candidate: Candidate) -> str | None:
    """Refuse 千家万户, which counts nothing."""
    span = candidate.around.idioms.at(candidate.quantity.start)
    return candidate.around.text[slice(*span)] if span else None


def _is_coined(candidate: Candidate) -> str | None:
    """Refuse “四个一” and “3+2”, which are names; “1个月开工、6个月投产” promises times.

    So is an amount alone that is quoted before a noun: “15分钟”生活圈, but not “5亿元”大关.
    """
    quantity = candidate.quantity
    span = candidate.around.quoted.at(quantity.start)
    if span is None:
        return None
    content = candidate.around.text[span[0] + 1 : span[1] - 1]
    if words("numerals", "over").first_in(quantity.quote) or look("ups_and_downs").fullmatch(
        content
    ):
        return content
    if content == quantity.quote:
        is_name = quantity.kind in SPANS and HAN.match(candidate.around.text, span[1])
        return content if is_name or quantity.kind in ("rank", "count") else None
    if quantity.kind != "percent" and is_round(quantity):
        return content  # “千亿斤粮食”工程
    is_promise = quantity.kind in MEASURED or quantity.unit in words(LIST, "promised_units")
    return None if is_promise else content


# Signs and letters beside a number.


def _is_label(candidate: Candidate) -> str | None:
    """Refuse （单位：亿元、万人）, which names units."""
    quote = candidate.quantity.quote
    is_label = not HAN.match(candidate.before[-1:]) and look("unit_label").fullmatch(quote)
    return quote if is_label else None


def _is_joined(candidate: Candidate) -> str | None:
    """Refuse 3+2, №5, A/3: a sign glues the number to what stands before."""
    last = candidate.before[-1:]
    return last if last and last in _JOINTS else None


def _is_lettered(candidate: Candidate) -> str | None:
    """Refuse G513; 人均GDP51200元 is an amount."""
    last = candidate.before[-1:]
    is_name = candidate.quantity.kind not in AFTER_LETTERS and LATIN.match(last)
    return last if is_name else None


def _is_dotted(candidate: Candidate) -> str | None:
    """Refuse a number behind a letter or digit and a dot or dash: 1.2.3."""
    earlier, last = candidate.before[-2:-1], candidate.before[-1:]
    is_dot = last and last in ".-" and (LATIN.match(earlier) or earlier.isdigit())
    return last if is_dot else None


def _is_clocked(candidate: Candidate) -> str | None:
    """Refuse 30 in 12:30."""
    last = candidate.before[-1:]
    return last if last and last in COLONS and candidate.before[-2:-1].isdigit() else None


def _is_limit_behind_sign(candidate: Candidate) -> str | None:
    """Refuse the limit of what is summed: ≥10℃积温."""
    unit = candidate.quantity.unit
    is_limit = unit in words(LIST, "limit_units") and _LIMIT_SIGN.search(candidate.before)
    return unit if is_limit else None


def _is_zero_led(candidate: Candidate) -> str | None:
    """Refuse 010, a code."""
    return candidate.quantity.quote[:1] if _ZERO_LED.match(candidate.quantity.quote) else None


# Turns of speech.


def _is_figure_of_speech(candidate: Candidate) -> str | None:
    """Refuse 百家 and 万人, figures of speech unless said to be near or over."""
    quantity = candidate.quantity
    if quantity.kind != "count":
        return None
    is_round = look("round_start").match(quantity.quote) and not is_bounded(candidate)
    return quantity.quote if is_round else None


def _is_some(candidate: Candidate) -> str | None:
    """Refuse 几项, which counts nothing."""
    quantity = candidate.quantity
    first = words("numerals", "some").at_start(quantity.quote)
    return first if first and not quantity.value else None


def _is_top_share(candidate: Candidate) -> str | None:
    """Refuse 前千分之一, the top of a ranking."""
    is_share = words("numerals", "over").first_in(candidate.quantity.quote)
    return words(LIST, "top").at_end(candidate.before) or None if is_share else None


def _is_sum_over_kinds(candidate: Candidate) -> str | None:
    """Refuse 四种 in 猪牛羊禽四种肉产量, one amount."""
    unit = candidate.quantity.unit
    is_kinds = unit in words(LIST, "kind_units") and look("sum_over_kinds").match(candidate.after)
    return unit if is_kinds else None


def _is_stretch_of_year(candidate: Candidate) -> str | None:
    """Refuse 前5个月, a stretch of the year; 提前5个月 is a time that was gained."""
    if candidate.quantity.unit not in words(LIST, "month_units"):
        return None
    cue = words(LIST, "stretches").at_end(candidate.before)
    return cue if cue and not words(LIST, "shifts").at_end(candidate.before) else None


def _is_per(candidate: Candidate) -> str | None:
    """Refuse what another number is told of: 每50公斤, 每10万人."""
    return words("numerals", "per").at_end(candidate.before) or None


def _is_of_each(candidate: Candidate) -> str | None:
    """Refuse 每周五天工作制 and 每日八小时工作制, rules of how long is worked."""
    is_rule = candidate.quantity.kind == "time" and words(LIST, "regimes").at_start(candidate.after)
    return words(LIST, "of_each").at_end(candidate.before) or None if is_rule else None


def _is_article(candidate: Candidate) -> str | None:
    """Refuse the article in 一座公园, but not 新建公园一座, 19个村，一个居委会 and 一半."""
    quote = candidate.quantity.quote
    one = words(LIST, "one").at_start(quote)
    if not one or candidate.quantity.kind in ("percent", "multiple"):  # 一半以上, 一倍多
        return None
    if look("above_one").match(quote):
        return one if words(LIST, "one_more").at_start(quote) and len(quote) <= _SHORT else None
    before, after = candidate.before[-1:], candidate.after[:1]
    if words(LIST, "before_one").at_end(before):
        return None
    is_behind_noun = HAN.match(before) and not words(LIST, "not_before_one").at_end(before)
    is_end = not after or after in ENDS
    return None if (is_end and is_behind_noun) or _is_in_list(candidate) else one


def _is_in_list(candidate: Candidate) -> bool:
    """Whether one thing is counted beside others: 19个行政村，一个居委会，142个小组."""
    beside = look("counted_list").fullmatch(candidate.gap_from("count"))
    return bool(beside and look("counted_one").match(candidate.after))


def _is_kind(candidate: Candidate) -> str | None:
    """Refuse 3个一律, but no amount of money that was put to use: 收回0.8亿元统筹使用."""
    word = words(LIST, "after_unit").at_start(candidate.after)
    is_used = candidate.quantity.kind == "money" and word in words(LIST, "uses")
    return None if is_used else word or None


def _divides(candidate: Candidate) -> str | None:
    """Refuse 分13个领域 and 从五个方面, which only divide what is said.

    Beside what is counted in the parts they tell its extent: 从5个方面列出22项措施.
    """
    following = candidate.following
    gap = candidate.around.text[candidate.quantity.end : following.start] if following else ""
    is_told = following is not None and following.kind == "count" and len(gap) < _EXTENT
    if candidate.quantity.kind != "count" or (is_told and gap.isalpha()):
        return None
    division = words(LIST, "divisions").at_start(candidate.after)
    return division or None if words(LIST, "dividing").at_end(candidate.before) else None


R = RefusalRule
EVERY: tuple[Row, ...] = (
    Refusal(R.TITLE, _in_title, "", HELD),
    Refusal(R.IDIOM, _in_idiom, "idioms", HELD),
    Refusal(R.COINED, _is_coined, "", HELD),
)
GENERAL: tuple[Row, ...] = (
    Refusal(R.FIGURE_OF_SPEECH, _is_figure_of_speech, "", WORDED),
    Refusal(R.UNIT_LABEL, _is_label, "", SIGN),
    Refusal(R.JOINED, _is_joined, "", SIGN),
    Refusal(R.LETTERED, _is_lettered, "", SIGN),
    Refusal(R.DOTTED, _is_dotted, "", SIGN),
    Refusal(R.CLOCKED, _is_clocked, "", SIGN),
    Refusal(R.KIND, _is_kind, "after_unit", WORDS),
    Refusal(R.DIVISION, _divides, "divisions", WORDS),
    Refusal(R.SOME, _is_some, "", WORDED),
    Refusal(R.BEHIND_NAME, stands_before("before"), "before", CUE),
    Refusal(R.TOP_SHARE, _is_top_share, "top", WORDED),
    Refusal(R.COUNTED_KINDS, _is_sum_over_kinds, "kind_units", WORDS, "kind_units"),
    Refusal(R.LIMIT_SIGN, _is_limit_behind_sign, "limit_units", SIGN, "limit_units"),
    Refusal(R.MONTHS_OF_YEAR, _is_stretch_of_year, "stretches", units="month_units"),
    Refusal(R.PER, _is_per, "", CUE),
    Refusal(R.PER, _is_of_each, "of_each"),
    Refusal(R.ZERO_LED, _is_zero_led, "", WORDED),
    Refusal(R.ARTICLE, _is_article, "one", WORDED),
)
