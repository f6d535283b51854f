"""Names of indicators that are put together from known parts: 新建 + 冷链 + 物流园.

In: a name in canonical form, `lexicon/indicator_parts.csv`, and the names of the catalogue.
Out: the parts of the name, and the id that they make; nothing where any part is unknown.

A report counts and measures more things than a list can name, but it names them from few words:
acts, levels, traits, branches, products, things and measures. A name is read as a row of such
words without a rest, so that two names have one id only where every word of the one means what
the word of the other means: 新建 is not 建成, 农村 not 城镇, 产值 not 增加值.

The last word tells what is measured: a measure (产量), a thing that is counted (实验室), an
indicator of the catalogue (农村居民人均可支配收入), or a deed that is counted by its objects
(出口陶瓷, 适老化改造). Behind it may stand an act (项目开工), which the id has in front, a word
that says that things are counted (实验室数量), which the id leaves out, and a word for a share
(占比). A ware of industry alone is its output (水泥). What only names a class (项目, 企业) or a
measure (产量) needs a word beside it that tells which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dz_analysis.lexicon import load_lexicon
from dz_analysis.naming import spell

HEADS = frozenset({"measure", "thing", "goods", "class", "indicator"})
ACTS = frozenset({"act", "deed"})
BARE_HEADS = frozenset({"deed", "ware"})  # tell what is measured where no head does
ALONE = frozenset({"thing", "goods", "indicator", "ware"})  # tell alone what is measured
MONEY, PER_CENT = "元", "%"
OUTPUT = "output_quantity"  # of 水泥, where nothing else is told of it
VAGUE = (  # 开工项目, 建成面积, 县占比: of what?
    {"act", "deed", "class"},
    {"act", "class", "share"},
    {"act", "measure", "share"},
)
COUNTED = frozenset({"count", "share"})
RELATIVE = frozenset({"growth", "average_growth", "ratio", "multiple"})
SILENT = frozenset({"link", "count"})  # 和, 各类; 实验室数量 is 实验室
WARES = SILENT | {"ware"}
ENDS = frozenset({"deed", "product", "ware", "partner"})  # 适老化改造, 出口陶瓷, 出口东盟
OPEN, HEADED, MEASURED, WHOLE, ACTED, CLOSED = range(6)  # what a row of parts has come to
_FREE = (OPEN, HEADED, ACTED)
_ENDED = dict.fromkeys((HEADED, MEASURED, WHOLE, ACTED), CLOSED)
MOVES: Mapping[str, Mapping[int, int]] = {
    **dict.fromkeys(HEADS, dict.fromkeys(_FREE, HEADED)),
    "measure": dict.fromkeys((*_FREE, MEASURED), MEASURED),  # 营业收入 + 利润率
    "indicator": dict.fromkeys(_FREE, WHOLE),
    **dict.fromkeys(ACTS, {OPEN: OPEN} | dict.fromkeys((HEADED, MEASURED, WHOLE, ACTED), ACTED)),
    "count": _ENDED,
    "share": _ENDED | {CLOSED: CLOSED},
    "trait": dict.fromkeys((*_FREE, MEASURED), OPEN),  # 产值 + 超亿元 + 企业
    "other": dict.fromkeys(_FREE, OPEN),
}  # what a part of a role makes of what stands before it


class Part(NamedTuple):
    """One word of a name: what it does there, its id, and what a head measures."""

    word: str
    role: str
    id: str
    unit: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Composition:
    """A name as the row of its parts."""

    parts: tuple[Part, ...]

    @property
    def head(self) -> Part:
        """The part that tells what is measured: the last head, else the last deed."""
        found = [part for part in self.parts if part.role in HEADS]
        return (found or [part for part in self.parts if part.role in BARE_HEADS])[-1]

    @property
    def id(self) -> str:
        """The ids of the parts joined by dots, an act that stands at the end put in front."""
        spoken = [part for part in self.parts if part.role not in SILENT]
        body = [part for part in spoken if part.role != "share"]
        turned = body[-1:] if body[-1].role in ACTS else []
        ordered = (*turned, *body[: len(body) - len(turned)], *spoken[len(body) :])
        ids = [part.id for part in ordered]
        return ".".join([*ids, OUTPUT] if self._is_ware else ids)

    @property
    def _is_ware(self) -> bool:
        return all(part.role in WARES for part in self.parts)

    @property
    def unit(self) -> str:
        """The base unit of what is measured, blank where the head leaves it open."""
        last = self.parts[-1]
        return last.unit if last.role == "share" else self.head.unit

    @property
    def group(self) -> str:
        """The catalogue's group of what is measured: that of the last part that has one."""
        return next((part.group for part in reversed(self.parts) if part.group), "")

    @property
    def is_told(self) -> bool:
        """Whether it says what of it grows: a class of firms grows in money or in number."""
        return self.head.role != "class" or self.parts[-1].role in COUNTED

    @property
    def is_clear(self) -> bool:
        """Whether the parts tell what is measured, and not only that something is."""
        roles = [part.role for part in self.parts if part.role not in SILENT]
        is_headed = self._is_ware or not (HEADS | {"deed"}).isdisjoint(roles)
        is_alone = len(roles) == 1 and ALONE.isdisjoint(roles)
        return is_headed and not is_alone and not self._is_vague and not self._is_row_of_two

    @property
    def _is_vague(self) -> bool:
        roles = {part.role for part in self.parts} - SILENT
        return roles != {"measure"} and any(roles <= vague for vague in VAGUE)

    @property
    def _is_row_of_two(self) -> bool:
        """Whether two names run together: 产量利润总额, 转化科技成果技术合同成交额."""
        amounts = {part.unit for part in self.parts if part.role == "measure"} - {"", PER_CENT}
        return len(amounts) > 1 or self._is_thing_with_amount

    @property
    def _is_thing_with_amount(self) -> bool:
        """Whether a thing that is acted on stands before an indicator in money."""
        roles = [part.role for part in self.parts]
        head = roles.index("indicator") if "indicator" in roles else 0
        acts = [at for at, role in enumerate(roles[:head]) if role in ACTS]
        is_acted_on = bool(acts) and "thing" in roles[acts[0] : head]
        return is_acted_on and self.parts[head].unit == MONEY

    @property
    def is_level_total(self) -> bool:
        """Whether it is the money of one level of government: 市级税收收入 beside 税收收入."""
        levels = [at for at, part in enumerate(self.parts) if part.role == "level"]
        if not levels or self.head.unit != MONEY:
            return False
        return not any(part.role in {"thing", "class"} for part in self.parts[levels[-1] :])


