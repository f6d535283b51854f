"""The archive itself: its files, their checksums, a description, and how it is proved elsewhere.

In: a corpus. Out: a ZIP of the same bytes for the same content.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import dz_analysis
from dz_analysis.archiving.crate import METADATA, SUMS, describe_archive
from dz_analysis.archiving.parts import TEXT, Part, list_parts
from dz_analysis.corpus import Corpus
from dz_analysis.language import LANGUAGES, SOURCE, say, speak
from dz_analysis.publishing.citation import cite
from dz_analysis.publishing.zipped import add_entry


def make_archive(corpus: Corpus, file: Path, *, with_texts: bool = False) -> int:
    """Write the archive of a corpus and return how many files it holds.

    Parameters
    ----------
    corpus : Corpus
        Its tables must have been written, and its notebooks run.
    file : pathlib.Path
        The ZIP; one that is there is replaced.
    with_texts : bool
        Whether its pages go with it: mind whose text they are.

    Raises
    ------
    FileNotFoundError
        If something that belongs into it is missing; the message says how it is made.
    """
    parts = list_parts(corpus, with_texts=with_texts)
    parts += [_write_readme(corpus, code, parts) for code in LANGUAGES]
    parts.sort(key=lambda part: part.name)
    described = Part(METADATA, _describe(corpus, parts), TEXT)
    whole = sorted([*parts, described], key=lambda part: part.name)
    sums = "".join(f"{part.sha256}  {part.name}\n" for part in whole)
    part = file.with_name(f"{file.name}.part")
    with zipfile.ZipFile(part, "w") as packed:
        for one in (*whole, Part(SUMS, sums.encode("utf-8"), TEXT)):
            add_entry(packed, one.name, one.content)
    part.replace(file)
    return len(whole) + 1


def _describe(corpus: Corpus, parts: Sequence[Part]) -> bytes:
    package = corpus.folder / "datapackage.json"
    told = json.loads(package.read_text(encoding="utf-8")) if package.is_file() else {}
    return describe_archive(corpus.name, parts, title=told.get("title", "")).encode("utf-8")


def _write_readme(corpus: Corpus, code: str, parts: Sequence[Part]) -> Part:
    """Write what a stranger reads first, in one language."""
    roles = [part.role for part in parts]
    with speak(code):
        told = [
            say("# Archive of the corpus {corpus}", corpus=corpus.name),
            say(
                "Made by dz_analysis {version}: {documents} documents, {tables} files of tables, "
                "{notebooks} executed notebooks, {figures} files of figures and tables.",
                version=dz_analysis.__version__,
                documents=len(corpus.documents),
                tables=roles.count("table"),
                notebooks=roles.count("notebook"),
                figures=roles.count("figure"),
            ),
            say("## Prove it"),
            "```sh\nsha256sum -c SHA256SUMS\npip install dz-analysis\ndz verify .\n```",
            say(
                "`dz verify` takes the ZIP or its folder. It holds every file against its "
                "checksum, the tables against their contract, and each figure against the tables "
                "that it was drawn from. Who has the pages measures them anew: "
                "`DZ_TEXTS=folder dz verify .`, or `--texts folder`."
            ),
            say("## What is in it"),
            say(
                "`data/` holds the manifest, the tables and their data package (each column is "
                "explained in `data/DICTIONARY.md`); `notebooks/` the executed notebooks; "
                "`figures/` each figure with its numbers (CSV) and its origin (JSON); "
                "`requirements.lock` the packages that it was made with; `ro-crate-metadata.json` "
                "says which run made what from what (RO-Crate, Process Run Crate)."
            ),
            _say_pages(with_pages="page" in roles),
            cite(),
        ]
    name = "README.md" if code == SOURCE else f"README.{code}.md"
    return Part(name, ("\n\n".join(told) + "\n").encode("utf-8"), TEXT)


def _say_pages(*, with_pages: bool) -> str:
    if with_pages:
        return say("The pages are in `data/*/texts/`: their text belongs to those who wrote it.")
    return say("The pages themselves are not in it: their text belongs to those who wrote it.")
