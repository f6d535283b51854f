"""Documents that could not be measured, each with its reason; a fault of ours is told apart."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dz_analysis import paths
from dz_analysis.manifest import Document
from dz_analysis.reading import PageError
from dz_analysis.sharding.model import (
    OUR_FAULT,
    SET_ASIDE,
)

_log = logging.getLogger(__package__)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that could not be measured, and why.

    Where the code is to blame and not the page, `is_fault` is set and `trace` says where it failed.
    """

    document: str
    file: str
    reason: str
    is_fault: bool = False
    trace: str = ""
    sha256: str = ""

    @property
    def outcome(self) -> str:
        """How the table of documents tells it."""
        return OUR_FAULT if self.is_fault else SET_ASIDE


def set_aside(document: Document, error: Exception, *, sha256: str = "") -> SetAside:
    """Say why a document could not be measured: a bad page, or a fault of ours.

    Pages are refused with `PageError`, files with `OSError`. Any other error is a fault of ours;
    the reason names the place in the code, not the values, which a reader can do nothing with.

    Examples
    --------
    >>> set_aside(Document("a", "a.txt"), FileNotFoundError()).is_fault
    False
    >>> set_aside(Document("a", "a.txt"), KeyError("b")).is_fault
    True
    """
    if isinstance(error, PageError):
        return SetAside(document.id, document.file, str(error), sha256=sha256)
    if isinstance(error, FileNotFoundError):
        reason = "Found no such page: put it in the folder of texts, or strike its line."
        return SetAside(document.id, document.file, reason)
    if isinstance(error, OSError):
        reason = f"Found a page that cannot be opened ({error.strerror}), expected a file."
        return SetAside(document.id, document.file, reason)
    reason = (
        f"A fault of ours, not of the page: {type(error).__name__} in {_place_of(error)}; "
        "the log has its trace. Please report it."
    )
    trace = "".join(traceback.format_exception(error))
    return SetAside(document.id, document.file, reason, True, trace, sha256)


def log_faults(aside: Iterable[SetAside]) -> None:
    """Log the faults of ours among what was set aside, each with its document and its trace."""
    for one in aside:
        if one.is_fault:
            _log.error("%s (%s): %s\n%s", one.document, one.file, one.reason, one.trace)


def _place_of(error: Exception) -> str:
    """Return the innermost module and function of ours in which an error came up."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(paths.PACKAGE)]
    if not own:
        return "no module of ours"
    return f"{Path(own[-1].filename).relative_to(paths.PACKAGE).as_posix()} ({own[-1].name})"
