"""Read the examples of the lexicon, with its rows or without some of them.

The notation of an example is told in `dz_analysis/lexicon/README.md`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from dz_analysis import lexicon
from dz_analysis.finding import Observation, find_observations
from dz_analysis.finding.model import Context

ARROW, NOTHING, UNNAMED = " → ", "∅", "_"
CONTEXT = Context(
    title="云溪县2019年政府工作报告",
    published="2020-01-15",
    genre="work_report",
    region="云溪县",
    period_start="2019-01",
    period_end="2019-12",
)
_PERIOD = re.compile(r"(?<= )(?:\d{4}-\d\d)?/(?:\d{4}-\d\d)?(?=;| |$)")
Key = tuple[str, str, str]  # list, role, word


class Example(NamedTuple):
    """One row of a list with its example."""

    source: str
    role: str
    word: str
    is_pattern: bool
    text: str
    reading: str

    @property
    def key(self) -> Key:
        """List, role and word."""
        return self.source, self.role, self.word


def examples(source: str) -> list[Example]:
    """Return the rows of a list that has roles, a blank text where a row has no example."""
    found = []
    for role in lexicon.roles(source):
        for word, row in lexicon._entries(source, role):
            text, arrow, reading = row["example"].partition(ARROW)
            is_pattern = row.get("form") == lexicon.PATTERN
            found.append(Example(source, role, word, is_pattern, text if arrow else "", reading))
    return found


def read(example: Example) -> str:
    """Return how the text of an example is read, in the notation of examples."""
    reader = READERS.get((example.source, example.role)) or READERS.get((example.source, ""))
    return (reader or read_observations)(example.text, example.reading)


def read_observations(text: str, like: str = "") -> str:
    """Write what is observed in a text; period, place and modifier only where `like` tells them."""
    rows = find_observations(text, context=CONTEXT)
    return "; ".join(write(row, like) for row in rows) or NOTHING


def write(row: Observation, like: str = "") -> str:
    """Write an observation: name, quote, and what is not usual of it."""
    parts = [
        row.indicator.replace(" ", "") or UNNAMED,
        row.quote,
        row.measure if row.measure != "level" else "",
        row.bound,
        row.status if row.status != "actual" else "",
        f"of={row.of}" if row.of else "",
        f"modifier={row.modifier}" if "modifier=" in like and row.modifier else "",
        row.period or "/" if _PERIOD.search(like) else "",
        f"@{row.region}" if "@" in like else "",
    ]
    return " ".join(part for part in parts if part)


READERS: Mapping[tuple[str, str], Callable[[str, str], str]] = {}


@contextmanager
def without(gone: Collection[Key]) -> Iterator[None]:
    """Take rows out of the lexicon while the block runs; what was read from it is read again."""
    real = lexicon.read_list

    def read_rest(file):
        rows = real(file)
        if not rows or "role" not in rows[0]:
            return rows
        return tuple(r for r in rows if (file.stem, r["role"], lexicon._word_of(r)) not in gone)

    lexicon.read_list = read_rest
    try:
        forget()
        yield
    finally:
        lexicon.read_list = real
        forget()


def forget() -> None:
    """Clear every cache of the package that may hold words of a list with roles."""
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("dz_analysis") or name.endswith(KEPT):
            continue
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear") and getattr(value, "__module__", "") == name:
                value.cache_clear()


# These hold no word of a list with roles and are slow to fill.
KEPT = ("reading.codes", "reading.context", "reading.readings", "reading.script")
