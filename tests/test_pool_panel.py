"""Official figures of cities (`DZ_POOL`): what others collected from these pages is found in them.

`panel.jsonl` in the pool holds the figures, each with the pages of its city. A figure is found if
a row of one of them has its indicator (by the catalogue, so that every name of it counts), measure,
unit, place, months and value, within the rounding of the collector's two decimals of 亿元.
"""

import json
import os
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from dz_analysis.finding import find_observations, indicator_id, tag_document
from dz_analysis.finding.place.gazetteer import choose_place
from dz_analysis.reading import read_page

POOL = os.environ.get("DZ_POOL")
FLOOR = 1.0
ROUNDING = {"元": 500_000.5, "人": 50, "%": 1e-9}
REFUSED = {"shijiazhuang_2025_budget_report.pdf"}  # cut off in the middle
pytestmark = [
    pytest.mark.pages,
    pytest.mark.skipif(not POOL, reason="needs DZ_POOL, a folder of real pages"),
]


def figures():
    lines = Path(POOL, "panel.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def rows_of_pages():
    """Return document -> the rows of its pages, those of a txt and a pdf of one name together."""
    asked = {name for figure in figures() for name in figure["docs"]}
    found = defaultdict(list)
    for file in sorted(Path(POOL, "pages").iterdir()):
        if file.stem not in asked or file.name in REFUSED:
            continue
        page = read_page(file)
        tagged = tag_document(
            page.text,
            document=file.stem,
            title=page.title,
            publisher=page.publisher,
            published=page.published,
            site=page.site,
        )
        found[file.stem] += find_observations(page.text, context=tagged, paragraphs=page.paragraphs)
    return found


def is_found(figure):
    wanted = (
        indicator_id(figure["indicator"]),
        figure["measure"],
        figure["unit"],
        figure["period"],
    )
    code = choose_place(figure["city"]).code
    for row in (row for name in figure["docs"] for row in rows_of_pages()[name]):
        seen = (row.indicator_id, str(row.measure), row.unit, row.period)
        is_near = abs(float(row.value) - figure["value"]) <= ROUNDING[figure["unit"]]
        if seen == wanted and is_near and row.region_code == code:
            return True
    return False


def test_official_figures_are_found():
    panel = figures()
    missing = [figure for figure in panel if not is_found(figure)]
    names = {(figure["city"], figure["indicator"], figure["measure"]) for figure in missing}
    assert 1 - len(missing) / len(panel) >= FLOOR, names
