"""What has the form of a quantity and counts nothing: dates, names, coinages, classes.

In: the text and its scanned quantities. Out: those that measure something. A limit inside the
name of a class (亿元以上项目7个) belongs to the name, so it is left out here as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.scan import scan_quantities
from dz_analysis.lexicon import load_rules

_TITLE = re.compile(r"《[^《》\n]{0,80}》")
_QUOTED = re.compile(r"[“「『][^“”「」『』\n]{0,40}[”」』]|\"[^\"\n]{1,20}\"")
_STOPS = "，。；：！？、\n）)】…,;!?"
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_LATIN = re.compile(r"[A-Za-z]")
_LIMIT = re.compile(r"及?(?:以上|以下|以内|之内)(?:的)?")
_LIFE = 150  # years: a term is shorter, a date later
_UPS_AND_DOWNS = re.compile("(?:[一二两三四五六七八九十][升降涨跌增减平落]){2,4}")  # “三升两降”
_KINDS = re.compile(r"[㐀-鿿]{1,3}(?:总?产量|出栏|存栏|价格)")  # 猪牛羊禽四种肉产量
_VERSION = re.compile(r"\d{1,2}\.0")
_LISTED = re.compile(r"\s?(?:、|和|与|及|，|至|到)\s?")
_MOVED = re.compile(r"[、，和][㐀-鿿]{2,3}")
_CHANGED = re.compile(r"[㐀-鿿]{0,6}[至到为]")
_RANKED = re.compile(
    r"位?(?:、|和|与|及|上升至|上升到|升至|升到|提升至|前移至|跃升至|提升到|跃居|至|到)"
)
_INDEX_MOVES = ("提高", "提升", "上升", "增加", "下降", "降低", "回落", "上涨", "下跌")
_ITEM = re.compile(r"\d{1,4}\s?个?[㐀-鿿]{1,3}、?$")
_ITEM_WITH_ASIDE = re.compile(r"\d{1,4}\s?个?[㐀-鿿]{1,3}[（(][^（）()]{1,80}[)）][、，,]?\s?$")
_NEXT = frozenset("、0123456789")
_LIMIT_SIGN = re.compile(r"[≥≤＞＜><]\s?$")
_UNIT_LABEL = re.compile("[百千万亿]{1,2}[^余多几百千万亿]{1,3}")  # （单位：亿元、万人）
_ASIDE = re.compile(r"[（(][^（）()]{1,40}[)）]")
_OF_BEFORE = re.compile(r"(?:由|从)[^，由从]{0,20}的?$")
_ROUND = re.compile("[百千万亿]+(?![余多来百千万亿])")
_ZERO_LED = re.compile("[0０][0-9０-９]")
_PIECES = re.compile(f"[{_STOPS}]")
_WORD = re.compile(r"[㐀-䶿一-鿿]{0,4}")
_RANK_CLAUSE = re.compile("[，。；：！？\n,;]")
_AFTER_RANK = "的且以并名比较快和与及"
_OVER = ("过", "超", "超过", "过了")
_LIMITED = (*_OVER, "大于", "高于", "低于", "不足", "达到")
AFTER_LETTERS = frozenset(["money", "percent", "weight", "point", "other"])  # 人均GDP51200元
_CLASSED = frozenset(["money", "area", "length", "weight", "energy", "volume"])
_STEP = re.compile("[0-9一二两三四五六七八九]个$")
MEASURED = frozenset(["money", "percent", "area", "length", "weight", "energy", "volume", "point"])


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text that may measure something, in text order.

    Examples
    --------
    >>> find_quantities("2019年，全县5亿元以上项目7个，列第3位")
    (<7个 count 7 个>, <第3位 rank 3 位>)
    """
    titles, quoted = _spans(_TITLE, text), _spans(_QUOTED, text)
    idioms = _spans(_words("idioms"), text)
    scanned = _share_units(text, tuple(scan_quantities(text)))
    found: list[Quantity] = []
    for index, quantity in enumerate(scanned):
        if _inside(titles, quantity) or _inside(idioms, quantity):
            continue
        if _is_coined(text, quoted, quantity):
            continue
        if quantity.kind == "bare" and _continues_bare(text, quantity, found):
            found.append(quantity)
            continue
        if quantity.kind == "rank" and _continues_rank(text, quantity, found):
            found.append(quantity)
            continue
        kept = _keep(text, quantity, scanned[index + 1 : index + 2])
        if kept is not None:
            found.append(kept)
    return tuple(found)


