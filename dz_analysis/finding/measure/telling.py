"""How a number is told: as a level, a growth, a share, a rank …, with its sign and comparator.

In: the words before and behind a quantity in its clause. Out: a `MeasureReading`: measure, sign,
bound, comparator, and the head of the clause that is left when these words are taken off.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dz_analysis.finding.measure.cues import (
    behind_words,
    bound_behind,
    cues,
    families,
    is_time,
    signs,
    split_base,
    strip_average,
    strip_links,
    strip_per,
    strip_time,
)
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.model import Quantity
from dz_analysis.lexicon import load_rules

AMOUNTS = frozenset(
    ["money", "count", "area", "length", "weight", "energy", "volume", "time", "other", "bare"]
)


_CAUSE = 4  # characters before 减产 that may only say why: 因旱减产3万吨
_LIMIT = re.compile("[0-9]|[一二两三四五六七八九十百千万亿]{1,4}(?:元|美元|吨|亩)")
_FIELD = re.compile("在(?P<of>[^，在]{1,15}[县市区州旗省盟城园）)])[中里]$")
_RESTORED = re.compile(r"(?:恢复到了?|恢复至|相当于)(?P<base>[^，]{2,12})$")
LONGEST_PULLED = 12  # characters of what is pulled where no word of growth follows
_MANY = "一二三四五六七八九十"  # 六县市第五位
_SORTED = re.compile(
    r"的(?:城市|企业|行业|产品|家庭|地区|类别)?(?:个数)?(?:分别)?(?:为|有|共|是)\s?"
)


class MeasureReading(NamedTuple):
    """What the words round a number say of it; `head` is what is left of the words before it.

    A named tuple, because several are made for every number on the way to the last one.
    """

    measure: str
    head: str
    sign: int = 1
    bound: str = ""
    of: str = ""
    rule: MeasureRule = MeasureRule.UNREAD
    cue: str = ""
    is_state: bool = False

    def bounded(self, bound: str) -> MeasureReading:
        """Return the same telling with a bound."""
        return self if bound == self.bound else self._replace(bound=bound)

    def among(self, rivals: str) -> MeasureReading:
        """Return the same telling, ranked among others."""
        return self._replace(of=rivals)


def read_measure(before: str, quantity: Quantity, behind: str = "") -> MeasureReading:
    """Read the measure of a quantity from its clause.

    Parameters
    ----------
    before : str
        The clause up to the quantity, without earlier quantities.
    quantity : Quantity
        The number itself.
    behind : str
        The clause from the quantity on.

    Returns
    -------
    MeasureReading
        The measure and the head. A head that only points back (增速, 总量) is handed on as it is.

    Examples
    --------
    >>> from dz_analysis.finding.number.scan import scan_quantities
    >>> told = read_measure("税收同比增长", next(scan_quantities("8.1%")))
    >>> told.measure, told.head
    ('growth', '税收')
    >>> told = read_measure("固定资产投资增速高于全省平均", next(scan_quantities("3个百分点")))
    >>> told.measure, told.of
    ('gap', '全省平均')
    """
    if quantity.kind == "rank":
        bound = "<=" if quantity.quote.startswith("前") else ""
        telling = _read_rank(before).bounded(bound)
    elif quantity.kind == "part":
        telling = MeasureReading("ratio", before, rule=MeasureRule.PARTS)
    elif quantity.kind == "double":
        stem, of = strip_time(strip_links(before)[0])
        telling = MeasureReading("multiple", stem, of=of, rule=MeasureRule.DOUBLE)
    else:
        head, bound = strip_links(before)
        if quantity.kind == "count" and head and _SORTED.fullmatch(before[len(head) :]):
            return MeasureReading(
                "level", head, bound=bound, rule=MeasureRule.SORTED
            )  # 上涨的有16个
        if quantity.kind in AMOUNTS:
            head = strip_per(head)
        telling = _read_behind(head, quantity, behind) or _read_cue(head, quantity, before)
        telling = telling.bounded(telling.bound or bound)
    behind_bound = bound_behind(behind)
    if quantity.open_ or behind_bound:
        telling = telling.bounded(behind_bound or ">=")
    return telling


def _read_behind(head: str, quantity: Quantity, behind: str) -> MeasureReading | None:
    """Read a growth whose noun stands behind it: 保持年均17%以上的增长速度."""
    if quantity.kind != "percent":
        return None
    words = behind
    for part in (behind_words()[0].at_start(words), "的"):
        words = words.removeprefix(part) if part else words
    word = families()["head"].at_start(words) or families()["move"].at_start(words)
    if not word or words == behind or len(word) < 2:
        return None
    stem, is_average = strip_average(head)
    measure = "average_growth" if is_average else "growth"
    sign = signs().get(("head", word)) or signs().get(("move", word), 1)
    return MeasureReading(measure, strip_time(stem)[0], sign, rule=MeasureRule.BEHIND, cue=word)


def _read_cue(head: str, quantity: Quantity, before: str) -> MeasureReading:
    """Read the cue at the end of a head: 1 state, 2 comparisons, 3 moves, 4 shares."""
    state = families()["state"].at_end(head)
    if state:
        stem = strip_time(head[: -len(state)])[0]
        return _stand(stem, quantity, is_state=True)
    telling = (
        _read_pull(head, quantity)
        or _read_gap(head, quantity)
        or _read_move(head, quantity, before)
        or _read_head(head, quantity)
        or _read_completion(head, quantity)
    )
    if telling:
        return telling
    if quantity.kind == "multiple":
        return _read_multiple(head)
    return _stand(head, quantity)


def _stand(head: str, quantity: Quantity, *, is_state: bool = False) -> MeasureReading:
    """Tell a number that stands for itself: an amount is a level, a percentage a ratio."""
    if quantity.kind == "multiple":
        return _read_multiple(head)._replace(is_state=is_state)
    if quantity.kind in ("point", "places"):
        return MeasureReading("change", head, rule=MeasureRule.POINTS, is_state=is_state)
    if quantity.kind == "percent":
        growth = _read_head(head, quantity) or _read_verb_first(head) or _read_plain(head, quantity)
        return growth or _read_share(head)._replace(is_state=is_state)
    is_pair = quantity.kind == "pair" or (quantity.kind == "bare" and head.endswith("比"))
    if is_pair:
        return MeasureReading("ratio", head, rule=MeasureRule.PAIR, is_state=is_state)
    return MeasureReading("level", head, rule=MeasureRule.LEVEL, is_state=is_state)


def _read_gap(head: str, quantity: Quantity) -> MeasureReading | None:
    """Read 高于全市平均3.2个百分点 and 比全省平均高2.1个百分点."""
    if quantity.kind not in AMOUNTS and quantity.kind not in ("point", "percent"):
        return None
    compare = families()["compare"].at_end(head)
    if compare and len(families()["move"].at_end(head)) <= len(compare):
        stem, base = split_base(head[: -len(compare)], is_open=quantity.kind == "point")
        if base:
            measure, of = ("change", "") if is_time(base) else ("gap", base)
            return MeasureReading(
                measure,
                stem,
                signs()["compare", compare],
                of=of,
                rule=MeasureRule.COMPARED,
                cue=compare,
            )
    start, end = families()["gap"].last_in(head[-24:])
    if quantity.kind == "point" and end > 0 and end == len(head[-24:]):
        word = head[-24:][start:end]
        return MeasureReading(
            "gap", head[: -len(word)], signs()["gap", word], rule=MeasureRule.GAP_BARE, cue=word
        )
    if start < 0 or end == len(head[-24:]):
        return None
    offset = max(0, len(head) - 24)
    base = head[offset + end :].strip()
    if len(base) < 2 or (quantity.kind != "point" and not _is_standard(base)):
        return None
    sign = signs()["gap", head[offset + start : offset + end]]
    stem = strip_time(head[: offset + start])[0]
    return MeasureReading("gap", stem, sign, of=base, rule=MeasureRule.GAP)


def _is_standard(base: str) -> bool:
    """Whether an amount is compared with a place or plan: 超10亿元项目 names a class instead."""
    return bool(cues("base", "starts").at_start(base)) and not _LIMIT.match(base)


def _read_pull(head: str, quantity: Quantity) -> MeasureReading | None:
    """Read 拉动经济增长2.1个百分点 and 下拉工业增速0.3个百分点."""
    if quantity.kind != "point":
        return None
    offset = max(0, len(head) - 24)
    start, end = families()["pull"].last_in(head[offset:])
    what = strip_links(head[offset + end :])[0] if start >= 0 else ""
    told = families()["move"].at_end(what) or families()["head"].at_end(what)
    if not told and len(what) > LONGEST_PULLED:
        return None
    what = what[: len(what) - len(told)].removesuffix("的")
    if not what:
        return None
    sign = signs()["pull", head[offset + start : offset + end]]
    return MeasureReading(
        "change", f"{head[: offset + start]}拉动{what}", sign, rule=MeasureRule.PULL
    )


def _read_move(head: str, quantity: Quantity, before: str) -> MeasureReading | None:
    """Read 增长, 下降, 提高 …: relative for a percentage, absolute for an amount or points."""
    if head.endswith("新增") and quantity.kind == "money":
        since = strip_links(head[:-2])[0]
        stem, of = strip_time(since)
        return (
            MeasureReading("change", stem, of=of, rule=MeasureRule.MOVE, cue="新增")
            if stem != since
            else None
        )
    word = families()["move"].at_end(head)
    if not word or cues("no_move").at_end(head):
        return None
    if word == "长" and quantity.kind == "length":  # 边境线长52公里
        return None
    if quantity.kind == "count" and before.endswith("的"):
        return None  # 促进增长的10项措施
    if quantity.kind in AMOUNTS and word.endswith(("收", "产", "支", "值", "拉动")):
        stem, of = strip_time(head[: -len(word)])
        is_bare = stem == strip_links(head[: -len(word)])[0]
        is_why = not stem or (len(stem) <= _CAUSE and stem[0] in "因受")
        if is_why and word.endswith("产"):
            return MeasureReading(
                "change", "", signs()["move", word], rule=MeasureRule.MOVE, cue=word
            )
        if word == "拉动" or is_bare:
            return None  # 户均增收3000元 is an amount, 同比减收3000元 a change
    stem = head[: -len(word)]
    stem = strip_links(stem.removesuffix(cues("degree").at_end(stem)))[0]
    stem, is_average = strip_average(stem)
    stem, of = strip_time(stem)
    stem, is_average = strip_average(stem) if not is_average else (stem, True)
    sign = signs()["move", word]
    if quantity.kind in ("percent", "multiple"):
        measure = "average_growth" if is_average else "growth"
    else:
        measure = "change"
    if quantity.kind == "multiple" and word in ("是", "为"):
        measure = "multiple"
    return MeasureReading(measure, stem, sign, of=of, rule=MeasureRule.MOVE, cue=word)


def _read_verb_first(head: str) -> MeasureReading | None:
    """Read 压减审批时限52%: the verb of moving stands before its object."""
    words = head.lstrip("，、；,; 　")
    verb = families()["move"].at_start(words)
    noun = words[len(verb) :]
    if len(verb) < 2 or not 2 <= len(noun) <= 14 or cues("ratio", "heads").at_end(noun):
        return None
    return MeasureReading(
        "growth", noun, signs()["move", verb], rule=MeasureRule.MOVE_FIRST, cue=verb
    )


def _read_plain(head: str, quantity: Quantity) -> MeasureReading | None:
    """Read 产值同比11.4% and 产值-3.3%: a growth that no word of moving tells."""
    stem, of = strip_time(head)
    if "占" in head[-24:] or cues("ratio", "heads").at_end(stem):
        return None
    is_compared = bool(cues("year_on_year").at_end(head) or cues("chain").at_end(head))
    if quantity.value < 0 or (is_compared and stem != head):
        return MeasureReading("growth", stem, of=of, rule=MeasureRule.PLAIN)
    return None


def _read_head(head: str, quantity: Quantity) -> MeasureReading | None:
    """Read 增速6.5%: a growth told by its noun."""
    head, is_mean = _strip_mean(head)
    word = families()["head"].at_end(head)
    if not word or quantity.kind not in ("percent", "multiple") or cues("no_move").at_end(head):
        return None
    stem, is_average = strip_average(head[: -len(word)])
    stem, of = strip_time(stem)
    measure = "average_growth" if is_average or is_mean else "growth"
    return MeasureReading(
        measure, stem, signs()["head", word], of=of, rule=MeasureRule.HEAD, cue=word
    )


def _strip_mean(head: str) -> tuple[str, bool]:
    """Take 年均 off behind the noun of a growth: 增速年均超过20%."""
    stem, is_mean = strip_average(head)
    return (stem, True) if is_mean and families()["head"].at_end(stem) else (head, False)


def _read_completion(head: str, quantity: Quantity) -> MeasureReading | None:
    """Read 完成全年任务的105%."""
    if quantity.kind != "percent":
        return None
    rate = cues("completion", "heads").at_end(head)
    if rate:
        return MeasureReading(
            "completion", head[: -len(rate)], rule=MeasureRule.COMPLETION_RATE, cue=rate
        )
    if not cues("completion").at_end(head):
        return None
    low = max(0, len(head) - 30)
    for verb in load_rules("measure_cues")["completion"]["verbs"]:
        at = head.rfind(verb, low)
        if at >= 0:
            of = head[at + len(verb) :]
            return MeasureReading("completion", head[:at], of=of, rule=MeasureRule.COMPLETION)
    return None


def _read_multiple(head: str) -> MeasureReading:
    """Read 是上年的1.4倍; what follows the verb is the base."""
    start, end = cues("multiple", "verbs").last_in(head[-26:])
    if start < 0 and is_time(head.removesuffix("的") or " "):
        return MeasureReading("multiple", "", of=head, rule=MeasureRule.MULTIPLE_LISTED)
    if start < 0:
        return MeasureReading("multiple", head, rule=MeasureRule.MULTIPLE)
    offset = max(0, len(head) - 26)
    return MeasureReading(
        "multiple", head[: offset + start], of=head[offset + end :], rule=MeasureRule.MULTIPLE
    )


def _read_share(head: str) -> MeasureReading:
    """Read 占全市的30% and 占比30%: what stands behind 占 is the whole."""
    restored = _RESTORED.search(head[-20:])
    if restored:
        stem = head[: len(head) - len(restored.group())]
        return MeasureReading("ratio", stem, of=restored["base"], rule=MeasureRule.RESTORED)
    at = head.rfind("占", max(0, len(head) - 30))
    if (
        at >= 0
        and not head.startswith(("占地面", "占用", "占补", "占有"), at)
        and head[at:] != "占地"
    ):
        whole = head[at + 1 :]
        for word in ("比重", "比例", "份额", "的"):
            whole = whole.removesuffix(word)
        if whole in ("比", ""):
            stem, bound = (
                head[:at].removesuffix("约").removesuffix("所"),
                "~" if head[:at].endswith("约") else "",
            )
            return MeasureReading("ratio", f"{stem}占比", bound=bound, rule=MeasureRule.SHARE)
        name = f"占{whole}比重" if whole in cues("ratio", "known_wholes") else "占比"
        stem, bound = strip_links(head[:at])  # 约占全国三成
        return MeasureReading(
            "ratio", stem + name, bound=bound, of=whole, rule=MeasureRule.SHARE_WHOLE
        )
    return MeasureReading("ratio", head, rule=MeasureRule.RATIO)


def _read_rank(before: str) -> MeasureReading:
    """Read 居全市第二: the verb, then within what; without a verb the scope begins it."""
    words = before.rstrip()
    start, end = cues("rank", "verbs").last_in(words[-26:])
    offset = max(0, len(words) - 26)
    if start >= 0:
        stem, of = words[: offset + start], words[offset + end :]
        stem = strip_links(_strip_rank_verbs(stem))[0]
        field = _FIELD.search(words[: offset + start]) if not of else None
        if field:  # 在全市九县（区）中列第二位
            return MeasureReading(
                "rank", words[: field.start()], of=field["of"], rule=MeasureRule.RANK_FIELD
            )
        at = _find_scope(stem) if not of else -1
        if at >= 0 and len(stem) - at <= 4:  # 增幅全省排第7位
            stem, of = _strip_rank_verbs(stem[:at].rstrip(_MANY)), stem[at:]
        return MeasureReading("rank", stem, of=of, rule=MeasureRule.RANK_VERB)
    at = _find_scope(words)
    if at >= 0:
        return MeasureReading(
            "rank", words[:at].rstrip(_MANY), of=words[at:], rule=MeasureRule.RANK_SCOPE
        )
    return MeasureReading("rank", words, rule=MeasureRule.RANK)


def _strip_rank_verbs(words: str) -> str:
    verb = cues("rank", "verbs").at_end(words)
    while verb:
        words = words[: -len(verb)]
        verb = cues("rank", "verbs").at_end(words)
    return words


def _find_scope(words: str) -> int:
    """Return where the scope of a rank begins, the widest of several: 全省市州, or -1."""
    scopes = load_rules("measure_cues")["rank"]["scopes"]
    at = max((words.rfind(scope) for scope in scopes), default=-1)
    while at > 0 and (wider := next((s for s in scopes if words.endswith(s, 0, at)), "")):
        at -= len(wider)
    return at
