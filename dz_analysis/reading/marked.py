"""A page with every change marked, as one html page that needs nothing from elsewhere.

In: a `Page`. Out: html: what was counted, the places chosen by context with links to them, and
the page itself. Marks, taken-out text and furniture can each be hidden without a script.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dz_analysis.reading.ledger import MISSING
from dz_analysis.reading.page import Change, Page
from dz_analysis.reading.show import KINDS, count_furniture, count_repairs, explain

_STYLE = """
:root{color-scheme:light}
body{margin:2rem auto;max-width:46rem;padding:0 1rem;font:17px/1.9 "Noto Serif SC","Songti SC",
SimSun,serif;color:#222;background:#fff}
h1{font-size:1.4rem;line-height:1.4;margin-bottom:.2em}h2{font-size:1rem;margin:1.6em 0 .4em}
table{border-collapse:collapse;font-size:.85rem;line-height:1.5}
td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.tables{display:flex;flex-wrap:wrap;gap:0 3rem;align-items:flex-start}
.facts,.note{color:#666;font-size:.85rem;line-height:1.6}
p{margin:.6em 0;overflow-wrap:anywhere}a{color:inherit}
mark,del{padding:0 .05em;border-radius:.15em;color:inherit;background:#eee}
del{color:#777;font-size:.8em}
.doubt{outline:2px solid #c22;outline-offset:1px}.lost{color:#c22;font-weight:bold}
:target{background:#ffe14d!important}
.off{color:#777;font-size:.85rem}.off b{font-weight:normal;background:#f2f2f2;padding:0 .3em}
label{margin-right:1.2em;font-size:.85rem;white-space:nowrap}
#m:not(:checked)~main mark{background:none;outline:none}
#d:not(:checked)~main del,#f:not(:checked)~main .off{display:none}
@media print{body{margin:0;max-width:none;font-size:11pt;line-height:1.7}
mark,del,td mark{-webkit-print-color-adjust:exact;print-color-adjust:exact}
input,label{display:none}tr,h2{break-inside:avoid;break-after:auto}h2{break-after:avoid}}
"""
_NEARLY_SURE = 0.999  # a choice is never certain
_SWITCHES = (("m", "colours"), ("d", "what was taken out"), ("f", "furniture"))


def show_changes(page: Page) -> str:
    """Return an html page that shows the repaired page with every change marked.

    What was taken out is struck through, what was put in is coloured by its kind, what was chosen
    by context is outlined and listed with its probability and the runner-up; furniture is grey,
    with its kind. Styles are in the page; it asks no host for anything.
    """
    title = html.escape(page.title or page.source or "page")
    switches = "".join(
        f'<input type="checkbox" id="{key}" checked><label for="{key}">{name}</label>'
        for key, name in _SWITCHES
    )
    body = "\n".join(f"<p{off}>{line}</p>" for off, line in _marked_lines(page))
    return (
        '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}{_colours()}</style></head><body>\n"
        f"<h1>{title}</h1>\n{_facts(page)}\n<div class='tables'>{_legend(page)}{_apart(page)}</div>"
        f"\n{_doubts(page)}\n<h2>The page</h2>\n{switches}\n<main>\n{body}\n</main></body></html>\n"
    )


def _colours() -> str:
    return "".join(f".{kind}{{background:{colour}}}" for kind, (_, colour) in KINDS.items())


def _facts(page: Page) -> str:
    facts = (page.source, page.encoding, page.publisher, page.published)
    sizes = f"{len(page.raw):,} characters read, {len(page.text):,} in the article"
    return f"<p class='facts'>{html.escape(' · '.join([*filter(None, facts), sizes]))}</p>"


def _legend(page: Page) -> str:
    rows = [
        f'<tr><td><mark class="{kind}">{_name(kind)}</mark></td><td class="n">{count:,}</td>'
        f'<td class="n">{count - certain:,}</td></tr>'
        for kind, count, certain in count_repairs(page).itertuples(index=False)
    ]
    if not rows:
        return "<p class='note'>Nothing was changed.</p>"
    head = "<tr><th>change</th><th class='n'>places</th><th class='n'>by context</th></tr>"
    note = f"Known to be lost and not restored ({MISSING}): {page.unrepaired:,}."
    return f"<div><table>{head}{''.join(rows)}</table><p class='note'>{note}</p></div>"


def _apart(page: Page) -> str:
    rows = [
        f'<tr><td>{html.escape(kind)}</td><td class="n">{lines:,}</td></tr>'
        for kind, lines, _ in count_furniture(page).itertuples(index=False)
    ]
    head = "<tr><th>set apart</th><th class='n'>lines</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>" if rows else ""


def _doubts(page: Page) -> str:
    """Return the table of the places chosen by context, each with a link to its place."""
    places = explain(page)
    if places.empty:
        return ""
    head = (
        "<tr><th></th><th>chosen, in its words</th><th>stood there</th>"
        "<th class='n'>probability</th><th>next</th></tr>"
    )
    rows = [
        f'<tr><td class="n"><a href="#c{number}">{number}</a></td>'
        f"<td>{_escaped(row['left'])}{_chosen(row['after'], row['kind'])}"
        f"{_escaped(row['right'])}</td><td>{_escaped(row['before'])}</td>"
        f'<td class="n">{_percent(row["score"])}</td><td>{_escaped(row["runner_up"])}</td></tr>'
        for number, row in enumerate(places.to_dict("records"), start=1)
    ]
    note = (
        f"Each is outlined in red below. Where nothing was likely enough, {MISSING} stands for the "
        "character."
    )
    return (
        f"<h2>Chosen by context: {len(rows):,}</h2><p class='note'>{note}</p>"
        f"<table>{head}{''.join(rows)}</table>"
    )


def _marked_lines(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the lines of the page as html, and what says that one is furniture."""
    kinds = {piece.raw_start: piece.kind for piece in page.furniture}
    numbers = {id(c): n for n, c in enumerate((c for c in page.changes if not c.certain), start=1)}
    for start, end, changes in _units(page):
        text = page.raw[start:end]
        if not text.strip():
            continue
        marked = _mark_line(page.raw, start, end, changes, numbers)
        kind = kinds.get(start + len(text) - len(text.lstrip()), "")
        label = f"<b>{html.escape(kind)}</b> " if kind else ""
        yield ' class="off"' if kind else "", label + marked


def _units(page: Page) -> Iterator[tuple[int, int, Sequence[Change]]]:
    """Yield the paragraphs of the page with their changes: lines that were joined are one."""
    starts = [change.raw_start for change in page.changes]
    start = first = 0
    for at in (*_line_ends(page.raw), len(page.raw)):
        last = bisect_right(starts, at)
        if last and at < page.changes[last - 1].raw_end:
            continue  # the line end itself was taken out
        yield start, at, page.changes[first:last]
        start, first = at + 1, last


def _line_ends(text: str) -> Iterator[int]:
    return (at for at, character in enumerate(text) if character == "\n")


def _mark_line(
    raw: str, start: int, end: int, changes: Sequence[Change], numbers: dict[int, int]
) -> str:
    pieces, done = [], start
    for change in changes:
        pieces.append(html.escape(raw[done : change.raw_start]))
        pieces.append(_mark(change, numbers.get(id(change), 0)))
        done = change.raw_end
    pieces.append(html.escape(raw[done:end]))
    return "".join(pieces)


def _mark(change: Change, number: int) -> str:
    before = _escaped(change.before)
    if not change.after.strip(" "):
        return f'<del class="{change.kind}" title="{_name(change.kind)}">{before}</del>'
    if not number:
        tip = f"{_name(change.kind)}: {before} → {_escaped(change.after)}"
        return f'<mark class="{change.kind}" title="{tip}">{_escaped(change.after)}</mark>'
    tip = f"{_name(change.kind)}: {before} → {_escaped(change.after)} · chosen by context, "
    tip += _percent(change.score)
    tip += f"; next {_escaped(change.runner_up)}" if change.runner_up else ""
    chosen = _chosen(change.after, change.kind)
    return f'<span id="c{number}" class="doubt" title="{tip}">{chosen}</span>'


def _chosen(after: str, kind: str) -> str:
    """Return what was chosen as html; a lost character stands out."""
    text = _escaped(after).replace(MISSING, f'<span class="lost">{MISSING}</span>')
    return f'<mark class="{kind}">{text}</mark>'


def _escaped(text: str) -> str:
    """Return text as html, line ends as a visible sign."""
    return html.escape(text).replace("\n", "↵")


def _percent(score: float | None) -> str:
    if score is None:
        return ""
    return f"{score:.1%}" if score < _NEARLY_SURE else f"over {_NEARLY_SURE:.1%}"


def _name(kind: str) -> str:
    return html.escape(KINDS.get(kind, (kind, ""))[0])
