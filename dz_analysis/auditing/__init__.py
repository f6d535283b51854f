"""Whether the numbers of a corpus agree with one another.

A check is a function from a lookup of facts to findings. Checks are grouped by where a number's
counterpart stands; each group of modules knows only those above it.

========  ==========================================================================
finding   `findings` (what a check returns), `compared_period` (which period a base is)
check     `one_period` (parts, shares, sums), `over_time` (growth, multiples, plans)
place     `across_places` (ranks, gaps to an average, a city and its districts)
all       `audit` (every check over a corpus, as a table)
========  ==========================================================================
"""

from dz_analysis.auditing.audit import CHECKS, audit_facts, count_verdicts, list_sources, say_audit

# the names of the field, under which the package's root offers them
audit = audit_facts

__all__ = [
    "CHECKS",
    "audit",
    "audit_facts",
    "count_verdicts",
    "list_sources",
    "say_audit",
]
