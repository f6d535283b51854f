"""The characters of a page of a pdf file, and where they stand.

In: a page as pdfium opens it. Out: `Printed`, in points, measured from the upper left corner the
way the text is read, whatever the page is turned by. Blanks are left out, for gaps show them
better; a character printed twice to look bold stands once; slanted text stands apart.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter, deque
from collections.abc import Iterable
from ctypes import c_int, c_void_p
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint32]
Corners = tuple[float, float, float, float]  # left, low, right, high, as pdf counts
_T = TypeVar("_T", Floats, float)


def code_table(*ranges: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Return for each code of the first plane whether it is in one of the ranges.

    Examples
    --------
    >>> code_table((0x30, 0x39))[[0x2F, 0x30, 0x39]].tolist()
    [False, True, True]
    """
    table = np.zeros(0x10000, dtype=bool)
    for first, last in ranges:
        table[first : last + 1] = True
    return table


def address_of(handle: Any) -> int:
    """Return the address that a handle or a function of pdfium stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def direct(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of pdfium that takes addresses and numbers as they are.

    It is for what is asked of every character of a report: a call takes half the time.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


_box_of = direct(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_text_of = direct(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
_is_unnamed = direct(raw.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)

LOST = 0xFFFD  # a character of a font that does not say which one it is
_HYPHEN = 0x02  # pdfium's sign for a hyphen at the end of a line
_SPACES = (*(0, 9, 10, 11, 12, 13, 0x20, 0x7F, 0xA0, 0xAD), *range(0x2000, 0x2010), 0x3000)
_BLANKS = code_table(*((code, code) for code in (*_SPACES, 0xFEFF, 0xFFFE)))
_CONTROLS = 0x20  # below it stand signs that are no characters
_PRIVATE, _PRIVATE_END, _PRIVATE_PLANES = 0xE000, 0xF8FF, 0xF0000
_DOT = 0.25  # ems that a dot is large, and that a point stands high, at most
_NARROW, _WIDE_MARKS = "!(),.:;?", "！（），。：；？"
_WIDE_MARK = 0.6  # of the height of its line: the width of a mark that is as wide as a character
_SURROGATES = (0xD800, 0xE000)
_HIGH, _LOW = 0x36, 0x37  # what surrogates begin with
WIDE = 0x2E80  # from here on characters are as wide as they are high
_HEIGHT = 1.15  # of a line of type, in ems, where no wide character or digit shows the em
_DIGIT = 0.5  # of an em: the width of a digit
_TWICE = 0.3  # of a digit's width: a second print lies nearer to the first one
_EDGES = 4  # left, top, right and bottom of a box
_PLACES = 8  # in a point, by which characters are sorted
_SLANT = 0.035  # radians that a line may lean


class Box(NamedTuple):
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """How large it is."""
        return self.width * self.height

    def grown(self, reach: float) -> Box:
        """Return it with so much more room on every side."""
        left, top, right, bottom = self
        return Box(left - reach, top - reach, right + reach, bottom + reach)

    def around(self, other: Box) -> Box:
        """Return the box round it and another one."""
        return Box(*map(min, self[:2], other[:2]), *map(max, self[2:], other[2:]))

    def meets(self, other: Box) -> bool:
        """Say whether it and another one have a point in common."""
        is_beside = self.left <= other.right and other.left <= self.right
        return is_beside and self.top <= other.bottom and other.top <= self.bottom

    def holds(self, other: Box) -> bool:
        """Say whether another one lies inside it."""
        is_beside = self.left <= other.left and other.right <= self.right
        return is_beside and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page in the order of the file, an entry for each in every column.

    `codes` are the code points of `text`, `base` is the line that a character stands on and `em`
    the size of its font.
    """

    text: str
    codes: Codes
    left: Floats
    right: Floats
    base: Floats
    em: Floats


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of a page: its characters, how it is turned, and what is no part of it.

    `slanted` are watermarks and the like, a string for each direction; `lost` counts the characters
    whose font does not say what they are (`\ufffd`).
    """

    glyphs: Glyphs
    frame: Frame
    slanted: tuple[str, ...]
    lost: int


def to_codes(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def holds(table: npt.NDArray[np.bool_], codes: Codes) -> npt.NDArray[np.bool_]:
    """Return for each code whether it is in a table; those beyond the first plane are in none."""
    return table[np.minimum(codes, 0xFFFF)]


def to_text(codes: Codes) -> str:
    """Return the text of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le")


