"""A run as a site: a place to work in that opens from disk, without a server or a network.

In: the executed notebooks of a run's folder, the corpus's figures and tables. Out: HTML beside
them: one page a notebook, which runs nothing, and the views of `desk`. Every page carries its
style; the Chinese characters that all of them need are one font beside them, which a style sheet
holds. So no page asks another host for anything, nor another folder than its own.
"""

from __future__ import annotations

import ast
import base64
import copy
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import bleach
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from dz_analysis import paths
from dz_analysis.harmless import SITE_POLICY
from dz_analysis.language import say
from dz_analysis.showing.fonts import subset_font
from dz_analysis.suite.desk import Front, lay_desk, write_desk
from dz_analysis.suite.interface import load_words
from dz_analysis.suite.linking import Index, link_rows
from dz_analysis.suite.normal import read_answer
from dz_analysis.suite.parameters import open_notebook
from dz_analysis.suite.runner import list_notebooks

PAGE = Path(__file__).parent / "page"
# What of an output is shown, and what of its markup: tables of numbers and words.
SHOWN = frozenset(("text/html", "text/plain", "image/png"))
TAGS = frozenset(("div", "p", "table", "thead", "tbody", "tr", "th", "td"))
ATTRIBUTES = ["border", "class", "colspan", "rowspan"]
STYLE = re.compile(r"(?s)<style\b[^<>]*>.*?</style>")
INJECTED = "injected-parameters"
HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)<a class="anchor-link"')
TAG = re.compile(r"<[^<>]*>")
KINDS = ("svg", "pdf", "png", "csv", "xlsx", "dta", "tex", "html", "json")
FONT = "assets/font.css"
FONT_FACE = (
    '@font-face {{ font-family: "DZ Sans SC"; '
    'src: url("data:font/woff;base64,{font}") format("woff"); }}\n'
)


