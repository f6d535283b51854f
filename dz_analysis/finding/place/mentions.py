"""Places as they stand in a text, before a document resolves them.

In: clean text. Out: `RegionMention`s in text order: own words (全区), divisions, zones and towns,
each with the role that it plays in its clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from dz_analysis.finding.place import gazetteer
from dz_analysis.lexicon import load_rules, one_of

CLAUSE = re.compile("[。！？!?；;，,：:\n“”》]")
# 南江、北江等8个县: examples of what is counted, not whose number it is
EXAMPLES = re.compile(
    r"(?:[、和][\u4e00-\u9fff]{2,5}){0,10}等\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[个家座市县区州]"
)
LONGEST_ABOVE = 8  # characters of the names of a province and a city before a county
PIECE = re.compile("[。！？!?；;，,：:\n“”》、（）()《]")


class RegionMention(NamedTuple):
    """One place as it stands in the text; `text[start:end]` are its words.

    `kind` is ``own`` (全区, 我市), ``nation``, ``named`` (a division by its full name), ``short``
    (by its short one), ``zone`` (高新区) or ``town``. `level` is the ending of an own word or the
    kind of a zone. `within` is the place that it is told to lie in, directly before it
    (甘肃省民勤县). `role` is ``subject`` (opens its clause), ``scope`` (of a comparison) or
    ``inner``.
    """

    start: int
    end: int
    text: str
    kind: str
    level: str = ""
    role: str = "inner"
    opens: bool = False
    within: str = ""

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.text!r} {self.kind} {self.role} at {self.start}>"


@dataclass(frozen=True, slots=True)
class Rules:
    """The word list in the shapes that reading needs."""

    own: re.Pattern[str]
    nation: re.Pattern[str]
    town: re.Pattern[str]
    town_not: tuple[str, ...]
    object: re.Pattern[str]
    not_own: re.Pattern[str]
    honour: tuple[str, ...]
    common: frozenset[str]
    holders: tuple[str, ...]
    opening: re.Pattern[str]
    counted: re.Pattern[str]
    remark: re.Pattern[str]
    field: str
    each: str
    among: re.Pattern[str]
    joint: re.Pattern[str]
    rank: re.Pattern[str]
    compared_before: tuple[str, ...]
    compared_after: tuple[str, ...]
    body_after: tuple[str, ...]
    away: tuple[str, ...]
    award: re.Pattern[str]
    short_after: tuple[str, ...]
    nation_name: str
    autonomous: tuple[str, ...]
    municipality: tuple[str, ...]

    def holding(self, name: str) -> tuple[str, ...]:
        """Return the words that a name may be a part of: 范县 of 示范县."""
        return tuple(word for word in self.holders if name in word and word != name)


@cache
def load_words() -> Rules:
    """Read the word list once for the process."""
    rules = load_rules("regions")
    own, town, opening = rules["own"], rules["town"], rules["opening"]
    time, remark = opening["time"], one_of(rules["counted"]["remark"])
    return Rules(
        own=re.compile(
            f"(?!{one_of(own['not_words'])}){one_of(own['before'])}(?P<level>{one_of(own['levels'])})(?!{one_of(own['not_after'])})"
        ),
        nation=re.compile(one_of(rules["nation"]["words"])),
        town=re.compile(f"{one_of(town['ends'])}(?={one_of(town['verbs'])})"),
        town_not=tuple(town["not_names"]),
        not_own=re.compile(rf"\d|{one_of(rules['zone']['not_own'])}"),
        honour=tuple(rules["nation"]["honour"]),
        object=re.compile(one_of(rules["object"]["verbs"])),
        common=frozenset(rules["common"]["names"]),
        holders=tuple(rules["common"]["holders"]),
        opening=re.compile(
            rf"(?:[\s—－·●■-]|[一二三四五六七八九十]{{1,2}}是|[（(]?\d{{1,2}}[).）、．])*"
            rf"(?:{one_of(opening['words'])}|{time}){{0,16}}"
        ),
        counted=re.compile(one_of(w for w in rules["counted"]["between"] if w) + "?"),
        remark=re.compile(f"{remark}?[（(]|{remark}{one_of(rules['counted']['told'])}"),
        field=own["field"],
        each=own["each"],
        among=re.compile(r"[0-9]+[^，。；,;\n]{1,12}中"),
        joint=re.compile(one_of(rules["counted"]["joints"])),
        rank=re.compile("第|首|前|倒数|[末上中下]|[一二三四五六七八九十]{1,2}(?:[、和]|位)"),
        compared_before=tuple(rules["compared"]["before"]),
        compared_after=tuple(rules["compared"]["after"]),
        body_after=(*rules["body"]["after"], *rules["part"]["after"]),
        away=tuple(rules["away"]["before"]),
        award=re.compile(
            rf"(?![^，。；,;\n]{{0,20}}?{one_of(rules['award']['not_words'])})"
            rf"[\u4e00-\u9fff“”]{{1,16}}?{one_of(rules['award']['ends'])}\d+{one_of(rules['award']['units'])}"
        ),
        short_after=tuple(rules["short"]["after"]),
        nation_name=rules["nation"]["name"],
        autonomous=tuple(rules["autonomous"]["names"]),
        municipality=tuple(rules["municipality"]["names"]),
    )


@lru_cache(maxsize=4)  # a short text is its own opening: tagging it and reading it ask for both
def find_regions(text: str) -> tuple[RegionMention, ...]:
    """Find the places that a text speaks of, in text order and without overlap.

    Names inside the names of bodies, firms, roads and works are left alone on purpose, and so
    are short names (杭州) but where they stand as a subject or in a list of subjects.

    Examples
    --------
    >>> [(m.text, m.role) for m in find_regions("税收增长8%，居全市第二；开发区完成投资6亿元")]
    [('全市', 'scope'), ('开发区', 'subject')]
    """
    rules = load_words()
    found = [
        *(_mention(m, "own", m["level"]) for m in rules.own.finditer(text)),
        *(_mention(m, "nation", "国") for m in rules.nation.finditer(text)),
        *_find_named(text, rules),
        *_find_zones(text, rules),
        *_find_towns(text, rules),
    ]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[RegionMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            last = kept[-1] if kept else None
            is_joined = bool(
                last
                and last.role == "scope"
                and rules.joint.fullmatch(text[last.end : mention.start])
            )
            opens = _opens(text, mention.start, rules)
            role = "scope" if is_joined else _role(mention, text, opens, rules)
            if last and _is_within(last, mention):  # 甘肃省民勤县: the smaller place is meant
                kept.pop()
                role, opens = last.role, last.opens
                mention = mention._replace(within=last.within + last.text)
            kept.append(mention._replace(role=role, opens=opens))
    return tuple(kept)


def _is_within(last: RegionMention, mention: RegionMention) -> bool:
    """Whether a place stands directly behind the one that it lies in."""
    smaller = ("named", "zone", "town")
    return last.end == mention.start and last.kind == "named" and mention.kind in smaller


def _mention(match: re.Match[str], kind: str, level: str) -> RegionMention:
    return RegionMention(match.start(), match.end(), match.group(), kind, level)


def _find_named(text: str, rules: Rules) -> list[RegionMention]:
    found: list[RegionMention] = []
    for start, end, name in gazetteer.find_names(text):
        is_full = gazetteer.is_full_name(name)
        if text.startswith(rules.body_after, end) or name in rules.common:
            continue
        if EXAMPLES.match(text, end):
            continue
        if any(text.startswith(word, start - word.index(name)) for word in rules.holding(name)):
            continue
        is_subject = text.startswith(rules.short_after, end) and _opens(text, start, rules)
        joint = rules.joint.fullmatch(text, found[-1].end, start) if found else None
        if not (is_full or is_subject or joint):  # 香洲、金湾和斗门三个区
            continue
        found.append(RegionMention(start, end, name, "named" if is_full else "short"))
    return found


def _find_zones(text: str, rules: Rules) -> list[RegionMention]:
    """Find functional zones that open a clause or follow a verb that does."""
    found = []
    for match in gazetteer.zone_form().finditer(text):
        end, kind = match.end(), gazetteer.zone_kinds()[match.group()]
        own = _lead_in(text, match.start(), rules)
        if own is None or text.startswith(rules.body_after, end):
            continue
        own = own[m.end() :] if (m := rules.object.match(own)) else own
        if _is_zone_name(own) if own else kind in gazetteer.bare_zones():
            start = match.start() - len(own)
            found.append(RegionMention(start, end, text[start:end], "zone", kind))
    return found


def _lead_in(text: str, start: int, rules: Rules) -> str | None:
    """Return what stands between the opening of a clause and an offset, None if that is far."""
    low = max(0, start - 24)
    lead = text[low:start]
    own = PIECE.split(lead)[-1]
    cut = len(lead) - len(own)
    if (not cut and low > 0) or (cut and lead[cut - 1] in "“”《》（("):
        return None
    opened = rules.opening.match(own)
    return own[opened.end() :] if opened else own


def _is_zone_name(own: str) -> bool:
    """Whether words before a zone's ending can be its own name: 天衢, 德州, 德州天衢."""
    names = gazetteer.find_names(own)
    rest = own
    if names and names[0][0] == 0:
        rest = own[names[0][1] :].removeprefix("国家级").removeprefix("国家").removeprefix("省级")
    return len(rest) <= 3 and not load_words().not_own.search(rest)


