"""Statements of time as they stand in a text, before a document resolves them.

In: clean text. Out: `PeriodMention`s in text order: what is said, how, and in which role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from dz_analysis.finding.text.segment import segment
from dz_analysis.finding.time.words import (
    form,
    listed,
    load_eras,
    load_events,
    load_parts,
    load_relative,
    load_statement,
    read_number,
)

BESIDE = 4  # characters before a statement in which a word tells its role
BEHIND = 16  # characters behind it
LEAD = 24  # characters that may stand between the beginning of a clause and what opens it
SEASON = 12  # characters before months that come every year
LONGEST = 60  # years that a window may have
TITLE = 40  # characters of a title before a year in it
WHOLE_YEAR = (1, 12)
EVEN = 3  # the first plan whose years end in 0 or 5
FIRST = "元"  # the first year of an era
QUOTES = '“"『「'
CLOSING_QUOTES = '”"』」'

Groups = dict[str, str]


class PeriodKind(StrEnum):
    """What kind of statement it is."""

    PERIOD = "period"
    RANGE = "range"  # 2016年至2020年
    DATE = "date"  # a day
    MOMENT = "moment"  # a month of a named year
    SPAN = "span"  # 五年来
    SUM = "sum"  # 五年累计
    SINCE = "since"
    SO_FAR = "so_far"
    PRESENT = "present"
    FOUNDING = "founding"
    EPOCH = "epoch"  # 抗日战争时期
    ORIGIN = "origin"  # 由2015年的…
    HISTORY = "history"  # 成立于1992年
    REMARK = "remark"  # 9万人（2017年）
    BASE = "base"  # what is only compared with


# What is asked of every statement: Python 3.11 searches for a member each time it is named.
_PERIOD, _DATE, _MOMENT = PeriodKind.PERIOD, PeriodKind.DATE, PeriodKind.MOMENT
_SPAN, _SINCE = PeriodKind.SPAN, PeriodKind.SINCE


class PeriodMention(NamedTuple):
    """One statement of time as it stands in the text; `text[start:end]` are its words.

    `years`, `months` and `anchor` are what the words say before a document resolves them:
    `anchor` is ``year`` (absolute), ``now``, ``report``, ``past``, ``future``, ``within`` or
    blank.
    """

    start: int
    end: int
    text: str
    kind: PeriodKind
    anchor: str = ""
    years: tuple[int, int] = (0, 0)
    months: tuple[int, int] = WHOLE_YEAR
    closing: bool = False

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.text!r} {self.kind} at {self.start}>"

    @property
    def is_wide(self) -> bool:
        """Whether its words name several years."""
        return self.kind is PeriodKind.SPAN or self.years[0] < self.years[1]

    @property
    def is_year(self) -> bool:
        """Whether its words name one year by its number."""
        return self.anchor == "year" and self.years[0] == self.years[1]


@lru_cache(maxsize=4)  # a short text is its own opening: tagging it and reading it ask for both
def find_periods(text: str) -> tuple[PeriodMention, ...]:
    """Find every statement of time, in text order and without overlap.

    Names that hold a year or a plan (“十四五”规划, 2019年版), durations (连续8年) and years without
    年 are left alone on purpose. What is only compared with (比2019年, 较“十二五”末, 去年同期) is
    returned with kind ``base``.

    Examples
    --------
    >>> [(m.text, str(m.kind)) for m in find_periods("上半年，税收增长8%，比2019年增长12%")]
    [('上半年', 'period'), ('2019年', 'base')]
    >>> find_periods("连续8年居全省前列，编制“十四五”规划")
    ()
    """
    statement = load_statement()
    found: list[PeriodMention] = []
    end, read = 0, statement.pattern.match
    for trigger in statement.trigger.finditer(text):
        start = trigger.start()
        if start < end:
            continue
        if match := read(text, start):
            end = match.end()
            if mention := _read_mention(match, text):
                _append(found, mention, text)
    return tuple(found)


def _append(found: list[PeriodMention], mention: PeriodMention, text: str) -> None:
    """Take a mention in; of two that are joined (比1-3月、1-4月分别) both are bases or none is."""
    if found and found[-1].kind is not mention.kind and _joins(found[-1], mention, text):
        if found[-1].kind is PeriodKind.BASE:
            mention = mention._replace(kind=PeriodKind.BASE)
        elif mention.kind is PeriodKind.BASE and _is_based(text, found[-1].start):
            found[-1] = found[-1]._replace(kind=PeriodKind.BASE)  # 与2014年、2013年相比
    found.append(mention)


def _joins(base: PeriodMention, mention: PeriodMention, text: str) -> bool:
    gap = text[base.end : mention.start]
    return len(gap) <= 2 and form("joint").fullmatch(gap) is not None


def _read_mention(match: re.Match[str], text: str) -> PeriodMention | None:
    """Turn a match into a mention: 1 windows and events, 2 years and plans, 3 parts of a year."""
    group = match.groupdict("")
    if not group["year"]:
        for name, alone in load_statement().alone:
            group[name] = group[alone] or group[name]
    start, end = match.start("body"), match.end()
    if _is_in_name(text, start, end, group):
        return None
    bare = PeriodMention(start, end, text[start:end], _PERIOD)
    for read in _READERS:
        if mention := read(bare, group):
            return _with_role(mention, text, group)
    return None


def _read_fixed(bare: PeriodMention, group: Groups) -> PeriodMention | None:
    """Read 截至目前, 目前, 建区时 and events."""
    if group["event"]:
        year, month = load_events()[group["event"]]
        return bare._replace(
            kind=PeriodKind.SINCE, anchor="year", years=(year, year), months=(month, 12)
        )
    for name, kind in _FIXED.items():
        if group[name]:
            return bare._replace(kind=kind, anchor="now" if kind is PeriodKind.SO_FAR else "")
    return None


_FIXED = {
    "so_far": PeriodKind.SO_FAR,
    "present": PeriodKind.PRESENT,
    "founding": PeriodKind.FOUNDING,
    "epoch": PeriodKind.EPOCH,
}
_windows = itemgetter("span", "span_tail", "span_since", "span_this", "span_sum", "span_within")
_since = itemgetter("since", "since_tail", "since_ahead")


def _read_span(bare: PeriodMention, group: Groups) -> PeriodMention | None:
    """Read 过去五年, 今后三年, 五年来, 五年内: windows of whole years."""
    number = next(filter(None, _windows(group)), "")
    count = read_number(number) if number else 0
    if not 0 < count <= LONGEST:
        return None
    kind = PeriodKind.SUM if group["span_sum"] else PeriodKind.SPAN
    is_ahead = group["span_word"] in listed("span.future") or group["within_ahead"]
    anchor = "future" if is_ahead else "within" if group["span_within"] else "past"
    return bare._replace(kind=kind, anchor=anchor, years=(count, count))


def _read_plan(bare: PeriodMention, group: Groups) -> PeriodMention | None:
    """Read “十三五”期间 and 第六个五年计划期间; the tenth plan began in 2001."""
    part = group["plan_part"] or group["plan_time"]
    number = group["plan_number"] or group["plan"][:-1]
    if not number or not (group["quote"] or part):
        return None
    first, last = plan_of_number(read_number(number))
    if part in listed("edge.end"):
        return bare._replace(anchor="year", years=(last, last), closing=True)
    if part in listed("edge.start"):
        return bare._replace(anchor="year", years=(first, first))
    kind = PeriodKind.SINCE if part in listed("since") else PeriodKind.PERIOD
    return bare._replace(kind=kind, anchor="year", years=(first, last))


def plan_of_number(number: int) -> tuple[int, int]:
    """Return the first and the last year of a five-year plan.

    Examples
    --------
    >>> plan_of_number(13), plan_of_number(1)
    ((2016, 2020), (1953, 1957))
    """
    if number < EVEN:  # three years of adjustment followed the second plan
        return 1948 + 5 * number, 1952 + 5 * number
    return 1951 + 5 * number, 1955 + 5 * number


def _read_year(bare: PeriodMention, group: Groups) -> PeriodMention | None:
    """Read a year, a part of a year, or both; 到 and 截至 before a month count from January."""
    months, kind, closing = _read_part(group)
    anchor, years = _years_of(group)
    if years[0] < years[1]:
        kind = PeriodKind.RANGE
    elif group["until"] and (closing or kind in (_MOMENT, _DATE)):
        months, kind = (1, months[1]), _PERIOD
    if kind is _MOMENT and not anchor:
        kind = _PERIOD
    if any(_since(group)):
        months, kind = (months[0], 12), PeriodKind.SINCE
    return PeriodMention(bare.start, bare.end, bare.text, kind, anchor, years, months, closing)


def _years_of(group: Groups) -> tuple[str, tuple[int, int]]:
    """Return what a year is counted from, and the first and the last one."""
    if group["year"]:
        first = read_number(group["year"])
        return "year", (first, read_number(group["year_to"] or group["year"]))
    if group["era"]:
        year = load_eras()[group["era"]] + read_number(group["era_year"].replace(FIRST, "一"))
        return "year", (year, year)
    if group["relative"]:
        shift, anchor = load_relative()[group["relative"]]
        return anchor, (shift, shift)
    return "", (0, 0)


_READERS = (_read_fixed, _read_span, _read_plan, _read_year)
Part = tuple[tuple[int, int], PeriodKind, bool]  # its months, its kind, whether it closes a period


def _read_part(group: Groups) -> Part:
    """Return the part of the year that a match names, the whole year if it names none."""
    for name, read in _PARTS.items():
        if group[name]:
            return read(group)
    return WHOLE_YEAR, _PERIOD, False


def _read_months(group: Groups) -> Part:
    first, last = read_number(group["month_from"]), read_number(group["month_to"])
    return (min(first, last), last), PeriodKind.PERIOD, False  # 12—1月 closes in the later year


def _read_first(group: Groups) -> Part:
    if group["first_months"]:
        return (1, read_number(group["first_months"])), PeriodKind.PERIOD, False
    return (1, 3 * read_number(group["first_quarters"])), PeriodKind.PERIOD, False


def _read_quarter(group: Groups) -> Part:
    last = 3 * read_number(group["quarter"])
    is_end = bool(group["quarter_edge"])  # 三季度末: a stock at the close of nine months
    return (1 if is_end else last - 2, last), PeriodKind.PERIOD, is_end


def _read_month(group: Groups) -> Part:
    month = read_number(group["month"])
    if group["day"]:
        return (month, month), PeriodKind.DATE, False
    if group["month_edge"] in listed("edge.end"):
        return (1, month), PeriodKind.PERIOD, True
    kind = PeriodKind.PERIOD if group["month_word"] else PeriodKind.MOMENT
    return (month, month), kind, False


def _read_edge(group: Groups) -> Part:
    is_end = group["edge"] in listed("edge.end")
    return (WHOLE_YEAR if is_end else (1, 1)), PeriodKind.PERIOD, is_end


def _read_named(group: Groups) -> Part:
    return load_parts()[group["part"]], PeriodKind.PERIOD, False


_PARTS: Mapping[str, Callable[[Groups], Part]] = {
    "part": _read_named,
    "month_to": _read_months,
    "first_months": _read_first,
    "first_quarters": _read_first,
    "quarter": _read_quarter,
    "month": _read_month,
    "edge": _read_edge,
}


def _is_in_name(text: str, start: int, end: int, group: Groups) -> bool:
    """Whether the words are part of a title or a remark, such as “十四五”开局之年."""
    after = text[end : end + 12].lstrip(CLOSING_QUOTES)
    if after.startswith(listed("not_time.after")):
        return True
    if text.startswith(listed("not_time.brought"), start):
        return True
    if any(form(name).match(text, start) for name in ("brought", "cut_word")):
        return True
    if text.endswith(listed("not_time.before"), 0, start):
        return True  # 谋划“十五五”
    if _is_quoted(text, start) or _is_called(text, end, group):
        return True
    if group["epoch"]:
        return not opens_clause(text, start)  # 比解放前增长6倍
    if group["span_this"]:
        return not _closes_years(text, start, group["span_this"])
    if group["year"]:
        return False
    if _is_of_every_year(text, start, after, group):
        return True
    return group["edge"] in listed("edge.start") and not _is_based(text, start)


def _is_called(text: str, end: int, group: Groups) -> bool:
    """Whether what was held is called after a year or a part of it: 2021年第二季度签约仪式."""
    is_called = (group["year"] or group["quarter"]) and not (group["day"] or group["month"])
    return bool(is_called) and form("called").match(text, end) is not None


def _is_quoted(text: str, start: int) -> bool:
    """Whether a quotation or a title holds the words: “三月三”庙会.

    A quoted plan's own mark is part of its match.
    """
    if start and text.startswith((*QUOTES, "《"), start - 1):
        return True
    low = max(0, start - TITLE)
    return text.rfind("《", low, start) > text.rfind("》", low, start)


def _is_of_every_year(text: str, start: int, after: str, group: Groups) -> bool:
    """Whether bare months are told of every year: 降水集中在6至8月, 1月平均气温."""
    if group["month"] and not group["relative"] and after.startswith(listed("not_time.normals")):
        return True
    return form("season").search(text, max(0, start - SEASON), start) is not None


def _closes_years(text: str, start: int, count: str) -> bool:
    """Whether 五年 ends what says which years are spoken of: 这是经济实力大幅提升的五年."""
    low = max(segment(text).sentence_start(start), start - LONGEST)
    return read_number(count) > 1 and bool(form("this_is").match(text, low, start))


def _is_based(text: str, start: int) -> bool:
    return _before(text, start).endswith(listed("base.before"))


def _before(text: str, start: int) -> str:
    return text[max(0, start - BESIDE) : start].rstrip(f"{QUOTES} ")


class _Beside(NamedTuple):
    """A mention and the words on both sides of it; `is_same` if 同期 belongs to it."""

    mention: PeriodMention
    text: str
    before: str
    after: str
    is_same: bool


def _with_role(mention: PeriodMention, text: str, group: Groups) -> PeriodMention:
    """Mark what is only compared with, what is told in passing, and the earlier of two times.

    2019年初预算安排: a budget that was made at the beginning of a year is of all of it.
    """
    if mention.text.endswith(listed("edge.start")) and form("plan_made").match(text, mention.end):
        mention = mention._replace(months=WHOLE_YEAR)
    after = text[mention.end : mention.end + BEHIND].lstrip(f"{CLOSING_QUOTES} ")
    beside = _Beside(mention, text, _before(text, mention.start), after, bool(group["same"]))
    for kind, has_role in _ROLES:
        if has_role(beside):
            return mention._replace(kind=kind)
    return mention


def _is_same_time(beside: _Beside) -> bool:
    """Whether 同期 is only compared with; 由上年同期的40%升至45% begins there."""
    return beside.is_same and not beside.before.endswith(listed("origin.before"))


def _is_base_ahead(beside: _Beside) -> bool:
    """Whether a word behind makes it a base: 2019年的基础上."""
    return beside.after.startswith(listed("base.after"))


def _is_record(beside: _Beside) -> bool:
    """Whether it is the range of a record: 创2015年以来新高."""
    mention = beside.mention
    is_range = mention.kind is _SINCE or mention.kind is _SPAN
    is_range = is_range or mention.text in listed("base.within")
    return is_range and bool(form("record").match(beside.after))


def _is_pair(beside: _Beside) -> bool:
    """Whether 与 before and 相比 behind make it a base."""
    return beside.before.endswith(listed("base.pairs")) and bool(
        form("compared").match(beside.text, beside.mention.end)
    )


def _is_described_base(beside: _Beside) -> bool:
    """Whether a comparison describes its year: 比战前的1936年下降."""
    if beside.mention.anchor != "year":
        return False
    start = beside.mention.start
    before = beside.text[max(0, start - BEHIND) : start]
    return form("against").search(before) is not None


def _is_index_base(beside: _Beside) -> bool:
    """Whether it is what an index is counted from: 以上年为100, 上年同期=100."""
    return form("index_base").match(beside.text, beside.mention.end) is not None


def _is_base_behind(beside: _Beside) -> bool:
    """Whether a word before makes it a base: 比2019年."""
    before = beside.before
    if not before.endswith(listed("base.before")):
        return False
    return not before.endswith(listed("base.weak")) or before.endswith(_strong())


@lru_cache(maxsize=1)
def _strong() -> tuple[str, ...]:
    """Return the words that make a base by themselves."""
    weak = listed("base.weak")
    return tuple(word for word in listed("base.before") if word not in weak)


def _is_multiplied(beside: _Beside) -> bool:
    """Whether something is so many times it: 是2015年的1.4倍; not 由2015年的4成提高到."""
    if form("times_of_sum").match(beside.after):
        return True
    if not form("times_of_base").match(beside.after):
        return False
    is_turn = beside.before.endswith(listed("origin.before", "origin.arrival"))
    return not is_turn or beside.before.endswith(listed("base.times_before"))


def _is_news(beside: _Beside) -> bool:
    """Whether it is the day of the news and not of what it tells."""
    is_day = beside.mention.kind is _DATE
    return is_day and bool(form("report").match(beside.text, beside.mention.end))


def _is_dated(mention: PeriodMention) -> bool:
    return mention.anchor == "year" and mention.kind in (_PERIOD, _DATE, _MOMENT)


def _is_bracketed(beside: _Beside) -> bool:
    mention, text = beside.mention, beside.text
    opens = mention.start > 0 and text.startswith(("（", "("), mention.start - 1)
    return opens and bool(form("remark").match(text, mention.end))


def _is_remark(beside: _Beside) -> bool:
    """Whether it stands in a bracket behind a number: 9万人（2017年）."""
    start = beside.mention.start
    return (
        _is_dated(beside.mention)
        and _is_bracketed(beside)
        and bool(form("counted").search(beside.text[max(0, start - BEHIND) : start - 1]))
    )


def _is_history(beside: _Beside) -> bool:
    """Whether it is the year of a founding or a title: 成立于1992年."""
    mention, text = beside.mention, beside.text
    if not _is_dated(mention) or _is_bracketed(beside):
        return False
    is_founded = text.endswith(listed("history.before"), 0, mention.start)
    return is_founded or bool(form("history").match(text, mention.end))


def _is_origin(beside: _Beside) -> bool:
    """Whether it is the earlier of two times: 由2015年的4亿元增加到6亿元, not 从2015年到2019年."""
    if beside.mention.kind is _SINCE or not beside.before.endswith(listed("origin.before")):
        return False
    if beside.mention.kind is PeriodKind.RANGE and not beside.after.startswith(listed("span.of")):
        return False
    return not form("viewed").match(beside.text, beside.mention.end)  # 从上半年来看


# The first role that a mention has; one that has none governs what its kind and place say.
_ROLES: tuple[tuple[PeriodKind, Callable[[_Beside], bool]], ...] = (
    (PeriodKind.BASE, _is_same_time),
    (PeriodKind.BASE, _is_base_ahead),
    (PeriodKind.BASE, _is_record),
    (PeriodKind.BASE, _is_pair),
    (PeriodKind.BASE, _is_base_behind),
    (PeriodKind.BASE, _is_described_base),
    (PeriodKind.BASE, _is_index_base),
    (PeriodKind.BASE, _is_multiplied),
    (PeriodKind.BASE, _is_news),
    (PeriodKind.REMARK, _is_remark),
    (PeriodKind.HISTORY, _is_history),
    (PeriodKind.ORIGIN, _is_origin),
)


def opens_clause(text: str, start: int) -> bool:
    """Whether only opening words stand between the beginning of the clause and an offset.

    Examples
    --------
    >>> opens_clause("全市2019年税收", 2), opens_clause("税收2019年8亿元", 2)
    (True, False)
    """
    low = segment(text).clause_start(start)
    if dateline := form("dateline").match(text, low, start):
        low = dateline.end()
    if start - low > LEAD:
        return False
    lead = re.split("[、—】]", text[low:start])[-1]
    return form("opening").fullmatch(lead) is not None
