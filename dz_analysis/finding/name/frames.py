"""Which words name a number: behind it, before it, or told earlier.

In: an `Item` with the words round its quantity, the one before it and the sentence's `Trail`.
Out: the same item with its name, its owner and the rule that decided.
"""

from __future__ import annotations

import re

from dz_analysis.finding.measure.cues import pointing, strip_links, tells_move
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.name.ellipsis import (
    OVER_LIMIT,
    bare,
    carry_name,
    class_noun,
    crop_of,
    drop_acts,
    is_part_of_next,
    modify,
    name_among,
    name_part,
    said_of,
    second_head,
    subject_of,
    who,
    without_share,
)
from dz_analysis.finding.name.naming_state import Item, Trail
from dz_analysis.finding.name.nouns import (
    Name,
    is_relational,
    join,
    name_before,
    name_behind,
    strip_bound,
    strip_end,
    strip_start,
    swap_verb,
    words_of,
)
from dz_analysis.finding.name.phrases import distance_name, leave_next
from dz_analysis.finding.name.place_in_name import drop_place, past_place, without_place
from dz_analysis.finding.text.wordset import Words
from dz_analysis.lexicon import load_rules

LONGEST_LEAD = 18  # characters of a clause that is nothing but a name
RATIO_LEAD = re.compile(r"(?P<name>[^，]{2,14}?(?:比|系数|指数))(?:[持逐不进明继稳总]|$)")
SCOPED = ("中", "里", "内", "之中", "之一")
NUMERALS = re.compile("[一二三四五六七八九十两几百千万亿多年内间后中]{1,5}")
LEAD_STOP = re.compile(r"[，；：,;:。！？!?\n]")


def name_item(item: Item, last: Item | None, trail: Trail, places: Words) -> None:
    """Name one quantity: 1 a share by its place, 2 behind, 3 before, 4 from what was told."""
    if item.quantity.kind == "part":
        name_part(item, last)
    elif last and _is_among(item, last):
        _name_ranked(item, last, trail, places)
    elif not (name_among(item, trail) or _name_behind(item) or _name_before(item, trail, places)):
        _name_told(item, trail)
    if last and item.rule == "name:attribute" and not item.attribute and last.attribute:
        item.name = join(item.owner, last.attribute)  # 投资20亿元的甲、10亿元的乙项目
    drop_place(item, trail, places)
    if item.quantity.kind == "bare" and item.name.endswith(("比", "比值")):
        is_level = item.telling.measure == "level"
        item.telling = item.telling._replace(measure="ratio") if is_level else item.telling
    ends = words_of("share_ends")
    if item.telling.measure == "ratio" and item.name and not ends.at_end(item.name):
        item.name = f"{item.name}占比" if "占" not in item.name else item.name


def _is_among(item: Item, last: Item) -> bool:
    """Whether the count before a rank says among how many: 在全省137个县中列第34位."""
    return (
        item.quantity.kind == "rank"
        and last.quantity.kind == "count"
        and item.place.clause == last.place.clause
        and last.rule.startswith("name:behind")
    )


def _name_ranked(item: Item, last: Item, trail: Trail, places: Words) -> None:
    """Name a rank among so many by what stands before the count of rivals."""
    head = _drop_scope(last.before, places)
    name = name_before(head).text if strip_start(head) else ""
    name = "" if name in pointing() else name
    scope = last.before[len(head) :].lstrip("在于居列位")
    at = last.name.find("综合")
    if at > 0:  # 在178家高新区综合评价中列第23位
        last.name, name = last.name[:at], name or last.name[at:]
    of = f"{scope}{last.quantity.quote}{last.name}".removesuffix("中")
    item.telling = item.telling.among(of)
    lead = _lead_name(last) if last.lead else ""
    # A count that is only a scope (在全省20个县中) is not remembered as what was told.
    told = trail.topic if last.is_scope else trail.earlier
    item.name, item.rule = name or lead or told, "name:ranked"


def _drop_scope(words: str, places: Words) -> str:
    """Take 在全省, 位列全市 and 在某市 off the end of a head."""
    words = words.removesuffix(places.at_end(words))
    scopes, verbs = words_of("scopes"), words_of("scope_verbs")
    for words_set in (scopes, verbs, verbs):
        end = words_set.at_end(words)
        words = words[: -len(end)] if end else words
    return words


