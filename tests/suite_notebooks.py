"""Small notebooks that the tests of the suite make for themselves."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

PARAMETERS = (
    'corpus: str = "made"  # folder\nregions: list[str] = []  # districts\ntop: int = 3  # rows'
)
HEADER = "# How many rows?\n\n**Data.** Made up."


def make_notebook(*sources, parameters=PARAMETERS, header=HEADER):
    """Return a notebook: header, parameters, then one code cell a source."""
    cells = [new_markdown_cell(header, id="header")]
    cells.append(new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}))
    for number, source in enumerate(sources):
        tags = ["answer"] if "answer" in source else []
        cells.append(new_code_cell(source, id=f"step-{number}", metadata={"tags": tags}))
    return new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}},
    )


def write(folder, name, notebook):
    """Write a notebook and return its file."""
    file = folder / f"{name}.ipynb"
    nbformat.write(notebook, file)
    return file


def stream(text, name="stdout"):
    """Return a printed output."""
    return new_output("stream", name=name, text=text)
