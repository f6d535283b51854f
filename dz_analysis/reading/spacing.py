"""Letter-spacing undone: 收  入  12.3亿  元, 占 G D P 比 重, heads of tables such as 增 长.

In: text. Out: edits that take the blanks out. A line is letter-spaced where Han characters stand
one by one, which no author writes; short ones count where the whole page is spaced, where a figure
stands beside them or where they fill a cell. A heading of a few characters (名 词 解 释), names
(张 三) and buttons (大 中 小) stay, and so do blanks that are wider than the others: they part the
columns of a table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.context import dictionary
from dz_analysis.reading.fields import word_kind
from dz_analysis.reading.ledger import Edit

KIND = "letter_spacing"
_B = r"[ \u3000\xa0\u2002-\u200a\u202f]"
_H = r"\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(r"[^ \u3000\xa0\u2002-\u200a\u202f\n\t]+")
_CELL = re.compile(r"[^\n\t]+")
_HAN = re.compile(rf"[{_H}]")
_BESIDE = re.compile(rf"[{_H}]{{2}}")
_NUMBER = re.compile(r"[-+±]?\d(?:[\d,.，．]*\d)?")
_MAY_BE = re.compile(rf"[{_H}]{_B}{{1,8}}[{_H}](?![{_H}])")
_CLAUSE = re.compile(r"[，。；]")
_DIGIT = re.compile(r"\d")
_STRONG = 4  # pairs of Han characters that only blanks part, one beside the other
_WHOLE = 0.3  # of a page's Han characters that stand so, where all its lines are spaced
_CELL_HAN = 8
_ABOVE_FIGURE = re.compile(  # perhaps with a stroke between: 合 计⏎|⏎8.2
    rf"(?:{_B}*[|｜]?{_B}*\n){{1,4}}{_B}*[-+]?\d[\d,]*(?:\.\d+)?[%％]?{_B}*(?:[\n|｜]|$)"
)
# In running text two blanks and more stand only where another font begins.
_RUNNING_HAN = 12
_FONT = re.compile(
    rf"(?<=[{_H}，、（“《]){_B}{{2,8}}(?=[A-Za-z\d])|(?<=[A-Za-z\d%％]){_B}{{2,8}}(?=[{_H}，。；、）”》])"
)

_OPENING = re.compile(rf"{_B}{{1,2}}(?=[{_H}][\d.%％])")  # of a word that ends a run: 增 长38.0%


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    han: int

    @property
    def kind(self) -> str:
        """`figure`, `latin` or `word`: what a blank beside it may part."""
        if _NUMBER.fullmatch(self.text):
            return "figure"
        return "latin" if self.text.isascii() and self.text.isalpha() else "word"

    @property
    def is_letter(self) -> bool:
        """Whether it is one Latin letter or one digit."""
        return len(self.text) == 1 and self.text.isascii() and self.text.isalnum()


def undo_letter_spacing(text: str) -> list[Edit]:
    r"""List the blanks that only space letters, each with nothing in its place.

    Examples
    --------
    >>> from dz_analysis.reading.ledger import apply_edits
    >>> lines = ["税  收  12.3亿  元", "占 G D P  比 重 为 6 4 %", "指 标\t增 长", "名 词 解 释"]
    >>> [apply_edits(line, undo_letter_spacing(line)).text for line in lines]
    ['税收12.3亿元', '占GDP比重为64%', '指标\t增长', '名 词 解 释']
    """
    if not _MAY_BE.search(text) and not _FONT.search(text):
        return []
    cells = [(found.start(), found.end()) for found in _CELL.finditer(text)]
    runs = [(cell, run) for cell in cells for run in _runs(text, *cell)]
    is_spaced = _is_whole(text, [run for _, run in runs])
    edits: set[Edit] = set()
    for cell, run in runs:
        if _is_spaced(text, cell, run, is_page=is_spaced):
            edits.update(_joints(text, cell, run))
    edits.update(_changes_of_font(text, cells))
    return sorted(edits)


def _runs(text: str, start: int, end: int) -> Iterator[list[_Token]]:
    """Yield the runs of tokens without two Han characters side by side, in a line or a cell."""
    if not _MAY_BE.search(text, start, end):
        return
    tokens = [
        _Token(found.start(), found.end(), found.group(), len(_HAN.findall(found.group())))
        for found in _TOKEN.finditer(text, start, end)
    ]
    for is_loose, group in groupby(tokens, key=lambda token: not _BESIDE.search(token.text)):
        run = list(group)
        if is_loose and _pairs(run):
            yield run


def _pairs(run: Sequence[_Token]) -> int:
    """Count the Han characters that stand alone beside another one."""
    return sum(bool(_HAN.match(a.text[-1]) and _HAN.match(b.text[0])) for a, b in pairwise(run))


def _is_whole(text: str, runs: Sequence[Sequence[_Token]]) -> bool:
    """Say whether a page is letter-spaced, short lines and all."""
    spaced = sum(len(run) for run in runs if _pairs(run) >= _STRONG)
    return spaced > 0 and spaced >= _WHOLE * len(_HAN.findall(text))


def _is_spaced(text: str, cell: tuple[int, int], run: Sequence[_Token], *, is_page: bool) -> bool:
    """Say whether a run of single characters is spaced, not a list of them."""
    if _pairs(run) >= _STRONG:
        return True
    if all(word_kind(token.text) for token in run):
        return False
    start, end = cell
    is_all = (run[0].start, run[-1].end) == _bounds(text, start, end)
    if is_all and (is_page or (_is_in_table(text, start, end) and len(run) <= _CELL_HAN)):
        return True
    return bool(_DIGIT.search(text, start, end)) and (is_all or _is_row(text, start, end))


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words of a cell begin and end."""
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _is_in_table(text: str, start: int, end: int) -> bool:
    """Say whether a cell stands beside another one, or above a figure in a table a cell a line."""
    is_beside = text[start - 1 : start] == "\t" or text[end : end + 1] == "\t"
    return is_beside or bool(_ABOVE_FIGURE.match(text, end))


