"""The normal form of an executed notebook: the same bytes from run to run and machine to machine.

In: a notebook as it comes out of a run. Out: the notebook without times, paths, versions of the
interpreter and random ids, with what its answer cell printed as the output of its parameters cell:
the answer stands on top, and whoever runs the notebook anew clears it.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from dz_analysis.harmless import escape_markdown
from dz_analysis.language import say

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
KEPT_CELL_METADATA = ("tags",)


def normalise_notebook(notebook: NotebookNode) -> NotebookNode:
    """Return the normal form of a notebook; the one given is left as it is.

    Outputs are kept. Streams that were printed in pieces are joined, because where a stream is cut
    depends on timing.
    """
    cells = [_normalise_cell(cell, place) for place, cell in enumerate(notebook.cells, start=1)]
    made = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": dict(KERNEL), "language_info": dict(LANGUAGE)}
    )
    made.nbformat_minor = 5
    return fill_answer(made)


def fill_answer(notebook: NotebookNode) -> NotebookNode:
    """Show what the cell tagged ``answer`` printed below the parameters, on top of the notebook.

    It is an output, so no run keeps the answer of another: papermill and Jupyter clear outputs.
    The words of pages in it are shown as they are: nothing in them is markup or a link.
    """
    told = _tagged(notebook, "parameters")
    answer = read_answer(notebook)
    if told:
        told_as = say("**Answer.** {answer}", answer=escape_markdown(answer))
        shown = {"text/markdown": told_as, "text/plain": answer}
        output = nbformat.v4.new_output("display_data", data=shown)
        told[0].outputs = [output] if answer else []
    return notebook


def read_answer(notebook: NotebookNode) -> str:
    """Return what the cell tagged ``answer`` printed, on one line; blank if it did not run."""
    answers = _tagged(notebook, "answer")
    return printed_text(answers[0]) if answers else ""


def _tagged(notebook: NotebookNode, tag: str) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def printed_text(cell: NotebookNode) -> str:
    """Return what a cell printed, on one line."""
    parts = [o.text for o in cell.get("outputs", []) if o.get("name") == "stdout"]
    return " ".join("".join(parts).split())


def write_notebook(notebook: NotebookNode, file: Path) -> bool:
    """Write a notebook, if that changes the file, and say whether it did."""
    text = nbformat.writes(notebook, version=4).rstrip() + "\n"
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return False
    part = file.with_name(file.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(file)
    return True


def _normalise_cell(cell: NotebookNode, place: int) -> NotebookNode:
    tags = cell.metadata.get("tags", [])
    kept = {name: cell.metadata[name] for name in KEPT_CELL_METADATA if cell.metadata.get(name)}
    made = NotebookNode(cell_type=cell.cell_type, metadata=NotebookNode(kept), source=cell.source)
    # papermill gives its own cell a random id.
    made.id = "injected-parameters" if "injected-parameters" in tags else cell.get("id", "")
    made.id = made.id or f"cell-{place:02d}"
    if cell.cell_type == "code":
        made.execution_count = cell.get("execution_count")
        made.outputs = _join_streams(cell.get("outputs", []))
    return made


def _join_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    joined: list[NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        same = output.output_type == "stream" and last.get("name") == output.get("name")
        if same and last.get("output_type") == "stream":
            joined[-1].text += output.text
        else:
            joined.append(NotebookNode(output))
    return joined
