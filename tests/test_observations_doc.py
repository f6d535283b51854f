"""The definition of a row: every decision in both languages, every example read as it says."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from finding.observation_cases import same_number

from dz_analysis import tables
from dz_analysis.finding import find_observations, tag_document
from dz_analysis.naming import is_same

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = [DOCS / "OBSERVATIONS.md", DOCS / "OBSERVATIONS.zh.md"]
# Decisions are added and never dropped or numbered anew: the floor only rises.
LEAST = 78
DECISION = re.compile(r"(?m)^\*\*O(\d+)\.\*\* ")
KNOWN = r"(?:<!-- known failure: (?P<reason>[^\n]+) -->\n)?"
EXAMPLE = re.compile(rf"(?ms)^{KNOWN}```observation\n(?P<body>.*?)\n```$")
FIRST_COLUMN = re.compile(r"(?m)^\| `([^`]+)` \|")
GIVEN = {"region": "青禾县", "period": "2021"}
COMPARED = ("measure", "unit", "bound", "period", "region", "status", "of")
NOTHING = "→ ∅"


class Example(NamedTuple):
    """One example: its decision, what is known of the document, its text and rows."""

    decision: int
    number: int
    reason: str
    given: dict
    text: str
    rows: list

    @property
    def name(self):
        return f"O{self.decision}-{self.number}"


def months(period):
    """Write a period of an example as closed months: 2021, 2017/2021, 2021-01/2021-06, - (none)."""
    if period == "-":
        return ""
    first, _, last = period.partition("/")
    last = last or first
    return f"{first if '-' in first else f'{first}-01'}/{last if '-' in last else f'{last}-12'}"


def fields(parts, allowed):
    """Read the parts `key value` of a line; a key that the notation does not know is refused."""
    read = dict(part.split(" ", 1) for part in parts)
    assert set(read) <= allowed, f"unknown: {set(read) - allowed}"
    return {key: months(value) if key == "period" else value for key, value in read.items()}


def read_row(line, usual):
    """Read one row: quote, names, measure, value with unit, and what is not the usual case."""
    quote, names, measure, amount, *more = line.removeprefix("→ ").split(" | ")
    number, _, unit = amount.partition(" ")
    low, _, high = number.partition("..")
    row = {**usual, "bound": "", "status": "actual", "of": ""}
    row |= {"quote": quote, "names": names.split(" / "), "measure": measure, "unit": unit}
    row |= {"value": float(low), "value_high": float(high) if high else None}
    return row | fields(more, {*COMPARED, "modifier"} - {"measure", "unit"})


def read_example(body):
    """Read the body of an example: what is known of the document, its text, the rows expected."""
    lines = body.split("\n")
    known = lines.pop(0).removeprefix("@ ").split(" | ") if body.startswith("@ ") else []
    context = {"title", "published", "region", "period", "genre"}
    given = fields([f"{key} {value}" for key, value in GIVEN.items()], context)
    given |= fields(known, context)
    cut = next(i for i, line in enumerate(lines) if line.startswith("→"))
    rows, usual = lines[cut:], {key: given[key] for key in GIVEN}
    # A line of a table begins with | and is read as the cells of a page, set apart by tabs.
    text = [s[1:-1].replace("|", "\t") if s.startswith("|") else s for s in lines[:cut]]
    expected = [] if rows == [NOTHING] else [read_row(line, usual) for line in rows]
    return given, "\n".join(text), expected


def read_examples(page):
    """Return every example of a page, each under the decision that it stands below."""
    text, found = page.read_text(encoding="utf-8"), []
    starts = [(match.start(), int(match[1])) for match in DECISION.finditer(text)]
    for match in EXAMPLE.finditer(text):
        decision = [number for start, number in starts if start < match.start()][-1]
        number = 1 + sum(example.decision == decision for example in found)
        reason = match["reason"] or ""
        found.append(Example(decision, number, reason, *read_example(match["body"])))
    return found


def as_parameter(example):
    marks = [pytest.mark.xfail(reason=example.reason, strict=True)] if example.reason else []
    return pytest.param(example, id=example.name, marks=marks)


def differences(row, found):
    """Return what differs between an expected row and an observation, in words."""
    wrong = [f for f in (*COMPARED, "modifier") if f in row and getattr(found, f) != row[f]]
    wrong += [f for f in ("value", "value_high") if not same_number(row[f], getattr(found, f))]
    if not is_same(found.indicator, row["names"]):
        wrong.append(f"indicator {found.indicator}")
    return [f"{found.quote}: {field}, found {found!r}" for field in wrong]


ENGLISH, CHINESE = map(read_examples, PAGES)


@pytest.mark.parametrize("example", [as_parameter(example) for example in ENGLISH])
def test_example_is_read_as_the_page_says(example):
    context = tag_document(example.text, **example.given)
    found = find_observations(example.text, context=context)
    assert [row.quote for row in found] == [row["quote"] for row in example.rows], example.text
    pairs = zip(example.rows, found, strict=True)
    wrong = [words for row, seen in pairs for words in differences(row, seen)]
    assert not wrong, "\n".join([example.text, *wrong])


def test_both_languages_have_the_same_examples():
    both = [[e._replace(reason=bool(e.reason)) for e in page] for page in (ENGLISH, CHINESE)]
    assert both[0] == both[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda f: f.name)
def test_decisions_are_numbered_in_order_and_each_has_an_example(page):
    numbers = [int(n) for n in DECISION.findall(page.read_text(encoding="utf-8"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= LEAST
    assert {example.decision for example in read_examples(page)} == set(numbers)


@pytest.mark.parametrize("page", PAGES, ids=lambda f: f.name)
def test_every_block_of_a_page_is_an_example_that_is_read(page):
    text = page.read_text(encoding="utf-8")
    assert text.count("```") == 2 * len(read_examples(page))
    assert text.count("known failure:") == sum(bool(e.reason) for e in read_examples(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda f: f.name)
def test_decisions_referred_to_exist(page):
    text = page.read_text(encoding="utf-8")
    numbers = {int(n) for n in DECISION.findall(text)}
    assert {int(n) for n in re.findall(r"\bO(\d+)\b", text)} <= numbers


@pytest.mark.parametrize("page", PAGES, ids=lambda f: f.name)
def test_columns_and_measures_are_those_of_the_contract(page):
    names = FIRST_COLUMN.findall(page.read_text(encoding="utf-8"))
    assert tuple(names) == (*tables.TABLES["observations"].names, *tables.MEASURES)


@pytest.mark.parametrize("page", PAGES, ids=lambda f: f.name)
def test_values_that_a_column_may_hold_are_named(page):
    rows = page.read_text(encoding="utf-8").split("\n")
    bound, status = (next(r for r in rows if r.startswith(f"| `{n}`")) for n in ("bound", "status"))
    assert re.findall(r"`([^`]+)`", bound)[1:] == [b for b in tables.BOUNDS if b]
    assert re.findall(r"`([^`]+)`", status)[1:] == list(tables.STATUSES)


def test_examples_hold_only_values_of_the_contract():
    rows = [row for example in ENGLISH for row in example.rows]
    assert {row["measure"] for row in rows} == set(tables.MEASURES)
    assert {row["status"] for row in rows} == set(tables.STATUSES)
    assert {row["bound"] for row in rows} <= set(tables.BOUNDS)
    assert all(re.search(tables.PERIOD_PATTERN, row["period"]) for row in rows)
    with_of = {row["measure"] for row in rows if row["of"]}
    assert with_of == {"rank", "ratio", "gap", "completion", "growth"}


def test_both_pages_on_marking_have_the_same_steps_and_fields():
    pages = [(DOCS / name).read_text("utf-8") for name in ("MARKING.md", "MARKING.zh.md")]
    for pattern in (r"(?m)^#+ ", r"(?m)^\d+\. ", r"`(\w+)`", r"(?m)^ *\| "):
        found = [sorted(re.findall(pattern, page)) for page in pages]
        assert found[0] == found[1], pattern
