"""Names of what is measured, cut out of the words before or behind a number.

In: a head (the words before a number, without the words that tell its measure) or the words
behind it. Out: the shortest name that a statistician would recognise, and whose it is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import rjieba

from dz_analysis.finding.measure.cues import cues, pointing
from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.text.segment import find_stop
from dz_analysis.lexicon import Words, values, words

LOOK = 48  # no name of the genre is longer; keeps the work for a number bounded
RECENT = 8192  # answers kept: the words beside numbers come back in one text and in the next
_HAN = re.compile(r"[\u3400-\u9fff]")
RUN_IN = "\u3000"  # stands behind a heading that runs in
_LATIN_BRACKET = re.compile(r"[（(][A-Za-z&\s.-]{0,24}[)）]")
_AFTER = form("after")
_GROUND = form("on a basis")
_AMONG = form("among")
_CLASS = form("class limit")
_WITH_TRAIT, _COUNT_OF_LIST = form("with a trait"), form("count of a list")
_STEPS = form("steps")  # 财政收入连续迈上60、70亿元台阶
_SAID = (
    (term("countries"), form("countries"), ""),
    (term("of"), form("approved"), ""),  # 人代会批准的收入预算
    (term("approving"), form("approved at once"), ""),  # 常委会批准追加支出预算
    (term("ours"), form("authority"), r"\g<verb>"),  # 省财政厅转贷我市债券
    (term("in_all"), form("in all"), ""),  # 工业企业共投入技改资金
    (term("plus"), form("sum"), ""),  # 加上级补助收入
    (term("adding"), form("sum behind"), ""),  # 财政收入加上转移支付
    (term("minus"), form("sum"), ""),  # 减结转下年支出
    (term("because"), form("caused"), ""),  # 因土地出让减少，调减2亿元
    (term("arranges"), form("arranged"), ""),  # 安排市级补助资金
    (term("supports"), form("supported"), ""),  # 支持低保标准提高5%
    (term("within"), form("kept within"), ""),  # 控制在核定的债务限额
    (term("first"), form("first of all"), ""),  # 成为全省首个经济总量
    (term("only"), form("first of all"), ""),  # 全市唯一规上工业产值
    (term("becomes"), form("first of all"), ""),  # 成为全国第4个外贸进出口
    (term("fields"), form("divided into"), ""),  # 分13个领域细化任务
    (term("aspects"), form("divided into"), ""),
    (term("mainly"), form("mainly"), ""),  # 葡萄、桃为主的干鲜果面积
)

LONGEST_ASIDE = 4  # 村（居）, 县（市、区） belong to a name; what is longer only remarks on it
_NUMBERING = form("numbering")
_EXAMPLES = form("examples")
_LISTED = form("listed behind")
_SEAT = form("seat")
_DIVIDED = form("kinds of divisions")
_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]{1,60})[)）]")
_MEDAL = form("medal")
_ABOVE_SEA, _SEA = form("above the sea"), term("above_sea")
_TOLD_SHARE = form("told share")
_HAVING = form("having")
_DISTANCE, _DIRECTION = form("distance"), form("direction")
_OF, _JOINTS, _INDUSTRY, _PROJECT = term("of"), term("joints"), term("industry"), term("project")
_FROM, _WAY, _HAVE = term("from_place"), term("distance"), term("have")
_QUOTES = {**dict.fromkeys("“‘《（(", 1), **dict.fromkeys("”’》）)", -1)}
_QUOTATION = frozenset("“‘《")
_NO_TOKEN = ("", "")
_NOUN_TAGS = frozenset(["n", "vn", "nz", "b", "a", "an", "s", "nt", "f", "eng"])
_FUNCTION_TAGS = frozenset(["d", "p", "r", "u", "ul", "uz", "ug", "y", "zg", "ad", "x"])


class Name(NamedTuple):
    """A name and, where it stands there, the one it belongs to (规上企业 of 利润)."""

    text: str
    owner: str = ""
    frame: NameFrame = NameFrame.BEFORE


@cache
def words_of(section: str) -> Words:
    """Return a role of the lexicon `name_words` as a set."""
    return words("name_words", section)


@lru_cache(maxsize=RECENT)
def name_before(head: str) -> Name:
    """Cut the name out of the words before a number.

    Examples
    --------
    >>> name_before("全市完成一般公共预算收入").text
    '一般公共预算收入'
    >>> name_before("规上企业实现利润").text
    '规上企业利润'
    >>> name_before("国家级经济技术开发区累计引进外资企业").text
    '引进外资企业'
    """
    words = head[-LOOK:]
    if "(" in words or "（" in words:
        words = _LATIN_BRACKET.sub("", words)
    if words_of("grounds").at_end(words):
        words = _GROUND.sub("", words)  # 在优化结构的基础上年均增长
    words = _drop_blanks(_drop_run_in(words))
    words = strip_start(_drop_said(strip_start(_drop_after(_drop_for(words)))))
    words = _above_sea(_own_project(_drop_subject_of_plan(strip_end(words))))
    owned = _owned_by_having(words) if _HAVE in words else None
    if owned:
        return owned
    words = strip_start(drop_examples(words)) or words
    light = _split_light(words)
    if light:
        return light
    return Name(_drop_subject_of_act(words))


def _drop_said(words: str) -> str:
    """Drop what is said of a name and belongs to none: who approves, 共, heights reached."""
    for sign, pattern, kept in _SAID:
        if sign in words:
            words = pattern.sub(kept, words)
    _, approved = words_of("approved_by").last_in(words)  # 人代会批准全县财政收入
    words = words[approved:].lstrip(_OF) if 0 < approved < len(words) else words
    return drop_steps(words)


def drop_steps(words: str) -> str:
    """Drop the heights that an amount climbed to from behind its name.

    Examples
    --------
    >>> drop_steps("财政收入连跨两个亿元台阶"), drop_steps("财政收入")
    ('财政收入', '财政收入')
    """
    return _STEPS.sub("", words) if words_of("step_verbs").first_in(words) else words


def _owned_by_having(words: str) -> Name | None:
    """Read what an institution has: 普通高中有教职工 is 普通高中教职工."""
    having = _HAVING.match(words)
    if not having or having["noun"] not in words_of("owned"):
        return None
    owner = having["owner"]
    if not words_of("owners").at_end(owner):
        return None
    return Name(join(owner, having["noun"]), owner, NameFrame.BEFORE_HAVING)


def _above_sea(words: str) -> str:
    """Name a height by what is high, where 海拔 only says from where: 地面高程一般在海拔."""
    match = _ABOVE_SEA.match(words) if words.endswith(_SEA) else None
    return (match["height"] or _SEA) if match else words


def _drop_blanks(words: str) -> str:
    return words.replace(" ", "").replace("　", "").replace("\t", "")


def _drop_run_in(words: str) -> str:
    """Drop a heading that runs in before a wide blank: 财政收入　全年财政总收入.

    It stays before what needs an owner: 工业　总产值.
    """
    if RUN_IN not in words:
        return words
    rest = words.rpartition(RUN_IN)[2]
    is_whole = len(_HAN.findall(rest)) > 2 and not is_relational(rest.strip())
    return rest if is_whole else words


def _drop_for(words: str) -> str:
    """Drop 为80岁以上老人 before the verb of what was done for them."""
    bare = words.lstrip("，、；：。 ")
    if not words_of("for_whom").at_start(bare):
        return words
    verbs = ((at, words_of("act").at_start(bare, at)) for at in range(2, len(bare) - 2))
    done = (at for at, verb in verbs if verb and not _is_held(bare, at, at + len(verb)))
    at = next(done, 0)
    return bare[at:] if at else words


def _drop_after(words: str) -> str:
    """Drop 全线贯通后 before what was told of: 全线贯通后通勤时间."""
    match = _AFTER.match(words)
    if not match or words_of("not_after").at_end(match.group()):
        return words
    return words[match.end() :]


def _drop_subject_of_plan(words: str) -> str:
    """Drop a short subject before 将 and a verb: 新区将再引进总部企业."""
    at = words.find(term("will"), 0, 8)
    rest = strip_start(words[at + 1 :]) if at >= 0 else ""
    return rest if words_of("act").at_start(rest) else words


def _split_light(words: str) -> Name | None:
    """Split at the last 实现 or 完成; what stands before it owns a noun like 利润."""
    start, end = _last_inside(words_of("light"), words)
    if start < 0:
        return None
    owner, noun = strip_end(strip_start(words[:start])), strip_start(words[end:])
    if not noun or noun[0].isdigit() or owner.startswith(term("every")):
        return None
    if not _is_owned_by(owner, noun):
        owner = owner if _HAN.search(owner) else ""
        return Name(_drop_subject_of_act(noun), owner, NameFrame.BEFORE_LIGHT)
    owner = _drop_subject_of_act(owner)
    noun = noun.removeprefix(term("this_year")) if noun == term("year_invest") else noun
    done = term("complete")
    verb = done if noun == term("invest") and words[start:end] == done else ""
    return Name(join(owner, verb + noun), owner, NameFrame.BEFORE_OWNER)


def _is_owned_by(owner: str, noun: str) -> bool:
    """Whether what stands before a light verb has what stands behind it: 规上企业实现利润."""
    if not owner:
        return False
    is_branch = owner.endswith(_INDUSTRY) and noun.startswith(_INDUSTRY)
    is_part = owner in words_of("part_of")  # 铁路完成客运量
    return is_branch or is_part or is_relational(noun) or bool(words_of("actors").at_end(owner))


def join(part: str, head: str) -> str:
    """Join a modifier and a head that overlap: 城镇居民 and 居民人均可支配收入."""
    if part.endswith(term("industry_firms")) and head.startswith(_INDUSTRY):
        part = part.removesuffix(term("firms"))  # 规上工业企业完成工业增加值
    for length in range(min(len(part), len(head), 4), 1, -1):
        if part.endswith(head[:length]):
            return part + head[length:]
    return part + head


def _last_inside(words: Words, text: str) -> tuple[int, int]:
    """Return the span of the last of the words that has something behind it."""
    start, end = words.last_in(text, len(text) - 1)
    while start >= 0 and words_of("of_act").at_start(text, end):
        start, end = words.last_in(text, end - 1)
    return start, end


def _drop_subject_of_act(words: str) -> str:
    """Drop the subject before a verb that says what was done: 平台受理案件 is 受理案件."""
    if len(words) <= 10:
        return words
    act = words_of("act")
    for start in range(1, len(words) - 2):
        if words[start] == "、":
            return words
        verb = act.at_start(words, start)
        if (
            not verb
            or start + len(verb) >= len(words) - 1
            or _is_held(words, start, start + len(verb))
        ):
            continue
        if _starts_word(words, start, len(verb)):
            if words_of("locatives").at_end(words[:start]):
                return words[start:]
            return words[start:] if start > max(11, 2 * (len(words) - start)) else words
    return words


def _is_held(words: str, start: int, end: int) -> bool:
    """Whether a verb belongs to a longer noun or a quotation: 增加值, 进出口, “15分钟服务圈”."""
    before, nouns = words[:end], words_of("held_verbs")
    is_quoted = before.count("“") > before.count("”")
    return is_quoted or bool(nouns.at_end(before) or nouns.at_start(words, start))


def _starts_word(words: str, start: int, length: int) -> bool:
    """Whether a verb inside a head is a word there: 增加 in 工业增加值 is none."""
    offset = 0
    for token in rjieba.cut(words):
        if offset == start:
            return len(token) <= length
        offset += len(token)
        if offset > start:
            return False
    return False


@lru_cache(maxsize=RECENT)  # asked several times for the same head
def strip_start(words: str) -> str:
    """Take places of the document, adverbs and connectives off the front.

    Examples
    --------
    >>> strip_start("其中，全区累计接种疫苗")
    '接种疫苗'
    """
    drop, keep = words_of("drop_start"), words_of("keep_start")
    while words:
        word = drop.at_start(words)
        if not word or len(keep.at_start(words)) >= len(word):
            return words
        words = words[len(word) :]
    return words


@lru_cache(maxsize=RECENT)  # asked several times for the same head
def strip_end(words: str) -> str:
    """Take off the tail what says how it was measured, unless that is all there is."""
    drop, keep, links_kept = words_of("drop_end"), words_of("keep_end"), cues("kept")
    while words:
        word = drop.at_end(words)
        if not word:
            return words
        kept = max(keep.at_end(words), links_kept.at_end(words), key=len)
        if len(kept) >= len(word) and kept != word:
            return words
        words = words[: -len(word)]
    return words


@lru_cache(maxsize=RECENT)  # asked several times for the same name
def strip_plan(name: str) -> str:
    """Return what a kind of a budget is told of, the name itself where it tells of none.

    Examples
    --------
    >>> strip_plan("税收收入年初预算"), strip_plan("教育支出预算")
    ('税收收入', '教育支出')
    >>> strip_plan("一般公共预算")
    '一般公共预算'
    """
    end = words_of("plan_ends").at_end(name)
    rest = name[: len(name) - len(end)]
    return rest if end and words_of("planned").at_end(rest) else name


def tells_plan(name: str) -> bool:
    """Whether a name is that of a kind of a budget, also where what follows keeps it whole.

    Examples
    --------
    >>> tells_plan("教育支出预算"), tells_plan("接待经费预算"), tells_plan("一般公共预算")
    (True, True, False)
    """
    rest = name[: len(name) - len(words_of("plan_ends").at_end(name))]
    is_kept = rest != name and bool(words_of("planned.kept").at_end(rest))
    return is_kept or strip_plan(name) != name


def whole_of(name: str) -> str:
    """Return of what a share was told, the name itself where it is no share.

    Examples
    --------
    >>> whole_of("工业投资占比"), whole_of("工业投资")
    ('工业投资', '工业投资')
    """
    return _TOLD_SHARE.sub("", name) or name


def swap_verb(name: str) -> str:
    """Put a verb that stands behind its noun before it.

    Examples
    --------
    >>> swap_verb("高新技术企业新增"), swap_verb("危房改造")
    ('新增高新技术企业', '危房改造')
    """
    verb = words_of("swap_verbs").at_end(name)
    noun = name[: len(name) - len(verb)]
    is_noun = len(noun) >= 2 and noun not in words_of("per_heads")
    return verb + noun if verb and is_noun else name


@lru_cache(maxsize=RECENT)
def strip_bound(behind: str) -> str:
    """Take 以上 and 左右 off the front of the words behind a number."""
    return behind[len(words_of("bounds_behind").at_start(behind)) :]


def is_relational(noun: str) -> bool:
    """Whether a noun needs an owner: 总投资, 利润, 占地面积."""
    return noun in words_of("relational")


@lru_cache(maxsize=RECENT)
def name_behind(behind: str) -> tuple[str, int]:
    """Read the noun that stands behind a number, up to its predicate.

    Returns
    -------
    name : str
        The noun phrase, blank if none begins there.
    length : int
        How many characters of the words it takes.

    Examples
    --------
    >>> name_behind("家规模以上工业企业完成评价"[1:])
    ('规模以上工业企业', 8)
    >>> name_behind("老旧小区改造，涉及居民")[0]
    '老旧小区改造'
    """
    words = behind[: find_stop(behind[:LOOK])]
    among = _AMONG.search(words)
    words = words[: among.start()] if among else words
    if words.startswith(("（", "(")) or _COUNT_OF_LIST.match(words):
        return "", 0
    opened = _opening(words)
    taken, length = _take_noun(words[opened:])
    name = _trim(words[:opened] + taken)
    return name, opened + length if name else 0


def _opening(words: str) -> int:
    """Measure what begins a noun phrase in its own way: 未建成项目, 过5亿元项目."""
    opened = words_of("open_behind").at_start(words)
    limit = _CLASS.match(words) or _WITH_TRAIT.match(words)
    return max(len(opened), limit.end() if limit else 0)


def _take_noun(words: str) -> tuple[str, int]:
    """Walk over the words of a noun phrase; stop at its predicate."""
    tokens = rjieba.tag(words)
    if _is_single(words) and not _begins_with_noun(tokens):
        return words[0], 1
    name, depth = "", 0
    for (token, pos), after in zip(tokens, [*tokens[1:], _NO_TOKEN], strict=False):
        turn = _QUOTES.get(token, 0)
        if turn > 0 and token not in _QUOTATION and aside_length(words, len(name)):
            break
        is_open = not turn and not depth and not _is_stub(name)
        if is_open and _ends_noun(token, pos, name, after):
            break
        depth = max(0, depth + turn)
        name += token
    if name and _is_single(words[len(name) :]):
        name += words[len(name)]
    return name, len(name)


def _begins_with_noun(tokens: list[tuple[str, str]]) -> bool:
    """Whether the first word is a noun of several signs."""
    return bool(tokens) and len(tokens[0][0]) > 1 and tokens[0][1].startswith("n")


def _is_stub(name: str) -> bool:
    """Whether a name is one sign of a longer word that the segmenter cut: 负 of 负压设备."""
    return len(name) == 1 and bool(_HAN.match(name)) and name not in words_of("single_nouns")


def _is_single(words: str) -> bool:
    """Whether a noun of one character stands before its predicate: 村 in 村实现."""
    ends = words_of("predicates")
    is_cut = len(words) > 2 and ends.at_start(words, 1) and not ends.at_start(words)
    return bool(is_cut) and words[0] in words_of("single_nouns")


def _ends_noun(token: str, pos: str, name: str, after: tuple[str, str]) -> bool:
    """Whether a word cannot belong to the noun phrase that was read so far."""
    nominals = words_of("nominals")
    if token in words_of("predicates"):
        return bool(name) or token not in nominals or not after[1].startswith(("n", "v"))
    if token in nominals or pos in _NOUN_TAGS or token in words_of("single_nouns"):
        return False
    if token in (_OF, "、") or pos == "c":
        return _ends_at_joint(token, name, after)
    if pos.startswith("v"):
        return _ends_at_verb(token, pos, name, after)
    return _ends_at_other(token, pos, name, after)


def _ends_at_other(token: str, pos: str, name: str, after: tuple[str, str]) -> bool:
    """Whether an adverb, a sign, a number or a stub of a word ends the noun before it."""
    if pos in ("zg", "ng") and _is_cut_short(after):  # 立式车铣项目
        return False
    if pos in _FUNCTION_TAGS or token == " ":
        return bool(name) or pos != "zg"
    if pos != "m" or token in words_of("grades"):  # 2个国家一类口岸
        return False
    return bool(name) and not after[0].startswith(term("rivals_of"))  # 中国100强企业


def _is_cut_short(after: tuple[str, str]) -> bool:
    """Whether one sign of a longer word, which the segmenter cut, goes on."""
    return bool(after[0]) and after[1] != "x"


def _ends_at_joint(token: str, name: str, after: tuple[str, str]) -> bool:
    """Whether nothing is joined by 的, 和 or 、."""
    if token == _OF and words_of("counted_places").at_end(name):
        return True  # 来自12个国家和地区的企业
    return not name or not after[0] or after[0] in words_of("predicates")


def _ends_at_verb(token: str, pos: str, name: str, after: tuple[str, str]) -> bool:
    """Whether a verb is the predicate of the noun before it, not the first word of a noun."""
    if not name and after != _NO_TOKEN:
        return False
    if pos == "vg" and _is_cut_short(after):
        return False
    is_done = bool(words_of("actors").at_end(name)) or token in words_of("act")
    return is_done or not after[1].startswith(("n", "v", "b"))


def _trim(name: str) -> str:
    """Drop what dangles at the ends of a noun phrase."""
    name = _own_project(name).rstrip(f"{_OF}{_JOINTS} 　")
    if not words_of("open_behind").at_start(name):  # 和美乡村
        name = name.lstrip(f"{_OF}{_JOINTS} 　")
    name = _drop_blanks(name)
    name = name.removesuffix(words_of("scope_ends").at_end(name))
    told = strip_end(name)
    if words_of("evaluations").at_end(told):  # 两项考核中均排名第一
        name = told
    first, _, rest = name.partition("、")
    if rest and words_of("works").at_end(first):
        name = first
    if name.count("（") > name.count("）"):
        name = name[: name.rindex("（")]
    if name.count("“") > name.count("”"):
        name = name[: name.rindex("“")]
    return name if _HAN.search(name) or name.isalpha() else ""


def _own_project(name: str) -> str:
    """Drop the class before a project's own name: 省重点项目甲乙发电项目 is 甲乙发电项目."""
    _kind, sign, own = name.partition(_PROJECT)
    if not sign:
        return name
    begins = _HAN.match(own) and own[:1] not in _JOINTS
    if not begins or _PROJECT not in own:
        return name
    is_said = words_of("act").at_start(own) or words_of("predicates").at_start(own)
    return name if is_said else own


