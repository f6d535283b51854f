"""Reports of real counties with invented text and figures, each number's row known.

In: a number of a report, a seed, how many characters. Out: a `Report`: a document of a manifest,
its paragraphs and its facts. The words are in `words.toml`; which sentence comes next, which
quantities it tells and which running text stands between them is drawn, so that no two reports
are alike and neighbours share few sentences. What a place tells of one year fits what it tells of
the next: levels grow by the growth that is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from dz_analysis.lexicon import load_lexicon
from dz_analysis.manifest import Document

CHARACTERS = 18_000
FIRST, YEARS = 2004, 20  # first year that is reported on, and how many reports a place has
TOLD_SHARE = 0.62  # of the characters that tell what was done; the rest tells what is planned
NUMBERED = 0.55  # of the sentences that tell a number, as long as there are some left
PARAGRAPH = 5  # sentences
POWERS = {"亿": 1e8, "万": 1e4}
_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?([<>~]=?)?\}")
# What the slots of a sentence tell.
_KINDS = (
    dict.fromkeys("ab", "amounts") | dict.fromkeys("cde", "things") | dict.fromkeys("st", "shares")
)
_WORDS = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a report as a row of `observations` has to tell it.

    `alt` holds names that are equally right, apart by ``;``; `start` orders the facts of a report.
    """

    document: str
    start: int
    quote: str
    indicator: str
    measure: str
    value: float
    unit: str
    bound: str
    period: str
    region: str
    status: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its row of the manifest, its paragraphs, the rows of its table, its facts.

    `table` is blank or holds the lines of a table behind the text, each a row of cells.
    """

    document: Document
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    facts: tuple[Fact, ...]


class _Amount(NamedTuple):
    """A quantity with its amount in the year, as it is written, and its growth in per cent."""

    name: str
    unit: str
    level: float
    decimals: int
    growth: float


class _Thing(NamedTuple):
    """What was built or done: verb and noun, measure word, bounds of the count."""

    name: str
    unit: str
    least: float
    most: float
    decimals: int


class _Rate(NamedTuple):
    """A share in per cent, and by how many points it moved."""

    name: str
    ratio: float
    points: float


@dataclass(slots=True)
class _Text:
    """A text that is being written, with the facts told so far."""

    document: str
    region: str
    random: Random
    period: str = ""
    status: str = "actual"
    length: int = 0
    sentences: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def write(self, sentence: str) -> None:
        """Add a sentence."""
        self.sentences.append(sentence)
        self.length += len(sentence)

    def tell(
        self, quote: str, name: str, measure: str, value: float, unit: str, *, bound: str = ""
    ) -> str:
        """Note a fact and return how it is written."""
        about = (self.period, self.region, self.status)
        start = len(self.facts)
        alt = bare_name(name)
        self.facts.append(
            Fact(self.document, start, quote, name, measure, value, unit, bound, *about, alt)
        )
        return quote


@cache
def load_words() -> dict[str, Any]:
    """Return the words and sentences that reports are written with."""
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


@cache
def list_counties() -> tuple[tuple[str, str], ...]:
    """Return code and name of the counties whose name is theirs alone and that still stand."""
    rows = load_lexicon("regions")
    named: dict[str, int] = {}
    for row in rows:
        named[row["name"]] = named.get(row["name"], 0) + 1
    return tuple(
        (row["code"], row["name"])
        for row in rows
        if row["level"] == "county"
        and row["name"].endswith("县")
        and len(row["name"]) > 2
        and named[row["name"]] == 1
        and row["valid_from"] < str(FIRST)
        and not row["valid_to"]
    )


@cache
def _things() -> frozenset[str]:
    sections = load_words()["sections"]
    return frozenset(thing[0] for section in sections for thing in section["things"])


def bare_name(name: str) -> str:
    """Return what was built or done without its verb, which is as right a name; else nothing.

    Examples
    --------
    >>> bare_name("新建口袋公园"), bare_name("地区生产总值")
    ('口袋公园', '')
    """
    return name[2:] if name in _things() else ""


def write_report(number: int, *, seed: int = 1, characters: int = CHARACTERS) -> Report:
    """Write one report; the same number and seed give the same report, whatever else is written.

    Parameters
    ----------
    number : int
        From 0; every `YEARS` reports are those of one county.
    seed : int
        Another seed gives other figures and sentences.
    characters : int
        Length of the text, to within a sentence or two of each section.

    Raises
    ------
    ValueError
        If there are too few counties.
    """
    counties = list_counties()
    place, turn = divmod(number, YEARS)
    if place >= len(counties):
        msg = f"Found report {number}, expected one of {len(counties) * YEARS}."
        raise ValueError(msg)
    code, name = counties[place * 7919 % len(counties)]
    year = FIRST + turn
    document = Document(
        id=f"p{number:05d}",
        file=f"p{number:05d}.{'html' if _form(number) >= 2 else 'txt'}",
        title=f"{year + 1}年{name}政府工作报告",
        published=f"{year + 1}-02",
        region=name,
        region_code=code,
        period=f"{year}-01/{year}-12",
        genre="work_report",
    )
    text = _Text(document.id, name, Random(f"{seed}-{number}"))
    figures = _grow(Random(f"{seed}-place-{place}"), turn)
    paragraphs = [*_head(document, year, text), "一、过去一年工作回顾"]
    paragraphs += _write_told(text, figures, year, characters * TOLD_SHARE)
    paragraphs += [_say_gaps(text), f"二、{year + 1}年重点工作"]
    paragraphs += _write_planned(text, figures, year + 1, characters * (1 - TOLD_SHARE))
    paragraphs.append(text.random.choice(load_words()["closings"]))
    table = _write_table(text, figures, year) if _form(number) == 3 else ()
    return Report(document, tuple(paragraphs), table, tuple(text.facts))


def render_page(report: Report) -> bytes:
    """Return the bytes of a report's page: plain text in one of two charsets, or html."""
    form = _form(int(report.document.id[1:]))
    if form < 2:
        text = "\n".join([*report.paragraphs, ""])
        return text.encode(("utf-8", "gb18030")[form])
    title = report.document.title
    body = "\n".join(f"<p>　　{paragraph}</p>" for paragraph in report.paragraphs[1:])
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in report.table
    )
    table = f'<table border="1">\n{rows}</table>' if rows else ""
    page = (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head><body>\n'
        '<div class="nav"><a href="/">首页</a> <a href="/zw">政务公开</a></div>\n'
        f'<h1>{title}</h1>\n<div class="TRS_Editor">\n{body}\n'
        f"{table}\n</div>\n"
        '<div class="footer">主办单位：县人民政府办公室</div>\n</body></html>\n'
    )
    return page.encode("utf-8")


