"""Whether the numbers of a corpus agree with one another."""

from dz_analysis.auditing.audit import CHECKS, audit_facts, count_verdicts, list_sources, say_audit

__all__ = [
    "CHECKS",
    "audit_facts",
    "count_verdicts",
    "list_sources",
    "say_audit",
]
