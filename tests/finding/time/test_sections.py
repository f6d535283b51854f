"""What paragraphs are about that state no time, and how many years a period holds."""

import pytest

from dz_analysis.finding.model import Context
from dz_analysis.finding.time.clock import PeriodReading, PeriodRule
from dz_analysis.finding.time.periods import PeriodLine
from dz_analysis.reading.page import Paragraph

REPORT = Context(
    genre="work_report", published="2017-02", period_start="2016-01", period_end="2016-12"
)


def periods_of(*lines):
    """Return the periods of numbers in lines, each given with its stance."""
    text = "\n".join(words for words, _ in lines)
    paragraphs, start = [], 0
    for number, (words, stance) in enumerate(lines, start=1):
        paragraphs.append(Paragraph(number, start, start + len(words), stance=stance))
        start += len(words) + 1
    line = PeriodLine(text, tuple(paragraphs), REPORT)
    return [line.governing(part.end - 1).period for part in paragraphs]


def test_years_looked_back_on_end_where_plans_begin():
    found = periods_of(
        ("五年来，全县实现了大跨越。", "review"),
        ("新建学校3所。", "review"),
        ("新建医院2所。", "plan"),
    )
    assert found[1:] == ["2012-01/2016-12", "2017-01/2017-12"]


def test_years_that_lie_ahead_go_on_over_plans():
    found = periods_of(("“十四五”时期，全县将实现大跨越。", "plan"), ("新建学校3所。", "plan"))
    assert found == ["2021-01/2025-12", "2021-01/2025-12"]


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2016-01", "2016-12", 1),
        ("2016-01", "2016-11", 0),
        ("2016-01", "2017-12", 2),
        ("2016-02", "2017-12", 1),
        ("2016-12", "2017-01", 0),
        ("", "", 0),
    ],
)
def test_whole_years_are_counted(first, last, years):
    assert PeriodReading(first, last, PeriodRule.PERIOD).years == years
