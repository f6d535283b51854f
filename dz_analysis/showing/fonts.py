"""The fonts of every figure: one Chinese font, Hei or Song, by its file, and what it can draw.

In: the fonts that come with the package's dependencies. Out: their files, and the characters that
a figure could only show as empty boxes. No system font is needed and none is ever taken.

Song comes with an optional package, whose file holds outlines of PostScript's kind. In a PDF that
asks for TrueType these are broken (Ghostscript draws nothing), so they are converted once.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import matplotlib as mpl
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from dz_analysis import paths
from dz_analysis.showing.media import look

FONT_FAMILY = "Noto Sans SC"
FAMILIES = {"Hei": FONT_FAMILY, "Song": "Noto Serif SC"}
# DejaVu comes with matplotlib: it serves the few signs that the Chinese font has not (≥ in some
# subsets, arrows). All are static TrueType.
FALLBACK = "DejaVu Sans"
SONG_EXTRA = "pylopdf-fonts-zh-cn"  # the extra `song`
SONG_CONVERTED = "NotoSerifSC-Regular-1.ttf"  # the number grows when converting changes
# What lays text out that a figure does not use: it places its characters one by one, in a row.
LAYOUT_TABLES = ("BASE", "GDEF", "GPOS", "GSUB", "MATH", "STAT", "vhea", "vmtx")
MOST_ERROR = 1.0  # thousandths of an em that a converted outline may be off


def font_stack() -> list[str]:
    """Return the families that a figure is drawn in: what one lacks, the next one has."""
    return list(dict.fromkeys([FAMILIES[look().font], FONT_FAMILY, FALLBACK]))


def font_files() -> list[Path]:
    """Return the files of the families in `font_stack`, in their order."""
    known = {FONT_FAMILY: _hei_file, FAMILIES["Song"]: _song_file, FALLBACK: _fallback_file}
    return [known[family]() for family in font_stack()]


def font_file() -> Path:
    """Return the file of the Chinese font in use (static TrueType, OFL).

    The package that carries it is located, not imported: importing it changes matplotlib's
    settings.

    Raises
    ------
    FileNotFoundError
        If the font is not installed; the message says what to install.
    """
    return font_files()[0]


def _hei_file() -> Path:
    file = _locate("zhplot") / "fonts" / "NotoSansSC-Regular.ttf"
    if not file.is_file():
        msg = (
            f"No Chinese font: {file} does not exist. It comes with the package zhplot, which is "
            "in the lock file; install the environment again (`make run`)."
        )
        raise FileNotFoundError(msg)
    return file


def _song_file() -> Path:
    """Return the file of Song, converted to TrueType the first time (half a minute)."""
    held = paths.project_dir() / "build" / "fonts" / SONG_CONVERTED
    if held.is_file():
        return held
    source = _locate(SONG_EXTRA.replace("-", "_")) / "NotoSerifSC-Regular.otf"
    if not source.is_file():
        msg = (
            f"No font Song: {source} does not exist. It comes with the package {SONG_EXTRA}; "
            "install it (the extra `song`), or draw with font Hei."
        )
        raise FileNotFoundError(msg)
    held.parent.mkdir(parents=True, exist_ok=True)
    part = held.with_suffix(".part")
    part.write_bytes(convert_outlines(source, _common_characters()))
    part.replace(held)
    return held


def _fallback_file() -> Path:
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def _locate(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else Path()


def _common_characters() -> frozenset[str]:
    """Return the characters of GB 2312, and the letters and signs beside them."""
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    known = {pair.decode("gb2312", "ignore") for pair in pairs}
    signs = {chr(code) for code in (*range(0x20, 0x2E80), *range(0x3000, 0x3040))}
    return frozenset(known | signs | {chr(code) for code in range(0xFF00, 0xFFF0)})


def convert_outlines(file: Path, characters: Iterable[str]) -> bytes:
    """Return some characters of an OpenType font as a TrueType font, the same bytes every time.

    Parameters
    ----------
    file : pathlib.Path
        A font with PostScript outlines (CFF).
    characters : iterable of str
        Those that the font lacks are left out.
    """
    old = TTFont(file)
    wanted = {ord(char) for char in characters if char}
    codes = {code: name for code, name in sorted(old.getBestCmap().items()) if code in wanted}
    names = [".notdef", *sorted(set(codes.values()) - {".notdef"})]
    drawn, outlines = old.getGlyphSet(), {}
    for name in names:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, MOST_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    new = FontBuilder(old["head"].unitsPerEm, isTTF=True)
    new.setupGlyphOrder(names)
    new.setupCharacterMap(codes)
    new.setupGlyf(outlines)
    sides = {name: getattr(outlines[name], "xMin", 0) for name in names}
    new.setupHorizontalMetrics({name: (old["hmtx"][name][0], sides[name]) for name in names})
    new.setupHorizontalHeader(ascent=old["hhea"].ascent, descent=old["hhea"].descent)
    told = {0: "copyright", 1: "familyName", 2: "styleName", 6: "psName", 13: "licenseDescription"}
    said = {key: str(old["name"].getDebugName(number) or "") for number, key in told.items()}
    new.setupNameTable(said)
    widths = ("sTypoAscender", "sTypoDescender", "usWinAscent", "usWinDescent")
    new.setupOS2(**{name: getattr(old["OS/2"], name) for name in widths})
    new.setupPost(keepGlyphNames=False)
    new.font["head"].created = new.font["head"].modified = 0
    new.font.recalcTimestamp = False
    buffer = io.BytesIO()
    new.save(buffer)
    return buffer.getvalue()


def register_font() -> None:
    """Make the fonts known to matplotlib by their files: no font cache, no system folder."""
    for file in font_files()[:-1]:
        _register(file)


@cache
def _register(file: Path) -> None:
    font_manager.fontManager.addfont(str(file))


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
    known = _drawable(*font_files())
    return "".join(
        sorted({char for char in text if char.isprintable() or ord(char) > 0x7F} - known)
    )


def missing_in(file: Path, text: str) -> str:
    """Return the characters of a text that a font lacks, in their order."""
    known = _drawable(file)
    return "".join(char for char in text if char not in known)


@cache
def _drawable(*files: Path) -> frozenset[str]:
    return frozenset(chr(code) for file in files for code in FT2Font(str(file)).get_charmap())


def subset_font(text: str, *, latin: bool = False, file: Path | None = None) -> bytes:
    """Return a font cut to the characters of a text, for a page or picture to carry (WOFF).

    Parameters
    ----------
    text : str
    latin : bool
        Whether Latin letters and signs come along. A page does without, since a reader's own font
        has them; in a picture the places of words hang on their widths.
    file : pathlib.Path, optional
        The font; by default the Chinese one in use.
    """
    wanted = sorted({ord(char) for char in text if latin or ord(char) > 0x2E7F})
    options = subset.Options()
    options.flavor = "woff"
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    buffer = io.BytesIO()
    with _load_bare(str(file or font_file()), options) as font:
        font.recalcTimestamp = False  # the same bytes every time
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=wanted)
        cutter.subset(font)
        subset.save_font(font, buffer, options)
    return buffer.getvalue()


def _load_bare(file: str, options: subset.Options) -> TTFont:
    """Return a font to be cut, without its rules of layout.

    The rules of 30,000 characters take longer to read than all else, and names of characters are
    the same every time.
    """
    font = subset.load_font(file, options)
    for table in LAYOUT_TABLES:
        if table in font:
            del font[table]
    font.setGlyphOrder(list(_glyph_order(str(file))))
    return font


@cache
def _glyph_order(file: str) -> tuple[str, ...]:
    with TTFont(file) as font:
        return tuple(font.getGlyphOrder())
