"""The words of tables of figures: what heads, captions and first cells say.

In: the lexicon's `grids`. Out: the roles that its words have, and the patterns made of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache

from dz_analysis.finding.number.numerals import numerals
from dz_analysis.lexicon import Words, words

LIST = "grids"


class HeadRole(StrEnum):
    """What a word of a table says; the value is its role in the lexicon's `grids`."""

    NAME = "heads.name"
    PLACE = "heads.place"
    TIME = "heads.time"
    SIDE = "heads.side"
    UNIT = "heads.unit"
    COUNTER = "heads.number"
    CODE = "heads.code"
    LEVEL = "heads.level"
    TARGET = "heads.target"
    ESTIMATE = "heads.estimate"
    EARLIER = "heads.earlier"
    WHOLE = "heads.whole"
    BALANCE = "heads.balance"
    LEVELLED = "heads.levels"
    COMPARED = "heads.compared"
    OVER_MONTH = "heads.over_month"
    CURRENT = "heads.current"
    MONTH = "heads.month"
    TO_DATE = "heads.to_date"
    PARTICLE = "heads.particles"
    TAIL = "heads.tails"
    RANK = "measures.rank"
    COMPLETION = "measures.completion"
    CHANGE = "measures.change"
    GROWTH = "measures.growth"
    AVERAGE = "measures.average"
    RATIO = "measures.ratio"
    RATE = "measures.rate"
    TERM = "measures.term"
    SHARE = "measures.share"
    PART = "names.part"
    TOTAL = "names.total"
    OWN = "names.own"
    KIND = "names.kind"
    COUNTED = "names.counted"
    DIVISION = "names.division"
    TAIL_OF_NAME = "names.tail"
    BLANK = "names.blank"
    POINT = "units.point"
    PER_CENT = "units.per_cent"
    KEPT = "units.kept"
    YEAR = "year"
    BOUND = "bounds"
    CAPTION_TAIL = "captions.tails"
    CAPTION_MARK = "captions.marks"
    CAPTION_PLACE = "captions.places"
    CAPTION_EACH = "captions.each"
    CAPTION_TIER = "captions.tiers"
    CAPTION_HEAD = "captions.heads"
    ACT = "heads.acts"

    @property
    def words(self) -> Words:
        """The words that have the role."""
        return words(LIST, self.value)

    def within(self, text: str) -> bool:
        """Whether a word of the role stands in a text."""
        return bool(self.words.first_in(text))


# How a column is told, by the first of these roles that has a word in its head.
MEASURES = (
    (HeadRole.RANK, "rank"),
    (HeadRole.COMPLETION, "completion"),
    (HeadRole.CHANGE, "change"),
    (HeadRole.GROWTH, "growth"),
    (HeadRole.RATIO, "ratio"),
)
# The words that name no indicator: they only tell how a column is measured.
MEASURING = (
    *(role for role, _ in MEASURES),
    HeadRole.LEVEL,
    HeadRole.TARGET,
    HeadRole.ESTIMATE,
    HeadRole.EARLIER,
)


def measure_of(head: str) -> str:
    """Return the measure that a head tells, a level where it tells none.

    Examples
    --------
    >>> measure_of("比上年增长（%）"), measure_of("占总收入%"), measure_of("税收（亿元）")
    ('growth', 'ratio', 'level')
    >>> measure_of("完成一季度目标任务占比(%)"), measure_of("占全年目标比重")
    ('completion', 'completion')
    """
    measure = next((measure for role, measure in MEASURES if role.within(head)), "")
    measure = measure or ("ratio" if share().search(head) else "level")
    return "completion" if measure == "ratio" and _is_of_goal(head) else measure


def _is_of_goal(head: str) -> bool:
    """Whether a share is that of a goal: the goal stands behind 完成 or 占."""
    goal = HeadRole.TARGET.words.first_in(head)
    before = head.partition(goal)[0] if goal else ""
    return HeadRole.ACT.within(before) or HeadRole.SHARE.within(before)


@lru_cache(1024)
def counts_rows(head: str) -> bool:
    """Whether a head stands over numbers or codes of rows, which measure nothing.

    Examples
    --------
    >>> counts_rows("功能分类科目编码"), counts_rows("款"), counts_rows("项目")
    (True, True, False)
    """
    return head in HeadRole.CODE.words or HeadRole.COUNTER.within(head)


