"""What a repair did, for people: counts by kind, the doubtful places, a page with every change.

In: a `Page` or a `Repaired`. Out: tables, and one html page that needs nothing from elsewhere.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

from dz_analysis.reading.ledger import MISSING, Repaired
from dz_analysis.reading.page import Change, Page

AROUND = 8  # characters shown on each side of a doubtful place
EXPLAIN_COLUMNS = (
    "kind",
    "raw_start",
    "raw_end",
    "left",
    "before",
    "after",
    "right",
    "score",
    "runner_up",
)
# What a reader should know of each kind: its name, and the colour that marks it.
KINDS = {
    "pinyin": ("reading taken out", "#cfe8d5"),
    "traditional": ("traditional to simplified", "#dbe7f6"),
    "folded_punctuation": ("full-width mark restored", "#ece4f5"),
    "misaligned_pinyin": ("bytes put back: torn by a reading", "#fde3c0"),
    "split": ("bytes put back: torn by a break", "#fbd0b4"),
    "one_to_many": ("one of several simplified forms", "#fff1a8"),
    "radical": ("radical sign to its character", "#d9f0ee"),
    "hidden_html": ("hidden text taken out", "#e3e3e3"),
    "line_break": ("line joined: broken by a width", "#f3dfe6"),
    "page_break": ("lines joined over a page number", "#f3dfe6"),
    "paragraph_break": ("paragraph parted", "#f3dfe6"),
}
_STYLE = """
body{margin:2rem auto;max-width:46rem;padding:0 1rem;font:17px/1.9 "Noto Serif SC","Songti SC",
SimSun,serif;color:#222;background:#fff}
h1{font-size:1.4rem}table{border-collapse:collapse;font-size:.85rem;line-height:1.5}
td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:left}td.n{text-align:right}
mark{padding:0 .05em;border-radius:.15em;color:inherit}del{color:#999;font-size:.8em}
.doubt{outline:2px solid #d33}.off{color:#999;font-size:.85rem}.off b{font-weight:normal;
background:#f2f2f2;padding:0 .3em}p{margin:.6em 0}
"""


def count_repairs(page: Page | Repaired) -> pd.DataFrame:
    """Count the changes of a ledger by kind.

    Choices that left a character as it stood change nothing and are not counted.

    Returns
    -------
    pandas.DataFrame
        Columns `kind`, `count`, `certain` (how many were determined uniquely); one row a kind,
        sorted by kind.

    Examples
    --------
    >>> from dz_analysis.reading.repair import repair
    >>> count_repairs(repair("工业增长6%,农业增长3%;财政收入增长5%。")).to_dict("records")
    [{'kind': 'folded_punctuation', 'count': 2, 'certain': 2}]
    """
    changes = [change for change in page.changes if change.before != change.after]
    counts = Counter(change.kind for change in changes)
    certain = Counter(change.kind for change in changes if change.certain)
    rows = [(kind, counts[kind], certain[kind]) for kind in sorted(counts)]
    return _frame(rows, ["kind", "count", "certain"])


def explain(page: Page) -> pd.DataFrame:
    """List the places that were chosen by context, so that a reader can judge them.

    Returns
    -------
    pandas.DataFrame
        One row a place, in order: `kind`, `raw_start` and `raw_end` in the page as decoded, the
        words around (`left`, `right`), what stood there (`before`), what was chosen (`after`;
        `□` where nothing was likely enough), the probability of the choice (`score`) and the
        `runner_up`.
    """
    text = repaired_text(page)
    rows = [
        (
            change.kind,
            change.raw_start,
            change.raw_end,
            text[max(change.start - AROUND, 0) : change.start],
            change.before,
            change.after,
            text[change.end : change.end + AROUND],
            change.score,
            change.runner_up,
        )
        for change in page.changes
        if not change.certain
    ]
    return _frame(rows, list(EXPLAIN_COLUMNS))


def _frame(rows: list[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd  # takes 0.4 s, and repairing a page needs no frame

    return pd.DataFrame(rows, columns=columns)


def repaired_text(page: Page) -> str:
    """Return the whole page repaired, furniture and all."""
    pieces: list[str] = []
    done = 0
    for change in page.changes:
        pieces += (page.raw[done : change.raw_start], change.after)
        done = change.raw_end
    return "".join((*pieces, page.raw[done:]))


def show_changes(page: Page) -> str:
    """Return an html page that shows the repaired page with every change marked.

    What was taken out is struck through, what was put in is coloured by its kind, what was chosen
    by context is outlined; furniture is grey. Styles are in the page; it asks no host for
    anything.
    """
    title = html.escape(page.title or page.source or "page")
    body = "\n".join(f"<p>{line}</p>" for line in _marked_lines(page))
    return (
        '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>{title}</h1>\n{_legend(page)}\n{body}\n</body></html>\n"
    )


def _legend(page: Page) -> str:
    counted = count_repairs(page)
    rows = [
        f'<tr><td><mark style="background:{_colour(kind)}">{html.escape(_name(kind))}</mark></td>'
        f'<td class="n">{count:,}</td><td class="n">{count - certain:,}</td></tr>'
        for kind, count, certain in counted.itertuples(index=False)
    ]
    head = "<tr><th>change</th><th>places</th><th>by context</th></tr>"
    note = f"Known to be lost and not restored ({MISSING}): {page.unrepaired:,}."
    return f"<table>{head}{''.join(rows)}</table><p class='off'>{note}</p>"


def _marked_lines(page: Page) -> Iterator[str]:
    """Yield the lines of the page as html; furniture lines with their kind."""
    kinds = {piece.raw_start: piece.kind for piece in page.furniture}
    at = number = 0
    changes = page.changes
    for line in page.raw.split("\n"):
        end = at + len(line)
        inside = number
        while inside < len(changes) and changes[inside].raw_start < end:
            inside += 1
        marked = _mark_line(page.raw, at, end, changes[number:inside])
        kind = next((kinds[start] for start in range(at, end) if start in kinds), "")
        if kind:
            yield f'<span class="off"><b>{html.escape(kind)}</b> {marked}</span>'
        elif line.strip():
            yield marked
        at, number = end + 1, inside


def _mark_line(raw: str, start: int, end: int, changes: Sequence[Change]) -> str:
    pieces, done = [], start
    for change in changes:
        pieces.append(html.escape(raw[done : change.raw_start]))
        pieces.append(_mark(change))
        done = change.raw_end
    pieces.append(html.escape(raw[done:end]))
    return "".join(pieces)


def _mark(change: Change) -> str:
    before, after = html.escape(change.before), html.escape(change.after)
    if not after:
        return f"<del title={_quoted(_name(change.kind))}>{before}</del>"
    tip = f"{_name(change.kind)}: {change.before} → {change.after}"
    if not change.certain:
        tip += f" · chosen by context, {change.score:.0%}" if change.score is not None else ""
        tip += f"; next {change.runner_up}" if change.runner_up else ""
    doubt = "" if change.certain else ' class="doubt"'
    style = f'style="background:{_colour(change.kind)}"'
    return f"<mark{doubt} {style} title={_quoted(tip)}>{after}</mark>"


def _quoted(text: str) -> str:
    return f'"{html.escape(text)}"'


def _name(kind: str) -> str:
    return KINDS.get(kind, (kind, ""))[0]


def _colour(kind: str) -> str:
    return KINDS.get(kind, ("", "#eee"))[1]
