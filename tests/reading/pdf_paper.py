"""Pages of pdf files that the tests print themselves, every character and rule at its place."""

import atexit
import io
import shutil
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path

import matplotlib
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

matplotlib.use("agg")
WIDTH, HEIGHT = 595, 842
LEFT = 80
WHOLE = Path(str(files("zhplot") / "fonts" / "NotoSansSC-Regular.ttf"))
LATIN = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"


def small_font():
    """Return a font with the characters of the tests alone: the whole one takes a second a page."""
    words = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("*.py"))
    font = TTFont(io.BytesIO(WHOLE.read_bytes()))
    cutter = subset.Subsetter(subset.Options(layout_features=[], notdef_outline=True))
    cutter.populate(text="".join(sorted(set(words))))
    cutter.subset(font)
    file = Path(tempfile.mkdtemp(prefix="dz-font-")) / "small.ttf"
    font.save(file)
    atexit.register(shutil.rmtree, file.parent, ignore_errors=True)
    return file


SANS = small_font()


class Paper:
    """One page, A4; places are in points from the upper left corner, `y` the line of the text."""

    def __init__(self, width=WIDTH, height=HEIGHT):
        self.size = width, height
        self.figure = Figure(figsize=(width / 72, height / 72))

    def _at(self, x, y):
        return x / self.size[0], 1 - y / self.size[1]

    def text(self, x, y, words, *, size=12, font=SANS, turned=0):
        """Print words; characters are as wide as `size`, figures about half of it."""
        self.figure.text(
            *self._at(x, y),
            words,
            fontproperties=FontProperties(fname=str(font), size=size),
            rotation=turned,
            rotation_mode="anchor",
            va="baseline",
            parse_math=False,
        )
        return self

    def row(self, y, *pieces, x=LEFT, size=12):
        """Print pieces beside one another: words, or (words, font size, points raised, font)."""
        for piece in pieces:
            words, own, rise, font = (piece, size, 0, SANS) if isinstance(piece, str) else piece
            self.text(x, y - rise, words, size=own, font=font)
            x += width_of(words, own, font)
        return self

    def lines(self, y, *words, x=LEFT, step=24, size=12):
        """Print lines below one another."""
        for at, line in enumerate(words):
            self.text(x, y + at * step, line, size=size)
        return self

    def rule(self, x0, y0, x1, y1, width=0.5):
        """Draw a straight line."""
        (a, b), (c, d) = self._at(x0, y0), self._at(x1, y1)
        line = Line2D([a, c], [b, d], linewidth=width, color="black", solid_capstyle="butt")
        self.figure.add_artist(line)
        return self

    def grid(self, xs, ys):
        """Draw a table's rules."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def bar(self, x, y, width, height):
        """Draw a filled rectangle that stands on `y`."""
        a, b = self._at(x, y)
        patch = Rectangle((a, b), width / self.size[0], height / self.size[1], color="gray")
        self.figure.add_artist(patch)
        return self

    def curve(self, *points):
        """Draw a broken line."""
        places = [self._at(*point) for point in points]
        self.figure.add_artist(Polygon(places, closed=False, fill=False))
        return self


def print_pdf(*papers):
    """Return the bytes of a pdf file."""
    stream, plain = io.BytesIO(), {"CreationDate": None}
    with matplotlib.rc_context({"pdf.fonttype": 42}), PdfPages(stream, metadata=plain) as book:
        for paper in papers:
            book.savefig(paper.figure)
    return stream.getvalue()


@cache
def _advances(font):
    """Return how wide each character of a font is, in ems."""
    face = TTFont(font)
    widths, ems = face["hmtx"].metrics, face["head"].unitsPerEm
    return {code: widths[name][0] / ems for code, name in face.getBestCmap().items()}


def width_of(words, size=12, font=SANS):
    """Return how far words reach."""
    return sum(_advances(font)[ord(character)] for character in words) * size


def bare_pdf(*bodies, fonts="", extra=b"", trailer=""):
    """Write a file object by object: a page for each content, with a font in the resources."""
    count = len(bodies)
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 595 842] >>",
    ]
    for at, body in enumerate(bodies):
        resources = f"/Resources << /Font << {fonts} >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {4 + 2 * at} 0 R >>")
        objects.append(f"<< /Length {len(body)} >>\nstream\n{body}\nendstream")
    out = b"%PDF-1.7\n" + extra
    places = []
    for number, words in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{words}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    size = f"/Size {len(places) + 1} /Root 1 0 R {trailer}"
    return out + f"trailer << {size} >>\nstartxref\n{start}\n%%EOF\n".encode("latin-1")
