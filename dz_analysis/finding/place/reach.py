"""How far a place governs: by what it is to its clause and what stands round it.

In: a `RegionMention` where it stands. Out: cues for the engine of scopes, whose rows are those of
lexicon/region_scopes.csv; the first standing that a place has decides. A row without a reach says
that such a place governs nothing; `but_not` names numbers that it does not govern: a rank is not
told of the field that it is a rank in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from dz_analysis.finding.place.mentions import RegionKind, RegionMention, RegionRole
from dz_analysis.finding.place.words import form, listed
from dz_analysis.finding.scope.engine import Cue, Direction, Reach
from dz_analysis.finding.text.segment import segment
from dz_analysis.lexicon import load_lexicon

LIST = "region_scopes"
_NAMED, _SUBJECT = RegionKind.NAMED, RegionRole.SUBJECT  # asked of every place
COUNT, RANK = "count", "rank"  # categories of cues: what may govern a rank, and all else


class Scope(NamedTuple):
    """One row: how far places of a standing govern, and which numbers they do not."""

    standing: str
    direction: Direction
    reach: Reach | None
    but_not: str


@cache
def load_scopes() -> tuple[Scope, ...]:
    """Read the rows, in the order in which they are asked."""
    return tuple(
        Scope(
            row["standing"],
            Direction(row["direction"] or Direction.FORWARD),
            Reach(row["reach"]) if row["reach"] else None,
            row["but_not"],
        )
        for row in load_lexicon(LIST)
    )


class Named(NamedTuple):
    """A place where it stands.

    `is_own` says that its paragraph is about it, `is_above` that it is the city or the province
    above the document's own place, `is_silent` that its clause tells of it without a number.
    """

    mention: RegionMention
    text: str
    is_own: bool
    is_above: bool
    is_silent: bool = False


def standing_of(named: Named) -> Scope:
    """Return the row of the first standing that a place has.

    Examples
    --------
    >>> from dz_analysis.finding.place.mentions import find_regions
    >>> text = "税收增长8%，居全市第二"
    >>> standing_of(Named(find_regions(text)[0], text, False, True)).standing
    'other'
    """
    return next(scope for scope in load_scopes() if _STANDINGS[scope.standing](named))


def make_cues(named: Named) -> Iterator[Cue[RegionMention]]:
    """Yield what a place governs as cues: one for ranks, one for all other numbers."""
    scope, mention = standing_of(named), named.mention
    if scope.reach is None:
        return
    for category in (COUNT, RANK):
        if category != scope.but_not:
            yield Cue(mention.start, mention.end, category, mention, scope.direction, scope.reach)


def is_away(text: str, mention: RegionMention) -> bool:
    """Tell whether something is only measured to a place: 距省会150公里，云溪市80公里."""
    is_full = mention.kind is _NAMED
    return is_full and form("distance").match(text, mention.end) is not None


def is_award(named: Named) -> bool:
    """Tell whether a place above the document's own only says of what rank things are."""
    mention = named.mention
    is_title = named.is_above and mention.kind is _NAMED
    return is_title and form("award").match(named.text, mention.end) is not None


def _is_distance(named: Named) -> bool:
    return is_away(named.text, named.mention)


def _is_own(named: Named) -> bool:
    """Whether the paragraph's own place opens the clause: 我县率先退出 is never only a scope."""
    return named.mention.opens and named.is_own


def _is_neighbour(named: Named) -> bool:
    """Whether it only lies beside what is told of: 与甲县的河湾镇，乙县的柳溪镇接壤."""
    is_full = named.mention.kind is RegionKind.NAMED
    return is_full and form("neighbour").match(named.text, named.mention.end) is not None


def _is_subject(named: Named) -> bool:
    return named.mention.role is _SUBJECT


def _is_bracketed(named: Named) -> bool:
    """Whether it is the subject of what a bracket says: （全市9.4%）."""
    if not _is_subject(named):
        return False
    return segment(named.text).bracket_at(named.mention.start) is not None


def _is_field(named: Named) -> bool:
    """Whether a subject may be the field of a rank: 在全省100个县中列第34位."""
    if not _is_subject(named):
        return False
    mention, text = named.mention, named.text
    is_in = text.endswith(listed("own.field"), 0, mention.start)
    return is_in or form("number of rivals").match(text, mention.end) is not None


def _is_passing(named: Named) -> bool:
    """Whether a clause only says what befell it: 吉水县获批试点，新增企业8家."""
    is_place = named.mention.kind in (_NAMED, RegionKind.SHORT, RegionKind.ZONE)
    return _is_subject(named) and is_place and named.is_silent


def _is_inside(named: Named) -> bool:
    """Whether it says where, inside a clause: 完成开发区管网12公里, 带动全县1.2万人."""
    is_place = named.mention.kind in (RegionKind.OWN, RegionKind.ZONE)
    return named.mention.role is RegionRole.INNER and is_place


def _is_anywhere(_: Named) -> bool:
    return True


_STANDINGS: Mapping[str, Callable[[Named], bool]] = {
    "award": is_award,
    "distance": _is_distance,
    "own": _is_own,
    "neighbour": _is_neighbour,
    "bracket": _is_bracketed,
    "field": _is_field,
    "passing": _is_passing,
    "subject": _is_subject,
    "inside": _is_inside,
    "other": _is_anywhere,
}
