"""The class `Words` under the name by which the finders know it."""

from __future__ import annotations

from dz_analysis.lexicon import Words

__all__ = ["Words"]
