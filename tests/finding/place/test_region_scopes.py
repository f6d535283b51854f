"""How far a place governs: every row of the table as its example says."""

import pytest

from dz_analysis.finding.model import Context
from dz_analysis.finding.place.mentions import find_regions
from dz_analysis.finding.place.reach import load_scopes, standing_of
from dz_analysis.finding.place.regions import RegionLine
from dz_analysis.finding.scope.engine import Reach
from dz_analysis.lexicon import load_lexicon

COUNTY = Context(region="安福县", city="吉安市", province="江西省")
PROVINCE = Context(region="江西省")
WIDE = {"passing"}  # standings that a place has in the report of a province only
ROWS = load_lexicon("region_scopes")


def numbers(row, cell):
    return [number for number in row[cell].split(";") if number]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["standing"])
def test_an_example_shows_what_its_place_governs(row):
    text = row["example"]
    line = RegionLine(text, (), PROVINCE if row["standing"] in WIDE else COUNTY)
    mention = next(
        (
            mention
            for mention in find_regions(text)
            if standing_of(line.named(mention)).standing == row["standing"]
        ),
        None,
    )
    assert mention, f"no place of {text} stands as {row['standing']}"
    governed, free = numbers(row, "governed"), numbers(row, "free")
    assert {line.at(text.index(number)).cue for number in governed} <= {mention.text}
    assert mention.text not in {line.at(text.index(number)).cue for number in free}
    assert governed or free


def test_every_row_is_asked_once_and_the_last_always_holds():
    standings = [scope.standing for scope in load_scopes()]
    assert len(standings) == len(set(standings))
    assert standings[-1] == "other"


def test_no_place_governs_further_than_its_sentence():
    """`RegionLine` lays the places of the sentences that hold its numbers, and no others."""
    reaches = {scope.reach for scope in load_scopes() if scope.reach}
    assert reaches <= {Reach.CLAUSE, Reach.LIST, Reach.PART, Reach.BRACKET, Reach.SENTENCE}


def test_the_places_of_other_sentences_govern_no_number():
    text = "吉水县产业兴旺。安福县税收8亿元，增长6%。吉水县税收9亿元。"
    starts = [text.index(number) for number in "869"]
    near, all_ = RegionLine(text, (), COUNTY, numbers=starts), RegionLine(text, (), COUNTY)
    assert [near.at(start) for start in starts] == [all_.at(start) for start in starts]
