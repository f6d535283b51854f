"""The unit of a number that states none, where its name leaves no doubt: 总人口70.01万.

In: the name and the number as it stands. Out: the unit, blank where the name does not tell.
A number without a magnitude is never given one: 第一产业12 may be anything.
"""

from __future__ import annotations

from dz_analysis.finding.catalogue import base_unit
from dz_analysis.finding.name.nouns import words_of
from dz_analysis.finding.units import kind_of
from dz_analysis.lexicon import values, words


def noun_as_unit(name: str, text: str, end: int) -> str:
    """Return the noun behind a number that is its own unit, blank if there is none.

    Examples
    --------
    >>> noun_as_unit("镇", "全县辖4镇", 4), noun_as_unit("企业", "4企业", 1)
    ('镇', '')
    """
    return name if name in words_of("noun_units") and text.startswith(name, end) else ""


def implied_unit(name: str, quote: str, *, corpus: str = "") -> str:
    """Return the unit that a name implies for a number in 万 or 亿.

    Parameters
    ----------
    name : str
        What the number measures.
    quote : str
        The number as it stands, without a unit.
    corpus : str, optional
        The corpus whose own catalogue is asked as well.

    Returns
    -------
    str
        元 or 人, blank if the name implies neither: what counts people by another noun (师生, 农户)
        has no unit.

    Examples
    --------
    >>> implied_unit("总人口", "70.01万"), implied_unit("进出口总额", "300亿")
    ('人', '元')
    >>> implied_unit("师生", "1.2万"), implied_unit("总人口", "46")
    ('', '')
    """
    written = quote.strip()
    more = words("numerals", "more").at_end(written)
    if not words("numerals", "large").at_end(written.removesuffix(more)):
        return ""
    if end := words_of("implies_unit").at_end(name):
        return values("name_words", "implies_unit")[end]
    unit = base_unit(name, corpus=corpus) or ""
    return unit if kind_of(unit) == "money" else ""
