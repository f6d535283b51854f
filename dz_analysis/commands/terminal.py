"""What the terminal is told: tables, text as it stands, progress, and paths as they are typed.

No text of a page steers the terminal; what goes to a file or a pipe stays as it is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from dz_analysis.harmless import show_controls
from dz_analysis.language import SOURCE, label, label_heads, language, say_count

if TYPE_CHECKING:
    import pandas as pd
    from rich.text import Text


# A file or a pipe has no edge to cut a table at.
FILE_WIDTH = 240


class Terminal(Console):
    """A terminal that no text of a page steers: its control characters are shown, not obeyed."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Return a text as it is printed."""
        return super().render_str(show_controls(text), **options)


out = Terminal(soft_wrap=True, width=None if sys.stdout.isatty() else FILE_WIDTH)


err = Terminal(stderr=True, soft_wrap=True)


# Columns that a terminal has no room for; every other form of output has them.
UNSHOWN = frozenset(
    [
        "observation",
        "paragraph",
        "start",
        "end",
        "raw_start",
        "raw_end",
        "indicator_id",
        "value_high",
        "region_code",
    ]
)


# Columns whose values are of a closed list.
CLOSED = frozenset(["measure", "status", "bound", "outcome", "same", "table", "kind"])


def spell_path(file: Path) -> str:
    """Spell a path as it is typed from here, where it lies below the working folder."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def print_frame(frame: pd.DataFrame, *, title: str = "") -> None:
    """Print a frame as a table."""
    print_table(list(frame.columns), frame.itertuples(index=False), title=title)


def print_table(
    columns: Iterable[str],
    rows: Iterable[Iterable[object]],
    *,
    title: str = "",
    as_named: bool = False,
) -> None:
    """Print rows as a table, its heads and closed values in the reader's language.

    A reader of English has the names that the files have, as everybody has `as_named`.
    """
    from rich.table import Table

    heads, is_told = list(columns), not as_named and language() != SOURCE
    told = label_heads(heads) if is_told else heads
    shown = Table(*(escape(head) for head in told), title=escape(title) or None)
    for row in rows:
        cells = zip(heads, map(str, row), strict=True)
        shown.add_row(
            *(escape(label(text) if is_told and head in CLOSED else text) for head, text in cells)
        )
    out.print(shown)


def write(text: str, to: Path | None = None) -> None:
    """Write text as it stands, in UTF-8 whatever the terminal's charset.

    On a terminal control characters are shown, not obeyed; a file or a pipe gets them as they are.
    """
    if to is not None:
        to.write_text(text, encoding="utf-8", newline="")
        return
    ended = text if text.endswith("\n") else text + "\n"
    shown = show_controls(ended) if sys.stdout.isatty() else ended
    sys.stdout.buffer.write(shown.encode("utf-8"))
    sys.stdout.buffer.flush()


def write_json(content: object) -> None:
    """Write what a program reads."""
    write(json.dumps(content, ensure_ascii=False, indent=2))


def say_all(names: Iterable[str]) -> str:
    """Join names as a sentence does.

    Examples
    --------
    >>> say_all(["a.txt", "b.pdf"])
    'a.txt and b.pdf'
    """
    return ("、" if language() == "zh" else " and ").join(names)


def say_sentence(parts: Iterable[str]) -> str:
    """Join parts to a sentence.

    Examples
    --------
    >>> say_sentence(["2 documents", "1 of them new"])
    '2 documents, 1 of them new.'
    """
    comma, stop = ("，", "。") if language() == "zh" else (", ", ".")
    return comma.join(parts) + stop


def say_rows(count: int) -> str:
    """Return how many rows there are."""
    return say_count(count, "{n} row", "{n} rows")


def say_documents(count: int) -> str:
    """Return how many documents there are."""
    return say_count(count, "{n} document", "{n} documents")


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    """Draw a bar on a terminal, which moves on whenever the function it gives is called."""
    if not err.is_terminal:
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(escape(show_controls(label)), total=total)
        yield lambda: bar.advance(task)
