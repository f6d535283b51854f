"""The words of time: lexicon/periods.csv, and the forms of statements in period_forms.csv.

In: the word list and the forms. Out: `form` and `listed`, which every finder of time asks; the
`Statement` that `mentions` reads texts with; and `read_number` for the numerals of time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.text.forms import compose, load_form, load_pieces, words_of_roles
from dz_analysis.finding.text.plain import fold_width
from dz_analysis.lexicon import load_lexicon, values

WORDS, FORMS = "periods", "period_forms"
NUMERALS = "numerals"
TEN = 10
# Roles whose words may open a statement by their first two signs.
_OPENING = (
    "edge.end",
    "edge.start",
    "epoch",
    "era",
    "event",
    "founding.before",
    "part",
    "present",
    "so_far",
    "span.future",
    "span.past",
    "year.now",
    "year.report",
)
_GROUP = re.compile(r"\?P<(\w+)>")
_ALONE = "alone_"


class Statement(NamedTuple):
    """How statements of time are found.

    `trigger` stands wherever one may begin: the whole pattern has too many ways to begin for the
    engine to skip what is none, and asking it only there makes reading several times faster.
    `alone` pairs the groups of a part of a year with those of a part that stands without a year.
    """

    trigger: re.Pattern[str]
    pattern: re.Pattern[str]
    alone: tuple[tuple[str, str], ...]


@cache
def form(name: str) -> re.Pattern[str]:
    """Return a form of lexicon/period_forms.csv."""
    return load_form(FORMS, WORDS, name)


# The words of some roles of lexicon/periods.csv.
listed: Callable[..., tuple[str, ...]] = partial(words_of_roles, WORDS)


@cache
def load_relative() -> Mapping[str, tuple[int, str]]:
    """Return each word for a year with its distance, and what that is counted from.

    Examples
    --------
    >>> load_relative()["去年"], load_relative()["上年"]
    ((-1, 'now'), (-1, 'report'))
    """
    return MappingProxyType(
        {
            word: (int(years), anchor)
            for anchor in ("now", "report")
            for word, years in values(WORDS, f"year.{anchor}").items()
        }
    )


@cache
def load_parts() -> Mapping[str, tuple[int, int]]:
    """Return each named part of a year with its first and its last month.

    Examples
    --------
    >>> load_parts()["上半年"]
    (1, 6)
    """
    found = {}
    for word, months in values(WORDS, "part").items():
        first, last = map(int, months.split("-"))
        found[word] = (first, last)
    return MappingProxyType(found)


@cache
def load_events() -> Mapping[str, tuple[int, int]]:
    """Return each event that windows are counted from with its year and month.

    Examples
    --------
    >>> load_events()["改革开放"]
    (1978, 12)
    """
    found = {}
    for word, month in values(WORDS, "event").items():
        year, number = map(int, month.split("-"))
        found[word] = (year, number)
    return MappingProxyType(found)


@cache
def load_eras() -> Mapping[str, int]:
    """Return each era that years are counted in with the year before its first.

    Examples
    --------
    >>> load_eras()["民国"] + 23
    1934
    """
    return MappingProxyType({word: int(year) for word, year in values(WORDS, "era").items()})


@cache
def load_statement() -> Statement:
    """Complete the forms of a statement of time; every repetition in them is bounded."""
    pieces = load_pieces(FORMS, WORDS)
    frames = {row["name"]: row["pattern"] for row in load_lexicon(FORMS) if row["use"] == "frame"}
    alone = compose(frames["part_of_year"], {**pieces, "edges": pieces["long_edges"]}, WORDS)
    with_year = compose(frames["part_of_year"], pieces, WORDS)
    known = {
        **pieces,
        "part_of_year": with_year,
        # a part of a year without its year must not stand inside a longer number or word
        "part_alone": _GROUP.sub(rf"?P<{_ALONE}\1>", alone),
        **_signs(pieces["opening_signs"]),
    }
    pattern = re.compile(compose(frames["statement"], known, WORDS))
    groups = [name for name in pattern.groupindex if name.startswith(_ALONE)]
    return Statement(
        trigger=re.compile(compose(frames["trigger"], known, WORDS)),
        pattern=pattern,
        alone=tuple((name.removeprefix(_ALONE), name) for name in groups),
    )


def _signs(opening: str) -> dict[str, str]:
    """Return classes of the signs that the words of time begin with.

    `first_signs` may begin a statement, `lone_signs` by themselves, `long_signs` together with
    one of `second_signs`.
    """
    found = listed(*_OPENING)
    lone = set(opening) | {word for word in found if len(word) == 1}
    first = {word[0] for word in found}
    second = {word[1] for word in found if len(word) > 1}
    return {
        "first_signs": _class(first | lone),
        "lone_signs": _class(lone),
        "long_signs": _class(first),
        "second_signs": _class(second),
    }


def _class(signs: Iterable[str]) -> str:
    return re.escape("".join(sorted(signs)))


@cache
def _digits() -> Mapping[str, int]:
    digits, powers = values(NUMERALS, "digit"), values(NUMERALS, "power")
    signs = {**digits, **powers, **values(WORDS, "numeral")}
    return MappingProxyType({sign: int(value) for sign, value in signs.items()})


def read_number(numeral: str) -> int:
    """Read a numeral of a year, a month or a count.

    Examples
    --------
    >>> read_number("2021"), read_number("二〇一九"), read_number("十一"), read_number("二十")
    (2021, 2019, 11, 20)
    >>> read_number("二ＯＯ五")
    2005
    """
    tens = value = 0
    for sign in fold_width(numeral):
        digit = _digits()[sign] if sign in _digits() else int(sign)
        if digit == TEN:
            tens, value = TEN * (value or 1), 0
        else:
            value = TEN * value + digit
    return tens + value
