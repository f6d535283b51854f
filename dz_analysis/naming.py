"""When two names of indicators mean the same: the one place that spells names.

In: names as reports, catalogues and lists write them, and `lexicon/naming.csv`.
Out: canonical forms to compare by, and yes or no.

A name is made canonical in one order, and an alias is looked for after each step:

1. *sign*: width and case are folded; blanks, quotes, brackets, commas and 的 go;
2. *spelling*: one spelling of a word, wherever it stands (规模以上 → 规上);
3. *front*: words before a name that change nothing (全区, 累计, 完成), as many as stand there;
4. *tail*: words behind it that the measure or the period already says (增速, 累计);
5. *share*: 占比, 比重 and 占…比重, which the measure says too;
6. *verb*: an act behind its object is put before it (陶瓷出口 → 出口陶瓷).

Left alone on purpose, because they change what is counted: levels of government (市级, 市本级,
县级 tell two totals apart), 新增 and 年末, 规上 and 限上, 城镇 and 农村, 人均, a class that only
narrows (省级重点项目), and whatever a list does not name. A place before a name (云溪县用电量) is
the region's business: whoever reads the text takes it off. 数, 规模 and the like are taken off
only by `strip_count`, for a list that knows what is left: 指数 is no 指.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dz_analysis.lexicon import load_lexicon

ROLES = (
    "sign",
    "spelling",
    "front",
    "tail",
    "share",
    "share_of",
    "whole",
    "verb",
    "doer",
    "alias",
    "count",
    "level",
)
_NEVER = re.compile(r"(?!)(?P<verb>)(?P<what>)")
# Which character of a word stands at an edge of a name that has it; most names have no such word.
_EDGES = {"front": 0, "tail": -1, "verb": -1, "count": -1, "share": -1, "share_of": -1}
_HAN = "\u4e00-\u9fff"  # what folding leaves alone


@dataclass(frozen=True, slots=True)
class Naming:
    """The rules of a list of naming words, ready to be applied; see the module for their order."""

    signs: re.Pattern[str]
    folds: re.Pattern[str]  # a character that folding may change or drop
    spelling: re.Pattern[str]
    spelled: Mapping[str, str]
    front: re.Pattern[str]
    tail: re.Pattern[str]
    share: re.Pattern[str]
    shares_of: tuple[re.Pattern[str], ...]
    verb: re.Pattern[str]
    aliases: Mapping[str, str]
    count: re.Pattern[str]
    level: re.Pattern[str]
    levels: Mapping[str, str]
    edges: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Naming:
        """Build the rules from the rows of a list like `lexicon/naming.csv`."""
        words: dict[str, dict[str, str]] = {role: {} for role in ROLES}
        for row in rows:
            words[row["role"]][row["word"]] = row["canonical"]
        signs = re.compile(rf"(?:\s|{_one_of(words['sign'])})+")
        first = sorted({re.escape(word[0]) for word in words["sign"]})
        spelled = {_fold(word, signs): _fold(to, signs) for word, to in words["spelling"].items()}
        spelling = _any_of(spelled)

        def spell(word: str) -> str:
            return _respell(_fold(word, signs), spelling, spelled)

        def named(role: str) -> list[str]:
            return [spell(word) for word in words[role]]

        ends = _one_of([*named("share"), *named("share_of")])
        levels = {spell(word): to for word, to in words["level"].items()}
        return cls(
            signs=signs,
            folds=re.compile("|".join([f"[^{_HAN}]", *first])),
            spelling=spelling,
            spelled=spelled,
            front=_any_of(named("front"), "^{}+(?=..)"),
            tail=_any_of(named("tail"), "(?<=..){}+$"),
            share=_any_of(named("share"), "(?<=..){}$"),
            shares_of=tuple(_compile_whole(frame, ends, spell) for frame in words["whole"]),
            verb=_any_of(named("verb"), _frame_verb(named("doer"))),
            aliases={spell(word): spell(to) for word, to in words["alias"].items()},
            count=_any_of(named("count"), "(?<=..){}$"),
            level=_any_of(levels, "^{}(?=..)"),
            levels=levels,
            edges={role: frozenset(word[_EDGES[role]] for word in named(role)) for role in _EDGES},
        )

    def spell(self, name: str) -> str:
        """Fold width and case, drop signs, and write every word in one spelling."""
        folded = _fold(name, self.signs) if self.folds.search(name) else name
        return _respell(folded, self.spelling, self.spelled)

    def settle(self, name: str, *, keep_share: bool = False, turn: bool = True) -> str:
        """Take the steps one after the other until none changes anything."""
        before, after = "", name
        while before != after:
            before = self.spell(after)
            after = self._step(before, keep_share=keep_share)
        if not turn:
            return after
        turned = self.turn(after)
        return after if turned == after else self.settle(turned, keep_share=keep_share)

    def turn(self, name: str) -> str:
        """Put an act behind its object before it."""
        if name[-1:] not in self.edges["verb"]:
            return name
        return self._alias(self.verb.sub(_turn, name))

    def _step(self, name: str, *, keep_share: bool) -> str:
        name = self._alias(name)
        if name[:1] in self.edges["front"]:
            name = self._alias(self.front.sub("", name))
        if name[-1:] in self.edges["tail"]:
            name = self._alias(self.tail.sub("", name))
        return name if keep_share else self._alias(self._strip_share(name))

    def _alias(self, name: str) -> str:
        return self.aliases.get(name, name)

    def _strip_share(self, name: str) -> str:
        part, _ = self._split_share(name)
        if part or name[-1:] not in self.edges["share"]:
            return part or name
        return self.share.sub("", name)

    def strip_count(self, name: str) -> str:
        """Settle a name and take off the word behind it that only counts."""
        settled = self.settle(name, keep_share=True, turn=False)
        if settled[-1:] not in self.edges["count"] | self.edges["verb"]:
            return settled
        return self.settle(self.count.sub("", settled), keep_share=True)

    def split_share(self, name: str) -> tuple[str, str]:
        """Return part and whole of a share whose name says both; blanks if it does not."""
        return self._split_share(self.spell(name))

    def _split_share(self, spelled: str) -> tuple[str, str]:
        last = spelled[-1:]
        if last not in self.edges["share"] and last not in self.edges["share_of"]:
            return "", ""
        found = next(filter(None, (share.match(spelled) for share in self.shares_of)), None)
        return (found["part"], found["whole"]) if found else ("", "")

    def split_level(self, name: str) -> tuple[str, str]:
        """Return the level of government before a name, and the rest; a blank level if none."""
        spelled = self.spell(name)
        found = self.level.match(spelled)
        return (self.levels[found.group()], spelled[found.end() :]) if found else ("", spelled)


def _fold(name: str, signs: re.Pattern[str]) -> str:
    """Fold width and case, and drop signs and blanks."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return unicodedata.normalize("NFKC", signs.sub("", folded))  # what a sign kept apart joins