def _form(number: int) -> int:
    """Return 0 for UTF-8 text, 1 for GB 18030, 2 for html, 3 for html with a table."""
    return number % 4


def _grow(random: Random, turn: int) -> list[dict[str, list[Any]]]:
    """Return the quantities of each section in a year of a place, grown from its first one."""
    found: list[dict[str, list[Any]]] = []
    for section in load_words()["sections"]:
        amounts = []
        for name, unit, least, most, decimals in section["amounts"]:
            level = random.uniform(least, (least + most) / 2)
            rates = [round(random.uniform(-4, 13), 1) or 0.1 for _ in range(YEARS)]
            for rate in rates[: turn + 1]:
                level *= 1 + rate / 100
            amounts.append(_Amount(name, unit, round(level, decimals), decimals, rates[turn]))
        shares = [
            [
                _Rate(name, round(random.uniform(least, most), 1), round(random.uniform(0.1, 2), 1))
                for _ in range(YEARS)
            ][turn]
            for name, least, most in section["shares"]
        ]
        things = [_Thing(*thing) for thing in section["things"]]
        found.append({"amounts": amounts, "things": things, "shares": shares})
    return found


def _head(document: Document, year: int, text: _Text) -> list[str]:
    day = f"{year + 1}年2月{text.random.randint(1, 28)}日"
    return [
        document.title,
        f"——{day}在{document.region}人民代表大会会议上",
        "各位代表：",
        text.random.choice(load_words()["openings"]),
    ]


