"""How every figure looks: the Chinese font by its file, the theme, sizes and colours.

In: the fonts, and what is drawn for (`media`). Out: matplotlib's settings and colours.
No system font is needed and none is ever taken, so that a figure is the same on every machine.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.typing import RcKeyType

from dz_analysis.corpus import Corpus, load_corpus
from dz_analysis.showing.figure_spec import SCREEN_DPI, show_dashes, show_in_words
from dz_analysis.showing.fonts import font_stack, register_font
from dz_analysis.showing.media import choose_look, look, type_size
from dz_analysis.showing.spelling import spell_cell

INK, MUTED, GRID = "#222222", "#666666", "#dddddd"
ACCENT = "#0173b2"
ABSENT = "#f4f4f4"
SEQUENTIAL = "Blues"
DIVERGING = "RdBu_r"


def theme() -> dict[RcKeyType, Any]:
    """Return the settings that make a figure ours, as matplotlib's rcParams."""
    return {
        # The family itself, not "sans-serif": generic names are looked up only when a figure is
        # drawn, and seaborn's themes overwrite them.
        "font.family": font_stack(),
        "font.size": type_size(9),
        "axes.titlesize": type_size(10),
        "axes.labelsize": type_size(9),
        "xtick.labelsize": type_size(8.5),
        "ytick.labelsize": type_size(8.5),
        "legend.fontsize": type_size(8.5),
        "figure.titlesize": type_size(10.5),
        # Regular is the only weight that is there; asking for bold makes matplotlib log.
        "axes.titleweight": "normal",
        "axes.labelweight": "normal",
        "figure.titleweight": "normal",
        "axes.unicode_minus": False,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "grid.color": GRID,
        "axes.axisbelow": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "figure.dpi": SCREEN_DPI,
        "savefig.dpi": look().dpi,
        "figure.constrained_layout.use": True,
        "text.parse_math": False,
        "text.usetex": False,
        # Type 42 keeps whole lines of Chinese copyable and is taken by journals; type 3 is not.
        "pdf.fonttype": 42,
        "ps.fonttype": 42,
        # Text, not outlines: it can be searched and copied. The file brings its font along.
        "svg.fonttype": "none",
        "hatch.linewidth": 0.6,
        "svg.hashsalt": "dz_analysis",
    }


def use_style(
    target: str | None = None,
    *,
    titles: bool | None = None,
    dpi: int | None = None,
    font: str | None = None,
) -> None:
    """Set seaborn's theme with the Chinese font, colours and sizes; safe to call again.

    What is not given stays as it is (see `media.choose_look`).

    In a notebook it also makes every figure say in words what it shows (see `figure_spec`), so
    that a wrong chart changes the stored output, and lets printed tables keep their columns.
    """
    choose_look(target, titles=titles, dpi=dpi, font=font)
    register_font()
    sns.set_theme(context="paper", style="whitegrid", palette="colorblind", rc=theme())
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    show_in_words()
    show_dashes()
    # Columns of Chinese stand straight in printed tables, and none is folded away.
    pd.set_option("display.unicode.east_asian_width", True)
    pd.set_option("display.float_format", spell_cell)  # never 1.28e+09
    pd.set_option("display.max_columns", 30, "display.width", 140, "display.max_colwidth", 60)


def region_palette(corpus: Corpus | str) -> dict[str, str]:
    """Return the colour of each district of a corpus: the same in every figure of it.

    The colours are given out over all districts of the corpus in the order of their names, also
    when only some are shown, so that a district keeps its colour when others are left out.

    Parameters
    ----------
    corpus : Corpus or str
        The corpus, or its name.

    Returns
    -------
    dict of str to str
        District name to hexadecimal colour, in the order of names.
    """
    name = corpus if isinstance(corpus, str) else corpus.name
    return assign_colours(load_corpus(name).table("documents")["region"])


def assign_colours(names: Iterable[str]) -> dict[str, str]:
    """Give each name a colour, in the order of the names; colour-blind safe up to ten.

    Examples
    --------
    >>> assign_colours(["乙区", "甲区", "乙区"])
    {'乙区': '#0173b2', '甲区': '#de8f05'}
    """
    distinct = sorted(set(names))
    palette = (
        sns.color_palette("colorblind", len(distinct))
        if len(distinct) <= 10
        else sns.husl_palette(len(distinct), l=0.5)
    )
    return dict(zip(distinct, palette.as_hex(), strict=True))