class Frame(NamedTuple):
    """How a page is turned: quarter turns of its text against the clock, and its own edges."""

    turns: int
    box: Box  # as pdf counts: y grows upwards

    def place(self, left: _T, low: _T, right: _T, high: _T) -> tuple[_T, _T, _T, _T]:
        """Return left, top, right and bottom as a reader sees them."""
        x0, y0, x1, y1 = self.box
        if self.turns == 1:
            return low - y0, left - x0, high - y0, right - x0
        if self.turns == 2:
            return x1 - right, low - y0, x1 - left, high - y0
        if self.turns == 3:
            return y1 - high, x1 - right, y1 - low, x1 - left
        return left - x0, y1 - high, right - x0, y1 - low

    def clip(self, box: Box) -> Box | None:
        """Return the part of a box that lies on the page, None if there is none."""
        width, height = self.size
        left, top = max(box.left, 0.0), max(box.top, 0.0)
        right, bottom = min(box.right, width), min(box.bottom, height)
        return Box(left, top, right, bottom) if left <= right and top <= bottom else None

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as a reader sees them."""
        wide, high = self.box.right - self.box.left, self.box.bottom - self.box.top
        return (high, wide) if self.turns % 2 else (wide, high)


def read_printed(page: Any) -> Printed:
    """Read the characters of a page.

    Parameters
    ----------
    page : pypdfium2.PdfPage

    Returns
    -------
    Printed
    """
    text_page = page.get_textpage()
    try:
        prints = _read_prints(text_page.raw, text_page.count_chars())
    finally:
        text_page.close()
    frame = Frame(prints.turns(), Box(*page.get_bbox()))
    glyphs = _upright(prints, frame)
    lost = glyphs.text.count(chr(LOST))
    return Printed(glyphs, frame, prints.slanted(frame.turns), lost)


@dataclass(frozen=True, slots=True)
class _Prints:
    """The characters of a page as pdfium gives them, blanks left out.

    `boxes` has a row of left, top, right and bottom for each; `chunk` numbers the stretches that
    stand alike, of which `angles` and `bases` have an entry each.
    """

    codes: Codes
    is_lost: npt.NDArray[np.bool_]
    boxes: Floats
    chunk: npt.NDArray[np.int64]
    angles: Floats
    bases: Floats  # two columns: x and y of where the stretch begins

    def _turned(self) -> npt.NDArray[np.int64]:
        """Return the quarter turns of each stretch, -1 where it is slanted."""
        quarters = -self.angles / (math.pi / 2)  # pdfium counts with the clock
        nearest = np.rint(quarters)
        is_slanted = np.abs(quarters - nearest) > _SLANT
        return np.where(is_slanted, -1, nearest % 4).astype(np.int64)

    def turns(self) -> int:
        """Return the quarter turns of most of the text."""
        counts = Counter(self._turned()[self.chunk].tolist())
        counts.pop(-1, None)
        return max(sorted(counts), key=lambda turn: counts[turn], default=0)

    def is_upright(self, turns: int) -> npt.NDArray[np.bool_]:
        """Return for each character whether it stands the way of most of the text."""
        upright: npt.NDArray[np.bool_] = self._turned()[self.chunk] == turns
        return upright

    def slanted(self, turns: int) -> tuple[str, ...]:
        """Return the text that stands another way, a string for each direction."""
        others: dict[float, list[int]] = {}
        angles = np.round(self.angles, 2)[self.chunk]
        for at in np.flatnonzero(~self.is_upright(turns)).tolist():
            others.setdefault(float(angles[at]), []).append(at)
        return tuple(to_text(self.codes[others[angle]]) for angle in sorted(others))


def _read_prints(handle: Any, count: int) -> _Prints:
    """Read the characters of a text page; what pdfium is asked for each is kept to two things."""
    rects = np.zeros((count, _EDGES), dtype=np.float32)
    first, size = rects.ctypes.data, rects.itemsize * _EDGES
    places = range(first, first + count * size, size)
    deque(map(_box_of, repeat(address_of(handle)), range(count), places), maxlen=0)
    codes, boxes = _read_codes(handle, count), rects.astype(np.float64)
    codes[codes == _HYPHEN] = ord("-")
    codes = _paired(codes)
    at = np.flatnonzero(~holds(_BLANKS, codes))
    codes, boxes = _named(handle, codes[at], boxes[at], at), boxes[at]
    is_lost = _is_lost(handle, codes, at)
    starts = _starts(boxes)
    chunk = np.repeat(np.arange(len(starts)), np.diff([*starts, len(at)]))
    firsts = at[starts].tolist()
    angles = np.array([raw.FPDFText_GetCharAngle(handle, first) for first in firsts])
    return _Prints(codes, is_lost, boxes, chunk, angles, _origins(handle, firsts))


def _read_codes(handle: Any, count: int) -> Codes:
    """Return the code of each character: all at once, or one by one where they are not in step."""
    held = np.zeros(count + 1, dtype=np.uint16)
    written = _text_of(address_of(handle), 0, count, held.ctypes.data) - 1
    units = held[:count].astype(np.uint32)
    if written == count and not np.any((units >= _SURROGATES[0]) & (units < _SURROGATES[1])):
        return units
    return np.fromiter(map(raw.FPDFText_GetUnicode, repeat(handle), range(count)), np.uint32)


def _paired(codes: Codes) -> Codes:
    """Return codes with each pair of surrogates made one, the second of them a blank."""
    is_pair = (codes[:-1] >> 10 == _HIGH) & (codes[1:] >> 10 == _LOW)
    if is_pair.any():
        at = np.flatnonzero(is_pair)
        codes[at] = 0x10000 + ((codes[at] & 0x3FF) << 10) + (codes[at + 1] & 0x3FF)
        codes[at + 1] = ord(" ")
    codes[(codes >> 10 == _HIGH) | (codes >> 10 == _LOW)] = LOST
    return codes


def _named(handle: Any, codes: Codes, boxes: Floats, at: npt.NDArray[np.int64]) -> Codes:
    """Return codes with private ones made a point or a middle dot, where they are drawn as one.

    Fonts for print in Chinese keep the point of a number among their own characters.
    """
    is_private = (codes >= _PRIVATE) & (codes <= _PRIVATE_END) | (codes >= _PRIVATE_PLANES)
    for number in np.flatnonzero(is_private).tolist():
        codes[number] = _dot(handle, int(at[number]), boxes[number]) or codes[number]
    return codes


def _widened(codes: Codes, width: Floats, height: Floats) -> Codes:
    """Return codes with each narrow mark that is as wide as a character made the wide one."""
    narrow, wide = to_codes(_NARROW), to_codes(_WIDE_MARKS)
    at = np.searchsorted(narrow, codes).clip(max=len(narrow) - 1)
    is_wide = (narrow[at] == codes) & (width > _WIDE_MARK * height)
    return np.where(is_wide, wide[at], codes)


def _dot(handle: Any, number: int, box: Floats) -> int:
    """Return the code of the dot that a character is drawn as, 0 if it is none."""
    em = abs(float(box[1] - box[3])) / _HEIGHT
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(handle, number, left, right, low, high)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, number, x, y)
    if not 0 < max(right.value - left.value, high.value - low.value) < _DOT * em:
        return 0
    return ord("." if (low.value + high.value) / 2 - y.value < _DOT * em else "·")


def _is_lost(handle: Any, codes: Codes, at: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return for each character whether its font does not say which one it is."""
    errors = map(_is_unnamed, repeat(address_of(handle)), at.tolist())
    is_lost = (np.fromiter(errors, np.int32) == 1) | (codes == LOST) | (codes < _CONTROLS)
    lost: npt.NDArray[np.bool_] = is_lost
    return lost


