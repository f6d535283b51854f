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
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError
from wordcloud.wordcloud import IntegralOccupancyMap

from dz_analysis import lexicon
from dz_analysis.language import label, say
from dz_analysis.showing.canvas import (
    Caption,
    check_columns,
    label_rows,
    say_nothing,
    wrap_footer,
    wrap_title,
)
from dz_analysis.showing.charts import rank_rows
from dz_analysis.showing.fonts import FONT_FAMILY, font_file, missing_glyphs, subset_font
from dz_analysis.showing.marks import tell_apart
from dz_analysis.showing.media import LEAST_TYPE, look, type_size
from dz_analysis.showing.style import INK, MUTED, use_style

SEED = 20_210_127
SMALLEST, LARGEST = 14, 0.2  # font size in pixels at least; as a share of the cloud's height
SHARE = 0.62  # of a figure's width that the cloud takes, its chart beside it
SHRINK = 0.84
TINIEST = 4  # pixels below which a word is a smudge
MARGIN = 4  # pixels between words
DARK, LEAST_DARK = 128, 0.02  # greys under this are dark; share of a picture that must be
FEWEST_ROWS, ROW = 8, 0.17  # words in the dot chart at least, and the height of each in inches
HEAD, HEAD_LINE = 0.47, 0.18  # inches: a title of two lines, each further one
LEGEND_LINE = 0.155  # inches
FOOT, FOOT_LINE = 0.07, 0.115  # inches: below the footer, a line of it
AXIS = 0.36  # inches: the ticks and the name of the chart's axis, above the footer
LEGEND_COLUMNS = 4
BOX = "□"  # stands for a character that the font can't draw
LAYOUT = (
    "term",
    "drawn",
    "count",
    "rate",
    "kind",
    "colour",
    "font_size",
    "x",
    "y",
    "width",
    "height",
)
SHAPES = ("rectangle", "ellipse", "circle", "diamond", "hexagon")
POS_KINDS = MappingProxyType(
    {"n": "noun", "v": "verb", "a": "modifier", "d": "modifier", "b": "modifier", "z": "modifier"}
    | {"l": "phrase", "i": "phrase", "j": "phrase"}
)
NAMES = ("nr", "ns", "nt", "nz")


@dataclass(frozen=True, slots=True)
class Cloud:
    """A cloud laid out: one row a word drawn, and the words that did not fit.

    `x` and `y` are where a word's baseline begins, in pixels from the upper left; `drawn` is the
    word as it is drawn, with □ for what the font lacks. Of the words left out `tied` are cut as a
    whole, because they share their rate with each other and there is no room for all of them, and
    `rare` are mentioned too seldom to be tried.
    """

    width: int
    height: int
    seed: int
    layout: pd.DataFrame
    omitted: tuple[str, ...]
    tied: int = 0
    rare: int = 0

    @property
    def boxed(self) -> tuple[str, ...]:
        """The words drawn with □ for a character that the font lacks."""
        return tuple(self.layout.loc[self.layout["term"] != self.layout["drawn"], "term"])

    @property
    def band(self) -> tuple[int, int]:
        """Where the words drawn begin and end, in pixels from above."""
        if self.layout.empty:
            return 0, self.height
        above = self.layout["y"] - self.layout["height"]
        below = self.layout["y"] + self.layout["font_size"] // 3
        return max(0, int(above.min()) - MARGIN), min(self.height, int(below.max()) + MARGIN)

    def say_omitted(self) -> str:
        """Return what is not drawn and why, as a sentence; blank if all is."""
        if not (self.omitted or self.boxed):
            return ""
        rest = len(self.omitted) - self.rare - self.tied
        reasons = [say("{n:,} said too seldom", n=self.rare)] if self.rare else []
        reasons += [say("{n:,} of one rate, left out together", n=self.tied)] if self.tied else []
        if rest and reasons:
            reasons.append(say("{n:,} less frequent than those drawn", n=rest))
        why = say(" ({reasons})", reasons=say(", ").join(reasons)) if reasons else ""
        said = []
        if self.omitted:
            said.append(say("Words not drawn: {n:,}{why}.", n=len(self.omitted), why=why))
        if self.boxed:
            told = {"box": BOX, "n": len(self.boxed)}
            said.append(say("{box} for what the font lacks in {n}.", **told))
        return " ".join(said)

    def __repr__(self) -> str:
        """Say how many words are drawn and left out."""
        told = {"n": len(self.layout), "omitted": len(self.omitted)}
        return say("<Cloud of {n} words, {omitted} left out>", **told)


