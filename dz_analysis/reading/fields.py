"""Lines that hold nothing but labelled fields, menu words or buttons.

In: one line of a page. Out: the kind of furniture that it is made of, or `""`. The labels and
words stand in `lexicon/masthead.toml`. A line that holds anything else is no such line: an
article may well write “来源：” or “首页” in a sentence.
"""

from __future__ import annotations

import re
from functools import cache

from dz_analysis.lexicon import load_rules

_VALUE = 36  # a field's value is shorter than a clause of running text
_SENTENCE = re.compile(r"[。！？；!?;]")
_STAMP = re.compile(
    r"(?P<date>\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?)?\s{0,4}"
    r"(?P<clock>\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_NUMERIC_DATE = re.compile(r"\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|\d{1,2}[:：]\d{2}")
_BRACKETS = "【】[]（）()〔〕|｜"
_SPLIT = re.compile(r"[\s|｜>›»/\\\[\]【】()（）:：·•,，-]+")
_MENU = re.compile(r"[|｜]")
_CRUMB = re.compile(r"\s{0,4}(?:>>|[>›»＞→])\s{0,4}")
_ITEM = re.compile(r"[^\d。！？；，!?;,%]{1,14}")


def field_kind(text: str) -> str:
    """Return the kind of a line of labelled fields, or `""`.

    A label that articles use too (时间, 名称 …) counts beside another one, or when a date in
    figures follows it; a value ends with the line and holds no end of a sentence.

    Examples
    --------
    >>> field_kind("时间：2008-03-05 09:16 来源：某某日报 编辑：某某")
    'source'
    >>> field_kind("【字体：大 中 小】")
    'share'
    >>> field_kind("时间：今年上半年"), field_kind("来源：项目资金由县财政统筹。")
    ('', '')
    """
    line = text.strip(_BRACKETS + " \t\u3000\xa0")
    stamp = _STAMP.match(line)
    head = stamp.end() if stamp and stamp.group("date") else 0
    rest = line[head:].lstrip(_BRACKETS + " \t\u3000\xa0")
    found = list(_label().finditer(rest))
    if not found or found[0].start() or _SENTENCE.search(rest):
        return ""
    stops = [*(m.start() for m in found[1:]), len(rest)]
    values = [rest[m.end() : stop].strip() for m, stop in zip(found, stops, strict=True)]
    if max(map(len, values)) > _VALUE:
        return ""
    names = [_plain(m.group("label")) for m in found]
    weak = set(load_rules("masthead")["fields"]["weak"])
    if all(name in weak for name in names) and not head:
        sure = len(set(names)) > 1 or bool(_NUMERIC_DATE.match(values[0]))
        if not sure:
            return ""
    return _kind_of(names, has_date=bool(head))


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
    if all(known) and (len(items) > 1 or known[0] == "share") and len("".join(items)) > 1:
        return known[0]
    if len(items) >= 3 and _MENU.search(text) and sum(map(bool, known)) * 2 >= len(items):
        return "navigation" if all(_ITEM.fullmatch(item) for item in items) else ""
    return "navigation" if _is_breadcrumb(text) else ""


def word_kind(text: str) -> str:
    """Return the kind of one menu word or button, or `""` if it is none."""
    return _words().get(text.strip(), "")


def _is_breadcrumb(text: str) -> bool:
    """Say whether the line leads from page to page: 新闻 > 要闻 > 正文."""
    steps = _CRUMB.split(text)
    if len(steps) < 2 or not all(_ITEM.fullmatch(step) for step in steps if step):
        return False
    last = next((step for step in reversed(steps) if step), "")
    here = load_rules("masthead")["items"]["here"]
    return last in here or word_kind(steps[0]) == "navigation" or len(steps) > 2


def _kind_of(names: list[str], *, has_date: bool) -> str:
    kinds = [_label_kinds()[name] for name in names]
    return "source" if has_date or "source" in kinds else kinds[0]


def _plain(text: str) -> str:
    return "".join(text.split())


@cache
def _label() -> re.Pattern[str]:
    """Any label with its colon, at the start of the line or behind a blank or bracket."""
    labels = sorted(_label_kinds(), key=lambda label: (-len(label), label))
    spaced = "|".join(r"\s{0,3}".join(map(re.escape, label)) for label in labels)
    return re.compile(rf"(?:(?<![^\s|｜\[【（(\]】）)]))(?P<label>{spaced})\s{{0,2}}[:：]")


@cache
def _label_kinds() -> dict[str, str]:
    fields = load_rules("masthead")["fields"]
    return {label: kind for kind in fields if kind != "weak" for label in fields[kind]}


@cache
def _words() -> dict[str, str]:
    items = load_rules("masthead")["items"]
    return {word: kind for kind in ("navigation", "share") for word in items[kind]}
