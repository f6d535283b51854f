"""Names that are whole only with what was told before: 城镇, 贡献率, a second head of one owner.

In: the words before a number, how it is told, and the name told last. Out: the whole name, or
blank where the words need nothing.
"""

from __future__ import annotations

import re

from dz_analysis.finding.measure.cues import strip_links
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.name.naming_state import Item, Trail
from dz_analysis.finding.name.nouns import (
    join,
    name_behind,
    strip_bound,
    strip_end,
    strip_start,
    words_of,
)
from dz_analysis.lexicon import load_rules

_SHARE = re.compile(r"(?:占比|占[^占]{1,16}比重)$")
_RATE = re.compile(r"(?:对[^对]{2,16}贡献率|拉动[^拉]{2,16}增长)$")
OVER_LIMIT = re.compile("(?:超过?|过)[0-9.,]*[十百千]?[万亿]?(?:元|美元|吨|亩|人)")
_STOP = re.compile(r"[，；。：！？,;\n\d]")
_PER_HEAD = re.compile(r"[^人]{0,8}(?:居民|农民)人均")
_MOVES = frozenset(["growth", "average_growth", "gap", "change"])


def carry_name(words: str, item: Item, told: str, *, is_led: bool) -> str:
    """Complete a name by the one told last, blank where it stands alone.

    Parameters
    ----------
    words : str
        The name as the clause has it.
    item : Item
        The number.
    told : str
        The name told last in the same sentence or, where only growth is told of parts, before it.
    is_led : bool
        Whether the parts of what was told are being gone through (其中, 分行业看).
    """
    if not told:
        return ""
    if words == "贡献率":
        return f"{who(told)}{words}"
    if words.endswith("贡献率") and item.before.lstrip("，、：其中 ").startswith("对"):
        return f"{who(told)}对{words}"
    is_amount = item.telling.measure == "level" and item.quantity.kind == "money"
    if words in words_of("settings") and (item.telling.measure in _MOVES or is_amount):
        return join(words, told[len(words_of("settings_drop").at_start(told)) :])
    tail = words_of("branch_tails").at_end(told)
    is_branch = bool(words_of("branch_ends").at_end(words)) and len(words) <= 14
    if is_led and tail and is_branch and item.telling.measure in _MOVES:
        return words + tail
    return ""


def second_head(words: str, told: str) -> str:
    """Give another head the owner of the first: 工业增加值…，总产值 is 工业总产值.

    Examples
    --------
    >>> second_head("总产值", "规模以上工业增加值"), second_head("总产值", "税收收入")
    ('规模以上工业总产值', '')
    """
    told_per = _PER_HEAD.match(told)
    if told_per and words.startswith("人均"):
        return told_per.group() + words[2:]  # 城镇居民人均可支配收入…，人均消费支出
    heads = words_of("output_heads")
    tail = heads.at_end(told)
    owner = told[: len(told) - len(tail)]
    return owner + words if tail and words in heads and tail != words and len(owner) > 1 else ""


def who(told: str) -> str:
    """Return who pulls or contributes: 第三产业 of 第三产业增加值.

    Examples
    --------
    >>> who("第三产业增加值"), who("消费")
    ('第三产业', '消费')
    """
    told = without_share(_RATE.sub("", told))
    tail = words_of("pull_tails").at_end(told)
    return told[: -len(tail)] if tail and len(tail) < len(told) else told


def without_share(told: str) -> str:
    """Return of what a share was told: 工业投资 of 工业投资占比.

    Examples
    --------
    >>> without_share("工业投资占比"), without_share("服务业增加值占GDP比重")
    ('工业投资', '服务业增加值')
    """
    return _SHARE.sub("", told) or told


def crop_of(told: str) -> str:
    """Return the crop or herd that was told of: 蔬菜 of 蔬菜种植面积."""
    tail = words_of("crop_ends").at_end(told)
    return told[: -len(tail)] if tail and len(tail) < len(told) else ""