@cache
def measuring_words() -> tuple[str, ...]:
    """Return the words of a head that tell how a column is measured, the longest first."""
    found = {word for role in MEASURING for word in role.words}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def share() -> re.Pattern[str]:
    """Return the pattern of a head that tells the `whole` of shares: 占总收入比重, 占合计%."""
    ends = rf"(?:{HeadRole.RATIO.words.pattern}|[（(]?[%％])"
    return re.compile(rf"{HeadRole.SHARE.words.pattern}(?P<whole>[^（(%％]{{2,12}}?){ends}")


@cache
def bracket() -> re.Pattern[str]:
    """Return the pattern of a short remark in brackets, a unit perhaps: （单位：亿元）."""
    label = HeadRole.UNIT.words.pattern
    return re.compile(rf"[（(〔\[]\s*(?:{label}[:：])?([^（()）\]〕]{{1,12}})\s*[）)\]〕]")


@cache
def unit_line() -> re.Pattern[str]:
    """Return the pattern of a line that gives the units of a table: 单位：亿元、%."""
    return re.compile(rf"{HeadRole.UNIT.words.pattern}\s*[:：]\s*([^\s（()）]{{1,20}})")


@cache
def ordinal() -> re.Pattern[str]:
    """Return the pattern of the number of an item before its name: 一、, （2）, 3.."""
    numeral = _class([*numerals("digit"), *numerals("power")])
    return re.compile(
        rf"^(?:[（(]?{numeral}{{1,3}}[）)、.．]|[（(]\d{{1,2}}[）)]"
        r"|\d{1,2}[、.．](?!\d)|[·•●■]|[-－—*]+)\s*"
    )


@cache
def tail() -> re.Pattern[str]:
    """Return the pattern of a name's last words that tell a growth: 税收增速, 产值同比±."""
    return re.compile(rf"(?:{HeadRole.TAIL.words.pattern}|±)+$")


@cache
def caption_mark() -> re.Pattern[str]:
    """Return the pattern of the number of a table before its caption: 附表四, 表3."""
    numeral = _class([*numerals("digit"), *numerals("power"), "0-9"])
    marks = HeadRole.CAPTION_MARK.words.pattern
    return re.compile(rf"^(?:{marks}\s*(?:{numeral}+|(?=[：:])))?[\d\s.,、：:（）()—\-]*")


@cache
def caption_place() -> re.Pattern[str]:
    """Return the pattern of a place before what a caption tells: 青禾县, but not 市级."""
    ends, tiers = _class(HeadRole.CAPTION_PLACE.words), _class(HeadRole.CAPTION_TIER.words)
    return re.compile(rf"[\u3400-\u9fff]{{1,5}}?{ends}(?!{tiers}|[（、])(?=[^，]{{4}})")


@cache
def caption_each() -> re.Pattern[str]:
    """Return the pattern of the places that a caption deals out to: 全市各县区, 分市."""
    ends = _class(HeadRole.CAPTION_PLACE.words)
    return re.compile(rf"^[\u3400-\u9fff]{{0,6}}?{HeadRole.CAPTION_EACH.words.pattern}{ends}+")


@cache
def filling() -> re.Pattern[str]:
    """Return the pattern of what is left of a head and names nothing: signs, digits, 年, 月."""
    particle = _class(HeadRole.PARTICLE.words)
    edge = r"(?<![\u3400-\u9fff])[（()）]|[（()）](?![\u3400-\u9fff])"  # not 因公出国（境）费
    return re.compile(rf"[\s%％±:：、/\d]+|{edge}|^{particle}+$")


@cache
def year() -> re.Pattern[str]:
    """Return the pattern of a cell that is a year."""
    return re.compile(rf"(?:19|20)\d\d{HeadRole.YEAR.words.pattern}?")


@cache
def figure() -> re.Pattern[str]:
    """Return the pattern of a cell that holds a figure, perhaps with its unit and bound."""
    behind = HeadRole.BOUND.words.pattern
    return re.compile(
        r"[≥≤＞＜><]?\s?(?P<number>[-－−+]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
        r"(?:\s?[-—–~～]{1,2}\s?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?)?)"
        rf"(?P<unit>[%％‰]|(?!{behind})[^\s\d０-９,，.．。；;：:、]{{1,6}}?)?\s?(?P<behind>{behind})?"
    )


def _class(letters: Sequence[str] | Words) -> str:
    return f"[{''.join(sorted(letters))}]"
