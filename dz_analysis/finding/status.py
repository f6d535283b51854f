"""Whether a number is told as done, estimated or aimed at.

In: the clause before a quantity, the stance of its section, and how its period lies to the time of
writing. Out: ``actual``, ``estimate`` or ``target``, and the rule.
"""

from __future__ import annotations

import re
from functools import cache

import rjieba

from dz_analysis.lexicon import load_rules


@cache
def _cue(name: str) -> re.Pattern[str]:
    words = sorted(load_rules("status_words")[name], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


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
    if _cue("future").search(clause) or _cue("future").search(sentence):
        return "target", "status:future"
    if _cue("estimate").search(clause):
        return (
            ("target", "status:forecast")
            if is_ahead or stance == "plan"
            else ("estimate", "status:预计")
        )
    if _cue("done").search(clause) and not is_ahead:
        return "actual", "status:done"
    if _cue("target").search(clause) or (is_level and _cue("goal").search(clause)):
        return "target", "status:clause"
    if _will(clause):
        return "target", "status:将"
    if is_ahead:
        return "target", "status:ahead"
    if stance == "plan":
        return ("actual", "status:over") if is_over else ("target", "status:section")
    if _cue("governing").search(sentence) or _will(sentence):
        return "target", "status:sentence"
    if _cue("announcing").search(opening):
        return "target", "status:announced"
    return "actual", "status:told"


def _will(clause: str) -> bool:
    """Whether a 将 in the clause is "will", not the 将 that takes an object (将园区分成)."""
    at = clause.rfind("将")
    if at < 0 or (
        clause.startswith(("将军", "将近", "将要"), at) and not clause.startswith("将要", at)
    ):
        return False
    following = rjieba.tag(clause[at + 1 : at + 8])
    return bool(following) and (following[0][1] in ("v", "d", "ad", "p") or following[0][0] == "达")


def is_done(clause: str) -> bool:
    """Whether a clause says itself that it is done: 目前已完成."""
    return bool(_cue("done").search(clause))
