"""Whether an archive holds: checksums, tables, figures, and what its pages give when measured anew.

In: a ZIP or a folder. Out: a list of `Check`s, each with what was found and, where something does
not hold, the file and the cure. Nothing of the archive is changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dz_analysis
from dz_analysis import paths, tables
from dz_analysis.archiving.crate import SUITE, SUMS, read_origin
from dz_analysis.archiving.opened import open_archive, read_description, read_sums
from dz_analysis.corpus import Corpus, load_corpus
from dz_analysis.hashes import hash_file
from dz_analysis.ingest import verify as measure_anew
from dz_analysis.showing.figure_spec import hash_spec

MOST = 5  # files that a line names
AGAIN = "copy the archive again, or ask those it comes from"
FORMS = (".pdf", ".png", ".svg", ".csv")  # of a figure


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: whether it holds, what was found, and what to do if it doesn't.

    `aside` counts pages that could not be measured: no fault of the archive.
    """

    what: str
    found: str
    is_well: bool = True
    cure: str = ""
    aside: int = 0


def verify_archive(file: Path, *, texts: Path | None = None) -> tuple[Check, ...]:
    """Prove an archive, as far as what is at hand allows.

    Parameters
    ----------
    file : pathlib.Path
        A ZIP of `dz archive`, or the folder that it was unpacked to.
    texts : pathlib.Path, optional
        The folder of its pages; by default they are looked for where `DZ_TEXTS` says. Without them
        nothing is measured anew.

    Returns
    -------
    tuple of Check
        Of the files first; the tables and figures only if those are whole.

    Raises
    ------
    FileNotFoundError
        If there is no such archive.
    ArchiveError
        If it cannot be opened: cut, a name that leads out of it, an unknown version.
    """
    with open_archive(file) as folder:
        nodes = read_description(folder)
        checks = [_check_files(folder), _check_described(folder, nodes)]
        if not all(check.is_well for check in checks):
            return tuple(checks)
        names = _list_corpora(folder)
        with paths.at_home(folder):
            corpora = [load_corpus(name) for name in names]
            checks += [_check_tables(corpus) for corpus in corpora]
            checks.append(_check_figures(folder))
            checks.append(_check_notebooks(folder))
            if all(check.is_well for check in checks):
                checks += [_measure(corpus, texts, nodes) for corpus in corpora]
        return tuple(checks)


def _list_corpora(folder: Path) -> list[str]:
    """Return the corpora that an archive is of: those with figures, not those that it refers to."""
    return sorted(entry.name for entry in (folder / "figures").glob("*") if entry.is_dir())


def _check_files(folder: Path) -> Check:
    """Hold every file against its checksum; one that nobody lists is named too."""
    sums = read_sums(folder)
    there = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    }
    missing = sorted(set(sums) - there)
    changed = sorted(name for name in set(sums) & there if hash_file(folder / name) != sums[name])
    unlisted = sorted(there - set(sums) - {SUMS})
    faults = [
        *_name("missing", missing),
        *_name("changed since it was archived", changed),
        *_name("not listed in SHA256SUMS", unlisted),
    ]
    if faults:
        return Check("files", "; ".join(faults), is_well=False, cure=AGAIN)
    return Check("files", f"{len(sums)} files are those of SHA256SUMS")


