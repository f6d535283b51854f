"""The score card: observations that were found against a list made by hand.

In: two tables, gold and found, with the columns of OBSERVATIONS (`document`, `start`, `quote`,
`indicator`, `measure`, `value`, `unit`, `period`, …). Out: tables of pairs, scores and intervals.

Rows are aligned in each document, in text order, on the number itself; then each field is judged
on the aligned pairs. `row` asks for value, unit, measure, name (leniently), period and status;
`strict` for the exact name, region and bound as well. `headline` is the recall of rows over the
indicators that every report gives.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from dz_analysis.finding.number.numerals import fold_number
from dz_analysis.lexicon import patterns, values, words
from dz_analysis.naming import canonical, is_same
from dz_analysis.scoring.draws import DRAWS, LEVEL, take_interval

FIELDS = (
    "quote",
    "value",
    "unit",
    "measure",
    "indicator",
    "indicator_exact",
    "period",
    "region",
    "status",
    "bound",
)
ROW = ("value", "unit", "measure", "indicator", "period", "status")
STRICT = (*ROW, "indicator_exact", "region", "bound")
NEEDED = ("document", "start", "quote", "indicator", "measure", "value", "unit", "period", "status")
MISSING = {"quote": "", "indicator": ""}  # what is shown of a row that has no partner
DIGITS = re.compile(r"\d+(?:\.\d+)?")


@cache
def _place_end() -> re.Pattern[str]:
    return re.compile(f"(?<=..)(?:{'|'.join(patterns('scoring', 'place_end'))})$")


@cache
def _headline() -> frozenset[str]:
    return frozenset(map(canonical, words("scoring", "headline")))


def is_headline(name: str) -> bool:
    """Say whether an indicator is one of those that every report gives.

    Examples
    --------
    >>> is_headline("一般公共预算收入"), is_headline("蓄水池")
    (True, False)
    """
    return canonical(name) in _headline()


def read_digits(quote: str) -> str:
    """Return the number in a quote: what the alignment is made on.

    Examples
    --------
    >>> read_digits("１2.8 亿元"), read_digits("第二")
    ('12.8', '第二')
    """
    bare = re.sub(r"[,\s]", "", fold_number(quote))
    found = DIGITS.search(bare)
    return found.group() if found else bare[:2]


def align_observations(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Align found observations with gold and judge each field.

    Parameters
    ----------
    gold : pandas.DataFrame
        One row an observation; `alt` (a list, or names separated by ``;``) may hold names that
        are equally right.
    found : pandas.DataFrame
        The same columns; documents that gold does not hold are left out.

    Returns
    -------
    pandas.DataFrame
        One row a pair, a missed or a surplus observation, in text order: document, start, quote,
        found_quote, indicator, found_indicator, measure, in_gold, in_found, headline, `number`,
        a column a field, `row` and `strict` (all boolean), and `wrong` (the fields that differ).

    Raises
    ------
    ValueError
        If a column is missing.
    """
    for label, frame in (("gold", gold), ("found", found)):
        missing = [column for column in NEEDED if column not in frame.columns]
        if missing:
            msg = f"The {label} table lacks {missing}; expected at least {list(NEEDED)}."
            raise ValueError(msg)
    rows: list[dict[str, Any]] = []
    theirs = _by_document(found)
    for document, ours in _by_document(gold).items():
        rows += _align(ours, theirs.get(document, []))
    return pd.DataFrame(rows, columns=_pair_columns())


def _pair_columns() -> list[str]:
    shown = ["document", "start", "quote", "found_quote", "indicator", "found_indicator"]
    flags = ["in_gold", "in_found", "headline", "number"]
    fields = [f"{field}_ok" for field in FIELDS]
    return [*shown, "measure", *flags, *fields, "row", "strict", "wrong"]


def _by_document(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    ordered = frame.sort_values(["document", "start"], kind="stable")
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in ordered.to_dict("records"):
        documents.setdefault(str(row["document"]), []).append({str(k): v for k, v in row.items()})
    return documents


def _align(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    matcher = difflib.SequenceMatcher(
        None,
        [read_digits(str(row["quote"])) for row in gold],
        [read_digits(str(row["quote"])) for row in found],
        autojunk=False,
    )
    rows = []
    for tag, low, high, there, end in matcher.get_opcodes():
        if tag == "equal":
            rows += [_pair(gold[low + k], found[there + k]) for k in range(high - low)]
            continue
        rows += [_pair(row, None) for row in gold[low:high]]
        rows += [_pair(None, row) for row in found[there:end]]
    return rows


def _pair(gold: dict[str, Any] | None, found: dict[str, Any] | None) -> dict[str, Any]:
    ours, theirs = gold or MISSING, found or MISSING
    known = theirs | ours
    judged = judge_fields(gold, found) if gold and found else None
    marks = judged or dict.fromkeys(FIELDS, False)
    return {
        "document": known["document"],
        "start": known["start"],
        "quote": ours["quote"],
        "found_quote": theirs["quote"],
        "indicator": ours["indicator"],
        "found_indicator": theirs["indicator"],
        "measure": known["measure"],
        "in_gold": gold is not None,
        "in_found": found is not None,
        "headline": is_headline(ours["indicator"]),
        "number": judged is not None,
        **{f"{field}_ok": good for field, good in marks.items()},
        "row": all(marks[field] for field in ROW),
        "strict": all(marks[field] for field in STRICT),
        "wrong": _name_wrong(judged, "missed" if gold else "surplus"),
    }


def _name_wrong(judged: dict[str, bool] | None, alone: str) -> str:
    """Return the fields that differ in a pair; of a row without a partner what it is."""
    if judged is None:
        return alone
    return " ".join(field for field in STRICT if not judged[field])


def judge_fields(gold: dict[str, Any], found: dict[str, Any]) -> dict[str, bool]:
    """Judge each field of an aligned pair; an upper end that gold leaves blank is not asked for."""
    names = [str(gold["indicator"]), *_alternatives(gold.get("alt"))]
    name = str(found["indicator"])
    high = gold.get("value_high")
    return {
        # Blanks that typing left in a number stand on the page, not in its clean text.
        "quote": "".join(gold["quote"].split()) == "".join(found["quote"].split()),
        "value": _same_number(gold["value"], found["value"])
        and (_is_blank(high) or _same_number(high, found.get("value_high"))),
        "unit": _same_by(
            gold, found, "unit", lambda unit: values("scoring", "unit").get(unit, unit)
        ),
        "measure": gold["measure"] == found["measure"],
        "indicator": is_same(name, names, lenient=True),
        "indicator_exact": is_same(name, names),
        "period": _same_by(gold, found, "period", str),
        "region": _same_by(gold, found, "region", lambda place: _place_end().sub("", place)),
        "status": gold["status"] == found["status"],
        "bound": _same_by(gold, found, "bound", str),
    }


def _alternatives(names: Any) -> list[str]:
    if isinstance(names, str):
        return [name for name in names.split(";") if name]
    return list(names) if isinstance(names, list | tuple) else []


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value != value


def _same_number(one: Any, other: Any) -> bool:
    if _is_blank(one) or _is_blank(other):
        return _is_blank(one) and _is_blank(other)
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)))


