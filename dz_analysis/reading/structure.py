"""The order of an article: paragraphs with section, heading level and stance, and sentences.

In: clean text, one paragraph a line. Out: `Paragraph`s that cover it, and spans of sentences.
Headings are known by their numbering and by being short lines without an end mark; what a section
does (report, plan, explain terms) by the cue words of `lexicon/sections.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from dz_analysis.lexicon import roles, words
from dz_analysis.reading.page import Paragraph

_NUMERALS = "一二三四五六七八九十百"
# The ways in which reports number their parts, from the outermost to the innermost.
_NUMBERINGS = (
    ("part", re.compile(rf"第[{_NUMERALS}\d]{{1,4}}(?:部分|章|篇|编|节)")),
    ("plain", re.compile(r"(?!)")),  # a short line without a number: judged by `_is_plain_heading`
    ("numeral", re.compile(rf"[{_NUMERALS}]{{1,3}}(?:、|是：)|[{_NUMERALS}]{{1,3}}[.．](?!\d)")),
    ("bracketed", re.compile(rf"[（(][{_NUMERALS}]{{1,3}}[）)]")),
    ("digit", re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))")),
    ("small", re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]")),
)
_HEADING_HAN = 40  # a heading holds fewer characters; the longest ones seen have 32
_TITLE_HAN = 6
_RUNNING_HAN = 60  # a line with more is certainly running text
_END_MARKS = tuple("。！？；：，、!?;:,…—")
_HAN_END = re.compile(r"[\u3400-\u9fff]$")
_OPENED = ("（", "(", "，", "、", "》", "”")
_SIGNATURE = re.compile(r"^[□■◇◆(（]|[(（].{1,20}[摄文][)）]$|^\d{4}年\d{1,2}月\d{1,2}日$|^——")
_RUN_IN = re.compile(r"^[^。！？]{2,60}[。！？]")
_SENTENCE = re.compile(r"(?:[。！？]|(?<=[\u3400-\u9fff])[!?]|…{2})[”’」』）)》]{0,4}|\n")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_RUN_IN_LEVEL = 2
# what a glossary explains, behind its number: 1.“六横”：, 注：①“六横”
_ENTRY = re.compile(
    r"(?:[\u3400-\u9fff]{1,2}[：:])?[\s\d①-⑳（）()\[\]【】.．、*]{0,8}"
    r"“[^“”\n]{1,30}”(?:[（(][^（）()\n]{1,30}[）)])?[：:，]?\s?"
)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    han: int


def split_paragraphs(text: str, *, title: str = "") -> tuple[Paragraph, ...]:
    r"""Split an article into paragraphs and say of each where it stands and what it does.

    Parameters
    ----------
    text : str
        Clean text, one paragraph a line; blank lines and spaces around a line belong to none.
    title : str, optional
        The title, if it is known; else the short lines before the first running text are taken.

    Returns
    -------
    tuple of Paragraph
        In order, numbered from 1.

    Examples
    --------
    >>> report = "某县政府工作报告\n一、2008年工作回顾\n过去的一年，全县生产总值增长9%。\n"
    >>> report += "二、2009年工作安排\n今年要抓好春耕，力争粮食增产2%。"
    >>> [(p.heading_level, p.stance, p.section) for p in split_paragraphs(report)][2:4]
    [(0, 'review', '一、2008年工作回顾'), (2, 'plan', '二、2009年工作安排')]
    """
    lines = list(_lines(text))
    classes = _heading_classes(lines, title)
    levels = _levels(classes)
    return tuple(_walk(lines, classes, levels))


def split_sentences(
    text: str, start: int = 0, end: int | None = None
) -> tuple[tuple[int, int], ...]:
    """Split `text[start:end]` into sentences, each with its end mark and closing quotes.

    Returns
    -------
    tuple of (int, int)
        Spans without the blanks around them; together they cover all but blanks.

    Examples
    --------
    >>> text = "工业增长6%。他说：“很好！”农业增长3%"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['工业增长6%。', '他说：“很好！”', '农业增长3%']
    """
    stop = len(text) if end is None else end
    cuts = [start, *(m.end() for m in _SENTENCE.finditer(text, start, stop)), stop]
    spans = (_strip(text, a, b) for a, b in pairwise(cuts))
    return tuple((a, b) for a, b in spans if a < b)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        start, end = _strip(text, at, at + len(line))
        if start < end:
            han = sum(map(len, _HAN_RUN.findall(text, start, end)))
            yield _Line(start, end, text[start:end], han)
        at += len(line) + 1


def _levels(classes: list[str]) -> dict[str, int]:
    """Return the level of each kind of heading: 2 for the outermost one.

    Headings without a number stand above numbered ones if they come first (2009年工作回顾, then
    一、); else beside the outermost of them (名词解释 at the end).
    """
    order = [name for name, _ in _NUMBERINGS if name in classes]
    numbered = [name for name in order if name != "plain"]
    beside = "plain" in order and any(
        classes.index(name) < classes.index("plain") for name in numbered
    )
    levels = {name: 2 + rank for rank, name in enumerate(numbered if beside else order)}
    return levels | ({"plain": 2} if beside else {}) | {"title": 1}


def _heading_classes(lines: list[_Line], title: str) -> list[str]:
    """Return for each line what kind of heading it is: `title`, a way of numbering, or `""`."""
    body = _first_running(lines, title)
    classes = [_class_of(line) for line in lines]
    for at in range(body):
        closed = any(_SIGNATURE.search(line.text) for line in lines[: at + 1])
        classes[at] = "" if closed else _head_class(lines[at], title, first=at == 0)
    for at in range(body, len(lines)):
        if classes[at] == "plain" and (_goes_on(lines, at) or not _heads_text(lines, at)):
            classes[at] = ""
    return classes


def _first_running(lines: list[_Line], title: str) -> int:
    """Return the number of the first line of running text (or of the address to the assembly)."""
    for at, line in enumerate(lines):
        if line.han > _HEADING_HAN or line.text.endswith(_END_MARKS) or _numbering(line.text):
            return at
        is_heading = any(cue in _plain(line.text) for cue in _cues("review", "heading"))
        if at and is_heading and not _is_title(line, title):
            return at
    return 0


def _head_class(line: _Line, title: str, *, first: bool) -> str:
    """Return whether a line above the text is a title or its kicker; a name is none."""
    is_title = _is_title(line, title) if title else line.han >= _TITLE_HAN
    return "title" if first or is_title else ""


def _is_title(line: _Line, title: str) -> bool:
    """Say whether a line holds the title, or one line of it."""
    words, whole = _plain(line.text), _plain(title)
    return bool(title) and (whole in words or (line.han >= _TITLE_HAN and words in whole))


def _class_of(line: _Line) -> str:
    if line.han > _HEADING_HAN or not line.han:
        return ""
    numbering = _numbering(line.text)
    if numbering:
        return "" if line.text.endswith(_END_MARKS) else numbering
    return "plain" if _is_plain_heading(line.text) else ""


def _numbering(text: str) -> str:
    for name, pattern in _NUMBERINGS:
        if pattern.match(text):
            return name
    return ""


def _is_plain_heading(text: str) -> bool:
    return not (text.endswith(_END_MARKS) or _SIGNATURE.search(text) or "：" in text)


def _goes_on(lines: list[_Line], at: int) -> bool:
    """Say whether a short line goes on with a sentence that was broken before and behind it."""
    if not 0 < at < len(lines) - 1:
        return False
    before, behind = lines[at - 1], lines[at + 1]
    is_broken = before.han > _HEADING_HAN and bool(_HAN_END.search(before.text))
    return is_broken and behind.text.startswith(_OPENED)


def _heads_text(lines: list[_Line], at: int) -> bool:
    """Say whether a short line heads what follows: running text, or one deeper heading."""
    below = lines[at + 1 : at + 3]
    if not below:
        return False
    return any(line.han > _HEADING_HAN or line.text.endswith(_END_MARKS) for line in below)


def _walk(lines: list[_Line], classes: list[str], levels: dict[str, int]) -> Iterator[Paragraph]:
    """Carry section and stance down the lines."""
    standing = _Standing()
    has_run_in = "numeral" not in levels  # numbered sentences stand for the headings
    run_in = _run_in_level(lines, classes)
    for number, (line, name) in enumerate(zip(lines, classes, strict=True), start=1):
        heading = line.text if name else has_run_in and _run_in_heading(line.text)
        if heading and name != "title":
            standing.enter(heading, levels.get(name, run_in))
        stance = standing.stance_of(line.text, is_heading=bool(name))
        level = levels.get(name, 0)
        yield Paragraph(number, line.start, line.end, standing.section, level, stance)


def _run_in_level(lines: list[_Line], classes: list[str]) -> int:
    """Return the level of numbered sentences: below headings without a number, if these come first.

    2025年工作安排, then （一）扩大内需。……
    """
    heads = ("part", "plain")
    first = next((at for at, name in enumerate(classes) if name in heads), len(lines))
    run_in = (at for at, line in enumerate(lines) if not classes[at] and _run_in_heading(line.text))
    return _RUN_IN_LEVEL + (first < next(run_in, 0))


class _Standing:
    """Where a line stands: its section, and what the headings above it announced."""

    def __init__(self) -> None:
        self.section = ""
        self._stances: dict[int, str] = {}  # level of a heading in force -> what it announced
        self._opened = ""  # what a sentence before the first heading of a plan announced
        self._is_opener = False  # whether the line before was such a sentence
        self._reviewed = 0  # the latest year that a heading looks back on

    def enter(self, heading: str, level: int) -> None:
        """Go into the section of a heading; the deeper ones and those beside it end.

        A glossary closes its text: a short line in it that announces nothing does not end it.
        """
        standing = self._ruling()
        self._stances = {above: s for above, s in self._stances.items() if above < level}
        if self._is_opener:
            self._stances.setdefault(level - 1, self._opened)
        stance = heading_stance(heading, reviewed=self._reviewed, below=self._ruling())
        stance = stance or (standing if standing == "glossary" else "")
        self._stances[level] = stance
        if stance == "review":
            self._reviewed = max([self._reviewed, *_years(heading)])
        self.section, self._opened = heading, ""

    def stance_of(self, text: str, *, is_heading: bool) -> str:
        """Return the stance of a line: a glossary's, its own, its opener's or its section's."""
        self._is_opener = not is_heading and _plain(text).startswith(_cues("plan", "opens"))
        self._opened = "plan" if self._is_opener else self._opened
        ruling = self._ruling()
        if ruling == "glossary":
            return ruling
        if not is_heading and _explains(text):
            return "glossary"
        own = "" if is_heading else _paragraph_stance(text)
        return own or self._opened or ruling or "review"

    def _ruling(self) -> str:
        """Return what the innermost heading announced that announced anything."""
        return next((s for _, s in sorted(self._stances.items(), reverse=True) if s), "")


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]


