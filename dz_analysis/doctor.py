"""What must be there before the first cell runs, and which documents of a corpus to look at.

In: the machine as it is, or a corpus: one that was measured, or a folder of pages that never was.
Out: `Finding`s about the machine in a fixed order or `Complaint`s about
documents, the worst first; each with its cure. Nothing is changed or fetched.
"""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dz_analysis import lexicon, paths, tables
from dz_analysis.corpus import (
    READ,
    Corpus,
    load_corpus,
    name_documents,
    new_documents,
)
from dz_analysis.hashes import hash_bytes
from dz_analysis.health import Complaint, examine_documents, sort_complaints
from dz_analysis.ingest import measure_corpus
from dz_analysis.intake import list_files
from dz_analysis.language import label, mark, say, translate
from dz_analysis.manifest import Document, read_manifest
from dz_analysis.reading import Kind, read_file
from dz_analysis.review import (
    FILE,
    Outcome,
    apply_corrections,
    hash_corrections,
    read_corrections,
    read_record,
)
from dz_analysis.sharding.store import FOLDER
from dz_analysis.tables import READ_FIELDS

FONT = "fonts/NotoSansSC-Regular.ttf"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it is well, what was found, and the cure."""

    check: str
    is_well: bool
    found: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """A corpus examined: its documents, and the complaints, the worst first.

    `documents` and `read` count the documents, all and those that were read, `rows` the rows of the
    latter; a folder may have no manifest.
    """

    documents: int
    read: int
    rows: int
    complaints: tuple[Complaint, ...]
    has_manifest: bool = True

    @property
    def has_faults(self) -> bool:
        """Whether a document met a fault of ours."""
        return any(one.check == "our fault" for one in self.complaints)


def examine_corpus(
    name: str, *, again: bool = False, tick: Callable[[], object] = lambda: None
) -> Examination:
    """Examine the documents of a corpus, or of a folder that was never loaded.

    Parameters
    ----------
    name : str
        A corpus, or the path of a folder of pages, with a manifest or without.
    again : bool, optional
        Whether to measure the pages anew where the corpus has tables already. A folder is always
        measured; nothing of it is kept.
    tick : callable, optional
        Called after each document that is measured, for a progress bar.

    Returns
    -------
    Examination

    Raises
    ------
    FileNotFoundError
        If there is no such corpus or folder, or the folder is empty.
    ValueError
        If the manifest is malformed.
    """
    is_corpus = paths.is_plain_name(name) and (paths.corpus_dir(name) / "documents.csv").is_file()
    if not is_corpus and Path(name).is_dir():
        return _examine_folder(Path(name), tick)
    corpus = load_corpus(name)
    measured = None if again else _measured(corpus)
    if measured is None:
        measured = measure_corpus(corpus, tick=tick).tables["documents"]
    found = [*examine_documents(measured), *_unlisted(corpus), *_outdated(corpus, measured)]
    found += _unreviewed(corpus)
    return _sum_up(measured, found)


def _examine_folder(folder: Path, tick: Callable[[], object]) -> Examination:
    """Examine a folder of files: those that no page ends like as well, and folders inside it."""
    texts = folder / "texts" if (folder / "texts").is_dir() else folder
    manifest = folder / "documents.csv"
    has_manifest = manifest.is_file()
    files = [file.name for file in list_files(texts)]
    documents = read_manifest(manifest) if has_manifest else name_documents(files)
    if not documents:
        msg = f"{folder} holds no file: name the folder that the pages are in."
        raise FileNotFoundError(msg)
    made = measure_corpus(Corpus("", documents), folder=texts, tick=tick)
    inside = [
        Complaint(
            f"{entry.name}/",
            "folder",
            75,
            say("a folder inside is not looked into"),
            translate(_INSIDE),
        )
        for entry in sorted(texts.iterdir())
        if entry.is_dir() and not entry.name.startswith(".")
    ]
    measured = made.tables["documents"]
    return _sum_up(measured, [*examine_documents(measured), *inside], has_manifest=has_manifest)


def _sum_up(
    measured: pd.DataFrame, found: list[Complaint], *, has_manifest: bool = True
) -> Examination:
    read = measured[measured["outcome"].isin(READ)]
    rows = int(read["rows"].sum())
    return Examination(len(measured), len(read), rows, tuple(sort_complaints(found)), has_manifest)


_INSIDE = mark("Examine it by itself: dz doctor FOLDER.")


def _measured(corpus: Corpus) -> pd.DataFrame | None:
    """Return the table of documents, None if there is none that says how they are."""
    try:
        documents = corpus.health()
    except FileNotFoundError:
        return None
    return documents if (documents["outcome"] != "").all() or not corpus.has_texts else None


def _unlisted(corpus: Corpus) -> Iterator[Complaint]:
    """Yield the pages that stand in the folder of texts, but in no row of the manifest."""
    if not (corpus.folder / "texts").is_dir():
        return
    cure = say("Add it: dz draft {corpus}, then dz ingest {corpus}.", corpus=corpus.name)
    for document in new_documents(corpus):
        words = say(
            "{file} stands in the folder of texts, but not in documents.csv", file=document.file
        )
        yield Complaint(document.id, "not listed", 75, words, cure)


def _outdated(corpus: Corpus, measured: pd.DataFrame) -> Iterator[Complaint]:
    """Yield the documents whose rows are not those of manifest and pages as they are now."""
    rows, texts = {row["id"]: row for row in measured.to_dict("records")}, corpus.texts
    cure = say("Measure the corpus anew: dz ingest {corpus}.", corpus=corpus.name)
    for document in corpus.documents:
        file, row = texts / document.file, rows.get(document.id)
        if row is None:
            words = say("it stands in documents.csv, but was not measured yet")
            yield Complaint(document.id, "not measured", 85, words, cure)
            continue
        found = hash_bytes(read_file(file)) if file.is_file() else row["sha256"]
        if found != row["sha256"]:
            words = say("its page has changed since it was measured")
            is_listed = document.sha256 in ("", found)
            hashed = say("Have its new hash written: dz draft {corpus}. ", corpus=corpus.name)
            first = "" if is_listed else hashed
            yield Complaint(document.id, "changed", 72, words, first + cure)
        if row["outcome"] == "read" and (fields := _corrected(document, row)):
            words = say(
                "documents.csv has been corrected since it was measured: {fields}",
                fields=", ".join(map(label, fields)),
            )
            yield Complaint(document.id, "corrected", 73, words, cure)


def _unreviewed(corpus: Corpus) -> Iterator[Complaint]:
    """Yield the documents of which corrections by readers are not applied, and the bad lines."""
    corrections = read_corrections(corpus.folder)
    for bad in corrections.bad:
        words = f"{FILE} {bad}"
        yield Complaint(FILE, "bad correction", 74, words, say("Mend it in {file}.", file=FILE))
    cure = say("Measure the corpus anew: dz ingest {corpus}.", corpus=corpus.name)
    kept = read_record(corpus.folder / FOLDER)
    if not corrections.lines:
        if kept.outcomes:
            words = say("the tables hold corrections that no line gives any more")
            yield Complaint(FILE, "not applied", 71, words, cure)
        return
    if kept.sha256 == hash_corrections(corpus.folder):
        outcomes, is_kept = list(kept.outcomes), True
    else:
        outcomes, is_kept = _try_corrections(corpus), False
    for one in outcomes:
        name, told = one.place.document, f"{FILE} {one}"
        if one.kind in ("stale", "disputed"):
            then = say("Mend it in {file}, then: {cure}", file=FILE, cure=cure)
            yield Complaint(name, "correction left", 71, told, then)
        elif one.is_new and not is_kept:
            yield Complaint(name, "not applied", 71, say("{told}not applied yet", told=told), cure)


def _try_corrections(corpus: Corpus) -> list[Outcome]:
    """Return what would become of the corrections if they were applied to the tables as they are.

    Without pages: what is said to be missing counts as not applied yet.
    """
    try:
        rows, documents = corpus.table("observations"), corpus.table("documents")
    except FileNotFoundError:
        return []
    regions = dict(zip(documents["id"], documents["region_code"], strict=True))
    corrections = read_corrections(corpus.folder)
    tried = apply_corrections(rows, corrections, corpus=corpus.name, regions=regions)
    return list(tried.reviewed.outcomes)


def _corrected(document: Document, row: Mapping[Any, Any]) -> list[str]:
    """List the fields of the manifest that say something else than they did when measured."""
    period = f"{row['period_start']}/{row['period_end']}" if row["period_end"] else ""
    measured = {**row, "period": period}
    return [
        name
        for name in READ_FIELDS
        if getattr(document, name) not in ("", measured[name])
        or (name in document.confirmed and row[f"{name}_from"] != Kind.GIVEN)
        or (row[f"{name}_from"] == Kind.GIVEN and not getattr(document, name))
    ]


def examine() -> list[Finding]:
    """Run every check and return its finding; a check that fails does not stop the others.

    Returns
    -------
    list of Finding
        In the order of `CHECKS`.
    """
    return [_try(name, check) for name, check in CHECKS.items()]


def _try(name: str, check: Callable[[str], Finding]) -> Finding:
    try:
        return check(name)
    except Exception as error:
        return Finding(
            name,
            False,
            f"{type(error).__name__}: {error}",
            _say_reinstall(),
        )


def _say_reinstall() -> str:
    """Return how the environment is made anew: of a checkout, or of a wheel."""
    checkout = say("Make the environment anew: delete .venv and run `make`.")
    wheel = say("Install the package anew: pip install --force-reinstall dz-analysis")
    return checkout if paths.is_checkout() else wheel


_NO_PROJECT = mark(
    "Go to your project folder, or name it in DZ_HOME; `dz new NAME PAGES` makes one here."
)


def _check_python(name: str) -> Finding:
    version = sys.version_info
    return Finding(
        name,
        (3, 11) <= version[:2] <= (3, 13),
        f"{version.major}.{version.minor}.{version.micro}",
        say("Use Python 3.11, 3.12 or 3.13 (make PYTHON=python3.12)."),
    )


def _check_packages(name: str) -> Finding:
    requires = importlib.metadata.requires("dz-analysis") or []
    names = [text.split(";")[0].split("[")[0] for text in requires if "extra ==" not in text]
    bare = [_bare_name(text) for text in names]
    missing = [package for package in bare if not _is_installed(package)]
    return Finding(
        name,
        not missing,
        say("missing: {names}", names=", ".join(missing))
        if missing
        else say("{n} packages", n=len(bare)),
        translate(_LOCKED) if paths.is_checkout() else _say_reinstall(),
    )


_LOCKED = mark("Install the lock file: pip install --require-hashes -r requirements.lock")


def _bare_name(requirement: str) -> str:
    for sign in "<>=!~ ":
        requirement = requirement.split(sign)[0]
    return requirement


def _is_installed(package: str) -> bool:
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _check_font(name: str) -> Finding:
    font = importlib.resources.files("zhplot") / FONT
    return Finding(
        name,
        font.is_file(),
        FONT if font.is_file() else say("zhplot holds no {font}", font=FONT),
        say("Reinstall zhplot: it brings the Chinese font of every figure."),
    )


def _check_kernel(name: str) -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager

    kernels = sorted(KernelSpecManager().find_kernel_specs())
    return Finding(
        name,
        "python3" in kernels,
        ", ".join(kernels) or say("none"),
        say("Register the kernel: python -m ipykernel install --sys-prefix"),
    )


def _check_lexicon(name: str) -> Finding:
    names = lexicon.lexicon_names()
    for file in sorted(paths.LEXICON.iterdir()):
        if file.suffix == ".csv":
            lexicon.read_list(file)
        elif file.suffix == ".toml":
            lexicon.load_settings(file.stem)
    return Finding(
        name,
        bool(names),
        say("{n} lists", n=len(names)),
        translate(_RESTORE) if paths.is_checkout() else _say_reinstall(),
    )


_RESTORE = mark("Restore dz_analysis/lexicon from the repository.")


def _check_encoding(name: str) -> Finding:
    encoding = sys.getfilesystemencoding()
    return Finding(
        name,
        encoding.lower().replace("-", "") == "utf8",
        encoding,
        say("Set PYTHONUTF8=1."),
    )


def _check_writing(name: str) -> Finding:
    try:
        folder = paths.project_dir()
    except FileNotFoundError:
        return Finding(name, False, say("none from here"), translate(_NO_PROJECT))
    if not paths.is_project(folder):
        return Finding(
            name,
            False,
            say("{folder}/ lacks data/ or notebooks/", folder=folder.name),
            translate(_NO_PROJECT),
        )
    with tempfile.TemporaryFile(dir=folder):
        found = say("{folder}/ can be written", folder=folder.name)
    return Finding(name, True, found)


def _check_corpora(name: str) -> Finding:
    ready, broken = [], []
    try:
        paths.data_dir()
    except FileNotFoundError:
        return Finding(name, False, say("no project folder"), translate(_NO_PROJECT))
    for manifest in sorted(paths.data_dir().glob("*/documents.csv")):
        corpus = load_corpus(manifest.parent.name)
        try:
            for table in tables.TABLES:
                corpus.table(table)
            ready.append(corpus.name)
        except (FileNotFoundError, ValueError) as error:
            broken.append(f"{corpus.name} ({error})")
    return Finding(
        name,
        bool(ready) and not broken,
        "; ".join([", ".join(ready), *broken]) or say("none"),
        say("Measure the corpus anew: dz ingest CORPUS"),
    )


def _check_texts(name: str) -> Finding:
    absent = [str(folder) for folder in paths.named_texts() if not folder.is_dir()]
    named = os.environ.get("DZ_TEXTS") or say("not set (pages are not needed to run the notebooks)")
    return Finding(
        name,
        not absent,
        say("no folder: {folders}", folders=", ".join(absent)) if absent else named,
        say("Name existing folders, joined by {sign!r}, or unset DZ_TEXTS.", sign=os.pathsep),
    )


CHECKS: dict[str, Callable[[str], Finding]] = {
    "Python": _check_python,
    "packages": _check_packages,
    "Chinese font": _check_font,
    "notebook kernel": _check_kernel,
    "word lists": _check_lexicon,
    "file names": _check_encoding,
    "project folder": _check_writing,
    "corpora": _check_corpora,
    "DZ_TEXTS": _check_texts,
}