Step = tuple[int, Part]  # a word of a name, and where it ends


@dataclass(frozen=True, slots=True)
class Parts:
    """The words that names are made of, and the lengths of those that begin with a character."""

    by_word: Mapping[str, Part]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Parts:
        """Build the index from parts; of two with one word the first holds."""
        by_word: dict[str, Part] = {}
        lengths: dict[str, set[int]] = {}
        for part in parts:
            by_word.setdefault(part.word, part)
            lengths.setdefault(part.word[0], set()).add(len(part.word))
        longest_first = {
            first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()
        }
        return cls(by_word, longest_first)

    def split(self, name: str) -> Composition | None:
        """Return the parts of a name, the longest words first; None if it has a rest."""
        parts = _follow(self._steps(name), 0, OPEN, set())
        found = Composition(parts) if parts else None
        return found if found and found.is_clear and not found.is_level_total else None

    def _steps(self, name: str) -> Sequence[Sequence[Step]]:
        """Return the words that begin at each place of a name, the longest first.

        None at all if the name is no row of known words in any order: most names fail here.
        """
        by_word, lengths, size = self.by_word, self.lengths, len(name)
        reached = 1  # a bit for each place ahead that a row of words comes to, this one the lowest
        steps: list[Sequence[Step]] = []
        for start, first in enumerate(name):
            here: list[Step] = []
            if reached & 1:
                for length in lengths.get(first, ()):
                    end = start + length
                    if end <= size and (part := by_word.get(name[start:end])):
                        here.append((end, part))
                        reached |= 1 << length
            steps.append(here)
            reached >>= 1
            if not reached:
                return ()
        return steps


def _follow(
    steps: Sequence[Sequence[Step]], start: int, state: int, dead: set[tuple[int, int]]
) -> tuple[Part, ...] | None:
    """Return the parts from a place to the end, None where no row of parts reaches it."""
    if start == len(steps):
        return ()
    if (start, state) in dead:
        return None
    for end, part in steps[start]:
        after = _advance(state, part.role, is_last=end == len(steps))
        rest = None if after is None else _follow(steps, end, after, dead)
        if rest is not None:
            return (part, *rest)
    dead.add((start, state))
    return None


def _advance(state: int, role: str, *, is_last: bool) -> int | None:
    """Return what a row of parts comes to with one more, None if it may not stand there.

    Behind an indicator of the catalogue only a count, a share or a last act may stand, behind a
    measure no other head, and a name ends with a head, an act behind a head, a count, a share, or
    what a deed is done to.
    """
    after = MOVES.get(role, MOVES["other"]).get(state)
    if is_last:
        return after if after != OPEN or role in ENDS else None
    return None if role in ACTS and state in (MEASURED, WHOLE) else after


@cache
def listed_parts() -> tuple[Part, ...]:
    """Return the words of the list, in the spelling in which names are compared."""
    return tuple(
        Part(spell(row["word"]), row["role"], row["id"], row["unit"], row["group"])
        for row in load_lexicon("indicator_parts")
    )
