"""Pages as strangers keep them (`DZ_POOL`): what each document is, as a person read it.

`cases/pages.jsonl` holds the facts of each page (of its title the first 32 characters), and which
of them the page itself states; a field is judged on the pages that state it. The publisher is who
is said to have released the page (发布机构), else who a line of source names, else who signed under
the title, all of them, else who made or printed the document, else who runs the site. The floors
only rise.
"""

import json
import os
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from dz_analysis.finding import tag_document
from dz_analysis.finding.place.gazetteer import choose_place
from dz_analysis.reading import read_page

POOL = os.environ.get("DZ_POOL")
PAGES = Path(POOL) / "pages" if POOL else None
FILE = Path(__file__).parent / "cases" / "pages.jsonl"
FACTS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
FLOORS = {
    "title": 0.98,
    "publisher": 0.96,
    "published": 1.0,
    "region": 1.0,
    "period": 0.98,
    "genre": 1.0,
}
LONGEST = 32  # characters of a title that are kept
# Refused with the reason: a page that is a list of attached files, a file that is cut off.
REFUSED = {"baoding_2025_budget_report.html", "shijiazhuang_2025_budget_report.pdf"}
pytestmark = pytest.mark.pages


def test_every_fact_has_its_fields():
    assert sorted(FACTS, key=lambda fact: fact["file"]) == FACTS and len(FACTS) == 81
    for fact in FACTS:
        assert set(fact["states"]) <= set(FLOORS), fact["file"]
        assert all(fact[field] for field in fact["states"]), fact["file"]


def same_title(stated, read):
    plain = (unicodedata.normalize("NFKC", text) for text in (stated, read))
    start, whole = ("".join(filter(str.isalnum, text)) for text in plain)
    return whole.startswith(start) if len(stated) == LONGEST else whole == start


def same_place(one, other):
    places = [choose_place(name) for name in (one, other)]
    return one == other or (None not in places and places[0].code == places[1].code)


def same_date(stated, read):
    return bool(read) and (read.startswith(stated) or stated.startswith(read))


SAME = {
    "title": same_title,
    "region": same_place,
    "published": same_date,
}


@cache
def read_all():
    """Return field -> file -> whether it is read as the page states it, and the pages refused."""
    found, refused = defaultdict(dict), set()
    for fact in FACTS:
        try:
            page = read_page(PAGES / fact["file"])
        except ValueError:
            refused.add(fact["file"])
            continue
        tagged = tag_document(
            page.text,
            document=Path(fact["file"]).stem,
            title=page.title,
            publisher=page.publisher,
            published=page.published,
            site=page.site,
        )
        period = f"{tagged.period_start}/{tagged.period_end}" if tagged.period_end else ""
        read = {name: getattr(tagged, name, "") for name in FLOORS} | {"period": period}
        for field in fact["states"]:
            same = SAME.get(field, lambda stated, seen: stated == seen)
            found[field][fact["file"]] = same(fact[field], read[field])
    return found, refused


@pytest.mark.skipif(not PAGES, reason="needs DZ_POOL, a folder of real pages")
@pytest.mark.parametrize("field", FLOORS)
def test_a_field_is_read_as_the_pages_state_it(field):
    found = read_all()[0][field]
    share = sum(found.values()) / len(found)
    wrong = [file for file, is_right in found.items() if not is_right]
    assert share >= FLOORS[field], f"{share:.3f}: {wrong}"


@pytest.mark.skipif(not PAGES, reason="needs DZ_POOL, a folder of real pages")
def test_only_pages_without_their_text_are_refused():
    assert read_all()[1] == REFUSED
