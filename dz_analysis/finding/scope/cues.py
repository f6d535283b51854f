"""Cues of `lexicon/scope_cues.csv`: rows of data, and where they stand in a text.

In: the marked words of a text. Out: a `Cue` for each, with its row as its value. A row says

- `word` and `role`: the phrase, and the category that it governs by;
- `direction` and `reach`: where what it governs stands, and how far (see `engine`);
- `passes`: the roles of words that may stand between it and a comma or colon: 预计上半年， then
  governs the clause behind, and so does 奋斗目标为：;
- `ended_by`: roles whose next cue ends it, `blocked_by`: roles that take it away where they govern
  it (完成年初目标 announces nothing), `pseudo`: longer words that only look like it (将近);
- `value`: what the room that asks makes of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.model import new
from dz_analysis.finding.scope.engine import COLONS, Cue, Direction, Reach, Scopes
from dz_analysis.finding.text.lexer import Marks, load_vocabulary, mark_words
from dz_analysis.finding.text.segment import Segments, segment
from dz_analysis.lexicon import load_lexicon, words

LIST = "scope_cues"
LEAD = 24  # characters of place, time and grounds before the head of a clause
_FAR = (Reach.PARAGRAPH, Reach.SECTION)  # reaches beyond a sentence
_LISTS = (Reach.HEAD, Reach.LIST)  # reaches over a list
_NUMBER = re.compile(r"\d")


class ScopeRule(NamedTuple):
    """One row of the list."""

    word: str
    role: str
    direction: Direction
    reach: Reach
    passes: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    pseudo: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    value: str = ""

    def is_pseudo(self, text: str, start: int) -> bool:
        """Whether a longer word only looks like this one where it stands.

        Examples
        --------
        >>> rule = ScopeRule("将", "will", Direction.FORWARD, Reach.CLAUSE, pseudo=("将近",))
        >>> rule.is_pseudo("税收将近8亿元", 2), rule.is_pseudo("税收将达8亿元", 2)
        (True, False)
        """
        return bool(self.pseudo) and any(
            at <= start and text.startswith(longer, start - at)
            for longer in self.pseudo
            for at in [longer.index(self.word)]
        )


@cache
def load_scope_rules() -> Mapping[str, Mapping[str, ScopeRule]]:
    """Read the rows that have a reach: role -> word -> rule."""
    found: dict[str, dict[str, ScopeRule]] = {}
    for row in load_lexicon(LIST):
        if row["reach"]:
            rule = ScopeRule(
                row["word"],
                row["role"],
                Direction(row["direction"]),
                Reach(row["reach"]),
                _split(row["passes"]),
                _split(row["ended_by"]),
                _split(row["pseudo"]),
                _split(row["blocked_by"]),
                row["value"],
            )
            found.setdefault(rule.role, {})[rule.word] = rule
    return MappingProxyType(found)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def find_cues(
    marks: Marks,
    role: str,
    start: int = 0,
    end: int | None = None,
    *,
    edges: Sequence[int] = (),
) -> Iterator[Cue[ScopeRule]]:
    """Yield the cues of a role in text order, without those that only look like one.

    From `start` to `end`, where neither cuts a word; in the whole text when left out. `edges` are
    where the sentences begin and end that what reaches no further is looked for in; all when left
    out.

    Examples
    --------
    >>> marks = mark_words("预计上半年，税收将近8亿元，力争增长5%")
    >>> [cue.start for cue in find_cues(marks, "estimate")]
    [0]
    >>> list(find_cues(marks, "will"))
    []
    """
    rules, text = load_scope_rules()[role], marks.text
    for at, stop, word in marks.of(LIST, role).longest(start, len(text) if end is None else end):
        rule = rules[word]
        if edges and not bisect_right(edges, at) % 2 and rule.reach not in _FAR:
            continue
        if rule.pseudo and rule.is_pseudo(text, at):
            continue
        passed = _passes(rule.passes).match(text, stop) if rule.passes else None
        stop = passed.end() if passed else stop
        yield new(Cue, (at, stop, role, rule, rule.direction, rule.reach, rule.ended_by, -1, 0))


def says(role: str, words_: str) -> bool:
    """Whether a cue of a role stands in some words.

    Examples
    --------
    >>> says("stance.title", "2019年工作安排"), says("stance.title", "2019年税收")
    (True, False)
    """
    return next(find_cues(load_vocabulary().mark(words_), role), None) is not None


@cache
def _passes(roles: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of what may stand between a cue and the comma that it governs across."""
    passed = "|".join(words(LIST, role).pattern for role in roles)
    return re.compile(rf"(?:{passed}|\d){{1,12}}[，,：:]|[：:]")


