"""Commands that prove and pack: `doctor`, `verify`, `archive`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.markup import escape

from dz_analysis.commands.ending import FAILED, OUR_FAULT, SET_ASIDE, end
from dz_analysis.commands.options import app
from dz_analysis.commands.terminal import (
    err,
    out,
    print_frame,
    progress,
    say_documents,
    say_rows,
    spell_path,
    write,
    write_json,
)
from dz_analysis.language import label, say, say_count

if TYPE_CHECKING:
    from dz_analysis import health
    from dz_analysis.doctor import Examination

K = TypeVar("K")


@app.command()
def archive(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    *,
    to: Annotated[
        Path | None, typer.Option("--output", "--out", help="The ZIP; else CORPUS.zip here.")
    ] = None,
    with_texts: Annotated[
        bool, typer.Option("--with-texts", help="Put its pages in too: mind whose text they are.")
    ] = False,
) -> None:
    """Pack a corpus for others: tables, notebooks, figures, lock, checksums, as an RO-Crate.

    Run its notebooks before (dz run). Whoever gets it proves it with dz verify CORPUS.zip.
    """
    from dz_analysis import archiving
    from dz_analysis.corpus import load_corpus

    file = to or Path(f"{corpus}.zip")
    count = archiving.make_archive(load_corpus(corpus), file, with_texts=with_texts)
    size = file.stat().st_size / 2**20
    told = say_count(
        count,
        "{file}: {n} file, {size:.1f} MiB.",
        "{file}: {n} files, {size:.1f} MiB.",
        file=spell_path(file),
        size=size,
    )
    err.print(told, markup=False)
    err.print(say("Others prove it with dz verify {file}.", file=file.name), markup=False)


@app.command()
def verify(
    corpus: Annotated[
        str, typer.Argument(help="Folder name under data/; or an archive, a ZIP or its folder.")
    ],
    texts: Annotated[Path | None, typer.Option(help="Folder of its pages.")] = None,
) -> None:
    """Say table by table whether the shipped rows are what the code measures now.

    Of an archive (dz archive): whether its files, tables and figures hold, and where the pages are
    at hand whether they give the same rows. Ends with 0 if all holds, 1 if pages were set aside, 2
    if something does not hold or it cannot be opened; each is named with what to do.
    """
    from dz_analysis import archiving, ingest
    from dz_analysis import corpus as corpora

    if archiving.is_archive(corpus):
        _verify_archive(Path(corpus), texts)
        return
    report, measured = ingest.verify(corpora.load_corpus(corpus), folder=texts)
    print_frame(report)
    if not report["same"].all():
        told = say(
            "The shipped tables of {corpus!r} differ: rebuild them with dz ingest {corpus}.",
            corpus=corpus,
        )
        err.print(told, markup=False)
        raise typer.Exit(FAILED)
    end(measured.set_aside)


def _verify_archive(file: Path, texts: Path | None) -> None:
    """Print what of an archive holds, and leave with the code."""
    from dz_analysis import archiving

    checks = archiving.verify_archive(file, texts=texts)
    for check in checks:
        mark = _mark(is_well=check.is_well)
        out.print(f"{mark}{escape(check.what):28} {escape(check.found)}")
        if not check.is_well:
            out.print(f"     → {check.cure}", markup=False)
    if not all(check.is_well for check in checks):
        raise typer.Exit(FAILED)
    if any(check.aside for check in checks):
        raise typer.Exit(SET_ASIDE)


def _mark(*, is_well: bool) -> str:
    """Return what stands before a check."""
    well, bad = say("ok"), say("FAIL")
    return f"[green]{well}[/]   " if is_well else f"[red]{bad}[/] "


@app.command("doctor")
def run_doctor(
    corpus: Annotated[
        str, typer.Argument(help="A corpus, or any folder of pages; none: the machine.")
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Measure the pages anew where there are tables.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the documents of a corpus to look at, worst first, why, and what to do.

    Ends with 0 if there is none, 1 if there are some, 2 if the corpus cannot be opened, 3 if a
    document met a fault of ours. Without a corpus: check fonts, kernels, word lists and corpora,
    and end with 2 if one fails.
    """
    from dz_analysis import doctor, health

    if not corpus:
        _examine_machine(as_json=as_json)
        return
    with progress(say("examine {corpus}", corpus=corpus), 0) as tick:
        found = doctor.examine_corpus(corpus, again=again, tick=tick)
    if as_json:
        write(
            json.dumps(health.describe_complaints(found.complaints), ensure_ascii=False, indent=2)
        )
    else:
        _print_complaints(corpus, found)
    if found.complaints:
        raise typer.Exit(OUR_FAULT if found.has_faults else SET_ASIDE)


def _examine_machine(*, as_json: bool) -> None:
    from dz_analysis import doctor

    findings = doctor.examine()
    if as_json:
        write_json([asdict(one) for one in findings])
    for finding in [] if as_json else findings:
        mark = _mark(is_well=finding.is_well)
        out.print(f"{mark}{label(finding.check):16} {escape(finding.found)}")
        if not finding.is_well:
            out.print(f"     {escape(finding.cure)}")
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(FAILED)


def _print_complaints(corpus: str, found: Examination) -> None:
    """Print the documents to look at, then those with blank fields only."""
    from dz_analysis import health

    of_document = groupby(found.complaints, key=lambda one: one.document)
    listed = [(document, list(complaints)) for document, complaints in of_document]
    grave = [pair for pair in listed if pair[1][0].weight > health.MINOR]
    told = {
        "corpus": corpus,
        "documents": say_documents(found.documents),
        "read": found.read,
        "rows": say_rows(found.rows),
    }
    look = say(
        "{corpus}: {documents}, {read} read ({rows}), {n} to look at, the worst first.",
        n=len(grave),
        **told,
    )
    none = say("{corpus}: {documents}, {read} read ({rows}), none to look at.", **told)
    out.print(look if grave else none, markup=False)
    for document, complaints in grave:
        out.print(f"\n{document}", markup=False, style="bold")
        for cure, reasons in _gather((one.cure, one.reason) for one in complaints).items():
            out.print("\n".join(f"  {reason}" for reason in reasons), markup=False)
            out.print(f"    → {cure}", markup=False)
    _print_blanks(one for _, complaints in listed[len(grave) :] for one in complaints)
    if not found.has_manifest:
        hint = say(
            "{folder} holds no documents.csv: dz new NAME {folder} makes a corpus of its pages, "
            "and drafts one.",
            folder=corpus,
        )
        out.print(f"\n{hint}", markup=False)


def _print_blanks(complaints: Iterable[health.Complaint]) -> None:
    """Print which documents have blank fields, field by field."""
    gathered = _gather(((one.reason, one.cure), one.document) for one in complaints)
    for (reason, cure), documents in gathered.items():
        out.print(f"\n{reason}: {', '.join(documents)}\n    → {cure}", markup=False)


def _gather(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    """Gather the second parts of pairs under the first, in the order in which they came."""
    gathered: dict[K, list[str]] = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    return gathered
