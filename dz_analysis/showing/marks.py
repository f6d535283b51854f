"""What tells series apart besides their colour, so that they are apart when printed in grey.

In: a figure that is drawn. Out: the same figure, in which every two entries of a legend, and every
two lines, differ in lightness, hatch, marker or dash. What a chart has told apart by itself stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Patch
from matplotlib.path import Path

from dz_analysis.showing.media import look
from dz_analysis.showing.style import GRID, INK, MUTED

APART = 15.0  # steps of lightness, of a hundred, that are seen in print
LIGHT = 55.0  # lightness from which on dark ink is read on a colour
HATCHES = ("", "////", "....", "\\\\\\\\", "xxxx", "++++", "----", "oooo")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
DASHES: tuple[Any, ...] = ("-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (6, 1.5, 1, 1.5)), (0, (2, 3)))
CORNERS = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])  # of a cell of a grid


def lightness(colour: Any) -> float:
    """Return how light a colour is, from 0 (black) to 100 (white): CIE L*, as the eye sees grey.

    Examples
    --------
    >>> lightness("black"), lightness("white"), round(lightness("#0173b2"))
    (0.0, 100.0, 46)
    """
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ (0.2126, 0.7152, 0.0722))
    if luminance <= 0.008856:
        return float(round(903.3 * luminance, 6))
    return float(round(116 * luminance ** (1 / 3) - 16, 6))


def pick_ink(colour: Any) -> str:
    """Return the colour of words on a colour: dark on light ones, white on dark ones."""
    return INK if lightness(colour) > LIGHT else "white"


def size_marks(figure: Figure) -> None:
    """Make points and lines, drawn as for two columns, as large as the medium wants them."""
    scale = look().medium.scale
    if scale == 1:
        return
    found = [*figure.axes]
    entries = [
        one
        for axes in figure.axes
        if (legend := axes.get_legend())
        for one in legend.legend_handles
    ]
    for artist in [*entries, *(child for axes in found for child in axes.get_children())]:
        if isinstance(artist, PathCollection):
            artist.set_sizes(np.asarray(artist.get_sizes()) * scale**2)
        if isinstance(artist, LineCollection):
            artist.set_linewidth(
                [float(one) * scale for one in np.atleast_1d(artist.get_linewidth())]
            )
        if isinstance(artist, Line2D):
            artist.set_markersize(artist.get_markersize() * scale)
            artist.set_linewidth(artist.get_linewidth() * scale)


def tell_apart(figure: Figure) -> None:
    """Give hatches, markers and dashes to what differs in colour alone, in all of a figure."""
    for axes in figure.axes:
        legend = axes.get_legend()
        if legend is not None:
            _tell_entries(legend, [axes])
        else:
            _tell_lines(axes)
    for legend in figure.legends:
        _tell_entries(legend, figure.axes)


def _tell_entries(legend: Legend, axes: Iterable[Axes]) -> None:
    entries = [one for one in legend.legend_handles if one is not None]
    patches = [one for one in entries if isinstance(one, Patch)]
    points = [one for one in entries if _marker_of(one)]
    for patch, hatch in zip(patches, _choose(patches, HATCHES, _hatch_of), strict=True):
        if hatch != _hatch_of(patch):
            face = patch.get_facecolor()
            _hatch([patch], hatch)
            for one in axes:
                bars = [bar for bar in one.patches if _is(bar.get_facecolor(), face)]
                _hatch(bars, hatch)
                _clear_words(one, bars)
                _hatch_cells(one, face, hatch)
    for point, marker in zip(points, _choose(points, MARKERS, _marker_of), strict=True):
        was = _marker_of(point)
        if marker != was:
            _mark(point, marker)
            for one in axes:
                _mark_points(one, _face_of(point), was, marker)


def _choose(entries: list[Any], signs: tuple[Any, ...], sign_of: Any) -> list[Any]:
    """Return a sign for each entry, its own where no earlier one of that sign is as light.

    What carries no own sign takes the first one that no entry as light has.
    """
    held: list[tuple[float, Any]] = []
    for entry in entries:
        light, own = lightness(_face_of(entry)), sign_of(entry)
        near = {sign for other, sign in held if abs(other - light) < APART}
        rest = [sign for sign in signs if sign not in near]
        held.append((light, own if own not in near else (rest or [own])[0]))
    return [sign for _, sign in held]


def _face_of(entry: Artist) -> Any:
    if isinstance(entry, Line2D):
        face = entry.get_markerfacecolor()
        return entry.get_color() if str(face) in ("auto", "none") else face
    face = entry.get_facecolor()  # type: ignore[attr-defined]
    return face[0] if np.ndim(face) > 1 else face


def _hatch_of(patch: Patch) -> str:
    return patch.get_hatch() or ""


def _marker_of(entry: Artist) -> str:
    """Return the marker of an entry; blank if it is no point."""
    if isinstance(entry, Line2D):
        marker = entry.get_marker()
        return marker if isinstance(marker, str) and marker not in ("None", "none", "", " ") else ""
    if isinstance(entry, PathCollection):
        drawn = entry.get_paths()[0]
        return next((name for name in MARKERS if _same(drawn, _path_of(name))), "")
    return ""


def _path_of(marker: str) -> Path:
    style = MarkerStyle(marker)
    return style.get_path().transformed(style.get_transform())


def _same(one: Path, other: Path) -> bool:
    first, second = np.asarray(one.vertices), np.asarray(other.vertices)
    return first.shape == second.shape and bool(np.allclose(first, second))


def _is(colour: Any, wanted: Any) -> bool:
    return bool(np.allclose(to_rgb(colour), to_rgb(wanted), atol=0.01))


def _hatch(patches: Iterable[Patch], hatch: str) -> None:
    for patch in patches:
        patch.set_hatch(hatch)
        patch.set_hatchcolor(pick_ink(patch.get_facecolor()))


def _clear_words(axes: Axes, patches: Iterable[Patch]) -> None:
    """Keep hatches away from the numbers written on bars."""
    spots = [(text, axes.transData.transform(text.get_position())) for text in axes.texts]
    for patch in patches:
        box = patch.get_window_extent()
        for text, spot in spots:
            if box.contains(*spot):
                plain = {"facecolor": patch.get_facecolor(), "edgecolor": "none", "pad": 0.6}
                text.set_bbox(plain)


def _hatch_cells(axes: Axes, face: Any, hatch: str) -> None:
    """Hatch the cells of a grid that have a colour, by a layer above them."""
    for mesh in [one for one in axes.collections if isinstance(one, QuadMesh)]:
        mesh.update_scalarmappable()
        colours = np.atleast_2d(mesh.get_facecolor())
        corners = np.asarray(mesh.get_coordinates())[:-1, :-1].reshape(-1, 2)
        own = [place for place, colour in zip(corners, colours, strict=True) if _is(colour, face)]
        squares = [place + CORNERS for place in own]
        layer = PolyCollection(squares, facecolor="none", edgecolor="none", hatch=hatch)
        layer.set_hatchcolor(pick_ink(face))
        axes.add_collection(layer, autolim=False)


def _mark(entry: Artist, marker: str) -> None:
    if isinstance(entry, Line2D):
        entry.set_marker(marker)
    elif isinstance(entry, PathCollection):
        entry.set_paths([_path_of(marker)])


def _mark_points(axes: Axes, face: Any, was: str, marker: str) -> None:
    """Give a marker to the points of a colour that have another one."""
    for line in axes.lines:
        if _marker_of(line) == was and _is(_face_of(line), face):
            line.set_marker(marker)
    for group in [one for one in axes.collections if isinstance(one, PathCollection)]:
        faces, paths = np.atleast_2d(group.get_facecolor()), group.get_paths()
        size = len(np.atleast_2d(np.asarray(group.get_offsets())))
        if not len(faces) or not size:
            continue
        drawn = [paths[number % len(paths)] for number in range(size)]
        for number in range(size):
            own = _is(faces[number % len(faces)], face) and _same(drawn[number], _path_of(was))
            drawn[number] = _path_of(marker) if own else drawn[number]
        group.set_paths(drawn)


def _tell_lines(axes: Axes) -> None:
    """Give dashes and markers to lines that differ in colour alone, in their order."""
    quiet = {to_rgb(colour) for colour in (GRID, MUTED)}
    lines = [
        line
        for line in axes.lines
        if line.get_linestyle() == "-" and to_rgb(line.get_color()) not in quiet
    ]
    if len({to_rgb(line.get_color()) for line in lines}) < 2:
        return
    for number, line in enumerate(lines):
        line.set_linestyle(DASHES[number % len(DASHES)])
        if _marker_of(line):
            line.set_marker(MARKERS[number % len(MARKERS)])
