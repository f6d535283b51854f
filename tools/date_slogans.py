"""Say of each listed slogan where the reports at hand say it first, and how widely.

    python tools/date_slogans.py --corpus country=FOLDER --corpus province=FOLDER … [--write]

FOLDER holds `documents.csv` (id, file) and the pages, in itself or in `pages/`. LEVEL is what the
reports of a folder speak for: country, province, city or county. An id ends in the year in which
the report was given, and what stands before it is the place: `hubei-2026`.

The list is kept by a reader: slogan, kind, origin (local, if one place coined it as its own),
meaning, variants. What is filled in are facts, and no sentence of a report is kept:

- `scope`: national if a report of the country says it, shared if reports of two places or more
  do, local if those of one place do, unseen if none does;
- `first_year`, `first_level`: the year of the first report that says it, and the highest level
  that says it in that year;
- `first_document`: that report; where several of that level and year say it, all, parted by `|`;
- `documents`, `places`: how many reports and places say it.

First means first among these reports: years that have none are not known. Without `--write` the
changed rows are printed.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from dz_analysis.counting import find_slogans
from dz_analysis.manifest import read_manifest
from dz_analysis.reading import read_page

LEVELS = ("country", "province", "city", "county")
FACTS = ("scope", "first_year", "first_level", "first_document", "documents", "places")
LIST = Path(__file__).parents[1] / "dz_analysis" / "lexicon" / "slogans.csv"


class Use(NamedTuple):
    """One report that says a slogan."""

    year: int
    level: str
    document: str

    @property
    def place(self) -> str:
        """What stands before the year in the report's id."""
        return self.document.rpartition("-")[0]


def tell_facts(uses: Iterable[Use]) -> dict[str, str]:
    """Return the facts of a slogan from the reports that say it.

    Examples
    --------
    >>> uses = [Use(2025, "province", "hubei-2025"), Use(2026, "country", "council-2026")]
    >>> list(tell_facts(uses).values())
    ['national', '2025', 'province', 'hubei-2025', '2', '2']
    """
    said = sorted(set(uses))
    if not said:
        return dict.fromkeys(FACTS, "") | {"scope": "unseen"}
    earliest = [use for use in said if use.year == said[0].year]
    level = min((use.level for use in earliest), key=LEVELS.index)
    first = [use for use in earliest if use.level == level]
    places = {use.place for use in said}
    narrow = "shared" if len(places) > 1 else "local"
    return {
        "scope": "national" if any(use.level == LEVELS[0] for use in said) else narrow,
        "first_year": str(first[0].year),
        "first_level": level,
        "first_document": "|".join(sorted({use.document for use in first})),
        "documents": str(len(said)),
        "places": str(len(places)),
    }


def find_uses(corpora: Iterable[tuple[str, Path]]) -> dict[str, list[Use]]:
    """Return the reports that say each listed slogan, counted as in the tables."""
    uses: dict[str, list[Use]] = {}
    for level, folder in corpora:
        pages = folder / "pages" if (folder / "pages").is_dir() else folder
        for document in read_manifest(folder / "documents.csv"):
            use = Use(int(document.id[-4:]), level, document.id)
            found = find_slogans(read_page(pages / document.file).text, discover=False)
            for slogan in sorted({mention.slogan for mention in found}):
                uses.setdefault(slogan, []).append(use)
    return uses


def fill_facts(rows: Sequence[dict[str, str]], uses: dict[str, list[Use]]) -> list[dict[str, str]]:
    """Return the rows of the list with their facts."""
    return [row | tell_facts(uses.get(row["slogan"], ())) for row in rows]


def main() -> None:
    """Fill the list's facts in, or show what would change."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", action="append", required=True, metavar="LEVEL=FOLDER")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    corpora = [_read_option(text) for text in options.corpus]
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    filled = fill_facts(rows, find_uses(corpora))
    if options.write:
        with LIST.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(filled)
        return
    for old, new in zip(rows, filled, strict=True):
        if old != new:
            print(new["slogan"], *(new[name] for name in FACTS), sep=",")


def _read_option(text: str) -> tuple[str, Path]:
    level, _, folder = text.partition("=")
    if level not in LEVELS or not folder:
        msg = f"Unknown corpus {text!r}; expected LEVEL=FOLDER with a level of {LEVELS}."
        raise SystemExit(msg)
    return level, Path(folder)


if __name__ == "__main__":
    main()
