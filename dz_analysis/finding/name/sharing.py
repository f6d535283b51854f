"""Lists of names that share a head or an owner: 城镇和农村居民人均可支配收入.

In: the words of a list and how many numbers it is told of. Out: one whole name for each number.
"""

from __future__ import annotations

import re

import rjieba

from dz_analysis.finding.name.nouns import is_relational, join, name_before, words_of
from dz_analysis.lexicon import load_rules

FULL = ("率", "度", "额", "量", "值", "比", "收入", "支出", "投资", "税收", "产值", "利润", "数")


def split_list(names: str, count: int) -> tuple[str, ...]:
    """Split a list of names that share their numbers, giving each its head.

    Examples
    --------
    >>> split_list("城镇和农村居民人均可支配收入", 2)
    ('城镇居民人均可支配收入', '农村居民人均可支配收入')
    >>> split_list("第一产业、第二产业增加值", 2)
    ('第一产业增加值', '第二产业增加值')
    >>> split_list("高新技术企业、科技型中小企业", 2)
    ('高新技术企业', '科技型中小企业')
    """
    for short, long in load_rules("name_words")["shortened"]:
        names = names.replace(short, long)
    for both, first, second in load_rules("name_words")["twins"]:
        if count == 2 and both in names and "、" not in names.replace(both, ""):
            return names.replace(both, first), names.replace(both, second)
    names = _drop_count(names, count)
    numbered = _NUMBERED if count < 3 or "、" in names else _THREE
    names = numbered.sub(_spell_industries, names)
    names = _ALL.sub("第一产业、第二产业、第三产业", names) if count == 3 else names
    names = _SUCH.sub(_head_of_class, names)
    for pattern in _SPLITS:
        parts = tuple(part.strip() for part in pattern.split(names) if part.strip())
        if len(parts) == count:
            parts = _complete(parts)
            owned = _own(parts)
            return _share_head(parts) if owned == parts else owned
    return ()


_SPLITS = (
    re.compile("、|和|与|及(?!以[上下])|以及"),
    re.compile("、|，|和(?!谐)|与|以及|及(?!以[上下])"),
    re.compile("、|，"),
    re.compile("、|和|与"),
)


_NUMBERED = re.compile("(?:第?一、?)?第?二(?:、|和|及)?第?三次?产业?")
_THREE = re.compile(f"{_NUMBERED.pattern}|(?:三次产业|三产)(?:完成|实现)?(?=增加值|增速|投资)")


_ALL = re.compile("^(?:三次产业|三大产业|一二三次?产业?)")
_SUCH = re.compile("等(?P<class>[^、，等]{2,12})$")


def _head_of_class(match: re.Match[str]) -> str:
    """Keep the head of 水果等经济作物产量 without the class before it."""
    return words_of("shared_heads").at_end(match["class"])


def _spell_industries(match: re.Match[str]) -> str:
    """Spell out 第一、二、三产业."""
    is_all = match.group().startswith("三")
    return "、".join(f"第{number}产业" for number in "一二三" if is_all or number in match.group())


def _drop_count(names: str, count: int) -> str:
    """Drop how many a list says it holds: 造纸、陶瓷两大产业产值."""
    numerals = "二两" if count == 2 else "零一二三四五六七八九"[count : count + 1]
    return re.sub(f"(?<=[㐀-鿿])[{numerals}]大(?=产业|行业|领域)", "", names) if numerals else names


def _complete(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Complete a first part of one sign by the word that it shares: 存、贷款余额."""
    first, second = parts[:2]
    if len(first) > 1:
        return parts
    word = next(iter(rjieba.cut(second)))
    return (first + word[1:], *parts[1:]) if len(word) > 1 else parts


def _own(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give all parts the owner of the first: 规上企业实现收入、利润."""
    first = name_before(parts[0])
    branch = parts[0].removesuffix(words_of("relational").at_end(parts[0]))
    is_branch = not first.owner and branch.endswith("工业")  # 规上工业产值、增加值
    if is_branch and all(map(is_relational, parts[1:])):
        return (parts[0], *(join(branch, part) for part in parts[1:]))
    if not first.owner or "owner" not in first.rule:
        return (first.text if first.owner else parts[0], *parts[1:])
    return (first.text, *(join(first.owner, part) for part in parts[1:]))


def _share_head(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the head of the last part to those before it that have none."""
    head = _shared_head(parts)
    if not head:
        return parts
    return tuple(
        part if part.endswith(head) or _is_full(part) else join(part, head) for part in parts
    )


def _is_full(part: str) -> bool:
    """Whether a part is a name of its own: 产业集聚度 needs no head from 十强产业占比."""
    return len(part) >= 4 and part.endswith(FULL)


def _shared_head(parts: tuple[str, ...]) -> str:
    """Find the head of the last part: 1 listed, 2 what follows the sign that the others end in."""
    last, first = parts[-1], parts[0]
    if first[0] in "对向" and all(part[0] == first[0] for part in parts):
        return last[len(first) :]  # 对台、对俄贸易额
    if "城乡" in (first, last) or is_relational(first):
        return ""
    at = last.find(first[-1], 0, len(first))
    if first[-1] in "级类型性路区县市国省岁" and 0 <= at < len(last) - 2:
        return last[at + 1 :].removeprefix("及以上").removeprefix("以上")
    listed = words_of("shared_heads").at_end(last)
    if listed and len(listed) < len(last) and not first.endswith(listed[-2:]):
        stem = last[: -len(listed)]
        are_alike = len(set(map(len, parts[:-1]))) == 1  # 社保、农林水、城乡社区支出 share 支出
        return (_longer_head(stem, first) if are_alike else "") + listed
    at = last.find(first[-1], 0, len(last) - 1)
    if at >= 0 and len(last) - at - 1 >= 2 and not last.endswith(first[-2:]):
        return last[at + 1 :]
    longest = max(map(len, parts[:-1]))
    if longest <= 4 and len(last) >= longest + 2 and not last.endswith(first[-1]):
        return _head_by_words(last, longest)
    return ""


def _head_by_words(last: str, longest: int) -> str:
    """Split 初中在校生 after the word that stands beside 幼儿园 and 小学."""
    first, *rest = rjieba.cut(last)
    return "".join(rest) if rest and len(first) <= longest + 1 else ""


def _longer_head(stem: str, first: str) -> str:
    """Find what of the stem belongs to the head as well: 城镇 and 农村常住 share 常住."""
    if len(stem) <= len(first) + 1:
        return ""
    at = stem.find(first[-1])
    if 0 <= at < len(stem) - 1:
        return stem[at + 1 :]
    return stem[len(first) :] if len(first) >= 2 else ""