def _name_behind(item: Item) -> bool:
    """Read the noun behind a number: 8家企业, 1.8亿元的医院, 八成以上的农户."""
    telling = item.telling
    behind = strip_bound(item.behind)
    if telling.rule is MeasureRule.GOAL:
        return False
    if behind.startswith("的") and telling.measure not in ("rank", "completion", "gap"):
        return telling.rule is not MeasureRule.BEHIND and _name_attribute(item, behind)
    if telling.measure != "level" or telling.is_state or tells_move(item.behind):
        return False
    noun, length = name_behind(behind) if _wants_behind(item) else ("", 0)
    if not noun:
        return False
    verb = _verb_before(telling.head)
    if verb and not telling.bound:  # 至少建成1所
        item.telling = telling.bounded(strip_links(telling.head[: -len(verb)])[1])
    said = "" if verb or item.is_cut else said_of(noun, behind[length:])
    noun, length = leave_next(noun, length, is_last=item.is_cut and length == len(behind))
    noun, length = (noun, length) if said else _leave_relational(item, noun, length)
    item.name, item.rule = said + verb + noun, "name:behind"
    item.taken = length + len(item.behind) - len(behind)
    item.is_scope = behind.startswith(SCOPED, length) or behind[:length].endswith(("中", "里"))
    return True


def _leave_relational(item: Item, noun: str, length: int) -> tuple[str, int]:
    """Leave 集体收入 in 930个村庄集体收入突破5万元 to the next number."""
    tail = words_of("relational").at_end(noun)
    if not tail or item.quantity.kind != "count" or len(noun) - len(tail) < 2:
        return noun, length
    at = noun.rindex(tail)
    if noun[:at].endswith("集体"):
        at -= 2
    return (noun[:at], length - len(noun) + at) if at >= 2 else (noun, length)


def _wants_behind(item: Item) -> bool:
    """Whether the noun behind is the one counted, not the next subject."""
    head = strip_end(strip_start(item.telling.head))
    if not head or words_of("before_right").at_end(item.telling.head):
        return True
    if item.quantity.kind in ("count", "bare") and item.quantity.unit not in ("人次", "次"):
        return True
    return bool(words_of("act").at_end(head) or words_of("light").at_end(head))


def _verb_before(head: str) -> str:
    """Return the verb of doing that stands directly before a number: 新建4所学校."""
    if head.endswith("等"):  # 新建第一中学等4所学校
        verb = words_of("kept_verbs").at_start(strip_start(head))
        return verb if verb != strip_start(head) else ""
    verbs, words = "", head.rstrip()
    verb = words_of("act").at_end(words)
    while verb and len(verbs) < 6:
        verbs, words = verb + verbs, words[: -len(verb)]
        verb = words_of("act").at_end(words)
    return verbs if words_of("kept_verbs").at_end(verbs) else ""


def _name_attribute(item: Item, behind: str) -> bool:
    """Read an amount before its owner: 投资1.8亿元的医院 is 医院投资."""
    attribute = _last_noun(strip_end(strip_start(item.telling.head)))
    if item.telling.measure == "ratio":
        attribute = "占比"
    elif item.telling.measure != "level":
        attribute = ""
    noun, length = name_behind(behind[1:])
    first, comma, last_noun = _split_last(noun)
    if comma and is_relational(last_noun):  # 投资5亿元的甲项目、投资3亿元的乙项目
        noun, length = first, length - len(comma + last_noun)
    rest = behind[1 + length :]
    item.attribute = attribute
    if noun.startswith("目标"):  # 控制在4%的目标以内
        return False
    is_list = "、" in noun or bool(words_of("place_ends").at_end(noun))
    if (not noun and not rest) or (rest == "等" and is_list):
        item.rule = "name:attribute:next"  # the count behind it names the owner
        return True
    if not noun:
        return False
    item.taken = length + 1 + len(item.behind) - len(behind)
    item.name, item.owner, item.rule = join(noun, attribute), noun, "name:attribute"
    return True


def _split_last(noun: str) -> tuple[str, str, str]:
    """Split a list at its last sign or word of joining: 甲水厂和投资."""
    at = max(noun.rfind(sign) for sign in "、和及与")
    return (noun[:at], noun[at], noun[at + 1 :]) if at > 0 else ("", "", noun)


def _last_noun(head: str) -> str:
    """Return the noun that an amount before its owner states: 引进总投资 is 总投资."""
    relational = words_of("relational").at_end(head)
    if relational or words_of("act").at_end(head):
        return relational
    return head[-6:]


