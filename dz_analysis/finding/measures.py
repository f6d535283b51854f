"""How a number is told: as a level, a growth, a share, a rank …, with its sign and comparator.

In: the words before and behind a quantity in its clause. Out: a `Telling`: measure, sign, bound,
what is compared with, and the head of the clause that is left when these words are taken off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.words import Words
from dz_analysis.lexicon import load_lexicon, load_rules

AMOUNTS = frozenset(
    ["money", "count", "area", "length", "weight", "energy", "volume", "time", "other", "bare"]
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What the words round a number say of it; `head` is what is left of the words before it."""

    measure: str
    head: str
    sign: int = 1
    bound: str = ""
    of: str = ""
    rule: str = ""
    is_state: bool = False

    def among(self, rivals: str) -> Telling:
        """Return the same telling, ranked among others."""
        return replace(self, of=rivals)


def read_telling(before: str, quantity: Quantity, behind: str = "") -> Telling:
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
    Telling
        The measure and the head. A head that only points back (增速, 总量) is handed on as it is.

    Examples
    --------
    >>> from dz_analysis.finding.quantities import scan_quantities
    >>> told = read_telling("税收同比增长", next(scan_quantities("8.1%")))
    >>> told.measure, told.head
    ('growth', '税收')
    >>> told = read_telling("固定资产投资增速高于全省平均", next(scan_quantities("3个百分点")))
    >>> told.measure, told.of
    ('gap', '全省平均')
    """
    if quantity.kind == "rank":
        bound = "<=" if quantity.quote.startswith("前") else ""
        telling = replace(_read_rank(before), bound=bound)
    elif quantity.kind == "part":
        telling = Telling("ratio", before, rule="parts")
    elif quantity.kind == "double":
        stem, of = _strip_time(strip_links(before)[0])
        telling = Telling("multiple", stem, of=of, rule="double")
    else:
        head, bound = strip_links(before)
        if quantity.kind == "money":
            head = _strip_per(head)
        telling = _read_behind(head, quantity, behind) or _read_cue(head, quantity, before)
        bound = telling.bound or bound
        telling = replace(telling, bound=bound)
    behind_bound = _bound_behind(behind)
    if quantity.open_ or behind_bound:
        telling = replace(telling, bound=behind_bound or ">=")
    return telling


@cache
def _families() -> dict[str, Words]:
    rows = load_lexicon("measure_words")
    names = sorted({row["family"] for row in rows})
    return {name: Words(row["word"] for row in rows if row["family"] == name) for name in names}


@cache
def _signs() -> dict[tuple[str, str], int]:
    rows = load_lexicon("measure_words")
    return {(row["family"], row["word"]): -1 if row["sign"] == "-" else 1 for row in rows}


@cache
def _cues(section: str, field: str = "words") -> Words:
    return Words(load_rules("measure_cues")[section][field])


@cache
def _links() -> tuple[Words, dict[str, str]]:
    groups = load_rules("measure_cues")["link"]
    bounds = {word: group["bound"] for group in groups for word in group["words"]}
    return Words(bounds), bounds


@cache
def _behind() -> tuple[Words, dict[str, str]]:
    groups = load_rules("measure_cues")["behind"]
    bounds = {word: group["bound"] for group in groups for word in group["words"]}
    return Words(bounds), bounds


def strip_links(words: str) -> tuple[str, str]:
    """Take the small words between a head and its number off the end; return what they bound.

    Examples
    --------
    >>> strip_links("税收收入突破")
    ('税收收入', '>=')
    """
    links, bounds = _links()
    families = _families()
    bound = ""
    words = words.rstrip()
    while words:
        link = links.at_end(words)
        longer = families["state"].at_end(words)
        if not link or len(longer) > len(link) or _cues("kept").at_end(words):
            break
        bound = bound or bounds[link]
        words = words[: -len(link)].rstrip()
    return words, bound


def _bound_behind(behind: str) -> str:
    words, bounds = _behind()
    word = words.at_start(behind.lstrip("的 "))
    return bounds[word] if word else ""


def _strip_per(head: str) -> str:
    """Take 每平方米 and 每人每月 off the end: they say of what an amount is told."""
    per = _cues("per").at_end(head)
    return strip_links(head[: -len(per)])[0] if per else head


def _read_behind(head: str, quantity: Quantity, behind: str) -> Telling | None:
    """Read a growth whose noun stands behind it: 保持年均17%以上的增长速度."""
    if quantity.kind != "percent":
        return None
    words = behind
    for part in (_behind()[0].at_start(words), "的"):
        words = words.removeprefix(part) if part else words
    word = _families()["head"].at_start(words) or _families()["move"].at_start(words)
    if not word or words == behind or len(word) < 2:
        return None
    stem, is_average = _strip_average(head)
    measure = "average_growth" if is_average else "growth"
    sign = _signs().get(("head", word)) or _signs().get(("move", word), 1)
    return Telling(measure, _strip_time(stem)[0], sign, rule=f"behind:{word}")


def _read_cue(head: str, quantity: Quantity, before: str) -> Telling:
    """Read the cue at the end of a head: 1 state, 2 comparisons, 3 moves, 4 shares."""
    families = _families()
    state = families["state"].at_end(head)
    if state:
        stem = _strip_time(head[: -len(state)])[0]
        return _stand(stem, quantity, is_state=True)
    for reader in (_read_gap, _read_move, _read_head, _read_completion):
        telling = reader(head, quantity)
        if telling:
            return telling
    if quantity.kind == "multiple":
        return _read_multiple(head)
    return _stand(head, quantity)


def _stand(head: str, quantity: Quantity, *, is_state: bool = False) -> Telling:
    """Tell a number that stands for itself: an amount is a level, a percentage a ratio."""
    if quantity.kind == "multiple":
        return replace(_read_multiple(head), is_state=is_state)
    if quantity.kind in ("point", "places"):
        return Telling("change", head, rule="points", is_state=is_state)
    if quantity.kind == "percent":
        growth = _read_head(head, quantity) or _read_verb_first(head)
        return growth or replace(_read_share(head), is_state=is_state)
    return Telling("level", head, rule="level", is_state=is_state)


def _read_gap(head: str, quantity: Quantity) -> Telling | None:
    """Read 高于全市平均3.2个百分点 and 比全省平均高2.1个百分点."""
    if quantity.kind not in AMOUNTS and quantity.kind not in ("point", "percent"):
        return None
    compare = _families()["compare"].at_end(head)
    if compare and len(_families()["move"].at_end(head)) <= len(compare):
        stem, base = _split_base(head[: -len(compare)], is_open=quantity.kind == "point")
        if base:
            is_time = _is_time(base)
            measure = "change" if is_time else "gap"
            of = "" if is_time else base
            return Telling(measure, stem, _signs()["compare", compare], of=of, rule="compare")
    start, end = _families()["gap"].last_in(head[-24:])
    if start < 0 or end == len(head[-24:]):
        return None
    offset = max(0, len(head) - 24)
    base = head[offset + end :].strip()
    if len(base) < 2 or (quantity.kind != "point" and not _is_standard(base)):
        return None
    sign = _signs()["gap", head[offset + start : offset + end]]
    stem = _strip_time(head[: offset + start])[0]
    return Telling("gap", stem, sign, of=base, rule="gap")


def _is_standard(base: str) -> bool:
    """Whether an amount is compared with a place or plan: 超10亿元项目 names a class instead."""
    return bool(_cues("base", "starts").at_start(base)) and not base[0].isdigit()


def _read_move(head: str, quantity: Quantity) -> Telling | None:
    """Read 增长, 下降, 提高 …: relative for a percentage, absolute for an amount or points."""
    word = _families()["move"].at_end(head)
    if not word or _cues("no_move").at_end(head):
        return None
    if quantity.kind in AMOUNTS and word.endswith(("收", "产", "支", "值", "拉动")):
        return None
    if quantity.kind == "point" and (at := head.rfind("拉动", max(0, len(head) - 24))) >= 0:
        return Telling("change", head, rule="pull") if at < len(head) - 2 else None
    stem = strip_links(head[: -len(word)])[0]
    stem, is_average = _strip_average(stem)
    stem, of = _strip_time(stem)
    stem, is_average = _strip_average(stem) if not is_average else (stem, True)
    sign = _signs()["move", word]
    if quantity.kind in ("percent", "multiple"):
        measure = "average_growth" if is_average else "growth"
    else:
        measure = "change"
    if quantity.kind == "multiple" and word in ("是", "为"):
        measure = "multiple"
    return Telling(measure, stem, sign, of=of, rule=f"move:{word}")


def _read_verb_first(head: str) -> Telling | None:
    """Read 压减审批时限52%: the verb of moving stands before its object."""
    words = head.lstrip("，、；,; 　")
    verb = _families()["move"].at_start(words)
    noun = words[len(verb) :]
    if len(verb) < 2 or not 2 <= len(noun) <= 14 or _cues("ratio", "heads").at_end(noun):
        return None
    return Telling("growth", noun, _signs()["move", verb], rule=f"verb-first:{verb}")


def _read_head(head: str, quantity: Quantity) -> Telling | None:
    """Read 增速6.5%: a growth told by its noun."""
    word = _families()["head"].at_end(head)
    if not word or quantity.kind not in ("percent", "multiple") or _cues("no_move").at_end(head):
        return None
    stem, is_average = _strip_average(head[: -len(word)])
    stem, of = _strip_time(stem)
    measure = "average_growth" if is_average else "growth"
    return Telling(measure, stem, _signs()["head", word], of=of, rule=f"head:{word}")


def _read_completion(head: str, quantity: Quantity) -> Telling | None:
    """Read 完成全年任务的105%."""
    if quantity.kind != "percent":
        return None
    rate = _cues("completion", "heads").at_end(head)
    if rate:
        return Telling("completion", head[: -len(rate)], rule="completion:rate")
    if not _cues("completion").at_end(head):
        return None
    low = max(0, len(head) - 30)
    for verb in load_rules("measure_cues")["completion"]["verbs"]:
        at = head.rfind(verb, low)
        if at >= 0:
            of = head[at + len(verb) :]
            return Telling("completion", head[:at], of=of, rule="completion")
    return None


def _read_multiple(head: str) -> Telling:
    """Read 是上年的1.4倍; what follows the verb is the base."""
    start, end = _cues("multiple", "verbs").last_in(head[-26:])
    if start < 0:
        return Telling("multiple", head, rule="multiple")
    offset = max(0, len(head) - 26)
    return Telling("multiple", head[: offset + start], of=head[offset + end :], rule="multiple")


def _read_share(head: str) -> Telling:
    """Read 占全市的30% and 占比30%: what stands behind 占 is the whole."""
    at = head.rfind("占", max(0, len(head) - 30))
    if at >= 0 and not head.startswith(("占地面", "占用", "占补"), at) and head[at:] != "占地":
        whole = head[at + 1 :]
        for word in ("比重", "比例", "份额", "的"):
            whole = whole.removesuffix(word)
        if whole in ("比", ""):
            return Telling("ratio", head[:at] + "占比", rule="share")
        name = f"占{whole}比重" if whole in _cues("ratio", "known_wholes") else "占比"
        return Telling("ratio", strip_links(head[:at])[0] + name, of=whole, rule="share:whole")
    return Telling("ratio", head, rule="ratio")


def _read_rank(before: str) -> Telling:
    """Read 居全市第二: the verb, then within what; without a verb the scope begins it."""
    words = before.rstrip()
    start, end = _cues("rank", "verbs").last_in(words[-26:])
    offset = max(0, len(words) - 26)
    if start >= 0:
        stem, of = words[: offset + start], words[offset + end :]
        stem = strip_links(_strip_rank_verbs(stem))[0]
        return Telling("rank", stem, of=of, rule="rank:verb")
    at = _find_scope(words)
    if at >= 0:
        return Telling("rank", words[:at], of=words[at:], rule="rank:scope")
    return Telling("rank", words, rule="rank")


def _strip_rank_verbs(words: str) -> str:
    verb = _cues("rank", "verbs").at_end(words)
    while verb:
        words = words[: -len(verb)]
        verb = _cues("rank", "verbs").at_end(words)
    return words


def _find_scope(words: str) -> int:
    places = [words.rfind(scope) for scope in load_rules("measure_cues")["rank"]["scopes"]]
    return max(places, default=-1)


def _strip_average(words: str) -> tuple[str, bool]:
    word = _cues("average").at_end(words)
    return (words[: -len(word)], True) if word else (words, False)


def _strip_time(words: str) -> tuple[str, str]:
    """Take comparisons off the end; return what is compared with unless it is the year before."""
    of = ""
    while True:
        words = strip_links(words)[0].rstrip("，, ")
        year = _cues("year_on_year").at_end(words)
        chain = _cues("chain").at_end(words)
        if year or chain:
            words = words[: -len(year or chain)]
            of = of or (load_rules("measure_cues")["chain"]["of"] if chain else "")
            continue
        stem, base = _split_base(words)
        if not base:
            return words, of
        words, of = stem, of or ("" if _is_last_year(base) else base)


def _split_base(words: str, *, is_open: bool = False) -> tuple[str, str]:
    """Split 比2019年同期 or 较“十二五”末 off the end of a head; `is_open` takes any base."""
    rules = load_rules("measure_cues")["base"]
    tail = words[-22:]
    for opener in rules["openers"]:
        at = tail.rfind(opener)
        base = tail[at + len(opener) :] if at >= 0 else ""
        for word in ("相比", "对比", "相比较", "比较"):
            base = base.removesuffix(word)
        if (
            base
            and (is_open or _cues("base", "starts").at_start(base))
            and not tail[:at].endswith(("占", "同"))
        ):
            return words[: len(words) - len(tail) + at], base.strip()
    return words, ""


def _is_last_year(base: str) -> bool:
    return base.startswith(("上年", "去年", "同期", "上一年", "年初", "上年末"))


def _is_time(base: str) -> bool:
    """Whether a base is a time, not a place or plan: 比上年高 is a change, 比全省高 a gap."""
    return base.startswith(
        ("上", "去", "同期", "年", "一季", "二季", "三季", "四季", "前", "期初")
    ) or (base[0] in "0123456789“十" and any(sign in base for sign in "年月末期五"))


def pointing() -> Words:
    """Return the heads that only point back at what is told: 增速, 总量, 占比."""
    return _cues("pointing")