def _name(what: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return [f"{what}: {', '.join(names[:MOST])}{more}"]


def _check_described(folder: Path, nodes: Mapping[str, dict[str, Any]]) -> Check:
    """Hold the description against the files: each is there, and all hashes agree."""
    sums = read_sums(folder)
    listed = {part["@id"] for part in nodes.get("./", {}).get("hasPart", [])}
    absent = sorted(listed - set(sums) - {SUMS})
    other = sorted(name for name in listed & set(sums) if nodes[name].get("sha256") != sums[name])
    faults = [*_name("described but not there", absent), *_name("described otherwise", other)]
    if faults:
        return Check("description", "; ".join(faults), is_well=False, cure=AGAIN)
    actions = sum(node.get("@type") == "CreateAction" for node in nodes.values())
    return Check("description", f"{len(listed)} files and {actions} runs agree with it")


def _check_tables(corpus: Corpus) -> Check:
    """Hold tables against their contract, the data package, and the documents that they name."""
    what = f"tables of {corpus.name}"
    cure = "the archive was made of tables that do not hold: measure its pages anew (dz ingest)"
    rows, faults = 0, []
    try:
        known = set(corpus.health()["id"])
        for name in tables.ALL_TABLES:
            frame = tables.load_table(paths.tables_dir(corpus.name), name)
            rows += len(frame)
            if "document" in frame and not set(frame["document"]) <= known:
                faults.append(f"{name} names documents that are none of the corpus")
    except (ValueError, FileNotFoundError) as error:
        faults.append(str(error))
    faults += _check_package(corpus)
    if faults:
        return Check(what, "; ".join(faults), is_well=False, cure=cure)
    return Check(what, f"{rows:,} rows keep the contract")


def _check_package(corpus: Corpus) -> list[str]:
    """Return which files are not those that the data package has the hashes of."""
    file = corpus.folder / "datapackage.json"
    if not file.is_file():
        return ["datapackage.json is missing"]
    faults = []
    for resource in json.loads(file.read_text(encoding="utf-8")).get("resources", []):
        paths_held = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        sums = resource.get("hashes", [resource.get("hash", "")])
        for name, told in zip(paths_held, sums, strict=False):
            held = corpus.folder / name
            if not held.is_file() or told.rpartition(":")[2] != hash_file(held):
                faults.append(f"{name} is not the file that datapackage.json describes")
    return faults


def _check_figures(folder: Path) -> Check:
    """Hold each sidecar against the figure beside it and the tables that it was drawn from."""
    faults, held, elsewhere = [], 0, set()
    for file in sorted((folder / "figures").rglob("*.json")):
        told = read_origin(file.read_bytes())
        if "inputs" not in told:
            continue
        held += 1
        name = file.relative_to(folder).as_posix()
        if "spec" in told and told.get("fingerprint") != hash_spec(told["spec"]):
            faults.append(f"{name}: its fingerprint is not that of what it says was drawn")
        faults += [
            f"{name}: no {file.stem}{form} beside it"
            for form in FORMS
            if "figure" in told and not file.with_suffix(form).is_file()
        ]
        for source, digits in told["inputs"].items():
            table = folder / "data" / source
            if not table.is_file():
                elsewhere.add(source)
            elif hash_file(table) != digits:
                faults.append(f"{name}: drawn from another {source} than the archive holds")
    if faults or not held:
        shown = faults[:MOST] or ["no figure with its origin"]
        cure = "its figures are older than its tables: run the notebooks again, and archive anew"
        return Check("figures", "; ".join(shown), is_well=False, cure=cure)
    apart = f"; {len(elsewhere)} tables of other corpora are not in it" if elsewhere else ""
    return Check("figures", f"{held} figures and tables agree with what they were made of{apart}")


def _check_notebooks(folder: Path) -> Check:
    """See to it that every notebook was executed and none stopped."""
    files = sorted((folder / "notebooks").glob("*.ipynb"))
    faults = [f"{file.name} {fault}" for file in files if (fault := _find_fault(file))]
    if faults or not files:
        found = "; ".join(faults[:MOST]) or "there is none"
        cure = "run the notebooks (dz run CORPUS), and archive anew"
        return Check("notebooks", found, is_well=False, cure=cure)
    return Check("notebooks", f"{len(files)} notebooks ran to their end")


def _find_fault(file: Path) -> str:
    cells = json.loads(file.read_text(encoding="utf-8")).get("cells", [])
    outputs = [one for cell in cells for one in cell.get("outputs", [])]
    if any(one.get("output_type") == "error" for one in outputs):
        return "stopped with an error"
    return "" if outputs else "was not executed"


def _measure(corpus: Corpus, texts: Path | None, nodes: Mapping[str, dict[str, Any]]) -> Check:
    """Measure the pages anew where they are at hand, and compare."""
    what = f"{corpus.name} measured anew"
    if texts is None and not corpus.has_texts:
        return Check(what, "not done: its pages are not at hand (name them: --texts, or DZ_TEXTS)")
    report, measured = measure_anew(corpus, folder=texts)
    cells = zip(report["table"], report["rows_differing"], report["same"], strict=True)
    told = [f"{name} {count}" for name, count, same in cells if not same]
    made_with = nodes.get(SUITE, {}).get("softwareVersion", "")
    if told:
        by = f"made with dz_analysis {made_with}, this is {dz_analysis.__version__}: "
        same = "the pages may be others than those archived (documents.csv has their hashes)"
        cure = (by + "install that one") if made_with != dz_analysis.__version__ else same
        return Check(what, f"rows that differ: {', '.join(told)}", is_well=False, cure=cure)
    aside = len(measured.set_aside)
    more = f"; {aside} documents set aside" if aside else ""
    return Check(what, f"{len(report)} tables are the same, row by row{more}", aside=aside)
