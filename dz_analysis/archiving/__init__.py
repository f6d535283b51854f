"""A corpus handed on whole, and proved elsewhere: an RO-Crate of data, notebooks and figures.

In: a corpus that was measured, with its notebooks run. Out: a ZIP that holds what its answers rest
on, described as a Process Run Crate; and of such a ZIP, or its folder, whether all of it holds.

The modules in the way of an archive; each group knows only those above it.

======  ==========================================================================
make    `parts` (which files, and what they are for), `crate` (the description),
        `make` (the ZIP)
prove   `opened` (unpacked within bounds, nothing outside of its folder), `verify`
======  ==========================================================================
"""

from dz_analysis.archiving.make import make_archive
from dz_analysis.archiving.opened import ArchiveError, is_archive
from dz_analysis.archiving.verify import Check, verify_archive

__all__ = ["ArchiveError", "Check", "is_archive", "make_archive", "verify_archive"]