def _is_row(text: str, start: int, end: int) -> bool:
    """Say whether a line holds a figure alone between blanks, and no clause."""
    if _CLAUSE.search(text, start, end):
        return False
    return any(_NUMBER.fullmatch(found.group()) for found in _TOKEN.finditer(text, start, end))


def _joints(text: str, cell: tuple[int, int], run: Sequence[_Token]) -> Iterator[Edit]:
    """Yield the blanks inside a run that are no wider than the usual ones in it."""
    widest = _usual_width(run) + 1
    is_clause = bool(_CLAUSE.search(text, *cell))
    parts = _parts_text if is_clause else _parts_row
    for (a, b), behind in zip(pairwise(run), (*run[2:], None), strict=True):
        if b.start - a.end <= widest and not parts(a, b, behind):
            yield Edit(a.end, b.start, "", KIND)
    if _pairs(run) >= _STRONG and (last := _OPENING.match(text, run[-1].end, cell[1])):
        yield Edit(run[-1].end, last.end(), "", KIND)


def _usual_width(run: Sequence[_Token]) -> int:
    """Return the commonest width of the blanks between two Han characters of a run."""
    widths = Counter(b.start - a.end for a, b in pairwise(run) if a.han and b.han)
    return max(widths, key=lambda width: (widths[width], -width), default=1)


def _parts_text(a: _Token, b: _Token, behind: _Token | None) -> bool:
    """Say whether a blank parts two figures or two Latin words, not the letters of one."""
    if a.kind != b.kind or a.kind == "word":
        return False
    is_spelt = a.is_letter and b.is_letter
    return not (is_spelt and (a.kind == "latin" or behind is not None))


def _parts_row(a: _Token, b: _Token, behind: _Token | None) -> bool:
    """Say whether a blank parts cells of a row: names, units and figures."""
    if a.kind == b.kind == "word":
        return _is_unit_column(a, b, behind)
    if a.kind == "figure" != b.kind:
        return b.text[0] not in _unit_starts()
    if b.kind == "figure" != a.kind:
        return not _is_counted(b, behind)
    return _parts_text(a, b, behind)


def _is_counted(figure: _Token, behind: _Token | None) -> bool:
    """Say whether a unit follows a figure, or another digit of it."""
    if behind is None:
        return False
    return behind.text[0] in _unit_starts() or (figure.is_letter and behind.is_letter)


def _is_unit_column(a: _Token, b: _Token, behind: _Token | None) -> bool:
    """Say whether `b` is the unit of a row, which stands between its name and its figure."""
    if behind is None or behind.kind != "figure":
        return False
    return b.text in _units() and a.text + b.text not in dictionary()


def _changes_of_font(text: str, cells: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Yield wide blanks round a figure or Latin word in running text, and inside an amount."""
    yield from (Edit(m.start(), m.end(), "", KIND) for m in _split_amount().finditer(text))
    for start, end in cells:
        found = list(_FONT.finditer(text, start, end))
        if found and not _is_in_table(text, start, end) and _is_running(text, start, end):
            yield from (Edit(match.start(), match.end(), "", KIND) for match in found)


def _is_running(text: str, start: int, end: int) -> bool:
    is_long = len(_HAN.findall(text, start, end)) >= _RUNNING_HAN
    return is_long and bool(_CLAUSE.search(text, start, end))


@cache
def _split_amount() -> re.Pattern[str]:
    """Match wide blanks between 12.3亿 and 元."""
    units = "|".join(sorted(map(re.escape, _units()), key=lambda unit: (-len(unit), unit)))
    return re.compile(rf"(?<=\d[万亿]){_B}{{2,8}}(?=(?:{units})(?:[^{_H}]|$))")


@cache
def _unit_starts() -> frozenset[str]:
    """Return the characters that may follow a figure as its unit, a date's too."""
    return frozenset(unit[0] for unit in _units()) | set("年月日万亿%％‰.")


@cache
def _units() -> frozenset[str]:
    return frozenset(row["unit"] for row in load_lexicon("units"))
