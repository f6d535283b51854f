"""Read the examples of the lexicon, with its rows or without some of them.

The notation of an example is told in `dz_analysis/lexicon/README.md`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import audit_examples

from dz_analysis import lexicon

ARROW, NOTHING, UNNAMED = " → ", "∅", "_"
CONTEXT = {
    "title": "云溪县2019年政府工作报告",
    "published": "2020-01-15",
    "genre": "work_report",
    "region": "云溪县",
    "period_start": "2019-01",
    "period_end": "2019-12",
}
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


def holds(example: Example, text: str = "") -> bool:
    """Whether the word of an example stands in its text or reading, or in another text."""
    text = text or f"{example.text}{ARROW}{example.reading}"
    if not example.is_pattern:
        return example.word in text
    return bool(re.search(example.word, _lines(text), re.MULTILINE))


def read(example: Example) -> str:
    """Return how the text of an example is read, in the notation of examples."""
    reader = READERS.get((example.source, example.role)) or READERS.get((example.source, ""))
    return (reader or read_observations)(example.text, example.reading)


def read_observations(text: str, like: str = "") -> str:
    """Write what is observed in a text; period, place and modifier only where `like` tells them."""
    finding = import_module("dz_analysis.finding")  # as it is loaded now: see `without`
    model = import_module("dz_analysis.finding.model")
    rows = finding.find_observations(_lines(text), context=model.Context(**CONTEXT))
    for row in rows:
        row.indicator_id  # noqa: B018  looked up when it is asked for
    return "; ".join(write(row, like) for row in rows) or NOTHING


def write(row: Any, like: str = "") -> str:
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


def read_places(text: str, like: str = "") -> str:
    """Write what is observed with its places; the document's own stands before a ` ⏎ `.

    The places above it stand before it, parted by blanks: 山东省 德州市 云溪县 ⏎ 全市税收8亿元.
    """
    finding = import_module("dz_analysis.finding")
    model = import_module("dz_analysis.finding.model")
    places, _, body = text.rpartition(BREAK)
    *above, region = places.split() or (CONTEXT["region"],)
    province, city = [*above, "", ""][:2]
    context = model.Context(**CONTEXT | {"region": region, "province": province, "city": city})
    rows = finding.find_observations(body, context=context)
    return "; ".join(write(row, like) for row in rows) or NOTHING


def read_names(text: str, like: str = "") -> str:
    """Write the names of the numbers of a text in which no place is known."""
    reject = import_module("dz_analysis.finding.number.reject")
    names = import_module("dz_analysis.finding.name.indicators")
    found = names.read_indicators(text, reject.find_quantities(text))
    return "; ".join(item.name or UNNAMED for item in found) or NOTHING


def read_definition(text: str, like: str = "") -> str:
    """Write the term that a glossary explains, and its definition behind ` = `."""
    glossary = import_module("dz_analysis.counting.glossary")
    page = import_module("dz_analysis.reading.page")
    lines = [page.Paragraph(1, 0, len(text), stance="glossary")]
    found = glossary.find_definitions(text, lines)
    return "; ".join(f"{d.term} = {text[d.start : d.end]}" for d in found) or NOTHING


def read_tokens(text: str, like: str = "") -> str:
    """Write the words of a text, a time with its tag."""
    segment = import_module("dz_analysis.counting.segment")
    tokens = segment.segment(text)
    return " ".join(f"{t.text}/t" if t.pos == "t" else t.text for t in tokens)


def read_tier(text: str, like: str = "") -> str:
    """Write the level of a place by its name alone."""
    return str(import_module("dz_analysis.comparing.facts").name_tier(text, ""))


def read_table(text: str, like: str = "") -> str:
    """Read a table, its lines parted by ⏎ and its cells by |."""
    return read_observations(text.replace("|", "\t"), like)


def read_document(text: str, like: str = "", *, publisher: str = "") -> str:
    """Write genre, place, period and date of a document: its title, ⏎, and its text."""
    tags = import_module("dz_analysis.finding.document.tags")
    title, _, body = _lines(text).partition("\n")
    found = tags.tag_document(body, title=title, publisher=publisher)
    period = f"{found.period_start}/{found.period_end}" if found.period_start else ""
    place = f"@{found.region}" if found.region else ""
    published = f"published={found.published}" if found.published else ""
    return " ".join(filter(None, (found.genre, place, period, published))) or NOTHING


def read_published(text: str, like: str = "") -> str:
    """Read a document as `read_document` does, with its publisher on a line before the title."""
    publisher, _, document = text.partition(BREAK)
    return read_document(document, like, publisher=publisher)


def read_above(text: str, like: str = "") -> str:
    """Write the place of a document after the ones above it: its title, ⏎, and its text."""
    tags = import_module("dz_analysis.finding.document.tags")
    title, _, body = _lines(text).partition("\n")
    found = tags.tag_document(body, title=title)
    return " ".join(filter(None, (found.province, found.city, found.region))) or NOTHING


def read_stances(text: str, like: str = "") -> str:
    """Write what each line of a text does: report, plan, or explain words."""
    structure = import_module("dz_analysis.reading.structure")
    return " ".join(part.stance for part in structure.split_paragraphs(_lines(text)))


def read_joined(text: str, like: str = "") -> str:
    """Write a text with its broken lines joined."""
    wrapped = import_module("dz_analysis.reading.wrapped")
    return wrapped.join_lines(_lines(text)).text.replace("\n", BREAK)


def read_coinages(text: str, like: str = "") -> str:
    """Write the names that a text makes up, and what they sum up."""
    discovery = import_module("dz_analysis.counting.discovery")
    found = discovery.find_coinages(_lines(text))
    told = (f"{c.text} = {'、'.join(c.parts)}" if c.parts else c.text for c in found)
    return "; ".join(told) or NOTHING


def read_series(text: str, like: str = "") -> str:
    """Write the parallel series of a text, the members of each joined by 、."""
    glossary = import_module("dz_analysis.counting.glossary")
    return "; ".join("、".join(s.members) for s in glossary.find_series(text)) or NOTHING


def read_masthead(text: str, like: str = "") -> str:
    """Write title and publisher of a page, its date where `like` tells it."""
    page = import_module("dz_analysis.reading.read").read_page(_lines(text).encode())
    facts = [f"title={page.title}", f"publisher={page.publisher}"]
    facts += [f"published={page.published}"] if "published=" in like else []
    return " ".join(fact for fact in facts if not fact.endswith("=")) or NOTHING


def read_furniture(text: str, like: str = "") -> str:
    """Write what a line at the edge of a page is, or what each line of a page is."""
    if BREAK in text:
        article = import_module("dz_analysis.reading.article")
        page = article.find_article(_lines(text))
        kinds = {piece.start: piece.kind for piece in page.pieces}
        return " ".join(kinds.get(line.start, "text") for line in article.read_lines(_lines(text)))
    fields = import_module("dz_analysis.reading.fields")
    return fields.field_kind(text) or fields.item_kind(text) or NOTHING


def read_html(text: str, like: str = "") -> str:
    """Write what each line of an html page is, and what the page says of itself."""
    page = import_module("dz_analysis.reading.html_page").read_html(text)
    kinds = {mark.start: mark.kind for mark in page.marks}
    starts = [match.start() for match in re.finditer("(?m)^", page.text)]
    fields = ("title", "publisher", "published", "site")
    facts = [f"{name}={page.stated(name)}" for name in fields]
    told = [fact for fact in facts if not fact.endswith("=")]
    return " ".join([*(kinds.get(start, "text") for start in starts), *told])


def _lines(text: str) -> str:
    return text.replace(BREAK, "\n").replace("⏎", "\n")


BREAK = " ⏎ "


def read_column(text: str, like: str = "") -> str:
    """Write our name of a column of a manifest."""
    return str(import_module("dz_analysis.manifest").spell_column(text))


def read_genre(text: str, like: str = "") -> str:
    """Write our name of a genre in a manifest."""
    return str(import_module("dz_analysis.manifest").spell_genre(text))


READERS: Mapping[tuple[str, str], Callable[[str, str], str]] = {
    **audit_examples.READERS,
    ("coinages", ""): read_coinages,
    ("coinages", "explains"): read_definition,
    ("coinages", "series"): read_series,
    ("coinages", "times"): read_tokens,
    ("genres", ""): read_document,
    ("genres", "named.introduced"): read_places,
    ("genres", "named.lies"): read_above,
    ("genres", "publisher.offices"): read_published,
    ("grids", ""): read_table,
    ("line_breaks", ""): read_joined,
    ("manifest", "column"): read_column,
    ("manifest", "genre"): read_genre,
    ("markup", ""): read_html,
    ("masthead", ""): read_furniture,
    **{
        ("masthead", role): read_masthead
        for role in (
            "offices.posts",
            "publishers.labels",
            "released.acts",
            "released.when",
            "titles.tails",
            "publishers.endings",
            "publishers.made",
            "publishers.printed",
            "publishers.releasing",
            "publishers.nobody",
            "publishers.patterns",
            "titles.addresses",
            "titles.endings",
            "titles.frames",
            "titles.goes_on",
            "titles.leads_on",
            "titles.labels",
            "sites.levels",
            "sites.bodies",
            "sites.portals",
            "weekdays",
        )
    },
    ("name_words", "scopes"): read_names,
    ("place_words", ""): read_places,
    ("place_words", "tier.city"): read_tier,
    ("place_words", "tier.province"): read_tier,
    **{
        ("place_words", role): read_document
        for role in (
            "congress.before",
            "congress.body",
            "congress.ordinal",
            "level.town",
            "listed.titled",
            "nation.national",
            "nation.own",
            "nation.reporter",
            "nation.titled",
            "short.called",
            "unlisted.ends",
            "unlisted.not_after",
            "unlisted.not_before",
            "unlisted.offices",
            "unlisted.own",
            "zone.own_name",
            "zone.plain",
            "zone.with_city",
        )
    },
    ("sections", ""): read_stances,
}


@contextmanager
def without(gone: Collection[Key]) -> Iterator[None]:
    """Take rows out of the lexicon while the block runs.

    The modules that read it are loaded anew and put back afterwards, because many of them keep
    what they have read: in caches, and in patterns that are made when they are loaded.
    """
    real, kept = lexicon._checked, {n: m for n, m in sys.modules.items() if _reads_lists(n)}

    def read_rest(file: Path) -> list[dict[str, str]]:
        rows = real(file)
        if not rows or "role" not in rows[0]:
            return rows
        return [r for r in rows if (file.stem, r["role"], lexicon._word_of(r)) not in gone]

    lexicon._checked = read_rest
    _forget(kept)
    try:
        yield
    finally:
        lexicon._checked = real
        _forget(n for n in list(sys.modules) if _reads_lists(n))
        sys.modules.update(kept)


def _reads_lists(name: str) -> bool:
    return name.startswith("dz_analysis.") and name.split(".")[1] in ROOMS


def _forget(modules: Iterable[str]) -> None:
    for name in list(modules):
        del sys.modules[name]
    for value in vars(lexicon).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


ROOMS = ("reading", "finding", "counting", "bases", "auditing", "comparing", "scoring")
