"""What was told before: the topic that a later number inherits, and how it moves on.

In: the place of the next number, or a number with its reading. Out: a new `Topic`; nothing else
remembers anything.
"""

from __future__ import annotations

from typing import NamedTuple

from dz_analysis.finding.model import new
from dz_analysis.finding.name.forms import form
from dz_analysis.finding.name.frames import NameFrame, leaves
from dz_analysis.finding.name.naming_state import Item
from dz_analysis.finding.name.nouns import strip_plan, strip_start, words_of
from dz_analysis.finding.text.segment import Place

LONGEST_HEADING = 40  # characters in which the heading of an account is looked for
_HEADING, _NUMBERED = form("heading of an account"), form("numbered line")
_CARRIED, _TOPIC, _ACCOUNT = NameFrame.CARRIED, NameFrame.TOPIC, NameFrame.ACCOUNT


class Topic(NamedTuple):
    """What was told last in a sentence.

    `last` is the number before, `name` what it measures and `earlier` the topic before that;
    `counted` is the thing counted last, or the owner of what was told, and `over` the same of the
    part before (to ；); `among` are things that parts are then counted of (25项指标中19项…), in
    `among_unit`s. `is_led` says that the parts of what was told are gone through (其中, 分行业看).
    `outside` is the topic before the bracket that is open. `account` is the fund or budget told
    last under one number of a list, of which 支出 and 结余 are told then; `whole` is the one that
    its sentence goes through the parts of, of which the next sentence is told. `is_carried` says
    that the account was told in the line before: it ends where the line tells of something else.
    """

    last: Item | None = None
    name: str = ""
    earlier: str = ""
    counted: str = ""
    over: str = ""
    among: str = ""
    among_unit: str = ""
    part: int = -1
    clause: int = -1
    is_led: bool = False
    outside: tuple[str, str, str] | None = None
    account: str = ""
    whole: str = ""
    is_carried: bool = False

    @property
    def noun(self) -> str:
        """What the next number may be a part or a class of: counted last, or told last."""
        return self.counted or self.name


def open_sentence(topic: Topic, between: str) -> Topic:
    r"""Begin a sentence; the topic lives on in the same paragraph, where only 总量 asks for it.

    Parameters
    ----------
    topic : Topic
        What was told before.
    between : str
        The text between the last number and the sentence; a heading in it may tell an account.

    Examples
    --------
    >>> open_sentence(Topic(), "；2.政府性基金预算。").account
    '政府性基金预算'
    >>> told = Topic(account="政府性基金预算")
    >>> open_sentence(told, "。\n").account, open_sentence(told, "。\n3.").account
    ('政府性基金预算', '')
    """
    account = ""
    if words_of("accounts").first_in(between[-LONGEST_HEADING:]):
        headed = _HEADING.search(between[-LONGEST_HEADING:])
        account = strip_start(headed["account"]) if headed else ""
    if "\n" not in between:
        return Topic(
            name=topic.name,
            part=-2,
            account=account or topic.whole or topic.account,
            is_carried=topic.is_carried and not account,
        )
    if account or any(map(_NUMBERED.match, between.split("\n"))):
        return Topic(account=account)
    return Topic(account=topic.whole or topic.account, is_carried=True)


def enter(topic: Topic, place: Place, between: str) -> Topic:
    """Go on to the next number of a sentence: over a ；, into a bracket, out of one.

    What was told before a bracket is told again behind it: 76项（新建48项），总投资.

    Parameters
    ----------
    topic : Topic
        What was told before.
    place : Place
        Where the next number stands.
    between : str
        The text between the two numbers.
    """
    if topic.last and topic.last.place.part != place.part:
        topic = topic._replace(among="", over=topic.counted or topic.over, counted="")
    for sign in between:
        if sign in "（(":
            topic = topic._replace(outside=(topic.name, topic.counted, topic.over))
        elif sign in "）)" and topic.outside:
            name, counted, over = topic.outside
            topic = topic._replace(name=name, counted=counted, over=over, outside=None)
    return topic


def advance(topic: Topic, item: Item) -> Topic:
    """Keep of a number what later clauses may point back to."""
    reading, place, quantity = item.reading, item.view.place, item.view.quantity
    is_among = reading.is_scope and quantity.kind == "count"
    among, unit = (reading.name, quantity.unit) if is_among else (topic.among, topic.among_unit)
    is_kept = not reading.name or reading.is_scope or item.view.is_bracketed
    is_carried = reading.frame is _CARRIED
    is_led = topic.is_led and (is_kept or reading.frame is _TOPIC)
    account = _account(topic, reading.frame)
    fields = (
        item,
        topic.name if is_kept or leaves(reading.frame) == "topic" else strip_plan(reading.name),
        topic.earlier if is_kept else topic.name,
        topic.counted if is_kept else _counted(topic, item),
        topic.over,
        among,
        unit,
        place.part,
        place.clause,
        is_led or is_carried,
        topic.outside,
        account_of(reading.name) or account,
        topic.whole or _whole_account(account, item),
        topic.is_carried and bool(account),
    )
    return new(Topic, fields)


def _account(topic: Topic, frame: NameFrame) -> str:
    """Return the account that holds on: one of the line before ends with another subject."""
    return "" if topic.is_carried and frame not in (_ACCOUNT, _TOPIC) else topic.account


def _whole_account(account: str, item: Item) -> str:
    """Return the account whose parts 其中 or 包括 opens, blank if it opens none."""
    if not account:
        return ""
    view, opens = item.view, words_of("opens_parts")
    is_opened = opens.at_start(view.before.lstrip("，、 ")) or opens.at_end(view.lead)
    return account if is_opened else ""


def account_of(name: str) -> str:
    """Return the fund or budget that a name is one side of.

    Examples
    --------
    >>> account_of("养老保险基金收入"), account_of("税收收入")
    ('养老保险基金', '')
    >>> account_of("社会保险基金支出年初预算")
    '社会保险基金'
    """
    bare_name = strip_plan(name)
    side = words_of("account_heads").at_end(bare_name)
    if not side:
        return ""
    account = bare_name.removesuffix(side)
    is_whole = not words_of("part_starts").at_start(account)  # 其他政府性基金收入
    return account if is_whole and words_of("accounts").at_end(account) else ""


def _counted(topic: Topic, item: Item) -> str:
    """Return the thing that what is told next may belong to."""
    reading, left = item.reading, leaves(item.frame)
    if left in ("kept", "topic"):
        return topic.counted
    is_level = item.measured.measure == "level"
    if left == "owner" and reading.owner:  # 养老机构26家，床位3200张，建筑面积5万平方米
        return reading.owner
    if is_level and item.quantity.kind == "count":
        return reading.name
    if reading.owner:
        return reading.owner
    return "" if is_level and left == "nothing" else topic.counted
