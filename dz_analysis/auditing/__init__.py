"""Whether the numbers of a corpus agree with one another."""

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
