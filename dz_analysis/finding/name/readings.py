"""One function a frame: each reads a name for a number, or nothing.

In: the view of a number and the topic, neither of which a frame changes. Out: a `Reading`. No frame
knows of another; `weigh` chooses among what they read. `lexicon/frames.csv` says what a number must
have so that a frame is asked at all, and gives each an example and a counter-example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

import rjieba

from dz_analysis.finding.catalogue import listed_id
from dz_analysis.finding.measure.cues import (
    bound_behind,
    cues,
    family,
    only,
    pointing,
    signs,
    strip_links,
    strip_time,
    tells_move,
)
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.measure.telling import MeasureReading
from dz_analysis.finding.name.discourse import Topic
from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.name.naming_state import Item, Reading, View
from dz_analysis.finding.name.nouns import (
    bare,
    distance_name,
    drop_steps,
    is_relational,
    join,
    leave_next,
    name_before,
    name_behind,
    strip_acts,
    strip_bound,
    strip_end,
    strip_numbering,
    strip_plan,
    strip_start,
    swap_verb,
    whole_of,
    words_of,
)
from dz_analysis.finding.text.segment import find_stop, split_clauses
from dz_analysis.lexicon import Words, patterns, values, words

_PULL, _GOAL = MeasureRule.PULL, MeasureRule.GOAL  # asked of every number
_BEFORE_LIGHT = NameFrame.BEFORE_LIGHT
LONGEST_LEAD = 18  # characters of a clause that is nothing but a name
LONGEST_BRANCH = 20  # characters of a branch of what is gone through
LONGEST_FIELD = 6  # characters of among whom a second rank is told
LONGEST_TOLD = 14  # characters of what is told of a part of things counted
LONGEST_WORK = 2  # characters of 项目, which names none
SHORTEST_TURN = 4  # characters of an indicator that a clause turns to: no 投资 of 投资环境
SHORTEST_WHOM, LONGEST_WHOM = 2, 10  # characters of whom something was solved for
LONGEST_PART = 8  # characters of what people have part in, or draw
LONGEST_ROLL = 16  # characters of whose list something enters
LONGEST_OWNER = 8  # characters of a clause that is nothing but an owner
_FIELD, _FULL, _AHEAD = form("field of a rank"), form("full name"), form("ahead")
_RANKING = form("ranking")
_BEST_PLACES = form("best places")
_OWN_BRANCH, _OWN_INDUSTRY = form("branch before"), form("industry ahead")
_RATIO_LEAD = form("ratio in a clause before")
_RATE = form("told rate")
_OVER_LIMIT = form("over a limit")
_COUNTED_PLACES = form("counted places")
_BEING = frozenset(term("being"))
_DIGIT = re.compile(r"\d")
_AFFECTED = form("affected")
_PACE = form("pace told")
_VIEWED = form("viewed")
_TROUBLE, _WHAT_MOVES = form("trouble"), form("what moves")
_OF_HEADED = (
    "growth",
    "rank",
)  # told of the head of a clause before them: 投资平稳增长，增速居第一
_WORDED = form("share in words")
_PER_HEAD = form("per head told")
_CLASS, _SORTED = form("class of quality"), form("sorted by quality")
_WITHIN = only("rank.within")
_SHARE, _GROWTH, _HOLDS, _OF = term("share"), term("growth"), term("holds"), term("of")
_SIGNS, _SECTOR, _AMONG_THEM = term("part_signs"), term("sector"), term("among_them")
_NO_TELLING = (*term("joints"), term("of"), *term("branch_words"))
_MOVES = frozenset(["growth", "average_growth", "gap", "change"])
_MOVED = _MOVES | {"rank"}
_GROWTHS = frozenset(["growth", "average_growth", "level"])
_OF_OWNER = frozenset(["rank", "completion", "gap"])  # 第2位的, 98%的: no amount of what follows

Frame = Callable[[View, Topic], Reading | None]


# ---- a ratio, a rank, a part: named by where they stand


def read_parts(view: View, topic: Topic) -> Reading | None:
    """Name one share of 18.6:39.4:42.0 by its place, and the later ones as the first."""
    place, last = view.quantity.place, topic.last
    names = _part_names(view.measured.head, view.lead)
    if last and last.frame is NameFrame.PARTS and 1 < place <= len(names):
        before, now = _SIGNS[place - 2], _SIGNS[place - 1]
        name = last.name.replace(_SECTOR.format(before), _SECTOR.format(now))
        names[place - 1] = name.replace(f"（{before}）", f"（{now}）")
    return Reading(NameFrame.PARTS, names[place - 1] if place <= len(names) else _SHARE)


def _part_names(shared: str, lead: str) -> list[str]:
    head = shared + lead
    if any(word in head for word in words_of("other_parts")):
        return [f"{strip_end(strip_start(head))}（{number}）" for number in _SIGNS]
    kinds = values("name_words", "part_kinds").items()
    kind = next((tail for word, tail in kinds if word in head), _SHARE)
    return [name.replace(_SHARE, kind) for name in patterns("name_words", "part_names")]


def read_ranked(view: View, topic: Topic) -> Reading | None:
    """Name a rank by what stands before the rivals: 政务公开在全省137个县中列第34位."""
    last = topic.last
    if last is None or not _is_counted_beside(view, last):
        return None
    if not _is_among(view, last):
        return _read_ranked_count(view, last)
    head = _strip_scope(last.view.before, view.places)
    scope = _strip_verbs_of_scope(last.view.before[len(head) :])
    at = last.name.find(term("general"))  # 在178家高新区综合评价中列第23位
    rivals, evaluation = (last.name[:at], last.name[at:]) if at > 0 else (last.name, "")
    of = f"{scope}{last.quantity.quote}{rivals}".removesuffix(term("amid"))
    name = name_before(head).text if strip_start(head) else ""
    if words_of("evaluations").at_end(rivals.removesuffix(term("amid"))):
        evaluation = rivals.removesuffix(term("amid"))  # 在全市24项考核中排名第二
    name = evaluation if not name or name in pointing() else name
    # A count that is only a scope (在全省20个县中) is not remembered as what was told.
    scope_name = topic.name if last.reading.is_scope else topic.earlier
    return Reading(
        NameFrame.RANKED,
        name or _lead_name(last.view) or scope_name,
        measured=view.measured.among(of),
        before_name=rivals,
    )


def _strip_verbs_of_scope(words: str) -> str:
    """Take 在, 位列, 排名 off the front of a scope."""
    verbs = words_of("scope_verbs")
    while verb := verbs.at_start(words):
        words = words[len(verb) :]
    return words


def _is_counted_beside(view: View, last: Item) -> bool:
    """Whether a count with its noun behind it stands before a rank in the same clause."""
    is_count = last.quantity.kind == "count" and last.frame is NameFrame.BEHIND
    return is_count and view.place.clause == last.place.clause


def _is_among(view: View, last: Item) -> bool:
    """Whether the count before a rank says among how many: 在全省120个县中列, not 4个园区列."""
    told, amid = last.view.before, term("amid")
    is_amid = last.name.endswith(amid) or last.view.behind.startswith(amid, last.reading.used)
    return is_amid or _strip_scope(told, view.places) != told


def _read_ranked_count(view: View, last: Item) -> Reading | None:
    """Name a rank by what is counted before it: 7家企业上榜、数量居全省第三."""
    predicate, sign, own = view.measured.head.rpartition("、")
    is_pointing = bool(sign and predicate) and (not own or own in words_of("sizes"))
    return Reading(NameFrame.RANKED, last.name, took="counted") if is_pointing else None


def _strip_scope(words: str, places: Words) -> str:
    """Take 在全省, 位列全市 and 在某市 off the end of a head."""
    words = words.removesuffix(places.at_end(words))
    scopes, verbs = words_of("scopes"), words_of("scope_verbs")
    for words_set in (scopes, verbs, verbs):
        end = words_set.at_end(words)
        words = words[: -len(end)] if end else words
    return words


def read_ranking(view: View, topic: Topic) -> Reading | None:
    """Name the rank of a place of which nothing else is told: 清源高新区全国排名第21位."""
    told = _RANKING.search(view.before)
    if not told or view.head.noun or not view.head.place:
        return None
    of = view.measured.of
    name = told["ranking"] if told["scope"] else f"{of}{told['ranking']}"
    return _before(view, NameFrame.RANKING, name)


def read_field(view: View, topic: Topic) -> Reading | None:
    """Name a second rank by the first, its noun being the field: 居全省第三、苏北第一."""
    last, noun = topic.last, view.noun
    is_rank = view.measured.rule is MeasureRule.RANK and last is not None
    if not is_rank or last is None or last.measured.measure != "rank":
        return None
    inside = _FIELD.fullmatch(view.head.words)
    is_near = last.place.clause == view.place.clause and not _is_measure(noun)
    if last.place.part != view.place.part or not (inside or is_near):
        return None
    field = inside["of"] if inside else noun
    return Reading(NameFrame.FIELD, topic.name, measured=view.measured.among(field), took="topic")


def _is_measure(noun: str) -> bool:
    """Whether a noun is measured itself, and is no field of rivals."""
    is_head = words_of("lead_heads").at_end(noun) or words_of("relational").at_end(noun)
    return bool(is_head) or bool(_FULL.match(noun)) or len(noun) > LONGEST_FIELD


def read_among(view: View, topic: Topic) -> Reading | None:
    """Name a part of things counted just before by what it did: 25项指标中19项实现增长."""
    is_part = view.quantity.unit == topic.among_unit
    before = view.before.removeprefix(term("amid"))  # 37个行业中有21个行业增长
    if not is_part or strip_start(before).strip(term("have_only")):
        return None
    words = _until_number(view.behind)
    if not 2 <= len(words) <= LONGEST_TOLD:
        return None
    if view.is_cut:
        return Reading(NameFrame.AMONG, topic.among, took="among")
    told = words[_repeated(words, topic.among) :]
    return Reading(NameFrame.AMONG, f"{told}{_OF}{topic.among}", used=len(words), took="among")


def _repeated(words: str, among: str) -> int:
    """Return how many characters repeat the noun of what parts are counted of: 行业保持增长.

    Examples
    --------
    >>> _repeated("行业保持增长", "大类行业"), _repeated("实现增长", "大类行业")
    (2, 0)
    """
    lengths = range(len(words) - 2, 1, -1)
    return next((length for length in lengths if words[:length] in among), 0)


# ---- the noun behind


def read_attribute(view: View, topic: Topic) -> Reading | None:
    """Read an amount before its owner: 投资1.8亿元的医院 is 医院投资."""
    phrase = _owner_behind(view)
    if phrase is None or not phrase.noun or phrase.is_open:
        return None
    if growth := _read_growth_behind(view, phrase):
        return growth
    attribute = attribute_of(view)
    if not attribute and topic.last:
        attribute = attribute_of(topic.last.view)  # 投资20亿元的甲、10亿元的乙项目
    name = join(phrase.noun, attribute)
    return Reading(NameFrame.ATTRIBUTE, name, owner=phrase.noun, used=phrase.used)


def _read_growth_behind(view: View, phrase: _Owner) -> Reading | None:
    """Read a growth before the name of what grew: 6.8%的GDP增速, 9%的投资增幅."""
    noun = strip_bound(view.behind)[1:][: LONGEST_OWNER * 2]
    noun = noun[: find_stop(noun)]
    word = family("head").first_in(noun)
    name = strip_start(noun.partition(word)[0]) if word else ""
    if not name or not _is_state_of(view) or not (listed_id(name) or _is_indicator(name)):
        return None
    measured = _as_growth(view.measured)._replace(sign=signs()["head", word], cue=word)
    return Reading(NameFrame.ATTRIBUTE, name, used=phrase.used, measured=measured)


def read_attribute_next(view: View, topic: Topic) -> Reading | None:
    """Leave an amount to the things counted behind it: 总投资413亿元的30个大项目."""
    phrase = _owner_behind(view)
    if phrase is None or not phrase.is_open:
        return None
    return Reading(NameFrame.ATTRIBUTE_NEXT, attribute=attribute_of(view))


def _is_class_of_places(noun: str) -> bool:
    return noun in words_of("divisions") or noun in words_of("counted_places")


def _is_indicator(noun: str) -> bool:
    return bool(words_of("lead_heads").at_end(noun)) or listed_id(noun) == "gdp"


class _Owner(NamedTuple):
    """The noun behind 的, how many characters it takes, whether the next number names it."""

    noun: str
    used: int
    is_open: bool


def _owner_behind(view: View) -> _Owner | None:
    """Read the owner that stands behind an amount."""
    if not _states_owner(view):
        return None
    behind = strip_bound(view.behind)
    noun, length = name_behind(behind[1:])
    first, sign, last_noun = _split_last(noun)
    if sign and is_relational(last_noun):  # 投资5亿元的甲项目、投资3亿元的乙项目
        noun, length = first, length - len(sign + last_noun)
    if words_of("no_owners").at_start(noun):  # 控制在4%的目标以内
        return None
    if words_of("results").at_end(noun) and view.noun and view.measured.measure in _MOVES:
        return None  # 实现税收增长5%的良好成绩
    if _is_class_of_places(noun) and _is_indicator(view.noun):
        return None  # 成为全省首个经济总量突破5万亿元的城市
    rest = behind[1 + length :]
    is_list = "、" in noun or bool(words_of("place_ends").at_end(noun))
    is_open = (not noun and not rest) or (rest == term("also") and is_list)
    return _Owner(noun, length + 1 + len(view.behind) - len(behind), is_open)


def _states_owner(view: View) -> bool:
    """Whether an amount stands before its owner with 的."""
    return (
        view.states_owner
        and view.measured.measure not in _OF_OWNER
        and view.measured.rule not in (MeasureRule.GOAL, MeasureRule.BEHIND)
    )


def attribute_of(view: View) -> str:
    """Return what an amount states of the owner behind it: 投资 in 投资1.8亿元的医院."""
    if not _states_owner(view):
        return ""
    if view.measured.measure == "ratio":
        return _SHARE
    if view.measured.measure != "level":
        return ""
    head = strip_end(strip_start(view.measured.head))
    made = words_of("light").at_end(head)  # 形成8亿元以上的产值, 带动形成…
    if made and head.removesuffix(made) in ("", words_of("act").at_end(head.removesuffix(made))):
        return ""
    relational = words_of("relational").at_end(head)
    return relational if relational or words_of("act").at_end(head) else head[-6:]


def _split_last(noun: str) -> tuple[str, str, str]:
    """Split a list at its last sign or word of joining: 甲水厂和投资."""
    at = max(noun.rfind(sign) for sign in term("joints"))
    return (noun[:at], noun[at], noun[at + 1 :]) if at > 0 else ("", "", noun)


def read_behind(view: View, topic: Topic) -> Reading | None:
    """Read the noun behind a number: 8家企业, 新建4所学校, 八成以上的农户."""
    measured, behind = view.measured, strip_bound(view.behind)
    if not _may_stand_behind(view) or behind.startswith(_OF):
        return None
    noun, length = name_behind(behind)
    if not noun:
        return None
    verb = _verb_before(measured.head)
    if verb and not measured.bound:  # 至少建成1所
        measured = measured.bounded(strip_links(measured.head[: -len(verb)])[1])
    verb, predicate = _choose_predicate(view, verb, noun, behind[length:])
    ends = ("", term("also")) if view.quantity.kind == "count" else ("",)
    is_last = view.is_cut and behind[length:] in ends  # 4项指标、人员等13项
    noun, length = leave_next(noun, length, is_last=is_last)
    noun, length = (noun, length) if predicate else _leave_relational(view, noun, length)
    noun, turned = _turn_trouble(measured.head, noun, behind)
    verb, length = ("", turned) if turned else (verb, length)
    return Reading(
        NameFrame.BEHIND,
        predicate if predicate.endswith(noun) else predicate + verb + noun,  # 12个县入选百强县
        used=length + len(view.behind) - len(behind),
        measured=measured,
        cue=verb,
        is_scope=_is_scope(behind, length),
    )


def _is_scope(behind: str, length: int) -> bool:
    """Whether a noun is only the field of what is told: 在四个新区中."""
    scopes = words_of("scope_ends")
    return bool(scopes.at_start(behind, length) or scopes.at_end(behind[:length]))


def _may_stand_behind(view: View) -> bool:
    """Whether the noun behind may be the one counted, not the next subject."""
    measured, quantity = view.measured, view.quantity
    is_level = measured.measure == "level" and not measured.is_state
    if not is_level or measured.rule is _GOAL or tells_move(view.behind):
        return False
    if words("periods", "ahead").at_end(view.before.rstrip()):
        return False  # 向着10亿元目标冲刺
    head = strip_end(strip_start(measured.head))
    if not head or words_of("before_right").at_end(measured.head):
        return True
    if quantity.kind in ("count", "bare") and quantity.unit not in words_of("times"):
        return True
    return bool(words_of("act").at_end(head) or words_of("light").at_end(head))


def _verb_before(head: str) -> str:
    """Return the verb of doing that stands directly before a number: 新建4所学校."""
    if head.endswith(term("also")):  # 新建第一中学等4所学校
        rest = strip_start(head)
        verb = words_of("kept_verbs").at_start(rest)
        is_whole = verb == rest or len(words_of("act").at_start(rest)) > len(verb)  # 建设
        return "" if is_whole else verb
    verbs, words = "", head.rstrip()
    verb = words_of("act").at_end(words)
    while verb and len(verbs) < 6:
        verbs, words = verb + verbs, words[: -len(verb)]
        verb = words_of("act").at_end(words)
    return verbs if words_of("kept_verbs").at_end(verbs) else ""


def _predicate_of(noun: str, rest: str) -> str:
    """Return what is told of a plain noun, which its name needs: 7所学校实施集团化办学."""
    words = _until_number(rest)
    is_counted = rest[len(words) : len(words) + 1].isdigit()
    if len(noun) > 2 or is_counted or not 2 <= len(words) <= 16:
        return ""
    if words.endswith(term("once")):  # 5个项目建成达产后，可实现…
        return ""
    verb = words_of("told_of").at_start(words)
    return verb + words[len(verb) :].removeprefix(term("done")) if verb else ""


def _choose_predicate(view: View, verb: str, noun: str, rest: str) -> tuple[str, str]:
    """Return the verb of doing and what is told of a noun: one of them names it."""
    if entry := _entry_at(rest) if view.quantity.kind == "count" else "":
        return "", entry
    return verb, "" if verb or view.is_cut else _predicate_of(noun, rest)


def _entry_at(rest: str) -> str:
    """Return the list that things counted enter, whatever was done: 新增3家企业进入全国500强."""
    found = _entry().match(strip_start(rest[: find_stop(rest)]))
    return found[0] if found else ""


@cache
def _entry() -> re.Pattern[str]:
    enters, rolls = words_of("enters").pattern, words_of("rolls").pattern
    return re.compile(rf"{enters}.{{0,{LONGEST_ROLL}}}?{rolls}(?=[{term('joints')}]|$)")


def _until_number(words: str) -> str:
    """Return the words of a clause before its next number."""
    words = words[: find_stop(words)]
    digit = _DIGIT.search(words)
    return words[: digit.start()] if digit else words


def _turn_trouble(head: str, noun: str, behind: str) -> tuple[str, int]:
    """Name those for whom something was solved or raised, and not what it was.

    解决3.4万农村人口出行难题 counts 解决出行难题农村人口, 提高8000名教师待遇 counts 提高待遇教师.
    """
    words = behind[: find_stop(behind)]
    verb, at = words_of("solves").at_end(head), -1
    if verb and (found := _TROUBLE.match(words)):
        words, at = found.group(), found.end("whom")
    elif not verb and (verb := family("move").at_end(head)):
        moved = _WHAT_MOVES.search(words)
        at = moved.start() if moved else -1
    if not SHORTEST_WHOM <= at <= LONGEST_WHOM:
        return noun, 0
    return f"{verb}{words[at:].removeprefix(_OF)}{words[:at].removesuffix(_OF)}", len(words)


def _leave_relational(view: View, noun: str, length: int) -> tuple[str, int]:
    """Leave 集体收入 in 930个村庄集体收入突破5万元 to the next number, not 床位 in 90张床位、."""
    tail = words_of("relational").at_end(noun)
    if view.quantity.kind != "count":
        return noun, length
    _, end = words_of("sums_of_indicators").last_in(noun)
    if end > 0 and family("head").at_start(noun, end):  # 5项指标增速居前
        return noun[:end], length - len(noun) + end
    is_where = view.is_cut and _tells_where(view.before)
    if made := _length_made(noun, view) if is_where else 0:
        return noun[:-made], length - made
    if at := _end_of_places(noun, is_where=is_where):
        return noun[:at], length - len(noun) + at
    is_listed = not view.is_cut or strip_bound(view.behind).startswith("、", length)
    is_own = is_listed and tail in words_of("counted_heads")
    if not tail or is_own or len(noun) - len(tail) < 2:
        return noun, length
    at = _start_of_own(noun, noun.rindex(tail))
    return (noun[:at], length - len(noun) + at) if at >= 2 else (noun, length)


def _start_of_own(noun: str, at: int) -> int:
    """Return where what things counted have begins: 规上工业 in 9个开发区规上工业总产值."""
    branch = _OWN_BRANCH.search(noun, 0, at)
    at = branch.start() if branch and branch.start() >= 2 else at
    return at - 2 if noun[:at].endswith(term("collective")) else at


def _length_made(noun: str, view: View) -> int:
    """Measure the verb between places and what was built there: 在12个港口建设36个泊位."""
    made = words_of("act").at_end(noun) if len(noun) == len(view.behind) else ""
    return len(made) if len(noun) - len(made) >= 2 else 0


def _tells_where(before: str) -> bool:
    """Whether what is counted is where something was done: 在6个乡镇, 在青禾、白石等6个乡镇."""
    inside = cues("rank.in")
    at, _ = inside.last_in(before)
    is_list = at >= 0 and before.endswith(term("also")) and not words_of("act").at_end(before[:at])
    return bool(inside.at_end(before)) or is_list


def _end_of_places(noun: str, *, is_where: bool) -> int:
    """Return where places end that an indicator is told of: 县（市）区 of 县（市）区GDP, or 0.

    So those in which something was done: 在12个乡镇建设果园36个.
    """
    places = _COUNTED_PLACES.match(noun)
    end = places.end() if places else 0
    told = noun[end:].removesuffix(family("head").at_end(noun[end:]))
    is_word = end in accumulate(map(len, rjieba.cut(noun)))  # 村 is none in 村庄
    is_done = is_where and bool(words_of("act").at_start(told))
    return end if end and told and is_word and (is_done or _is_indicator(told)) else 0


# ---- the noun before


def read_distance(view: View, topic: Topic) -> Reading | None:
    """Name a length by the place that it is the distance to: 县城距机场80公里."""
    name = distance_name(view.head.words, topic.name)
    return Reading(NameFrame.DISTANCE, name, place=view.head.leading) if name else None


def read_sorted(view: View, topic: Topic) -> Reading | None:
    """Name a part of things counted by what is told of it: 上涨的城市有16个."""
    if view.measured.rule is not MeasureRule.SORTED:
        return None
    noun = bare(topic.counted).rpartition(_OF)[2]
    name = f"{strip_start(view.head.words)}{_OF}{noun}"
    return Reading(NameFrame.SORTED, name, place=view.head.leading, took="counted")


def _before(view: View, frame: NameFrame, name: str, took: str = "") -> Reading:
    """Return the reading of a noun before a number; a place in it goes to the region."""
    return Reading(frame, name, place=view.head.place, took=took)


def read_share(view: View, topic: Topic) -> Reading | None:
    """Name a share by what was told before: 税收8亿元，占财政收入比重80%.

    So by the subject of the clause before: 服务业快速发展，在生产总值中占比提高2个百分点.
    """
    noun = _share_told(view)
    if not noun:
        return None
    took, whole = "topic", whole_of(topic.name)
    if view.lead and not (whole and topic.part == view.place.part):
        took, whole = ("lead", subject) if (subject := _subject_before(view)) else (took, whole)
    return _before(view, NameFrame.SHARE, bare(whole) + noun, took) if whole else None


def _share_told(view: View) -> str:
    """Return the words of a share whose owner stands elsewhere: 占税收比重, 在税收中的占比."""
    noun = view.noun
    if noun.startswith(_HOLDS):
        is_none = words_of("no_shares").at_start(noun) or noun == term("hectare_head")
        return "" if is_none else noun
    is_within = view.head.words.startswith(f"{_WITHIN}{noun[:2]}")
    return f"{_WITHIN}{noun}" if is_within and words_of("share_tails").at_end(noun) else ""


def read_pointed_share(view: View, topic: Topic) -> Reading | None:
    """Name a share of what was told before by a noun that only points at it: 总量占全市的12%."""
    noun = view.noun
    base = noun.removesuffix(_SHARE)
    if base == noun:
        return None
    is_tail = is_relational(base) and topic.name.endswith(base)  # 支柱产业增加值…，增加值占
    if not (base in pointing() or is_tail):
        return None
    return _before(view, NameFrame.SHARE_POINTED, bare(topic.name) + _SHARE, "topic")


def read_per(view: View, topic: Topic) -> Reading | None:
    """Name an amount a head by what was told before: 生产总值…，人均8万元."""
    noun = view.noun
    if noun not in words_of("per_heads"):
        return None
    per = values("name_words", "per_heads")[noun] or noun
    whole = _lead_head(view) or _raised_in(view.lead) or whole_of(topic.name)
    if not whole:
        return None
    whole = whole[len(words_of("per_heads").at_start(whole)) :] or whole  # 户均 of 人均耕地
    if noun in words_of("extremes"):
        whole = whole[len(words_of("means").at_start(whole)) :]
    return _before(view, NameFrame.PER, per + whole, "topic")


def _lead_head(view: View) -> str:
    """Return what the clause before tells of, if that may be counted by heads.

    农民分得的收入有所增加，平均每人83元 is 人均农民分得的收入.
    """
    lead = _lead_name(view) if view.lead else ""
    return lead if words_of("lead_heads").at_end(lead) else ""


def _raised_in(lead: str) -> str:
    """Return what the clause before says was raised: 养老金 of 继续提高退休人员养老金."""
    piece = lead.rpartition("，")[2]
    verb = family("move").first_in(piece)
    raised = piece.partition(verb)[2] if verb else ""
    is_one = "、" not in raised and bool(words_of("moved_behind").at_end(raised))
    return raised if is_one else ""


def read_pull(view: View, topic: Topic) -> Reading | None:
    """Name how far one thing pulls another: 第三产业…，拉动经济增长2.1个百分点."""
    if view.measured.rule is not _PULL:
        return None
    noun, pulls = view.noun, term("pulls")
    if not noun.startswith(pulls):
        return _before(view, NameFrame.PULL, f"{noun}{_GROWTH}")
    puller, pulled = who(topic.name), noun[len(pulls) :]
    noun = pulls + (strip_start(pulled) or pulled)
    return _before(view, NameFrame.PULL, f"{puller}{noun}{_GROWTH}", "topic" if puller else "")


def read_carried(view: View, topic: Topic) -> Reading | None:
    """Complete a noun by the name told last: 城镇, 贡献率, a branch of what is gone through."""
    noun = view.noun
    name = (
        _carry_rate(noun, view, topic)
        or _carry_setting(noun, view, topic)
        or _carry_branch(noun, view, topic)
        or _carry_ranked(noun, view, topic)
        or _carry_part(noun, topic)
        or _carry_class(noun, topic)
    )
    return _before(view, NameFrame.CARRIED, name, "topic") if name else None


def may_be_carried(noun: str) -> bool:
    """Whether a noun may be completed by the name told last: 城镇, 贡献率, 第一产业."""
    is_branch = len(noun) <= LONGEST_BRANCH and bool(words_of("branch_ends").at_end(noun))
    is_listed = noun in words_of("settings") or noun in values("name_words", "part_of")
    return is_branch or is_listed or noun.endswith(term("rate")) or bool(_CLASS.match(noun))


def _carry_rate(noun: str, view: View, topic: Topic) -> str:
    """Name a contribution by who makes it."""
    rate, towards = term("rate"), term("towards")
    if not noun.endswith(rate):
        return ""
    if noun == rate:
        return f"{who(topic.name)}{noun}"
    is_to = view.before.lstrip(f"，、：{_AMONG_THEM} ").startswith(towards)
    return f"{who(topic.name, noun)}{towards}{noun}" if is_to else ""


def _carry_setting(noun: str, view: View, topic: Topic) -> str:
    """Name 城镇 and 农村 by what is told of them."""
    if noun not in words_of("settings"):
        return ""
    measure = view.measured.measure
    is_amount = measure == "level" and view.quantity.kind == "money"
    if not (measure in _MOVES or is_amount):
        return ""
    return join(noun, topic.name[len(words_of("settings_drop").at_start(topic.name)) :])


def _carry_branch(noun: str, view: View, topic: Topic) -> str:
    """Name a branch by what its whole has: 投资增长8%，分产业看，第一产业增长3%."""
    if view.measured.measure not in _MOVES or len(noun) > LONGEST_BRANCH:
        return ""
    whole = topic.name.removesuffix(words_of("sizes").at_end(topic.name))  # 投资总额
    tail = words_of("branch_tails").at_end(whole)
    is_branch = tail and words_of("branch_ends").at_end(noun)
    return noun + tail if is_branch and _is_led(view, topic) else ""


def _carry_ranked(noun: str, view: View, topic: Topic) -> str:
    """Name the first of a ranking: 法人单位数居前三位的行业是：批发业2万个；建筑业1万个."""
    last = topic.last
    if view.measured.measure != "level" or last is None or not words_of("branch_ends").at_end(noun):
        return ""
    if last.measured.measure == "rank" and term("branches") in last.view.behind:
        return noun + topic.name.rpartition(term("sector")[-2:])[2]  # 第三产业法人单位
    branch = term("branch")
    return noun + whole_of(topic.name).partition(branch)[2] if topic.is_led else ""


def _carry_part(noun: str, topic: Topic) -> str:
    """Name a part by what the whole has: 货物周转量847亿吨公里，其中铁路174亿吨公里."""
    tails = values("name_words", "part_of").get(noun)
    if not tails:
        return ""
    return next((noun + tail for tail in tails.split(";") if topic.name.endswith(tail)), "")


def _carry_class(noun: str, topic: Topic) -> str:
    """Name a class by what was sorted: 断面水质符合Ⅱ～Ⅲ类占96%，Ⅳ类占4%."""
    kind = _CLASS.match(noun)
    sorted_ = _SORTED.match(topic.name) if kind else None
    return f"{sorted_['whole']}{kind['kind']}" if kind and sorted_ else ""


def _is_led(view: View, topic: Topic) -> bool:
    """Whether the parts of what was told are gone through: 其中, 分行业看, or one before it."""
    pieces = [piece.strip() for piece in split_clauses(view.lead)]
    is_viewed = any(words_of("views").at_end(piece) for piece in pieces)
    return topic.is_led or is_viewed or _is_part(view)


def read_next(view: View, topic: Topic) -> Reading | None:
    """Leave a verb that two numbers share to what follows them: 办好10类、32件民生实事."""
    return _before(view, NameFrame.NEXT, "") if view.is_next_cut else None


def is_of_verbs(noun: str) -> bool:
    """Whether what stands where a noun would is nothing but verbs of doing: 竣工."""
    return not strip_acts(noun)


def read_object(view: View, topic: Topic) -> Reading | None:
    """Read the object before a verb that has none behind it: 高标准农田累计建成68万亩."""
    name = view.head.name
    verbs = values("name_words", "object_verbs")
    if name.frame is not _BEFORE_LIGHT or not name.owner or name.text not in verbs:
        return None
    return _own(view, NameFrame.OBJECT, verbs[name.text] + name.owner)


def read_about(view: View, topic: Topic) -> Reading | None:
    """Name what is reached by what reaches it: 项目8个，涉及1200人."""
    if view.noun not in words_of("about_verbs"):
        return None
    return _before(view, NameFrame.ABOUT, bare(topic.noun) + view.noun, "counted")


def read_tier(view: View, topic: Topic) -> Reading | None:
    """Name the part that one tier of government has: 债务限额24亿元，其中市本级7亿元."""
    noun, tiers = view.noun, words_of("tiers")
    if noun not in tiers:
        return None
    is_amount = view.measured.measure == "level" and view.quantity.kind == "money"
    is_alone = topic.part < 0 or topic.name in tiers
    if is_alone or not (is_amount or view.measured.measure in _MOVES):
        return None
    whole = topic.name[len(tiers.at_start(topic.name)) :]
    return _before(view, NameFrame.TIER, noun + whole, "topic")


def read_modifier(view: View, topic: Topic) -> Reading | None:
    """Put another modifier into the name told last: 国家级绿色工厂2家、省级4家."""
    if view.noun not in words_of("shared_modifiers"):
        return None
    return _before(view, NameFrame.MODIFIER, modify(topic.noun, view.noun), "counted")


def read_verb(view: View, topic: Topic) -> Reading | None:
    """Give another verb the noun told last: 新开工项目38个，竣工21个."""
    return _before(view, NameFrame.VERB, view.noun + bare(topic.noun), "counted")


def read_class(view: View, topic: Topic) -> Reading | None:
    """Give a class the noun told last: 项目21个，其中10亿元以上7个."""
    noun = view.noun
    kind = term("people") if term("age") in noun else class_noun(topic.noun)  # 14岁以下2.1万人
    return _before(view, NameFrame.CLASS, noun + kind, "counted") if kind else None


def is_limit(noun: str) -> bool:
    """Whether a noun is the limit of a class: 10亿元以上."""
    return bool(words_of("limits").at_end(noun) or _OVER_LIMIT.fullmatch(noun))


def _own(view: View, frame: NameFrame, name: str, took: str = "", owner: str = "") -> Reading:
    """Return the reading of a noun whose owner, where it is a place, goes to the region."""
    place = view.head.owner_place or view.head.place
    return Reading(frame, name, owner=owner, place=place, took=took)


def read_crop(view: View, topic: Topic) -> Reading | None:
    """Name what a crop bears by the crop told last: 蔬菜种植面积11万亩，产量28万吨."""
    noun = view.head.name.text
    crop = crop_of(topic.name) if noun in words_of("crop_heads") else ""
    if not crop or view.head.owner_place or view.head.place:
        return None
    return _own(view, NameFrame.CROP, crop + noun, "topic")


def read_pointer_before(view: View, topic: Topic) -> Reading | None:
    """Keep the word of a share or a fall whose change is told: 原煤产量降幅收窄3个百分点."""
    pointer = words_of("kept_pointers").at_end(view.measured.head)
    name = view.head.name
    if not pointer or name.text.endswith(pointer):
        return None
    return _own(view, NameFrame.BEFORE_POINTER, name.text + pointer, owner=name.owner)


def read_owner(view: View, topic: Topic) -> Reading | None:
    """Give a noun that needs an owner the one counted or named last: 项目57个，总投资230亿元."""
    name = view.head.name
    is_owned = is_relational(name.text) or name.text in words_of("dimensions")
    is_owned = is_owned or _is_share_owned(view, topic)
    if name.owner or not (is_owned or _is_of_firms(view, topic)):
        return None
    owner, took = owner_of(view, topic)
    owner = owner[len(words_of("owner_drop").at_start(owner)) :]
    if not owner:
        return None
    done = term("complete")
    is_done = done in view.before and name.text in (term("invest"), term("year_invest"))
    noun = f"{done}{name.text}" if is_done else name.text
    whole = owner if owner.endswith(name.text) else join(owner, noun)
    return _own(view, NameFrame.OWNER, whole, took, owner)


def may_be_owned(noun: str) -> bool:
    """Whether a noun may be of what was counted before: 总投资, and 工业增加值 of firms."""
    noun = noun.removesuffix(_SHARE)
    is_dimension = noun in words_of("dimensions")
    is_industry = _OWN_INDUSTRY.match(noun) is not None
    return is_dimension or is_relational(noun) or is_industry


def _is_share_owned(view: View, topic: Topic) -> bool:
    """Whether a share is of what those counted before it have: 9家企业产值占全县8%."""
    noun = view.head.name.text
    base = noun.removesuffix(_SHARE)
    is_near = topic.clause == view.place.clause and bool(topic.counted)
    return base != noun and is_near and may_be_owned(base)


def _is_of_firms(view: View, topic: Topic) -> bool:
    """Whether an amount of industry is that of the firms counted before it."""
    return view.quantity.kind == "money" and topic.counted.endswith(term("industry_firms"))


def owner_of(view: View, topic: Topic) -> tuple[str, str]:
    """Return whose 利润 or 总投资 it is, and where it was told.

    That is a label, what was counted last or, behind a light verb, what the clause before opens.
    """
    if view.label:
        return view.label, "label"
    if view.head.owner_place or view.head.place or _is_apart(view, topic):
        return "", ""
    if topic.counted:
        return topic.counted, "counted"
    if works := _works_in_lead(view):
        return works, "lead"
    return _owner_in_lead(view, topic) if words_of("light").at_start(view.before) else ("", "")


def _works_in_lead(view: View) -> str:
    """Return the works that the clause before tells of: 铝材项目开工，总投资8亿元."""
    if view.head.name.text not in words_of("invested") or not view.lead:
        return ""
    works = _lead_name(view)
    is_named = len(works) > LONGEST_WORK and not words_of("act").at_start(works)
    return works if is_named and words_of("works").at_end(works) else ""


def _owner_in_lead(view: View, topic: Topic) -> tuple[str, str]:
    """Return the owner that the clause before names, else that of the part before."""
    lead = _lead_name(view) if view.lead else ""
    if not lead:
        return topic.over, "over"
    is_owner = len(lead) <= LONGEST_OWNER and words_of("owner_ends").at_end(lead)
    return (lead, "lead") if is_owner else ("", "")


def _is_apart(view: View, topic: Topic) -> bool:
    """Whether people or divisions were counted just as the next thing is: 人口39万人，面积3240."""
    counted = topic.counted
    if topic.clause == view.place.clause or view.quantity.kind == "money":
        return counted in words_of("divisions") and topic.clause != view.place.clause
    return counted in words_of("divisions") or bool(words_of("apart_ends").at_end(counted))


def read_owned(view: View, topic: Topic) -> Reading | None:
    """Give what an institution has to the one counted last: 初中41所，在校生3.6万人."""
    noun = view.head.name.text
    if noun not in words_of("owned"):
        return None
    is_owner = bool(words_of("owners").at_end(topic.counted))
    owner = topic.counted if is_owner else _owner_told(topic.name)
    return _own(view, NameFrame.OWNED, join(owner, noun), "counted", owner) if owner else None


def _owner_told(name: str) -> str:
    """Return whose pupils or staff were told of: 普通高中 of 普通高中招生."""
    return strip_acts(name[: -len(owned)]) if (owned := words_of("owned").at_end(name)) else ""


def read_second(view: View, topic: Topic) -> Reading | None:
    """Give another head the owner of the first: 工业增加值…，总产值 is 工业总产值."""
    if topic.part < 0:
        return None
    name = second_head(view.head.name.text, topic.name)
    if not name:
        return None
    is_level = view.measured.measure == "level"
    name = swap_verb(name) if is_level else name
    return _own(view, NameFrame.SECOND, name, "topic", view.head.name.owner)


def read_account(view: View, topic: Topic) -> Reading | None:
    """Give the other side of an account its name: 养老保险基金收入…，支出 is 养老保险基金支出."""
    sides, tiers, noun = words_of("account_heads"), words_of("tiers"), view.head.name.text
    tier = tiers.at_start(noun)  # 市级收入 of 政府性基金预算
    side = noun[len(tier) :]
    side = side[len(words_of("account_drop").at_start(side)) :]
    side = (
        side.removesuffix(pointing().at_end(side)) or side if side not in sides else side
    )  # 决算数
    if strip_plan(side) not in sides:
        return None
    account = topic.account[len(tiers.at_start(topic.account)) :] if tier else topic.account
    name = f"{tier}{account}{_side_before(view.before) or side}"
    return _own(view, NameFrame.ACCOUNT, name, "topic", view.head.name.owner)


def _side_before(words: str) -> str:
    """Return the side that stands before a number, past its links: 收入合计, 收入总量为."""
    words = words.rstrip()
    side = words_of("account_heads").at_end(words)
    while not side and (link := cues("link").at_end(words)):
        words = words[: -len(link)].rstrip()
        side = words_of("account_heads").at_end(words)
    return side


def read_fuller(view: View, topic: Topic) -> Reading | None:
    """Give a bare head the fuller name of a clause before: 工业投资增势强劲，完成投资8亿元."""
    head = view.head.name.text
    if head not in words_of("lead_heads"):
        return None
    pieces = reversed(split_clauses(view.lead))
    name = next((name for piece in pieces if (name := _fuller(head, piece))), "")
    is_more = words_of("relational").at_end(topic.name) == head  # 产值8亿元；累计完成产值80亿元
    is_sum = is_more and words_of("sums_up").at_start(view.before)
    is_size = head in words_of("sizes") and topic.part == view.place.part  # 进出口…，总额80亿元
    if not name and (is_sum or (is_size and _is_indicator(topic.name))):
        name = topic.name
    name = name or _told_again(head, view, topic)
    if not name:
        return None
    return _own(view, NameFrame.FULLER, name, "lead", view.head.name.owner)


def _told_again(head: str, view: View, topic: Topic) -> str:
    """Return the name of which a bare head is told again, or the branch whose share was told.

    规模以上工业增加值增长3%，其中10月增加值增长7%; 食品业占比14%，实现产值8亿元.
    """
    whole = whole_of(topic.name)
    if topic.part < 0 or view.head.owner_place or view.head.place:
        return ""
    if whole.endswith(head) and whole != head:
        if _is_side(head, whole):
            return ""
        is_more = view.measured.measure in _MOVES or _is_part(view)
        return whole if is_more else ""
    is_branch = whole != topic.name and words_of("branch_ends").at_end(whole)
    return join(whole, head) if is_branch and head in words_of("output_heads") else ""


def _is_side(head: str, whole: str) -> bool:
    """Whether a head is one side of a word for two that a name holds.

    Examples
    --------
    >>> _is_side("出口", "外贸进出口"), _is_side("增加值", "工业增加值")
    (True, False)
    """
    start, end = words_of("both_sides").last_in(whole)
    return start >= 0 and start < len(whole) - len(head) < end


def _is_part(view: View) -> bool:
    """Whether a number opens a part of what was told: 其中10月."""
    return view.before.lstrip("，、 ").startswith(_AMONG_THEM)


def _fuller(head: str, piece: str) -> str:
    """Return the name in a clause that a head is short for, or that of its branch.

    Examples
    --------
    >>> _fuller("投资", "固定资产投资增势强劲"), _fuller("增加值", "服务业较快增长")
    ('固定资产投资', '服务业增加值')
    """
    subject, is_told, _ = strip_numbering(piece.strip()).partition(head)
    name = name_before(f"{subject}{head}").text if is_told and subject else ""
    if len(name) > len(head) and name.endswith(head):
        is_one = not any(sign in name for sign in term("joints"))
        return name if is_one and not _is_told(name) else ""
    branch = _branch_told(strip_start(piece)) if head in words_of("output_heads") else ""
    return f"{branch}{head}" if branch else ""


def _branch_told(words: str) -> str:
    """Return the branch that a clause without a number tells of: 服务业 of 服务业较快增长.

    Blank where more than the branch is told of: 服务业企业, 服务业投资.
    """
    end = words.rfind(term("branch")) + 1
    roles = (words_of("actors"), words_of("works"), words_of("relational"))
    is_more = any(role.at_start(words, end) for role in roles) or words[end:][:1] in _NO_TELLING
    return words[:end] if 1 < end <= LONGEST_OWNER and end < len(words) and not is_more else ""


def read_grafted(view: View, topic: Topic) -> Reading | None:
    """Give a head that tells of nothing by itself its subject: 失业保险制度…完善，参保人数5万人.

    So of what was told just before it: 外贸进出口增长8%，总额突破80亿元.
    """
    name = view.head.name
    if name.text not in words_of("grafted") or name.owner or view.head.place:
        return None
    subject, took = (_subject_before(view), "lead") if view.lead else (topic.name, "topic")
    if took == "topic" and not _is_grafted_on(name.text, view, topic):
        return None
    subject = bare(whole_of(subject))
    if len(subject) < LONGEST_WORK or subject.endswith(name.text):
        return None
    return _own(view, NameFrame.GRAFTED, join(subject, name.text), took)


def _is_grafted_on(head: str, view: View, topic: Topic) -> bool:
    """Whether a head may be of what was told just before it: 总额 and 规模 of what grew."""
    may_be = values("name_words", "grafted")[head] == "topic" and topic.part == view.place.part
    return may_be and not is_relational(topic.name)


def _subject_before(view: View) -> str:
    """Return the subject of the clause before: 失业保险 of 失业保险制度不断完善."""
    words = strip_start(view.lead.rpartition("，")[2])
    start, end = words_of("institutions").last_in(words)
    if start > 0 and end < len(words):
        return words[:start]
    told, length = name_behind(words)
    subject = _unmoved(told)
    return subject if length < len(words) or subject != told else ""


def _unmoved(name: str) -> str:
    """Return a name without how it went: 新能源装机 of 新能源装机快速增长, 经济 of 经济平稳."""
    move = family("move").at_end(name)
    rest = strip_end(strip_links(name[: -len(move)])[0]) if move else name
    rest = rest.removesuffix(cues("behind.degree").at_end(rest))
    return rest if len(rest) >= LONGEST_WORK else name


def read_before(frame: NameFrame, view: View, topic: Topic) -> Reading | None:
    """Read the noun before a number as it stands, cut in the way of a frame: 税收8亿元."""
    name = view.head.name
    if name.frame is not frame:
        return None
    text = swap_verb(name.text) if view.measured.measure == "level" else name.text
    if "、" in text and view.quantity.unit in words_of("divisions"):
        text = view.quantity.unit  # 下辖甲、乙、丙3县
    return _own(view, frame, text, owner=name.owner)


# ---- told before, or in a clause before


def _take(view: View, frame: NameFrame, name: str, took: str = "") -> Reading:
    """Return a reading by what was told elsewhere; a place before the number goes to the region."""
    return Reading(frame, name, place=view.head.place, took=took)


def read_bracketed(view: View, topic: Topic) -> Reading | None:
    """Name a number in brackets by what stands before them: 恩格尔系数（0.32）, 投资（+8.1%）."""
    is_growth = view.measured.measure == "growth" and not strip_start(view.measured.head)
    if view.label or (view.quantity.kind != "bare" and not is_growth):
        return None
    lead = strip_time(view.lead.rstrip("（("))[0] if is_growth else view.lead.rstrip("（(")
    name = name_before(lead).text  # blank of 较一季度（-4.2%）
    remark = words("place_words", "counted.remark").at_end(lead)
    if remark and view.places.at_end(lead.removesuffix(remark)):  # 全国平均（6%）、全省平均（8%）
        return None
    is_compared = family("gap").last_in(view.lead)[0] >= 0  # 增速高于全省（7.7%）
    if not name or (is_growth and (is_compared or _is_told(name))):
        return None
    return _take(view, NameFrame.BRACKETED, name, "lead")


def _is_told(words: str) -> bool:
    """Whether words say how something is, or what was done: 高于全国, 安排资金较多."""
    roles = (words_of("act"), words_of("predicates"), family("gap"), family("compare"))
    first = next(iter(rjieba.cut(words)), "")  # 居 begins 居民收入, and is no verb there
    return any(len(role.at_start(words)) >= max(1, len(first)) for role in roles)


def read_label(view: View, topic: Topic) -> Reading | None:
    """Name a number by the label before its clause: 社会消费品零售总额：实现78亿元."""
    if strip_start(view.measured.head):
        return None
    return _take(view, NameFrame.LABEL, view.label, "label")


def _is_bare(view: View) -> bool:
    """Whether nothing stands before an amount in its clause."""
    is_level = view.measured.measure == "level"
    return is_level and not (strip_start(view.before) or view.is_origin)


def read_unit(view: View, topic: Topic) -> Reading | None:
    """Name households and people of the divisions counted before: 辖9个村，3200户，9100人."""
    unit = values("name_words", "unit_nouns").get(view.quantity.unit, "")
    has_only = topic.part < 0 and _has_only(view)
    if not unit or not (_is_bare(view) or has_only) or _is_partaking(view):
        return None
    is_more = topic.last is not None and topic.last.frame is NameFrame.UNIT
    is_alone = is_more or _is_beside(view, topic) or _is_of_whole(view) or has_only
    if not (_is_divided(topic) or is_alone):
        return None
    return _take(view, NameFrame.UNIT, unit if len(unit) > 1 else unit + term("count_of"), "unit")


def _has_only(view: View) -> bool:
    """Whether a sentence says of the whole place that it has people: 2001年，有3200户."""
    has = view.before.rstrip().endswith(term("have")) and not strip_start(view.before)
    return has and not view.lead and _is_all(view)


def _is_divided(topic: Topic) -> bool:
    return topic.name in words_of("divided")


def _is_beside(view: View, topic: Topic) -> bool:
    """Whether people are all that a clause tells, and land was told before: 耕地7万亩，3万人."""
    is_land = topic.last is not None and topic.last.quantity.kind == "area"
    return is_land and _is_all(view)


def _is_all(view: View) -> bool:
    """Whether nothing stands behind a number in its clause, unless it opens a list."""
    return not view.behind.strip(" 、")


def _is_of_whole(view: View) -> bool:
    """Whether people are counted of the whole place, and nothing else is said: 全镇共有9717户."""
    return _is_all(view) and view.is_of_own_place


def read_subject(view: View, topic: Topic) -> Reading | None:
    """Name what is only reached here by the subject of the clause before.

    经济总量再上新台阶，达到106亿元 is 经济总量; a noun behind the number would name it instead.
    """
    if topic.part == view.place.part or view.is_origin:
        return None
    is_followed = view.behind.strip() and not view.behind.startswith("、")
    if strip_links(view.before)[0] or not view.before or is_followed:
        return None
    name = _subject_of(view)
    return _take(view, NameFrame.SUBJECT, name, "lead") if name else None


def _subject_of(view: View) -> str:
    words = strip_start(view.lead.rpartition("，")[2])
    if _is_subject_alone(view, words):
        return name_before(words).text
    name, length = name_behind(words)
    if words_of("predicates").at_start(words, length):
        return strip_end(name) if len(name) > 2 else ""
    if length == len(words) and view.before.strip() == term("have"):
        return name  # 高等学校的学生，1952年有19万人
    return _headed(words) if view.quantity.kind == "money" else ""


def read_being(view: View, topic: Topic) -> Reading | None:
    """Name a share by what it is said to be: 面积3378平方公里，其中63%为丘陵."""
    is_alone = view.measured.rule is MeasureRule.RATIO and not strip_start(view.before)
    if not is_alone or view.behind[:1] not in _BEING:
        return None
    noun, length = name_behind(view.behind[1:])
    return _take(view, NameFrame.BEING, noun)._replace(used=length + 1) if noun else None


def read_following(view: View, topic: Topic) -> Reading | None:
    """Leave a bare number to what follows it: 4263户、9166人脱贫."""
    if partakers := _read_partakers(view, topic):
        return partakers
    is_ended = view.quantity.kind != "count" and not view.behind.strip()
    is_closed = is_ended and bool(view.lead and view.before.strip())
    is_closed = is_closed or _goes_on(view, topic)
    is_next = _is_bare(view) and _is_open(view, topic) and not is_closed  # 稳步增长，达8亿元。
    if not is_next and not _is_part_of_next(view):
        return None
    return _take(view, NameFrame.FOLLOWING, "")


def _read_partakers(view: View, topic: Topic) -> Reading | None:
    """Name those who have part in what was told before: 开展医保试点，26万人参保."""
    if not _is_partaking(view):
        return None
    told = view.behind[: find_stop(view.behind)].strip()
    if len(told) > LONGEST_PART or _DIGIT.search(told):
        return None
    scheme = _scheme_told(view, topic)
    tail = values("name_words", "partakes")[words_of("partakes").at_start(told)]
    name = f"{scheme}{told}{tail}"
    return Reading(NameFrame.FOLLOWING, name, owner=scheme, used=len(told), took="topic")


def _is_partaking(view: View) -> bool:
    """Whether people are told to have part in something, and nothing else names them."""
    is_people = view.quantity.unit in words_of("units.people")
    return is_people and _is_bare(view) and bool(words_of("partakes").at_start(view.behind))


def _scheme_told(view: View, topic: Topic) -> str:
    """Return what people have part in: what was done in places, or was raised just before."""
    last = topic.last
    if last is None or topic.part != view.place.part or view.lead:
        return ""
    if last.frame is NameFrame.FOLLOWING and _is_partaking(last.view):
        return last.reading.owner
    if last.quantity.kind == "money":
        whole = bare(whole_of(topic.name))
        return whole[len(words_of("per_heads").at_start(whole)) :]
    if places := _COUNTED_PLACES.match(last.view.behind):
        words = last.view.behind[places.end() :]
        act = words_of("act").at_start(words)
        return words[len(act) : find_stop(words)].strip() if act else ""
    is_works = words_of("about_verbs").at_start(view.behind) and not _is_partaking(last.view)
    return bare(topic.counted) if is_works else ""


def _is_open(view: View, topic: Topic) -> bool:
    """Whether what follows may name a bare number."""
    if _tells_more(view):
        return True
    is_fresh = topic.part != view.place.part
    return not view.is_joined and (view.abuts or is_fresh or view.is_next_cut)


def _goes_on(view: View, topic: Topic) -> bool:
    """Whether an amount of money that ends its clause is more of what was told: 累计完成80亿元."""
    is_more = view.quantity.kind == "money" and topic.name and not view.is_cut
    return bool(is_more) and bool(words_of("light").at_end(view.before.rstrip()))


def _tells_more(view: View) -> bool:
    """Whether what stands behind a bare count says what is counted: 9166人全部实现稳定脱贫."""
    return view.quantity.kind == "count" and bool(words_of("told_of").at_start(view.behind))


def _is_part_of_next(view: View) -> bool:
    """Whether a share in words or with a bound opens a clause and its noun follows.

    半数以上行政村通客车, 80%以上农户受益.
    """
    words = view.quantity.quote
    is_worded = bool(_WORDED.search(words) or bound_behind(view.behind))
    is_alone = view.measured.rule is MeasureRule.RATIO and not strip_start(view.before)
    return is_worded and is_alone and bool(name_behind(strip_bound(view.behind))[0])


def read_lead(view: View, topic: Topic) -> Reading | None:
    """Name a number by a clause before it that has no number: 在全省考核中，位列第三."""
    if _is_pace_told(view) and topic.name:
        measured = _as_growth(view.measured)
        return Reading(NameFrame.LEAD, topic.name, measured=measured, took="topic")
    is_fresh = topic.part != view.place.part or not topic.name
    name = _lead_name(view) if is_fresh else _affected(view) or _turned_to(view)
    if not name:
        return None
    reading = _take(view, NameFrame.LEAD, name, "lead")
    is_growth = family("head").at_end(view.lead.rstrip("，, ")) and _is_state_of(view)
    return reading._replace(measured=_as_growth(view.measured)) if is_growth else reading


def _is_pace_told(view: View) -> bool:
    """Whether the clause before says of whose pace a percentage is: 云溪县增速最快，为11.3%."""
    piece = strip_start(view.lead.rstrip("，, ").rpartition("，")[2])
    told = piece[len(view.places.at_start(piece)) :]
    return _is_state_of(view) and not strip_start(view.before) and _PACE.match(told) is not None


def _is_state_of(view: View) -> bool:
    """Whether a percentage is told by no word but that it was reached: 实际达到4.6%."""
    return view.measured.rule is MeasureRule.RATIO


def _as_growth(measured: MeasureReading) -> MeasureReading:
    """Return a growth whose noun stands before: 产值的增速，1981年计划为3.7%，实际达到4.6%."""
    return measured._replace(measure="growth", rule=MeasureRule.HEAD)


def _affected(view: View) -> str:
    """Return what the clause before says was affected: 税收收入受减税影响，下降5%."""
    affected = _AFFECTED.match(view.lead.rpartition("，")[2])
    name = strip_start(affected["name"]) if affected else ""
    return name if words_of("lead_heads").at_end(name) else ""


def _turned_to(view: View) -> str:
    """Return the indicator that the clause before turns to: 财政收入增势平稳，增长6%.

    Of an amount it tells where it is only said to be reached: 进出口总值创历史新高，达到53亿元.
    """
    piece = strip_start(view.lead.rstrip("，, ").rpartition("，")[2])
    reached = view.before.strip() and not strip_links(view.before)[0].strip()
    is_told_of = view.measured.measure in _MOVED or (view.measured.measure == "level" and reached)
    name = _headed(piece) if is_told_of else ""
    is_own = len(name) >= SHORTEST_TURN and _is_indicator(name) and not _is_told(name)
    return name_before(name).text if is_own else ""


def _lead_name(view: View) -> str:
    """Name a number by a clause before it: an evaluation for a rank, else the nearest noun."""
    pieces = [p for p in split_clauses(view.lead) if p.strip() and not _tells_nothing(p.strip())]
    if view.measured.measure == "rank" and (evaluation := _evaluation_in(pieces)):
        return evaluation
    is_viewed = view.measured.measure in _OF_HEADED or view.quantity.kind == "money"
    if is_viewed and (viewed := _viewed(view.lead.strip("，, "))):
        return viewed
    return _name_of_clause(view, pieces[-1]) if pieces else ""


def _name_of_clause(view: View, piece: str) -> str:
    """Name a number by the noun of the clause before it."""
    words = strip_end(strip_start(piece))
    if (stepped := drop_steps(words)) != words:
        return name_before(stepped).text
    if view.quantity.kind in ("pair", "bare") and (ratio := _RATIO_LEAD.match(words)):
        return ratio["name"]
    if words_of("lead_heads").at_end(words) and len(words) <= LONGEST_LEAD:
        return name_before(words).text
    if _is_subject_alone(view, words):
        return name_before(words).text
    if view.measured.measure in _OF_HEADED and (told := _headed(words) or _moved(piece)):
        return "" if _is_told(strip_start(told)) else name_before(told).text
    return _unmoved(name_behind(strip_start(piece))[0])


def _is_subject_alone(view: View, words: str) -> bool:
    """Whether a clause is a name and no more, of which the next tells: 生产成本，1980年上升5%."""
    is_bare = not strip_start(view.measured.head) and len(words) <= LONGEST_LEAD
    is_held = _AHEAD.search(words) or any(sign.isdigit() for sign in words)  # 增速高于全市均值
    return is_bare and not is_held and bool(_FULL.fullmatch(words)) and not _acts(words)


def _acts(words: str) -> bool:
    return bool(words_of("act").at_start(words))


def _headed(words: str) -> str:
    """Return the subject of a clause that ends in a known head: 财政收入 of 财政收入再创新高."""
    _, end = words_of("lead_heads").last_in(words)
    return words[:end] if 2 < end < len(words) - 2 else ""


def _moved(piece: str) -> str:
    """Return the subject of a clause that ends in a move: 固定资产投资 of 固定资产投资平稳增长."""
    subject = strip_start(piece)
    _, end = words_of("lead_heads").last_in(subject)
    return subject[:end] if end > 2 and family("move").at_end(subject) else ""


def _viewed(lead: str) -> str:
    """Return what a clause says is looked at: 从GDP来看，增长6%."""
    viewed = _VIEWED.match(lead.rpartition("，")[2])
    heads = words_of("lead_heads"), words_of("looked_at")
    name = viewed["name"] if viewed else ""
    return name if any(words.at_end(name) for words in heads) else ""


def _tells_nothing(piece: str) -> bool:
    """Whether a clause without a number names nothing: 分行业看, 呈两位数增长, 扣除减税影响."""
    is_move = words_of("keeps_moving").at_start(piece) and family("move").at_end(piece)
    is_left_out = words_of("leaving_out").at_start(piece)
    return bool(words_of("views").at_end(piece) or is_left_out or is_move)


def _evaluation_in(pieces: list[str]) -> str:
    """Return the last evaluation, or list of the best (百强县行列), that a clause ends in."""
    for piece in reversed(pieces):
        words = strip_end(strip_start(piece))
        _, end = words_of("evaluations").last_in(words)
        if end > 0 and (end == len(words) or _BEST_PLACES.fullmatch(words, end)):
            return words[len(words_of("told_of").at_start(words)) : end]
    return ""


def read_task(view: View, topic: Topic) -> Reading | None:
    """Name a completion by its task: 完成造林任务的98% is 造林."""
    if topic.name:
        return None
    task = view.measured.of
    while task and (tail := words_of("task_ends").at_end(task)):
        task = task[: -len(tail)]
    return _take(view, NameFrame.TASK, task)


def read_changed_pointer(view: View, topic: Topic) -> Reading | None:
    """Name the change of a share by the share: 网上零售额增长12%，占比提高1.9个百分点."""
    pointer = strip_start(view.measured.head)
    if pointer not in words_of("kept_pointers"):
        return None
    return _take(view, NameFrame.POINTER_CHANGED, bare(whole_of(topic.name)) + pointer, "topic")


def read_topic(view: View, topic: Topic) -> Reading | None:
    """Name a number by what was told last: 税收8亿元，增长5%，居全市第二.

    People and things counted are no amount of a rate: 升学率98%，3人获奖.
    """
    if _is_counted_beside_rate(view, topic):
        return None
    name = _owner_counted(view, topic) or _told_before(view, topic)
    reading = _take(view, NameFrame.TOPIC, name, "topic")
    if topic.last and topic.last.frame is NameFrame.RANKING and not reading.place:
        reading = reading._replace(place=topic.last.reading.place)
    last = topic.last.measured if topic.last else None
    is_growth = last is not None and last.rule is MeasureRule.HEAD and _is_state_of(view)
    return reading._replace(measured=_as_growth(view.measured)) if is_growth else reading


def _told_before(view: View, topic: Topic) -> str:
    """Return the name told last in the form that a measure needs: of the whole, of a share."""
    measured = view.measured
    is_amount = measured.measure in ("change", "gap") and view.quantity.kind == "money"
    is_of_whole = is_amount or measured.measure in _GROWTHS  # 占比73%，同比减收0.1亿元
    name = whole_of(topic.name) if is_of_whole else topic.name
    if measured.measure == "rank" and (not name or _is_ranked_apart(view, topic)):
        name = measured.of  # 位列全国百强县第六十二位
    if _is_total(view, topic):
        name = bare(name)  # 新增企业30家，总数突破200家
    if measured.rule.is_share and name and not words_of("share_tails").at_end(name):
        name = bare(name) + _SHARE
    return name


def _is_ranked_apart(view: View, topic: Topic) -> bool:
    """Whether a sentence of its own ranks among the best: 税收8亿元。在全国百强县中排名第八."""
    is_apart = topic.part != view.place.part and not strip_start(view.measured.head)
    return is_apart and words_of("evaluations").last_in(view.measured.of)[0] >= 0


def _owner_counted(view: View, topic: Topic) -> str:
    """Return what is counted directly behind an amount of it: 总投资37亿元的项目31个."""
    last = topic.last
    is_level = view.measured.measure == "level" and view.quantity.kind == "count"
    is_next = is_level and view.is_joined and last is not None
    return last.reading.owner if is_next and last and last.frame is NameFrame.ATTRIBUTE else ""


def _is_total(view: View, topic: Topic) -> bool:
    """Whether a number says what there is in all: 总数突破200家, and 达到12家 behind 新增3家."""
    head, total = view.measured.head, term("total")
    if total in head and strip_end(strip_start(head)) in ("", total):
        return True
    last, words = topic.last, view.before.strip("、， ")
    if last is None or last.view.is_origin or last.view.place.clause != view.place.clause:
        return False
    is_count = view.measured.measure == last.measured.measure == "level"
    is_reached = words and not cues("added").at_end(words) and not strip_start(head)
    return is_count and bool(is_reached) and bool(cues("added").at_start(topic.name))


def _is_counted_beside_rate(view: View, topic: Topic) -> bool:
    is_count = view.quantity.kind == "count" and view.measured.measure == "level"
    return is_count and topic.name.endswith(term("rate_end"))


# ---- what was told, in the form that a frame needs


def who(name: str, what: str = "") -> str:
    """Return who pulls or contributes: 第三产业 of 第三产业增加值.

    What contributes to the growth of investment is one itself.

    Examples
    --------
    >>> who("第三产业增加值"), who("消费")
    ('第三产业', '消费')
    >>> who("工业投资", "经济增长"), who("工业投资", "固定资产投资增长")
    ('工业', '工业投资')
    """
    name = whole_of(_RATE.sub("", name))
    tail = words_of("pull_tails").at_end(name)
    if tail == term("invest") and tail in what:
        return name
    return name[: -len(tail)] if tail and len(tail) < len(name) else name


def may_be_second(noun: str) -> bool:
    """Whether a noun is a head that may have the owner of another: 总产值, 人均消费支出."""
    return noun in words_of("output_heads") or noun.startswith(term("per_head"))


def second_head(noun: str, name: str) -> str:
    """Give another head the owner of the first, blank where it needs none.

    Examples
    --------
    >>> second_head("总产值", "规模以上工业增加值"), second_head("总产值", "税收收入")
    ('规模以上工业总产值', '')
    """
    told_per = _PER_HEAD.match(name)
    if told_per and noun.startswith(term("per_head")):
        return told_per.group() + noun[2:]  # 城镇居民人均可支配收入…，人均消费支出
    heads = words_of("output_heads")
    tail = heads.at_end(name)
    owner = name[: len(name) - len(tail)]
    return owner + noun if tail and noun in heads and tail != noun and len(owner) > 1 else ""


def crop_of(name: str) -> str:
    """Return the crop or herd that was told of: 蔬菜 of 蔬菜种植面积."""
    tail = words_of("crop_ends").at_end(name)
    return name[: -len(tail)] if tail and len(tail) < len(name) else ""


def modify(name: str, modifier: str) -> str:
    """Put another modifier into a name: 国家级绿色工厂 and 省级 give 省级绿色工厂."""
    for old in words_of("shared_modifiers"):
        at = name.find(old)
        if at >= 0 and len(old) >= 2:
            return modifier + name[at + len(old) :]
    return modifier + bare(name)


def class_noun(name: str) -> str:
    """Return the noun of a class: 项目 of 落地亿元以上项目 and of 超亿元项目."""
    name = name.removesuffix(_SHARE)
    over = _OVER_LIMIT.match(name)
    if over and over.end() < len(name):
        return name[over.end() :]
    _, end = words_of("class_limits").last_in(name)
    return name[end:] if end > 0 else bare(name)


READERS: Mapping[NameFrame, Frame] = MappingProxyType(
    {
        NameFrame.PARTS: read_parts,
        NameFrame.RANKED: read_ranked,
        NameFrame.RANKING: read_ranking,
        NameFrame.FIELD: read_field,
        NameFrame.AMONG: read_among,
        NameFrame.ATTRIBUTE: read_attribute,
        NameFrame.ATTRIBUTE_NEXT: read_attribute_next,
        NameFrame.BEHIND: read_behind,
        NameFrame.DISTANCE: read_distance,
        NameFrame.SORTED: read_sorted,
        NameFrame.SHARE: read_share,
        NameFrame.SHARE_POINTED: read_pointed_share,
        NameFrame.PER: read_per,
        NameFrame.PULL: read_pull,
        NameFrame.CARRIED: read_carried,
        NameFrame.NEXT: read_next,
        NameFrame.OBJECT: read_object,
        NameFrame.ABOUT: read_about,
        NameFrame.TIER: read_tier,
        NameFrame.MODIFIER: read_modifier,
        NameFrame.VERB: read_verb,
        NameFrame.CLASS: read_class,
        NameFrame.CROP: read_crop,
        NameFrame.BEFORE_POINTER: read_pointer_before,
        NameFrame.OWNER: read_owner,
        NameFrame.OWNED: read_owned,
        NameFrame.SECOND: read_second,
        NameFrame.ACCOUNT: read_account,
        NameFrame.FULLER: read_fuller,
        NameFrame.GRAFTED: read_grafted,
        NameFrame.BEFORE_HAVING: partial(read_before, NameFrame.BEFORE_HAVING),
        NameFrame.BEFORE_OWNER: partial(read_before, NameFrame.BEFORE_OWNER),
        NameFrame.BEFORE_LIGHT: partial(read_before, NameFrame.BEFORE_LIGHT),
        NameFrame.BEFORE: partial(read_before, NameFrame.BEFORE),
        NameFrame.BRACKETED: read_bracketed,
        NameFrame.LABEL: read_label,
        NameFrame.UNIT: read_unit,
        NameFrame.SUBJECT: read_subject,
        NameFrame.BEING: read_being,
        NameFrame.FOLLOWING: read_following,
        NameFrame.LEAD: read_lead,
        NameFrame.TASK: read_task,
        NameFrame.POINTER_CHANGED: read_changed_pointer,
        NameFrame.TOPIC: read_topic,
    }
)