def _turn(found: re.Match[str]) -> str:
    """Put an act before its object."""
    return f"{found['verb']}{found['what']}"


def _respell(folded: str, spelling: re.Pattern[str], spelled: Mapping[str, str]) -> str:
    return spelling.sub(lambda found: spelled[found.group()], folded)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _any_of(words: Iterable[str], frame: str = "{}") -> re.Pattern[str]:
    """Compile a frame around any one of some words; with no word it matches nothing."""
    pieces = _one_of(words)
    return re.compile(frame.format(f"(?:{pieces})")) if pieces else _NEVER


def _compile_whole(frame: str, ends: str, spell: Callable[[str], str]) -> re.Pattern[str]:
    """Compile 占… to what finds part and whole: 技改投资占工业投资比重, the last 占 of several."""
    before, after = (re.escape(spell(word)) for word in frame.split("…"))
    return re.compile(f"(?P<part>..+){before}(?P<whole>..+?){after}(?:{ends})$")


def _frame_verb(doers: Iterable[str]) -> str:
    """Return the frame of an act behind its object, which is no doer and begins with no act."""
    not_doers = "".join(f"(?<!{re.escape(doer)})" for doer in sorted(doers))
    return f"^(?!{{0}})(?P<what>..+?){not_doers}(?P<verb>{{0}})$"


@cache
def _naming() -> Naming:
    return Naming.of(load_lexicon("naming"))


