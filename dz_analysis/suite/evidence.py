"""The text behind a corpus's rows, for the reader's own site: articles, pages, repairs, trails.

In: the pages of a corpus, where they are at hand. Out: one script of data a document in the site's
`data/`. They hold whole texts: they belong into `build/`, which is never handed on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import dz_analysis
from dz_analysis.corpus import Corpus, page_bytes
from dz_analysis.finding.text.segment import segment
from dz_analysis.harmless import write_json
from dz_analysis.hashes import hash_bytes, hash_file
from dz_analysis.manifest import Document
from dz_analysis.measure import read_document, trace_rows
from dz_analysis.reading import PageError
from dz_analysis.sharding import fingerprint_code

ALONE = 8  # so many pages are read sooner than a second process is there
JOBS = 2
_MARK = re.compile(r"// (\S+)\n")


def write_evidence(corpus: Corpus, folder: Path, *, jobs: int = JOBS) -> dict[str, str]:
    """Write the evidence of every document whose page is at hand; what is there and fits stays.

    Parameters
    ----------
    corpus : Corpus
        Measured; only documents that were read are looked at.
    folder : pathlib.Path
        The site's folder.
    jobs : int
        Processes that read pages side by side.

    Returns
    -------
    dict of str to str
        Document id to its file, relative to the folder.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    held = {document.id: document for document in corpus.documents}
    ids = list(corpus.table("documents")["id"])
    texts = corpus.texts
    files = {name: f"data/text-{at:05}.js" for at, name in enumerate(ids, start=1)}
    tasks = [
        (held[name], folder / files[name])
        for name in ids
        if name in held and (texts / held[name].file).is_file()
    ]
    code = f"{dz_analysis.__version__} {fingerprint_code(corpus.name)} {hash_file(Path(__file__))}"
    write = partial(_write_one, texts=texts, corpus=corpus.name, code=code)
    if len(tasks) <= ALONE or jobs < 2:
        done = list(map(write, tasks))
    else:
        workers = min(jobs, os.cpu_count() or 1)
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            done = list(pool.map(write, tasks, chunksize=4))
    pairs = zip(tasks, done, strict=True)
    return {document.id: files[document.id] for (document, _), is_done in pairs if is_done}


def _write_one(task: tuple[Document, Path], *, texts: Path, corpus: str, code: str) -> bool:
    document, file = task
    try:
        content = page_bytes(document, texts)
        mark = _mark(document, content, code)
        if _read_mark(file) == mark:
            return True
        packed = write_json(pack_evidence(document, content, corpus=corpus))
    except (PageError, OSError):  # set aside by `ingest` with its reason, or changed since
        return False
    name = write_json(f"text {document.id}")
    _write_whole(file, f"// {mark}\ndz.put({name},{packed});\n")
    return True


def _write_whole(file: Path, text: str) -> None:
    """Write a file whole or not at all: one that was cut would bear the mark of a whole one."""
    part = file.with_name(file.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _mark(document: Document, content: bytes, code: str) -> str:
    """Return what a file of evidence was made of: code and lists, the manifest's row, the page."""
    made_of = f"{code} {document!r} ".encode() + content
    return hash_bytes(made_of)[:32]


def _read_mark(file: Path) -> str:
    if not file.is_file():
        return ""
    with file.open(encoding="utf-8", errors="replace") as lines:
        found = _MARK.match(lines.readline())
    return found[1] if found else ""


def pack_evidence(document: Document, content: bytes, *, corpus: str = "") -> dict[str, Any]:
    """Return one document's text and page, and the way between them.

    Returns
    -------
    dict
        `text` (the article), `raw` (the decoded page), `sentences` and `paragraphs` (flat lists of
        start and end in the article), `changes` (start and end in the page, kind, what it became,
        whether that was certain), `why` (start of a row's quote to the trail of its rules).
    """
    page, context = read_document(document, content, corpus=corpus)
    return {
        "text": page.text,
        "raw": page.raw,
        "sentences": _flat((one.start, one.end) for one in segment(page.text).sentences),
        "paragraphs": _flat((one.start, one.end) for one in page.paragraphs),
        "changes": [
            [one.raw_start, one.raw_end, one.kind, one.after, int(one.certain)]
            for one in page.changes
        ],
        "why": _texts(trace_rows(page, context)),
    }


def _flat(spans: Any) -> list[int]:
    return list(chain.from_iterable(spans))


def _texts(trails: Mapping[int, str]) -> dict[str, str]:
    return {str(start): trail for start, trail in trails.items()}
