"""The command `dz`: what a researcher types.

In: a command line.
Out: files, tables on the terminal, and an exit code: 0 done, 1 done but some documents were set
aside or corrections not applied (or, for `dz doctor`, are to be looked at), 2 could not be done,
3 done but for documents that met a fault of ours. Progress is drawn on a terminal only, and on
stderr; the traces of faults go to `build/dz.log`. The commands themselves stand in `commands`.
"""

from __future__ import annotations

import gc
import sys

from dz_analysis.commands import app
from dz_analysis.commands.ending import FAILED, logged
from dz_analysis.commands.terminal import err
from dz_analysis.language import say

__all__ = ["app", "main"]


def main() -> None:
    """Run the command; a fault that has a cure is told in words, not as a traceback."""
    # Word lists and tables are many objects that live on: looking for rings in them is idle work.
    gc.set_threshold(100_000, 20, 20)
    try:
        with logged():
            app()
    except (FileNotFoundError, ValueError) as error:
        err.print(f"dz: {error}", markup=False)
        sys.exit(FAILED)
    except OSError as error:
        from dz_analysis.sharding import say_cure

        name, cure = error.filename or say("a file"), say_cure(error)
        told = say("Could not use {file}: {cure}.", file=name, cure=cure)
        err.print(f"dz: {told}", markup=False)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
