"""Messages: English in the code, other languages in a catalogue of gettext's form.

In: a template with named places, such as ``"{met} of {all} are met"``, and what stands there. Out:
the sentence in the language in use. A template is a whole sentence wherever it can be: parts of
sentences that are put together in English order can't be put together in Chinese.
"""

from __future__ import annotations

import gettext
import io
import locale
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

# Babel is loaded by what is told in another language: the command shall answer at once.
if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGES = ("en", "zh")
SOURCE = LANGUAGES[0]  # the language that the code is written in
VARIABLE = "DZ_LANG"
FOLDER = Path(__file__).parent

_chosen = [SOURCE]  # of the process: cells of a notebook may each be a task with its own context
_spoken: ContextVar[str] = ContextVar("language", default="")  # for a while, by `speak`


def language() -> str:
    """Return the language in use: ``"en"`` or ``"zh"``."""
    return _spoken.get() or _chosen[0]


def use_language(code: str) -> str:
    """Choose the language of all that this process tells from here on.

    Parameters
    ----------
    code : str
        One of `LANGUAGES`.

    Returns
    -------
    str
        The same code.

    Raises
    ------
    ValueError
        If it is none of them.

    Examples
    --------
    >>> use_language("fr")
    Traceback (most recent call last):
    ValueError: Unknown language 'fr'; expected one of en, zh.
    """
    _chosen[0] = _check_language(code)
    return code


@contextmanager
def speak(code: str) -> Iterator[None]:
    """Use a language for a while.

    Examples
    --------
    >>> with speak("zh"):
    ...     language()
    'zh'
    >>> language()
    'en'
    """
    token = _spoken.set(_check_language(code))
    try:
        yield
    finally:
        _spoken.reset(token)


def _check_language(code: str) -> str:
    """Return a language's code, and refuse one that is not spoken."""
    if code not in LANGUAGES:
        msg = f"Unknown language {code!r}; expected one of {', '.join(LANGUAGES)}."
        raise ValueError(msg)
    return code


def pick_language(settings: Mapping[str, str] | None = None) -> str:
    """Return the language that a user's settings ask for.

    Parameters
    ----------
    settings : mapping, optional
        By default the environment: `DZ_LANG`, then what the locale is set to.

    Raises
    ------
    ValueError
        If `DZ_LANG` names none of `LANGUAGES`; a locale of another language is English.

    Examples
    --------
    >>> pick_language({"LANG": "zh_CN.UTF-8"}), pick_language({"LANG": "C"})
    ('zh', 'en')
    >>> pick_language({"LANG": "zh_CN.UTF-8", "DZ_LANG": "en"})
    'en'
    """
    given = os.environ if settings is None else settings
    asked = given.get(VARIABLE, "").strip().lower()
    if asked and asked not in LANGUAGES:
        msg = f"{VARIABLE} is {asked!r}; expected one of {', '.join(LANGUAGES)}."
        raise ValueError(msg)
    if asked:
        return asked
    names = [given.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if settings is None and not any(names):  # Windows keeps it elsewhere
        names.append(locale.getlocale()[0] or "")
    first = next((name for name in names if name), "")
    return "zh" if first.lower().startswith(("zh", "chinese")) else SOURCE


def say(template: str, /, **values: object) -> str:
    """Return a message in the language in use.

    Parameters
    ----------
    template : str
        The English message; ``{name}`` stands for one of `values`, as `str.format` takes it.
    **values
        What is filled in.

    Returns
    -------
    str
        In English the template itself, filled in; so is one that the catalogue lacks (a test sees
        to it that it lacks none).

    Examples
    --------
    >>> say("nothing found")
    'nothing found'
    >>> with speak("zh"):
    ...     say("nothing found")
    '未找到结果'
    """
    told = translate(template)
    return told.format(**values) if values else told


def mark(text: str) -> str:
    """Return a text as it stands, which the catalogue holds and `translate` shall be given.

    Examples
    --------
    >>> again = mark("save the page again from where it stands")
    >>> with speak("zh"):
    ...     translate(again)
    '请从原网站重新保存该网页'
    """
    return text


def translate(text: str) -> str:
    """Return what stands for a text of the catalogue in the language in use, such as a help."""
    return text if language() == SOURCE or not text else _translations(language()).gettext(text)


def say_count(count: int, one: str, many: str, /, **values: object) -> str:
    """Return how many of a thing there are, in the language in use.

    Parameters
    ----------
    count : int
        Fills the place ``{n}``, with thousands separated.
    one, many : str
        The English message for one and for any other number.
    **values
        What else is filled in.

    Examples
    --------
    >>> [say_count(number, "{n} place", "{n} places") for number in (0, 1, 1200)]
    ['0 places', '1 place', '1,200 places']
    >>> with speak("zh"):
    ...     say_count(2, "{n} year apart", "{n} years apart")
    '相隔2年'
    """
    if language() == SOURCE:
        told = one if count == 1 else many
    else:
        told = _translations(language()).ngettext(one, many, count)
    return told.format(n=f"{count:,}", **values)


def look_up(context: str, word: str) -> str:
    """Return what stands for a term in a context, or the term itself where nothing does."""
    return _translations(language()).pgettext(context, word)


def read_catalogue(code: str) -> Catalog:
    """Read the catalogue of a language as it lies beside this file.

    Returns
    -------
    babel.messages.catalog.Catalog
    """
    from babel.messages.pofile import read_po

    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


@cache
def _translations(code: str) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo

    buffer = io.BytesIO()
    write_mo(buffer, read_catalogue(code))
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
