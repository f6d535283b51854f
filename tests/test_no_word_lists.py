"""Words live in the lexicon: no list of Han words stands in code.

Docstrings and comments may show words. In the finding room a string may hold a range of characters
(`[一-鿿]`) or one single character; elsewhere a word of a message or a label
may stand, but no collection and no alternation of words.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dz_analysis

PACKAGE = Path(dz_analysis.__file__).parent
HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
RANGE = re.compile(rf"(?:[{HAN}]|\\u[0-9a-f]{{4}})-(?:[{HAN}]|\\u[0-9a-f]{{4}})")
CHARACTER = re.compile(f"[{HAN}]")
WORD = re.compile(f"[{HAN}]{{2,}}")
ALTERNATIVES = re.compile(rf"[{HAN}]{{2,}}[^|\n]{{0,8}}\|[^|\n]{{0,8}}[{HAN}]{{2,}}")
INVENTED = ("synthetic",)  # writes texts, so its words are its data
SPEAKING = ("doctor.py",)  # speak to people, in Chinese as well
# Strings of finding that still hold words, and collections elsewhere: none, and none may come.
LEFT: dict[str, int] = {}
LEFT_ELSEWHERE: dict[str, int] = {}


def documented(tree: ast.AST) -> set[int]:
    """Return the strings that are docstrings or stand alone."""
    return {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}


def strings_of(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that are no docstrings, with their lines."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    apart = documented(tree)
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in apart:
            yield node.lineno, node.value


def holds_words(text: str) -> bool:
    """Whether a string holds more than ranges and one single character."""
    return len(CHARACTER.findall(RANGE.sub("", text))) > 1


def collections_of(file: Path) -> Iterator[int]:
    """Yield the lines of a module on which a collection or an alternation of words begins."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
            entries = [*node.keys, *node.values] if isinstance(node, ast.Dict) else node.elts
            held = [e.value for e in entries if isinstance(e, ast.Constant)]
            if sum(bool(WORD.search(e)) for e in held if isinstance(e, str)) > 1:
                yield node.lineno
    for line, text in strings_of(file):
        if ALTERNATIVES.search(text):
            yield line


def name_of(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


FINDING = sorted((PACKAGE / "finding").rglob("*.py"))
OTHERS = sorted(
    file
    for file in PACKAGE.rglob("*.py")
    if file not in FINDING and file.name not in SPEAKING and file.parent.name not in INVENTED
)


@pytest.mark.parametrize("file", FINDING, ids=name_of)
def test_no_words_stand_in_the_code_of_finding(file):
    found = [(line, text) for line, text in strings_of(file) if holds_words(text)]
    assert len(found) == LEFT.get(name_of(file), 0), found


@pytest.mark.parametrize("file", OTHERS, ids=name_of)
def test_no_list_of_words_stands_in_other_code(file):
    lines = list(collections_of(file))
    assert len(lines) == LEFT_ELSEWHERE.get(name_of(file), 0), lines


def test_every_file_left_is_there():
    assert set(LEFT) <= set(map(name_of, FINDING))
    assert set(LEFT_ELSEWHERE) <= set(map(name_of, OTHERS))


@pytest.mark.parametrize(
    ("text", "is_word"),
    [("[\u3400-\u9fff]{2,4}", False), (r"[\u4e00-\u9fff]", False), ("年", False), ("税收", True)],
)
def test_a_word_is_told_from_a_range(text, is_word):
    assert holds_words(text) is is_word


def test_a_list_and_an_alternation_are_seen(tmp_path):
    file = tmp_path / "made.py"
    file.write_text(
        '"""税收|产值"""\nA = ("税收", "产值")\nB = "税收|产值"\nC = {"税收": 1, "产值": 2}\n'
        'D = ["税收"]\nE = "[一-鿿]|年"\n',
        encoding="utf-8",
    )
    assert sorted(collections_of(file)) == [2, 3, 4]