def _name_before(item: Item, trail: Trail, places: Words) -> bool:
    """Read the noun before a number; a noun that needs an owner takes the one told last."""
    head = past_place(item, item.telling.head, places)
    distance = distance_name(head, trail.topic) if item.quantity.kind == "length" else ""
    if distance:
        item.name, item.rule = distance, "name:distance"
        return True
    if item.telling.rule is MeasureRule.SORTED and trail.counted:
        sort = bare(trail.counted).rpartition("的")[2]
        item.name, item.rule = f"{strip_start(head)}的{sort}", "name:sorted"
        return True
    name = name_before(head) if strip_start(head) else Name("")
    words = without_place(item, name.text, places)
    is_pointer = words in pointing() or words.endswith("同期") or bool(NUMERALS.fullmatch(words))
    if not words or (is_pointer and (trail.topic or item.lead)) or words in places:
        item.place_name = words if words in places else item.place_name
        return False
    is_share = words.startswith("占") and not words.startswith(("占地面", "占地约"))
    if is_share and trail.topic and words != "占地":
        item.name, item.rule = bare(trail.topic) + words, "name:share"
        return True
    if trail.topic and words.endswith("占比") and words.removesuffix("占比") in pointing():
        item.name, item.rule = bare(trail.topic) + "占比", "name:share"  # 总量占全市的12%
        return True
    if words in words_of("per_heads") and trail.topic:
        item.name, item.rule = words + trail.topic, "name:per"
        return True
    if item.telling.rule is MeasureRule.PULL:
        puller = who(trail.topic) if words.startswith("拉动") else ""
        item.name, item.rule = f"{puller}{words}增长", "name:pull"
        return True
    is_led = bool(trail.topic) and _is_led(item, trail)
    if whole := carry_name(words, item, trail.topic, is_led=is_led):
        item.name, item.rule = whole, "name:carried"
        trail.is_led = True
        return True
    is_next = item.is_cut and not item.behind.strip("、和与及 ")
    if item.telling.measure == "level" and is_next and not drop_acts(words):
        item.rule = "name:following"  # 办好10类、32件民生实事
        return True
    if _name_modified(item, words, trail):
        return True
    if name.owner in places:
        item.place_name = name.owner
        words, name = words.removeprefix(name.owner), Name(words)
    crop = crop_of(trail.topic) if words in words_of("crop_heads") else ""
    if crop and not item.place_name:
        item.name, item.rule = crop + words, "name:crop"
        return True
    is_of_firms = words.startswith("工业") and trail.counted.endswith("工业企业")
    is_owned = is_relational(words) or (is_of_firms and item.quantity.kind == "money")
    owner = _owner_of(item, trail) if is_owned and not name.owner else ""
    if owner:
        owner = owner[len(words_of("owner_drop").at_start(owner)) :]
        done = "完成" if "完成" in item.before and words in ("投资", "年度投资") else ""
        whole = owner if owner.endswith(words) else join(owner, done + words)
        item.name, item.owner, item.rule = whole, owner, "name:owner"
        return True
    second = second_head(words, trail.topic) if trail.part >= 0 else ""
    item.name, item.owner = second or words, name.owner
    item.rule = "name:second" if second else f"name:{name.rule or 'before'}"
    if item.telling.measure == "level":
        item.name = swap_verb(item.name)
    return True


def _owner_of(item: Item, trail: Trail) -> str:
    """Return whose 利润 or 总投资 it is: what was counted last, or what the clause before opens."""
    if item.label:
        return item.label
    if item.place_name or _is_apart(item, trail):
        return ""
    if trail.counted:
        return trail.counted
    if not words_of("light").at_start(item.before):
        return ""
    lead = _lead_name(item) if item.lead else ""
    if lead and len(lead) <= 8 and words_of("owner_ends").at_end(lead):
        return lead
    return trail.over if trail.over and not lead else ""


def _is_apart(item: Item, trail: Trail) -> bool:
    """Whether people or divisions were counted just as the next thing is: 人口39万人，面积3240."""
    counted = trail.counted
    if trail.clause == item.place.clause or item.quantity.kind == "money":
        return counted in words_of("divisions") and trail.clause != item.place.clause
    return counted in words_of("divisions") or counted.endswith(("人口", "户"))


def _is_led(item: Item, trail: Trail) -> bool:
    """Whether the parts of what was told are gone through: 其中, 分行业看, or one before it."""
    pieces = [piece.strip() for piece in LEAD_STOP.split(item.lead)]
    is_viewed = any(words_of("views").at_end(piece) for piece in pieces)
    return trail.is_led or is_viewed or item.before.lstrip("，、 ").startswith("其中")


