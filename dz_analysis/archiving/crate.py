"""The description of an archive: an RO-Crate of the profile Process Run Crate.

In: the files of an archive. Out: `ro-crate-metadata.json` as text, the same one every time: what
measured the tables, which notebook made which figure, and from what. No day is in it but that of
the suite's release: a run does not say when it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

import dz_analysis
from dz_analysis.archiving.parts import FIGURE, MANIFEST, NOTEBOOK, PAGE, TABLE, Part
from dz_analysis.datapackage import LICENCE
from dz_analysis.language import say
from dz_analysis.parameters import find_commit
from dz_analysis.publishing.citation import cite, read_citation

METADATA = "ro-crate-metadata.json"
SUMS = "SHA256SUMS"
CRATE = "1.1"  # of RO-Crate
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
LAYOUT = 1  # of this archive; another one is not read
LAYOUT_ID, SUITE, MEASURE = "#layout", "#dz-analysis", "#measure"
MEDIA = {
    ".bib": "text/plain",
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".dta": "application/x-stata-dta",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tex": "application/x-tex",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Node = dict[str, Any]


def describe_archive(corpus: str, parts: Sequence[Part], *, title: str = "") -> str:
    """Describe an archive.

    Parameters
    ----------
    corpus : str
        Whose it is.
    parts : sequence of Part
        All of its files but the description and the checksums.
    title : str, optional
        The corpus's title.

    Returns
    -------
    str
        JSON, as `ro-crate-metadata.json` holds it.
    """
    from rocrate.model.contextentity import ContextEntity  # takes most of a second
    from rocrate.rocrate import ROCrate

    crate = ROCrate(gen_preview=False, version=CRATE)
    actions = [_measure(corpus, parts), *_draw(parts)]
    told = read_citation()
    crate.root_dataset.properties().update(
        {
            "name": title or corpus,
            "description": say(
                "Tables, notebooks and figures of the corpus {corpus}, as dz_analysis {version} "
                "made them; no text of pages unless it says so.",
                corpus=corpus,
                version=dz_analysis.__version__,
            ),
            "datePublished": str(told["date-released"]),
            "license": {"@id": LICENCE["path"]},
            "conformsTo": [{"@id": PROFILE}],
            "creditText": cite(),
            "identifier": {"@id": LAYOUT_ID},
            "mentions": _refer(action["@id"] for action in actions),
        }
    )
    for part in parts:
        crate.add_file(dest_path=part.name, properties=_describe_file(part), fetch_remote=False)
    crate.add_file(dest_path=SUMS, properties={"name": SUMS, "encodingFormat": "text/plain"})
    for node in (*_context(told), *actions):
        named = {key: value for key, value in node.items() if key != "@id"}
        crate.add(ContextEntity(crate, node["@id"], properties=named))
    text = json.dumps(crate.metadata.generate(), ensure_ascii=False, indent=1, sort_keys=True)
    return text + "\n"


def _describe_file(part: Part) -> Node:
    suffix = PurePosixPath(part.name).suffix
    kind = ["File", "SoftwareSourceCode"] if part.role == NOTEBOOK else "File"
    language = {"programmingLanguage": "Python"} if part.role == NOTEBOOK else {}
    return {
        "@type": kind,
        "name": part.name,
        "contentSize": str(len(part.content)),
        "encodingFormat": MEDIA.get(suffix, "text/plain"),
        "sha256": part.sha256,
        **language,
    }


def _context(told: dict[str, Any]) -> list[Node]:
    """Return what the files are described by: profile, suite, licence, layout."""
    return [
        {
            "@id": PROFILE,
            "@type": "CreativeWork",
            "name": "Process Run Crate",
            "version": PROFILE.rpartition("/")[2],
        },
        {
            "@id": SUITE,
            "@type": "SoftwareApplication",
            "name": "dz_analysis",
            "description": told["title"],
            "softwareVersion": dz_analysis.__version__,
            "version": find_commit() or dz_analysis.__version__,
            "url": told.get("repository-code") or "CITATION.cff",
            "softwareRequirements": {"@id": "requirements.lock"},
        },
        {
            "@id": LICENCE["path"],
            "@type": "CreativeWork",
            "name": LICENCE["title"],
        },
        {
            "@id": LAYOUT_ID,
            "@type": "PropertyValue",
            "name": "dz_analysis archive layout",
            "value": str(LAYOUT),
        },
    ]


def _measure(corpus: str, parts: Sequence[Part]) -> Node:
    """Return the run that measured the tables."""
    place = f"data/{corpus}/"
    own = [part for part in parts if part.name.startswith(place)]
    return {
        "@id": MEASURE,
        "@type": "CreateAction",
        "name": f"dz ingest {corpus}",
        "instrument": {"@id": SUITE},
        "object": _refer(part.name for part in own if part.role in (MANIFEST, PAGE)),
        "result": _refer(part.name for part in own if part.role == TABLE),
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }


def _draw(parts: Sequence[Part]) -> list[Node]:
    """Return the runs of notebooks, each with what it read and what it made."""
    there = {part.name for part in parts}
    origins = [
        (part, read_origin(part.content))
        for part in parts
        if part.role == FIGURE and part.name.endswith(".json")
    ]
    nodes = []
    for notebook in (part.name for part in parts if part.role == NOTEBOOK):
        stem = PurePosixPath(notebook).stem
        own = [(part, told) for part, told in origins if told.get("notebook") == stem]
        inputs = {f"data/{name}" for _, told in own for name in told.get("inputs", {})}
        stems = {part.name.removesuffix(".json") for part, _ in own}
        made = [name for name in sorted(there) if name.rpartition(".")[0] in stems]
        nodes.append(
            {
                "@id": f"#run-{stem}",
                "@type": "CreateAction",
                "name": f"run of {notebook}",
                "instrument": {"@id": notebook},
                "object": _refer(sorted(inputs & there)),
                "result": _refer(made),
                "actionStatus": "http://schema.org/CompletedActionStatus",
            }
        )
    return nodes


def read_origin(content: bytes) -> dict[str, Any]:
    """Read a sidecar: where a figure or a table comes from; nothing if it is none."""
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _refer(names: Iterable[str]) -> list[Node]:
    return [{"@id": name} for name in names]
