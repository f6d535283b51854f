"""The patterns and words that readings of names look for: each is used and reads its example."""

import ast
import re
from pathlib import Path

import pytest

from dz_analysis import finding
from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.nouns import words_of
from dz_analysis.lexicon import load_lexicon, roles

ROWS = load_lexicon("name_forms")
PATTERNS = [row for row in ROWS if row["kind"] == "pattern"]
TERMS = [row for row in ROWS if row["kind"] == "term"]
ROOM = Path(finding.__file__).parent
CODE = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOM / "name").glob("*.py")))


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row["name"])
def test_a_pattern_reads_its_example_and_not_its_counter_example(row):
    pattern = form(row["name"])
    assert pattern.search(row["example"])
    read = pattern.fullmatch if pattern.match("") else pattern.search
    assert not read(row["counter_example"])


def test_every_form_is_used_by_code_or_by_another_form():
    ways = ("words", "words and commas", "signs", "joints")
    split = {f"split {way}" for way in ways}
    pieces = {piece for row in PATTERNS for piece in re.findall(r"{([a-z][a-z_ ]*)}", row["text"])}
    asked = set(re.findall(r'\b(?:form|term)\("([^"]+)"\)', CODE))
    assert {row["name"] for row in ROWS} == (asked | pieces | split) - set(roles("name_words"))


def test_terms_are_words_of_the_list():
    assert all(term(row["name"]) == row["text"] for row in TERMS)


def test_no_han_word_stands_in_the_code_of_naming():
    def docstrings(tree):
        kinds = (ast.Module, ast.FunctionDef, ast.ClassDef)
        return {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, kinds)
        }

    found = []
    for file in sorted((ROOM / "name").glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        told = docstrings(tree)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value not in told
            ):
                words = node.value.replace("㐀-鿿", "")  # the class of all Han characters
                if re.search("[㐀-鿿]", words):
                    found.append((file.name, node.lineno, node.value))
    assert found == []


def test_words_are_found_by_their_role():
    assert words_of("owners").at_end("普通高中") == "高中"
