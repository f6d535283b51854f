"""Names that come after their numbers: 4263户、9166人脱贫, 投资5亿元，新建学校4所.

In: the items of a whole sentence. Out: the same items, those without a name or an owner completed
by what follows, from the end of the sentence to its start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.name.naming_state import Item, Reading
from dz_analysis.finding.name.nouns import (
    bare,
    is_relational,
    join,
    name_behind,
    name_of_predicate,
    strip_start,
    words_of,
)
from dz_analysis.finding.text.segment import find_stop
from dz_analysis.lexicon import values

LOOK = 60  # characters behind a number in which the next clause names it
LONGEST_OWNER = 24
LONGEST_OPEN = 8  # characters of a verb and a noun that may belong to what follows
LONGEST_AIM = 40  # characters of what an amount is for
LONGEST_SPENDER = 4  # characters of who gives it, or when

ClosingFrame = Callable[[Item, "Item | None", str], "Reading | None"]


def close_names(sentence: Sequence[Item], text: str) -> list[Item]:
    """Name what is still unnamed from what follows, from the end of the sentence to its start."""
    closed: list[Item] = []
    following: Item | None = None
    for item in reversed(sentence):
        reading = None
        name, open_names = item.reading.name, _open_names()
        is_open = not name or name in open_names or _undone(name) in open_names
        if is_open or _is_spent(item):
            rest = text[item.quantity.end : item.quantity.end + LOOK]
            readings = (read(item, following, rest) for read in CLOSING_READERS)
            reading = next(filter(None, readings), None)
        following = item.read_as(reading) if reading else item
        closed.append(following)
    return closed[::-1]


@cache
def _open_names() -> frozenset[str]:
    """Return the nouns that may belong to what follows: 投资, 占地面积."""
    return frozenset([*words_of("relational"), *words_of("invested")])


def _undone(name: str) -> str:
    """Return a name without the verb of doing before it: 启动总投资."""
    return name[len(words_of("act").at_start(name)) :] if len(name) <= LONGEST_OPEN else name


def read_owned_next(item: Item, following: Item | None, rest: str) -> Reading | None:
    """Give an amount the things counted behind it: 总投资413亿元的30个大项目."""
    if item.frame is not NameFrame.ATTRIBUTE_NEXT:
        return None
    if following is None:
        return item.reading
    name = join(following.name, item.reading.attribute)
    return item.reading._replace(name=name, owner=following.name)


def read_owned_behind(item: Item, following: Item | None, rest: str) -> Reading | None:
    """Give a noun the owner that the next number states for both: 占地420亩、投资23亿元的产业园.

    A verb before the noun is what is done to the owner: 启动投资2亿元、长度15公里的工程.
    """
    noun = _undone(item.name)
    if following is None or not is_relational(noun):
        return None
    is_stated = following.frame is NameFrame.ATTRIBUTE and following.reading.owner
    if not is_stated or following.place.clause != item.place.clause:
        return None
    owner = following.reading.owner
    name = join(owner, noun)
    return item.reading._replace(name=name, owner=owner, frame=NameFrame.OWNED_NEXT)


def read_from_behind(item: Item, following: Item | None, rest: str) -> Reading | None:
    """Name a number by what is said of it, else by the next number's name or by its unit."""
    if item.name:
        return None
    unit = item.quantity.unit
    name = name_of_predicate(item.view.behind, unit)
    if not name and following and (following.view.is_joined or item.view.abuts):
        name = _with_own_unit(following, unit)
    counted = values("name_words", "unit_nouns").get(unit, "")
    name = name or (counted if len(counted) > 1 else "")
    frame = item.frame if item.frame is NameFrame.NEXT else NameFrame.FOLLOWING
    return item.reading._replace(name=name, frame=frame)


def read_invested(item: Item, following: Item | None, rest: str) -> Reading | None:
    """Give a bare 投资 the thing that the next clause names: 投资5亿元，新建学校4所."""
    if item.reading.owner or item.name not in words_of("invested"):
        return None
    if item.quantity.kind != "money" or item.measured.measure != "level":
        return None
    if following and _is_thing(item, following, rest):
        owner = following.name
    else:
        owner = name_behind(_strip_verbs(rest))[0] if _begins_doing(rest) else ""
    if owner == item.name or not 2 <= len(owner) <= LONGEST_OWNER:
        return None
    return item.reading._replace(name=owner + item.name, owner=owner, frame=NameFrame.INVESTED)


