"""Lines broken by a width: what is joined, what stays, and that nothing is lost on the way."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import grows_with_length

from dz_analysis.measure import extract_text
from dz_analysis.reading import Repaired, read_page, repaired_text, replay, undo
from dz_analysis.reading.wrapped import unwrap

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "wrapped.toml").read_text(encoding="utf-8")
)["case"]
DIGESTS = sorted((Path(__file__).parents[2] / "data" / "digests" / "clean").glob("*.txt"))


def wrap(text, width, *, indent="　　", footer=""):
    """Break every paragraph at a width, in columns; a page has twenty lines."""
    lines = []
    for paragraph in text.split("\n"):
        rest = indent + paragraph
        while rest:
            cut = len(rest)
            while sum(1 + (character > "ÿ") for character in rest[:cut]) > width:
                cut -= 1
            cut += rest[cut : cut + 1] in tuple("，。、；：”）%")  # no line begins with a mark
            lines.append(rest[:cut])
            rest = rest[cut:]
            if footer and len(lines) % 20 == 0:
                lines.append(footer.format(len(lines) // 20))
    return "\n".join(lines)


def paragraphs_of(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    text = "\n".join(case["lines"])
    page = read_page(text.encode())
    if "paragraphs" in case:
        assert paragraphs_of(page.text) == case["paragraphs"]
    else:
        assert unwrap(text).joined.changes == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_ledger_is_replayed_and_undone_and_nothing_is_lost(case):
    text = "\n".join(case["lines"])
    page = read_page(text.encode())
    assert replay(text, page.changes) == repaired_text(page)
    assert undo(Repaired(repaired_text(page), page.changes)) == text
    pieces = "".join(piece.text for piece in page.furniture)
    assert sorted("".join((page.text + pieces).split())) == sorted("".join(text.split()))
    for at, character in enumerate(page.text):
        if not character.isspace():
            assert text[slice(*page.to_raw(at, at + 1))] == character


@pytest.mark.parametrize("width", [40, 56, 78])
@pytest.mark.parametrize("footer", ["", "- {} -", "{}", "第 {} 页 共 9 页"])
@pytest.mark.parametrize("file", DIGESTS, ids=lambda file: file.stem)
def test_digest_comes_back_from_any_width(file, width, footer):
    text = file.read_text(encoding="utf-8").strip()
    page = read_page(wrap(text, width, footer=footer).encode())
    assert page.text.split("\n") == paragraphs_of(text)


@pytest.mark.parametrize("file", DIGESTS, ids=lambda file: file.stem)
def test_a_paragraph_a_line_stays(file):
    text = file.read_text(encoding="utf-8").strip()
    assert unwrap(text).joined.changes == ()


@pytest.mark.parametrize("file", DIGESTS, ids=lambda file: file.stem)
def test_observations_of_wrapped_text_are_those_of_the_text(file):
    text = file.read_text(encoding="utf-8").strip()
    broken = wrap(text, 56)
    told, heard = (extract_text(version) for version in (text, broken))
    assert all(broken[row.start : row.end] == row.quote for row in heard)
    facts = [[(r.indicator, r.measure, r.value, r.period) for r in rows] for rows in (told, heard)]
    assert facts[0] == facts[1]


@given(st.text(st.sampled_from("全县增长下降工业一二、（）。！？；：“”，　 \n\f12.%a-第页共|\t")))
def test_any_text_comes_back(text):
    done = unwrap(text).joined
    assert undo(done) == text
    assert "".join(done.text.split()) in ("".join(text.split()), done.text)
    assert all(a.raw_end <= b.raw_start for a, b in pairwise(done.changes))


@pytest.mark.parametrize("unit", ["增\n", "12\n", "，\n", "增长。　　", "- 1 -\n", " \n\f"])
def test_work_grows_with_adversarial_lines_alone(unit):
    assert grows_with_length(lambda lines: unwrap(unit * lines), 4_000)
