"""The fonts of every figure: one Chinese font, taken by its file, and what it can draw.

In: the font that comes with the package's dependencies. Out: its file, and the characters that a
figure could only show as empty boxes. No system font is needed and none is ever taken.
"""

from __future__ import annotations

import importlib.util
import io
from functools import cache
from pathlib import Path

import matplotlib as mpl
from fontTools import subset
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

FONT_FAMILY = "Noto Sans SC"
# DejaVu comes with matplotlib: it serves the few signs that the Chinese font has not (≥ in some
# subsets, arrows). Both are static TrueType: a CFF font breaks type-42 PDF in Ghostscript.
FONT_STACK = (FONT_FAMILY, "DejaVu Sans")


def font_file() -> Path:
    """Return the file of the Chinese font (Noto Sans SC Regular, static TrueType, OFL).

    The package that carries it is located, not imported: importing it changes matplotlib's
    settings.

    Raises
    ------
    FileNotFoundError
        If the font is not installed; the message says what to install.
    """
    spec = importlib.util.find_spec("zhplot")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    file = folder / "fonts" / "NotoSansSC-Regular.ttf"
    if not file.is_file():
        msg = (
            f"No Chinese font: {file} does not exist. It comes with the package zhplot, which is "
            "in the lock file; install the environment again (`make run`)."
        )
        raise FileNotFoundError(msg)
    return file


@cache
def register_font() -> None:
    """Make the Chinese font known to matplotlib by its file: no font cache, no system folder."""
    font_manager.fontManager.addfont(str(font_file()))


def missing_glyphs(text: str) -> str:
    r"""Return the characters of a text that no font of ours can draw, sorted; mostly none.

    Such a character is mostly dirt that a repair has left (private use, a half-decoded byte).

    Examples
    --------
    >>> missing_glyphs("德城区 12.8亿元，≥5%")
    ''
    >>> missing_glyphs("坏\ue2a6字")
    '\ue2a6'
    """
    known = _drawable()
    return "".join(
        sorted({char for char in text if char.isprintable() or ord(char) > 0x7F} - known)
    )


@cache
def _drawable() -> frozenset[str]:
    fallback = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    codes: set[int] = set()
    for file in (font_file(), fallback):
        codes |= set(FT2Font(str(file)).get_charmap())
    return frozenset(map(chr, codes))


def subset_font(text: str) -> bytes:
    """Return the Chinese font cut to the characters of a text, for a page to carry (WOFF).

    Latin letters and signs are left out on purpose: a reader's own font has them.
    """
    wanted = sorted({ord(char) for char in text if ord(char) > 0x2E7F})
    options = subset.Options()
    options.flavor = "woff"
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    buffer = io.BytesIO()
    with subset.load_font(str(font_file()), options) as font:
        font.recalcTimestamp = False  # the same bytes every time
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=wanted)
        cutter.subset(font)
        subset.save_font(font, buffer, options)
    return buffer.getvalue()