def _starts(boxes: Floats) -> npt.NDArray[np.int64]:
    """Return where a stretch of characters of one height and line begins."""
    if not len(boxes):
        return np.zeros(0, dtype=np.int64)
    is_new = np.any(np.diff(boxes[:, 1::2], axis=0), axis=1)
    return np.concatenate(([0], np.flatnonzero(is_new) + 1))


def _origins(handle: Any, numbers: Iterable[int]) -> Floats:
    """Return where each of the characters stands on its line, as rows of x and y."""
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for number in numbers:
        raw.FPDFText_GetCharOrigin(handle, number, x, y)
        found.append((x.value, y.value))
    return np.array(found, dtype=np.float64).reshape(-1, 2)


def _upright(prints: _Prints, frame: Frame) -> Glyphs:
    """Return the characters of the text, each once."""
    left, top, right, bottom = frame.place(
        prints.boxes[:, 0], prints.boxes[:, 3], prints.boxes[:, 2], prints.boxes[:, 1]
    )
    x, y = prints.bases[:, 0][prints.chunk], prints.bases[:, 1][prints.chunk]
    base = frame.place(x, y, x, y)[1]
    codes = np.where(prints.is_lost, LOST, prints.codes).astype(np.uint32)
    codes = _widened(codes, right - left, bottom - top)
    em = _ems(codes, right - left, bottom - top)
    width, height = frame.size
    is_inside = (right > 0) & (left < width) & (base > 0) & (base - em < height)
    is_inside &= em < width + height
    kept = np.flatnonzero(prints.is_upright(frame.turns) & is_inside)
    kept = kept[_is_first(codes[kept], left[kept], base[kept], em[kept])]
    columns = (column[kept] for column in (left, right, base, em))
    return Glyphs(to_text(codes[kept]), codes[kept], *columns)