def canonical(name: str, *, keep_share: bool = False, turn: bool = True) -> str:
    """Return the form in which all names that mean the same are equal.

    Parameters
    ----------
    name : str
        A name as it stands in a text, a table or a list.
    keep_share : bool
        Leave 占比 and 占…比重 where they stand, for a list that holds a share beside the level of
        the same thing.
    turn : bool
        Put an act behind its object before it, as the last step does.

    Returns
    -------
    str
        A key to compare by, not a name to show; blank only for a name of signs alone.

    Examples
    --------
    >>> canonical("全市规模以上工业增加值增速"), canonical("“四新”经济投资")
    ('规上工业增加值', '四新经济投资')
    >>> canonical("GDP"), canonical("税收占一般公共预算收入的比重"), canonical("陶瓷出口")
    ('地区生产总值', '税收收入', '出口陶瓷')
    >>> canonical("服务业投资占比", keep_share=True), canonical("市级一般公共预算收入")
    ('服务业投资占比', '市级一般公共预算收入')
    >>> canonical("陶瓷出口", turn=False)
    '陶瓷出口'
    """
    if turn:
        return _share_kept(name) if keep_share else _canonical(name)
    return _share_kept_unturned(name) if keep_share else _unturned(name)


# One cache for each: a name alone is its own key, and a level, its growth and its rank have one.
@lru_cache(maxsize=16384)
def _canonical(name: str) -> str:
    return _naming().settle(name)


@lru_cache(maxsize=16384)
def _share_kept(name: str) -> str:
    settled = _share_kept_unturned(name)
    turned = _naming().turn(settled)
    return settled if turned == settled else _naming().settle(turned, keep_share=True)


@lru_cache(maxsize=16384)
def _share_kept_unturned(name: str) -> str:
    return _naming().settle(name, keep_share=True, turn=False)


@lru_cache(maxsize=16384)
def _unturned(name: str) -> str:
    return _naming().settle(name, turn=False)


@lru_cache(maxsize=16384)
def strip_count(name: str) -> str:
    """Return the canonical form, its share kept, without a word behind it that only counts.

    Safe only for a list that knows what is left: 指数 becomes 指.

    Examples
    --------
    >>> strip_count("累计接待游客人数"), strip_count("地区生产总值")
    ('接待游客', '地区生产总值')
    """
    return _naming().strip_count(name)


def spell(name: str) -> str:
    """Return a name with everything that stands in it, in one spelling.

    Examples
    --------
    >>> spell("全市规模以上工业 增加值"), spell("“四新”经济的投资占比")
    ('全市规上工业增加值', '四新经济投资占比')
    """
    return _naming().spell(name)


def is_same(name: str, others: Iterable[str], *, lenient: bool = False) -> bool:
    """Whether a name means the same as any of some others.

    Parameters
    ----------
    name : str
        The name in question; one of which nothing is left is the same as none.
    others : iterable of str
        Names that are right.
    lenient : bool
        Let a name pass too that holds another, or is held by it, and makes up at least half of
        the longer one: 农村公路 for 新建农村公路.

    Examples
    --------
    >>> is_same("全县GDP", ["地区生产总值"]), is_same("农村公路", ["新建农村公路"])
    (True, False)
    >>> [is_same(name, ["新建农村公路"], lenient=True) for name in ("农村公路", "公路")]
    [True, False]
    """
    key = canonical(name)
    return bool(key) and any(
        key == canonical(other) or (lenient and _holds(_unturned(name), _unturned(other)))
        for other in others
    )


def _holds(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and short in long and 2 * len(short) >= len(long)


def split_share(name: str) -> tuple[str, str]:
    """Return part and whole of a share whose name says both; blanks if it does not.

    Examples
    --------
    >>> split_share("工业投资占固定资产投资的比重"), split_share("高新技术产业产值占比")
    (('工业投资', '固定资产投资'), ('', ''))
    >>> split_share("税收在预算收入中占比"), split_share("普通高中在校生占比")
    (('税收', '预算收入'), ('', ''))
    """
    return _naming().split_share(name)


def split_level(name: str) -> tuple[str, str]:
    """Return the level of government that a name begins with, and the rest of it.

    A level tells two totals apart, so that it stays in the canonical form. Whoever asks has to
    see that the rest is a name: 市 of 市场主体 is none.

    Examples
    --------
    >>> split_level("市级重点项目"), split_level("市本级一般公共预算收入"), split_level("重点项目")
    (('市', '重点项目'), ('市本级', '一般公共预算收入'), ('', '重点项目'))
    """
    return _naming().split_level(name)
