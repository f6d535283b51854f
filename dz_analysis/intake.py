"""The pages that a person names: files, folders in folders, patterns, zip archives.

In: what stands on a command line. Out: `Incoming` pages, each with the name that it gets in the
folder of texts, and `Taken`, which says what was left out and why. Nothing is written but the files
of an archive, into a folder that is gone afterwards; how much of one is unpacked `reading.bounds`
says.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dz_analysis import paths
from dz_analysis.language import say
from dz_analysis.reading.bounds import ARCHIVE_BYTES, ARCHIVE_FILES, FILE
from dz_analysis.reading.packing import BROKEN_ZIP
from dz_analysis.reading.source import PageError

MANIFEST = "documents.csv"
ARCHIVE = ".zip"
_PATTERN = re.compile(r"[*?\[]")
_COMPANION = re.compile(r"(?i)(.+)(?:_files|\.files|_文件)")  # what a browser saves beside a page
_SYSTEM = ("thumbs.db", "desktop.ini", "__macosx")
_UTF8_NAME = 0x800  # the flag of a file in an archive whose name is UTF-8
_PIECE = 2**20
_UNPACK = "unpack it and name the folder, and what it says is taken over"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A page: the file, its way inside the folder or archive named, its name among the texts."""

    file: Path
    inside: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The pages taken, by name, what was left out, and the names that stand in several forms."""

    pages: tuple[Incoming, ...]
    left: tuple[str, ...] = field(default=())

    @property
    def twins(self) -> tuple[tuple[str, ...], ...]:
        """The pages of one stem, such as a page saved as html and as pdf."""
        stems: dict[str, list[str]] = {}
        for page in self.pages:
            stems.setdefault(Path(page.name).stem, []).append(page.name)
        return tuple(tuple(names) for _, names in sorted(stems.items()) if len(names) > 1)


@contextmanager
def take_in(files: Iterable[Path]) -> Iterator[Taken]:
    """Gather the pages that a person names; files of archives are there as long as this lasts.

    A folder stands for the files in it, those in its folders too; a pattern (``*.html``,
    ``**/*.pdf``) for what it matches, also where the shell does not expand it; a zip archive for
    its files. A page named twice is taken once. Where pages in several folders have one name, it is
    put together with that of the folder. What a browser saves beside a page is left out.

    Raises
    ------
    FileNotFoundError
        If a page does not exist, a folder holds no file, or a pattern matches none.
    ValueError
        If a page may not be read, or two have one name for all that.
    """
    with tempfile.TemporaryDirectory(prefix="dz-") as folder:
        left: list[str] = []
        found: dict[Path, Incoming] = {}
        for number, file in enumerate(_without_system(list(_expand(files)), left)):
            for page in _pages_of(file, Path(folder) / str(number), left):
                found.setdefault(page.file.resolve(), page)
        pages = list(found.values())
        _refuse_unusable(pages)
        yield Taken(_name_pages(pages), tuple(left))


def list_files(folder: Path) -> list[Path]:
    """List the files of a folder in the order of their names, but for a manifest and hidden ones.

    Files that end as no page does are among them, and links that lead nowhere: they are set aside
    with the reason, not passed over in silence.
    """
    return sorted(
        entry for entry in folder.iterdir() if not (entry.is_dir() or _is_hidden(entry.name))
    )


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == MANIFEST or name.lower() in _SYSTEM


def _expand(files: Iterable[Path]) -> Iterator[Path]:
    """Yield what is named, a pattern as what it matches in the order of names."""
    for file in files:
        plain = file.expanduser()
        if plain.exists() or not _PATTERN.search(str(plain)):
            yield plain
            continue
        folder = Path(plain.anchor)
        matched = sorted(folder.glob(str(plain.relative_to(folder))))
        if not matched:
            msg = say(
                "No page matches {plain}: look at the folder's name, and at the ending.",
                plain=plain,
            )
            raise FileNotFoundError(msg)
        yield from map(Path, matched)


def _without_system(named: Sequence[Path], left: list[str]) -> Iterator[Path]:
    """Yield what is named, but for what a shell names with it that is no page; say what."""
    for file in named:
        page = _COMPANION.fullmatch(file.name)
        beside = (other.name for other in named if other.parent == file.parent)
        if file.is_file() and file.name == MANIFEST:
            left.append(f"{file}: a manifest; name its folder, and what it says is taken over")
        elif _is_hidden(file.name) and (file.is_file() or file.name.lower() in _SYSTEM):
            left.append(f"{file}: a hidden file; pages have names that are seen")
        elif page and file.is_dir() and any(_is_saved(name, page[1]) for name in beside):
            left.append(f"{file}: what a browser saved beside {page[1]}")
        else:
            yield file


def _pages_of(file: Path, unpacked: Path, left: list[str]) -> list[Incoming]:
    """Return the pages that one file, folder or archive stands for."""
    if file.is_dir():
        found = list(_walk(_root_of(file), left))
        if not found:
            msg = say("{file} holds no file: name the folder that the pages are in.", file=file)
            raise FileNotFoundError(msg)
        root = _root_of(file)
        pages = [Incoming(one, one.relative_to(root).as_posix()) for one in found]
    else:
        pages = [Incoming(file, f"{file.resolve().parent.name}/{file.name}")]
    whole: list[Incoming] = []
    for number, page in enumerate(pages):
        is_archive = page.file.suffix.lower() == ARCHIVE and page.file.is_file()
        place = unpacked / str(number)
        whole += _unpack(page.file, place, left) if is_archive else [page]
    return whole


def _root_of(folder: Path) -> Path:
    """Return where the pages of a folder are: of a corpus its folder of texts."""
    texts = folder / "texts"
    return texts if texts.is_dir() and (folder / MANIFEST).is_file() else folder


def _walk(folder: Path, left: list[str]) -> Iterator[Path]:
    """Yield the files of a folder and of those inside it, but for what goes with a saved page."""
    yield from list_files(folder)
    for entry in sorted(folder.iterdir()):
        if not entry.is_dir() or entry.is_symlink() or _is_hidden(entry.name):
            continue
        page = _COMPANION.fullmatch(entry.name)
        if page and any(_is_saved(other.name, page[1]) for other in folder.iterdir()):
            left.append(f"{entry}: what a browser saved beside {page[1]}")
        elif entry.resolve() != _own_data():
            yield from _walk(entry, left)


def _own_data() -> Path | None:
    """Return the folder of all corpora, whose pages are taken already."""
    try:
        return paths.data_dir().resolve()
    except FileNotFoundError:
        return None


def _unpack(archive: Path, place: Path, left: list[str]) -> list[Incoming]:
    """Unpack the pages of an archive within bounds; of one that is broken say why."""
    try:
        return list(_unpacked(archive, place, left))
    except PageError as error:
        left.append(f"{archive}: {error}")
    except BROKEN_ZIP as error:
        left.append(
            f"{archive}: a broken or locked archive ({error}); unpack it and name the folder"
        )
    return []


def _unpacked(archive: Path, place: Path, left: list[str]) -> Iterator[Incoming]:
    FILE.check(archive.stat().st_size)
    with zipfile.ZipFile(archive) as packed:
        entries = [entry for entry in packed.infolist() if not entry.is_dir()]
        ARCHIVE_FILES.check(len(entries))
        ARCHIVE_BYTES.check(sum(entry.file_size for entry in entries))
        ways = [_plain_way(_name_of(entry)) for entry in entries]
        wanted = set(_wanted_of(ways, archive, left))
        for number, (inside, entry) in enumerate(zip(ways, entries, strict=True)):
            if inside not in wanted:
                continue
            file = place / str(number)
            file.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(entry) as source, file.open("wb") as target:
                size = 0
                while piece := source.read(_PIECE):
                    size += len(piece)
                    FILE.check(size)
                    target.write(piece)
            yield Incoming(file, f"{archive.stem}/{inside}")


def _wanted_of(ways: Sequence[str], archive: Path, left: list[str]) -> Iterator[str]:
    """Yield the files of an archive that may be pages; of others but hidden ones say why not."""
    beside: dict[str, str] = {}
    for inside in ways:
        way = PurePosixPath(inside)
        if way.name == MANIFEST:
            left.append(f"{archive}: {inside} is a manifest in it; {_UNPACK}")
        elif any(map(_is_hidden, way.parts)):
            continue
        elif inside.lower().endswith(ARCHIVE):
            left.append(f"{archive}: {inside} is an archive in it; unpack it and name it")
        elif found := _companion_of(way, ways):
            folder, page = found
            beside[folder] = f"{archive}: {folder}: what a browser saved beside {page}"
        else:
            yield inside
    left += beside.values()


def _companion_of(way: PurePosixPath, ways: Iterable[str]) -> tuple[str, str] | None:
    """Return the folder above a file that goes with a saved page among others, and that page."""
    for folder in way.parents:
        if not (page := _COMPANION.fullmatch(folder.name)):
            continue
        beside = (other for other in map(PurePosixPath, ways) if other.parent == folder.parent)
        if any(_is_saved(other.name, page[1]) for other in beside):
            return str(folder), page[1]
    return None


def _is_saved(name: str, page: str) -> bool:
    """Whether a file is a page of some name as a browser saves it."""
    return name.startswith(f"{page}.") and "htm" in name[len(page) + 1 :].lower()


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of a file in an archive; without the flag of UTF-8 it may be GB18030 too."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    for charset in ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(charset)
        except UnicodeError:
            continue
    return entry.filename


def _plain_way(name: str) -> str:
    """Return the way of a file inside an archive, without steps out of it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("/", "..", ".")) or "page"


def _refuse_unusable(pages: Iterable[Incoming]) -> None:
    listed = [page.file for page in pages]
    missing = [str(file) for file in listed if not file.is_file()]
    if missing:
        msg = say("No such page: {missing}.", missing=", ".join(missing))
        raise FileNotFoundError(msg)
    locked = [str(file) for file in listed if not os.access(file, os.R_OK)]
    if locked:
        msg = say(
            "May not be read: {locked}. Allow it (chmod u+r), or name the others only.",
            locked=", ".join(locked),
        )
        raise ValueError(msg)


def _name_pages(pages: Sequence[Incoming]) -> tuple[Incoming, ...]:
    """Name pages by their files, those of one name by their folders too."""
    counts = Counter(PurePosixPath(page.inside).name.casefold() for page in pages)
    named = []
    for page in pages:
        way = PurePosixPath(page.inside)
        is_alone = counts[way.name.casefold()] == 1
        name = way.name if is_alone else "-".join(way.parts)
        named.append(Incoming(page.file, page.inside, _usable(name)))
    again = Counter(page.name.casefold() for page in named)
    twice = sorted(page.inside for page in named if again[page.name.casefold()] > 1)
    if twice:
        msg = say(
            "Two files have the name {twice!r}: rename one, or name their folder.", twice=twice[0]
        )
        raise ValueError(msg)
    return tuple(sorted(named, key=lambda page: page.name))


def _usable(name: str) -> str:
    """Return a name that every system takes for a file."""
    if paths.is_plain_name(name):
        return name
    changed = re.sub(paths.UNUSABLE, "_", name)
    return f"_{changed.rstrip('. ')}"
