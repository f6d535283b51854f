"""The commands of `dz`, by subject, and what they print.

In: what was typed, as typer hands it over. Out: files, tables on the terminal, and an exit code.
A room is loaded by the command that needs it: all of them take seconds, and most take one.

========  ==========================================================================
begin     `speaking` (the language of help and errors), `options` (the application, closed
          choices), `terminal` (what is printed), `ending` (exit codes, the log of faults),
          `steps` (what several commands do)
commands  `runs` (run, sweep, lab), `corpora` (new, add, draft, ingest),
          `pages` (extract, repair), `answers` (sql, review, table, check-paper),
          `checks` (doctor, verify, archive)
========  ==========================================================================
"""

from dz_analysis.commands import answers, checks, corpora, pages, runs
from dz_analysis.commands.options import app

__all__ = ["answers", "app", "checks", "corpora", "pages", "runs"]
