"""ZIP files that say neither when nor where they were made: the same bytes for the same content.

In: the names and contents of entries, or a ZIP (a workbook, a Word file) as a library wrote it.
Out: the bytes of one without days.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime

NO_DAY = datetime(1980, 1, 1)  # stands where a format asks for a day; the first one that ZIP knows
_UNIX, _PLAIN_FILE = 3, 0o100644
_SAVED_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_zip(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the bytes of a ZIP with entries in the order given, without days or owners.

    Examples
    --------
    >>> write_zip([("a.txt", b"a")]) == write_zip([("a.txt", b"a")])
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in entries:
            add_entry(packed, name, content)
    return buffer.getvalue()


def add_entry(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add an entry that is the same on every system to a ZIP that is being written."""
    entry = zipfile.ZipInfo(name, NO_DAY.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE << 16
    packed.writestr(entry, content)


def forget_days(content: bytes) -> bytes:
    """Return a workbook or Word file that does not say when it was saved: inside, nor in its ZIP.

    Parameters
    ----------
    content : bytes
        As a library wrote it.
    """
    day = NO_DAY.isoformat().encode("ascii") + b"Z"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return write_zip(
            (name, _SAVED_AT.sub(rb"\g<1>" + day, packed.read(name))) for name in packed.namelist()
        )
