"""Commands for pages that need no corpus: `extract`, `repair`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dz_analysis.commands.ending import FAILED, SET_ASIDE, end, set_aside
from dz_analysis.commands.options import Format, Grade, Script, app
from dz_analysis.commands.steps import open_pages
from dz_analysis.commands.terminal import (
    UNSHOWN,
    err,
    print_frame,
    print_table,
    progress,
    say_sentence,
    write,
)
from dz_analysis.language import say

if TYPE_CHECKING:
    from dz_analysis.tables import Cells


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Pages, folders of pages, or - for stdin.")],
    *,
    region: Annotated[str, typer.Option(help="The place reported on.")] = "",
    published: Annotated[str, typer.Option(help="Date of publication, YYYY[-MM[-DD]].")] = "",
    period: Annotated[str, typer.Option(help="Months reported on, YYYY-MM/YYYY-MM.")] = "",
    title: Annotated[str, typer.Option(help="Title, where the page gives none.")] = "",
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    why: Annotated[
        bool, typer.Option("--why", help="Add what decided each row: rule, word, line of the list.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Add the numbers left out, with the reason; with --why.")
    ] = False,
    min_grade: Annotated[
        Grade, typer.Option(help="Leave out rows of a lower grade, and say how many.")
    ] = Grade.C,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out rows less sure, and say how many.")
    ] = 0.0,
    doubtful_last: Annotated[
        bool, typer.Option("--doubtful-last", help="Put rows of grade C behind all others.")
    ] = False,
    to: Annotated[Path | None, typer.Option("--out", help="Write here instead.")] = None,
) -> None:
    """Print every number that measures something, one row each, with how sure it is."""
    from dz_analysis import measure
    from dz_analysis.manifest import Document, check_document

    if everything and not why:
        msg = say("--all tells why numbers were left out: add --why.")
        raise ValueError(msg)
    words = {"region": region, "published": published, "period": period, "title": title}
    given: dict[str, Any] = {name: value for name, value in words.items() if value}
    check_document(Document("", "", **given))
    sources = list(open_pages(files))
    rows: list[Cells] = []
    aside, read_pages = [], 0
    with progress(say("read"), len(sources)) as tick:
        for document, read in sources:
            named = replace(document, **given)
            try:
                rows += measure.extract_rows(read(), document=named, left_out=everything, why=why)
                read_pages += 1
            except Exception as error:
                aside.append(set_aside(document, error))
            tick()
    if not read_pages:
        end(aside, code=FAILED)
    more = measure.WHY if why else ()
    rows = _take_sure(rows, grade=min_grade, confidence=min_confidence)
    rows = _put_last(rows) if doubtful_last else rows
    _print_rows(rows, more, form, to)
    end(aside)


@app.command()
def repair(
    files: Annotated[list[Path], typer.Argument(help="Pages, folders of pages, or - for stdin.")],
    page: Annotated[
        bool, typer.Option("--page", help="The whole page, furniture and all.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="What was changed, not the text.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write the page with every change marked.")
    ] = None,
    script: Annotated[Script, typer.Option(help="Convert traditional text or keep it.")] = (
        Script.SIMPLIFIED
    ),
) -> None:
    """Make damaged pages whole and print their articles; the ledger knows every change."""
    from dz_analysis import reading

    sources = list(open_pages(files))
    if html is not None and len(sources) != 1:
        msg = say("--html takes one page, found {n}: run it once a page.", n=len(sources))
        raise ValueError(msg)
    aside = []
    for document, read in sources:
        try:
            made = reading.read_page(read(), name=document.file, script=script.value)
        except Exception as error:
            aside.append(set_aside(document, error))
            continue
        if html is not None:
            html.write_text(reading.show_changes(made), encoding="utf-8", newline="")
        if explain:
            print_frame(reading.count_repairs(made), title=document.file)
            print_frame(reading.explain(made), title=say("chosen by context"))
            print_frame(reading.count_furniture(made), title=say("set apart from the article"))
        elif html is None:
            write(reading.repaired_text(made) if page else made.text)
    end(aside, code=FAILED if len(aside) == len(sources) else SET_ASIDE)


def _take_sure(rows: list[Cells], *, grade: Grade, confidence: float) -> list[Cells]:
    """Return the rows that are sure enough, and those that were not judged; say what is left."""
    if grade is Grade.C and not confidence:
        return rows
    from dz_analysis import tables
    from dz_analysis.comparing.confidence import find_least, flag_doubtful, say_doubtful

    least = max(find_least(grade), confidence)
    frame = tables.frame_cells(rows, "observations")
    told = say_doubtful(frame[frame["grade"] != ""], min_confidence=least)
    err.print(say_sentence([told]))
    return list(compress(rows, ~flag_doubtful(frame, min_confidence=least)))


def _put_last(rows: list[Cells]) -> list[Cells]:
    from dz_analysis.comparing.confidence import DOUBTFUL

    return sorted(rows, key=lambda row: row["grade"] == DOUBTFUL)


def _print_rows(rows: list[Cells], more: Sequence[str], form: Format, to: Path | None) -> None:
    from dz_analysis import tables

    columns = [*tables.TABLES["observations"].names, *more]
    if form is Format.XLSX:
        if to is None:
            msg = say("A workbook can't be printed: name a file with --out rows.xlsx.")
            raise ValueError(msg)
        from dz_analysis.publishing import write_table

        write_table(tables.frame_cells(rows, "observations", more), to)
    elif form is Format.TABLE and to is None:
        shown = [name for name in columns if name not in UNSHOWN]
        print_table(shown, ([tables.spell_cell(row[name]) for name in shown] for row in rows))
    else:
        text = tables.spell_cells(rows, columns, "jsonl" if form is Format.JSONL else "csv")
        write(text, to)
