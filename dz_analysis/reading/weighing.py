"""Slots weighed: which of the texts that a run's bytes allow the words around it want.

In: a `Run` with the words before and behind it. Out: its slots with the options that are worth a
thought, the likeliest first, each with its probability. Lost pairs are looked for in every gap at
once, however many there are: each gap is judged beside what its neighbours hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import NamedTuple

from dz_analysis.lexicon import load_settings
from dz_analysis.reading.cells import Cell, Filling
from dz_analysis.reading.context import (
    TEMPER,
    PageModel,
    Place,
    dictionary,
    is_possible,
    pairs_by_first,
    pairs_by_second,
    unknown_share,
)
from dz_analysis.reading.inverse import Gap, Option, Run, Slot, fillings

_OPTIONS = 24  # of a slot that are judged by all the words around
_FIRSTS, _SECONDS, _PAIRS = 6, 8, 12  # of a gap
_HOPELESS = 12.0  # an option is not thought of if it reads that much worse, as a log probability
_HOPELESS_PAIR = 8.0  # nor is a pair
_WIDTH = 24  # readings of a run that are followed at once
_RIVALS = 8  # of those that are compared by all the words around
_IMPOSSIBLE = 30.0  # how much less likely a text is that grammar excludes
_ROUNDS = 3  # the best reading is varied this often at most

_Choice = tuple[int, ...]  # the number of each slot's option


@dataclass(frozen=True, slots=True)
class Weighed:
    """One slot: its options and their probabilities, the likeliest first."""

    options: tuple[Option, ...]
    shares: tuple[float, ...]

    def share_of(self, at: int) -> float:
        """Return how probable the character at an offset of the best option is."""
        best = self.options[0].plain
        return sum(
            share
            for option, share in zip(self.options, self.shares, strict=True)
            if len(option.plain) == len(best) and option.plain[at] == best[at]
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a run, simplified, and what its page knows."""

    left: str
    right: str
    page: PageModel
    listed: Mapping[str, str]


def weigh(run: Run, setting: Setting) -> tuple[Weighed, ...]:
    """Weigh the options of every slot of a run.

    Compared are the readings that pairs of characters favour and all that differ from the best
    of them in one slot; the probabilities are those among the readings compared.
    """
    spread = _spread(run.slots, setting)
    paths = _likeliest(spread, setting)
    values: dict[_Choice, float] = {}
    chosen = paths[0]
    for number in range(_ROUNDS):
        values.update(_varied(chosen, spread, setting))
        if number == 0:
            values.update(_rivals(chosen, paths, spread, setting))
        best = max(values, key=lambda choice: (values[choice], choice))
        if best == chosen:
            break
        chosen = best
    top = values[chosen]
    weights = {choice: math.exp(value - top) for choice, value in values.items()}
    return tuple(_weighed(number, options, weights) for number, options in enumerate(spread))


def _weighed(number: int, options: Sequence[Option], weights: Mapping[_Choice, float]) -> Weighed:
    shares = [0.0] * len(options)
    for choice, weight in weights.items():
        shares[choice[number]] += weight
    total = sum(shares)
    order = sorted(range(len(options)), key=lambda at: (-shares[at], options[at]))
    return Weighed(tuple(options[at] for at in order), tuple(shares[at] / total for at in order))


def _varied(
    chosen: _Choice, spread: Sequence[Sequence[Option]], setting: Setting
) -> dict[_Choice, float]:
    """Return the log probabilities of all readings that differ from one in one slot."""
    texts = [options[at].plain for options, at in zip(spread, chosen, strict=True)]
    whole = Place(setting.left, setting.right, page=setting.page).score("".join(texts))
    fits = is_possible(setting.left, "".join(texts), setting.right)
    found = {chosen: (whole if fits else whole - _IMPOSSIBLE) / TEMPER}
    for number, options in enumerate(spread):
        if len(options) == 1:
            continue
        left = setting.left + "".join(texts[:number])
        right = "".join(texts[number + 1 :]) + setting.right
        place = Place(left, right, page=setting.page)
        own = place.score(texts[number])
        marked = _has_mark(texts[number])
        for at, option in enumerate(options):
            if at == chosen[number]:
                continue
            value = whole + place.score(option.plain) - own
            text = option.plain
            if not (is_possible(left, text, right) if marked or _has_mark(text) else fits):
                value -= _IMPOSSIBLE
            found[*chosen[:number], at, *chosen[number + 1 :]] = value / TEMPER
    return found


def _rivals(
    chosen: _Choice,
    paths: Sequence[_Choice],
    spread: Sequence[Sequence[Option]],
    setting: Setting,
) -> dict[_Choice, float]:
    """Return the log probabilities of the readings that differ from one in several slots."""
    place = Place(setting.left, setting.right, page=setting.page)
    found = {}
    for path in paths:
        if sum(a != b for a, b in zip(path, chosen, strict=True)) > 1:
            text = "".join(options[at].plain for options, at in zip(spread, path, strict=True))
            value = place.score(text)
            if not is_possible(setting.left, text, setting.right):
                value -= _IMPOSSIBLE
            found[path] = value / TEMPER
        if len(found) == _RIVALS:
            break
    return found


def _has_mark(text: str) -> bool:
    return not _marks().isdisjoint(text)


@cache
def _marks() -> frozenset[str]:
    return frozenset("".join(load_settings("context")["grammar"].values()))