def name_of_predicate(behind: str, unit: str) -> str:
    """Name what has no noun by what is said of it: 9166人全部实现稳定脱贫."""
    words = strip_start(behind[: find_stop(behind[:LOOK])])
    if words in cues("rank.verbs"):  # 以8亿元居首位
        return ""
    tail = values("name_words", "unit_nouns").get(unit, "")
    return f"{words}{tail}" if words and len(words) <= 14 and _HAN.match(words) else ""


def strip_numbering(words: str) -> str:
    """Drop the sign of a list that a line begins with.

    Examples
    --------
    >>> strip_numbering("2、面积"), strip_numbering("（3）山林"), strip_numbering("1.2万")
    ('面积', '山林', '1.2万')
    """
    match = _NUMBERING.match(words)
    return words[match.end() :] if match else words


def drop_examples(words: str) -> str:
    """Keep the class of a list of examples, which stands behind 等 or before 有.

    Examples
    --------
    >>> drop_examples("出产党参、黄芪等中药材"), drop_examples("主要河流有甲溪、乙溪、丙溪")
    ('中药材', '主要河流')
    >>> drop_examples("工业园有企业")
    '企业'
    >>> drop_examples("城镇、农村居民人均可支配收入")
    '城镇、农村居民人均可支配收入'
    """
    if words.endswith(term("medal")) and (medal := _MEDAL.search(words)):  # 运动员获金牌
        return medal.group()
    if "、" in words:
        behind = _EXAMPLES.match(words)
        if behind and not words_of("divisions").at_start(behind["noun"]):
            noun = behind["noun"]  # 冰箱、电视等销售, 补助、结转等收入
            is_of_all = any(noun in words_of(role) for role in ("act", "account_heads", "monies"))
            return words if is_of_all else noun
        before = _LISTED.match(words.removesuffix(term("also")))
        if before:
            return before["noun"]
    having = _HAVING.match(words)
    return having["noun"] if having else words


