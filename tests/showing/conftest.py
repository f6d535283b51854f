"""Every figure that a test of charts draws is held against what a journal asks."""

from itertools import combinations

import pytest
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from dz_analysis.showing import canvas, clouds
from dz_analysis.showing.marks import APART, lightness, tell_apart
from dz_analysis.showing.media import LEAST_TYPE, Look, _current, look


def face_of(entry):
    """Return the colour of a legend's entry."""
    if isinstance(entry, Line2D):
        return entry.get_markerfacecolor() if entry.get_marker() != "None" else entry.get_color()
    face = entry.get_facecolor()
    return face[0] if isinstance(entry, PathCollection) else face


def sign_of(entry):
    """Return what is seen of a legend's entry in grey, besides its lightness."""
    if isinstance(entry, Patch):
        return ("patch", entry.get_hatch() or "")
    if isinstance(entry, PathCollection):
        return ("points", entry.get_paths()[0].vertices.round(6).tobytes())
    return ("line", str(entry.get_marker()), str(entry.get_linestyle()))


def find_alike(figure):
    """Return the entries of legends that can't be told apart in grey, by their names."""
    legends = [axes.get_legend() for axes in figure.axes if axes.get_legend()]
    alike = []
    for legend in (*legends, *figure.legends):
        names = [text.get_text() for text in legend.get_texts()]
        entries = zip(names, legend.legend_handles, strict=True)
        for (name, one), (other, two) in combinations(entries, 2):
            near = abs(lightness(face_of(one)) - lightness(face_of(two))) < APART
            if near and sign_of(one) == sign_of(two):
                alike.append((name, other))
    return alike


def check_print(figure):
    """Hold a figure against what is asked of one in print."""
    tell_apart(figure)
    assert find_alike(figure) == []
    assert figure.get_figwidth() * 25.4 == pytest.approx(look().medium.width)
    words = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    in_cloud = set(figure.axes[0].texts) if not figure.axes[0].axison else set()
    small = [w.get_text() for w in words if w not in in_cloud and w.get_fontsize() < LEAST_TYPE]
    assert small == []


@pytest.fixture(autouse=True)
def _fit_for_print(monkeypatch):
    """Check every figure of every chart, and leave the look as it was."""
    monkeypatch.setattr(canvas, "tell_apart", check_print)
    monkeypatch.setattr(clouds, "tell_apart", check_print)
    yield
    _current[0] = Look()
