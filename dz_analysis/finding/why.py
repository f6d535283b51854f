"""Why a row is as it is, in words: which rule, which word called for it, where that word stands.

In: the reasons of an `Observation` or of a number that was left out. Out: text for people; no code
reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.find import OmissionRule
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.model import Reason, Rule
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.number.refusal import RefusalRule
from dz_analysis.finding.place.regions import RegionRule
from dz_analysis.finding.scope.status import StatusRule
from dz_analysis.finding.table.rows import TableFrame, TableStatus
from dz_analysis.finding.time.clock import PeriodRule, Shift, Source
from dz_analysis.finding.time.reach import Standing
from dz_analysis.lexicon import load_lexicon, locate

SEPARATOR = " · "  # between two reasons


class _Room(NamedTuple):
    """What the rules of a room decide, and the list whose rows they are.

    `meaning` is the column that tells each in words, `form` the one that shows it.
    """

    field: str
    list: str = ""
    meaning: str = ""
    form: str = ""


ROOMS: Mapping[type[Rule], _Room] = MappingProxyType(
    {
        NameFrame: _Room("name", "frames", "note", "form"),
        MeasureRule: _Room("measure", "measure_frames", "meaning"),
        PeriodRule: _Room("period"),
        Standing: _Room("period", "period_scopes", "note"),
        Source: _Room("period"),
        Shift: _Room("period"),
        RegionRule: _Room("region"),
        StatusRule: _Room("status"),
        TableFrame: _Room("name"),
        TableStatus: _Room("status"),
        RefusalRule: _Room("left out", "refusals", "meaning"),
        OmissionRule: _Room("left out"),
    }
)


def locate_reason(reason: Reason) -> str:
    """Return the line that decided: that of the cue, else that of the rule; blank if neither.

    Examples
    --------
    >>> locate_reason(Reason(MeasureRule.MOVE, "增长", "measure_words", "move")).split(":")[0]
    'lexicon/measure_words.csv'
    >>> locate_reason(Reason(NameFrame.BEFORE)).split(":")[0]
    'lexicon/frames.csv'
    """
    word, rules = reason.word or reason.cue, ROOMS[type(reason.rule)].list
    place = locate(reason.list, reason.role, word) if reason.list and word else ""
    place = place or (locate(rules, "", str(reason.rule)) if rules else "")
    return f"lexicon/{place}" if place else ""


def spell_reason(reason: Reason) -> str:
    """Write one reason: what it decided, the rule, and in brackets the cue and its line.

    Examples
    --------
    >>> spell_reason(Reason(RegionRule.DOCUMENT))
    'region place of the document'
    >>> spell_reason(Reason(StatusRule.TOPIC, "税收"))
    'status that of the number whose name it takes (税收)'
    """
    known = ", ".join(filter(None, (reason.cue, locate_reason(reason))))
    line = f"{ROOMS[type(reason.rule)].field} {str(reason.rule) or 'nothing'}"
    return f"{line} ({known})" if known else line


def explain_reason(reason: Reason) -> str:
    """Write one reason with what its rule means.

    Examples
    --------
    >>> explain_reason(Reason(OmissionRule.GLOSSARY))
    'left out in a glossary'
    """
    meaning = describe_rule(reason.rule)
    line = spell_reason(reason)
    return line if meaning == str(reason.rule) else f"{line}: {meaning}"


def spell_reasons(why: Iterable[Reason]) -> str:
    """Write the reasons of a row on one line."""
    return SEPARATOR.join(map(spell_reason, why))


@cache
def describe_rule(rule: Rule) -> str:
    """Return what a rule means, in words, as its list or else its name tells it.

    Examples
    --------
    >>> describe_rule(NameFrame.BEFORE)
    'NP 达到 QTY'
    >>> describe_rule(RefusalRule.LIMIT_SIGN) == str(RefusalRule.LIMIT_SIGN)
    False
    """
    room = ROOMS[type(rule)]
    rows = load_lexicon(room.list) if room.list else ()
    row = next((row for row in rows if next(iter(row.values())) == str(rule)), None)
    texts = (row.get(room.form, ""), row[room.meaning]) if row else ()
    return ": ".join(filter(None, texts)) or str(rule) or "no rule reads it"