def distance_name(head: str, lead: str = "") -> str:
    """Name a length by what it is the distance to; blank if none is told.

    Behind another distance the place alone is enough: 距省会150公里，云溪港80公里.

    Examples
    --------
    >>> distance_name("县城东距云溪机场"), distance_name("位于柳河县以西")
    ('距云溪机场距离', '距柳河县距离')
    >>> distance_name("河流总长")
    ''
    >>> distance_name("云溪港", "距省会距离")
    '距云溪港距离'
    """
    tail = head[-24:]
    if match := _DISTANCE.search(tail) or _DIRECTION.search(tail):
        return f"{_FROM}{match[match.lastgroup or 0]}{_WAY}"
    is_next = lead.startswith(_FROM) and lead.endswith(_WAY) and _SEAT.fullmatch(head.strip())
    return f"{_FROM}{head.strip()}{_WAY}" if is_next else ""


def drop_asides(head: str) -> str:
    """Drop brackets that only say what is counted in: 综合保税区（含西园）进出口总额.

    So one that says where a class begins: 规模以上（年收入2000万元以上）企业.

    Examples
    --------
    >>> drop_asides("综合保税区（含西园）进出口总额"), drop_asides("县（市、区）财政收入")
    ('综合保税区进出口总额', '县（市、区）财政收入')
    """
    if "（" not in head and "(" not in head:
        return head
    kept, at = "", 0
    for match in _BRACKET.finditer(head):
        is_scale = words("not_quantities", "scales").at_end(head[: match.start()])
        is_aside = is_scale or words_of("asides").at_start(match["inside"])
        if is_aside and match.end() < len(head):
            kept, at = kept + head[at : match.start()], match.end()
    return kept + head[at:]