def lay_out_cloud(
    words: pd.DataFrame,
    *,
    top: int = 10,
    most: int = 80,
    width: int = 900,
    height: int = 640,
    mask: NDArray[np.uint8] | None = None,
    seed: int = SEED,
    least: int = 1,
) -> Cloud:
    """Lay words out, the area of their characters in proportion to their rate.

    The largest size is lowered until every word large enough to be read stands at its own size,
    and the most frequent ones do however small: no word is shrunk to fit. Words of one rate are
    drawn or left out together. A character that the font lacks is drawn as □.

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
    least : int
        Least count of a word that is tried.

    Returns
    -------
    Cloud

    Raises
    ------
    ValueError
        If a word stands twice.

    Examples
    --------
    >>> words = {"term": ["项目", "民生"], "count": [30, 12], "rate": [30.0, 12.0], "kind": "noun"}
    >>> lay_out_cloud(pd.DataFrame(words), top=2)
    <Cloud of 2 words, 0 left out>
    """
    check_columns(words, "term", "count", "rate", "kind")
    ranked = rank_rows(words, label="term", value="rate")
    ranked = ranked[ranked["rate"] > 0].reset_index(drop=True)
    often = ranked[ranked["count"] >= least].reset_index(drop=True)
    often = often.assign(drawn=_box_missing(often["term"]))
    if mask is not None:
        height, width = mask.shape[:2]
    tried = _cut_at_rate(often, most)
    layout = _fit(tried, _Paper(width, height, mask, seed), top)
    drawn = set(layout["term"])
    omitted = tuple(term for term in ranked["term"] if term not in drawn)
    tied = _count_tied(often, len(tried), most)
    return Cloud(width, height, seed, layout, omitted, tied, len(ranked) - len(often))


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
        Words in the dot chart at most; as many as stand beside the cloud.
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
    inches, scale, narrow = look().inches, look().medium.scale, _is_narrow()
    share = 1.0 if narrow else SHARE
    above, below = cloud.band
    tall = inches * share * (below - above) / max(cloud.width, 1)
    row, frame = ROW * scale, 0.6 * scale
    room = rows if narrow else max(int((tall - frame) / row), FEWEST_ROWS)
    rows = min(rows, room, len(cloud.layout))
    explained = {kind_labels().get(kind, kind) for kind in cloud.layout["kind"]}
    lines = -(-len(explained) // _legend_columns())
    footer = _write_footer(cloud, caption, bars=say("bars: 95 % intervals") if low and high else "")
    legend = scale * (FOOT + FOOT_LINE * (1 + footer.count("\n")))
    kinds = 0.07 + LEGEND_LINE * lines
    foot = legend + scale * (kinds + 0.1 if narrow else max(kinds, AXIS))
    title = wrap_title(caption.title) if look().titles else ""
    head = scale * (HEAD + HEAD_LINE * max(0, title.count("\n") - 1)) if title else 0.1
    beside = frame + row * rows + 0.1
    body = tall + beside if narrow else max(tall, beside)
    height = foot + body + head
    figure = Figure(figsize=(inches, height))
    figure.set_label(caption.title)
    figure.set_layout_engine("none")  # the cloud has its own layout
    FigureCanvasAgg(figure)
    if narrow:
        places = (
            (0.0, (foot + beside) / height, 1.0, tall / height),
            (0.3, (foot + AXIS) / height, 0.66, (beside - AXIS) / height),
        )
    else:
        left, bottom, extent = share + 0.15, foot / height, body / height
        places = (
            (0.0, bottom, share, extent),
            (left, bottom + 0.03, 0.98 - left, extent - 0.05),
        )
    picture, chart = (figure.add_axes(place) for place in places)
    if cloud.layout.empty:
        say_nothing(picture)
        say_nothing(chart)
    else:
        _draw_words(picture, cloud, inches * share * 72 / cloud.width)
        _draw_dots(chart, _with_interval(cloud, words, low, high).head(rows), caption)
    if title:
        figure.suptitle(title, x=0.01, y=0.99, ha="left", va="top", color=INK)
    figure.text(0.01, 0.01, footer, ha="left", va="bottom", fontsize=type_size(7), color=MUTED)
    _add_legend(figure, cloud.layout, legend)
    tell_apart(figure)
    return figure


def write_svg(cloud: Cloud, *, unit: str) -> str:
    """Return the cloud as SVG with real text: it can be searched, copied and read aloud.

    Each word carries its count and rate, and the font's outlines of the words used come along.

    Parameters
    ----------
    cloud : Cloud
    unit : str
        Unit of the rates, for the words' titles.
    """
    font = base64.b64encode(subset_font("".join(cloud.layout["drawn"]) or "无")).decode("ascii")
    texts = "\n".join(_svg_word(row, unit) for row in cloud.layout.to_dict("records"))
    above, below = cloud.band
    size = f'width="{cloud.width}" height="{below - above}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 {above} {cloud.width} {below - above}">\n'
        f"<desc>{escape(_describe_cloud(cloud))}</desc>\n"
        f"<style>@font-face{{font-family:'cloud';src:url(data:font/woff;base64,{font})}}"
        f"text{{font-family:'cloud','{FONT_FAMILY}',sans-serif}}</style>\n{texts}\n</svg>\n"
    )


