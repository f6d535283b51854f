"""Places as they stand in a text, before a document resolves them.

In: clean text. Out: `RegionMention`s in text order: own words (全区), divisions, zones and towns,
each with the role that it plays in its clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.words import form, listed
from dz_analysis.finding.text.segment import segment
from dz_analysis.lexicon import words

LONGEST_ABOVE = 8  # characters of the names of a province and a city before a county
LEAD = 24  # characters that may stand between the beginning of a clause and what opens it
JOINT = (
    16  # characters that may stand between two places of a list, a remark in brackets among them
)
BESIDE = 4  # characters before a place in which a word tells its role
OWN_NAME = 3  # characters of a zone's own name
TOWN_NAME = 4  # characters of a town's own name
QUOTES = "“”》"
_QUOTE = re.compile(f"[{QUOTES}]")
_TITLE = re.compile(r"[^”」』\"“，。；：,;:\d]{0,24}[”」』\"]")  # what a place is called or awarded
_DIGIT = re.compile("[0-9]")
_PIECE = re.compile(f"[{QUOTES}《、（）()]")


class RegionKind(StrEnum):
    """What kind of word names a place."""

    OWN = "own"  # 全区, 我市
    NATION = "nation"
    NAMED = "named"  # a division by its full name
    SHORT = "short"  # by its short one
    ZONE = "zone"  # 高新区
    TOWN = "town"


_NAMED, _SHORT = RegionKind.NAMED, RegionKind.SHORT  # asked of every place
_INSIDE = (RegionKind.NAMED, RegionKind.ZONE, RegionKind.TOWN)
_WHOLE = (RegionKind.OWN, RegionKind.NATION)


class RegionRole(StrEnum):
    """What a place is to its clause."""

    SUBJECT = "subject"  # opens it
    SCOPE = "scope"  # of a comparison
    INNER = "inner"


_SUBJECT, _SCOPE, _INNER = RegionRole.SUBJECT, RegionRole.SCOPE, RegionRole.INNER


class RegionMention(NamedTuple):
    """One place as it stands in the text; `text[start:end]` are its words.

    `level` is the ending of an own word or the kind of a zone. `within` is the place that it is
    told to lie in, directly before it (甘肃省民勤县); `opens` says that it opens its clause, in
    whatever role.
    """

    start: int
    end: int
    text: str
    kind: RegionKind
    level: str = ""
    role: RegionRole = RegionRole.INNER
    opens: bool = False
    within: str = ""

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.text!r} {self.kind} {self.role} at {self.start}>"


@lru_cache(maxsize=4)  # a short text is its own opening: tagging it and reading it ask for both
def find_regions(text: str) -> tuple[RegionMention, ...]:
    """Find the places that a text speaks of, in text order and without overlap.

    Names inside the names of bodies, firms, roads and works are left alone on purpose, and so
    are short names (杭州) but where they stand as a subject or in a list of subjects.

    Examples
    --------
    >>> mentions = find_regions("税收增长8%，居全市第二；开发区完成投资6亿元")
    >>> [(m.text, m.role.value) for m in mentions]
    [('全市', 'scope'), ('开发区', 'subject')]
    """
    found = [
        *(_mention(m, RegionKind.OWN, m["level"]) for m in form("own").finditer(text)),
        *(_mention(m, RegionKind.NATION, m.group()[-1]) for m in form("nation").finditer(text)),
        *_find_named(text),
        *_find_zones(text),
        *_find_towns(text),
    ]
    found.sort(key=_position)
    kept: list[RegionMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(_with_role(mention, kept, text))
    return tuple(kept)


def _position(mention: RegionMention) -> tuple[int, int]:
    return mention.start, -mention.end


def _with_role(mention: RegionMention, kept: list[RegionMention], text: str) -> RegionMention:
    """Return a mention with its role; the place that it lies in is taken off what was kept."""
    last = kept[-1] if kept else None
    if last and _is_within(last, mention):  # 甘肃省民勤县: the smaller place is meant
        kept.pop()
        return _playing(mention, last.role, opens=last.opens, within=last.within + last.text)
    opens = _opens(text, mention.start)
    is_joined = (
        last is not None
        and last.role is _SCOPE
        and (last.end == mention.start or form("joint").fullmatch(text, last.end, mention.start))
    )
    role = _SCOPE if is_joined else _role(mention, text, opens)
    return _playing(mention, role, opens=opens)


def _playing(
    mention: RegionMention, role: RegionRole, *, opens: bool, within: str = ""
) -> RegionMention:
    """Return a mention in its role; `_replace` takes four times as long."""
    start, end, text, kind, level, *_ = mention
    return RegionMention(start, end, text, kind, level, role, opens, within)


def _is_within(last: RegionMention, mention: RegionMention) -> bool:
    """Whether a place stands directly behind the one that it lies in."""
    return last.end == mention.start and last.kind is _NAMED and mention.kind in _INSIDE


def _mention(match: re.Match[str], kind: RegionKind, level: str) -> RegionMention:
    return RegionMention(match.start(), match.end(), match.group(), kind, level)


def _find_named(text: str) -> list[RegionMention]:
    """Find divisions: full names, and short ones that are a subject or stand in a list."""
    found: list[RegionMention] = []
    common, after = words("place_words", "common.names"), listed("short.after")
    reach = 0  # how far the place found last may be joined to the next: 香洲、金湾和斗门三个区
    names = gazetteer.find_names(text)
    for start, end, name in names:
        is_full = gazetteer.is_full_name(name)
        is_told = (
            is_full
            or (start < reach and form("joint").fullmatch(text, found[-1].end, start))
            or (text.startswith(after, end) and _opens(text, start))  # most names are no subject
        )
        is_told = is_told and (name not in common or _leads_list(text, end, names))
        if is_told and not _is_other(text, start, end, name):
            kind = _NAMED if is_full else _SHORT
            found.append(RegionMention(start, end, name, kind))
            reach = end + JOINT
    return found


def _leads_list(text: str, end: int, names: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a place in a list of two follows, of which both are told: 城区和陵川县分别完成."""
    at = bisect_left(names, (end, 0, ""))
    if at == len(names) or not _joins(text, end, names[at][0]):
        return False
    return gazetteer.is_full_name(names[at][2]) and text.startswith(
        listed("own.each"), names[at][1]
    )


