"""Limits and magnitudes in the names of classes: 5亿元以上项目7个, 千万吨炼油.

They belong to the name of what is counted, so they are refused as numbers.

In: a scanned amount with what stands round it. Out: the table `CLASSES`.
"""

from __future__ import annotations

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.refusal import (
    HAN,
    ITEM_END,
    LATIN,
    LIMITED,
    LIST,
    PASSED,
    WORDED,
    WORDS,
    Candidate,
    Exemption,
    Refusal,
    RefusalRule,
    Row,
    look,
)
from dz_analysis.finding.text.segment import find_stop
from dz_analysis.lexicon import words

SCALE = 24  # characters in which a bracket that explains a class begins
_DIGITS = "0123456789０１２３４５６７８９"
_LIMITS = frozenset(["money", "area"])
_LIMIT_HEAD = 14  # characters from a count to the limit of what it counts
_CLASSED = frozenset(["money", "area", "length", "weight", "energy", "volume"])


def is_round(quantity: Quantity) -> bool:
    """Whether a number is no more than a magnitude: 千万吨, but not 上千万吨 or 两千万吨."""
    return not quantity.open_ and not look("counted_up").search(quantity.quote)


def is_bounded(candidate: Candidate) -> bool:
    """Whether 百家 or 万人 is said to be near or over."""
    return bool(words(LIST, "near").at_end(candidate.before))


def counts_next(candidate: Candidate) -> bool:
    """Whether a count follows in the same clause: 超过3亿元的项目12个."""
    following, end = candidate.following, candidate.quantity.end
    if following is None or following.kind != "count":
        return False
    between = candidate.around.text[end : min(following.start, end + 40)]
    return find_stop(between) == len(between) and not ITEM_END.search(between)


def limit_behind(candidate: Candidate) -> str:
    """Return 以上, 及以下的 … behind the amount, or blank."""
    return words(LIST, "limits").at_start(candidate.after)


def _noun_behind(candidate: Candidate) -> str:
    """Return what stands behind the amount and its limit if it may be a noun, else blank."""
    rest = candidate.after[len(limit_behind(candidate)) :]
    is_noun = HAN.match(rest) or LATIN.match(rest)
    return rest if is_noun and not words(LIST, "class_stops").at_start(rest) else ""


def _of(rest: str) -> str:
    """Return 的 at the start of what stands behind an amount."""
    return words(LIST, "of").at_start(rest)


def _is_last_name(candidate: Candidate) -> str | None:
    """Refuse 五台 in 太平、五台3个街道, the last of the names that a count adds up."""
    quantity, following = candidate.quantity, candidate.following
    is_next = following is not None and following.kind == "count"
    is_next = is_next and following is not None and following.start == quantity.end
    is_listed = is_next and quantity.quote[0] not in _DIGITS and candidate.before.endswith("、")
    return quantity.quote if is_listed else None


def _is_over_count(candidate: Candidate) -> str | None:
    """Refuse the limit of what the next number counts: 其中超亿元2个."""
    following = candidate.following
    is_next = following is not None and following.kind == "count"
    is_next = is_next and following is not None and following.start == candidate.quantity.end
    return words(LIST, "over").at_end(candidate.before) or None if is_next else None


def _is_limited(candidate: Candidate) -> str | None:
    """Refuse 用水量超过500万吨的企业2家."""
    cue = words(LIST, "limited").at_end(candidate.before)
    is_limit = cue and _of(candidate.after) and candidate.quantity.kind != "money"
    return cue if is_limit and counts_next(candidate) else None


def _is_limit_of_counted(candidate: Candidate) -> str | None:
    """Refuse 20个以上 of things that a count follows."""
    limit = limit_behind(candidate)
    is_limit = limit and candidate.quantity.unit in words(LIST, "counted_over")
    return limit if is_limit and _noun_behind(candidate) and counts_next(candidate) else None


