"""A corpus of invented reports as a folder of `data/`: pages, a manifest; and its truth.

In: a folder, how many reports, a seed. Out: the folder; the facts of some reports as a frame. The
truth is not kept: it is written anew from number and seed when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from dz_analysis.manifest import write_manifest
from dz_analysis.synthetic.pages import CHARACTERS, render_page, write_report


def write_folder(folder: Path, count: int, *, seed: int = 1, characters: int = CHARACTERS) -> None:
    """Write the pages of some reports and their manifest.

    A page that is there already with the same content stays as it is.

    Parameters
    ----------
    folder : pathlib.Path
        The corpus's folder, made if it is not there.
    count : int
        Reports 0 to `count` - 1. More of them later leave the first ones as they are.
    seed, characters : int
        As in `write_report`.
    """
    texts = folder / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    documents = []
    for number in range(count):
        report = write_report(number, seed=seed, characters=characters)
        documents.append(report.document)
        file, page = texts / report.document.file, render_page(report)
        if not file.is_file() or file.read_bytes() != page:
            part = file.with_name(f"{file.name}.part")
            part.write_bytes(page)
            part.replace(file)
    write_manifest(documents, folder / "documents.csv")


def list_facts(
    numbers: Iterable[int], *, seed: int = 1, characters: int = CHARACTERS
) -> pd.DataFrame:
    """Return the facts of some reports, in the columns of `Fact`."""
    facts = [
        asdict(fact)
        for number in numbers
        for fact in write_report(number, seed=seed, characters=characters).facts
    ]
    return pd.DataFrame(facts)
