"""The rules by which a measure is read: code may branch on them, people read their values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dz_analysis.finding.model import Rule


class MeasureRule(Rule):
    """What told how a number is measured; the word that called for it is the reading's cue."""

    UNREAD = ""
    LEVEL = "level"
    RATIO = "ratio"
    POINTS = "points"
    PARTS = "parts"
    PAIR = "pair"
    DOUBLE = "double"
    SORTED = "sorted"
    ADDED = "added since"
    LOSS = "loss of a crop"
    MOVE = "move"
    MOVE_FIRST = "move before its object"
    BEHIND = "growth behind"
    HEAD = "head"
    PLAIN = "growth without a word"
    INDEX = "growth of an index"
    PULL = "pull"
    COMPARED = "compared"
    GAP = "gap"
    GAP_BARE = "gap, bare"
    COMPLETION = "completion"
    COMPLETION_RATE = "completion, rate"
    COMPLETION_OF_GOAL = "completion of the goal beside it"
    MULTIPLE = "multiple"
    MULTIPLE_LISTED = "multiple, listed"
    SHARE = "share"
    SHARE_WHOLE = "share of a whole"
    RESTORED = "share restored"
    RANK = "rank"
    RANK_VERB = "rank, verb"
    RANK_FIELD = "rank, field"
    RANK_SCOPE = "rank, scope"
    GOAL = "goal"
    DISTANCE = "distance from a goal"
    BRACKET = "growth in brackets"
    YIELD = "yield"
    BASE = "base of a change"
    TABLE = "table"

    @property
    def is_of_goal(self) -> bool:
        """Whether a number is a goal that stands beside another one, or the distance to it."""
        return self in _OF_GOAL

    @property
    def is_state(self) -> bool:
        """Whether the number is a state at a time whatever its measure: a goal, 2.27:1."""
        return self in _STATES

    @property
    def is_share(self) -> bool:
        """Whether a part of a whole is told by 占 or by what it came back to."""
        return self in _SHARES


_CUES, _WORDS, _NAMES = "measure_cues", "measure_words", "name_words"
_MOVE, _HEAD, _GAP = (_WORDS, "move"), (_WORDS, "head"), (_WORDS, "gap")
_RANK, _SHARE = (_CUES, "rank.verbs"), (_CUES, "ratio.part")
R = MeasureRule
_OF_GOAL = frozenset([R.GOAL, R.DISTANCE])
_STATES = frozenset([R.GOAL, R.DISTANCE, R.PAIR])
_SHARES = frozenset([R.SHARE, R.SHARE_WHOLE, R.RESTORED])
# rule -> the lists and roles that hold its cues
SOURCES: Mapping[MeasureRule, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        R.ADDED: ((_CUES, "added"),),
        R.LOSS: (_MOVE,),
        R.MOVE: (_MOVE,),
        R.MOVE_FIRST: (_MOVE,),
        R.YIELD: (_MOVE, (_NAMES, "yields")),
        R.BEHIND: (_HEAD, _MOVE),
        R.HEAD: (_HEAD,),
        R.PLAIN: ((_CUES, "year_on_year"), (_CUES, "chain.words")),
        R.INDEX: ((_CUES, "ratio.price_indices"),),
        R.PULL: ((_WORDS, "pull"),),
        R.COMPARED: ((_WORDS, "compare"),),
        R.GAP: (_GAP,),
        R.GAP_BARE: (_GAP,),
        R.COMPLETION: ((_CUES, "completion.verbs"),),
        R.COMPLETION_RATE: ((_CUES, "completion.heads"), (_CUES, "completion.kept")),
        R.MULTIPLE: ((_CUES, "multiple.verbs"),),
        R.SHARE: (_SHARE,),
        R.SHARE_WHOLE: (_SHARE,),
        R.RANK_VERB: (_RANK,),
        R.RANK_FIELD: (_RANK,),
        R.RANK_SCOPE: ((_CUES, "rank.scopes"),),
    }
)
