"""Figures and tables for papers, each with the numbers behind it and the run that made it.

In: a figure or a table, and what made it. Out: files in `figures/<corpus>/` that are the same
bytes from run to run: no date, no random id, no path. A figure's set of files is complete or not
there: its sidecar is written last.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

import dz_analysis
from dz_analysis import paths
from dz_analysis.corpus import Corpus, load_corpus
from dz_analysis.hashes import hash_file
from dz_analysis.language import define, say
from dz_analysis.parameters import changed_parameters, find_commit, label_run
from dz_analysis.publishing import PaperTable, lay_out, render_table
from dz_analysis.publishing.delimited import write_csv
from dz_analysis.showing.figure_spec import check_glyphs, figure_spec, hash_spec
from dz_analysis.showing.fonts import font_files, font_stack, missing_in, subset_font
from dz_analysis.showing.media import look
from dz_analysis.showing.style import theme

IMAGE_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
NAME_PATTERN = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
FONT_FACE = (
    "@font-face{{font-family:'{family}';src:url(data:font/woff;base64,{font}) format('woff')}}"
)


@dataclass(frozen=True, slots=True)
class FigureFiles:
    """The files of one figure, by their names in the project, and its fingerprint."""

    name: str
    fingerprint: str
    files: tuple[str, ...]

    def __repr__(self) -> str:
        kinds = " ".join(Path(file).suffix[1:] for file in self.files)
        return f"{Path(self.files[0]).with_suffix('').as_posix()} ({kinds}) {self.fingerprint}"


@dataclass(frozen=True, slots=True)
class TableFiles:
    """The files of one table for a paper, by their names in the project, and its shape."""

    name: str
    rows: int
    files: tuple[str, ...]

    def __repr__(self) -> str:
        kinds = " ".join(Path(file).suffix[1:] for file in self.files)
        name = Path(self.files[0]).with_suffix("").as_posix()
        return say("{name} ({kinds}) {n} rows", name=name, kinds=kinds, n=self.rows)


def save_figure(
    figure: Figure,
    name: str,
    numbers: pd.DataFrame,
    *,
    corpus: Corpus | str,
    notebook: str,
    parameters: Mapping[str, Any],
    reads: Sequence[str] = (),
    resolved: Mapping[str, Any] | None = None,
    svg: str = "",
) -> FigureFiles:
    """Write a figure for a paper: SVG, PDF and PNG, its numbers as CSV, its origin as JSON.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn in the house style.
    name : str
        File name without ending: lower-case words and digits joined by ``_``.
    numbers : pandas.DataFrame
        What is drawn, one row a mark; written in this order, floats to ten significant digits.
    corpus : Corpus or str
        Whose figure it is.
    notebook : str
        Name of the notebook that drew it, such as ``"01_corpus"``.
    parameters : mapping
        The notebook's parameters in this run.
    reads : sequence of str
        Names of further corpora that the numbers come from.
    resolved : mapping, optional
        What the run took where a parameter left it open: the indicator compared, the year.
    svg : str, optional
        An SVG of its own in place of the figure's, such as a word cloud of real text.

    Returns
    -------
    FigureFiles
        Names below the project folder, whatever folder they were written to.

    Raises
    ------
    ValueError
        If the name is not a file name of ours, the numbers have no columns, or a character cannot
        be drawn. A table without rows is taken: nothing found is a result.

    Examples
    --------
    >>> save_figure(  # doctest: +SKIP
    ...     figure, "01_sizes", sizes, corpus="dezhou", notebook="01_corpus", parameters={}
    ... )
    figures/dezhou/01_sizes (svg pdf png csv json) 4161c0d29ab2
    """
    _check_name(name)
    if not len(numbers.columns):
        msg = f"Figure {name!r} has no numbers behind it; pass the table that it draws."
        raise ValueError(msg)
    spec = figure_spec(figure)
    contents = {f"{name}.svg": _text_bytes(svg) if svg else render_figure(figure, "svg")}
    contents |= {f"{name}.{kind}": render_figure(figure, kind) for kind in ("pdf", "png")}
    contents[f"{name}.csv"] = write_csv(numbers)
    sidecar = {
        "figure": name,
        "title": figure.get_label(),
        "fingerprint": hash_spec(spec),
        **_describe_run(corpus, notebook, parameters, reads, resolved),
        "spec": spec,
    }
    files = _write_all(contents, f"{name}.json", sidecar, corpus, parameters)
    return FigureFiles(name, sidecar["fingerprint"], files)


def save_table(
    frame: pd.DataFrame,
    name: str,
    *,
    corpus: Corpus | str,
    notebook: str,
    parameters: Mapping[str, Any],
    title: str = "",
    note: str = "",
    labels: Mapping[str, str] | None = None,
    most: int | None = None,
    reads: Sequence[str] = (),
    resolved: Mapping[str, Any] | None = None,
    paper: bool = False,
) -> TableFiles:
    """Write a table for a paper: CSV for a spreadsheet, LaTeX and HTML for the page.

    Parameters
    ----------
    frame : pandas.DataFrame
        Written in its order, without its index.
    name : str
        File name without ending.
    corpus, notebook, parameters, reads, resolved
        As in `save_figure`.
    title, note : str
        Caption and note of all forms but the CSV, which holds the numbers alone.
    labels : mapping of str to str, optional
        Heads of columns; the CSV keeps the column names.
    most : int, optional
        Rows of the printed forms at most: the first. Their note says how many are left out; the
        CSV and the workbook hold all.
    paper : bool
        Write it as a Word file and a workbook too, as the main table of a notebook is.

    Returns
    -------
    TableFiles

    Examples
    --------
    >>> save_table(  # doctest: +SKIP
    ...     sizes, "01_sizes", corpus="dezhou", notebook="01_corpus", parameters={}
    ... )
    figures/dezhou/01_sizes (csv tex html json) 5 rows
    """
    _check_name(name)
    page = _lay_out(frame, name, corpus, reads, caption=title, note=note, labels=labels)
    kinds = ("tex", "html", *(("docx", "xlsx") if paper else ()))
    contents = {f"{name}.csv": write_csv(frame)} | {
        f"{name}.{kind}": render_table(page if kind == "xlsx" else page.head_rows(most), kind)
        for kind in kinds
    }
    origin = _describe_run(corpus, notebook, parameters, reads, resolved)
    sidecar = {"table": name, "rows": len(frame), **_describe_words(page), **origin}
    return TableFiles(
        name, len(frame), _write_all(contents, f"{name}.json", sidecar, corpus, parameters)
    )


def save_dataset(
    frame: pd.DataFrame,
    name: str,
    *,
    corpus: Corpus | str,
    notebook: str,
    parameters: Mapping[str, Any],
    labels: Mapping[str, str],
    title: str = "",
    reads: Sequence[str] = (),
    resolved: Mapping[str, Any] | None = None,
) -> TableFiles:
    """Write a table for other programs: CSV, Excel with a codebook, Stata with variable labels.

    Parameters
    ----------
    frame : pandas.DataFrame
        Written in its order, without its index; columns of strings and numbers only.
    name : str
        File name without ending.
    corpus, notebook, parameters, reads, resolved
        As in `save_figure`.
    labels : mapping of str to str
        What each column holds; Stata keeps the first 80 characters.
    title : str
        Label of the dataset.

    Returns
    -------
    TableFiles

    Raises
    ------
    ValueError
        If a column has no label.

    Examples
    --------
    >>> save_dataset(  # doctest: +SKIP
    ...     panel, "09_panel", labels=PANEL_LABELS, corpus="dezhou", notebook="09_targets",
    ...     parameters={},
    ... )
    figures/dezhou/09_panel (csv xlsx dta json) 48 rows
    """
    _check_name(name)
    bare = [column for column in frame.columns if not labels.get(column)]
    if bare:
        msg = f"Dataset {name!r}: no label for the columns {bare}."
        raise ValueError(msg)
    held = {column: define(labels[column]) for column in frame.columns}
    page = _lay_out(frame, name, corpus, reads, caption=title, meanings=held)
    contents = {f"{name}.csv": write_csv(frame)}
    contents |= {f"{name}.{kind}": render_table(page, kind) for kind in ("xlsx", "dta")}
    origin = _describe_run(corpus, notebook, parameters, reads, resolved)
    sidecar = {"dataset": name, "rows": len(frame), **_describe_words(page), **origin}
    sidecar["columns"] = held
    return TableFiles(
        name, len(frame), _write_all(contents, f"{name}.json", sidecar, corpus, parameters)
    )


def _lay_out(
    frame: pd.DataFrame, name: str, corpus: Corpus | str, reads: Sequence[str], **words: Any
) -> PaperTable:
    """Lay a table of a run out, with the documents of its corpora as its sources."""
    own = corpus if isinstance(corpus, str) else corpus.name
    listed = [sources for each in (own, *reads) if (sources := list_sources(each)) is not None]
    sources = pd.concat(listed, ignore_index=True) if listed else None
    return lay_out(frame, name=name, source=describe_source(corpus), sources=sources, **words)


def _describe_words(page: PaperTable) -> dict[str, Any]:
    """Return what stands round a table, and what is text among its columns, for the sidecar."""
    texts = [name for name, is_one in zip(page.frame, page.is_number, strict=True) if not is_one]
    told: dict[str, Any] = {
        "title": page.caption,
        "note": page.note,
        "source": page.source,
        "texts": texts,
    }
    told["heads"] = dict(zip(page.frame, page.heads, strict=True))
    return told


def list_sources(corpus: str) -> pd.DataFrame | None:
    """Return the documents that a corpus lists: what they are, who published them, and when.

    None of a folder that is no corpus, or of one that was not measured.
    """
    try:
        documents = load_corpus(corpus).health()
    except FileNotFoundError:
        return None
    told = documents.rename(columns={"id": "document"})
    return told[["document", "title", "publisher", "published", "region"]]


def render_figure(figure: Figure, kind: str) -> bytes:
    """Return a figure as the bytes of an SVG, PDF or PNG file, the same ones every time."""
    buffer = io.BytesIO()
    with mpl.rc_context():
        mpl.rcParams.update(theme())
        check_glyphs(figure)
        figure.savefig(buffer, format=kind, dpi=look().dpi, metadata=IMAGE_METADATA[kind])
    return _carry_fonts(figure, buffer.getvalue()) if kind == "svg" else buffer.getvalue()


def _carry_fonts(figure: Figure, picture: bytes) -> bytes:
    """Return an SVG that brings along the fonts of its words, cut to their characters."""
    left = "".join(sorted({char for text in figure.findobj(Text) for char in text.get_text()}))
    faces = []
    for family, file in zip(font_stack(), font_files(), strict=True):
        lacking = missing_in(file, left)
        own = "".join(char for char in left if char not in lacking and char.isprintable())
        left = lacking
        if own:
            font = base64.b64encode(subset_font(own, latin=True, file=file)).decode("ascii")
            faces.append(FONT_FACE.format(family=family, font=font))
    style = '<style type="text/css">'
    return picture.replace(style.encode(), (style + "".join(faces)).encode(), 1)


def figures_folder(corpus: Corpus | str, notebook: str, parameters: Mapping[str, Any]) -> Path:
    """Return the folder that a run's figures go to.

    A run whose parameters differ from the published ones gets a folder of its own,
    `build/<corpus>/<parameters>/figures/<corpus>/`, whoever started it, so that the published
    figures are never overwritten by others. `DZ_FIGURES` names the `figures/` of one run.
    """
    name = corpus if isinstance(corpus, str) else corpus.name
    named = os.environ.get("DZ_FIGURES")
    if named:
        return Path(named).expanduser().resolve() / name
    label = label_run(changed_parameters(notebook, parameters))
    return paths.build_dir(name) / label / "figures" / name if label else paths.figures_dir(name)


def describe_source(corpus: Corpus | str) -> str:
    """Return the source of a figure as its footer names it.

    Examples
    --------
    >>> describe_source("dezhou")
    'corpus dezhou (dz_analysis)'
    """
    name = corpus if isinstance(corpus, str) else corpus.name
    return say("corpus {name} (dz_analysis)", name=name)


def hash_inputs(corpus: Corpus | str) -> dict[str, str]:
    """Return the SHA-256 of each file that a corpus's figures are drawn from.

    Returns
    -------
    dict of str to str
        By name in the data folder, such as ``"dezhou/tables/terms.csv"``: the tables, and the list
        made by hand where there is one. Of a folder of facts that is no corpus, its own tables.
    """
    name = corpus if isinstance(corpus, str) else corpus.name
    folder = paths.corpus_dir(name)
    files = [*folder.glob("tables/*.csv"), *folder.glob("tables/**/*.parquet")]
    files += folder.glob("gold/*.jsonl")
    if not (folder / "documents.csv").is_file():
        files += folder.glob("*.csv")
    return {
        f"{name}/{file.relative_to(folder).as_posix()}": _hash_file(file, file.stat().st_mtime_ns)
        for file in sorted(files)
    }


@cache
def _hash_file(file: Path, _changed: int) -> str:
    """Hash a file; a notebook saves ten figures from the same tables, so each is read once."""
    return hash_file(file)


def _describe_run(
    corpus: Corpus | str,
    notebook: str,
    parameters: Mapping[str, Any],
    reads: Sequence[str],
    resolved: Mapping[str, Any] | None,
) -> dict[str, Any]:
    name = corpus if isinstance(corpus, str) else corpus.name
    inputs = {key: value for each in (name, *reads) for key, value in hash_inputs(each).items()}
    return {
        "corpus": name,
        "notebook": notebook,
        "parameters": {key: parameters[key] for key in sorted(parameters)},
        "resolved": dict(resolved or {}),
        "inputs": inputs,
        "version": dz_analysis.__version__,
        "commit": find_commit(),
    }


def _write_all(
    contents: Mapping[str, bytes],
    sidecar_name: str,
    sidecar: Mapping[str, Any],
    corpus: Corpus | str,
    parameters: Mapping[str, Any],
) -> tuple[str, ...]:
    """Write files beside each other, the sidecar last, and return their names in the project."""
    folder = figures_folder(corpus, sidecar["notebook"], parameters)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / sidecar_name).unlink(missing_ok=True)
    # numbers of numpy, which a choice made from a table is, are written as plain ones
    text = json.dumps(
        sidecar, ensure_ascii=False, indent=1, sort_keys=True, default=lambda one: one.item()
    )
    for name, content in {**contents, sidecar_name: _text_bytes(text)}.items():
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
    shown = _spell_folder(folder)
    return tuple((shown / name).as_posix() for name in (*contents, sidecar_name))


def _spell_folder(folder: Path) -> Path:
    """Return a run's folder as it is shown: in the project, or in the `figures/` of the run."""
    if os.environ.get("DZ_FIGURES"):
        return Path("figures", folder.name)
    return folder.relative_to(paths.project_dir())


def _text_bytes(text: str) -> bytes:
    return (text.rstrip() + "\n").encode("utf-8")


def _check_name(name: str) -> None:
    if not NAME_PATTERN.fullmatch(name):
        msg = f"{name!r} is no file name of ours; expected lower-case words joined by '_'."
        raise ValueError(msg)