def _joins(text: str, end: int, start: int) -> bool:
    """Whether nothing but a sign or a word of a list stands between two places."""
    return start - end < JOINT and form("joint").fullmatch(text, end, start) is not None


def _is_other(text: str, start: int, end: int, name: str) -> bool:
    """Whether a name is a part of a body's name, of another word or of examples."""
    if text.startswith(_bodies(), end):
        return True
    return form("examples").match(text, end) is not None or any(
        text.startswith(word, start - word.index(name)) for word in _holders(name)
    )


@lru_cache(maxsize=1)
def _bodies() -> tuple[str, ...]:
    return listed("body.after", "part.after")


@lru_cache(maxsize=4096)
def _holders(name: str) -> tuple[str, ...]:
    """Return the words that a name may be a part of: 范县 of 示范县."""
    return tuple(word for word in listed("common.holders") if name in word and word != name)


def _find_zones(text: str) -> list[RegionMention]:
    """Find functional zones that open a clause or follow a verb that does."""
    found = []
    for match in gazetteer.zone_form().finditer(text):
        end, kind = match.end(), gazetteer.zone_kinds()[match.group()]
        own = _lead_in(text, match.start())
        if own is None or text.startswith(_bodies(), end):
            continue
        own = own[m.end() :] if (m := form("object").match(own)) else own
        if _is_zone_name(own) if own else kind in gazetteer.bare_zones():
            start = match.start() - len(own)
            found.append(RegionMention(start, end, text[start:end], RegionKind.ZONE, kind))
    return found


def _lead_in(text: str, start: int) -> str | None:
    """Return what stands between the opening of a clause and an offset, None if that is far."""
    low = max(segment(text).clause_start(start), start - LEAD - 1)
    cuts = [cut.end() for cut in _PIECE.finditer(text, low, start)]
    begin = cuts[-1] if cuts else low
    if start - begin > LEAD or (begin and text[begin - 1] in f"{QUOTES}《（("):
        return None
    opened = form("opening").match(text, begin, start)
    end = opened.end() if opened else begin
    names = gazetteer.find_names(text[begin:start]) if end > begin else []
    # 上 of 其中上饶开发区 begins a name, and no 上半年
    held = (begin + first for first, last, _ in names if begin + first < end < begin + last)
    return text[next(held, end) : start]


