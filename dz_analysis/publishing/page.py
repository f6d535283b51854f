"""A table as a page of its own, which runs nothing and loads nothing."""

from __future__ import annotations

import html

import pandas as pd

from dz_analysis.harmless import CONTENT_POLICY
from dz_analysis.language import SOURCE, language
from dz_analysis.publishing.paper import PaperTable

# three lines, as on paper; numbers to the right
_STYLES = [
    {"selector": "", "props": "border-collapse: collapse; font: 14px sans-serif"},
    {"selector": "caption", "props": "font-size: 1.15em; padding: 0.5em; text-align: left"},
    {"selector": "th, td", "props": "padding: 0.2em 0.6em; text-align: left; vertical-align: top"},
    {"selector": "thead", "props": "border-top: 2px solid; border-bottom: 1px solid"},
    {"selector": "tbody", "props": "border-bottom: 2px solid"},
]


def as_page(table: PaperTable) -> bytes:
    """Return a table as a page; its id is fixed, so that its HTML is the same every time."""
    names = [f"c{at}" for at in range(len(table.heads))]  # heads of readers may be alike
    cells = pd.DataFrame(table.cells(), columns=names, dtype="object")
    numbers = [at for at, is_one in enumerate(table.is_number, start=1) if is_one]
    aligned = ", ".join(f"th:nth-child({at}), td:nth-child({at})" for at in numbers)
    styles = [*_STYLES, *([{"selector": aligned, "props": "text-align: right"}] if aligned else [])]
    shown = cells.style.hide(axis="index").format(escape="html")
    shown = shown.relabel_index([html.escape(head) for head in table.heads], axis=1)
    shown = shown.set_table_styles(styles)  # type: ignore[arg-type]
    if table.caption:
        shown = shown.set_caption(html.escape(table.caption))
    page = shown.to_html(table_uuid=table.name.replace("_", "-"), doctype_html=True, cell_ids=False)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
    words = "".join(f"<p>{html.escape(line)}</p>\n" for line in table.words())
    page = page.replace("<head>", f"<head>\n{policy}", 1).replace("</body>", f"{words}</body>", 1)
    tongue = "en" if language() == SOURCE else "zh-CN"
    page = page.replace("<html>", f'<html lang="{tongue}">', 1)
    return (page.rstrip() + "\n").encode("utf-8")
