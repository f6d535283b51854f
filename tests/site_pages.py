"""A site to open in a browser: digests with one small notebook, and 50,000 invented rows."""

import time

from nbformat.v4 import new_output
from suite_notebooks import make_notebook, stream, write

from dz_analysis import tables
from dz_analysis.corpus import load_corpus
from dz_analysis.suite import export_html

AXE = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")


def build_digests(folder, lang="en"):
    """Write the site of digests, whose texts are at hand, into a folder; return its files."""
    rows = load_corpus("digests").table("observations").head(6)
    table = rows[["document", "observation", "indicator", "quote"]].to_html(index=False)
    wide = rows.to_html(index=False)
    notebook = make_notebook(
        "rows", "wide", "print('answer')", header="# Who leads?\n\n**Answer.** x"
    )
    notebook.cells[
        0
    ].source = "# Who leads?\n\n**Answer.** 德城区 leads in 一般公共预算收入.\n\n## Where from"
    for cell, html in zip(notebook.cells[2:4], (table, wide), strict=True):
        cell.outputs = [new_output("display_data", data={"text/html": html, "text/plain": "x"})]
    notebook.cells[4].outputs = [stream("德城区 leads in 一般公共预算收入.")]
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "01_made", notebook)
    return export_html("digests", out=folder, lang=lang)


def build_big(home, made):
    """Write the site of a corpus of invented rows without texts; return its folder."""
    place = home / "data" / "big" / "tables"
    place.mkdir(parents=True)
    (home / "notebooks").mkdir()
    frames = {name: tables.empty_table(name) for name in tables.ALL_TABLES}
    frames |= {
        "documents": made.documents.assign(outcome="read"),
        "observations": made.observations,
    }
    for name, frame in frames.items():
        frame.to_parquet(place / f"{name}.parquet")
    lines = "".join(f"{name},{name}.txt\n" for name in made.documents["id"])
    (place.parent / "documents.csv").write_text(f"id,file\n{lines}", encoding="utf-8")
    folder = home / "build" / "big"
    folder.mkdir(parents=True)
    write(folder, "01_made", make_notebook("x", "print('answer')"))
    export_html("big", out=folder)
    return folder


def wait_for(page, expression, seconds=120):
    """Wait until an expression is true in a page, whose policy forbids the library's own way."""
    end = time.monotonic() + seconds
    while not (found := page.evaluate(expression)):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(30)
    return found
