"""Run the extractor over a case and say what is wrong with what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from observation_cases import CONTEXT, differences

from dz_analysis.finding import Observation, tag_document
from dz_analysis.measure import extract_text


def find_in(case: Mapping[str, Any]) -> tuple[Observation, ...]:
    """Read the text of a case with what the case says of its document."""
    given = {field: case[field] for field in CONTEXT if field in case}
    return extract_text(case["text"], context=tag_document(case["text"], **given))


def faults(case: Mapping[str, Any]) -> list[str]:
    """Return all that is wrong with what is found in a case, in words; empty where it passes."""
    text, expected, found = case["text"], case["expected"], find_in(case)
    wrong = [
        f"{row.quote!r} does not stand at {row.start}"
        for row in found
        if text[row.start : row.end] != row.quote
    ]
    wanted, quotes = [row["quote"] for row in expected], [row.quote for row in found]
    if wanted != quotes:
        return [*wrong, f"wanted {' · '.join(wanted)}, found {' · '.join(quotes)}"]
    for row, seen in zip(expected, found, strict=True):
        wrong += [f"{row['quote']}: {words}" for words in differences(row, seen)]
    return wrong
