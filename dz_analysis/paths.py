"""Where the project's folders are.

In: nothing but the place of the package, the working folder and two environment variables.
Out: `pathlib.Path` objects. `DZ_HOME` names the project folder (with `data/` and `notebooks/`),
`DZ_TEXTS` one or several folders of pages that may not be kept inside a corpus.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dz_analysis.harmless import CONTROLS, TURNS
from dz_analysis.language import say

PACKAGE = Path(__file__).resolve().parent
LEXICON = PACKAGE / "lexicon"
# What a wheel brings for a project folder; a checkout is one and has no such folder.
SHIPPED = PACKAGE / "project"
PARTS = ("data", "notebooks")


# What Windows takes for a device, whatever ending it has.
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
# What no name of a file may hold on every system, as a pattern.
UNUSABLE = rf'[{CONTROLS}\x09-\x0d{TURNS}<>:"|?*/\\]'
_UNUSABLE = re.compile(rf"{UNUSABLE}|[. ]$")


def is_plain_name(name: str) -> bool:
    r"""Say whether a name can be that of a file or folder on every system, and is no way elsewhere.

    Examples
    --------
    >>> list(filter(is_plain_name, ("a.txt", "某县", "..", "a/b", "c:", "nul.txt", "a.")))
    ['a.txt', '某县']
    """
    return bool(name) and not _UNUSABLE.search(name) and not is_device(name)


def is_device(name: str) -> bool:
    """Say whether Windows takes a name for a device, whatever its ending.

    Examples
    --------
    >>> is_device("NUL.txt"), is_device("null.txt")
    (True, False)
    """
    return bool(_DEVICE.fullmatch(name.rstrip(". ")))


def project_dir() -> Path:
    """Return the project folder: the one that holds `data/` and `notebooks/`.

    `DZ_HOME` wins; then the folder above the package (a checkout), then the working folder and
    the ones above it, so that a notebook started anywhere finds the same place.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    FileNotFoundError
        If no such folder is found.
    """
    named = os.environ.get("DZ_HOME")
    if named:
        return Path(named).expanduser().resolve()
    here = Path.cwd().resolve()
    for folder in (PACKAGE.parent, here, *here.parents):
        if is_project(folder):
            return folder
    msg = say(
        "No project folder found from {here}: expected one that holds data/ and notebooks/. Run "
        "from inside the project, or name it in the environment variable DZ_HOME; `dz new NAME "
        "PAGES` and `dz lab` make one in the working folder.",
        here=here,
    )
    raise FileNotFoundError(msg)


@contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """Take a folder for the project folder as long as this lasts; `data/` is made in it."""
    before = os.environ.get("DZ_HOME")
    for name in ("data", "notebooks"):
        (folder / name).mkdir(exist_ok=True)
    os.environ["DZ_HOME"] = str(folder)
    try:
        yield
    finally:
        del os.environ["DZ_HOME"]
        if before is not None:
            os.environ["DZ_HOME"] = before


def is_project(folder: Path) -> bool:
    """Say whether a folder holds `data/` and `notebooks/`."""
    return all((folder / part).is_dir() for part in PARTS)


def is_checkout() -> bool:
    """Say whether the package runs from a checkout, which is a project folder itself."""
    return (PACKAGE.parent / "pyproject.toml").is_file()


def make_project() -> Path | None:
    """Make the project folder if there is none and the package brings what belongs into it.

    It is the folder that `DZ_HOME` names, or the working folder. Files that are there stay.

    Returns
    -------
    pathlib.Path or None
        The folder, if it was made.
    """
    try:
        folder = project_dir()
    except FileNotFoundError:
        folder = Path.cwd().resolve()
    if is_project(folder) or not SHIPPED.is_dir():
        return None
    for file in sorted(file for file in SHIPPED.rglob("*") if file.is_file()):
        target = folder / file.relative_to(SHIPPED)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return folder


def data_dir() -> Path:
    """Return the folder that holds one folder a corpus."""
    return project_dir() / "data"


def corpus_dir(corpus: str) -> Path:
    """Return the folder of one corpus (it need not exist yet).

    Raises
    ------
    ValueError
        If the name leads elsewhere than to a folder of `data/`.
    """
    return data_dir() / _folder_name(corpus)


def _folder_name(corpus: str) -> str:
    """Return the name of a corpus if it is that of a folder; blank stands for all corpora."""
    if corpus and not is_plain_name(corpus):
        msg = say(
            "{corpus!r} can't name a corpus: expected the name of a folder under data/, of "
            "letters, digits, - and _.",
            corpus=corpus,
        )
        raise ValueError(msg)
    return corpus


def tables_dir(corpus: str) -> Path:
    """Return the folder of a corpus's measured tables."""
    return corpus_dir(corpus) / "tables"


def named_texts() -> tuple[Path, ...]:
    """Return the folders that `DZ_TEXTS` names, joined there as the folders of `PATH` are.

    A relative one counts from the working folder, or, where a notebook's kernel works elsewhere,
    from the project folder.
    """
    named = os.environ.get("DZ_TEXTS", "").split(os.pathsep)
    given = [Path(name.strip()).expanduser() for name in named if name.strip()]
    return tuple((path if path.is_dir() else project_dir() / path).resolve() for path in given)


def texts_dirs(corpus: str) -> tuple[Path, ...]:
    """Return the folders in which a corpus's pages may lie, the first to be looked into first.

    A corpus's own `texts/` is the only one where it exists. Otherwise pages that may not be copied
    can stay where they are: in a folder called as the corpus that stands in one of those that
    `DZ_TEXTS` names (`<corpus>/texts`, `<corpus>/pages` or `<corpus>` itself), or in one of those
    themselves.
    """
    own = corpus_dir(corpus) / "texts"
    if own.is_dir():
        return (own,)
    named = named_texts()
    inside = [
        place
        for folder in named
        for place in (folder / corpus / "texts", folder / corpus / "pages", folder / corpus)
    ]
    return (*inside, *named, own)


def notebooks_dir() -> Path:
    """Return the folder of the published notebooks."""
    return project_dir() / "notebooks"


def figures_dir(corpus: str) -> Path:
    """Return the folder of a corpus's published figures."""
    return project_dir() / "figures" / _folder_name(corpus)


def build_dir(corpus: str) -> Path:
    """Return the folder that a run's own notebooks and site are written to."""
    return project_dir() / "build" / _folder_name(corpus)