def _describe_cloud(cloud: Cloud) -> str:
    """Say what a cloud holds, for those who are read it aloud."""
    return say(
        "{n} words; left out: {omitted}; seed {seed}",
        n=len(cloud.layout),
        omitted="、".join(cloud.omitted),
        seed=cloud.seed,
    )


def make_shape(
    shape: str = "ellipse", *, width: int = 900, height: int = 640
) -> NDArray[np.uint8] | None:
    """Return a mask that leaves a shape free; None for the whole rectangle.

    Parameters
    ----------
    shape : str
        One of `SHAPES`; a circle is as high as the cloud, the others as wide and as high.
    width, height : int
        Size of the cloud in pixels.

    Raises
    ------
    ValueError
        If there is no such shape.

    Examples
    --------
    >>> make_shape("rectangle") is None
    True
    >>> round(float((make_shape("diamond", width=200, height=100) == 0).mean()), 2)
    0.5
    """
    if shape not in SHAPES:
        msg = f"Unknown shape {shape!r}; expected one of {', '.join(SHAPES)}."
        raise ValueError(msg)
    if shape == "rectangle":
        return None
    y, x = np.ogrid[:height, :width]
    across, down = np.abs(2 * (x + 0.5) / width - 1), np.abs(2 * (y + 0.5) / height - 1)
    round_ = across * width / min(width, height), down * height / min(width, height)
    inside = {
        "ellipse": across**2 + down**2 <= 1,
        "circle": round_[0] ** 2 + round_[1] ** 2 <= 1,
        "diamond": across + down <= 1,
        "hexagon": across + down / 2 <= 1,
    }[shape]
    return np.where(inside, 0, 255).astype("uint8")


def read_shape(file: Path | str, *, width: int = 900, height: int = 640) -> NDArray[np.uint8]:
    """Return a mask that leaves the dark parts of a picture free.

    Parameters
    ----------
    file : pathlib.Path or str
        A picture that Pillow reads (PNG, JPEG, GIF …), dark on white or on nothing: an outline of
        a district, filled. It is scaled to fit the cloud, its proportions kept.
    width, height : int
        Greatest size of the mask in pixels.

    Raises
    ------
    ValueError
        If the file is no picture, or nearly nothing of it is dark.
    FileNotFoundError
        If there is no such file.
    """
    there = Path(file)
    if not there.is_file():
        msg = f"No picture {str(file)!r} for the shape of the cloud."
        raise FileNotFoundError(msg)
    try:
        with Image.open(there) as picture:
            pixels = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError) as error:
        msg = f"{str(file)!r} is no picture that can be read: {error}."
        raise ValueError(msg) from error
    white = Image.new("RGBA", pixels.size, "white")
    grey = Image.alpha_composite(white, pixels).convert("L")
    scale = min(width / grey.width, height / grey.height)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    dark = np.asarray(grey.resize(size)) < DARK
    if dark.mean() < LEAST_DARK:
        msg = f"Only {dark.mean():.1%} of {str(file)!r} is dark; words stand in the dark parts."
        raise ValueError(msg)
    return np.where(dark, 0, 255).astype("uint8")


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


def _box_missing(terms: pd.Series) -> pd.Series:
    """Return words as they can be drawn: □ for what no font of ours has."""
    boxes = str.maketrans(dict.fromkeys(missing_glyphs("".join(terms)), BOX))
    return terms.map(lambda term: term.translate(boxes)).astype("str")


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


def _count_tied(ranked: pd.DataFrame, kept: int, most: int) -> int:
    """Return how many words of one rate are left out although there was room for some of them."""
    if len(ranked) <= most or kept >= most:
        return 0
    return int((ranked["rate"] == ranked["rate"].iloc[most]).sum())