def _is_zone_name(own: str) -> bool:
    """Whether words before a zone's ending can be its own name: 天衢, 德州, 德州天衢."""
    rest = own
    while (names := gazetteer.find_names(rest)) and names[0][0] == 0:  # 甲省乙市
        rest = rest[names[0][1] :]
        rest = rest.removeprefix(words("place_words", "zone.grade").at_start(rest))
    return len(rest) <= OWN_NAME and not form("not_own").search(rest)


def _find_towns(text: str) -> list[RegionMention]:
    """Find towns and streets that are the subject of a clause."""
    found = []
    for match in form("town").finditer(text):
        own = _lead_in(text, match.start())
        is_name = own and len(own) <= TOWN_NAME and not _DIGIT.search(own)  # 辖9街1镇
        if own and is_name and not own.endswith(listed("town.not_names")):
            start = match.start() - len(own)
            name = text[start : match.end()]
            found.append(RegionMention(start, match.end(), name, RegionKind.TOWN))
    return found


def _opens(text: str, start: int) -> bool:
    """Whether only opening words and the place above stand before it in its clause."""
    low = max(segment(text).clause_start(start), start - LEAD - 1)
    if low == start:
        return not _is_behind_dash(text, low)
    if _QUOTE.search(text, low, start):  # few places stand behind one
        low = max(text.rfind(sign, low, start) for sign in QUOTES) + 1
        if _TITLE.match(text, start):
            return False  # 获评“云溪市十强镇”
    if start - low > LEAD or _is_behind_dash(text, low):
        return False
    opened = form("opening").match(text, low, start)
    rest = text[opened.end() if opened else low : start]
    return not rest or _is_place_above(rest)


def _is_behind_dash(text: str, low: int) -> bool:
    """Whether a clause goes on behind a dash: 甲——乙; a dash at the head of a line opens it."""
    if not text.endswith("—", 0, low):
        return False
    before = segment(text).clause_at(low - 1)
    return bool(text[before.start : before.stop].strip())


def _is_place_above(lead: str) -> bool:
    """Whether words are a short name alone, such as 甘肃 before 民勤县."""
    if len(lead) > LONGEST_ABOVE:
        return False
    names = gazetteer.find_names(lead)
    is_all = bool(names) and names[0][0] == 0 and names[-1][1] == len(lead) and len(names) < 3
    above = ("province", "prefecture")
    return is_all and any(p.level in above for p in gazetteer.places_named(names[0][2]))


def _role(mention: RegionMention, text: str, opens: bool) -> RegionRole:
    """Tell a subject from the scope of a comparison, and both from a place inside a clause."""
    for is_scope in _SCOPES:
        if is_scope(mention, text):
            return _SCOPE
    return _SUBJECT if opens else _INNER


def _is_compared(mention: RegionMention, text: str) -> bool:
    """Whether a word beside it makes it what is compared with: 居全市第二."""
    before = text[max(0, mention.start - BESIDE) : mention.start]
    is_after = before.endswith(listed("compared.before")) and not form("item_is").search(before)
    return is_after or text.startswith(listed("compared.after"), mention.end)


def _is_field(mention: RegionMention, text: str) -> bool:
    """Whether it is a field in which something ranks: 在全省, 全省100个县中."""
    if mention.kind not in _WHOLE:
        return False
    is_in = text.endswith(listed("own.field"), 0, mention.start)
    return is_in or form("among").match(text, mention.end) is not None


def _is_honour(mention: RegionMention, text: str) -> bool:
    """Whether a quoted honour of the country follows: 全国“三八”红旗手."""
    is_nation = mention.kind is RegionKind.NATION
    return is_nation and text.startswith(listed("nation.honour"), mention.end)


_SCOPES: tuple[Callable[[RegionMention, str], bool], ...] = (_is_compared, _is_field, _is_honour)
