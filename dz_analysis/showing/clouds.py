"""Word clouds that are evidence: every word where it is for a reason, or named as left out.

In: words with a rate and a kind. Out: a `Cloud` (the layout as a table, the words that did not
fit), a figure with the cloud and a ranked dot chart side by side, and an SVG of real text.

Area is judged worse than length, and long words look larger: the dot chart beside the cloud is the
measurement, the cloud is for finding words. The area of a word's characters grows with its rate.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from wordcloud.wordcloud import IntegralOccupancyMap

from dz_analysis import lexicon
from dz_analysis.showing.canvas import Caption, check_columns, label_rows, say_nothing, wrap_text
from dz_analysis.showing.charts import rank_rows
from dz_analysis.showing.fonts import FONT_FAMILY, font_file, missing_glyphs, subset_font
from dz_analysis.showing.style import INK, MUTED, WIDTHS, use_style

SEED = 20_210_127
SMALLEST, LARGEST = 14, 0.2  # font size in pixels; as a share of the cloud's height
SHRINK = 0.84
TINIEST = 4  # pixels below which a word is a smudge
MARGIN = 4  # pixels between words
LAYOUT = ("term", "count", "rate", "kind", "colour", "font_size", "x", "y", "width", "height")
POS_KINDS = MappingProxyType(
    {"n": "noun", "v": "verb", "a": "modifier", "d": "modifier", "b": "modifier", "z": "modifier"}
    | {"l": "phrase", "i": "phrase", "j": "phrase"}
)
NAMES = ("nr", "ns", "nt", "nz")


@dataclass(frozen=True, slots=True)
class Cloud:
    """A cloud laid out: one row a word drawn, and the words that did not fit.

    `x` and `y` are where a word's baseline begins, in pixels from the upper left.
    """

    width: int
    height: int
    seed: int
    layout: pd.DataFrame
    omitted: tuple[str, ...]

    def __repr__(self) -> str:
        """Say how many words are drawn and left out."""
        return f"<Cloud of {len(self.layout)} words, {len(self.omitted)} left out>"


def lay_out_cloud(
    words: pd.DataFrame,
    *,
    top: int = 10,
    most: int = 80,
    width: int = 900,
    height: int = 640,
    mask: NDArray[np.uint8] | None = None,
    seed: int = SEED,
) -> Cloud:
    """Lay words out, the area of their characters in proportion to their rate.

    The largest size is lowered until every word large enough to be read stands at its own size,
    and the most frequent ones do however small: no word is shrunk to fit. Words of one rate are
    drawn or left out together.

    Parameters
    ----------
    words : pandas.DataFrame
        One row a word: term, count, rate (any unit), kind (see ``lexicon/kinds.csv``).
    top : int
        Words that are drawn although they are too small to be read.
    most : int
        Words that are tried, by rate.
    width, height : int
        Size in pixels; a mask brings its own.
    mask : numpy.ndarray, optional
        Where nothing may be drawn is 255.
    seed : int
        The same seed and words give the same layout.

    Returns
    -------
    Cloud

    Raises
    ------
    ValueError
        If a word stands twice, or a character can't be drawn.

    Examples
    --------
    >>> words = {"term": ["项目", "民生"], "count": [30, 12], "rate": [30.0, 12.0], "kind": "noun"}
    >>> lay_out_cloud(pd.DataFrame(words), top=2)
    <Cloud of 2 words, 0 left out>
    """
    check_columns(words, "term", "count", "rate", "kind")
    ranked = rank_rows(words, label="term", value="rate")
    ranked = ranked[ranked["rate"] > 0].reset_index(drop=True)
    _check_glyphs(ranked["term"])
    if mask is not None:
        height, width = mask.shape[:2]
    layout = _fit(_cut_at_rate(ranked, most), _Paper(width, height, mask, seed), top)
    drawn = set(layout["term"])
    omitted = tuple(term for term in ranked["term"] if term not in drawn)
    return Cloud(width, height, seed, layout, omitted)


def plot_cloud(
    cloud: Cloud,
    *,
    caption: Caption,
    rows: int = 20,
    words: pd.DataFrame | None = None,
    low: str | None = None,
    high: str | None = None,
) -> Figure:
    """Draw a cloud with its ranked dot chart beside it.

    Parameters
    ----------
    cloud : Cloud
    caption : Caption
        Title, unit of the rates, n and source.
    rows : int
        Words in the dot chart.
    low, high : str, optional
        Columns of `words` with the ends of the rates' intervals.
    words : pandas.DataFrame, optional
        The table that the cloud was made from, if intervals are to be drawn.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> words = {"term": ["项目", "民生"], "count": [30, 12], "rate": [30.0, 12.0], "kind": "noun"}
    >>> caption = Caption("项目 is used most", "per 10,000 characters", "2 words", "invented")
    >>> figure = plot_cloud(lay_out_cloud(pd.DataFrame(words), top=2), caption=caption)
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['项目', '民生']
    """
    use_style()
    inches = WIDTHS["wide"]
    share = 0.62
    tall = inches * share * cloud.height / max(cloud.width, 1)
    tall = max(tall, 0.6 + 0.17 * min(rows, len(cloud.layout)))
    figure = Figure(figsize=(inches, tall + 1.15))
    figure.set_layout_engine("none")  # the cloud has its own layout
    FigureCanvasAgg(figure)
    bottom, extent = 0.68 / (tall + 1.15), tall / (tall + 1.15)
    picture = figure.add_axes((0.0, bottom, share, extent))
    chart = figure.add_axes((share + 0.15, bottom + 0.03, 0.98 - share - 0.15, extent - 0.05))
    if cloud.layout.empty:
        say_nothing(picture)
        say_nothing(chart)
    else:
        _draw_words(picture, cloud, inches * share * 72 / cloud.width)
        _draw_dots(chart, _with_interval(cloud, words, low, high).head(rows), caption)
    return _write_caption(figure, cloud, caption)


def write_svg(cloud: Cloud, *, unit: str) -> str:
    """Return the cloud as SVG with real text: it can be searched, copied and read aloud.

    Each word carries its count and rate, and the font's outlines of the words used come along.

    Parameters
    ----------
    cloud : Cloud
    unit : str
        Unit of the rates, for the words' titles.
    """
    font = base64.b64encode(subset_font("".join(cloud.layout["term"]) or "无")).decode("ascii")
    texts = "\n".join(_svg_word(row, unit) for row in cloud.layout.to_dict("records"))
    size = f'width="{cloud.width}" height="{cloud.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 0 {cloud.width} {cloud.height}">\n'
        f"<desc>{len(cloud.layout)} words; left out: {escape('、'.join(cloud.omitted))}; "
        f"seed {cloud.seed}</desc>\n"
        f"<style>@font-face{{font-family:'cloud';src:url(data:font/woff;base64,{font})}}"
        f"text{{font-family:'cloud','{FONT_FAMILY}',sans-serif}}</style>\n{texts}\n</svg>\n"
    )


def make_ellipse(width: int = 900, height: int = 640) -> NDArray[np.uint8]:
    """Return a mask that leaves an ellipse free."""
    y, x = np.ogrid[:height, :width]
    inside = ((x - width / 2) / (width / 2)) ** 2 + ((y - height / 2) / (height / 2)) ** 2 <= 1
    return np.where(inside, 0, 255).astype("uint8")


def kind_of_pos(pos: str) -> str:
    """Return the kind of a word by its tag.

    Examples
    --------
    >>> [kind_of_pos(tag) for tag in ("n", "vn", "ns", "ad", "l", "eng")]
    ['noun', 'verb', 'name', 'modifier', 'phrase', 'other']
    """
    return "name" if pos in NAMES else POS_KINDS.get(pos[:1], "other")


@cache
def kind_colours() -> MappingProxyType[str, str]:
    """Return the colour of each kind: the same in every cloud, whatever else is drawn."""
    return MappingProxyType({r["kind"]: r["colour"] for r in lexicon.load_lexicon("kinds")})


@cache
def kind_labels() -> MappingProxyType[str, str]:
    """Return what the legend calls each kind."""
    return MappingProxyType({r["kind"]: r["label"] for r in lexicon.load_lexicon("kinds")})


def _check_glyphs(terms: pd.Series) -> None:
    missing = missing_glyphs("".join(terms))
    if missing:
        culprits = [term for term in terms if set(term) & set(missing)]
        codes = ", ".join(f"U+{ord(char):04X}" for char in missing)
        msg = f"The font cannot draw {codes} in {culprits[:5]}: mostly damage left in the text."
        raise ValueError(msg)


class _Paper(NamedTuple):
    """What words are laid out on, and the seed that they are laid out by."""

    width: int
    height: int
    mask: NDArray[np.uint8] | None
    seed: int


def _cut_at_rate(ranked: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the first words, without those at the end that share their rate with the next one."""
    if len(ranked) <= most:
        return ranked
    whole = ranked[ranked["rate"] > ranked["rate"].iloc[most]]
    return whole if len(whole) else ranked.head(most)