def _fit(tried: pd.DataFrame, paper: _Paper, top: int) -> pd.DataFrame:
    """Return the layout at the greatest size at which every word tried finds its place."""
    if tried.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in LAYOUT})
    # A character's area grows with the square of its size: the root makes area follow the rate.
    weights = np.sqrt(tried["rate"].to_numpy() / tried["rate"].iloc[0])
    first = np.isin(np.arange(len(tried)), _cut_at_rate(tried, top).index)
    smallest = _smallest(paper.width)
    largest = max(LARGEST * paper.height, smallest)
    while True:
        sizes = np.rint(weights * largest).astype(int)
        wanted = (sizes >= smallest) | first
        words = list(zip(tried["drawn"][wanted], sizes[wanted].tolist(), strict=True))
        drawn = _place(words, paper)
        if len(drawn) == len(words) or largest <= TINIEST:
            return _as_layout(tried, drawn)
        largest *= SHRINK


def _smallest(width: int) -> int:
    """Return the pixels that a word takes at least, to be read where the cloud is printed."""
    printed = 72 * look().inches * (1.0 if _is_narrow() else SHARE)
    return max(SMALLEST, -(-int(LEAST_TYPE * width) // int(printed)))


def _is_narrow() -> bool:
    """Return whether the chart stands below its cloud."""
    return look().medium.panels == 1


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
    known = tried.to_dict("records")  # the words drawn are the first of those tried
    rows = []
    for about, (word, size, (row, column)) in zip(known, drawn, strict=False):
        font = ImageFont.truetype(str(font_file()), size)
        left, top, right, bottom = font.getbbox(word, anchor="ls")
        count, rate, kind = about["count"], about["rate"], str(about["kind"])
        colour = kind_colours().get(kind, MUTED)
        place = (size, round(column - left), round(row - top), right - left, bottom - top)
        rows.append((about["term"], word, int(count), float(rate), kind, colour, *map(int, place)))
    return pd.DataFrame(rows, columns=list(LAYOUT))


def _draw_words(axis: Axes, cloud: Cloud, points: float) -> None:
    """Write the words as text; `points` is the size of a pixel."""
    axis.set(xlim=(0, cloud.width), ylim=cloud.band[::-1], aspect="equal", anchor="W")
    axis.set(xticks=[], yticks=[])
    axis.set_axis_off()
    for row in cloud.layout.to_dict("records"):
        axis.text(
            row["x"],
            row["y"],
            row["drawn"],
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
    label_rows(axis, ranked["drawn"] + " " + ranked["count"].map("{:,}".format))
    axis.tick_params(axis="y", labelsize=type_size(7))
    axis.set_xlim(left=0)
    axis.set_xlabel(caption.unit, fontsize=type_size(7.5))


def _write_footer(cloud: Cloud, caption: Caption, *, bars: str) -> str:
    """Return the lines below a cloud: source, what stands beside the words, what was left out."""
    beside = say("; ").join(filter(None, (say("Beside the words: mentions"), bars)))
    beside = say("{finding}.", finding=beside)
    words = " ".join(filter(None, (caption.footer, beside, cloud.say_omitted())))
    return wrap_footer(words)


def _add_legend(figure: Figure, layout: pd.DataFrame, bottom: float) -> None:
    """Say which colour is which kind, for the kinds drawn; `bottom` is in inches."""
    kinds = layout[["kind", "colour"]].drop_duplicates().sort_values("kind")
    rows = kinds.to_numpy().tolist()
    colours = {label(kind_labels().get(kind, kind)): colour for kind, colour in rows}
    handles = [
        Line2D([], [], marker="o", linestyle="", color=colour, label=name)
        for name, colour in colours.items()
    ]
    if handles:
        figure.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0.0, bottom / figure.get_figheight()),
            ncols=_legend_columns(),
            fontsize=type_size(7),
            frameon=False,
            handletextpad=0.2,
            columnspacing=1.0,
        )


def _legend_columns() -> int:
    return 2 if _is_narrow() else LEGEND_COLUMNS


def _svg_word(row: Mapping[Any, Any], unit: str) -> str:
    term = escape(str(row["term"]))
    about = f"{term}: {row['count']}, {row['rate']:.4g} {escape(unit)}"
    drawn = escape(str(row["drawn"]))
    return (
        f'<text x="{row["x"]}" y="{row["y"]}" font-size="{row["font_size"]}" '
        f'fill="{row["colour"]}" data-count="{row["count"]}"><title>{about}</title>{drawn}</text>'
    )