def _name_modified(item: Item, words: str, trail: Trail) -> bool:
    """Name what takes its noun from before: 竣工21个, 省级4家, 其中10亿元以上7个."""
    told = trail.counted or trail.topic or ("人口" if "岁" in words else "")
    if not told or item.telling.measure != "level":
        return False
    if words in words_of("about_verbs"):
        item.name, item.rule = bare(told) + words, "name:about"
    elif words in words_of("shared_modifiers"):
        item.name, item.rule = modify(told, words), "name:modifier"
    elif not drop_acts(words):
        item.name, item.rule = words + bare(told), "name:verb"
    elif item.quantity.kind == "count" and (
        words.endswith(("以上", "以下", "岁")) or OVER_LIMIT.fullmatch(words)
    ):
        noun = "人口" if "岁" in words else class_noun(told)  # 14岁以下2.1万人
        item.name, item.rule = words + noun, "name:class"
    else:
        return False
    return True


def _name_told(item: Item, trail: Trail) -> None:
    """Name a number by what was told last, or by a clause before it that has no number."""
    if item.is_bracketed and item.quantity.kind == "bare" and item.lead:
        item.name, item.rule = name_before(item.lead.rstrip("（(")).text, "name:bracketed"
        return
    if item.label and not strip_start(item.telling.head):
        item.name, item.rule = item.label, "name:label"
        return
    is_fresh = trail.part != item.place.part
    is_bare = item.telling.measure == "level" and not (strip_start(item.before) or item.is_origin)
    is_next = item.is_cut and not item.behind.strip("、和与及 ")
    is_open = item.abuts or is_fresh or is_next or _tells_more(item)
    unit = load_rules("name_words")["unit_nouns"].get(item.quantity.unit, "")
    if is_bare and unit and trail.topic in words_of("divided"):  # 辖9个村，3200户，9100人
        item.name, item.rule = unit if len(unit) > 1 else f"{unit}数", "name:unit"
        return
    is_reached = item.telling.measure == "level" and is_fresh and not item.is_origin
    if is_reached and (subject := subject_of(item)):
        item.name, item.rule = subject, "name:lead"
        return
    if (is_bare and is_open and not item.is_joined) or is_part_of_next(item):
        item.rule = "name:following"  # 4263户、9166人脱贫: what follows names it
        return
    if is_bare and _tells_more(item):
        return
    lead = _lead_name(item) if item.lead and (is_fresh or not trail.topic) else ""
    if lead:
        item.name, item.rule = lead, "name:lead"
        return
    if item.telling.measure == "completion" and not trail.topic:
        item.name, item.rule = _task(item.telling.of), "name:task"
        return
    told = item.telling.measure in ("growth", "average_growth", "level") and trail.topic
    item.name, item.rule = without_share(told) if told else trail.topic, "name:topic"
    if item.telling.measure == "rank" and not item.name:
        item.name = item.telling.of  # 位列全国百强县第六十二位
    if strip_end(strip_start(item.telling.head)) in ("", "总") and "总" in item.telling.head:
        item.name = bare(item.name)  # 新增企业30家，总数突破200家
    is_share = item.telling.rule.is_share and not item.name.endswith(("占比", "比重"))
    if is_share and item.name:
        item.name = bare(item.name) + "占比"


def _tells_more(item: Item) -> bool:
    """Whether what stands behind a bare count says what is counted: 9166人全部实现稳定脱贫."""
    return item.quantity.kind == "count" and bool(words_of("told_of").at_start(item.behind))


def _lead_name(item: Item) -> str:
    """Name a number by a clause before it: an evaluation for a rank, else the nearest noun."""
    views = words_of("views")
    pieces = [p for p in LEAD_STOP.split(item.lead) if p.strip() and not views.at_end(p.strip())]
    if item.telling.measure == "rank":
        for piece in reversed(pieces):
            words = strip_end(strip_start(piece))
            if words_of("evaluations").at_end(words):
                return words
    words = strip_end(strip_start(pieces[-1])) if pieces else ""
    if item.quantity.kind in ("pair", "bare") and (told := RATIO_LEAD.match(words)):
        return told["name"]
    if words_of("lead_heads").at_end(words) and len(words) <= LONGEST_LEAD:
        return name_before(words).text
    return name_behind(strip_start(pieces[-1]))[0] if pieces else ""


def _task(of: str) -> str:
    """Return what a task is about: 造林任务 is 造林."""
    for word in ("年度任务", "目标任务", "任务", "计划", "目标", "的"):
        of = of.removesuffix(word)
    return of