def _is_limit(candidate: Candidate) -> str | None:
    """Refuse 5亿元以上项目, 25户以上自然村, 10万元以上662个, 限额以上（年销售额500万元以上）."""
    limit = limit_behind(candidate)
    if not limit or candidate.quantity.unit in words(LIST, "counted_over"):
        return None
    if _is_brought_about(candidate, limit):
        return None
    is_counted = candidate.following is not None and candidate.following.kind == "count"
    is_next = is_counted and candidate.after[len(limit) : len(limit) + 1].isdigit()
    is_class = _noun_behind(candidate) or is_next or _explains_scale(candidate, limit)
    return limit if is_class else None


def _explains_scale(candidate: Candidate, limit: str) -> bool:
    """Whether a bracket says where a class begins: 规模以上（年主营业务收入2000万元以上）."""
    head, opened, _ = candidate.back(SCALE).replace("(", "（").rpartition("（")
    is_closed = candidate.after[len(limit) : len(limit) + 1] in ("）", ")")
    return bool(opened and is_closed and words(LIST, "scales").at_end(head))


def _is_brought_about(candidate: Candidate, limit: str) -> bool:
    """Whether the noun behind a limit is what is made: 形成8万吨以上的生产能力."""
    rest = candidate.after[len(limit) :]
    is_noun = words(LIST, "brought_about").at_start(rest[len(_of(rest)) :])
    return bool(_of(rest) and is_noun and words(LIST, "bringing").at_end(candidate.before))


def _keep_limited(candidate: Candidate) -> Quantity | None:
    """Keep an amount with its bound: 收入8亿元以上."""
    return candidate.quantity if limit_behind(candidate) else None


def _is_ages(candidate: Candidate) -> str | None:
    """Refuse the spans of a class: 0-17岁、18-34岁人口, 0—14岁12万人."""
    following, after = candidate.following, candidate.after[:2]
    if candidate.quantity.unit not in words(LIST, "attributive_units") or following is None:
        return None
    is_next = after.lstrip("、")[:1].isdigit()  # not 提高1.2岁、达到80岁
    is_shared = following.unit in (candidate.quantity.unit, *words(LIST, "person_units"))
    return candidate.quantity.unit if after and is_next and is_shared else None


def _is_limit_of_count(candidate: Candidate) -> str | None:
    """Refuse 百亿元 in 3个产值超百亿元、2个产值50亿元的产业集群, which a count stands before."""
    head = look("limit_of_count").search(candidate.back(_LIMIT_HEAD))
    is_class = head and look("class_behind").match(candidate.after)
    return head.group() if head and is_class else None


def _is_attribute(candidate: Candidate) -> str | None:
    """Refuse what describes a noun: 60岁老人, 3层楼房."""
    noun = _noun_behind(candidate)
    is_attribute = candidate.quantity.unit in words(LIST, "attributive_units")
    return candidate.quantity.unit if is_attribute and noun and not _of(noun) else None


def _is_capacity(candidate: Candidate) -> str | None:
    """Refuse the capacity in the name of works: 年产20万吨铝材项目, 60万吨/年乙烯装置."""
    text, end = candidate.around.text, candidate.quantity.end
    if candidate.quantity.kind not in _CLASSED:  # 日产6000台的设备项目
        return None
    cue = words(LIST, "capacity").at_end(candidate.before)
    cue = cue or words(LIST, "a_year").at_end(candidate.quantity.unit)
    return cue if cue and look("works_behind").match(text, end) else None


def _is_passed(candidate: Candidate) -> str | None:
    """Refuse 过亿元项目, 超过3亿元的项目12个 and 12个超亿元的项目."""
    over, noun = words(LIST, "over").at_end(candidate.before), _noun_behind(candidate)
    if candidate.quantity.kind != "money" or not over or not noun:
        return None
    is_limit = not _of(noun) or counts_next(candidate) or _is_counted(candidate)
    is_limit = is_limit or _shares_next(candidate)
    return over if is_limit else None


def _shares_next(candidate: Candidate) -> bool:
    """Whether a share of the class follows in the same clause: 产值超50亿的企业占三分之一."""
    following, end = candidate.following, candidate.quantity.end
    if following is None or following.kind != "percent":
        return False
    return look("class_share").fullmatch(candidate.around.text, end, following.start) is not None


