"""An archive of strangers, opened: within bounds, and nothing of it outside of its folder.

In: a ZIP or the folder that it was unpacked to. Out: the folder, for as long as it is needed, or an
`ArchiveError` that says what is wrong and what to do.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from dz_analysis import paths
from dz_analysis.archiving.crate import CRATE, LAYOUT, LAYOUT_ID, METADATA, SUMS
from dz_analysis.language import mark, say, translate
from dz_analysis.reading import PageError
from dz_analysis.reading.bounds import ARCHIVE_BYTES, ARCHIVE_FILES

_PIECE = 2**20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_AGAIN = mark("copy it again from where it came, or ask for it anew")


class ArchiveError(ValueError):
    """An archive that cannot be opened: what was found, and the cure."""


def is_archive(name: str) -> bool:
    """Say whether what `dz verify` is given names an archive and no corpus.

    Examples
    --------
    >>> is_archive("dezhou"), is_archive("dezhou.zip"), is_archive(".")
    (False, True, True)
    """
    path = Path(name)
    return path.suffix.lower() == ".zip" or len(path.parts) != 1 or (path / METADATA).is_file()


@contextmanager
def open_archive(file: Path) -> Iterator[Path]:
    """Give the folder of an archive; that of a ZIP is gone afterwards.

    Raises
    ------
    FileNotFoundError
        If there is no such file or folder.
    ArchiveError
        If it is cut or no ZIP, too large, a name leads out of it or stands twice, or it is no
        archive of ours.
    """
    if file.is_dir():
        yield file.resolve()
        return
    if not file.is_file():
        msg = say(
            "No archive {file}: expected a ZIP made by dz archive, or the folder of one.", file=file
        )
        raise FileNotFoundError(msg)
    with tempfile.TemporaryDirectory(prefix="dz-archive-") as folder:
        place = Path(folder).resolve()
        try:
            with zipfile.ZipFile(file) as packed:
                _unpack(packed, file, place)
        except PageError as error:
            msg = say("{file}: {error}", file=file, error=error)
            raise ArchiveError(msg) from error
        except _DAMAGE as error:
            size = file.stat().st_size
            msg = say(
                "{file} ({size:,} bytes) is cut, damaged or no ZIP ({error}): {again}.",
                file=file,
                size=size,
                error=error,
                again=translate(_AGAIN),
            )
            raise ArchiveError(msg) from error
        yield place


def read_description(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the description of an archive: its nodes by their ids.

    Raises
    ------
    ArchiveError
        If there is none, it is damaged, or of a version that is not known here.
    """
    file = folder / METADATA
    if not file.is_file():
        msg = say(
            "{folder} holds no {metadata}: it is no archive of dz archive, or not its top folder.",
            folder=folder,
            metadata=METADATA,
        )
        raise ArchiveError(msg)
    try:
        graph = json.loads(file.read_text(encoding="utf-8"))["@graph"]
        nodes: dict[str, dict[str, Any]] = {node["@id"]: node for node in graph}
        told = nodes[METADATA]["conformsTo"]["@id"].rpartition("/")[2]
        layout = nodes[LAYOUT_ID]["value"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = say(
            "{metadata} is damaged, or another program's ({error!r}): {again}.",
            metadata=METADATA,
            error=error,
            again=translate(_AGAIN),
        )
        raise ArchiveError(msg) from error
    for what, found, known in (("RO-Crate", told, CRATE), ("archive layout", layout, str(LAYOUT))):
        if found != known:
            msg = say(
                "{metadata}: {what} {found!r} is not known here, expected {known!r}: install the "
                "dz_analysis that it was made with (requirements.lock), or a newer one.",
                metadata=METADATA,
                what=what,
                found=found,
                known=known,
            )
            raise ArchiveError(msg)
    return nodes


def read_sums(folder: Path) -> dict[str, str]:
    """Read the checksums of an archive, by the names of its files.

    Raises
    ------
    ArchiveError
        If there are none, a line is none, or a name leads out of the archive.
    """
    file = folder / SUMS
    if not file.is_file():
        msg = say("{sums} is missing: {again}.", sums=SUMS, again=translate(_AGAIN))
        raise ArchiveError(msg)
    sums = {}
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        digits, sign, name = line.partition("  ")
        if len(digits) != 64 or not sign or not name:
            msg = say(
                "{sums} line {number} is no checksum with a name: {again}.",
                sums=SUMS,
                number=number,
                again=translate(_AGAIN),
            )
            raise ArchiveError(msg)
        sums[check_way(name, SUMS)] = digits
    return sums


def check_way(name: str, where: object) -> str:
    """Return the name of a file in an archive if it stays inside.

    Raises
    ------
    ArchiveError
        If it leads out of it, or no system can hold it.

    Examples
    --------
    >>> check_way("data/某县/documents.csv", "a.zip")
    'data/某县/documents.csv'
    """
    way = PurePosixPath(name)
    if way.is_absolute() or not way.parts or not all(map(paths.is_plain_name, way.parts)):
        msg = say(
            "{where}: {name!r} leads out of the archive, or is no name of a file: nothing of it "
            "was unpacked. Don't trust it; ask those it comes from.",
            where=where,
            name=name,
        )
        raise ArchiveError(msg)
    return way.as_posix()


def _unpack(packed: zipfile.ZipFile, file: Path, place: Path) -> None:
    """Unpack all entries, after the name of each has been looked at."""
    entries = [entry for entry in packed.infolist() if not entry.is_dir()]
    ARCHIVE_FILES.check(len(entries))
    ARCHIVE_BYTES.check(sum(entry.file_size for entry in entries))
    names = [check_way(entry.filename, file) for entry in entries]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        msg = say(
            "{file}: {twice!r} stands in it twice: {again}.",
            file=file,
            twice=twice[0],
            again=translate(_AGAIN),
        )
        raise ArchiveError(msg)
    whole = 0
    for entry, name in zip(entries, names, strict=True):
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with packed.open(entry) as source, target.open("wb") as made:
                while piece := source.read(_PIECE):
                    whole += len(piece)
                    ARCHIVE_BYTES.check(whole)
                    made.write(piece)
        except _DAMAGE as error:
            msg = say(
                "{file}: {name} is damaged ({error}): {again}.",
                file=file,
                name=name,
                error=error,
                again=translate(_AGAIN),
            )
            raise ArchiveError(msg) from error
