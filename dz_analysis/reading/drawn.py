"""What is drawn on a page of a pdf file beside its characters: rules, shades, charts, pictures.

In: a page as pdfium opens it, and the `Frame` of its text. Out: `Drawn`, and where charts stand.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from ctypes import c_int, c_void_p
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from pypdfium2 import raw

from dz_analysis.reading.glyphs import Box, Corners, Floats, Frame, Glyphs, address_of, direct

_THIN = 2.5  # points: a narrower drawing is a rule
_SEGMENTS = 400  # of a path that may be rules; more are a drawing
_DEPTH = 4  # forms inside forms
_STRAIGHT = 1.0  # points that a rule may lean
_PARTS = 6  # drawings and rules of a chart, at least
_REACH = 16.0  # points from a chart to its labels and between its parts
_GROUND = 0.6  # of the page: a larger shape is what the text stands on
_SLACK = 4.0  # points that a shade may reach over the edge of its table

_object_of = direct(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_kind_of = direct(raw.FPDFPageObj_GetType, c_int, c_void_p)


class Rule(NamedTuple):
    """A straight line: `at` across its direction, `low` to `high` along it."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page: rules across and down, other drawings, pictures."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    def covered(self, frame: Frame) -> float:
        """Return the share of the page that lies under pictures."""
        width, height = frame.size
        return sum(box.area for box in self.pictures) / (width * height or 1.0)


def read_drawn(page: Any, frame: Frame) -> Drawn:
    """Read what is drawn on a page.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    frame : Frame

    Returns
    -------
    Drawn
    """
    drawn = Drawn()
    for kind, item, matrix in _objects(page.raw):
        corners = _bounds(item)
        box = _placed(corners, matrix, frame) if corners else None
        if box is None:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures.append(box)
        elif min(box.width, box.height) < _THIN:
            _add_rule(drawn, box)
        else:
            _add_path(drawn, box, item, _Way(matrix, frame))
    return drawn


def _placed(corners: Corners, matrix: Floats | None, frame: Frame) -> Box | None:
    return frame.clip(Box(*frame.place(*(corners if matrix is None else _moved(corners, matrix)))))


def _add_rule(drawn: Drawn, box: Box) -> None:
    if box.width >= box.height:
        drawn.across.append(Rule((box.top + box.bottom) / 2, box.left, box.right))
    if box.height >= box.width:
        drawn.down.append(Rule((box.left + box.right) / 2, box.top, box.bottom))


class _Way(NamedTuple):
    """The way from a path to the page: the matrix of the form that it is in, and the frame."""

    matrix: Floats | None
    frame: Frame


