"""Place: which region a number is about.

In: clean text, its paragraphs, and what is known of the document (`Context`).
Out: `RegionLine`, which lays the places that a text names over the document and says for any
offset which of them a number is about, and why.

A number is about the place that its paragraph reports on, unless it counts things of another
place (全市仅2个), is dealt out to one of several that are listed, or a place governs it by the
engine of scopes (`reach`): the subject of its clause or sentence (开发区…). The scope of a
comparison (居全市第二) is never the place of the number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dz_analysis.finding.model import Context, Reason, Rule, reason_of
from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.mentions import RegionKind, RegionMention, RegionRole, find_regions
from dz_analysis.finding.place.paragraph_place import (
    complete,
    lay_paragraph_places,
    region_code,
)
from dz_analysis.finding.place.reach import COUNT, RANK, Named, is_award, is_away, make_cues
from dz_analysis.finding.place.resolve import nation_name, read_name
from dz_analysis.finding.place.words import form, listed
from dz_analysis.finding.scope.engine import Scopes
from dz_analysis.finding.text.segment import segment
from dz_analysis.lexicon import words
from dz_analysis.reading.page import Paragraph

NUMBER = re.compile(r"[0-9]+(?:[.,，][0-9]+)?")
REACH = 240  # characters in which listed places come to their numbers
PROVINCE = "0000"  # end of the code of a province
SHORTEST_SAID = 4  # characters of what a clause says of a place
JOINING = "，；、"  # signs behind a clause that another goes on from
QUANTITY = 24  # characters of a quantity, or of a list of them, that tell its kind


class RegionRule(Rule):
    """What decided a place."""

    DOCUMENT = "place of the document"
    PARAGRAPH = "place of the paragraph"
    COUNTED = "place whose things are counted"
    SUBJECT = "subject"
    INNER = "place inside the clause"
    SCOPE = "own place"
    LISTED = "one of a list of places"
    LISTED_BEFORE = "one of the places listed before"
    WORDS = "place that the words begin with"
    NATION = "the country"
    ACCOUNT = "place that the account was told of"


_NAMED, _TOWN = RegionKind.NAMED, RegionKind.TOWN  # asked of every place
Row = tuple[str, str, str]  # list, role and word of a row of the lexicon


class RegionReading(NamedTuple):
    """The place that governs an offset, its code, and what decided: a rule and its words."""

    name: str
    code: str
    rule: RegionRule
    cue: str = ""
    row: Row = ("", "", "")

    @property
    def reason(self) -> Reason:
        """The rule that decided, with its words and the row by which they are a place."""
        return reason_of(self.rule, self.cue, *self.row)


_RULES = {
    RegionRole.SUBJECT: RegionRule.SUBJECT,
    RegionRole.INNER: RegionRule.INNER,
    RegionRole.SCOPE: RegionRule.SCOPE,
}


class RegionLine:
    """The places of a document laid along its text.

    Parameters
    ----------
    text : str
        The article.
    paragraphs : sequence of Paragraph
        Its paragraphs; may be empty.
    context : Context
        The document's region, and the city and the province above it where they are known.
    numbers : sequence of int, optional
        Where its numbers begin, in text order: places govern those of their sentence, so that no
        others are laid. All when left out.
    """

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        context: Context,
        *,
        numbers: Sequence[int] = (),
    ) -> None:
        self.text = text
        self.context = complete(context)
        self._numbers = numbers or [one.start() for one in NUMBER.finditer(text)]
        wide = self.context.region_code.endswith(PROVINCE) or context.region == nation_name()
        self._is_wide = wide
        self._path = context.region  # as the document has its place: alone, or with those above
        self.mentions = find_regions(text)
        self._segments = segment(text)
        self._places = lay_paragraph_places(text, paragraphs, self.mentions, self.context)
        self._place_starts = [start for start, _ in self._places]
        self._readings_of = [self._reading_of(self.context)]  # of what each paragraph is about
        self._readings_of += (self._reading_of(place) for _, place in self._places)
        self._starts = [m.start for m in self.mentions]
        self._ends = [m.end for m in self.mentions]
        self._names: dict[RegionMention, str] = {}  # of mentions; many numbers ask for the same
        self._readings: dict[tuple[int, int, RegionRule], RegionReading] = {}  # of mentions too
        edges = self._segments.edges_round(numbers) if numbers else ()
        near = (m for m in self.mentions if not edges or bisect_right(edges, m.start) % 2)
        named = map(self.named, near)
        self._scopes = Scopes(self._segments, (cue for one in named for cue in make_cues(one)))

    def at(self, start: int, sentence: int = -1) -> RegionReading:
        """Return the place that a quantity at an offset is about, in the sentence that begins so.

        Where the sentence begins is looked up when left out.
        """
        if sentence < 0:
            sentence = self._segments.sentence_start(start)
        last = bisect_right(self._ends, start)
        if not last or self._starts[last - 1] < sentence:  # as most sentences: none is named in it
            return self.paragraph_place(start)
        inside = self.mentions[bisect_left(self._starts, sentence) : last]
        if shared := self._share_out(start, sentence):
            return shared
        if counted := self._counted(inside, start):
            return self._resolve(counted, RegionRule.COUNTED)
        category = RANK if form("rank").match(self.text, start) else COUNT
        cue = self._scopes.governing(category, start)
        return (
            self._resolve(cue.value, _RULES[cue.value.role])
            if cue
            else (self.paragraph_place(start))
        )

    def paragraph_place(self, start: int) -> RegionReading:
        """Return the place that a paragraph is about, whatever it names."""
        return self._readings_of[bisect_right(self._place_starts, start)]

    def document_place(self) -> RegionReading:
        """Return the place that the document is about."""
        return self._readings_of[0]

    def _reading_of(self, context: Context) -> RegionReading:
        rule = RegionRule.DOCUMENT if context is self.context else RegionRule.PARAGRAPH
        name = self._spelled(context.region, context.region_code)
        return RegionReading(name, context.region_code, rule)

    def _spelled(self, name: str, code: str) -> str:
        """Return a place as the document has its own: with those above it, or alone."""
        own = self.context.region
        if self._path == own:
            return name
        if name == own:
            return self._path
        return name if ":" in code else gazetteer.full_path(code) or name  # a zone stands alone

    def nation(self) -> RegionReading:
        """Return the country as a whole: 在178家国家高新区中 counts its zones."""
        return RegionReading(nation_name(), "", RegionRule.NATION)

    def own_names(self) -> set[str]:
        """Return the names of the document's own place: in full, and 试验区 of 临江试验区.

        A town that is given with its county (青禾县柳溪镇) is mostly named alone.
        """
        region = self.context.region
        kind = gazetteer.zone_of(region)[1]
        own = {region, kind if region.endswith(kind) else ""}
        own |= set(listed("own.park")) if kind else set()
        own |= {word for word in listed("own.street") if region.endswith(word)}
        own |= {town["name"]} if (town := form("town_within").fullmatch(region)) else set()
        return own - {""}

    def list_at(self, start: int, *, clause_start: int) -> tuple[RegionReading, ...]:
        """Return the places that a clause lists as its subjects: 东河、西河两县分别增长6%、7%.

        Returns
        -------
        tuple of RegionReading
            In text order; empty unless at least two places stand joined before the offset.
        """
        low = bisect_left(self._starts, clause_start)
        run: list[RegionMention] = []
        for mention in self.mentions[low : bisect_right(self._ends, start)]:
            if run and not self._joins(run[-1], mention):
                break
            if mention.kind is not RegionKind.NATION:
                run.append(mention)
        is_subject = len(run) > 1 and run[0].role is not RegionRole.SCOPE  # 比全省、全市分别高
        return self._resolve_all(run, RegionRule.LISTED) if is_subject else ()

    def named_in(self, start: int, end: int) -> RegionReading | None:
        """Return the place that words begin with, such as the cell of a table, if they do."""
        at = bisect_left(self._starts, start)
        if at == len(self.mentions) or self._starts[at] != start or self._ends[at] > end:
            return None
        return self._resolve(self.mentions[at], RegionRule.WORDS)

    def last_in(self, start: int, end: int) -> RegionReading:
        """Return the last place that some words name, that of their paragraph if they name none."""
        inside = self.mentions[bisect_left(self._starts, start) : bisect_right(self._ends, end)]
        if not inside or self._is_award(inside[-1]):
            return self.paragraph_place(start)
        return self._resolve(inside[-1], RegionRule.WORDS)

    def named(self, mention: RegionMention) -> Named:
        """Return a place with what it is to the document and its paragraph."""
        context = self.context
        is_own = mention.opens and self._name_of(mention) == (
            self._context_at(mention.start).region
        )
        is_above = mention.text != context.region and mention.text in (
            context.province,
            context.city,
        )
        return Named(mention, self.text, is_own, is_above, self._is_silent(mention))

    def _is_silent(self, mention: RegionMention) -> bool:
        """Whether the report of a province or the country tells of a place without a number."""
        if not self._is_wide:
            return False
        stop = self._segments.clause_stop(mention.end)
        is_clause = stop - mention.end >= SHORTEST_SAID and self.text[stop : stop + 1] in JOINING
        low = bisect_left(self._numbers, mention.end)
        is_told = low < len(self._numbers) and self._numbers[low] < stop
        return is_clause and not is_told

    def _context_at(self, start: int) -> Context:
        """Return what a paragraph is about: the document, unless it names another place."""
        at = bisect_right(self._place_starts, start) - 1
        return self._places[at][1] if at >= 0 else self.context

    def _share_out(self, start: int, sentence: int) -> RegionReading | None:
        """Deal out places that are listed: 东河区、西河区分别增长6%、7%."""
        low = max(sentence, start - REACH)
        dealt = max(self.text.rfind(word, low, start) for word in listed("own.each"))
        if dealt < 0 or self._is_behind_place(start):
            return None
        clause = max(low, self._segments.clause_start(dealt))
        listed_ = self.list_at(dealt, clause_start=clause)
        if not listed_ and clause > low and not form("listed").search(self.text, clause, dealt):
            listed_ = self._listed_before(clause - 1, low, start)
        told = (match.start() for match in NUMBER.finditer(self.text, dealt, start))
        number = sum(not self._is_behind_place(at) for at in told)
        return listed_[number] if number < len(listed_) else None

    def _is_behind_place(self, start: int) -> bool:
        """Whether a number stands directly behind a place, whose things it counts: 全市22个县."""
        at = bisect_left(self._ends, start)
        return at < len(self._ends) and self._ends[at] == start

    def _listed_before(self, end: int, low: int, start: int) -> tuple[RegionReading, ...]:
        """Return the places that close the clause before: 较好的为甲县、乙县，浓度分别下降."""
        clause = max(low, self._segments.clause_start(end))
        first = bisect_left(self._starts, clause)
        run: list[RegionMention] = []
        for mention in self.mentions[first : bisect_right(self._ends, end)]:
            run = [*run, mention] if run and self._joins(run[-1], mention) else [mention]
        stop = self._segments.clause_stop(start)
        if len(run) < 2 or len(NUMBER.findall(self.text, end, stop)) != len(run):
            return ()
        return self._resolve_all(run, RegionRule.LISTED_BEFORE)

    def _joins(self, last: RegionMention, mention: RegionMention) -> bool:
        return form("joint").fullmatch(self.text, last.end, mention.start) is not None

    def _counted(self, inside: Sequence[RegionMention], start: int) -> RegionMention | None:
        """Return the place whose things a quantity counts: 全市仅2个, not 居全市第二."""
        return next((m for m in reversed(inside) if self._is_counted(m, start)), None)

    def _is_counted(self, mention: RegionMention, start: int) -> bool:
        text, end = self.text, mention.end
        if self._is_award(mention) or is_away(text, mention):
            return False
        if form("remark").fullmatch(text, end, start):  # 高于全省（7.7%）: the province's own
            return True
        if text.endswith(listed("away.before"), 0, mention.start):  # 距云溪市30公里
            return False
        if mention.kind is _NAMED and form("bracket").fullmatch(text, end, start):
            return True  # 青石县（边境线长30公里）
        return form("counted").fullmatch(text, end, start) is not None and self._is_count(start)

    def _is_award(self, mention: RegionMention) -> bool:
        return mention.kind is _NAMED and is_award(self.named(mention))

    def _is_count(self, start: int) -> bool:
        """Whether a quantity counts things, and is no rank and no ratio."""
        quantity = self.text[start : start + QUANTITY]
        return not (form("rank").match(quantity) or form("ratio").match(quantity))

    def _resolve_all(
        self, mentions: Iterable[RegionMention], rule: RegionRule
    ) -> tuple[RegionReading, ...]:
        return tuple(self._resolve(mention, rule) for mention in mentions)

    def _resolve(self, mention: RegionMention, rule: RegionRule) -> RegionReading:
        key = mention.start, mention.end, rule
        reading = self._readings.get(key)
        if reading is None:
            reading = self._readings[key] = self._read(mention, rule)
        return reading

    def _read(self, mention: RegionMention, rule: RegionRule) -> RegionReading:
        name, context = self._name_of(mention), self._context_at(mention.start)
        if name == context.region:
            code = context.region_code
            row = _row_of(mention, code)
            return RegionReading(self._spelled(name, code), code, rule, mention.text, row)
        city, when = context.city or context.region, context.period_end or context.published
        code = region_code(name, province=context.province, city=city, when=when)
        name = self._spelled(name, code)
        return RegionReading(name, code, rule, mention.text, _row_of(mention, code))

    def _name_of(self, mention: RegionMention) -> str:
        name = self._names.get(mention)
        if name is None:
            context = self._context_at(mention.start)

            def last_named(ending: str) -> str:
                return self._last_named(mention, ending)

            is_own = self._is_own(mention, context.region)
            name = context.region if is_own else read_name(mention, context, last_named)
            self._names[mention] = name
        return name

    def _is_own(self, mention: RegionMention, region: str) -> bool:
        """Whether a mention ends in the document's own place, or is that name with a slip in it.

        In a text about 双沟镇, 谯城区双沟镇 is the town, and so is a 双钩镇 that is seldom named.
        """
        if not region:
            return False
        if mention.kind is _NAMED:
            return self.text.startswith(region, mention.end)
        is_slip = mention.kind is _TOWN and _is_slip(mention.text, region)
        return is_slip and self.text.count(mention.text) < self.text.count(region)

    def _last_named(self, mention: RegionMention, ending: str) -> str:
        """Return the place of a kind that was told of last: 全镇 in the report of a county."""
        low = max(self._segments.line_at(mention.start)[0], mention.start - REACH)
        first, end = bisect_left(self._starts, low), bisect_left(self._starts, mention.start)
        kinds = (RegionKind.NAMED, RegionKind.ZONE, RegionKind.TOWN)
        for before in reversed(self.mentions[first:end]):
            is_bare = before.text in gazetteer.zone_kinds()
            is_place = before.kind in kinds and before.opens and not is_bare
            if is_place and before.text[-1] == ending:
                return before.text
        return ""


def _is_slip(name: str, region: str) -> bool:
    """Whether two names of towns differ in one sign, and not in their ending."""
    is_alike = len(name) == len(region) > 2 and name[-1] == region[-1]
    return is_alike and sum(a != b for a, b in zip(name, region, strict=True)) == 1


# the list and the role that make words a place, by the kind of the mention
_LISTS = {
    RegionKind.NAMED: ("regions", ""),
    RegionKind.SHORT: ("regions", ""),
    RegionKind.ZONE: ("zones", ""),
    RegionKind.OWN: ("place_words", "own.levels"),
    RegionKind.NATION: ("place_words", "nation.words"),
    RegionKind.TOWN: ("place_words", "town.ends"),
}


def _row_of(mention: RegionMention, code: str) -> Row:
    """Return the row of the lexicon by which words are a place; blank if the place is in none."""
    name, role = _LISTS[mention.kind]
    if name == "regions":
        word = code
    elif mention.kind is RegionKind.ZONE:
        word = mention.level
    else:
        word = words(name, role).at_end(mention.text)
    return (name, role, word) if word else ("", "", "")
