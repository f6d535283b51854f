"""Make the pages of this corpus: clean texts in the states in which pages are found.

In: `clean/<id>.txt` and `furniture/<id>.toml` (what stands round the article, and the damage).
Out: `texts/`, and their hashes in `documents.csv`. The same input gives the same bytes.

Run it with `python data/digests/build.py` after changing a text or its furniture.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from dz_analysis.hashes import hash_bytes
from dz_analysis.manifest import Document, read_manifest, write_manifest
from dz_analysis.reading.damage import choose_readings, damage

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write every page and put its hash into the manifest."""
    manifest = HERE / "documents.csv"
    documents = read_manifest(manifest)
    pages = build_pages(documents)
    (HERE / "texts").mkdir(exist_ok=True)
    for document in documents:
        (HERE / "texts" / document.file).write_bytes(pages[document.file])
    hashed = [replace(d, sha256=hash_bytes(pages[d.file])) for d in documents]
    write_manifest(hashed, manifest)


def build_pages(documents: tuple[Document, ...]) -> dict[str, bytes]:
    """Return the bytes of each document's page by file name."""
    return {document.file: build_page(document.id) for document in documents}


def build_page(identifier: str) -> bytes:
    """Return the bytes of one page: furniture put round the article, then the damage."""
    clean = (HERE / "clean" / f"{identifier}.txt").read_text(encoding="utf-8")
    with (HERE / "furniture" / f"{identifier}.toml").open("rb") as handle:
        furniture = tomllib.load(handle)
    paragraphs = clean.rstrip("\n").split("\n")
    if "template" in furniture:
        page = fill_template(paragraphs, furniture)
    else:
        page = "\n".join(lines_of_page(paragraphs, furniture)) + "\n"
    if furniture["state"] == "mirrored":
        page = mirror(page, furniture)
    return page.encode(furniture.get("encoding", "utf-8"))


def lines_of_page(paragraphs: list[str], furniture: dict[str, Any]) -> list[str]:
    """Return the lines of a plain-text page: menu, title, date line, article, foot."""
    captions = furniture.get("captions", {})
    indent = furniture.get("indent", "")
    lines = [*furniture.get("top", []), paragraphs[0], *furniture.get("masthead", [])]
    for number, paragraph in enumerate(paragraphs[1:], start=1):
        lines.append(indent + paragraph)
        lines += captions.get(str(number), [])
    lines += furniture.get("bottom", [])
    if furniture.get("blank_lines"):
        return [part for line in lines for part in (line, "")][:-1]
    return lines


def fill_template(paragraphs: list[str], furniture: dict[str, Any]) -> str:
    """Return an HTML page: title and paragraphs put into the template, captions as figures."""
    captions = furniture.get("captions", {})
    rows = []
    for number, paragraph in enumerate(paragraphs[1:], start=1):
        rows.append(f"<p>{escape(paragraph, quote=False)}</p>")
        for caption in captions.get(str(number), []):
            image = f'<img src="/upload/{number}.jpg" alt="{escape(caption)}">'
            rows.append(
                f'<div class="figure">{image}<p class="caption">{escape(caption)}</p></div>'
            )
    template = (HERE / "furniture" / furniture["template"]).read_text(encoding="utf-8")
    return template.format(title=escape(paragraphs[0]), article="\n".join(rows))


def mirror(page: str, furniture: dict[str, Any]) -> str:
    """Return the page as a mirror site serves it: traditional, with inserted readings."""
    readings = choose_readings(page, size=furniture["readings"], seed=furniture["seed"])
    hidden = {int(line): spam for line, spam in furniture.get("hidden", {}).items()}
    return damage(page, readings, hidden=hidden)


if __name__ == "__main__":
    main()
