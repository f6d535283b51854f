"""Slots weighed: which of the texts that a run's bytes allow the words around it want.

In: a `Run` with the words before and behind it. Out: its slots with the options that are worth a
thought, the likeliest first, each with its probability. Lost pairs are looked for in every gap at
once, however many there are: each gap is judged beside what its neighbours hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

from dz_analysis.lexicon import load_rules
from dz_analysis.reading.cells import Cell
from dz_analysis.reading.context import Place, PageModel, dictionary, is_possible, unknown_share
from dz_analysis.reading.inverse import Gap, Option, Run, Slot, fillings

_OPTIONS = 32  # of a slot that are judged by all the words around
_FIRSTS, _SECONDS, _PAIRS = 6, 8, 12  # of a gap
_HOPELESS = 8.0  # a pair is not thought of if it reads that much worse, as a log probability
_WIDTH = 16  # readings of a run that are followed at once
_ROUNDS = 3  # each slot is weighed beside the others' best this often at most
_TEMPER = 1.0


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
    """Weigh the options of every slot of a run."""
    spread = _spread(run.slots, setting)
    chosen = _likeliest(spread, setting)
    shares: list[Sequence[float]] = [(1.0,) for _ in spread]
    for _ in range(_ROUNDS):
        before = list(chosen)
        for number, options in enumerate(spread):
            if len(options) > 1:
                shares[number] = _shares(number, spread, chosen, setting)
                chosen[number] = max(range(len(options)), key=shares[number].__getitem__)
        if chosen == before:
            break
    return tuple(map(_ordered, spread, shares))


def _ordered(options: Sequence[Option], shares: Sequence[float]) -> Weighed:
    pairs = sorted(zip(options, shares, strict=True), key=lambda pair: (-pair[1], pair[0]))
    return Weighed(tuple(option for option, _ in pairs), tuple(share for _, share in pairs))


def _shares(
    number: int, spread: Sequence[Sequence[Option]], chosen: Sequence[int], setting: Setting
) -> list[float]:
    """Return the probabilities of one slot's options beside the best of the others."""
    texts = [options[at].plain for options, at in zip(spread, chosen, strict=True)]
    left = setting.left + "".join(texts[:number])
    right = "".join(texts[number + 1 :]) + setting.right
    place = Place(left, right, page=setting.page)
    options = spread[number]
    marks = _marks()
    fit = [
        marks.isdisjoint(option.plain) or is_possible(left, option.plain, right)
        for option in options
    ]
    if not any(fit):
        fit = [True] * len(options)
    values = [
        place.score(option.plain) / _TEMPER if fits else -math.inf
        for option, fits in zip(options, fit, strict=True)
    ]
    top = max(values)
    weights = [math.exp(value - top) for value in values]
    total = sum(weights)
    return [weight / total for weight in weights]


def _marks() -> frozenset[str]:
    return frozenset("".join(load_rules("context")["grammar"].values()))


def _likeliest(spread: Sequence[Sequence[Option]], setting: Setting) -> list[int]:
    """Return the number of each slot's option in the reading that pairs of characters favour."""
    paths: list[tuple[float, str, list[int]]] = [(0.0, setting.left[-1:], [])]
    for options in spread:
        paths = [
            (value + option.value + _bonus(last, option.plain[:1]), option.plain[-1:], [*path, at])
            for value, last, path in paths
            for at, option in enumerate(options)
        ]
        if len(paths) > _WIDTH:
            paths = nlargest(_WIDTH, paths, key=itemgetter(0))
    behind = setting.right[:1]
    return max(paths, key=lambda path: path[0] + _bonus(path[1], behind))[2]


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
    options = list(slot.options)
    if len(options) > _OPTIONS:
        options = nlargest(_OPTIONS, options, key=lambda o: _local(o, before, behind))
    if slot.gap is None:
        return options
    floor = max((_local(o, before, behind) for o in options), default=-math.inf) - _HOPELESS
    pairs = _pairs(slot.gap, before, behind, listed)
    return options + [o for o in pairs if _local(o, before, behind) > floor]


def _pairs(gap: Gap, before: str, behind: str, listed: Mapping[str, str]) -> list[Option]:
    """Return the likeliest two characters that a lost pair may have cut."""
    if gap.behind:
        behind = gap.behind
    found: dict[str, Option] = {}
    for filling in fillings(gap):
        firsts = _best(filling.closed, listed, _FIRSTS, lambda c: _bonus(before, c.plain))
        shown = {} if gap.reading else listed
        seconds = _best(filling.opened, shown, _SECONDS, lambda c: _bonus(c.plain, behind))
        rows = [(one, two, one.share + two.share) for one in firsts for two in seconds]
        for one, two, value in (*rows, *filling.words):
            if one.character not in listed and two.character not in shown:
                characters = one.character + two.character + gap.behind
                option = Option(characters, one.plain + two.plain + gap.behind, value)
                found[characters] = max(found.get(characters, option), option, key=itemgetter(2))
    return nlargest(_PAIRS, found.values(), key=lambda o: _local(o, before, behind))


def _best(cells: Iterable[Cell], listed: Mapping[str, str], most: int, bonus) -> list[Cell]:
    free = (cell for cell in cells if cell.character not in listed)
    return nlargest(most, free, key=lambda cell: cell.share + bonus(cell))


def _local(option: Option, before: str, behind: str) -> float:
    """Return the log share of an option with the words that it makes with its neighbours."""
    return option.value + _bonus(before, option.plain[:1]) + _bonus(option.plain[-1:], behind)


def _bonus(first: str, second: str) -> float:
    """Return what the word of two characters is worth above the two alone."""
    if not first or not second:
        return 0.0
    words = dictionary()
    pair = words.get(first + second)
    if pair is None:
        return 0.0
    unknown = unknown_share()
    return max(0.0, pair - words.get(first, unknown) - words.get(second, unknown))
