"""Statements of time as they stand in a text, before a document resolves them.

In: clean text. Out: `PeriodMention`s in text order: what is said, how, and in which role.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dz_analysis.finding.time.words import Words, load_words, read_number

COUNTED = re.compile(r"\d[^，,。；;（(\n]{0,9}$")
CLAUSE = re.compile("[。！？!?；;\n，,：:、—]")


class PeriodMention(NamedTuple):
    """One statement of time as it stands in the text; `text[start:end]` are its words.

    `kind` is ``period``, ``date`` (a day), ``moment`` (a month of a named year), ``span``
    (五年来), ``sum`` (五年累计), ``since``, ``so_far``, ``present``, ``founding``, ``origin``
    (由2015年的…), ``history`` (成立于1992年), ``remark`` (9万人（2017年）) or ``base`` (what is
    only compared with). `years`, `months` and `anchor` are what the words say before a document
    resolves them: `anchor` is ``year`` (absolute), ``now``, ``report``, ``past``, ``future`` or
    blank.
    """

    start: int
    end: int
    text: str
    kind: str
    anchor: str = ""
    years: tuple[int, int] = (0, 0)
    months: tuple[int, int] = (1, 12)
    closing: bool = False

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.text!r} {self.kind} at {self.start}>"


@lru_cache(maxsize=4)  # a short text is its own opening: tagging it and reading it ask for both
def find_periods(text: str) -> tuple[PeriodMention, ...]:
    """Find every statement of time, in text order and without overlap.

    Names that hold a year or a plan (“十四五”规划, 2019年版), durations (连续8年) and years without
    年 are left alone on purpose. What is only compared with (比2019年, 较“十二五”末, 去年同期) is
    returned with kind ``base``.

    Examples
    --------
    >>> [(m.text, m.kind) for m in find_periods("上半年，税收增长8%，比2019年增长12%")]
    [('上半年', 'period'), ('2019年', 'base')]
    >>> find_periods("连续8年居全省前列，编制“十四五”规划")
    ()
    """
    words = load_words()
    found: list[PeriodMention] = []
    end = 0
    for trigger in words.trigger.finditer(text):
        match = words.pattern.match(text, trigger.start()) if trigger.start() >= end else None
        if match is None:
            continue
        end = match.end()
        mention = _read_mention(match, text, words)
        if mention is None:
            continue
        last = found[-1] if found else None
        if last and last.kind != mention.kind and _joins(last, mention, text, words):
            if last.kind == "base":
                mention = mention._replace(kind="base")
            elif mention.kind == "base" and _is_based(text, last.start, words):
                found[-1] = last._replace(kind="base")  # 与2014年、2013年相比
        found.append(mention)
    return tuple(found)


def _joins(base: PeriodMention, mention: PeriodMention, text: str, words: Words) -> bool:
    """Whether a mention is joined to a base before it: 比1-3月、1-4月分别提高."""
    gap = text[base.end : mention.start]
    return len(gap) <= 2 and words.joint.fullmatch(gap) is not None


def _read_mention(match: re.Match[str], text: str, words: Words) -> PeriodMention | None:
    """Turn a match into a mention: 1 windows and events, 2 years and plans, 3 parts of a year."""
    group = _fold(match.groupdict(""), words)
    start, end = match.start("body"), match.end()
    bare = PeriodMention(start, end, text[start:end], "period")
    if _in_name(text, start, end, group, words):
        return None
    mention = (
        _read_fixed(bare, group, words)
        or _read_span(bare, group, words)
        or _read_plan(bare, group, words)
        or _read_year(bare, group, words)
    )
    return _with_role(mention, text, group, words) if mention else None


def _fold(group: dict[str, str], words: Words) -> dict[str, str]:
    """Lay the groups of a part that stands without a year onto those of one with a year."""
    for name, alone in words.alone:
        if group[alone]:
            group[name] = group[alone]
    return group


def _read_fixed(bare: PeriodMention, group: dict[str, str], words: Words) -> PeriodMention | None:
    if group["so_far"]:
        return bare._replace(kind="so_far", anchor="now")
    if group["present"]:
        return bare._replace(kind="present")
    if group["founding"]:
        return bare._replace(kind="founding")
    if group["event"]:
        year, month = map(int, words.events[group["event"]].split("-"))
        return bare._replace(kind="since", anchor="year", years=(year, year), months=(month, 12))
    return None


def _read_span(bare: PeriodMention, group: dict[str, str], words: Words) -> PeriodMention | None:
    """Read 过去五年, 今后三年, 五年来: windows of whole years."""
    number = group["span"] or group["span_tail"] or group["span_since"]
    number = number or group["span_this"] or group["span_sum"]
    if not number:
        return None
    count = read_number(number)
    if not 0 < count <= 60:
        return None
    if group["span_sum"]:
        return bare._replace(kind="sum", anchor="past", years=(count, count))
    ahead = group["span_word"] in words.future
    return bare._replace(kind="span", anchor="future" if ahead else "past", years=(count, count))


def _read_plan(bare: PeriodMention, group: dict[str, str], words: Words) -> PeriodMention | None:
    """Read “十三五”期间 and its like; the tenth plan began in 2001."""
    if not group["plan"]:
        return None
    quoted, part = bool(group["quote"]), group["plan_part"] or ""
    if not quoted and not part:
        return None
    first = 1951 + 5 * read_number(group["plan"][:-1])
    if part in words.edge_end:
        return bare._replace(anchor="year", years=(first + 4, first + 4), closing=True)
    if part in words.edge_start:
        return bare._replace(anchor="year", years=(first, first))
    kind = "since" if part in words.since else "period"
    return bare._replace(kind=kind, anchor="year", years=(first, first + 4))


def _read_year(bare: PeriodMention, group: dict[str, str], words: Words) -> PeriodMention | None:
    """Read a year, a part of a year, or both; 到 and 截至 before a month count from January."""
    months, kind, closing = _read_part(group, words)
    anchor, years = "", (0, 0)
    if group["year"]:
        anchor, years = "year", (read_number(group["year"]), read_number(group["year"]))
        if group["year_to"]:
            years, kind = (years[0], read_number(group["year_to"])), "range"
    elif group["relative"]:
        shift, anchor = words.relative[group["relative"]]
        years = (shift, shift)
    if group["until"] and kind != "range" and (closing or kind in ("moment", "date")):
        months, kind = (1, months[1]), "period"
    if kind == "moment" and not anchor:
        kind = "period"
    if group["since"] or group["since_tail"] or group["since_ahead"]:
        months, kind = (months[0], 12), "since"
    return bare._replace(kind=kind, anchor=anchor, years=years, months=months, closing=closing)


def _read_part(group: dict[str, str], words: Words) -> tuple[tuple[int, int], str, bool]:
    """Return the months of the part of the year that a match names, its kind, if it closes."""
    if group["part"]:
        return words.parts[group["part"]], "period", False
    if group["month_to"]:
        first, last = read_number(group["month_from"]), read_number(group["month_to"])
        return (min(first, last), last), "period", False  # 12—1月 closes in the later year
    if group["first_months"]:
        return (1, read_number(group["first_months"])), "period", False
    if group["first_quarters"]:
        return (1, 3 * read_number(group["first_quarters"])), "period", False
    if group["quarter"]:
        quarter = read_number(group["quarter"])
        is_end = bool(group["quarter_edge"])  # 三季度末: a stock at the close of nine months
        return (1 if is_end else 3 * quarter - 2, 3 * quarter), "period", is_end
    if group["month"]:
        return _read_month(group, words)
    if group["edge"]:
        is_end = group["edge"] in words.edge_end
        return ((1, 12) if is_end else (1, 1)), "period", is_end
    return (1, 12), "period", False


def _read_month(group: dict[str, str], words: Words) -> tuple[tuple[int, int], str, bool]:
    month = read_number(group["month"])
    if group["day"]:
        return (month, month), "date", False
    if group["month_edge"] and group["month_edge"] in words.edge_end:
        return (1, month), "period", True
    return (month, month), ("period" if group["month_word"] else "moment"), False


def _in_name(text: str, start: int, end: int, group: dict[str, str], words: Words) -> bool:
    """Whether the words are part of a title or a remark, such as “十四五”开局之年."""
    after = text[end : end + 12].lstrip('”"』」')
    if after.startswith(words.not_time) or text.startswith(words.brought, start):
        return True
    if group["span_this"] and not _closes_years(text, start, group["span_this"], words):
        return True
    if text.startswith("上年", start) and text.endswith("基础", 0, start):
        return True  # 在……的基础上年均增长7%
    if text[max(0, start - 1) : start] in tuple('“"『「《'):
        return True  # “三月三”庙会: a quoted plan's own mark is part of its match
    if text.rfind("《", max(0, start - 40), start) > text.rfind("》", max(0, start - 40), start):
        return True
    return bool(
        group["edge"] in words.edge_start
        and not group["year"]
        and not _is_based(text, start, words)
    )


def _closes_years(text: str, start: int, count: str, words: Words) -> bool:
    """Whether 五年 ends what says which years are spoken of: 这是经济实力大幅提升的五年."""
    low = max(text.rfind(mark, max(0, start - 60), start) for mark in "。！\n") + 1
    return read_number(count) > 1 and bool(words.this_is.match(text, low, start))


def _is_based(text: str, start: int, words: Words) -> bool:
    return text[max(0, start - 4) : start].rstrip('“"『「 ').endswith(words.base_before)


def _with_role(
    mention: PeriodMention, text: str, group: dict[str, str], words: Words
) -> PeriodMention:
    """Mark what is only compared with, and the earlier of two periods in one clause."""
    before = text[max(0, mention.start - 4) : mention.start].rstrip('“"『「 ')
    after = text[mention.end : mention.end + 16].lstrip('”"』」 ')
    is_first = bool(group["same"]) and before.endswith(words.origin)  # 由上年同期的40%升至45%
    if (group["same"] and not is_first) or after.startswith(words.base_after):
        return mention._replace(kind="base")
    is_mark = mention.kind in ("since", "span") or mention.text == "年内"
    if is_mark and words.record.match(after):
        return mention._replace(kind="base")
    if before.endswith(("与", "和", "同")) and words.compared.match(text, mention.end):
        return mention._replace(kind="base")
    if before.endswith(words.base_strong) or (
        before.endswith(words.times_before) and words.times_after.match(after)
    ):
        return mention._replace(kind="base")
    is_turn = before.endswith((*words.origin, "到", "至"))  # 由2015年的4%提高到2020年的6%
    if words.times_after.match(after) and not is_turn:
        return mention._replace(kind="base")
    if mention.kind == "date" and words.report.match(text, mention.end):
        return mention._replace(kind="base")
    if mention.anchor == "year" and mention.kind in ("period", "date", "moment"):
        mention = _of_history(mention, text, words)
    if mention.kind in ("history", "remark", "since") or not before.endswith(words.origin):
        return mention
    return mention._replace(kind="origin")


def _of_history(mention: PeriodMention, text: str, words: Words) -> PeriodMention:
    """Mark the year of a founding (成立于1992年) and one in a bracket behind a number."""
    start, end = mention.start, mention.end
    if text.startswith(("（", "("), max(start - 1, 0)) and words.remark.match(text, end):
        is_number = COUNTED.search(text[max(0, start - 16) : start - 1])
        return mention._replace(kind="remark") if is_number else mention
    if text.endswith(words.history_before, 0, start) or words.history.match(text, end):
        return mention._replace(kind="history")
    return mention


def opens_clause(text: str, start: int) -> bool:
    """Whether only opening words stand between the beginning of the clause and an offset."""
    low = max(0, start - 24)
    lead = text[low:start]
    clause = CLAUSE.split(lead)[-1]
    if clause == lead and low > 0:
        return False
    return bool(load_words().opening.fullmatch(clause))
