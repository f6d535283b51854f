"""The genre of a document, as its title, its opening and its sections show it.

In: clean text and its title. Out: the genre with what it was read from. `GENRE_EVIDENCE` is the
list of what tells it, the surest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from dz_analysis.finding.document.place import OPENING, READ, TITLE, opens_with_place
from dz_analysis.lexicon import load_settings, one_of, roles, values, words
from dz_analysis.reading.provenance import Kind, Provenance

PRESS, GAZETTEER, BULLETIN, OVERVIEW = "press", "gazetteer", "bulletin", "overview"
CHRONICLED = 3  # different years that open sentences of a gazetteer, at least
SECTIONS = 3  # headings of a bulletin by which it is known, at least
TEN = "十"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What genres are known by inside a text; composed once, asked of every document."""

    chapter: re.Pattern[str]
    chronicled: re.Pattern[str]
    place: re.Pattern[str]
    numbered: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    digits = one_of(values("numerals", "digit"))
    return _Patterns(
        chapter=re.compile(
            rf"[\u4e00-\u9fff](?:{digits}|{TEN}|\d){{1,3}}{words('genres', 'chapter').pattern}"
        ),
        chronicled=re.compile(r"(?m)(?:^|[。；]).{0,2}?((?:1[89]|20)\d{2})[年~～—–-]"),
        place=re.compile(
            rf"(?P<own>[\u4e00-\u9fff]{{1,12}}){words('place_words', 'unlisted.ends').pattern}"
            r"(?:[（(][^（）()\d]{2,16}[）)])?"
        ),
        numbered=re.compile(rf"(?m)^(?:{digits}|{TEN}){{1,3}}、([^\n。；]{{2,24}})$"),
    )


def genres() -> tuple[str, ...]:
    """Return the genres, in the order in which a title is asked for them."""
    return tuple(load_settings("genres")["order"])


@cache
def cues_of(genre: str, where: str) -> tuple[str, ...]:
    """Return what a genre is known by in its `title` or in its `text`, the longest first."""
    role = f"genre.{genre}.{where}"
    return tuple(words("genres", role)) if role in roles("genres") else ()


def find_genre(text: str, *, title: str) -> Provenance | None:
    """Return the genre that title and opening show, None if none.

    Examples
    --------
    >>> found = find_genre("", title="云溪县2016年国民经济和社会发展统计公报")
    >>> found.value, str(found.kind), found.quote
    ('bulletin', 'title', '经济和社会发展统计')
    """
    page = _Headed(text, title)
    return next(filter(None, (read(page) for read in GENRE_EVIDENCE)), None)


@dataclass(frozen=True)
class _Headed:
    """A document as its genre is read from it."""

    text: str
    title: str

    @property
    def opening(self) -> str:
        """The characters in which it says what it is."""
        return self.text[:OPENING]

    @cached_property
    def head(self) -> str:
        """Its title, with the short lines that it opens with."""
        lines = (line for line in self.opening[:TITLE].split("\n") if len(line) <= TITLE // 2)
        return "\n".join([self.title, *lines])


def _cued(name: str, cues: Iterable[str], where: str, kind: Kind) -> Provenance | None:
    cue = next((cue for cue in cues if cue in where), "")
    return Provenance.of("genre", name, kind, cue) if cue else None


def _genre_about(page: _Headed) -> Provenance | None:
    """Read a piece of the press about a document: 预算报告解读."""
    return _cued(PRESS, words("genres", "genre_about.press"), page.title, Kind.TITLE)


def _genre_of_title(page: _Headed) -> Provenance | None:
    names = [name for name in genres() if name != PRESS]
    found = (_cued(name, cues_of(name, "title"), page.head, Kind.TITLE) for name in names)
    return next(filter(None, found), None)


def _genre_of_chapter(page: _Headed) -> Provenance | None:
    """Read a section of a local gazetteer: its sentences tell year after year."""
    chapter = _patterns().chapter.match(page.title)
    years = set(_patterns().chronicled.findall(page.text[:READ])) if chapter else ()
    is_history = chapter and len(years) >= CHRONICLED
    return Provenance.of("genre", GAZETTEER, Kind.BODY, page.title) if is_history else None


def _genre_of_opening(page: _Headed) -> Provenance | None:
    names = genres()
    found = (_cued(name, cues_of(name, "text"), page.opening, Kind.OPENING) for name in names)
    return next(filter(None, found), None)


def _genre_of_sections(page: _Headed) -> Provenance | None:
    """Read a bulletin whose title is lost by the numbered headings that all bulletins have."""
    subjects = words("genres", "sections.bulletin")
    numbered = _patterns().numbered.findall(page.text[:READ])
    known = [line for line in numbered if subjects.first_in(line)]
    is_bulletin = len(known) >= SECTIONS and 2 * len(known) > len(numbered)
    return Provenance.of("genre", BULLETIN, Kind.BODY, known[0]) if is_bulletin else None


def _genre_of_press_title(page: _Headed) -> Provenance | None:
    return _cued(PRESS, cues_of(PRESS, "title"), page.head, Kind.TITLE)


def _genre_of_place(page: _Headed) -> Provenance | None:
    """Read the overview of a place that the text begins with: 柳溪乡辖6个行政村."""
    place = opens_with_place(page.text, words("genres", "opens.overview"))
    return Provenance.of("genre", OVERVIEW, Kind.OPENING, place) if place else None


def _genre_of_name(page: _Headed) -> Provenance | None:
    """Read the overview of a place whose title is its name alone: 柳溪乡（青禾县）."""
    place = _patterns().place.fullmatch(page.title)
    if not place or words("place_words", "town.not_names").at_end(place["own"]):  # 走遍乡镇
        return None
    return Provenance.of("genre", OVERVIEW, Kind.TITLE, page.title)


# What tells the genre of a document, the surest first.
GENRE_EVIDENCE: tuple[Callable[[_Headed], Provenance | None], ...] = (
    _genre_about,
    _genre_of_title,
    _genre_of_chapter,
    _genre_of_opening,
    _genre_of_sections,
    _genre_of_press_title,
    _genre_of_place,
    _genre_of_name,
)