def modify(told: str, modifier: str) -> str:
    """Put another modifier into a name: 国家级绿色工厂 and 省级 give 省级绿色工厂."""
    for old in load_rules("name_words")["shared_modifiers"]:
        at = told.find(old)
        if at >= 0 and len(old) >= 2:
            return modifier + told[at + len(old) :]
    return modifier + bare(told)


def name_among(item: Item, trail: Trail) -> bool:
    """Name a part of things counted just before by what it did: 25项指标中19项实现增长."""
    is_part = trail.among and item.quantity.unit == trail.among_unit
    if not is_part or strip_start(item.before).strip("有仅"):
        return False
    said = _STOP.split(item.behind)[0]
    if not 2 <= len(said) <= 12:
        return False
    item.rule = "name:among"
    item.name = trail.among if item.is_cut else f"{said}的{trail.among}"
    item.taken = 0 if item.is_cut else len(said)
    return True


def said_of(noun: str, rest: str) -> str:
    """Return what is said of a plain noun, which its name needs: 7所学校实施集团化办学."""
    stop = _STOP.search(rest)
    said = rest[: stop.start()] if stop else rest
    if len(noun) > 2 or (stop and stop.group().isdigit()) or not 2 <= len(said) <= 16:
        return ""
    return said if words_of("told_of").at_start(said) else ""


def class_noun(told: str) -> str:
    """Return the noun of a class: 项目 of 落地亿元以上项目 and of 超亿元项目."""
    told = told.removesuffix("占比")
    over = OVER_LIMIT.match(told)
    if over and over.end() < len(told):
        return told[over.end() :]
    for limit in ("以上的", "以下的", "以上", "以下"):
        if limit in told:
            return told[told.rindex(limit) + len(limit) :]
    return bare(told)


def subject_of(item: Item) -> str:
    """Name what is only reached here by the subject of the clause before.

    经济总量再上新台阶，达到106亿元 is 经济总量; a noun behind the number would name it instead.
    """
    if not item.lead or strip_links(item.before)[0] or not item.before or item.behind.strip():
        return ""
    words = strip_start(item.lead.rpartition("，")[2])
    name, length = name_behind(words)
    if words_of("predicates").at_start(words, length):
        return strip_end(name) if len(name) > 2 else ""
    _, end = words_of("lead_heads").last_in(words)  # 财政收入再创新高
    return words[:end] if item.quantity.kind == "money" and 2 < end < len(words) - 2 else ""


def is_part_of_next(item: Item) -> bool:
    """Whether a share in words opens a clause and its noun follows: 半数以上行政村通客车."""
    words = item.quantity.quote
    is_worded = words.endswith(("成", "半数", "一半")) or "分之" in words
    is_alone = item.telling.rule is MeasureRule.RATIO and not strip_start(item.before)
    return is_worded and is_alone and bool(name_behind(strip_bound(item.behind))[0])


def drop_acts(words: str) -> str:
    """Take verbs of doing off the front; blank if there is nothing else."""
    verb = words_of("kept_verbs").at_start(words)
    while verb and not words_of("verb_nouns").at_start(words):
        words = words[len(verb) :]
        verb = words_of("kept_verbs").at_start(words)
    return words


def bare(told: str) -> str:
    """Return a name without the verb that it begins with: 新增企业 is 企业."""
    return drop_acts(told) or told


def name_part(item: Item, last: Item | None) -> None:
    """Name one share of 18.6:39.4:42.0 by its place, and the later ones as the first."""
    rules = load_rules("name_words")
    place, head = item.quantity.place, item.telling.head + item.lead
    kind = next((tail for word, tail in rules["part_kinds"].items() if word in head), "占比")
    names = [name.replace("占比", kind) for name in rules["part_names"]]
    if any(word in head for word in rules["other_parts"]):
        names = [f"{strip_end(strip_start(head))}（{number}）" for number in "一二三"]
    if 1 < place <= len(names) and last and last.rule == "name:parts":
        before, now = "一二三"[place - 2], "一二三"[place - 1]
        name = last.name.replace(f"第{before}产业", f"第{now}产业")
        names[place - 1] = name.replace(f"（{before}）", f"（{now}）")
    item.name = names[place - 1] if place <= len(names) else "占比"
    item.rule = "name:parts"