def _write_told(
    text: _Text, figures: list[dict[str, list[Any]]], year: int, characters: float
) -> Iterator[str]:
    """Yield the paragraphs that tell what was done."""
    text.period, text.status = f"{year}-01/{year}-12", "actual"
    words = load_words()
    for section, known in zip(words["sections"], figures, strict=True):
        left = _Left(text.random, known)
        pools = {"told": words["told"], "built": words["built"], "shares": words["shares"]}
        head = text.random.choice(section["heads"])
        yield from _write_section(text, head, pools, left, characters / len(figures))
        sentence = text.random.choice(words["long"])
        told = left.take(sentence) if year % 5 == 0 else None
        if told is not None:
            text.period = f"{year - 4}-01/{year}-12"
            yield _fill(sentence["text"], told, text)
            text.period = f"{year}-01/{year}-12"


def _write_planned(
    text: _Text, figures: list[dict[str, list[Any]]], year: int, characters: float
) -> Iterator[str]:
    """Yield the paragraphs that tell what is planned."""
    text.period, text.status = f"{year}-01/{year}-12", "target"
    words = load_words()
    for section, known in zip(words["sections"], figures, strict=True):
        left = _Left(text.random, known)
        pools = {"goals": words["goals"], "planned": words["planned"]}
        yield from _write_section(text, section["plan"], pools, left, characters / len(figures))


class _Left:
    """What of a section has not been told yet, in a drawn order."""

    def __init__(self, random: Random, known: dict[str, list[Any]]) -> None:
        self._held = {kind: random.sample(all_, len(all_)) for kind, all_ in known.items()}

    def take(self, sentence: dict[str, str]) -> dict[str, Any] | None:
        """Return what a sentence tells by its slots, None if there is not enough left."""
        slots = sorted({slot for slot, *_ in _SLOT.findall(sentence["text"]) if len(slot) == 1})
        kinds = [_KINDS[slot] for slot in slots]
        if any(kinds.count(kind) > len(self._held[kind]) for kind in kinds):
            return None
        return {slot: self._held[kind].pop() for slot, kind in zip(slots, kinds, strict=True)}


def _write_section(
    text: _Text, head: str, pools: dict[str, list[dict[str, str]]], left: _Left, characters: float
) -> Iterator[str]:
    """Yield the paragraphs of a section until it has so many characters."""
    random, end = text.random, text.length + characters
    numbered = [sentence for pool in pools.values() for sentence in pool]
    text.sentences = []
    text.write(head)
    while text.length < end:
        sentence = random.choice(numbered) if random.random() < NUMBERED else None
        known = left.take(sentence) if sentence else None
        if sentence and known is not None:
            text.write(_fill(sentence["text"], known, text))
        else:
            text.write(_fill(random.choice(load_words()["running"])["text"], {}, text))
        if len(text.sentences) == PARAGRAPH:
            yield "".join(text.sentences)
            text.sentences = []
    if text.sentences:
        yield "".join(text.sentences)


def _fill(sentence: str, known: dict[str, Any], text: _Text) -> str:
    """Fill the slots of a sentence from the left to the right."""

    def fill(slot: re.Match[str]) -> str:
        name, part, bound = slot[1], slot[2], slot[3] or ""
        if name in known:
            told = known[name]
            return _TELLERS[part](told, text, bound) if part else str(told.name)
        is_later = name == "linker" and text.status == "target"
        return _draw_words("later_linker" if is_later else name, text.random)

    return _SLOT.sub(fill, sentence)


def _draw_words(kind: str, random: Random) -> str:
    """Draw words without a number."""
    words = load_words()
    if kind == "act":
        manner = random.choice(words["manners"]) if random.random() < 0.6 else ""
        return f"{manner}{random.choice(words['verbs'])}{random.choice(words['objects'])}"
    if kind == "result":
        return f"{random.choice(words['subjects'])}{random.choice(words['predicates'])}"
    return str(random.choice(words[f"{kind}s"]))