def _ems(codes: Codes, width: Floats, height: Floats) -> Floats:
    """Return the size of each character: its width, if it is wide, or what a digit shows."""
    is_digit = (codes >= ord("0")) & (codes <= ord("9"))
    by_height = np.where(is_digit, width / _DIGIT, height / _HEIGHT)
    return np.maximum(np.where((codes >= WIDE) & (width > 0), width, by_height), 1.0)


def _is_first(codes: Codes, left: Floats, base: Floats, em: Floats) -> npt.NDArray[np.bool_]:
    """Return for each character whether it is no second print of the same one."""
    is_first = np.ones(len(codes), dtype=bool)
    height = np.median(em) if len(em) else 1.0
    place = np.clip(left * _PLACES, 0, (1 << 20) - 1).astype(np.int64)
    for shift in (0.0, 0.5):  # a pair parted by the edge of a band is together in the other ones
        band = np.clip(base / height + shift, 0, (1 << 20) - 1).astype(np.int64)
        order = np.argsort(codes.astype(np.int64) << 40 | band << 20 | place, kind="stable")
        one, two = order[:-1], order[1:]
        reach = _TWICE * _DIGIT * em[one]
        is_second = (codes[one] == codes[two]) & (np.abs(left[two] - left[one]) < reach)
        is_second &= np.abs(base[two] - base[one]) < reach
        is_first[np.maximum(one, two)[is_second]] = False
    return is_first
