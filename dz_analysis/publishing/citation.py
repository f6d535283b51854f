"""How the suite is cited: from `CITATION.cff`, in the form that a language's papers use.

In: `CITATION.cff` of the checkout, or the copy that a wheel brings. Out: a line.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dz_analysis import paths
from dz_analysis.language import say

NAME = "CITATION.cff"


def find_citation() -> Path:
    """Return `CITATION.cff`: a wheel brings it inside the package, a checkout has it above.

    Raises
    ------
    FileNotFoundError
        If it is in neither place.
    """
    places = (paths.PACKAGE / NAME, paths.PACKAGE.parent / NAME)
    for file in places:
        if file.is_file():
            return file
    msg = say(
        "No {name}: looked for {places} and {places_2}. Install dz-analysis anew.",
        name=NAME,
        places=places[0],
        places_2=places[1],
    )
    raise FileNotFoundError(msg)


@cache
def read_citation() -> dict[str, Any]:
    """Read `CITATION.cff`: title, authors, version, day of release, and addresses if it has some.

    Returns
    -------
    dict
        As the file has them; `authors` as one text.
    """
    told: dict[str, Any] = yaml.safe_load(find_citation().read_text(encoding="utf-8"))
    return {**told, "authors": ", ".join(_name(author) for author in told["authors"])}


def cite() -> str:
    """Return how to cite the suite: as APA has it, in Chinese as GB/T 7714.

    Examples
    --------
    >>> cite().startswith("The dz_analysis developers (20"), cite().count("Computer software")
    (True, 1)
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     "[CP]" in cite()
    True
    """
    told = read_citation()
    line = say(
        "{authors} ({year}). {title} (version {version}) [Computer software].",
        authors=told["authors"],
        year=str(told["date-released"])[:4],
        title=told["title"],
        version=told["version"],
    )
    address = f"https://doi.org/{told['doi']}" if told.get("doi") else told.get("repository-code")
    return f"{line} {address}" if address else line


def _name(author: dict[str, str]) -> str:
    whole = author.get("name") or ""
    parts = [author.get("family-names", ""), author.get("given-names", "")]
    return whole or ", ".join(filter(None, parts))
