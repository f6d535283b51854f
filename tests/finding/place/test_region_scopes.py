"""How far a place governs: every row of the table as its example says."""

import pytest

from dz_analysis.finding.model import Context
from dz_analysis.finding.place.mentions import find_regions
from dz_analysis.finding.place.reach import load_scopes, standing_of
from dz_analysis.finding.place.regions import RegionLine
from dz_analysis.lexicon import load_lexicon

COUNTY = Context(region="安福县", city="吉安市", province="江西省")
ROWS = load_lexicon("region_scopes")


def numbers(row, cell):
    return [number for number in row[cell].split(";") if number]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["standing"])
def test_an_example_shows_what_its_place_governs(row):
    text = row["example"]
    line = RegionLine(text, (), COUNTY)
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
