"""The site's views to work in: search, numbers with their evidence, words, review.

In: a measured corpus, and its pages where they are at hand. Out: the data of the views as scripts
in the site's `data/`, the libraries and our scripts in its `assets/`, and the views as pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from dz_analysis.corpus import Corpus, load_corpus
from dz_analysis.harmless import allow_scripts, write_json
from dz_analysis.hashes import hash_bytes
from dz_analysis.review import FILE
from dz_analysis.sheet import read_lines
from dz_analysis.suite.bundles import TABLES, load_table_style, write_assets
from dz_analysis.suite.evidence import write_evidence
from dz_analysis.suite.interface import load_words
from dz_analysis.suite.linking import Index, index_rows
from dz_analysis.suite.rows import pack_documents, pack_rows, pack_words

PAGE = Path(__file__).parent / "page"
# What each view loads, in order; search loads rows and words when something is looked for.
VIEWS: Mapping[str, tuple[str, ...]] = {
    "index.html": ("assets/common.js", "data/site.js", "assets/rows.js", "assets/search.js"),
    "numbers.html": (
        f"assets/{TABLES}",
        "assets/common.js",
        "data/site.js",
        "data/rows.js",
        *(f"assets/{name}.js" for name in ("rows", "numbers", "evidence", "chart", "review")),
    ),
    "words.html": ("assets/common.js", "data/site.js", "data/words.js", "assets/words.js"),
}
STARTS = {"index.html": "search", "numbers.html": "numbers", "words.html": "words"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the views of a site hold: `data` by file, as scripts, and each of their `letters` once.

    `index` is None where the corpus has not been measured: such a site has no view but its start
    page.
    """

    data: Mapping[str, str]
    letters: str
    index: Index | None = None

    @property
    def has_rows(self) -> bool:
        """Whether there are rows to show."""
        return self.index is not None

    def nonce(self, page: str) -> str:
        """Return the mark of the scripts of one page, made of the page and of all data.

        No text in the site can know it, as it depends on that text too; the same site has the same
        marks, so that its bytes are the same.
        """
        made_of = hashlib.sha256(page.encode())
        for file, text in sorted(self.data.items()):
            made_of.update(f"\0{file}\0{text}".encode())
        return made_of.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Front:
    """What the site says of itself: names, language, questions with their answers."""

    corpus: str
    title: str
    lang: str
    pages: list[dict[str, str]] = field(default_factory=list)


def lay_desk(front: Front, folder: Path, regions: tuple[str, ...] = ()) -> Desk:
    """Gather the data of a corpus's views, and write the evidence of its rows.

    Parameters
    ----------
    front : Front
        What the site says of itself.
    folder : pathlib.Path
        The site's folder.
    regions : tuple of str
        The places that the run was limited to; none means all.

    Returns
    -------
    Desk
        Without rows if the corpus has not been measured.

    Raises
    ------
    ValueError
        If the corpus's `corrections.csv` is no table.
    """
    told = {
        "corpus": front.corpus,
        "title": front.title,
        "lang": front.lang,
        "words": load_words(front.lang),
        "pages": front.pages,
    }
    try:
        corpus = load_corpus(front.corpus, regions=list(regions))
        observations, documents = corpus.table("observations"), corpus.table("documents")
    except FileNotFoundError:
        site = told | {"has_rows": False, "documents": [], "corrections": []}
        return Desk({"data/site.js": _script("site", site)}, _letters([write_json(site)]))
    return _lay(told, corpus, folder, observations, documents)


def _lay(
    told: dict[str, Any],
    corpus: Corpus,
    folder: Path,
    observations: pd.DataFrame,
    documents: pd.DataFrame,
) -> Desk:
    texts = write_evidence(corpus, folder)
    listed = [one | {"text": texts.get(one["id"], "")} for one in pack_documents(documents)]
    packed = {
        "site": told
        | {
            "has_rows": True,
            "documents": listed,
            "mark": hash_bytes(str(corpus.folder.resolve()).encode())[:12],
            "corrections": _list_corrections(corpus.folder),
        },
        "rows": pack_rows(observations, documents),
        "words": pack_words(corpus.table("terms"), corpus.table("slogans"), documents),
    }
    data = {f"data/{name}.js": _script(name, value) for name, value in packed.items()}
    read = ((folder / file).read_text(encoding="utf-8") for file in texts.values())
    return Desk(data, _letters(chain(data.values(), read)), index_rows(observations, documents))


def _letters(texts: Iterable[str]) -> str:
    """Return each character of some texts once; one text at a time is held."""
    return "".join(sorted(set[str]().union(*texts)))


def _list_corrections(folder: Path) -> list[dict[str, str]]:
    """Return the lines of the corpus's corrections as they stand, those that can't be taken too."""
    file = folder / FILE
    return list(read_lines(file).rows()) if file.is_file() else []


def _script(name: str, value: object) -> str:
    return f"dz.put({write_json(name)},{write_json(value)});\n"


def write_desk(
    desk: Desk,
    front: Front,
    folder: Path,
    style: str,
    *,
    more: Mapping[str, object],
    write: Callable[[Path, str], None],
) -> None:
    """Write the views of a site with all that they load, the start page among them.

    Parameters
    ----------
    desk : Desk
        The data of the views.
    front : Front
        What the site says of itself.
    folder : pathlib.Path
        The site's folder.
    style : str
        The style sheet of every page.
    more : mapping
        What the start page shows besides.
    write : callable
        Writes one file.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    write_assets(folder)
    for file, text in desk.data.items():
        write(folder / file, text)
    for view in VIEWS if desk.has_rows else ("index.html",):
        write(folder / view, render_view(view, desk, front, style, more))


def render_view(view: str, desk: Desk, front: Front, style: str, more: Mapping[str, object]) -> str:
    """Return one view as a page, whose scripts are those of the site and no other."""
    words = load_words(front.lang)
    own = f"{load_table_style()}\n{style}" if view == "numbers.html" else style
    site = {
        "corpus": front.corpus,
        "title": front.title,
        "lang": front.lang,
        "pages": front.pages,
        "has_rows": desk.has_rows,
        "style": Markup(own),
    }
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(PAGE), autoescape=True)
    template = environment.get_template("site.html.j2" if view == "index.html" else f"{view}.j2")

    def render(nonce: str) -> str:
        return template.render(
            site=site | {"nonce": nonce, "policy": allow_scripts(nonce)},
            here=view,
            say=lambda key, **values: words[key].format(**values),
            scripts=[*VIEWS[view], f"assets/start-{STARTS[view]}.js"],
            **more,
        )

    return render(desk.nonce(render("")))