def _same_by(gold: dict[str, Any], found: dict[str, Any], field: str, fold: Any) -> bool:
    ours, theirs = (fold("" if _is_blank(v := row.get(field)) else v) for row in (gold, found))
    return bool(ours == theirs)


def score_pairs(pairs: pd.DataFrame, *, by: str = "") -> pd.DataFrame:
    """Score aligned pairs, in all and by a column such as ``document`` or ``measure``.

    Returns
    -------
    pandas.DataFrame
        One row a group, ``all`` last: gold, found, number_precision, number_recall, number_f1,
        row_f1, strict_f1, headline (rows), headline_recall; shares rounded to four places, blank
        where there is nothing to share.
    """
    groups = [] if not by else [(str(key), part) for key, part in pairs.groupby(by, sort=True)]
    rows = [{"group": key, **_scores(part)} for key, part in [*groups, ("all", pairs)]]
    return pd.DataFrame(rows).rename(columns={"group": by or "group"})


def _scores(pairs: pd.DataFrame) -> dict[str, float]:
    gold, found = int(pairs["in_gold"].sum()), int(pairs["in_found"].sum())
    right = {name: int(pairs[name].sum()) for name in ("number", "row", "strict")}
    headline = int(pairs["headline"].sum())
    return {
        "gold": gold,
        "found": found,
        "number_precision": _share(right["number"], found),
        "number_recall": _share(right["number"], gold),
        **{f"{name}_f1": _share(2 * hits, gold + found) for name, hits in right.items()},
        "headline": headline,
        "headline_recall": _share(int((pairs["headline"] & pairs["row"]).sum()), headline),
    }


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else float("nan")


def score_fields(pairs: pd.DataFrame, *, by: str = "") -> pd.DataFrame:
    """Return how often each field is right among aligned pairs: the score card by field.

    Returns
    -------
    pandas.DataFrame
        One row a field, in a fixed order: field, pairs, right, share; with `by`, a column a group
        more, named by its value, holding the share there.
    """
    aligned = pairs[pairs["number"].astype(bool)]
    rows = [
        {
            "field": field,
            "pairs": len(aligned),
            "right": int(aligned[f"{field}_ok"].sum()),
            "share": _share(int(aligned[f"{field}_ok"].sum()), len(aligned)),
        }
        for field in FIELDS
    ]
    card = pd.DataFrame(rows)
    for key, part in aligned.groupby(by, sort=True) if by else ():
        shares = [_share(int(part[f"{field}_ok"].sum()), len(part)) for field in FIELDS]
        card = card.assign(**{str(key): shares})
    return card


def score_intervals(
    pairs: pd.DataFrame, *, draws: int = DRAWS, level: float = LEVEL, seed: int = 20261122
) -> pd.DataFrame:
    """Return bootstrap intervals of the scores: pairs are drawn anew within each document.

    Documents are kept, because they were chosen and not drawn; the interval says how much a score
    would move with other sentences of the same documents.

    Returns
    -------
    pandas.DataFrame
        One row a score: score, value, low, high.
    """
    weights = _draw_weights(pairs["document"].to_numpy(), draws, seed)
    gold, found = (weights @ pairs[name].to_numpy(float) for name in ("in_gold", "in_found"))
    samples = {
        f"{name}_f1": 2 * (weights @ pairs[name].to_numpy(float)) / np.maximum(gold + found, 1)
        for name in ("number", "row", "strict")
    }
    headline = pairs["headline"].to_numpy(float)
    right = weights @ (headline * pairs["row"].to_numpy(float))
    samples["headline_recall"] = right / np.maximum(weights @ headline, 1)
    value = _scores(pairs)
    rows = []
    for name, sample in samples.items():
        low, high = take_interval(sample, level).round(4)
        rows.append({"score": name, "value": value[name], "low": low, "high": high})
    return pd.DataFrame(rows)


def _draw_weights(documents: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Return how often each pair is drawn: one row a draw, drawn within each document."""
    generator = np.random.default_rng(seed)
    weights = np.zeros((draws, len(documents)))
    for document in sorted(set(documents)):
        at = np.flatnonzero(documents == document)
        weights[:, at] = generator.multinomial(len(at), np.full(len(at), 1 / len(at)), size=draws)
    return weights