def leave_next(noun: str, length: int, *, is_last: bool) -> tuple[str, int]:
    """Leave the end of a list to the number behind it: 160个自然村、人口3529户.

    Examples
    --------
    >>> leave_next("自然村、人口", 6, is_last=True), leave_next("镇、村", 3, is_last=False)
    (('自然村', 3), ('镇、村', 3))
    >>> leave_next("县（市、区）", 6, is_last=True)
    ('县（市、区）', 6)
    """
    first, sign, rest = noun.rpartition("、")
    if sign and rest in pointing():
        return first, length - len(rest) - 1  # 22家龙头企业、总数达36家
    if first.count("（") + first.count("(") > first.count("）") + first.count(")"):
        return noun, length  # 8个县（市、区）
    return (first, length - len(rest) - 1) if sign and is_last and first else (noun, length)


def aside_length(words: str, at: int) -> int:
    """Return how long a bracket is that opens at an offset and only remarks on the name before it.

    Zero if it belongs to the name (村（居）, 县（市、区）).

    Examples
    --------
    >>> aside_length("乡（即甲乡、乙乡、丙乡）", 1), aside_length("县（市、区）", 1)
    (11, 0)
    """
    closing = re.compile("[）)]").search(words, at)
    end = closing.end() if closing else len(words)
    is_remark = bool(words_of("asides").at_start(words, at + 1))
    if words[:at] in words_of("divisions"):  # 1个地区（阿里）, but 74个县（区）
        is_remark = is_remark or not _DIVIDED.fullmatch(words[at + 1 : end - 1])
    return end - at if is_remark or end - at - 2 > LONGEST_ASIDE else 0


def strip_acts(words: str) -> str:
    """Take verbs of doing off the front; blank if there is nothing else."""
    verb = words_of("kept_verbs").at_start(words)
    while verb and not words_of("verb_nouns").at_start(words):
        words = words[len(verb) :]
        verb = words_of("kept_verbs").at_start(words)
    return words


def bare(name: str) -> str:
    """Return a name without the verb that it begins with: 新增企业 is 企业."""
    return strip_acts(name) or name
