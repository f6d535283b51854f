"""The numbers that Word sets before paragraphs: 一、 and （一） that stand in no text.

In: a docx document. Out: `Numbering`, which gives each paragraph in turn its number as a reader
sees it. Bullets are no numbers and give nothing. The formats are those of ISO/IEC 29500-1,
17.18.59.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"  # single signs, as figures are
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")
_OPEN_END = re.compile(r"[0-9A-Za-z]$|[.)]$")
_CHINESE = ("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified")
_LEVELS = 9
_DIGITS_MOST = 6
_LARGEST = 3999  # that is written in letters
_MOST_STYLES = 12  # styles that lean on one another; a longer chain is a circle


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    is_decimal: bool  # all numbers in it are written in figures


class Numbering:
    """Counts the numbered paragraphs of one document, from its first to its last."""

    def __init__(self, document: Any) -> None:
        root = _numbering_root(document)
        self._abstract = {} if root is None else _abstract_lists(root)
        self._lists = {} if root is None else _lists(root)
        self._styles = _style_numbers(document)
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        """Return the number before a paragraph, `""` if it has none; to be asked in order."""
        found = self._place(paragraph)
        if found is None:
            return ""
        number, depth = found
        abstract, starts = self._lists[number]
        levels = self._abstract.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counted(number, abstract, depth, starts)
        text = _PLACE.sub(
            lambda m: _written(levels, counts, int(m.group(1)) - 1, depth), levels[depth].text
        )
        if levels[depth].form in ("bullet", "none"):
            return ""
        return text + (" " if _OPEN_END.search(text) else "")

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """Return list and depth of a paragraph; its own settings win over its style's."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        number, depth = _number_of(properties)
        style = properties.find(qn("w:pStyle"))
        if style is not None and (number is None or depth is None):
            style_number, style_depth = self._styles.get(style.get(qn("w:val")), (None, None))
            number = style_number if number is None else number
            depth = style_depth if depth is None else depth
        if number is None or number not in self._lists:
            return None
        return number, min(depth or 0, _LEVELS - 1)

    def _counted(
        self, number: str, abstract: str, depth: int, starts: Mapping[int, int]
    ) -> list[int]:
        """Count on at a depth; deeper levels begin anew."""
        levels = self._abstract[abstract]
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        for level in range(depth + 1):
            first = starts.get(level, levels[level].start if level in levels else 1)
            is_forced = level in starts and (number, level) not in self._begun
            if is_forced or (counts[level] == 0):
                counts[level] = first - (level == depth)
                self._begun.add((number, level))
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        return counts


def _numbering_root(document: Any) -> Any:
    parts = document.part.rels.values()
    found = next((part for part in parts if part.reltype.endswith("/numbering")), None)
    return None if found is None or found.is_external else found.target_part.element


def _abstract_lists(root: Any) -> dict[str, dict[int, _Level]]:
    return {
        entry.get(qn("w:abstractNumId")): {
            _int(level.get(qn("w:ilvl"))): _level(level) for level in entry.findall(qn("w:lvl"))
        }
        for entry in root.findall(qn("w:abstractNum"))
    }


def _level(element: Any) -> _Level:
    return _Level(
        _value(element, "w:numFmt", "decimal"),
        _value(element, "w:lvlText", ""),
        _int(_value(element, "w:start", "1")),
        element.find(qn("w:isLgl")) is not None,
    )


def _lists(root: Any) -> dict[str, tuple[str, dict[int, int]]]:
    """Return of each list its abstract list and the levels that begin at another number."""
    found = {}
    for entry in root.findall(qn("w:num")):
        starts = {}
        for override in entry.findall(qn("w:lvlOverride")):
            start = override.find(qn("w:startOverride"))
            if start is not None:
                starts[_int(override.get(qn("w:ilvl")))] = _int(start.get(qn("w:val")))
        found[entry.get(qn("w:numId"))] = (_value(entry, "w:abstractNumId", ""), starts)
    return found


def _style_numbers(document: Any) -> dict[str, tuple[str | None, int | None]]:
    """Return of each style the list and the depth that it or the styles below it give."""
    styles = {
        style.get(qn("w:styleId")): style
        for style in document.styles.element.findall(qn("w:style"))
    }
    return {name: _style_number(styles, name) for name in styles}


def _style_number(styles: Mapping[str, Any], name: str) -> tuple[str | None, int | None]:
    number: str | None = None
    depth: int | None = None
    for _ in range(_MOST_STYLES):
        style = styles.get(name)
        if style is None:
            break
        properties = style.find(qn("w:pPr"))
        own = (None, None) if properties is None else _number_of(properties)
        number = own[0] if number is None else number
        depth = own[1] if depth is None else depth
        name = _value(style, "w:basedOn", "")
    return number, depth


def _number_of(properties: Any) -> tuple[str | None, int | None]:
    settings = properties.find(qn("w:numPr"))
    if settings is None:
        return None, None
    number, depth = _value(settings, "w:numId", ""), _value(settings, "w:ilvl", "")
    return number or None, _int(depth) if depth else None


def _int(written: str | None) -> int:
    """Return a number of the settings; what is none, in a damaged file, counts as 0."""
    return int(written) if written and written.isdecimal() and len(written) < _DIGITS_MOST else 0


def _value(element: Any, tag: str, default: str) -> str:
    found = element.find(qn(tag))
    value = None if found is None else found.get(qn("w:val"))
    return default if value is None else value


def _written(levels: Mapping[int, _Level], counts: list[int], level: int, depth: int) -> str:
    form = levels[level].form if level in levels else "decimal"
    if levels[depth].is_decimal:
        form = "decimal"
    return write_number(max(counts[level], 1), form)


def write_number(number: int, form: str) -> str:
    """Write a number in one of Word's formats; an unknown one is written in figures.

    Examples
    --------
    >>> [write_number(12, form) for form in ("chineseCounting", "decimal", "upperLetter")]
    ['十二', '12', 'L']
    """
    if form in _CHINESE or form.startswith(("taiwaneseCounting", "japaneseCounting")):
        return _chinese(number)
    return _WRITERS.get(form, str)(number) if number <= _LARGEST else str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    """Return a to z, then aa, bb and so on, as Word writes them."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else str(number)


_WRITERS: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02d}",
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
}
