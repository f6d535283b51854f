"""Commands that ask the tables of a corpus: `sql`, `review`, `table`, `check-paper`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dz_analysis.commands.ending import SET_ASIDE
from dz_analysis.commands.options import MOST, Answers, app
from dz_analysis.commands.terminal import (
    UNSHOWN,
    err,
    out,
    print_frame,
    print_table,
    say_rows,
    spell_path,
    write,
)
from dz_analysis.language import say, say_count


@app.command()
def table(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    name: Annotated[
        str, typer.Argument(help="by_place, by_year, numbers, or a table of figures/CORPUS/.")
    ] = "by_place",
    *,
    kind: Annotated[
        str, typer.Option("--to", help="docx, xlsx, tex, csv, dta or html; or as --out ends.")
    ] = "",
    to: Annotated[Path | None, typer.Option("--out", help="The file; else NAME.KIND here.")] = None,
    indicators: Annotated[
        list[str] | None, typer.Option("--indicator", "-i", help="Only this one; may be repeated.")
    ] = None,
    regions: Annotated[
        list[str] | None, typer.Option("--region", "-r", help="Only this place; may be repeated.")
    ] = None,
    period: Annotated[str, typer.Option(help="Of by_place: YYYY-MM/YYYY-MM.")] = "",
    caption: Annotated[str, typer.Option(help="What stands above it.")] = "",
    note: Annotated[str, typer.Option(help="What stands below it.")] = "",
    sentences: Annotated[
        bool, typer.Option(help="Of numbers: add the sentence where the page is at hand.")
    ] = True,
) -> None:
    """Write a table for a paper: Word, Excel, LaTeX, CSV or Stata, with caption, note and source.

    by_place sets indicators against places, by_year against the years of one place (--region), as a
    yearbook does and in the units that people use (a workbook has the base units too); numbers is
    the long list. Any other name is a table of the notebooks, such as 02_indicators.
    """
    from dz_analysis.suite import tables_for_papers

    asked = tables_for_papers.Asked(
        corpus,
        name,
        indicators=tuple(indicators or ()),
        regions=tuple(regions or ()),
        period=period,
        caption=caption,
        note=note,
        sentences=sentences,
    )
    file = to or Path(f"{name}.{kind or 'xlsx'}")
    rows = tables_for_papers.write(asked, file, kind or file.suffix.removeprefix("."))
    told = say("{file}: {what}.", file=spell_path(file), what=say_rows(rows))
    err.print(told, markup=False)


@app.command("check-paper")
def check_paper(
    file: Annotated[Path, typer.Argument(help="Manuscript: md, tex, docx or txt.")],
) -> None:
    """List the quoted numbers of a manuscript that no longer hold; ends with 1 if there are some.

    A mark follows a number: 12.8 亿元{{dz:dezhou/03_ranking value region=德城区}}, or the same in
    a comment: corpus and table of figures/, the column, and what tells the row.
    """
    from dz_analysis import manuscript

    quoted = manuscript.check_manuscript(file)
    off = [one for one in quoted if not one.holds]
    for one in off:
        words = f"{file.name}:{one.line}: {one.words} ({one.mark}): {one.problem}"
        out.print(words, markup=False)
    told = say_count(
        len(quoted),
        "{n} quoted number, {off} of them do not hold.",
        "{n} quoted numbers, {off} of them do not hold.",
        off=len(off),
    )
    err.print(told)
    if off:
        raise typer.Exit(SET_ASIDE)


@app.command()
def sql(
    question: Annotated[str, typer.Argument(help="One SELECT, in DuckDB's SQL.")],
    corpus: Annotated[str, typer.Option(help="Folder name under data/.")] = "dezhou",
    form: Annotated[Answers, typer.Option("--format", help="How to print.")] = Answers.TABLE,
    to: Annotated[Path | None, typer.Option("--out", help="Write here instead.")] = None,
) -> None:
    """Answer a question over a corpus's tables: documents, observations, terms and the others.

    The columns are those of data/DICTIONARY.md. The tables are read, and nothing else.
    """
    from dz_analysis import query
    from dz_analysis.corpus import load_corpus

    answer = query.ask_tables(load_corpus(corpus), question)
    if form is Answers.TABLE and to is None:
        shown = [[query.spell_cell(cell) for cell in row] for row in answer.rows[:MOST]]
        print_table(answer.columns, shown, as_named=True)
        if left := len(answer.rows) - len(shown):
            told = say_count(
                left,
                "… and {n} row more: --format csv --out rows.csv has all.",
                "… and {n} rows more: --format csv --out rows.csv has all.",
            )
            err.print(told)
        return
    write(query.spell_answer(answer, "jsonl" if form is Answers.JSONL else "csv"), to)


@app.command("review")
def review_corpus(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    most: Annotated[int, typer.Option("--most", min=1, help="Rows on a terminal.")] = 30,
    form: Annotated[Answers, typer.Option("--format", help="How to print.")] = Answers.TABLE,
    to: Annotated[Path | None, typer.Option("--out", help="Write here instead.")] = None,
) -> None:
    """List the rows to look at first: those that are doubtful and matter, with reasons.

    What you find goes into data/CORPUS/corrections.csv (document, start, quote, field, was, is,
    reason, reader, date); dz ingest applies it. A row that is right has the field row and is right.
    """
    from dz_analysis import tables, triage
    from dz_analysis.corpus import load_corpus

    loaded = load_corpus(corpus)
    listed = triage.list_for_review(loaded.table("observations"), loaded.table("documents"))
    if form is not Answers.TABLE or to is not None:
        write(tables.spell_rows(listed, "jsonl" if form is Answers.JSONL else "csv"), to)
        return
    shown = [name for name in listed if name not in UNSHOWN - {"start"}]  # a correction asks for it
    print_frame(tables.spell_values(listed.head(most))[shown])
    if (left := len(listed) - most) > 0:
        told = say_count(
            left,
            "… and {n} row more: --most {all}, or --format csv has all.",
            "… and {n} rows more: --most {all}, or --format csv has all.",
            all=len(listed),
        )
        err.print(told)