def _share_units(text: str, scanned: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Give a number the unit that the next one in its list says for both: 2.1、3.4个百分点."""
    shared = list(scanned)
    for at in range(len(shared) - 2, -1, -1):
        quantity, following = shared[at], shared[at + 1]
        if quantity.kind != "bare" and quantity.unit != "个":
            continue
        gap = text[quantity.end : following.start]
        is_large = quantity.kind == "bare" and quantity.quote[-1] in "万亿"
        if is_large and following.kind not in ("bare", "rank", "part") and _LISTED.fullmatch(gap):
            shared[at] = quantity._replace(unit=following.unit, kind=following.kind)
        if quantity.unit == "个" and "." in quantity.quote and _MOVED.fullmatch(gap):
            shared[at] = quantity._replace(unit=following.unit, kind=following.kind)
        is_open = quantity.kind == "bare" or (quantity.unit == "个" and "." in quantity.quote)
        if is_open and following.kind in ("point", "percent") and _LISTED.fullmatch(gap):
            shared[at] = quantity._replace(unit=following.unit, kind=following.kind)
    return tuple(shared)


def _continues_bare(text: str, quantity: Quantity, found: Sequence[Quantity]) -> bool:
    """Whether 2.18 goes on from another bare number: 由2.43缩小至2.18."""
    if not found or found[-1].kind != "bare" or "." not in quantity.quote:
        return False
    return bool(_CHANGED.fullmatch(text[found[-1].end : quantity.start][:8]))


def _continues_rank(text: str, quantity: Quantity, found: Sequence[Quantity]) -> bool:
    """Whether 第二 stands in a list of places: 分别居第一、第二、第五位."""
    if not found or found[-1].kind != "rank":
        return False
    return bool(_RANKED.fullmatch(text[found[-1].end : quantity.start][:8]))


def _spans(pattern: re.Pattern[str], text: str) -> tuple[list[int], list[int]]:
    found = [match.span() for match in pattern.finditer(text)]
    return [start for start, _ in found], [end for _, end in found]


def _inside(spans: tuple[list[int], list[int]], quantity: Quantity) -> bool:
    starts, ends = spans
    index = bisect_right(starts, quantity.start) - 1
    return index >= 0 and quantity.start < ends[index]


@cache
def _tuple(name: str) -> tuple[str, ...]:
    return tuple(load_rules("not_quantities")[name])


@cache
def _words(name: str) -> re.Pattern[str]:
    words = sorted(load_rules("not_quantities")[name], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def _is_coined(text: str, quoted: tuple[list[int], list[int]], quantity: Quantity) -> bool:
    """Whether a quantity inside quotation marks is part of a coined phrase.

    “1个月开工、6个月投产” promises times and stays; “四个一” and “3+2” are names.
    """
    if not _inside(quoted, quantity):
        return False
    index = bisect_right(quoted[0], quantity.start) - 1
    content = text[quoted[0][index] + 1 : quoted[1][index] - 1]
    if "分之" in quantity.quote or _UPS_AND_DOWNS.fullmatch(content):
        return True
    if content == quantity.quote:
        return quantity.kind in ("rank", "count")
    if quantity.kind != "percent" and _is_round(quantity):
        return True  # “千亿斤粮食”工程
    return not (quantity.kind in MEASURED or quantity.unit in ("个月", "个工作日"))


def _keep(text: str, quantity: Quantity, following: Sequence[Quantity]) -> Quantity | None:
    """Return the quantity if it measures something, its unit settled, else None."""
    if quantity.kind == "rank":
        return quantity if _is_rank(text, quantity) else None
    if quantity.kind == "part":
        return quantity
    if quantity.kind == "pair":
        return quantity if "比" in text[max(0, quantity.start - 24) : quantity.start] else None
    if (
        quantity.kind == "count"
        and _ROUND.match(quantity.quote)
        and not _is_bounded(text, quantity)
    ):
        return None
    before, after = (
        text[max(0, quantity.start - 8) : quantity.start],
        text[quantity.end : quantity.end + 12],
    )
    if not _HAN.match(before[-1:] or " ") and _UNIT_LABEL.fullmatch(quantity.quote):
        return None
    if _is_joined(before, after, quantity) or _words("after_unit").match(after):
        return None
    if not quantity.value and quantity.quote[0] in "几数":
        return None  # 几项 counts nothing
    if before.endswith(_tuple("before")) or (quantity.unit == "种" and _KINDS.match(after)):
        return None
    if quantity.unit in _tuple("limit_units") and _LIMIT_SIGN.search(before):
        return None  # ≥10℃积温: the limit of what is summed
    if quantity.unit == "个月" and _is_window(before):
        return None
    if before.endswith("每"):
        return None  # 每50公斤, 每10万人: what another number is told of
    if _ZERO_LED.match(quantity.quote):
        return None
    if quantity.quote[0] == "一" and not _is_counted_one(text, quantity):
        return None
    if quantity.kind == "bare":
        return _settle_bare(text, quantity)
    if _is_class(text, quantity, following):
        return None
    return quantity


def _is_joined(before: str, after: str, quantity: Quantity) -> bool:
    """Whether the number is glued to letters or signs: G513, PM2.5, 3+2, 12:30, 1.2.3."""
    last, first = before[-1:], after[:1]
    if last and (
        last in "+＋·#№@_/\\＝=＆&×" or (quantity.kind not in AFTER_LETTERS and _LATIN.match(last))
    ):
        return True
    if last in ".-" and (_LATIN.match(before[-2:-1] or " ") or (before[-2:-1] or " ").isdigit()):
        return True
    if last and last in ":：∶︰" and before[-2:-1].isdigit():
        return True
    if quantity.kind != "bare" or not first:
        return False
    if first in "+＋×" or (first in ":：∶︰" and after[1:2].isdigit()):
        return True
    return bool(_LATIN.match(first)) or first in "._@"


def _is_window(before: str) -> bool:
    """Whether 5个月 is a stretch of the year (前5个月), not a time that something took."""
    return before.endswith(("前", "头", "近", "后")) and not before.endswith(
        ("提前", "推后", "延后")
    )


def _is_bounded(text: str, quantity: Quantity) -> bool:
    """Whether 百家 or 万人 is said to be near or over: else it is a figure of speech or a name."""
    return text[max(0, quantity.start - 1) : quantity.start] in tuple("近超过破达逾足")


def _is_rank(text: str, quantity: Quantity) -> bool:
    """Whether 第二 is a place in a ranking: said of something, and followed by no noun."""
    after = text[quantity.end : quantity.end + 1]
    before = text[max(0, quantity.start - 12) : quantity.start]
    clause = _RANK_CLAUSE.split(before)[-1]
    if clause.endswith(_tuple("not_ranked")):
        return False
    if text.startswith("、二", quantity.end) and "产业" in text[quantity.end : quantity.end + 8]:
        return False  # 第一、二、三产业
    if quantity.quote in ("首位", "榜首") or quantity.quote.endswith("位"):
        return bool(clause)
    moved = text.startswith(("上升", "升", "提升", "跃", "前移", "下降", "退"), quantity.end)
    if not clause or (after and _HAN.match(after) and not moved and after not in _AFTER_RANK):
        return False
    return bool(_words("rank_cues").search(clause[-10:]))


def _is_counted_one(text: str, quantity: Quantity) -> bool:
    """Whether 一座 is a count behind its noun (新建公园一座), not an article (一座公园)."""
    if quantity.quote[1:2] in tuple("成亿万百千二三四五六七八九两"):
        return quantity.quote[:2] not in ("一百", "一千") or len(quantity.quote) > 3
    after = text[quantity.end : quantity.end + 1]
    before = text[max(0, quantity.start - 1) : quantity.start]
    if before in ("翻", "增"):
        return True
    is_end = not after or after in _STOPS
    return (
        is_end
        and bool(before)
        and bool(_HAN.match(before))
        and before not in "这那每某任同另唯之第统进逐此新为是成如"
    )


def _settle_bare(text: str, quantity: Quantity) -> Quantity | None:
    """Decide on a number without a known unit: a date, a new measure word, a bare count."""
    rules = load_rules("not_quantities")
    after = text[quantity.end : quantity.end + 12]
    before = text[max(0, quantity.start - 12) : quantity.start]
    is_large = quantity.quote[-1] in "万亿千百余多" or "." in quantity.quote
    if not is_large and _words("after").match(after):
        return _years(text, quantity, after)
    if _VERSION.fullmatch(quantity.quote) and _HAN.match(after):
        return None  # 2.0版, 3.0方案
    if after.startswith(("年", "月", "日")):
        return _years(text, quantity, after)
    clause = _PIECES.split(before)[-1]
    if before[-1:] in ("（", "(") and after[:1] in ("）", ")"):  # 营商便利指数（2.8）
        return quantity if _ends_in(before[:-1], rules["bare_heads"]) else None
    if "." in quantity.quote and not _HAN.match(after) and _is_moved_index(text, quantity.start):
        return quantity
    if _words("counted_bare").match(after.lstrip()) and _is_counted(text, quantity.start):
        return quantity
    run = _WORD.match(after)
    word = run.group() if run else ""
    if 0 < len(word) <= 2 and clause and _is_new_unit(word, after[len(word) :]):
        if is_large or len(word) == 1 or _HAN.match(before[-1:] or " "):
            return _with_unit(text, quantity, word)
        return None
    if _ends_in(_bare_clause(text, quantity.start), rules["bare_heads"]):
        return quantity
    if is_large and word and not _words("not_units").match(word):
        return quantity if not after.startswith("级") else None
    if quantity.quote[-1] in "万亿" and clause:
        return quantity
    return quantity if quantity.quote.strip("0０") == "" and before.endswith("“") else None


def _is_moved_index(text: str, start: int) -> bool:
    """Whether a bare number says how far an index moved: 创新指数（63.5）比上年提高1.2."""
    words = text[max(0, start - 30) : start]
    sentence = re.split("[。；\n]", words)[-1]
    heads = load_rules("not_quantities")["bare_heads"]
    return words.endswith(_INDEX_MOVES) and any(head in sentence for head in heads)


def _years(text: str, quantity: Quantity, after: str) -> Quantity | None:
    """Return 9.6年 as years where a term is told (受教育年限), None where it is a date."""
    if not after.startswith("年"):
        return None
    words = _PIECES.split(text[max(0, quantity.start - 40) : quantity.start])[-1]
    is_told = quantity.value < _LIFE and _words("terms").search(words)
    year = _with_unit(text, quantity, "年")
    return year._replace(kind="time") if is_told else None


def _is_new_unit(word: str, rest: str) -> bool:
    """Whether one or two characters before a stop are a measure word not in the list."""
    return (not rest or rest[0] in _STOPS) and not _words("not_units").match(word)


def _with_unit(text: str, quantity: Quantity, word: str) -> Quantity:
    end = quantity.end + len(word)
    quote = text[quantity.start : end]
    return Quantity(
        quantity.start, end, quote, quantity.value, quantity.high, word, "count", quantity.open_
    )


def _bare_clause(text: str, start: int) -> str:
    """Return the clause before a bare number without brackets and without its earlier time."""
    words = _ASIDE.sub("", text[max(0, start - 60) : start])
    return _OF_BEFORE.sub("", _PIECES.split(words)[-1][-30:])


def _ends_in(clause: str, heads: Sequence[str]) -> bool:
    """Whether a clause ends in a noun that may have a bare number: 指数为98.5."""
    head = _words("linking").sub("", clause)
    return any(head.endswith(word) for word in heads)


def _is_counted(text: str, start: int) -> bool:
    """Whether 7 in 辖2镇7乡 is counted: behind a verb of having or the item before it."""
    before = text[max(0, start - 12) : start]
    if any(before.endswith(verb) for verb in load_rules("not_quantities")["governs"]):
        return True
    return bool(
        _ITEM.search(before)
        or (
            before[-2:].strip("、，, ")[-1:] in tuple("）)")
            and _ITEM_WITH_ASIDE.search(text[max(0, start - 90) : start])
        )
    )


def _is_class(text: str, quantity: Quantity, following: Sequence[Quantity]) -> bool:
    """Whether an amount is the limit in the name of a class: 过亿元项目, 60岁以上老人."""
    if quantity.kind in ("percent", "point", "multiple"):
        return False
    rules = load_rules("not_quantities")
    after = text[quantity.end : quantity.end + 10]
    before = text[max(0, quantity.start - 2) : quantity.start]
    is_counted = bool(following) and following[0].kind == "count"
    if is_counted and before.endswith(_OVER) and following[0].start == quantity.end:
        return True  # 其中超亿元2个
    if after.startswith("的") and before.endswith(_LIMITED) and quantity.kind != "money":
        return _counts_next(text, quantity, following)  # 用水量超过500万吨的企业2家
    limit = _LIMIT.match(after)
    rest = after[limit.end() :] if limit else after
    is_noun = bool(_HAN.match(rest) or _LATIN.match(rest)) and not _words("class_stops").match(rest)
    if limit and quantity.unit in rules["counted_over"]:
        return is_noun and _counts_next(text, quantity, following)
    if limit:
        return is_noun or (rest[:1].isdigit() and is_counted)
    if quantity.unit in rules["attributive_units"] and after[:1] in _NEXT and following:
        return following[0].unit in (quantity.unit, "人")  # 0-17岁、18-34岁人口, 0—14岁12万人
    if quantity.unit in rules["attributive_units"]:
        return is_noun and not rest.startswith("的")
    if quantity.kind == "money" and is_noun and before.endswith(_OVER):
        return not rest.startswith("的") or _counts_next(text, quantity, following)
    if not _is_round(quantity) or (quantity.kind != "money" and _is_bounded(text, quantity)):
        return False
    if _STEP.search(before) and (is_noun or after.startswith(("台阶", "、"))):
        return True  # 连跨3个千亿元台阶, 12个百亿元、30个十亿元项目
    return quantity.kind in _CLASSED and is_noun


def _is_round(quantity: Quantity) -> bool:
    """Whether a number is no more than a magnitude: 千万吨, but not 上千万吨 or 两千万吨."""
    signs = "两三四五六七八九"
    return not quantity.open_ and not any(s.isdigit() or s in signs for s in quantity.quote)


def _counts_next(text: str, quantity: Quantity, following: Sequence[Quantity]) -> bool:
    """Whether a count follows in the same clause: 超过3亿元的项目12个."""
    if not following or following[0].kind != "count":
        return False
    between = text[quantity.end : min(following[0].start, quantity.end + 40)]
    return not _PIECES.search(between)