def _find_towns(text: str, rules: Rules) -> list[RegionMention]:
    """Find towns and streets that are the subject of a clause."""
    found = []
    for match in rules.town.finditer(text):
        own = _lead_in(text, match.start(), rules)
        if own and len(own) <= 4 and not own.endswith(rules.town_not):
            start = match.start() - len(own)
            found.append(RegionMention(start, match.end(), text[start : match.end()], "town"))
    return found


def _opens(text: str, start: int, rules: Rules) -> bool:
    low = max(0, start - 24)
    lead = text[low:start]
    clause = CLAUSE.split(lead)[-1]
    if clause == lead and low > 0:
        return False
    opened = rules.opening.match(clause)
    rest = clause[opened.end() :] if opened else clause
    return not rest or _is_place_above(rest)


def _is_place_above(words: str) -> bool:
    """Whether words are a short name alone, such as 甘肃 before 民勤县."""
    if len(words) > LONGEST_ABOVE:
        return False
    names = gazetteer.find_names(words)
    is_all = bool(names) and names[0][0] == 0 and names[-1][1] == len(words) and len(names) < 3
    above = ("province", "prefecture")
    return is_all and any(p.level in above for p in gazetteer.places_named(names[0][2]))


def _role(mention: RegionMention, text: str, opens: bool, rules: Rules) -> str:
    """Tell a subject from the scope of a comparison, and both from a place inside a clause."""
    before = text[max(0, mention.start - 4) : mention.start]
    if before.endswith(rules.compared_before) or text.startswith(rules.compared_after, mention.end):
        return "scope"
    if mention.kind in ("own", "nation") and (
        before.endswith(rules.field) or rules.among.match(text, mention.end)
    ):
        return "scope"
    if mention.kind == "nation" and text.startswith(rules.honour, mention.end):
        return "scope"
    return "subject" if opens else "inner"
