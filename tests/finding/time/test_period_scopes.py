"""How far a statement of time governs: every row of the table as its example says."""

from dataclasses import replace

import pytest

from dz_analysis.finding.model import Context
from dz_analysis.finding.time.mentions import find_periods
from dz_analysis.finding.time.periods import PeriodLine
from dz_analysis.finding.time.reach import Standing, Stated, load_scopes, standing_of
from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.structure import split_paragraphs

REPORT = Context(
    genre="work_report", published="2017-02", period_start="2016-01", period_end="2016-12"
)
ROWS = load_lexicon("period_scopes")


def mention_of(row):
    """Return the statement that shows a row, and the line that it is laid on."""
    text = row["example"].replace("⏎", "\n")
    paragraphs = split_paragraphs(text, title="青禾县政府工作报告")
    line = PeriodLine(text, paragraphs, replace(REPORT, title="青禾县政府工作报告"))
    for mention in find_periods(text):
        stated = Stated(mention, text, line.default_at(mention.start), line.clock)
        if standing_of(stated).standing.value == row["standing"]:
            return mention, line
    pytest.fail(f"no statement of {text} stands as {row['standing']}")


def numbers(row, cell):
    return [number for number in row[cell].split(";") if number]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["standing"])
def test_an_example_shows_what_its_statement_governs(row):
    mention, line = mention_of(row)
    text = line.text
    own = {line.governing(text.index(number)).cue for number in numbers(row, "governed")}
    others = {line.governing(text.index(number)).cue for number in numbers(row, "free")}
    words = "" if row["standing"] == "present" else mention.text
    assert own <= {words}
    assert words not in others
    assert own or others


def test_every_row_is_asked_once_and_the_last_always_holds():
    standings = [scope.standing for scope in load_scopes()]
    assert len(standings) == len(set(standings))
    assert standings[-1] is Standing.INSIDE


def test_a_chronicle_goes_from_year_to_year():
    chronicle = Context(genre="press", period_start="2011-01", period_end="2016-12")
    line = PeriodLine("2013年，税收5亿元；企业96家。", (), chronicle)
    assert line.governing(14).period == "2013-01/2013-12"


def test_what_follows_goes_on_with_the_first_time_of_its_sentence_only():
    text = "2016年，税收8亿元，主要由于2013年新建企业96家。其中，大企业7家。"
    line = PeriodLine(text, (), REPORT)
    assert line.governing(text.index("96")).period == "2013-01/2013-12"
    assert line.governing(text.index("7家")).period == "2016-01/2016-12"
