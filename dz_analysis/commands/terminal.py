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


def spell_path(file: Path) -> str:
    """Spell a path as it is typed from here, where it lies below the working folder."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def print_frame(frame: pd.DataFrame, *, title: str = "") -> None:
    """Print a frame as a table."""
    print_table(list(frame.columns), frame.itertuples(index=False), title=title)


def print_table(
    columns: Iterable[str], rows: Iterable[Iterable[object]], *, title: str = ""
) -> None:
    """Print rows as a table."""
    from rich.table import Table

    shown = Table(*(escape(column) for column in columns), title=escape(title) or None)
    for row in rows:
        shown.add_row(*(escape(str(cell)) for cell in row))
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


def spell_number(number: int, noun: str) -> str:
    """Return how many of a thing there are."""
    return f"{number} {noun}{'s' * (number != 1)}"


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
