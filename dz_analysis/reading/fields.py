"""Lines that hold nothing but labelled fields, menu words or buttons.

In: one line of a page. Out: the kind of furniture that it is made of, or `""`. The labels and
words stand in `lexicon/masthead.csv`. A line that holds anything else is no such line: an
article may well write “来源：” or “首页” in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import zip_longest

from dz_analysis.lexicon import roles, words

_FIELDS, _WEAK = "fields.", "fields.weak"  # roles of the masthead
_VALUE = 36  # a field's value is shorter than a clause of running text
_OWN_SOURCE = "来源"
_SENTENCE = re.compile(r"[。！？；!?;]")
_STAMP = re.compile(
    r"(?P<date>\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?)?\s{0,4}"
    r"(?P<clock>\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_NUMERIC_DATE = re.compile(r"\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|\d{1,2}[:：]\d{2}")
_BULLETS = "•●·*■◆"
_BRACKETS = "【】[]（）()〔〕|｜"
_SPLIT = re.compile(r"[\s|｜>›»/\\\[\]【】()（）:：·•,，-]+")
_BYLINE = re.compile(
    r"(?P<before>[^\d。，；！？：:]{0,24}?)\s{0,4}"
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?P<clock>\s{0,4}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
    r"\s{0,4}(?P<after>[^\d。，；！？：:]{0,24})"
)
_MENU = re.compile(r"[|｜]")
_CRUMB = re.compile(r"\s{0,4}(?:>>|[>›»＞→])\s{0,4}")
_ITEM = re.compile(r"[^\d。！？；，!?;,%]{1,14}")


def field_kind(text: str, *, trusts_weak: bool = False) -> str:
    """Return the kind of a line of labelled fields, or `""`.

    A label that articles use too (时间, 名称 …) counts beside another one, when a date in figures
    follows it, or where the lines beside it are fields (`trusts_weak`); a value ends with the
    line and holds no end of a sentence. A date with its hour beside the name of a paper needs no
    label.

    Examples
    --------
    >>> field_kind("时间：2008-03-05 09:16 来源：某某日报 编辑：某某")
    'source'
    >>> field_kind("【字体：大 中 小】")
    'share'
    >>> field_kind("时间：今年上半年"), field_kind("来源：项目资金由县财政统筹。")
    ('', '')
    """
    if byline(text):
        return "source"
    found, head = read_fields(text)
    if _SENTENCE.search(text) or not _are_fields(found, trusts_weak=trusts_weak or bool(head)):
        return ""
    return _kind_of([name for name, _ in found], has_date=bool(head))


def _are_fields(found: Sequence[tuple[str, str]], *, trusts_weak: bool) -> bool:
    """Say whether labels and values are a line of fields: short ones, with a label to trust."""
    if not found or any(len(value) > _VALUE for _, value in found):
        return False
    names = {name for name, _ in found}
    is_sure = len(names) > 1 or bool(_NUMERIC_DATE.match(found[0][1]))
    return trusts_weak or is_sure or not any(name in words("masthead", _WEAK) for name in names)


def read_fields(text: str) -> tuple[list[tuple[str, str]], str]:
    """Return the labels and values of a line that begins with a label, and the date before them.

    Behind the first one a label needs no blank before it: pages part their fields by style sheets.

    Examples
    --------
    >>> read_fields("发布时间：2008-03-05 10:20来源：某县统计局浏览次数：字体：【大 中 小】")[0][:2]
    [('发布时间', '2008-03-05 10:20'), ('来源', '某县统计局')]
    """
    if cells := _cell_fields(text):
        return cells, ""
    line = text.strip(_BRACKETS + _BULLETS + " \t\u3000\xa0")
    stamp = _STAMP.match(line)
    head = stamp.group() if stamp and stamp.group("date") else ""
    rest = line[len(head) :].lstrip(_BRACKETS + " \t\u3000\xa0")
    first = _label().match(rest)
    if not first:
        return _named_fields(rest) if head else [], head
    found = [first, *_next_label().finditer(rest, first.end())]
    stops = [*(m.start() for m in found[1:]), len(rest)]
    return [
        (_plain(m[m.lastgroup or 0]), rest[m.end() : stop].strip())
        for m, stop in zip(found, stops, strict=True)
    ], head.strip()


def _cell_fields(text: str) -> list[tuple[str, str]]:
    """Return the labels and values of a row of a record, its cells apart by tabs, or none.

    Labels that articles use too count beside another one only.
    """
    cells = [cell.strip(" \u3000\xa0:：") for cell in text.strip("\t").split("\t")]
    names = [_plain(cell) for cell in cells[::2]]
    if len(cells) < 2 or any(name not in _label_kinds() for name in names):
        return []
    return list(zip_longest(names, cells[1::2], fillvalue=""))


def _named_fields(rest: str) -> list[tuple[str, str]]:
    """Return the fields behind a date where the publisher stands first, without a label."""
    name, _, others = rest.partition(" ")
    if not name.endswith(_media()) or len(name) > _VALUE:
        return []
    fields, _ = read_fields(others) if _label().match(others.strip()) else ([], "")
    return [(_OWN_SOURCE, name), *fields] if fields else []


def item_kind(text: str) -> str:
    """Return the kind of a line of menu words, buttons or breadcrumbs, or `""`.

    Examples
    --------
    >>> item_kind("首页 | 政务公开 | 某某风采"), item_kind("【打印本页】 【关闭窗口】")
    ('navigation', 'share')
    >>> item_kind("新闻中心 > 县区动态 > 正文"), item_kind("政务公开")
    ('navigation', '')
    """
    items = [item for item in _SPLIT.split(text) if item]
    if not items:
        return ""
    known = [word_kind(item) for item in items]
    if all(known) and _may_stand_alone(items, known[0]):
        return known[0]
    leads = _are_entries(items) if _is_bar(text, known) else _is_breadcrumb(text)
    return "navigation" if leads else ""


def _may_stand_alone(items: Sequence[str], kind: str) -> bool:
    """Say whether known words fill a line: one alone is a button or may be a heading."""
    return (len(items) > 1 or kind == "share") and len("".join(items)) > 1


def _is_bar(text: str, known: Sequence[str]) -> bool:
    """Say whether a line is parted by bars and holds menu words, half of all or more."""
    return len(known) >= 3 and bool(_MENU.search(text)) and sum(map(bool, known)) * 2 >= len(known)


def _are_entries(items: Iterable[str]) -> bool:
    return all(map(_ITEM.fullmatch, items))


def byline(text: str) -> str:
    """Return who stands beside the date in a line that holds nothing else, or `""`.

    Examples
    --------
    >>> byline("2009年04月12日 08:12 某某日报"), byline("原创 某县发布 某县发布 2019-04-12 18:00")
    ('某某日报', '某县发布')
    >>> byline("某某日报 2009-04-12"), byline("2009年4月12日某县农业局")
    ('某某日报', '')
    """
    found = _BYLINE.fullmatch(text.strip(_BRACKETS + " \t\u3000\xa0"))
    if not found:
        return ""
    is_apart = found.group("clock") or _NUMERIC_DATE.search(text)
    words = [*found.group("before").split(), *found.group("after").split()]
    named = [word for word in words if word.endswith(_media())]
    return named[-1] if named and is_apart else ""


def word_kind(text: str) -> str:
    """Return the kind of one menu word or button, or `""` if it is none."""
    return _words().get(text.strip(), "")


def _is_breadcrumb(text: str) -> bool:
    """Say whether the line leads from page to page: 新闻 > 要闻 > 正文."""
    steps = _CRUMB.split(text)
    if len(steps) < 2 or not _are_entries(filter(None, steps)):
        return False
    last = next((step for step in reversed(steps) if step), "")
    is_here = last in words("masthead", "items.here")
    return is_here or word_kind(steps[0]) == "navigation" or len(steps) > 2


def _kind_of(names: list[str], *, has_date: bool) -> str:
    kinds = [_label_kinds()[name] for name in names]
    return "source" if has_date or "source" in kinds else kinds[0]


def _plain(text: str) -> str:
    return "".join(text.split())


@cache
def _label() -> re.Pattern[str]:
    """Match any label with its colon."""
    return re.compile(_labels(_label_kinds()))


@cache
def _next_label() -> re.Pattern[str]:
    """Match a label behind a blank or bracket, or one that nothing else could be anywhere.

    A label before a date in figures is such a one: 来源：某报时间：2009-04-12.
    """
    weak = words("masthead", _WEAK)
    anywhere = _labels([name for name in _label_kinds() if name not in weak], "own")
    dated = _labels(_label_kinds(), "dated") + r"(?=\s{0,4}\d{4}[-/.年]\d)"
    apart = r"(?:(?<![^\s|｜\[【（(\]】）)]))" + _labels(_label_kinds())
    return re.compile(f"{apart}|{anywhere}|{dated}")


def _labels(names: Iterable[str], group: str = "label") -> str:
    ordered = sorted(names, key=lambda label: (-len(label), label))
    spaced = "|".join(r"\s{0,3}".join(map(re.escape, label)) for label in ordered)
    colon = r"(?:[:：]|[|｜丨](?=\s{0,4}\S))"
    return rf"(?P<{group}>{spaced})\s{{0,2}}{colon}"


@cache
def _media() -> tuple[str, ...]:
    return tuple(words("masthead", "publishers.endings"))


@cache
def _label_kinds() -> dict[str, str]:
    kinds = [role for role in roles("masthead") if role.startswith(_FIELDS) and role != _WEAK]
    return {
        label: kind.removeprefix(_FIELDS) for kind in kinds for label in words("masthead", kind)
    }


@cache
def _words() -> dict[str, str]:
    kinds = ("navigation", "share")
    return {word: kind for kind in kinds for word in words("masthead", f"items.{kind}")}