def _run_in_heading(text: str) -> str:
    """Return the numbered sentence that opens a paragraph and stands for a heading, or `""`."""
    if _numbering(text) not in ("numeral", "bracketed"):
        return ""
    found = _RUN_IN.match(text)
    return found.group()[:-1] if found else ""


def heading_stance(text: str, *, reviewed: int = 0, below: str = "") -> str:
    """Return what a heading announces, or `""`.

    Nouns of planning count at its end only (重点任务扎实推进 looks back), and not where they are
    what it carries out; a year later than the one already looked back on is still to come.

    Parameters
    ----------
    text : str
        The heading.
    reviewed : int, optional
        The latest year that a heading before it looks back on.
    below : str, optional
        The stance of the section that it stands in: in one of plans, praise is what is aimed at
        (推进改革取得新成效).

    Examples
    --------
    >>> heading_stance("（三）民生工作取得新成效"), heading_stance("（三）取得新成效", below="plan")
    ('review', '')
    >>> heading_stance("（一）重点任务"), heading_stance("（一）落实重大任务")
    ('plan', '')
    """
    plain = _plain(text)
    for stance in ("glossary", "review"):
        if _holds(plain, f"{stance}.heading"):
            return stance
    is_praise = _holds(plain, "review.heading_praise") or plain.endswith(_ends("review"))
    if is_praise and below != "plan":
        return "review"
    if _holds(plain, "plan.heading"):
        return "plan"
    if plain.endswith(_ends("plan")) and not _holds(plain, "plan.heading_done"):
        return "plan"
    return "plan" if reviewed and any(year > reviewed for year in _years(text)) else ""


def _ends(stance: str) -> tuple[str, ...]:
    return _cues(stance, "heading_end")


def _holds(plain: str, role: str) -> bool:
    return any(cue in plain for cue in words("sections", role))


def _paragraph_stance(text: str) -> str:
    start = _plain(text[:40]).lstrip("—-")
    for stance in ("plan", "review"):
        if any(start.startswith(cue) for cue in _cues(stance, "paragraph")):
            return stance
    return ""


def _explains(text: str) -> bool:
    """Whether a line is an entry of a glossary without a heading: “六横”：指6条通道。.

    Examples
    --------
    >>> _explains("①“六横”是指6条通道。"), _explains("“六横”指数上升5%。")
    (True, False)
    """
    entry = _ENTRY.match(text)
    if not entry:
        return False
    says, says_not = (words("sections", f"glossary.{role}") for role in ("says", "not_says"))
    return bool(says.at_start(text, entry.end()) and not says_not.at_start(text, entry.end()))


def _plain(text: str) -> str:
    return _BLANKS.sub("", text)


@cache
def _cues(stance: str, where: str) -> tuple[str, ...]:
    role = f"{stance}.{where}"
    return tuple(words("sections", role)) if role in roles("sections") else ()