def _fit(tried: pd.DataFrame, paper: _Paper, top: int) -> pd.DataFrame:
    """Return the layout at the greatest size at which every word tried finds its place."""
    if tried.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in LAYOUT})
    # A character's area grows with the square of its size: the root makes area follow the rate.
    weights = np.sqrt(tried["rate"].to_numpy() / tried["rate"].iloc[0])
    largest = max(LARGEST * paper.height, SMALLEST)
    while True:
        sizes = np.rint(weights * largest).astype(int)
        wanted = (sizes >= SMALLEST) | (np.arange(len(sizes)) < top)
        words = list(zip(tried["term"][wanted], sizes[wanted].tolist(), strict=True))
        drawn = _place(words, paper)
        if len(drawn) == len(words) or largest <= TINIEST:
            return _as_layout(tried, drawn)
        largest *= SHRINK


def _place(words: list[tuple[str, int]], paper: _Paper) -> list[tuple[str, int, tuple[int, int]]]:
    """Return word, font size and upper left corner, up to the first word without a place."""
    blocked = None if paper.mask is None else paper.mask == 255
    taken = IntegralOccupancyMap(paper.height, paper.width, blocked)
    picture = Image.new("L", (paper.width, paper.height))
    pen, chance = ImageDraw.Draw(picture), random.Random(paper.seed)
    drawn: list[tuple[str, int, tuple[int, int]]] = []
    for word, size in words:
        font = ImageFont.truetype(str(font_file()), max(size, 1))
        left, top, right, bottom = map(int, font.getbbox(word, anchor="ls"))
        found = taken.sample_position(bottom - top + MARGIN, right - left + MARGIN, chance)
        if found is None:
            break
        row, column = (int(place) + MARGIN // 2 for place in found)
        pen.text((column - left, row - top), word, fill="white", font=font, anchor="ls")
        ink = np.asarray(picture)
        taken.update(ink if blocked is None else ink + blocked, row, column)
        drawn.append((word, size, (row, column)))
    return drawn


def _as_layout(tried: pd.DataFrame, drawn: list[tuple[str, int, tuple[int, int]]]) -> pd.DataFrame:
    """Return the table of the words drawn, with the baseline's beginning of each."""
    known = tried.set_index("term")[["count", "rate", "kind"]].to_dict("index")
    rows = []
    for word, size, (row, column) in drawn:
        font = ImageFont.truetype(str(font_file()), size)
        left, top, right, bottom = font.getbbox(word, anchor="ls")
        count, rate, kind = known[word]["count"], known[word]["rate"], str(known[word]["kind"])
        colour = kind_colours().get(kind, MUTED)
        place = (size, round(column - left), round(row - top), right - left, bottom - top)
        rows.append((word, int(count), float(rate), kind, colour, *map(int, place)))
    return pd.DataFrame(rows, columns=list(LAYOUT))


def _draw_words(axis: Axes, cloud: Cloud, points: float) -> None:
    """Write the words as text; `points` is the size of a pixel."""
    axis.set(xlim=(0, cloud.width), ylim=(cloud.height, 0), aspect="equal", anchor="NW")
    axis.set(xticks=[], yticks=[])
    axis.set_axis_off()
    for row in cloud.layout.to_dict("records"):
        axis.text(
            row["x"],
            row["y"],
            row["term"],
            fontsize=row["font_size"] * points,
            color=row["colour"],
            ha="left",
            va="baseline",
        )


def _with_interval(
    cloud: Cloud, words: pd.DataFrame | None, low: str | None, high: str | None
) -> pd.DataFrame:
    layout = cloud.layout
    if words is None or not low or not high:
        return layout.assign(low=np.nan, high=np.nan)
    ends = words.set_index("term")
    return layout.assign(low=layout["term"].map(ends[low]), high=layout["term"].map(ends[high]))


def _draw_dots(axis: Axes, ranked: pd.DataFrame, caption: Caption) -> None:
    places = np.arange(len(ranked))
    axis.hlines(
        places, ranked["low"], ranked["high"], colors=list(ranked["colour"]), linewidth=2, alpha=0.5
    )
    axis.scatter(ranked["rate"], places, c=list(ranked["colour"]), s=22, linewidth=0, zorder=3)
    label_rows(axis, ranked["term"] + " " + ranked["count"].astype(str))
    axis.tick_params(axis="y", labelsize=7)
    axis.set_xlim(left=0)
    axis.set_xlabel(caption.unit, fontsize=7.5)


def _write_caption(figure: Figure, cloud: Cloud, caption: Caption) -> Figure:
    """Write title, legend of the kinds drawn, and the footer with what was left out."""
    inches = WIDTHS["wide"]
    title = wrap_text(caption.title, width=int(inches * 14.5))
    figure.suptitle(title, x=0.01, y=0.99, ha="left", va="top", color=INK)
    left_out = f" Words not drawn: {len(cloud.omitted)}." if cloud.omitted else ""
    footer = wrap_text(caption.footer + left_out, width=int(inches * 19))
    figure.text(0.01, 0.01, footer, ha="left", va="bottom", fontsize=7, color=MUTED)
    _add_legend(figure, cloud.layout)
    return figure


def _add_legend(figure: Figure, layout: pd.DataFrame) -> None:
    """Say which colour is which kind, for the kinds drawn."""
    kinds = layout[["kind", "colour"]].drop_duplicates().sort_values("kind")
    colours = {kind_labels().get(kind, kind): colour for kind, colour in kinds.to_numpy().tolist()}
    handles = [
        Line2D([], [], marker="o", linestyle="", color=colour, label=label)
        for label, colour in colours.items()
    ]
    if handles:
        figure.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0.0, 0.3 / figure.get_figheight()),
            ncols=4,
            fontsize=7,
            frameon=False,
            handletextpad=0.2,
            columnspacing=1.0,
        )


def _svg_word(row: Mapping[Any, Any], unit: str) -> str:
    term = escape(str(row["term"]))
    about = f"{term}: {row['count']}, {row['rate']:.4g} {escape(unit)}"
    return (
        f'<text x="{row["x"]}" y="{row["y"]}" font-size="{row["font_size"]}" '
        f'fill="{row["colour"]}" data-count="{row["count"]}"><title>{about}</title>{term}</text>'
    )
