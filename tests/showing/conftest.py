"""Every figure that a test of charts draws is held against what a journal and Chinese readers ask.

Each function that draws is wrapped before the tests import it: its first figures are drawn once
more in Chinese, and hold no English but what the test itself has put in.
"""

import functools
import inspect
import re
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from dz_analysis import showing
from dz_analysis.language import language, speak
from dz_analysis.showing import canvas, clouds
from dz_analysis.showing.canvas import Caption
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


TWICE = 3  # figures of each function that are drawn in Chinese too
# Names and units that Chinese papers write so: statistics, and what captions of tests call theirs.
NAMES = frozenset(["GDP", "LRC", "Jaccard", "dz", "analysis", "log", "km"])
ENGLISH = re.compile(r"[A-Za-z][a-z]+")
state = {"is_here": 0, "deep": 0}  # in this folder's tests; functions that draw inside another
drawn: dict[str, int] = {}


def list_given(value):
    """Yield the English that a test gives to a chart in so many words."""
    if isinstance(value, Caption):
        yield from (value.title, value.unit, value.n, value.source)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (str(one) for one in value)
    elif isinstance(value, pd.DataFrame) and "batch" in value:
        yield from value["batch"]  # batches have no other names
    elif isinstance(value, pd.DataFrame):  # sentences of tables that were made in English
        cells = (cell for _, column in value.items() for cell in column)
        yield from (cell for cell in cells if isinstance(cell, str) and " " in cell)


def find_english(figure, given):
    """Return the English words of a figure that are neither names nor given."""
    texts = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]
    known = NAMES | set(ENGLISH.findall(" ".join(given)))
    return sorted({one for text in texts for one in ENGLISH.findall(text)} - known)


def draw_twice(plot):
    """Return a function that draws, and draws its first figures in Chinese too."""

    @functools.wraps(plot)
    def draw(*args, **told):
        is_inner = state["deep"] > 0
        state["deep"] += 1
        try:
            figure = plot(*args, **told)
            wanted = state["is_here"] and not is_inner and language() == "en"
            if wanted and drawn.get(plot.__name__, 0) < TWICE:
                drawn[plot.__name__] = drawn.get(plot.__name__, 0) + 1
                given = [one for value in (*args, *told.values()) for one in list_given(value)]
                with speak("zh"):
                    assert find_english(plot(*args, **told), given) == []
        finally:
            state["deep"] -= 1
        return figure

    return draw


for _name in [name for name in showing.__all__ if name.startswith("plot_")]:
    _plain = getattr(showing, _name)
    _twin = draw_twice(_plain)
    setattr(showing, _name, _twin)
    setattr(inspect.getmodule(_plain), _name, _twin)


@pytest.fixture(autouse=True)
def _fit_for_print(monkeypatch):
    """Check every figure of every chart, and leave the look as it was."""
    monkeypatch.setitem(state, "is_here", 1)
    monkeypatch.setattr(canvas, "tell_apart", check_print)
    monkeypatch.setattr(clouds, "tell_apart", check_print)
    yield
    _current[0] = Look()
