"""Every row of a word list has an example, which is read as it says and needs the row for that."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from zlib import crc32

import pytest
from lexicon_examples import ARROW, Example, examples, holds, read, without

from dz_analysis import lexicon, paths

LISTS = tuple(
    name
    for name in lexicon.lexicon_names()
    if (paths.LEXICON / f"{name}.csv").is_file()
    and {"word", "role", "example"} <= set(lexicon.load_lexicon(name)[0])
)
# Lists with an example of another form, read by the test of their own.
ELSEWHERE = {
    "failed_names": "finding/confidence/test_confidence.py",
    "indicator_parts": "finding/test_compose.py",
    "naming": "test_naming.py",
    "numerals": "finding/test_numerals.py",
    "scope_cues": "finding/scope/test_scope_cues.py",
    "scoring": "scoring/test_score.py",
}
PARTS = 4  # one in so many rows is asked each time whether it is needed, all by `make slow`
READ_HERE = tuple(name for name in LISTS if name not in ELSEWHERE)


@pytest.mark.parametrize("name", READ_HERE)
def test_no_row_is_without_an_example(name):
    missing = [f"{row.role}: {row.word}" for row in examples(name) if not row.text]
    assert not missing, f"{name}.csv: {', '.join(missing[:12])}"


@pytest.mark.parametrize("name", READ_HERE)
def test_an_example_holds_its_word_and_is_read_as_it_says(name):
    wrong = []
    for row in examples(name):
        if not holds(row):
            wrong.append(f"{row.role}: {row.word!r} does not stand in {row.text!r}")
        elif (reading := read(row)) != row.reading:
            wrong.append(f"{row.role}: {row.text}{ARROW}{reading}, not {row.reading}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", [PARTS, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", READ_HERE)
def test_a_row_is_needed_for_the_reading_of_its_example(name, part):
    """Without the row its example is read otherwise, or the row was returned by a lookup."""
    rows = [row for row in examples(name) if crc32(row.text.encode("utf-8")) % part == 0]
    idle = [row for row in rows if not _is_looked_up(row)]
    needless = [row for batch in _batches(idle) for row in _needless(batch)]
    assert not needless, [(row.role, row.word, row.text) for row in needless]


def test_every_role_has_a_meaning_and_every_meaning_a_role():
    told = Counter((row["list"], row["role"]) for row in lexicon.load_lexicon("roles"))
    had = {(name, role) for name in LISTS for role in lexicon.roles(name)}
    assert set(told) == had
    assert not [key for key, count in told.items() if count > 1]


def _is_looked_up(row: Example) -> bool:
    _forget_answers()
    with lexicon.trace() as uses:
        read(row)
    return row.key in uses


def _forget_answers() -> None:
    """Clear what functions remember of earlier texts, so that the lookups are made again."""
    for name, module in sorted(sys.modules.items()):
        for value in vars(module).values() if name.startswith("dz_analysis.finding") else ():
            if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"]:
                value.cache_clear()


def _batches(rows: list[Example]) -> Iterator[list[Example]]:
    """Yield rows that can be taken out together: no example holds the word of another.

    A role never loses its last word, because a pattern of no words would match everywhere.
    """
    sizes = Counter((row.source, row.role) for row in lexicon_rows({row.source for row in rows}))
    left = list(rows)
    while left:
        batch: list[Example] = []
        taken: dict[tuple[str, str], int] = defaultdict(int)
        rest = []
        for row in left:
            role = row.source, row.role
            is_last = taken[role] + 1 >= sizes[role] and bool(batch)
            if is_last or any(_touch(row, other) for other in batch):
                rest.append(row)
                continue
            batch.append(row)
            taken[role] += 1
        yield batch
        left = rest


def lexicon_rows(names: set[str]) -> Iterator[Example]:
    """Yield all rows of some lists."""
    for name in sorted(names):
        yield from examples(name)


def _touch(row: Example, other: Example) -> bool:
    return holds(row, other.text) or holds(other, row.text)


def _needless(batch: list[Example]) -> list[Example]:
    with without({row.key for row in batch}):
        return [row for row in batch if _reads_the_same(row)]


def _reads_the_same(row: Example) -> bool:
    try:
        return read(row) == row.reading
    except (KeyError, IndexError, ValueError):  # the role had no other word
        return False
