"""Whether a number is told as done, estimated or aimed at.

In: the clause before a quantity, the stance of its section, and how its period lies to the time of
writing. Out: ``actual``, ``estimate`` or ``target``, and the rule.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

import rjieba

from dz_analysis.finding.text.cue_index import Marks
from dz_analysis.lexicon import load_rules

_TIME = "(?:到|至|今年|[0-9一二三四〇十上下半全前年底末季度月份—-]){2,12}"
REMARK = 12  # characters from a number to the remark in brackets behind it
LISTS = ("future", "estimate", "done", "target", "goal", "governing", "announcing")


@cache
def _any_cue() -> re.Pattern[str]:
    words = {word for name in LISTS for word in load_rules("status_words")[name]} | {"将"}
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


@cache
def _opened() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_rules("status_words")["opening"]))
    return re.compile(rf"(?:{words})[，,：:]\Z")


@cache
def _throughout() -> re.Pattern[str]:
    return re.compile("|".join(load_rules("status_words")["throughout"]))


class StatusLine:
    """The words of a text that may say a status; the rest of it is not searched for them.

    Examples
    --------
    >>> line = StatusLine("税收8亿元，力争税收达到")
    >>> line.words(0, 5), line.words(6, 12)
    ('', '力争税收达到')
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._cues = Marks(_any_cue(), text)
        self._forecasts = [match.start() for match in _throughout().finditer(text)]

    def words(self, start: int, end: int) -> str:
        """Return the words of a stretch if a cue is among them, else blank."""
        return self.text[start:end] if self._cues.touch(start, end) else ""

    def told(self, start: int, end: int) -> str:
        """Return the words of a clause, with a 预计 that stands before it and its comma.

        Examples
        --------
        >>> StatusLine("预计，税收达到8亿元").told(3, 7)
        '预计，税收达到'
        """
        opening = _opened().search(self.text, max(0, start - 6), start)
        return self.words(opening.start() if opening else start, end)

    def is_forecast(self, start: int) -> bool:
        r"""Return whether a remark of its paragraph says that its numbers are estimates: （下同）.

        Examples
        --------
        >>> line = StatusLine("初步预计（下同），税收8亿元。支出9亿元。\n新建学校3所。")
        >>> line.is_forecast(11), line.is_forecast(17), line.is_forecast(25)
        (True, True, False)
        """
        at = bisect_right(self._forecasts, start + REMARK) - 1  # 15亿元（预计数，下同）
        return at >= 0 and "\n" not in self.text[self._forecasts[at] : start]


@cache
def _cue(name: str) -> re.Pattern[str]:
    words = sorted(load_rules("status_words")[name], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def _is_forecast(sentence: str) -> bool:
    """Whether only a time stands between 预计 and the comma before the clause: 预计上半年，."""
    return _says("estimate", sentence) and bool(_forecast().search(sentence))


@cache
def _forecast() -> re.Pattern[str]:
    return re.compile(f"(?:{_cue('estimate').pattern}){_TIME}[，,]$")


def read_status(
    clause: str,
    *,
    sentence: str = "",
    opening: str = "",
    stance: str = "review",
    is_ahead: bool = False,
    is_over: bool = False,
    is_level: bool = True,
) -> tuple[str, str]:
    """Read the status of a number.

    Parameters
    ----------
    clause : str
        The words of its clause before it.
    sentence : str
        The sentence before its clause; a 力争 or 确保 there still governs.
    opening : str
        The sentence before its last ；: only what announces goals still governs.
    stance : str
        ``review`` or ``plan``: what its section does.
    is_ahead : bool
        Whether its period ends after the time that the document reports on.
    is_over : bool
        Whether its own words say a time that is over: 过去一年 in a section of plans.
    is_level : bool
        Whether it stands for itself and is not compared with a goal.

    Examples
    --------
    >>> read_status("力争税收达到")[0], read_status("预计税收", is_ahead=False)[0]
    ('target', 'estimate')
    >>> read_status("将园区分成")[0]
    'actual'
    """
    if _says("future", clause) or _says("future", sentence):
        return "target", "status:future"
    if _says("estimate", clause) or _is_forecast(sentence):
        return (
            ("target", "status:forecast")
            if is_ahead or stance == "plan"
            else ("estimate", "status:预计")
        )
    if is_done(clause) and not is_ahead:
        return "actual", "status:done"
    if _says("target", clause) or (is_level and _says("goal", clause)):
        return "target", "status:clause"
    if _will(clause):
        return "target", "status:将"
    if is_ahead:
        return "target", "status:ahead"
    if stance == "plan":
        return ("actual", "status:over") if is_over else ("target", "status:section")
    if _says("governing", _met().sub("", sentence)) or _will(sentence):
        return "target", "status:sentence"
    if _says("announcing", _met().sub("", opening)):
        return "target", "status:announced"
    return "actual", "status:told"


def _says(name: str, words: str) -> bool:
    return bool(words and _cue(name).search(words))


@cache
def _met() -> re.Pattern[str]:
    """Return the pattern of a goal that was met, and announces nothing: 全面实现年初目标."""
    return re.compile(rf"(?:{'|'.join(load_rules('status_words')['met'])})[^，。；：:]{{0,16}}目标")


def _will(clause: str) -> bool:
    """Whether a 将 in the clause is "will", not the 将 that takes an object (将园区分成)."""
    at = clause.rfind("将")
    if at < 0 or (
        clause.startswith(("将军", "将近", "将要"), at) and not clause.startswith("将要", at)
    ):
        return False
    following = rjieba.tag(clause[at + 1 : at + 8])
    if following and _takes_object(clause[at + 1 :], following[0][0]):
        return False
    return bool(following) and (following[0][1] in ("v", "d", "ad", "p") or following[0][0] == "达")


def _takes_object(words: str, first: str) -> bool:
    """Whether 将 takes an object that was moved: 将低保标准提高到350元."""
    rules = load_rules("status_words")
    turned = next((turn for turn in rules["turned"] if words.endswith(turn)), "")
    return bool(turned) and len(words) - len(turned) >= 2 and first not in rules["led"]


@cache
def _compared() -> re.Pattern[str]:
    return re.compile("(?:比|较|由|从|与)去年")


def is_done(clause: str) -> bool:
    """Whether a clause says itself that it is done: 目前已完成."""
    return _says("done", _compared().sub("", clause))
