"""Places that stand where a name would: taken off it, and kept for the region.

In: the words of a head or a name, and the places that the text names. Out: the words without the
place, and the place.
"""

from __future__ import annotations

from dz_analysis.finding.catalogue import listed_id
from dz_analysis.finding.name.forms import term
from dz_analysis.finding.name.nouns import strip_end, strip_start, words_of
from dz_analysis.finding.place.words import form as place_form
from dz_analysis.lexicon import Words
from dz_analysis.lexicon import words as listed

LONGEST_PLACE = 12  # characters of the longest name of a place that a head may begin with
LEADING = 6  # characters of 今年 and 全年 that may stand before it
_OF = term("of")


def split_leading_place(head: str, places: Words) -> tuple[str, str]:
    """Take a place off a head where its first sign reads as a word: 达 of 达州市, 均 of 均县.

    Returns
    -------
    head, place : str
        The place is blank where none is taken off.
    """
    if not places.may_begin(head[:LEADING]):
        return head, ""
    for at in range(min(len(head), LEADING)):
        if at and strip_start(head[:at]):
            return head, ""
        place = next(iter(places.all_at_start(head[at:], 3, LONGEST_PLACE)), "")
        if place and strip_start(place) != place and len(head) > at + len(place) + 1:
            return head[at + len(place) :], place
    return head, ""


def opens_with_own_place(words: str) -> bool:
    """Whether words tell first of the document's own place, or of one above it.

    Examples
    --------
    >>> opens_with_own_place("全镇共有"), opens_with_own_place("全域旅游")
    (True, False)
    """
    return place_form("own").match(words.lstrip()) is not None


def split_place(words: str, places: Words) -> tuple[str, str]:
    """Take the name of a place off the front of a noun: 未央区新增 is told of 未央区.

    Returns
    -------
    noun, place : str
        The place is blank where none is taken off.

    Examples
    --------
    >>> split_place("未央区新增企业", Words(["未央区"]))
    ('新增企业', '未央区')
    """
    if not places.at_start(words):  # as most: names no place
        return words, ""
    for place in places.all_at_start(words, 2, min(len(words) - 1, LONGEST_PLACE)):
        length = len(place)
        is_word = (
            length < 3
            and place[-1] not in words_of("place_signs")
            and not words_of("kept_verbs").at_start(words, length)
        )
        if _is_indicator(words[length:]) or (
            not is_word
            and not _starts_word(words, length)
            and not words.startswith(term("one"), length)
        ):
            return strip_start(words[length:]) or words, place
    return words, ""


def _is_indicator(words: str) -> bool:
    """Whether words behind the short name of a place are an indicator that it is told of."""
    return bool(listed("place_words", "short.after").at_start(words) and listed_id(words))


def _starts_word(words: str, at: int) -> bool:
    """Whether what follows a place makes another word of it: 某县第一中学, 某县人民医院."""
    return bool(words_of("place_compounds").at_start(words, at))


def strip_apposition(name: str, places: Words) -> str:
    """Return what follows a place that is told of first: 最大的粮食基地甲省播种面积."""
    at = name.find(_OF)
    while 0 < at < len(name) - 4:
        at += 1
        place = places.at_start(name, at)
        if len(place) > 2 and len(name) - at - len(place) > 1:
            return name[at + len(place) :]
    return name


def strip_place(name: str, place: str, topic: str, places: Words) -> tuple[str, str]:
    """Take the name of a place off the front of a name: the region says it.

    Where nothing else is left (东河县均增长5%), the name is what was told last.

    Parameters
    ----------
    name : str
        The name as a frame reads it.
    place : str
        The place that stood in it so far, or blank.
    topic : str
        What was told last: the name where only a place is left.
    places : Words
        The places that the text names.

    Returns
    -------
    name, place : str
        The name without the place, and the place that stood in it, or blank.
    """
    begins = places.at_start(name)
    if not begins and _OF not in name:  # as most: no place stands in it
        return name, place
    if begins:
        for found in places.all_at_start(name, 3, min(len(name) - 2, LONGEST_PLACE)):
            if not _starts_word(name, len(found)):
                return strip_start(name[len(found) :]) or name, place or found
    if _OF in name:
        name = strip_apposition(name, places).lstrip(_OF) or name
    is_place = strip_end(name) in places and not name.endswith(term("ranking_end"))
    return (topic, name) if topic and is_place else (name, place)