def _add_path(drawn: Drawn, box: Box, path: Any, way: _Way) -> None:
    """Add a path: its lines, if it is stroked and has no others, and its shape, if it is filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    lines = _straight(path, way.matrix) if stroke.value else []
    for line in lines:
        if placed := _placed(line, None, way.frame):
            _add_rule(drawn, placed)
    if fill.value or (stroke.value and not lines):
        drawn.shapes.append(box)


def _moved(corners: Corners, matrix: Floats) -> Corners:
    """Return the corners of what a matrix makes of a rectangle."""
    left, low, right, high = corners
    ends = (np.array([[left, low, 1.0], [right, high, 1.0]]) @ matrix)[:, :2]
    (left, low), (right, high) = ends.min(axis=0).tolist(), ends.max(axis=0).tolist()
    return left, low, right, high


def _objects(page: Any) -> Iterator[tuple[int, Any, Floats | None]]:
    """Yield paths and pictures of a page, those inside forms too, with the way to the page."""
    numbers = range(raw.FPDFPage_CountObjects(page))
    kinds = list(map(_kind_of, map(_object_of, repeat(address_of(page)), numbers)))
    for number, kind in zip(numbers, kinds, strict=True):
        if kind != raw.FPDF_PAGEOBJ_TEXT:
            yield from _unpacked(kind, raw.FPDFPage_GetObject(page, number), None, 0)


def _unpacked(
    kind: int, item: Any, matrix: Floats | None, depth: int
) -> Iterator[tuple[int, Any, Floats | None]]:
    if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
        yield kind, item, matrix
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
        own = _matrix(item)
        inner = own if matrix is None else own @ matrix
        for at in range(raw.FPDFFormObj_CountObjects(item)):
            part = raw.FPDFFormObj_GetObject(item, at)
            yield from _unpacked(raw.FPDFPageObj_GetType(part), part, inner, depth + 1)


def _matrix(item: Any) -> Floats:
    held = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, held):
        return np.eye(3)
    return np.array([[held.a, held.b, 0.0], [held.c, held.d, 0.0], [held.e, held.f, 1.0]])


def _bounds(item: Any) -> Corners | None:
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, low, right, high):
        return None
    return left.value, low.value, right.value, high.value


def _straight(path: Any, matrix: Floats | None) -> list[Corners]:
    """Return the lines of a path that is nothing but lines across and down, else none."""
    count = raw.FPDFPath_CountSegments(path)
    if not 1 < count <= _SEGMENTS:
        return []
    segments = [raw.FPDFPath_GetPathSegment(path, at) for at in range(count)]
    kinds = [raw.FPDFPathSegment_GetType(segment) for segment in segments]
    own = _matrix(path)
    points = np.array([_point(segment) for segment in segments])
    moved = (points @ (own if matrix is None else own @ matrix))[:, :2]
    is_line = np.array(kinds[1:]) == raw.FPDF_SEGMENT_LINETO
    low, high = np.minimum(moved[1:], moved[:-1]), np.maximum(moved[1:], moved[:-1])
    leans = (high - low)[is_line].min(axis=1)
    if raw.FPDF_SEGMENT_BEZIERTO in kinds or np.any(leans > _STRAIGHT):
        return []
    corners = np.hstack((low, high))[is_line].tolist()
    return [(left, bottom, right, top) for left, bottom, right, top in corners]


def _point(segment: Any) -> tuple[float, float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value, 1.0


def find_charts(drawn: Drawn, glyphs: Glyphs, tables: Sequence[Box]) -> list[Box]:
    """Return where charts stand, with the room for their labels.

    A chart is drawings and rules beside one another, in most of which no character stands: the
    shades of cells are none.
    """
    size = max(max(glyphs.right, default=0.0), 1.0) * max(max(glyphs.base, default=0.0), 1.0)
    shapes = [x for x in _outside(drawn.shapes, tables) if x.area < _GROUND * size]
    if not shapes:
        return []
    rules = [Box(rule.low, rule.at, rule.high, rule.at) for rule in drawn.across]
    rules += [Box(rule.at, rule.low, rule.at, rule.high) for rule in drawn.down]
    parts = [*shapes, *_outside(rules, tables)]
    is_shade = [at < len(shapes) and _holds_text(box, glyphs) for at, box in enumerate(parts)]
    return [
        room
        for room, members in _clusters(parts)
        if len(members) >= _PARTS
        and 2 * sum(is_shade[at] for at in members) < sum(at < len(shapes) for at in members)
    ]


def _outside(boxes: Sequence[Box], tables: Sequence[Box]) -> list[Box]:
    """Return the boxes that stand in no table."""
    rooms = [table.grown(_SLACK) for table in tables]
    return [box for box in boxes if not any(room.holds(box) for room in rooms)]


def _holds_text(box: Box, glyphs: Glyphs) -> bool:
    x, y = (glyphs.left + glyphs.right) / 2, glyphs.base - glyphs.em / 3
    is_inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
    return bool(np.any(is_inside))


def _clusters(boxes: Sequence[Box]) -> Iterator[tuple[Box, list[int]]]:
    """Yield boxes that stand close to one another: the room that they take, and their numbers.

    The page is laid out in squares as wide as the reach; boxes in squares that touch are close.
    """
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    places = [
        [max(int((at - edge) / _REACH), 0) for at, edge in zip(box, (left, top) * 2, strict=True)]
        for box in boxes
    ]
    taken: set[tuple[int, int]] = set()
    for x0, y0, x1, y1 in places:
        taken |= {(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)}
    groups = _connected(taken)
    members: dict[int, list[int]] = {}
    for number, (x0, y0, _, _) in enumerate(places):
        members.setdefault(groups[x0, y0], []).append(number)
    for numbers in members.values():
        room = boxes[numbers[0]]
        for number in numbers[1:]:
            room = room.around(boxes[number])
        yield room.grown(_REACH), numbers


def _connected(squares: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Return the number of its group for each square: those that touch are of one group."""
    groups: dict[tuple[int, int], int] = {}
    for first in sorted(squares):
        waiting = [] if first in groups else [first]
        number = len(groups)
        while waiting:
            x, y = waiting.pop()
            if (x, y) in groups:
                continue
            groups[x, y] = number
            around = {(x + a, y + b) for a in (-1, 0, 1) for b in (-1, 0, 1)} & squares
            waiting += sorted(around - groups.keys())
    return groups