def read_spent(item: Item, following: Item | None, rest: str) -> Reading | None:
    """Name an amount by what it is for, told behind it: 安排6亿元，用于道路养护 is 道路养护资金."""
    if not _is_spent(item):
        return None
    is_invested = item.name in words_of("invested")
    is_loose = is_invested or item.name.endswith(term("funds"))
    aim = _aim_of(rest, is_loose=is_loose and rest.startswith(("，", ",")))
    if not aim:
        return None
    purpose, at = aim, rest.find(aim)
    number = following.quantity.start - item.quantity.end - at if following and at >= 0 else -1
    if 0 <= number < len(aim) and aim[number].isdigit():
        purpose = _aim_before_number(aim[:number].strip(), item, following)
    if len(purpose) > LONGEST_AIM:  # 支持甲、乙、丙……
        purpose = purpose.partition("、")[0]
    if not 2 <= len(purpose) <= LONGEST_AIM:
        return None
    tail = item.name if is_invested else term("funds")
    name = purpose.removesuffix(tail) + tail
    return item.reading._replace(name=name, frame=NameFrame.SPENT, owner="")


CLOSING_READERS: tuple[ClosingFrame, ...] = (
    read_spent,
    read_owned_next,
    read_owned_behind,
    read_from_behind,
    read_invested,
)


def _is_spent(item: Item) -> bool:
    """Whether nothing but the verb of spending stands before an amount: 市级安排6亿元."""
    if item.quantity.kind != "money" or item.measured.measure != "level":
        return False
    stated = (item.view.measured.head.strip(), item.view.before.rstrip())  # 下达, 安排约
    heads = map(_strip_funds, stated)
    verbs = ((head, words_of("spends").at_end(head)) for head in heads)
    return any(verb and len(head) - len(verb) <= LONGEST_SPENDER for head, verb in verbs)


def _strip_funds(head: str) -> str:
    """Take off the tail that an amount is money, of whatever source: 统筹各级资金."""
    words = head.removesuffix(term("funds"))
    if words == head:
        return head
    while source := words_of("fund_sources").at_end(words):
        words = words.removesuffix(source)
    return words


def _aim_of(rest: str, *, is_loose: bool) -> str:
    """Return what an amount is for, in the words behind it; blank if they tell no purpose.

    What loosely follows an amount that has a name of its own may only tell what came of it:
    投入资金6亿元，推动事业发展.
    """
    words = rest.removeprefix(term("funds")).lstrip("，, ")
    if done := form("done for").match(words):  # 对困难群众实施临时救助
        return done["whom"] + done["what"]
    roles = ("aims",) if is_loose else ("aims", "purposes")
    if not _purpose_at_start(words, roles):
        words = strip_start(words)  # 持续推进
    purpose = _purpose_at_start(words, roles)
    if not purpose:
        return ""
    while purpose:  # 用于支持
        words = words[len(purpose) :]
        purpose = _purpose_at_start(words, ("aims", "purposes"))
    return words[: find_stop(words)]


def _purpose_at_start(words: str, roles: Sequence[str]) -> str:
    purpose = next(filter(None, (words_of(role).at_start(words) for role in roles)), "")
    return "" if words.startswith(term("kind"), len(purpose)) else purpose  # 保障性住房


def _aim_before_number(aim: str, item: Item, following: Item | None) -> str:
    """Return what an amount is for where a number cuts it: 支持建设20个中心村 is 中心村建设."""
    is_near = following is not None and following.place.part == item.place.part
    counted = following.name if following and is_near else ""
    if words_of("act").at_start(aim) == aim:
        return f"{bare(counted)}{aim}" if counted else ""
    is_list = bool(counted) and aim.endswith(term("also"))  # 用于低保、供养等9类救助
    return counted if is_list else aim.rstrip(term("joints"))


def _with_own_unit(following: Item, unit: str) -> str:
    """Return the next number's name for another unit: 稳定脱贫人口 of 户 is 稳定脱贫户."""
    tails = values("name_words", "unit_nouns")
    tail = tails.get(following.quantity.unit, "")
    is_named_behind = following.frame in (NameFrame.FOLLOWING, NameFrame.NEXT)
    if is_named_behind and tail and unit in tails:
        return following.name.removesuffix(tail) + tails[unit]
    return following.name


def _begins_doing(rest: str) -> bool:
    """Whether the next clause begins with what was done with the money."""
    words = rest.lstrip("，, ")
    is_done = words_of("begun").at_start(words) or words_of("act").at_start(strip_start(words))
    return bool(is_done)


def _is_thing(item: Item, following: Item, rest: str) -> bool:
    """Whether the next number counts what the money was spent on, in the very next clause."""
    between = rest[: max(0, following.quantity.start - item.quantity.end)].lstrip("，,")
    return (
        following.place.part == item.place.part
        and following.measured.measure == "level"
        and following.quantity.kind != "money"
        and "，" not in between
    )


def _strip_verbs(words: str) -> str:
    """Take verbs of doing off the front of a clause: 全面推进学前教育."""
    words = strip_start(words)
    verb = words_of("act").at_start(words)
    while verb:
        words = strip_start(words[len(verb) :])
        verb = words_of("act").at_start(words)
    return words