@dataclass(frozen=True, slots=True)
class Page:
    """One notebook as the site names it."""

    name: str
    file: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One figure or table of the site: its links by kind of file, and a mark to know it by."""

    name: str
    title: str
    mark: str
    links: dict[str, str]


def export_html(corpus: str, *, out: Path | None = None, lang: str = "en") -> tuple[Path, ...]:
    """Write the HTML pages of a run, the index first.

    Parameters
    ----------
    corpus : str
        Name of the corpus.
    out : pathlib.Path, optional
        Folder of the run with its executed notebooks; by default `build/<corpus>/`.
    lang : str, optional
        Language of the interface, one of `interface.list_languages`.

    Returns
    -------
    tuple of pathlib.Path
        `index.html`, then one page a notebook in their order. Beside them stand the views of
        numbers and of words, if the corpus has been measured.

    Raises
    ------
    FileNotFoundError
        If the folder holds no executed notebook.
    ValueError
        If the interface does not speak the language.
    """
    words = load_words(lang)
    folder = out or paths.build_dir(corpus)
    files = list_notebooks(folder)
    if not files:
        msg = say(
            "No executed notebooks in {folder}; run `dz run {corpus}` first.",
            folder=folder,
            corpus=corpus,
        )
        raise FileNotFoundError(msg)
    nodes = [open_notebook(file) for file in files]
    pages = [describe_page(file, node) for file, node in zip(files, nodes, strict=True)]
    figures, tables = gather_exhibits(corpus, folder, {page.name for page in pages})
    front = Front(corpus, corpus_title(corpus), lang, [asdict(page) for page in pages])
    desk = lay_desk(front, folder, read_regions(nodes))
    letters = set(desk.letters).union(*(json.dumps(node, ensure_ascii=False) for node in nodes))
    letters.update(*(exhibit.title for exhibit in (*figures, *tables)), corpus, *words.values())
    write_font(folder, "".join(sorted(letters)))
    style = load_style()
    more = {"figures": figures, "tables": tables}
    write_desk(desk, front, folder, style, more=more, write=_write_text)
    written = [folder / "index.html"]
    index = desk.index
    for node, page in zip(nodes, pages, strict=True):
        written.append(folder / page.file)
        _write_text(written[-1], render_page(node, page, front, style, index=index))
    return tuple(written)


def read_regions(notebooks: Iterable[NotebookNode]) -> tuple[str, ...]:
    """Return the places that a run was limited to, as its notebooks' parameters say; none is all.

    Raises
    ------
    ValueError
        If a notebook's parameters are not as they must be.
    """
    for notebook in notebooks:
        cells = [cell for cell in notebook.cells if INJECTED in cell.metadata.get("tags", [])]
        for cell in cells:
            found = re.search(r"(?m)^regions = (\[.*\])$", cell.source)
            if found:
                return tuple(map(str, ast.literal_eval(found[1])))
    return ()


def describe_page(file: Path, notebook: NotebookNode) -> Page:
    """Return how the site names a notebook: by the question of its header, and its answer."""
    title = re.search(r"(?m)^# +(.+)$", notebook.cells[0].source)
    question = title[1] if title else file.stem
    return Page(file.stem, f"{file.stem}.html", question, read_answer(notebook))


def gather_exhibits(
    corpus: str, folder: Path, notebooks: Iterable[str]
) -> tuple[list[Exhibit], list[Exhibit]]:
    """Copy the corpus's published figures into the run's folder, unless the run has its own.

    Returns
    -------
    figures, tables : list of Exhibit
        Those that the given notebooks drew, by name; links are relative to the folder.
    """
    own = folder / "figures" / corpus
    published = paths.figures_dir(corpus)
    if folder == paths.build_dir(corpus) and published.is_dir():
        own.mkdir(parents=True, exist_ok=True)
        for file in sorted(f for f in published.iterdir() if f.is_file()):
            shutil.copyfile(file, own / file.name)
    figures: list[Exhibit] = []
    tables: list[Exhibit] = []
    for file in sorted(own.rglob("*.json")):
        origin = json.loads(file.read_text(encoding="utf-8"))
        if origin.get("notebook") in set(notebooks):
            exhibit = _describe_exhibit(file, origin, folder)
            (figures if "figure" in origin else tables).append(exhibit)
    return figures, tables


def load_style() -> str:
    """Return the style sheet that every page carries."""
    return (PAGE / "style.css").read_text(encoding="utf-8")


def write_font(folder: Path, text: str) -> None:
    """Write the Chinese characters of a text as the font of a site: a style sheet that holds it.

    A font in a file of its own would not do: browsers load none from disk for a page on disk.
    """
    face = FONT_FACE.format(font=base64.b64encode(subset_font(text)).decode("ascii"))
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    _write_text(folder / FONT, face)


def render_page(
    notebook: NotebookNode, page: Page, front: Front, style: str, *, index: Index | None = None
) -> str:
    """Return one executed notebook as an HTML page that needs nothing else and runs nothing.

    Numbers of its tables lead to the rows of `index`, if there is a view of rows.
    """
    shown = clean_outputs(notebook)
    if index is not None:
        _link_outputs(shown, index)
    site = {
        "title": page.question,
        "corpus": front.corpus,
        "lang": front.lang,
        "words": load_words(front.lang),
        "has_rows": index is not None,
        "file": page.file,
        "pages": front.pages,
        "style": style,
        "policy": SITE_POLICY,
    }
    body, _ = _exporter().from_notebook_node(shown, resources={"site": site})
    return _focus_tables(_list_contents(body))


@cache
def _exporter() -> HTMLExporter:
    """Return the exporter of notebooks, whose templates are compiled once."""
    return HTMLExporter(template_name=PAGE.name, extra_template_basedirs=[str(PAGE.parent)])


def _link_outputs(notebook: NotebookNode, index: Index) -> None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output["data"]["text/html"] = link_rows(output["data"]["text/html"], index)


def _list_contents(body: str) -> str:
    """Return a page with links to its headings where the template asks for them."""
    lines = [
        f'<li class="level-{level}"><a href="#{anchor}">{TAG.sub("", text)}</a></li>'
        for level, anchor, text in HEADING.findall(body)
    ]
    return body.replace("<!--contents-->", f"<ul>{''.join(lines)}</ul>", 1)


def _focus_tables(body: str) -> str:
    """Return a page whose wide outputs can be scrolled by keyboard too."""
    return body.replace('<div class="output_area', '<div tabindex="0" class="output_area')


def clean_outputs(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook whose outputs hold pictures, text and plain tables, and nothing else."""
    cleaned = copy.deepcopy(notebook)
    for cell in cleaned.cells:
        for output in cell.get("outputs", []):
            if "data" in output:
                output["data"] = _clean_data(output["data"])
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if output.get("data", True)]
    return cleaned


def _clean_data(data: Mapping[str, Any]) -> dict[str, Any]:
    held = {kind: content for kind, content in data.items() if kind in SHOWN}
    if "text/html" in held:
        plain = STYLE.sub("", "".join(held["text/html"]))
        held["text/html"] = bleach.clean(plain, tags=TAGS, attributes=ATTRIBUTES)
    return held


def corpus_title(corpus: str) -> str:
    """Return the title that a corpus's data package gives it, or its name."""
    file = paths.corpus_dir(corpus) / "datapackage.json"
    if not file.is_file():
        return corpus
    return json.loads(file.read_text(encoding="utf-8")).get("title") or corpus


def _describe_exhibit(file: Path, origin: dict[str, Any], folder: Path) -> Exhibit:
    name = next(origin[kind] for kind in ("figure", "table", "dataset") if kind in origin)
    files = {kind: file.with_suffix(f".{kind}") for kind in KINDS}
    links = {k: f.relative_to(folder).as_posix() for k, f in files.items() if f.is_file()}
    texts = origin.get("spec", {}).get("texts") or [origin.get("title", "")]
    return Exhibit(name, " ".join(texts[0].split("\n")), origin.get("fingerprint", ""), links)


def _write_text(file: Path, text: str) -> None:
    part = file.with_name(file.name + ".part")
    part.write_text(text.rstrip() + "\n", encoding="utf-8", newline="\n")
    part.replace(file)
