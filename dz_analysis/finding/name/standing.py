"""Whether the words of a number name what stands there, and no deed.

五年来，建成学校8所 tells what was done over the years, 五年来，学校96所 what there is at their end.
In: an `Item` and the words of its clause behind it. Out: yes or no.
"""

from __future__ import annotations

import rjieba

from dz_analysis.finding.measure.cues import pointing, strip_links
from dz_analysis.finding.name.forms import term
from dz_analysis.finding.name.naming_state import Item
from dz_analysis.finding.name.nouns import strip_bound, strip_end, strip_start, words_of
from dz_analysis.finding.time.words import form
from dz_analysis.lexicon import Words

VERB = "v"  # the segmenter's tag of a verb
DEEDS = ("flows", "summed", "kept", "changed")  # forms of what is told for all of the years
_ALSO = term("also")
_SIGNS = "、，,；;。（( "


def names_stock(item: Item, behind: str) -> bool:
    """Tell whether the words of a number name what stands there: a noun and nothing that acts.

    Parameters
    ----------
    item : Item
        The number with its name.
    behind : str
        The rest of its clause, past further numbers.
    """
    told = item.view.before
    words = strip_start((item.view.measured.head or told).lstrip(_SIGNS))
    if not words or words.endswith(_ALSO):  # 钒、钛等9种矿产储量居全省前列
        return _is_state(behind)
    if _acts(told):
        return False
    rest = strip_bound(behind)
    is_named_only = not rest or rest[0] in _SIGNS
    return is_named_only and not words_of("act").at_start(words) and _is_noun(words)


def names_given(item: Item) -> bool:
    """Tell whether a number counts people who come whatever is done: 今年高校毕业生3万人.

    It is expected, where a deed (引进高校毕业生3万人) would be promised.
    """
    is_count = item.measured.measure == "level" and item.quantity.kind == "count"
    if not is_count or not words_of("given").at_end(item.name):
        return False
    words = strip_links(strip_start(item.view.before.lstrip(_SIGNS)))[0]
    rest = strip_bound(item.view.behind)
    is_alone = not rest or rest[0] in _SIGNS
    is_named_only = item.name.endswith(words) or words.startswith(item.name)
    return (
        is_alone
        and (is_named_only or words.endswith(item.name))
        and not words_of("act").at_start(words)
    )


def names_total(item: Item) -> bool:
    """Tell whether the words of a number only point back at all that there is: 总数, 总数达."""
    words = item.view.before.lstrip(_SIGNS)
    word = pointing().at_start(words)
    return word.startswith(term("total")) and not strip_end(strip_links(words[len(word) :])[0])


def _acts(told: str) -> bool:
    """Whether words before a number hold one of doing, or end in what is summed up."""
    if words_of("stock.deeds").first_in(told) or words_of("stock.spent").at_end(told):
        return True
    return any(form(deed).search(told) for deed in DEEDS)


def _is_noun(words: str) -> bool:
    """Whether words before a number hold no verb: 财政收入, but not 整治自然村."""
    nominals: Words = words_of("nominals")
    return not words_of("stock.spent").at_end(words) and not any(
        tag == VERB and word not in nominals for word, tag in rjieba.tag(words)
    )


def _is_state(behind: str) -> bool:
    """Whether what stands behind a number says how its noun is: 9个园区位居全省前列."""
    return bool(words_of("stock.states").first_in(behind))