def _say_gaps(text: _Text) -> str:
    words = load_words()
    chosen = iter(text.random.sample(words["gaps"], 3))
    return re.sub(r"\{gap\}", lambda _: next(chosen), words["difficulties"])


def _spell(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"


def _tell_level(told: _Amount, text: _Text, bound: str) -> str:
    level = told.level
    if text.status == "target":
        level = round(level * text.random.uniform(1.01, 1.12), told.decimals)
    return _tell_amount(text, told, level, bound)


def _tell_count(told: _Thing, text: _Text, bound: str) -> str:
    value = round(text.random.uniform(told.least, told.most), told.decimals)
    return _tell_amount(text, told, value, bound)


def _tell_amount(text: _Text, told: _Amount | _Thing, value: float, bound: str) -> str:
    """Tell an amount in the unit that it is written in."""
    power = POWERS.get(told.unit[0], 1.0) if len(told.unit) > 1 else 1.0
    base = told.unit[1:] if power > 1 else told.unit
    quote = f"{_spell(value, told.decimals)}{told.unit}"
    return text.tell(quote, told.name, "level", round(value * power, 4), base, bound=bound)


def _tell_growth(told: _Amount, text: _Text, bound: str) -> str:
    """Tell a growth in per cent: a planned one is none below nothing."""
    growth = told.growth
    if text.status == "target":
        growth = round(text.random.uniform(3, 12), 1)
    return text.tell(f"{abs(growth)}%", told.name, "growth", growth, "%", bound=bound)


def _tell_grew(told: _Amount, text: _Text, bound: str) -> str:
    """Tell a growth with its verb."""
    verb = "下降" if told.growth < 0 and text.status == "actual" else "增长"
    return verb + _tell_growth(told, text, bound)


def _tell_rank(told: _Amount, text: _Text, bound: str) -> str:
    rank = text.random.randint(1, 12)
    return text.tell(f"第{rank}位", told.name, "rank", rank, "位", bound=bound)


def _tell_gap(told: _Amount, text: _Text, bound: str) -> str:
    gap = round(text.random.uniform(0.2, 4), 1)
    return text.tell(f"{gap}个百分点", told.name, "gap", gap, "百分点", bound=bound)


def _tell_yearly(told: _Amount, text: _Text, bound: str) -> str:
    rate = round(text.random.uniform(2, 12), 1)
    return text.tell(f"{rate}%", told.name, "average_growth", rate, "%", bound=bound)


def _tell_done(told: _Thing, text: _Text, bound: str) -> str:
    share = round(text.random.uniform(85, 130), 1)
    return text.tell(f"{share}%", told.name, "completion", share, "%", bound=bound)


def _tell_ratio(told: _Rate, text: _Text, bound: str) -> str:
    return text.tell(f"{told.ratio}%", told.name, "ratio", told.ratio, "%", bound=bound)


def _tell_points(told: _Rate, text: _Text, bound: str) -> str:
    quote = f"{told.points}个百分点"
    return text.tell(quote, told.name, "change", told.points, "百分点", bound=bound)


_TELLERS: dict[str, Callable[[Any, _Text, str], str]] = {
    "count": _tell_count,
    "done": _tell_done,
    "gap": _tell_gap,
    "grew": _tell_grew,
    "growth": _tell_growth,
    "level": _tell_level,
    "points": _tell_points,
    "rank": _tell_rank,
    "ratio": _tell_ratio,
    "yearly": _tell_yearly,
}


def _write_table(
    text: _Text, figures: list[dict[str, list[Any]]], year: int
) -> tuple[tuple[str, ...], ...]:
    """Return a table of amounts with their growth, and note its facts."""
    text.period, text.status = f"{year}-01/{year}-12", "actual"
    rows = [("指标", "单位", f"{year}年", "增长（%）")]
    for known in figures:
        for one in known["amounts"]:
            level = _spell(one.level, one.decimals)
            _tell_amount(text, one, one.level, "")
            text.tell(str(one.growth), one.name, "growth", one.growth, "%")
            rows.append((one.name, one.unit, level, str(one.growth)))
    return tuple(rows)
