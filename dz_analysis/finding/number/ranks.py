"""Ordinals that are no place in a ranking: 第二产业, 摆在首位.

In: a scanned ordinal with what stands round it. Out: the table `RANKS`.
"""

from __future__ import annotations

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.refusal import (
    HAN,
    LIST,
    Candidate,
    Exemption,
    Refusal,
    RefusalRule,
    Row,
    look,
)
from dz_analysis.finding.text.segment import split_clauses
from dz_analysis.lexicon import words

_RANKING = 8  # characters from 前三位 to 是, where a ranking begins


def _rank_clause(candidate: Candidate) -> str:
    return split_clauses(candidate.before)[-1]


def _is_set_first(candidate: Candidate) -> str | None:
    """Refuse 摆在首位 and 放在第一位, which rank nothing."""
    return words(LIST, "not_ranked").at_end(_rank_clause(candidate)) or None


def _is_industries(candidate: Candidate) -> str | None:
    """Refuse 第一、二、三产业, a list of industries."""
    match = look("industries").match(candidate.after)
    return match.group() if match else None


def _is_unranked(candidate: Candidate) -> str | None:
    """Refuse 第二 at the start of a clause, an enumeration."""
    return None if _rank_clause(candidate) else ""


def _is_ordinal_noun(candidate: Candidate) -> str | None:
    """Refuse 第二产业 and 第三批: a noun follows, so it is no place."""
    after = candidate.after
    is_free = words(LIST, "rank_moves").at_start(after) or words(LIST, "behind_rank").at_start(
        after
    )
    return None if is_free or not HAN.match(after) else after[:1]


def _is_uncued(candidate: Candidate) -> str | None:
    """Refuse a bare 第二 where the clause tells of no ranking."""
    return None if words(LIST, "rank_cues").first_in(_rank_clause(candidate)[-10:]) else ""


def _is_best(candidate: Candidate) -> str | None:
    """Refuse 排名前30名的开发区, a class of the best: what is told is no rank of anything.

    居前三位的行业是 opens a ranking.
    """
    best = words(LIST, "top").at_start(candidate.quantity.quote)
    of = words(LIST, "of").at_start(candidate.after)
    achieved = words(LIST, "achieved").at_start(candidate.after, len(of))  # 前三的好成绩
    is_rank = achieved or words(LIST, "ranking").first_in(candidate.after, 0, _RANKING)
    return best if best and of and not is_rank and HAN.match(candidate.after, len(of)) else None


def _is_place(candidate: Candidate) -> Quantity | None:
    """Keep 第三位 and 榜首, which are places."""
    quantity = candidate.quantity
    return quantity if words(LIST, "places").at_end(quantity.quote) else None


def _goes_on_ranking(candidate: Candidate) -> Quantity | None:
    """Keep 第二 in a list of places: 分别居第一、第二、第五位."""
    gap = candidate.gap_from("rank")
    return candidate.quantity if gap and look("rank_list").fullmatch(gap[:8]) else None


R = RefusalRule
RANKS: tuple[Row, ...] = (
    Exemption(_goes_on_ranking),
    Refusal(R.SET_FIRST, _is_set_first, "not_ranked"),
    Refusal(R.INDUSTRIES, _is_industries),
    Refusal(R.UNRANKED, _is_unranked),
    Refusal(R.BEST, _is_best, "top"),
    Exemption(_is_place),
    Refusal(R.ORDINAL_NOUN, _is_ordinal_noun),
    Refusal(R.UNCUED, _is_uncued, "rank_cues"),
)
