"""Text as the finders read it: numbers and signs written one way, and the way back to the page.

In: clean text, in which nothing is lost that the author wrote. Out: the same text with digits and
decimal points of one width, Chinese full stops and quotation marks, and without the blanks that
typing leaves beside a number (到 2025 年, 12. 6 亿元); with it the offsets that lead back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from dz_analysis.lexicon import load_lexicon, words
from dz_analysis.reading.page import OffsetMap

_WIDE = "０１２３４５６７８９％．ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
_ONE_WIDTH = str.maketrans(_WIDE, "0123456789%.ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_HAS_WIDE = re.compile(f"[{_WIDE}]")
_HAN = "\u3400-\u9fff"
_BLANK = r"[ \u00a0\u2002-\u200a\u202f\u3000]"
_DASH = "[-－—–~～]{1,2}"
_POINTS = "·•・‧∙⋅"
_TYPED = re.compile(r'"([^"“”\n]{1,40})"')
_SINGLE = re.compile(
    rf"(?<=[{_HAN}，。；、：（])[‘']([{_HAN}\d]{{1,20}})[’'](?=[{_HAN}，。；、）])"
)
# These begin with the sign itself, which is rare, and look around only where it stands.
_SPACED = re.compile(rf"{_BLANK}(?:(?<=[\d%.].)|(?=[\d.]))")
_BEFORE_DIGIT = re.compile(rf"(?<=[{_HAN}]){_BLANK}(?=\d)")
_UNSPACED = re.compile(rf"(?<=[{_HAN}])(?=\d)")
_NUMBERING = re.compile(rf"{_BLANK}*[\d.]+{_BLANK}(?!\d{_BLANK}\d)")  # not of 3 0 0 多个村
_COLUMNS = re.compile(rf"{_BLANK}{{2}}|[\t|｜]")
_FIGURES = re.compile(rf"[\d.]\d{_BLANK}+[-+－−]?\d[\d.]")  # 128.4 5.6: columns of a table
_SENTENCE = re.compile(r"[，。；;]|,(?!\d)")
_MANY = re.compile(rf"(?:[^{_HAN}]*[{_HAN}]){{12}}")  # fewer are a heading or a row of a table
_ROWS = 3  # of a table that stands inside a line
_FEW = 2  # numbers that show how a line, or a text, is typed


class Plain(NamedTuple):
    """A text as the finders read it; `offsets` lead back where characters were left out."""

    text: str
    offsets: OffsetMap | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the page's text that `start:end` stands for."""
        return self.offsets.to_raw(start, end) if self.offsets else (start, end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span here of `start:end` of the page's text."""
        return self.offsets.from_raw(start, end) if self.offsets else (start, end)


@lru_cache(maxsize=8)  # the finders and the account of what they refused ask for the same text
def plain_text(text: str) -> Plain:
    r"""Return a text as the finders read it.

    Examples
    --------
    >>> plain_text("１２·５亿元，同比增长 8.3%.").text
    '12.5亿元，同比增长 8.3%。'
    >>> plain = plain_text("到 2025 年，全县地区生产总值达到 120 亿元，年均增长 6%。")
    >>> plain.text
    '到2025年，全县地区生产总值达到120亿元，年均增长6%。'
    >>> plain.back(17, 22)
    (20, 26)
    """
    same = _written_one_way(text)
    if ".." not in same and not _SPACED.search(same):
        return Plain(same)
    typed = (at for line in _lines(same) for at in _typed_blanks(same, *line))
    left_out = sorted({*typed, *_beside_points(same)})
    if not left_out:
        return Plain(same)
    raws = [0, *(at + 1 for at in left_out)]
    ends = [*left_out, len(same)]
    starts = [raw - number for number, raw in enumerate(raws)]
    pieces = "".join(same[raw:end] for raw, end in zip(raws, ends, strict=True))
    return Plain(pieces, OffsetMap.from_runs(starts, raws, ends, length=len(pieces)))


def fold_width(text: str) -> str:
    """Write digits, decimal points, percent signs and letters in one width, each for one.

    Examples
    --------
    >>> fold_width("１２．５％（ＧＤＰ）")
    '12.5%（GDP）'
    """
    return text.translate(_ONE_WIDTH) if _HAS_WIDE.search(text) else text


def _written_one_way(text: str) -> str:
    """Write signs one way, each character for one."""
    text = fold_width(text)
    if any(point in text for point in _POINTS):
        text = _decimal_point().sub(".", text)
    if "." in text:
        text = _stop().sub("。", text)
    if len(_stop_as_point().findall(text)) >= _FEW:
        text = _stop_as_point().sub(".", text)
    if "“" not in text and ("‘" in text or "'" in text):  # else they quote within a quotation
        text = _SINGLE.sub(r"“\1”", text)
    return _TYPED.sub(r"“\1”", text) if '"' in text else text


def _signs(*roles: str) -> str:
    """Return the class of the first signs of some roles of the numerals."""
    return f"[{''.join(sorted({word[0] for role in roles for word in words('numerals', role)}))}]"


@cache
def _stop() -> re.Pattern[str]:
    """Return the pattern of a full stop that is typed as a point, not that of 一."""
    numeral, year = _signs("digit", "power"), words("numerals", "dated").pattern
    opening = rf"[{_HAN}“（(]|\d{{4}}{year}|$"
    return re.compile(rf"\.(?<=[{_HAN}%”]\.)(?<!{numeral}\.)(?={_BLANK}?(?:{opening}))", re.M)


@cache
def _round_dash() -> re.Pattern[str]:
    """Return the pattern of a blank beside the dash of a date: 1 - 6 月."""
    date = rf"\d{{1,4}}{_BLANK}?{_signs('dated')}"
    return re.compile(
        rf"(?<=\d){_BLANK}(?={_DASH}{_BLANK}?{date})|(?<=\d[-－—–~～]){_BLANK}(?={date})"
    )


@cache
def _units() -> str:
    """Return the class of the signs that units begin with."""
    units = {re.escape(row["unit"][0]) for row in load_lexicon("units")}
    return f"(?:{_signs('power', 'large')}|[{''.join(sorted(units))}%‰])"


@cache
def _decimals() -> str:
    """Return the pattern of what stands behind a decimal point: digits and a unit."""
    return rf"\d{{1,4}}\s?{_units()}"


@cache
def _before_unit() -> re.Pattern[str]:
    """Return the pattern of a blank between a number and its unit, or what goes on from it."""
    on = _signs("more", "dated", "beside")
    return re.compile(rf"(?<=[\d%]){_BLANK}(?={on}|{_units()})")


@cache
def _decimal_point() -> re.Pattern[str]:
    """Return the pattern of a raised point in a number: 12·5亿元, but not 5·12地震."""
    return re.compile(rf"[{_POINTS}](?<=\d.)(?={_decimals()})")


@cache
def _stop_as_point() -> re.Pattern[str]:
    """Return the pattern of a full stop that stands for a decimal point: 增长9。5%."""
    return re.compile(rf"。(?<=\d。)(?=\d{{1,2}}(?:%|{_signs('large')}))")


@cache
def _parted_point() -> re.Pattern[str]:
    """Return the pattern of a decimal point with a blank beside it, or typed twice: 12. 6亿元.

    Behind the number of a chart, or at the start of a line, it is numbering.
    """
    opening = rf"[{_HAN}、，（(](?<!{_signs('numbered')}){_BLANK}?"
    return re.compile(rf"{opening}\d{{1,6}}({_BLANK}?)\.(\.?{_BLANK}?)(?={_decimals()})")


@cache
def _parted_digits() -> re.Pattern[str]:
    """Return the pattern of a number whose digits are typed apart: 4 9 2 5 0 万吨, 0 .8 %."""
    on = rf"{_BLANK}?(?:{_signs('dated', 'more')}|{_units()})"
    opening = rf"(?<![\d.])(?<!{_signs('numbered')})(?<!{_signs('numbered')}{_BLANK})"
    return re.compile(rf"{opening}\d(?:{_BLANK}?\.?{_BLANK}?\d(?!\d)(?<=\D\d))+(?={on})")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of prose with a blank beside a number: sentences, and no columns."""
    start = 0
    for line in text.split("\n"):
        is_spaced = _SPACED.search(line) and not _COLUMNS.search(line)
        is_prose = is_spaced and _SENTENCE.search(line) and _MANY.match(line)
        if is_prose and len(_FIGURES.findall(line)) < _ROWS:
            yield start, start + len(line)
        start += len(line) + 1


def _typed_blanks(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the blanks of a line stand that typing leaves beside numbers."""
    numbered = _NUMBERING.match(text, start, end)
    begin = numbered.end() if numbered else start
    yield from (match.start() for match in _before_unit().finditer(text, begin, end))
    yield from (match.start() for match in _round_dash().finditer(text, begin, end))
    for match in _parted_digits().finditer(text, begin, end):  # 4 9 2 5 0 万吨
        yield from (at for at in range(*match.span()) if text[at].isspace())
    before = [match.start() for match in _BEFORE_DIGIT.finditer(text, begin, end)]
    if len(before) >= _FEW and len(before) >= len(_UNSPACED.findall(text, begin, end)):
        yield from before


def _beside_points(text: str) -> Iterator[int]:
    """Yield where something stands beside a decimal point that does not belong there."""
    for match in _parted_point().finditer(text):
        yield from (at for side in (1, 2) for at in range(*match.span(side)))
