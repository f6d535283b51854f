"""A table as LaTeX: three lines (booktabs), Chinese by ctex, a long one over several pages.

In: a `PaperTable`. Out: a piece that XeLaTeX or LuaLaTeX takes; its first line names the packages.
"""

from __future__ import annotations

import re

from dz_analysis.harmless import drop_unseen
from dz_analysis.language import count_cells
from dz_analysis.publishing.paper import PaperTable

PAGE_ROWS = 40  # a longer table does not fit one page and breaks over several
NORMAL, TINY = "footnotesize", "tiny"
LINES = {NORMAL: 84, TINY: 136}  # half-width characters that a line holds in a size
GAP = 3  # of them between two columns
WIDEST = 30  # a column of texts is no wider by itself; what is longer breaks inside its cell
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "[": "{[}",  # behind the end of a row it would begin an option
    "*": "{*}",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "≈": r"$\approx$",
    "∞": r"$\infty$",
    "−": r"$-$",
}
_ESCAPED = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_PIECE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\-\u2e80-\u9fff\uf900-\uffef]+-?"
)


def as_latex(table: PaperTable) -> bytes:
    """Return a table as LaTeX, with its caption above and its words below."""
    cells = table.cells()
    is_long = len(cells) > PAGE_ROWS
    columns, size = _columns(table, cells)
    heads = _row(list(table.heads))
    caption = rf"\caption{{{escape(table.caption)}}}" if table.caption else ""
    label = rf"\label{{tab:{re.sub('[^A-Za-z0-9]+', '-', table.name).strip('-')}}}"
    words = [rf"{escape(line)}\par" for line in table.words()]
    body = [_row(row) for row in cells]
    packages = "booktabs,array,ctex" + ",longtable" * is_long
    first = rf"% needs \usepackage{{{packages}}} and XeLaTeX or LuaLaTeX"
    small = [rf"\{size}", r"\setlength{\tabcolsep}{3pt}"]
    if is_long:
        named = rf"{caption}{label}\\" if caption else ""
        lines = [
            "{",
            *small,
            rf"\begin{{longtable}}{{{columns}}}",
            named,
            r"\toprule",
            heads,
            r"\midrule",
            r"\endhead",
            r"\bottomrule",
            r"\endfoot",
            *body,
            r"\end{longtable}",
            *words,
            "}",
        ]
    else:
        lines = [
            r"\begin{table}[htbp]",
            r"\centering",
            caption,
            label,
            *small,
            rf"\begin{{tabular}}{{{columns}}}",
            r"\toprule",
            heads,
            r"\midrule",
            *body,
            r"\bottomrule",
            r"\end{tabular}",
            r"\par\medskip",
            r"\begin{minipage}{\linewidth}\footnotesize",
            *words,
            r"\end{minipage}",
            r"\end{table}",
        ]
    return ("\n".join([first, *filter(None, lines)]) + "\n").encode("utf-8")


def escape(text: str) -> str:
    r"""Return a text that LaTeX prints as it stands.

    Examples
    --------
    >>> escape("增长5% & 100_000"), escape("[a] ≥ 3")
    ('增长5\\% \\& 100\\_000', '{[}a] $\\geq$ 3')
    """
    plain = drop_unseen(" ".join(text.split()))
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], plain)


def _row(cells: list[str]) -> str:
    return " & ".join(map(escape, cells)) + r" \\"


def _columns(table: PaperTable, cells: list[list[str]]) -> tuple[str, str]:
    """Return how columns stand, and the size of the letters.

    Where all fits a line, numbers stand to the right and texts to the left; else each column has
    its share of the line.
    """
    texts = [[head, *(row[at] for row in cells)] for at, head in enumerate(table.heads)]
    widths = [max(map(count_cells, column)) + GAP for column in texts]
    if sum(widths) <= LINES[NORMAL] and max(widths) <= WIDEST + GAP:
        return "".join("r" if is_number else "l" for is_number in table.is_number), NORMAL
    floors = [max(map(_measure_piece, column)) + GAP for column in texts]
    size = NORMAL if sum(floors) <= LINES[NORMAL] else TINY
    sides = ("raggedleft" if is_number else "raggedright" for is_number in table.is_number)
    return "".join(
        rf">{{\{side}\arraybackslash}}p{{\dimexpr {share:.4f}\linewidth-2\tabcolsep}}"
        for share, side in zip(_share_line(floors, widths, LINES[size]), sides, strict=True)
    ), size


def _share_line(floors: list[int], widths: list[int], line: int) -> list[float]:
    """Share a line out among columns: each has its longest unbroken piece, then what is left."""
    wanted = [max(floor, min(width, WIDEST)) for floor, width in zip(floors, widths, strict=True)]
    over = sum(wanted) - sum(floors)
    part = min(1.0, max(0.0, line - sum(floors)) / over) if over else 0.0
    shares = [low + part * (high - low) for low, high in zip(floors, wanted, strict=True)]
    whole = max(sum(shares), line)
    return [share / whole for share in shares]


def _measure_piece(text: str) -> int:
    """Return how wide the longest piece of a text is that no line end can divide."""
    return max((count_cells(piece) for piece in _PIECE.findall(text)), default=1)