def lay_scopes(
    text: str,
    roles: Sequence[str],
    *,
    numbers: Sequence[int] = (),
    sections: Sequence[int] = (),
    accept: Callable[[Cue[ScopeRule]], bool] | None = None,
) -> Scopes[ScopeRule]:
    """Lay the cues of some roles over a text, as far as each reaches.

    Parameters
    ----------
    text : str
        Clean text.
    roles : sequence of str
        Of `lexicon/scope_cues.csv`.
    numbers, sections : sequence of int, optional
        Where its numbers and its sections begin, in text order. With numbers, only what governs
        in their sentences is laid.
    accept : callable, optional
        Whether a cue is one; for what no list of words can tell.

    Examples
    --------
    >>> scopes = lay_scopes("超额完成年初预期目标，税收8亿元，增长5%", ["governing"])
    >>> scopes.governing("governing", 12) is None
    True
    """
    marks, segments = mark_words(text), segment(text)
    edges = segments.edges_round(numbers) if numbers else ()
    cues = [cue for role in roles for cue in find_cues(marks, role, edges=edges)]
    cues += _find_enders(marks, cues, roles)
    blocks = Scopes(segments, _find_blocks(marks, cues))
    found = [
        _set_reach(cue, segments)
        for cue in cues
        if not (cue.value.blocked_by and _is_blocked(cue, blocks))
    ]
    return Scopes(segments, filter(accept, found), numbers=numbers, sections=sections)


def _set_reach(cue: Cue[ScopeRule], segments: Segments) -> Cue[ScopeRule]:
    """Give a cue the reach that it has where it stands."""
    if cue.reach in _LISTS and _opens_list(cue, segments):
        return cue._replace(reach=Reach.SENTENCE, ended_by=())
    if _opens_clause(cue, segments):
        return cue._replace(reach=Reach.LIST)
    return _go_on(cue, segments)


def _opens_list(cue: Cue[ScopeRule], segments: Segments) -> bool:
    """Whether a colon follows a cue before any number: all of the list behind it is meant.

    预计：税收8亿元；完成投资9亿元, but not 预计税收8亿元，其中：….
    """
    if segments.text.startswith(COLONS, cue.end - 1):
        return True
    stop = segments.clause_stop(cue.end)
    between = segments.text[cue.end : min(stop, cue.end + LEAD)]
    is_colon = segments.text.startswith(COLONS, cue.end + len(between))
    return is_colon and not _NUMBER.search(between)


def _opens_clause(cue: Cue[ScopeRule], segments: Segments) -> bool:
    """Whether only place, time or grounds stand before a cue that looks for the head of its clause.

    新区全年预计税收8亿元，支出9亿元: the list is expected, as where 预计 stands first.
    """
    if cue.reach is not Reach.HEAD:
        return False
    before = segments.text[segments.clause_start(cue.start) : cue.start]
    return 0 < len(before) <= LEAD and _opening().fullmatch(before) is not None


def _go_on(cue: Cue[ScopeRule], segments: Segments) -> Cue[ScopeRule]:
    """Let what governs its sentence go on to the ones that name the parts of it: …。其中，….

    预期目标是：税收增长5%。其中，工商税增长6%: both are aimed at.
    """
    if cue.reach is not Reach.SENTENCE or cue.direction is not Direction.FORWARD:
        return cue
    end = first = segments.sentence_at(cue.end).end
    parts = words("name_words", "opens_parts")
    while end < len(segments.text) and parts.at_start(segments.text, end):
        end = segments.sentence_at(end).end
    return cue if end == first else cue._replace(reach=Reach.PARAGRAPH, until=end)


@cache
def _opening() -> re.Pattern[str]:
    """Return the pattern of what may stand before the head of a clause."""
    grounds, told, places = (
        words(LIST, f"head.{one}").pattern for one in ("by", "words", "places")
    )
    return re.compile(rf"(?:{grounds}\D{{2,16}})?(?:{told}|\d|\w{{1,6}}{places})*")


def _find_enders(
    marks: Marks, cues: Sequence[Cue[ScopeRule]], roles: Sequence[str]
) -> Iterator[Cue[ScopeRule]]:
    """Yield what may end a cue, where no role asks for it: most ends no cue that there is."""
    for ender in sorted({ender for cue in cues for ender in cue.ended_by} - {*roles}):
        ended = [cue for cue in cues if ender in cue.ended_by]
        if any(cue.reach in _FAR for cue in ended):
            yield from find_cues(marks, ender)
        else:
            yield from _find_in_sentences(marks, ender, [cue.end for cue in ended])


def _find_blocks(marks: Marks, cues: Sequence[Cue[ScopeRule]]) -> Iterator[Cue[ScopeRule]]:
    """Yield what may take a cue away: it governs no further than its sentence."""
    blocked = [cue for cue in cues if cue.value.blocked_by]
    starts = [cue.start for cue in blocked]
    for gate in sorted({gate for cue in blocked for gate in cue.value.blocked_by}):
        yield from _find_in_sentences(marks, gate, starts)


def _find_in_sentences(marks: Marks, role: str, offsets: Iterable[int]) -> Iterator[Cue[ScopeRule]]:
    """Yield the cues of a role in the sentences that some offsets stand in."""
    for sentence in sorted(set(map(segment(marks.text).sentence_at, offsets))):
        yield from find_cues(marks, role, sentence.start, sentence.end)


def _is_blocked(cue: Cue[ScopeRule], blocks: Scopes[ScopeRule]) -> bool:
    """Whether a cue of a role that takes it away governs a cue."""
    return any(blocks.governing(gate, cue.start) for gate in cue.value.blocked_by)
