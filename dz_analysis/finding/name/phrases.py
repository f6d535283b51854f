"""Phrases round a number that name it in a way of their own: lists of examples, asides, distances.

In: the words before or behind a number. Out: the same words without what only gives examples or
remarks, and the names of distances. Read by `names` and `heads`.
"""

from __future__ import annotations

import re
from functools import cache

from dz_analysis.finding.text.wordset import Words
from dz_analysis.lexicon import load_rules

LONGEST_ASIDE = 4  # 村（居）, 县（市、区） belong to a name; what is longer only remarks on it
_NUMBERING = re.compile(
    r"\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?:[)）]|[、．](?![一二三四五六七八九十\d])|\.(?!\d))\s*"
)
_EXAMPLES = re.compile(r"^.{0,40}、.{0,40}等(?:各类|各种|多种|其他)?(?P<noun>[一-鿿]{2,16})$")
_LISTED = re.compile(
    r"^(?P<noun>[^有、]{2,20}?(?<![具拥现共仅只含没设占享所持已还都均]))(?:有|包括)"
    r"(?P<list>[^、，]{1,10}(?:、[^、，]{1,10}){2,16})$"
)
_SEAT = re.compile(r"[一-鿿]{2,8}(?<![长宽面积程坡线])")
_DIVIDED = frozenset("市区县旗盟州镇乡街道村居屯社办事处、，,团场农林含")
_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]{1,60})[)）]")
_MEDAL = re.compile("(?:金银铜|[金银铜奖])牌$")
_HAVING = re.compile(
    r"^[^、有]{2,10}(?<![具拥现共仅只含没设占享所持已还都均国私民公富原固特自专])有"
    r"(?P<noun>(?![限效机色关偿轨线形害力序利名])[^有、的]{2,10})$"
)
_DISTANCE = re.compile(
    r"(?:^|[东西南北上下离，、])?距(?:离)?(?P<place>[^距今，、]{2,16}?)"
    r"(?:的?(?:直线|公路|铁路|空中|航空)?(?:距离|里程)|仅|约|为|有|近|不足|不到)*$"
)


@cache
def _words(section: str) -> Words:
    return Words(load_rules("name_words")[section])


def drop_numbering(words: str) -> str:
    """Drop the sign of a list that a line begins with.

    Examples
    --------
    >>> drop_numbering("2、面积"), drop_numbering("（3）山林"), drop_numbering("1.2万")
    ('面积', '山林', '1.2万')
    """
    match = _NUMBERING.match(words)
    return words[match.end() :] if match else words


def cut_examples(words: str) -> str:
    """Keep the class of a list of examples, which stands behind 等 or before 有.

    Examples
    --------
    >>> cut_examples("出产党参、黄芪等中药材"), cut_examples("主要河流有甲溪、乙溪、丙溪")
    ('中药材', '主要河流')
    >>> cut_examples("工业园有企业")
    '企业'
    >>> cut_examples("城镇、农村居民人均可支配收入")
    '城镇、农村居民人均可支配收入'
    """
    if words.endswith("牌") and (medal := _MEDAL.search(words)):  # 运动员获金牌
        return medal.group()
    behind = _EXAMPLES.match(words)
    if behind and not _words("divisions").at_start(behind["noun"]):
        return behind["noun"]
    before = _LISTED.match(words.removesuffix("等"))
    if before:
        return before["noun"]
    having = _HAVING.match(words)
    return having["noun"] if having else words


def distance_name(head: str, told: str = "") -> str:
    """Name a length by what it is the distance to; blank if none is told.

    Behind another distance the place alone is enough: 距省会150公里，云溪港80公里.

    Examples
    --------
    >>> distance_name("县城东距云溪机场"), distance_name("河流总长")
    ('距云溪机场距离', '')
    >>> distance_name("云溪港", "距省会距离")
    '距云溪港距离'
    """
    match = _DISTANCE.search(head[-24:])
    if match:
        return f"距{match['place']}距离"
    is_next = told.startswith("距") and told.endswith("距离") and _SEAT.fullmatch(head.strip())
    return f"距{head.strip()}距离" if is_next else ""


def drop_asides(words: str) -> str:
    """Drop brackets that only say what is counted in: 综合保税区（含西园）进出口总额.

    Examples
    --------
    >>> drop_asides("综合保税区（含西园）进出口总额"), drop_asides("县（市、区）财政收入")
    ('综合保税区进出口总额', '县（市、区）财政收入')
    """
    if "（" not in words and "(" not in words:
        return words
    kept, at = "", 0
    for match in _BRACKET.finditer(words):
        if _words("asides").at_start(match["inside"]) and match.end() < len(words):
            kept, at = kept + words[at : match.start()], match.end()
    return kept + words[at:]


def leave_next(noun: str, length: int, *, is_last: bool) -> tuple[str, int]:
    """Leave the end of a list to the number behind it: 160个自然村、人口3529户.

    Examples
    --------
    >>> leave_next("自然村、人口", 6, is_last=True), leave_next("镇、村", 3, is_last=False)
    (('自然村', 3), ('镇、村', 3))
    >>> leave_next("县（市、区）", 6, is_last=True)
    ('县（市、区）', 6)
    """
    first, sign, rest = noun.rpartition("、")
    if first.count("（") + first.count("(") > first.count("）") + first.count(")"):
        return noun, length  # 8个县（市、区）
    return (first, length - len(rest) - 1) if sign and is_last and first else (noun, length)


def aside_length(words: str, at: int) -> int:
    """Return how long a bracket is that opens at an offset and only remarks on the name before it.

    Zero if it belongs to the name (村（居）, 县（市、区）).

    Examples
    --------
    >>> aside_length("乡（即甲乡、乙乡、丙乡）", 1), aside_length("县（市、区）", 1)
    (11, 0)
    """
    closing = re.compile("[）)]").search(words, at)
    end = closing.end() if closing else len(words)
    is_remark = bool(_words("asides").at_start(words, at + 1))
    if words[:at] in _words("divisions"):  # 1个地区（阿里）, but 74个县（区）
        is_remark = is_remark or not set(words[at + 1 : end - 1]) <= _DIVIDED
    return end - at if is_remark or end - at - 2 > LONGEST_ASIDE else 0