def _is_span(candidate: Candidate) -> str | None:
    """Refuse 投资10亿元至50亿元工业项目1项."""
    is_span = candidate.quantity.high is not None and candidate.quantity.kind in _LIMITS
    is_class = is_span and _noun_behind(candidate) and counts_next(candidate)
    return candidate.quantity.quote if is_class else None


def _is_counted(candidate: Candidate) -> bool:
    """Whether a count stands before the class that an amount limits: 5个产值超千亿元的集群."""
    return look("limited_trait").fullmatch(candidate.gap_from("count")) is not None


def _is_open(candidate: Candidate) -> str | None:
    """Refuse 上百亿元的项目3个."""
    quantity = candidate.quantity
    is_limit = quantity.kind == "money" and quantity.open_ and _of(_noun_behind(candidate))
    return quantity.quote if is_limit and counts_next(candidate) else None


def _keep_passed(candidate: Candidate) -> Quantity | None:
    """Keep what is told of a thing: 投资超过3亿元的医院."""
    over = words(LIST, "over").at_end(candidate.before)
    is_told = candidate.quantity.kind == "money" and over and _noun_behind(candidate)
    return candidate.quantity if is_told else None


def _keep_counted_up(candidate: Candidate) -> Quantity | None:
    """Keep 3亿元 and 近千万吨: only a magnitude alone may be a name."""
    is_amount = candidate.quantity.kind != "money" and is_bounded(candidate)
    is_amount = is_amount or not is_round(candidate.quantity)
    return candidate.quantity if is_amount else None


def _is_step(candidate: Candidate) -> str | None:
    """Refuse 连跨3个千亿元台阶 and 12个百亿元、30个十亿元项目."""
    step = look("step").search(candidate.before)
    is_name = _noun_behind(candidate) or words(LIST, "steps").at_start(candidate.after)
    return step.group() if step and is_name else None


def _counts_steps(candidate: Candidate) -> str | None:
    """Refuse 3个 in 连跨3个千亿元台阶 and 两个 in 60亿元、70亿元两个台阶."""
    steps = look("counted_steps").match(candidate.after)
    return steps.group() if steps and candidate.quantity.kind == "count" else None


def _is_magnitude(candidate: Candidate) -> str | None:
    """Refuse 亿元村 and 千万吨炼油项目."""
    is_name = candidate.quantity.kind in _CLASSED and _noun_behind(candidate)
    return candidate.quantity.quote if is_name else None


R = RefusalRule
CLASSES: tuple[Row, ...] = (
    Refusal(R.STEP, _counts_steps, "", WORDS),
    Refusal(R.NAMED, _is_last_name, "", WORDED),
    Refusal(R.OVER_COUNT, _is_over_count, "over", PASSED),
    Refusal(R.LIMITED, _is_limited, "limited", WORDS),
    Refusal(R.LIMIT_COUNTED, _is_limit_of_counted, "limits", LIMITED),
    Refusal(R.LIMIT, _is_limit, "limits", LIMITED),
    Exemption(_keep_limited, LIMITED),
    Refusal(R.LIMIT_OF_COUNT, _is_limit_of_count, "", WORDS, "class_monies"),
    Refusal(R.AGES, _is_ages, "attributive_units", WORDS, "attributive_units"),
    Refusal(R.ATTRIBUTE, _is_attribute, "attributive_units", WORDS, "attributive_units"),
    Refusal(R.SPAN, _is_span, "", WORDS),
    Refusal(R.CAPACITY, _is_capacity, "capacity", WORDS),
    Refusal(R.OVER, _is_passed, "over", PASSED),
    Exemption(_keep_passed, PASSED),
    Refusal(R.OVER, _is_open, "", WORDS),
    Exemption(_keep_counted_up, WORDS),
    Refusal(R.STEP, _is_step, "", WORDS),
    Refusal(R.MAGNITUDE, _is_magnitude, "", WORDS),
)
