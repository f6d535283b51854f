"""Goals that stand beside a number, and how far it went past them.

In: an item with the words round its quantity, and the one before it. Out: the reading of a goal
(完成全年任务48亿元的20%, 比计划目标30亿元超过2亿元, 高于年初12%的目标) and of the distance to it.
"""

from __future__ import annotations

import re

from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.measure.telling import MeasureReading
from dz_analysis.finding.name.naming_state import Item

_GOAL = re.compile(
    r"(?:完成|占|为)(?P<goal>[^，、]{0,8}(?:任务|目标|预算|计划|预期)(?:任务|目标)?数?)(?:为|的)?$"
)
_NOUN = r"(?:目标|任务|计划|预期|预算)(?:目标|任务)?[数值]?"
_OVER = r"(?:比|较|高于|高出|超过|超出|超|快于|好于|低于|少于)"
_AIM = re.compile(rf"{_OVER}(?P<goal>[^，、]{{0,12}}{_NOUN})的?$")
_AIMED = re.compile(rf"(?P<over>{_OVER})(?P<goal>[^，、]{{0,10}})$")
_TOLD_AIM = re.compile(r"的(?:预期|计划|年度|调控|控制)?(?:目标|任务)")
_BEYOND = re.compile(r"(?:增?超|多|高|快|少|低|短)(?:额|收|过|出|于)?(?:完成)?了?$")
_SHORT = ("少", "低", "短", "慢")


def read_goal(before: str, item: Item) -> MeasureReading | None:
    """Read a goal: a level or a growth of its own, aimed at."""
    kind = item.quantity.kind
    if kind in ("point", "rank"):
        return None
    if kind != "percent" and item.behind.startswith("的"):
        match = _GOAL.search(before[-24:])
        if match:
            return _told(before, match.group(), match["goal"], kind)
    aim = _AIM.search(before[-24:]) if _BEYOND.match(item.behind[:3]) else None
    if aim:  # 比“十五”计划目标3000亿元超过1070亿元
        return _told(before, aim.group(), aim["goal"], kind)
    aimed = _AIMED.search(before[-16:]) if _TOLD_AIM.match(item.behind) else None
    if aimed:  # 高于年初12%的目标1.4个百分点
        return _told(before, aimed.group(), f"{aimed['goal']}目标", kind)
    return None


def _told(before: str, words: str, goal: str, kind: str) -> MeasureReading:
    measure = "growth" if kind == "percent" else "level"
    return MeasureReading(
        measure, before[: len(before) - len(words)], of=goal, rule=MeasureRule.GOAL
    )


def read_distance(before: str, item: Item, last: Item | None) -> MeasureReading | None:
    """Read how far a number went past the goal before it: 比计划30亿元超过2亿元."""
    if last is None or last.telling.rule is not MeasureRule.GOAL or "，" in before:
        return None
    words = _TOLD_AIM.sub("", before)
    is_far = _BEYOND.fullmatch(words) or (not words and item.quantity.kind == "point")
    if not is_far:
        return None
    sign = -1 if words.startswith(_SHORT) or last.before.rstrip().endswith("低于") else 1
    return MeasureReading("gap", "", sign, of=last.telling.of, rule=MeasureRule.DISTANCE)
