"""On what basis a growth rate or a level is told: 同口径, 扣除…因素, 普查修订.

In: observations and the text that they were found in. Out: the same, with the basis in `of`. A
growth on a basis of its own is never held against one without; a revised value wins over the
others (`comparing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from dz_analysis.finding.model import Observation
from dz_analysis.finding.units import kind_of
from dz_analysis.lexicon import values, words

_ENDS = "。；;！!？?\n"
EACH = "每"
FEW = 3  # things that no several places can share
# 1957年比1952年将有如下的增长：…
_LEAD_YEAR = re.compile(
    r"[比较](?P<year>(?:\d{4}|[一二三四五六七八九〇○零]{4})年)[^，,：:\d]{0,16}[：:]\s*[^，,：:\d]*$"
)
_END = re.compile(f"[{_ENDS}]")
_BRACKET = re.compile(r"[（(]([^（()）\d]{1,24})[)）]")
RATES = ("%", "倍")
REVISABLE = ("level", "growth", "ratio")


def state_bases(text: str, observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Add to observations the basis that the text tells of them.

    A basis stands between a growth rate and the growth rate before it in the sentence, or in a
    bracket right behind it; what lists join shares it. Prices count only where the sentence has
    the same growth at other prices too: that real growth is real goes without saying. A revision
    (经普查修订) counts for every value told behind it. A basis that opens the sentence in a clause
    of its own (按可比口径计算，…), or with the year compared with before a colon (比2015年有较大
    增长：…), counts for the whole list. What each of several places is to have (每县新建2所学校) is
    told of each, and no sum for the place of the document.

    Parameters
    ----------
    text : str
        The text of which `text[row.start:row.end] == row.quote`.
    observations : sequence of Observation
        In text order.

    Returns
    -------
    tuple of Observation
        The same rows in the same order; only a blank `of` is filled.

    Examples
    --------
    >>> from dz_analysis.finding import find_observations, tag_document
    >>> text = "2019年，税收下降2.1%，扣除减税因素后增长4%，同口径增长3.2%。"
    >>> rows = find_observations(text, context=tag_document(text))
    >>> [(row.quote, row.of) for row in state_bases(text, rows)]
    [('2.1%', ''), ('4%', '扣除减税因素'), ('3.2%', '同口径')]
    """
    stated: list[Observation] = []
    since = 0  # the end of the number before
    for sentence in _split_sentences(text, observations):
        led = [*_state_lead(text, _state_in_sentence(text, sentence, since), since)]
        stated += _state_each(text, _state_prices(text, led), since)
        since = sentence[-1].end
    return tuple(stated)


def _split_sentences(text: str, rows: Sequence[Observation]) -> Iterator[list[Observation]]:
    """Return the rows of each sentence."""
    sentence: list[Observation] = []
    for row in rows:
        if sentence and _END.search(text, sentence[-1].end, row.start):
            yield sentence
            sentence = []
        sentence.append(row)
    if sentence:
        yield sentence


def _state_in_sentence(text: str, rows: Sequence[Observation], behind: int) -> list[Observation]:
    """Return the rows of a sentence with scopes, what is left out, and revisions in `of`.

    The sentence begins somewhere behind the offset given.
    """
    ends = [text.rfind(sign, behind, rows[0].start) for sign in _ENDS]
    begin = 1 + max(ends) if max(ends) >= 0 else behind
    revised = words("audit", "bases.revised")
    is_revised = bool(revised.first_in(text[begin : rows[-1].start]))
    stated: list[Observation] = []
    since, last = begin, begin  # the end of the growth before, and of the number before
    for row in rows:
        before = text[since : row.start]
        basis = _read_scope(before, text, row.end) if _is_growth(row) else ""
        if _is_growth(row) and stated and row.start - last == 1:
            basis = basis or stated[-1].of  # 同口径分别增长3%、5%
        if is_revised and row.measure in REVISABLE:
            basis = basis or revised.first_in(text[begin : row.start])
        stated.append(row._replace(of=row.of or basis))
        last = row.end
        since = row.end if _is_growth(row) else since
    return stated