def _likeliest(spread: Sequence[Sequence[Option]], setting: Setting) -> list[_Choice]:
    """Return the readings that pairs of characters favour, the best first."""
    paths: list[tuple[float, str, _Choice]] = [(0.0, setting.left[-1:], ())]
    for options in spread:
        steps = {
            last: [
                (option.value + _bonus(last, option.plain[:1]), option.plain[-1:], (at,))
                for at, option in enumerate(options)
            ]
            for last in {last for _, last, _ in paths}
        }
        paths = [
            (value + more, then, path + choice)
            for value, last, path in paths
            for more, then, choice in steps[last]
        ]
        if len(paths) > _WIDTH:
            paths = nlargest(_WIDTH, paths)
    behind = setting.right[:1]
    paths.sort(key=lambda path: (-path[0] - _bonus(path[1], behind), path[2]))
    return [path for _, _, path in paths]


def _spread(slots: Sequence[Slot], setting: Setting) -> list[list[Option]]:
    """Return the options of each slot that are worth a thought, those of its gap with them."""
    sole = [slot.options[0].plain if len(slot.options) == 1 else "" for slot in slots]
    befores = [setting.left[-1:], *(plain[-1:] for plain in sole)]
    behinds = [*(plain[:1] for plain in sole[1:]), setting.right[:1]]
    return [
        _worth_a_thought(slot, before, behind, setting.listed)
        for slot, before, behind in zip(slots, befores, behinds, strict=False)
    ]


def _worth_a_thought(
    slot: Slot, before: str, behind: str, listed: Mapping[str, str]
) -> list[Option]:
    """Return a slot's options without the hopeless ones: judged by the neighbours alone."""
    rated = [(_local(option, before, behind), option) for option in slot.options]
    top = max((value for value, _ in rated), default=-math.inf)
    if len(rated) > 1:
        rated = nlargest(_OPTIONS, (row for row in rated if row[0] > top - _HOPELESS))
    pairs = [(_local(option, before, behind), option) for option in slot.pairs]
    if slot.gap is not None:
        pairs += _pairs(slot.gap, before, behind, listed, floor=top - _HOPELESS_PAIR)
    return [option for _, option in (*rated, *nlargest(_PAIRS, pairs))]


def _pairs(
    gap: Gap, before: str, behind: str, listed: Mapping[str, str], *, floor: float
) -> list[tuple[float, Option]]:
    """Return the two characters that a lost pair may have cut, if neighbours like them so much."""
    around = _Around(
        before,
        gap.behind or behind,
        {} if gap.is_torn else listed,
        {} if gap.reading else listed,
    )
    found: dict[str, tuple[float, Option]] = {}
    for filling in fillings(gap):
        for value, one, two, share in _rated_pairs(filling, around):
            characters = one.character + two.character + gap.behind
            if value > found.get(characters, (floor,))[0]:
                plain = one.plain + two.plain + gap.behind
                found[characters] = value, Option(characters, plain, share)
    return list(found.values())


class _Around(NamedTuple):
    """What stands beside a gap, and what the page would have shown with a reading in it."""

    before: str
    behind: str
    first_shown: Mapping[str, str]
    second_shown: Mapping[str, str]


def _rated_pairs(filling: Filling, around: _Around) -> list[tuple[float, Cell, Cell, float]]:
    """Return the likely pairs of a filling: value among the neighbours, both cells, log share."""
    before, behind, first_shown, second_shown = around
    firsts = _best_beside(before, pairs_by_first(), filling.closed, first_shown, _FIRSTS)
    seconds = _best_beside(behind, pairs_by_second(), filling.opened, second_shown, _SECONDS)
    if not firsts or not seconds:
        return []
    return [
        *((a + b, one, two, one.share + two.share) for a, one in firsts for b, two in seconds),
        *(
            (share + _bonus(before, one.plain) + _bonus(two.plain, behind), one, two, share)
            for one, two, share in filling.words
            if one.character not in first_shown and two.character not in second_shown
        ),
    ]


def _best_beside(
    neighbour: str,
    words: Mapping[str, Mapping[str, float]],
    cells: Iterable[Cell],
    listed: Mapping[str, str],
    most: int,
) -> list[tuple[float, Cell]]:
    """Return the likeliest of cells beside a character, with their log shares there.

    The cells are sorted, the commonest first; `words` are those that they make with neighbours.
    """
    partners = words.get(neighbour, {})
    own = dictionary().get(neighbour, unknown_share())
    rated: list[tuple[float, Cell]] = []
    alone = 0
    for cell in cells:
        if cell.character in listed:
            continue
        if cell.plain in partners:
            rated.append((max(cell.share, partners[cell.plain] - own), cell))
        elif alone < most:  # of those that make no word, the rest are rarer
            rated.append((cell.share, cell))
            alone += 1
    rated.sort(reverse=True)
    return rated[:most]


def _local(option: Option, before: str, behind: str) -> float:
    """Return the log share of an option with the words that it makes with its neighbours."""
    return option.value + _bonus(before, option.plain[:1]) + _bonus(option.plain[-1:], behind)


def _bonus(first: str, second: str) -> float:
    """Return what the word of two characters is worth above the two alone."""
    pair = pairs_by_first().get(first, {}).get(second)
    if pair is None:
        return 0.0
    words, unknown = dictionary(), unknown_share()
    return max(0.0, pair - words.get(first, unknown) - words.get(second, unknown))
