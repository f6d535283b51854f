"""Place: which region a number is about.

In: clean text, its paragraphs, and what is known of the document (`Context`).
Out: `find_regions` gives the places named in a text; `RegionLine` lays them over the document and
says for any offset which of them a number is about, and why; `region_code` gives a place's code.

A number is about the place that its document reports on, unless its clause counts things of
another place (全市仅2个) or another place is the subject of its clause or sentence (开发区…). The
scope of a comparison (居全市第二) is never the place of the number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dz_analysis.finding.model import Context, Reason, Rule
from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.mentions import RegionMention, find_regions, load_words
from dz_analysis.finding.place.paragraph_place import complete, lay_grounds, region_code
from dz_analysis.lexicon import words
from dz_analysis.reading.page import Paragraph

RATIO = re.compile(
    r"[\d.．]+个?(?:[、和][\d.．]+个?){0,4}(?:%|％|百分点|个百分点|倍|位)|\d+[.．]\d+个"
    r"|\d+/\d+|[\d一二两三四五六七八九十百近多半几]{1,4}(?:成|分之|数)|一半"
)


INSIDE = re.compile(r"[（(][^（）()，,；;。\d]{0,12}")
NUMBER = re.compile(r"[0-9]+(?:[.,，][0-9]+)?")
AWAY = re.compile(r"\d[\d.]*(?:公里|千米|里)(?![长的])")  # 距省会150公里，云溪市80公里
LISTED = re.compile("[、和与及]")
STOP = re.compile("[，,；;。！？\n](?!\\d)")
REACH = 240  # characters in which listed places come to their numbers


class RegionRule(Rule):
    """What may decide which place a number is about."""

    DOCUMENT = "place of the document"
    PARAGRAPH = "place of the paragraph"
    COUNTED = "counted in the place beside it"
    SUBJECT = "place that opens the clause"
    INNER = "place inside the clause"
    NATION = "the country, of which it counts rivals"
    LISTED = "place of a list"
    LISTED_BEFORE = "place of a list in the clause before"
    CELL = "place in a cell"


class RegionReading(NamedTuple):
    """The place that governs an offset, its code, and what decided."""

    name: str
    code: str
    reason: Reason


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
    """

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], context: Context) -> None:
        self.text = text
        self.context = complete(context)
        self.mentions = find_regions(text)
        self._grounds = lay_grounds(text, paragraphs, self.mentions, self.context)
        self._ground_starts = [start for start, _ in self._grounds]
        self._starts = [m.start for m in self.mentions]
        self._ends = [m.end for m in self.mentions]
        self._names: dict[RegionMention, str] = {}  # of mentions; many numbers ask for the same

    def at(self, start: int, *, clause_start: int, sentence_start: int) -> RegionReading:
        """Return the place that a quantity at an offset is about.

        Parameters
        ----------
        start : int
            Offset of the quantity.
        clause_start, sentence_start : int
            Where its clause and its sentence begin.
        """
        low = bisect_left(self._starts, sentence_start)
        high = bisect_right(self._ends, start)
        if low < high and (shared := self._share_out(start, sentence_start)):
            return shared
        is_rank = low < high and bool(load_words().rank.match(self.text, start))
        for mention in reversed(self.mentions[low:high]):
            in_clause = mention.start >= clause_start
            if mention.kind == "named" and (
                self._is_award(mention) or AWAY.match(self.text, mention.end)
            ):
                continue
            if self._is_counted(mention, start):
                return self._resolve(mention, RegionRule.COUNTED)
            if mention.opens and self._name_of(mention) == self._ground_at(start).region:
                return self._resolve(
                    mention, RegionRule.SUBJECT
                )  # 我县率先退出: never only a scope
            if is_rank and self._is_field(mention):
                continue
            if mention.role == "subject":
                return self._resolve(mention, RegionRule.SUBJECT)
            if in_clause and self._is_place_of(mention):
                return self._resolve(mention, RegionRule.INNER)
        ground = self._ground_at(start)
        rule = RegionRule.DOCUMENT if ground is self.context else RegionRule.PARAGRAPH
        return RegionReading(ground.region, ground.region_code, Reason(rule))

    def _is_award(self, mention: RegionMention) -> bool:
        """Whether a place above the document's own only says of what rank things are.

        江西省制造业单项冠军企业1家 are firms of the county that reports them.
        """
        context = self.context
        above = {context.province, context.city} - {"", context.region}
        return mention.text in above and bool(load_words().award.match(self.text, mention.end))

    def nation(self) -> RegionReading:
        """Return the country as a whole: 在178家国家高新区中 counts its zones."""
        return RegionReading(load_words().nation_name, "", Reason(RegionRule.NATION))

    def own_names(self) -> set[str]:
        """Return the names of the document's own place: in full, and 试验区 of 临江试验区."""
        region = self.context.region
        kind = gazetteer.zone_of(region)[1]
        own = {region, kind if region.endswith(kind) else "", "园区" if kind else ""}
        own |= {"街道"} if region.endswith("街道") else set()
        return own - {""}

    def _ground_at(self, start: int) -> Context:
        """Return the place that a paragraph is about: the document's, unless it says another."""
        at = bisect_right(self._ground_starts, start) - 1
        return self._grounds[at][1] if at >= 0 else self.context

    def _share_out(self, start: int, sentence_start: int) -> RegionReading | None:
        """Deal out places that are listed: 东河区、西河区分别增长6%、7%."""
        low = max(sentence_start, start - REACH)
        dealt = self.text.rfind(load_words().each, low, start)
        if dealt < 0:
            return None
        clause = max(self.text.rfind(mark, low, dealt) for mark in "，,；;：:") + 1
        listed = self.list_at(dealt, clause_start=max(low, clause))
        if not listed and clause > low and not LISTED.search(self.text[clause:dealt]):
            listed = self._listed_before(clause - 1, low, start)
        number = len(NUMBER.findall(self.text, dealt, start))
        return listed[number] if number < len(listed) else None

    def _listed_before(self, end: int, low: int, start: int) -> tuple[RegionReading, ...]:
        """Return the places that close the clause before: 较好的为甲县、乙县，浓度分别下降."""
        clause = max(self.text.rfind(mark, low, end) for mark in "，,；;：:") + 1
        first = bisect_left(self._starts, max(low, clause))
        run: list[RegionMention] = []
        for mention in self.mentions[first : bisect_right(self._ends, end)]:
            is_next = run and load_words().joint.fullmatch(self.text[run[-1].end : mention.start])
            run = [*run, mention] if is_next else [mention]
        numbers = NUMBER.findall(self.text, end, self._stop(start))
        if len(run) < 2 or len(numbers) != len(run):
            return ()
        return tuple(self._resolve(mention, RegionRule.LISTED_BEFORE) for mention in run)

    def _stop(self, start: int) -> int:
        """Return where the clause of a number ends."""
        found = STOP.search(self.text, start)
        return found.start() if found else len(self.text)

    def list_at(self, start: int, *, clause_start: int) -> tuple[RegionReading, ...]:
        """Return the places that a clause lists as its subjects: 东河、西河两县分别增长6%、7%.

        Returns
        -------
        tuple of RegionReading
            In text order; empty unless at least two places stand joined before the offset.
        """
        low = bisect_left(self._starts, clause_start)
        listed: list[RegionMention] = []
        for mention in self.mentions[low : bisect_right(self._ends, start)]:
            gap = self.text[listed[-1].end : mention.start] if listed else ""
            if listed and not load_words().joint.fullmatch(gap):
                break
            if mention.kind in ("named", "short", "zone", "town", "own"):
                listed.append(mention)
        if len(listed) < 2:
            return ()
        return tuple(self._resolve(mention, RegionRule.LISTED) for mention in listed)

    def named_in(self, start: int, end: int) -> RegionReading | None:
        """Return the place that words begin with, such as the cell of a table, if they do."""
        at = bisect_left(self._starts, start)
        if at == len(self.mentions) or self.mentions[at].start != start:
            return None
        mention = self.mentions[at]
        return self._resolve(mention, RegionRule.CELL) if mention.end <= end else None

    def _is_counted(self, mention: RegionMention, start: int) -> bool:
        """Whether the quantity counts things of this place: 全市仅2个, not 居全市第二."""
        rules, between = load_words(), self.text[mention.end : start]
        if rules.remark.fullmatch(between):  # 高于全省（7.7%）: the number is the province's own
            return True
        if self.text.endswith(rules.away, 0, mention.start):  # 距云溪市30公里
            return False
        if mention.kind == "named" and INSIDE.fullmatch(between):  # 青石县（边境线长30公里）
            return True
        if not rules.counted.fullmatch(between) and between:
            return False
        quantity = self.text[start : start + 12]
        ratio = RATIO.match(quantity)
        return not rules.rank.match(quantity) and not ratio

    def _is_field(self, mention: RegionMention) -> bool:
        """Whether a place is the field of a rank, not its subject: 在全省100个县中列第34位."""
        behind = self.text[mention.end : mention.end + 1]
        is_in = self.text.startswith("在", mention.start - 1) and mention.start > 0
        return mention.role != "subject" or is_in or behind.isdigit()

    def _is_place_of(self, mention: RegionMention) -> bool:
        """Whether a place inside a clause says where: 完成开发区管网12公里, 带动全县1.2万人."""
        return mention.role == "inner" and mention.kind in ("own", "zone")

    def _resolve(self, mention: RegionMention, rule: RegionRule) -> RegionReading:
        name, context = self._name_of(mention), self._ground_at(mention.start)
        if name == context.region:
            code = context.region_code
            return RegionReading(name, code, _reason(rule, mention, code))
        city, when = context.city or context.region, context.period_end or context.published
        code = region_code(name, province=context.province, city=city, when=when)
        return RegionReading(name, code, _reason(rule, mention, code))

    def _name_of(self, mention: RegionMention) -> str:
        name = self._names.get(mention)
        if name is None:
            name = self._names[mention] = self._read_name(mention)
        return name

    def _read_name(self, mention: RegionMention) -> str:
        context = self._ground_at(mention.start)
        if mention.kind == "nation":
            return load_words().nation_name
        if mention.kind == "own":
            return self._own(mention)
        if mention.kind == "zone":
            return self._zone(mention)
        if mention.kind in ("named", "short"):
            if _is_same(mention.text, context.region):
                return context.region
            place = gazetteer.choose_place(
                mention.text,
                province=context.province,
                city=context.city or context.region,
                when=context.period_end or context.published,
            )
            if place and place.code == context.region_code:
                return context.region
            return _as_told(mention.text, place.name) if place else mention.text
        return mention.text

    def _own(self, mention: RegionMention) -> str:
        """Resolve 全市, 我区, 全省 by the document's own place and the ones above it."""
        context, level = self._ground_at(mention.start), mention.level
        region = context.region
        if level == "省":
            return context.province or mention.text
        if level == "疆":
            return next(name for name in load_words().autonomous if level in name)
        if level in ("自治区", "区") and region not in load_words().autonomous:
            is_city = not region.endswith("区") or gazetteer.zone_of(region)[1] == ""
            if context.province in load_words().autonomous and (
                level == "自治区" or (is_city and not region.endswith("区"))
            ):
                return context.province
            return region if region.endswith("区") else self._told_last(mention, "区") or region
        if not region or region.endswith(level[-1]):
            return region
        if level in ("市", "州", "盟", "地区"):
            is_zone = bool(gazetteer.zone_of(region)[1])
            above = context.city if context.city != region else ""
            if above and (is_zone or region[-1] in "区县旗镇乡市" or region.endswith("街道")):
                return above
            return region if region[-1] in "州盟" or region.endswith("地区") else mention.text
        return self._told_last(mention, level[-1]) or region

    def _told_last(self, mention: RegionMention, ending: str) -> str:
        """Return the place of a kind that was told of last: 全镇 in the report of a county."""
        low = self.text.rfind("\n", 0, mention.start)
        low = max(low, mention.start - REACH)
        first, end = bisect_left(self._starts, low), bisect_left(self._starts, mention.start)
        for told in reversed(self.mentions[first:end]):
            is_bare = told.text in gazetteer.zone_kinds()
            is_place = told.kind in ("named", "zone", "town") and told.opens and not is_bare
            if is_place and told.text[-1] == ending:
                return told.text
        return ""

    def _zone(self, mention: RegionMention) -> str:
        """Resolve 高新区, 运河新区: the document's own zone if it is one of that kind."""
        region = self._ground_at(mention.start).region
        own, kind = gazetteer.zone_of(region)
        if kind and (mention.level == kind or mention.text in ("新区", "开发区")):
            own, spoken = own.rstrip("县市区"), gazetteer.zone_of(mention.text)[0].rstrip("县市区")
            if not spoken or own.endswith(spoken) or spoken.endswith(own):
                return region
        if mention.text in gazetteer.bare_zones():
            return self._told_last(mention, mention.text[-1]) or mention.text
        return mention.text


def _reason(rule: RegionRule, mention: RegionMention, code: str) -> Reason:
    """Return the rule with the words of a place and the row by which they are one."""
    name, role = _LISTS[mention.kind]
    word = {"named": code, "short": code, "nation": mention.text}.get(mention.kind, mention.level)
    if mention.kind == "town":
        word = words(name, role).at_end(mention.text)
    return Reason(rule, mention.text, name if word else "", role, word)


# the list and the role that make words a place, by the kind of the mention
_LISTS = {
    "named": ("regions", ""),
    "short": ("regions", ""),
    "zone": ("zones", ""),
    "own": ("place_words", "own.levels"),
    "nation": ("place_words", "nation.words"),
    "town": ("place_words", "town.ends"),
}


def _as_told(told: str, name: str) -> str:
    """Return a place's name as it is told if that has its ending (镇宁县), else in full."""
    return told if len(told) > 2 and told[-1] == name[-1] else name


def _is_same(name: str, region: str) -> bool:
    """Whether a name, full or short, is the region's own."""
    return bool(region) and (name == region or (len(name) > 1 and region.startswith(name)))