def _state_lead(text: str, rows: Sequence[Observation], behind: int) -> Iterator[Observation]:
    """Return the rows of a sentence; growth in a list has the basis that opens the sentence."""
    lead = text[_begin(text, rows[0].start, behind) : rows[0].start]
    scope = _lead_scopes().match(lead)
    base = _LEAD_YEAR.search(lead)
    basis = scope["basis"] if scope else base["year"] if base else ""
    is_led = True
    for row in rows:
        is_led = is_led and row.of in ("", basis)
        yield row._replace(of=basis) if basis and is_led and _is_growth(row) else row


def _begin(text: str, start: int, behind: int) -> int:
    """Return where the sentence of an offset begins, not before another offset."""
    return max(behind, 1 + max(text.rfind(sign, behind, start) for sign in _ENDS))


@cache
def _lead_scopes() -> re.Pattern[str]:
    """Return what finds a scope that fills the first clause: 按可比口径计算，."""
    return re.compile(
        rf"\s*[^，,：:\d]{{0,6}}?(?P<basis>{_scopes().pattern})[^，,：:\d]{{0,4}}[，,：:]"
    )


def _state_each(text: str, rows: Iterable[Observation], behind: int) -> Iterator[Observation]:
    """Return the rows of a sentence; counts for each of several places say so in `of`."""
    since = behind
    for row in rows:
        told = _each().search(text, max(since, _begin(text, row.start, behind)), row.start)
        since = row.end
        is_count = row.measure == "level" and not row.of and kind_of(row.unit) == "count"
        yield row._replace(of=told["each"]) if told and is_count and _is_dealt(row, told) else row


def _is_dealt(row: Observation, told: re.Match[str]) -> bool:
    """Whether each place has a count of its own: 每, or 各 with few or with 至少.

    各县新建学校120所 is their sum.
    """
    is_sure = told["each"].startswith(EACH) or words("audit", "bases.dealt").first_in(told["does"])
    return bool(is_sure) or row.value_high is not None or row.value <= FEW


@cache
def _each() -> re.Pattern[str]:
    """Return what finds the places that each have a count, in its clause."""
    listed = sorted(values("audit", "bases.each").items(), key=lambda one: (-len(one[0]), one))
    places = "|".join(f"{place}(?![{unless}])" if unless else place for place, unless in listed)
    summed = words("audit", "bases.summed").pattern
    return re.compile(
        rf"(?P<each>(?:{EACH}个?|各)(?:{places})(?:（[^（）\d]*）)?)(?P<does>(?:(?!{summed})[^，,。；;\d])*)$"
    )


def _is_growth(row: Observation) -> bool:
    return row.measure == "growth" and row.unit in RATES


def _read_scope(before: str, text: str, end: int) -> str:
    """Return the basis told before a growth rate, else in a bracket right behind it."""
    bracket = _BRACKET.match(text, end)
    found = _scopes().findall(before) or _scopes().findall(bracket[1] if bracket else "")
    return found[-1] if found and found[-1] not in words("audit", "bases.prices") else ""


@cache
def _scopes() -> re.Pattern[str]:
    """Return what finds a scope by its name, or an opener with what is left out."""
    left_out = words("name_words", "leaving_out").pattern
    ends = words("audit", "bases.left_out").pattern
    # what is left out by 后 alone (扣除减税后) is told without it
    return re.compile(
        rf"{words('audit', 'bases.scope').pattern}"
        rf"|{left_out}[^，,。；;：:\d]{{1,16}}?(?:{ends}|(?=后))"
    )


def _state_prices(text: str, rows: Sequence[Observation]) -> Iterator[Observation]:
    """Return the rows of a sentence; growth that is set against growth at other prices says so."""
    listed = words("audit", "bases.prices")
    since = 0
    for row in rows:
        price = listed.first_in(text[max(since, row.start - 40) : row.start])
        if price and _is_growth(row) and not row.of and _has_other_prices(row, rows):
            yield row._replace(of=values("audit", "bases.prices")[price] or price)
        else:
            yield row
        since = row.end


def _has_other_prices(row: Observation, rows: Sequence[Observation]) -> bool:
    """Whether the sentence tells another growth of the same thing, place and months."""
    return any(
        _is_growth(other)
        and not other.of
        and other.value != row.value
        and (other.indicator, other.period, other.region, other.status)
        == (row.indicator, row.period, row.region, row.status)
        for other in rows
    )
