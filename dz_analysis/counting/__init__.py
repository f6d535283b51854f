"""Text into words and slogans, and what can be said of their counts."""

from dz_analysis.counting.discovery import Coinage, find_coinages
from dz_analysis.counting.segment import Token, count_tokens, segment
from dz_analysis.counting.slogans import Slogan, count_slogans, find_slogans
from dz_analysis.counting.terms import count_terms, total_terms

__all__ = [
    "Coinage",
    "Slogan",
    "Token",
    "count_slogans",
    "count_terms",
    "count_tokens",
    "find_coinages",
    "find_slogans",
    "segment",
    "total_terms",
]
