"""The words of the site's interface: one catalogue a language, the same keys in each.

In: a language. Out: key to words, as `page/words/<language>.toml` has them; names in braces are
filled in where the words are shown.
"""

from __future__ import annotations

import tomllib
from functools import cache

from dz_analysis import paths
from dz_analysis.language import say

FOLDER = paths.PACKAGE / "suite" / "page" / "words"


def list_languages() -> tuple[str, ...]:
    """Return the languages that the interface speaks.

    Examples
    --------
    >>> list_languages()
    ('en', 'zh')
    """
    return tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


@cache
def load_words(language: str) -> dict[str, str]:
    """Return the words of the interface in one language.

    Parameters
    ----------
    language : str
        One of `list_languages`.

    Returns
    -------
    dict of str to str
        A key is the table of the file, a point, and the name in it: ``"status.target"``.

    Raises
    ------
    ValueError
        If the interface does not speak the language.

    Examples
    --------
    >>> load_words("zh")["status.target"], load_words("en")["status.target"]
    ('目标', 'target')
    """
    if language not in list_languages():
        msg = say(
            "Unknown language {language!r} of the site; expected one of {list_languages}.",
            language=language,
            list_languages=list_languages(),
        )
        raise ValueError(msg)
    with (FOLDER / f"{language}.toml").open("rb") as file:
        groups = tomllib.load(file)
    return {f"{group}.{name}": text for group in groups for name, text in groups[group].items()}
