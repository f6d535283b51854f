"""Lines broken by a width: text copied from a pdf or a letter, made paragraphs again.

In: decoded text and the marks on its lines. Out: `Unwrapped`: the text with its paragraphs whole,
the ledger of what was joined, and the page numbers and running heads found between the lines.
A page shows that it is wrapped by its widths (no line is wider than the rest, and those that stop
in mid-sentence stop at that width) and by words and numbers cut in two; without that, a line is
joined to the next one only where the break itself is impossible (增长 / ，). Verses, lists,
tables, headings and signatures stay: they are narrower, set in, numbered, or cut no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, pairwise
from operator import attrgetter
from statistics import median_high

from dz_analysis.lexicon import load_lexicon, words
from dz_analysis.reading.article import find_cue
from dz_analysis.reading.ledger import Edit, Repaired, apply_edits
from dz_analysis.reading.margins import PAGE_NUMBER, find_margins, is_number
from dz_analysis.reading.rows import Row, is_cut, read_rows
from dz_analysis.reading.source import Mark
from dz_analysis.reading.stacks import TABLE_ROW, find_broken_heads, find_glued, find_stacks

LINE_BREAK, PAGE_BREAK, PARAGRAPH_BREAK = "line_break", "page_break", "paragraph_break"
_NEVER_FIRST = re.compile(r"[，。、；：！？）》”』」’〉】]|[％%‰,;](?=.)")
_NEVER_LAST = tuple("、（《“‘『「〈【/／")
_DIGITS = tuple("0123456789")
_YEAR, _DASH = re.compile(r"\d{4}\s?年"), re.compile(r"[—–-]{1,2}\d")
_DECIMAL = re.compile(r"[\u3400-\u9fff]\d{1,9}[.．]$")
_DECIMALS = re.compile(r"\d{1,6}(?:[%％‰万亿个元]|$)")
_COMMA = ("，", ",")
_STOP = tuple("，。；：！？、…")
_SENTENCE_END = re.compile(r"[。！？!?…][”’』」）)]?$")
_FIGURE = re.compile(r"\d[\d,.]{0,16}\s?(?:[%％‰\u3400-\u9fff])")
_FIGURE_LINE = re.compile(r"\d[\d,.]{0,16}[%％‰]?")
_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"[，。；,;]")
# A page number in the midst of a sentence: 覆盖率 —14— 99.9%
_INSIDE = re.compile(
    r"(?<=[\u3400-\u9fff\d，、。；”）])[ \xa0]{1,4}([—–-]{1,2} ?\d{1,3} ?[—–-]{1,2})"
    r"[ \xa0]{1,4}(?=[\u3400-\u9fff\d])"
)
_MAY_BE_INSIDE = re.compile(r"[—–-] ?\d{1,3} ?[—–-]{1,2}[ \xa0]")
_CLAUSE = re.compile(r"[，。；]")
_LABEL = re.compile(r"[\u3400-\u9fff（）()]{2,16}[:：]")
_AMOUNT = re.compile(r"\d[\d,.]{0,16}\s?[%％‰\u3400-\u9fff]{1,4}[，。；]?")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z,.;:]$"), re.compile(r"[A-Za-z]")
_SPACED = re.compile(r"(?<=[。！？；：”）])[\u3000\u2003]{2,8}(?=\S)")
_SPACES = re.compile(r"(?<=\S)[\u3000\u2003]{2,8}(?=\S)")
_HEADED = re.compile(  # a numbered heading in the line of its text, between blanks
    r"(?:^|(?<=[。；！？）”])(?P<before>[ \xa0\u3000]{1,8}))[一二三四五六七八九十]{1,3}、"
    r"[\u3400-\u9fff、]{2,20}(?P<behind>[ \xa0\u3000]{1,8})(?=[\u3400-\u9fff][^，。\n]{3,60}[，。])"
)
_LEAST_WIDTH = 20  # columns; the narrowest column of a newspaper has ten characters
_LEAST_OPEN = 3  # lines that stop in mid-sentence: fewer show no width
_FULL_SHARE = 0.6  # of them that reach the width
_CUT_SHARE = 0.15  # of these that cut a word or number; at random four in ten do, in lists none
_CUTS = 2
_LEAST_EVEN = 4  # lines of one width, which show it without a word that is cut
_EVEN_SHARE = 0.8  # of the lines that stop in mid-sentence
_WIDER_SHARE = 0.1  # of all lines that may be wider all the same (menus, tables)
_RAGGED = 8  # columns that a full line may lack: a figure or a mark that is not split
_BEFORE_VERB = 4  # characters before a verb that stands in a sentence, not in the head of a column
_RUNNING_HAN = 8  # in a line that may stop in mid-sentence
_SENTENCE = 40  # columns of a line that is no heading if it has marks and figures inside
_PARAGRAPH_STARTS = 0.6  # of the lines behind a short last line that are set in or stand apart


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text with its paragraphs whole.

    `joined` holds the text and the ledger; `margins` the spans of page numbers and running heads
    in the text before, and the kind of each.
    """

    joined: Repaired
    margins: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a page is wrapped: the least and the greatest width of a full line, 0 if it is not.

    `gap` counts the blank lines between the lines of a paragraph, `left` is where these begin;
    `parted` says how paragraphs begin, set in (`indent`) or apart (`gap`), so that a full stop at
    the end of a full line ends none; `is_shredded` that lines end wherever the markup changed;
    `is_mixed` that only the lines of running text show the width, among tables that do not.
    """

    least: int
    most: int
    gap: int
    left: int
    parted: str
    is_shredded: bool
    is_mixed: bool = False


def unwrap(text: str, marks: Sequence[Mark] = ()) -> Unwrapped:
    r"""Join the lines of a page that a width broke, and part paragraphs that only blanks part.

    Parameters
    ----------
    text : str
        The page as it was decoded.
    marks : sequence of Mark, optional
        What the format says of its lines; a marked line is joined to none.

    Returns
    -------
    Unwrapped
        Changes are of the kinds `line_break`, `page_break` (with the page number that stood
        between), `paragraph_break` and `table_row` (the cells of a flattened
        table). A text with a paragraph a line comes back as it is.

    Examples
    --------
    >>> unwrap("全县实现生产总值80.5亿元，同比增\n长6.2%。\n一、农业").joined.text
    '全县实现生产总值80.5亿元，同比增长6.2%。\n一、农业'
    >>> unwrap("某县2009年经济简况\n全县生产总值80.5亿元").joined.changes
    ()
    """
    rows = read_rows(text, marks)
    stacks = find_stacks(rows)
    glued = {at: table for at, row in enumerate(rows) if (table := find_glued(text, row))}
    broken = find_broken_heads(rows)
    rows = _set_apart(rows, {*chain.from_iterable([*stacks, *broken]), *glued})
    shape = _shape([row for row in rows if not is_number(row.text)])
    apart = find_margins(rows, is_wrapped=shape.least > 0)
    places = [at for at in range(len(rows)) if at not in apart]
    own = [rows[at] for at in places]
    inside = list(_inner_numbers(text, own))
    edits = [*_joins(rows, places, shape), *chain.from_iterable(map(_parts, own))]
    edits += [Edit(found.start(), found.end(), "", PAGE_BREAK) for found in inside]
    edits += [
        Edit(rows[a].end, rows[b].start, between, TABLE_ROW)
        for between, stack in [
            *(("\t", stack) for stack in stacks),
            *((" ", one) for one in broken),
        ]
        for a, b in pairwise(stack)
    ]
    edits += chain.from_iterable(map(_part_glued, glued.values()))
    margins = [Mark(rows[at].start, rows[at].end, kind) for at, kind in apart.items()]
    margins += [Mark(*found.span(1), PAGE_NUMBER) for found in inside]
    return Unwrapped(apply_edits(text, edits), tuple(sorted(margins, key=attrgetter("start"))))


def _part_glued(table: Sequence[Sequence[re.Match[str]]]) -> Iterator[Edit]:
    """Yield what parts the rows and the cells of a table that stands in one line."""
    for cells in table:
        for one, two in pairwise(cells):
            yield Edit(one.end(), two.start(), "\t", TABLE_ROW)
    for above, below in pairwise(table):
        yield Edit(above[-1].end(), below[0].start(), "\n", PARAGRAPH_BREAK)


def _set_apart(rows: Sequence[Row], cells: Set[int]) -> list[Row]:
    """Return the rows with the cells of flattened tables alone, so that none is joined else."""
    return [replace(row, is_alone=True) if at in cells else row for at, row in enumerate(rows)]


def _inner_numbers(text: str, rows: Sequence[Row]) -> Iterator[re.Match[str]]:
    """Yield the page numbers in the midst of sentences."""
    for row in rows if _MAY_BE_INSIDE.search(text) else ():
        yield from _INSIDE.finditer(text, row.start, row.end)


def _joins(rows: Sequence[Row], places: Sequence[int], shape: _Shape) -> Iterator[Edit]:
    """Yield the edits that join lines; between places that lie apart stands a margin."""
    joined = -1  # the start of the line that the last edit joined to the one before
    for a, b in pairwise(places):
        first, second, is_across = rows[a], rows[b], b - a > 1
        if _is_title(rows, a, b):
            continue
        if _goes_on(first, second, shape, is_across=is_across) or (
            shape.is_shredded and _is_shred(first, second, shape, is_inside=joined == first.start)
        ):
            yield _join(first, second, PAGE_BREAK if is_across else LINE_BREAK)
            joined = second.start


@lru_cache(maxsize=1)  # tagging a text and reading its numbers ask for the same one
def join_lines(text: str) -> Repaired:
    """Return a text with its paragraphs whole, and the ledger of what was joined."""
    return unwrap(text).joined


def _shape(rows: Sequence[Row]) -> _Shape:
    """Measure how a page is wrapped."""
    running = [row for row in rows if not row.is_alone]
    left = min((row.indent for row in running), default=0)
    opened = [(a, b) for a, b in pairwise(rows) if _may_go_on(a, b, left)]
    gap = median_high([b.gap for _, b in opened] or [0])
    near = [(a, b) for a, b in opened if b.gap <= gap]
    least, most = _full_width(running, near)
    if is_mixed := not least:
        least, most = _full_width_of_sentences(running, near)
    parted = _parting(rows, least, gap, left) if least else ""
    return _Shape(least, most, gap, left, parted, _is_shredded(running), is_mixed)


def _full_width_of_sentences(
    rows: Sequence[Row], opened: Sequence[tuple[Row, Row]]
) -> tuple[int, int]:
    """Return the least and the greatest width of a full line of running text among others."""
    sentences = [row for row in rows if _is_running(row)]
    return _full_width(sentences, [(a, b) for a, b in opened if _is_running(a)])


def _is_running(row: Row) -> bool:
    """Say whether a line is running text: Han with the marks of a sentence among them."""
    return row.han >= _RUNNING_HAN and bool(_CLAUSE.search(row.text))


def _is_shredded(rows: Sequence[Row]) -> bool:
    """Say whether so many lines can begin no sentence that they end wherever the markup changed."""
    rests = sum(_is_rest(a, b) for a, b in pairwise(rows))
    return rests >= _CUTS and rests >= _WIDER_SHARE * len(rows)


def _may_go_on(a: Row, b: Row, left: int) -> bool:
    """Say whether a line stops in mid-sentence and the next one could go on with it."""
    if a.is_alone or b.is_alone or a.is_closed or b.is_item:
        return False
    return b.indent <= left + 1 and a.han + b.han > 0


def _full_width(rows: Sequence[Row], opened: Sequence[tuple[Row, Row]]) -> tuple[int, int]:
    """Return the least and the greatest width of a full line, or zeros if no width broke them."""
    if len(opened) < _LEAST_OPEN:
        return 0, 0
    widths = sorted(a.width for a, _ in opened)
    most = widths[-1 - len(widths) // 10]
    least = most - max(_RAGGED, most // 6)
    full = [(a, b) for a, b in opened if a.width >= least]
    wider = sum(row.width > most + _RAGGED // 2 for row in rows)
    is_even = len(full) >= _FULL_SHARE * len(opened) and wider <= _WIDER_SHARE * len(rows)
    if most >= _LEAST_WIDTH and is_even and _are_cut(full):
        return least, most
    edge = _one_edge([a for a, _ in opened])
    wider = sum(row.width > edge[1] + _RAGGED // 2 for row in rows)
    return edge if edge[1] >= _SENTENCE and not wider else (0, 0)


def _one_edge(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the widths of lines that stop in mid-sentence, all of as many signs or columns.

    What is printed again on every page (the caption of a table) shows no width.
    """
    rows = list({row.text: row for row in rows}.values())
    if len(rows) < _LEAST_EVEN:
        return 0, 0
    for measure in (attrgetter("width"), _signs_of):
        middle = median_high(map(measure, rows))
        same = [row.width for row in rows if abs(measure(row) - middle) <= 1]
        if len(same) >= _EVEN_SHARE * len(rows):
            return min(same), max(same)
    return 0, 0


def _signs_of(row: Row) -> int:
    return len(row.text)


def _are_cut(full: Sequence[tuple[Row, Row]]) -> bool:
    """Say whether full lines cut words and numbers, as no author's line ends do."""
    return sum(_shows_cut(a, b) for a, b in full) >= max(_CUTS, _CUT_SHARE * len(full))


def _shows_cut(a: Row, b: Row) -> bool:
    """Say whether a line end cuts a word or number, or parts a verb from its figure."""
    if a.text.endswith(_NEVER_LAST) or is_cut(a.text, b.text, is_sure=False):
        return True
    is_clause = bool(_MARK.search(a.text)) and not a.text.endswith((*_COMMA, *_DIGITS))
    return is_clause and bool(_FIGURE.match(b.text)) and not _YEAR.match(b.text)


def _parting(rows: Sequence[Row], least: int, gap: int, left: int) -> str:
    """Say how paragraphs begin, by the lines behind a short last one: `indent`, `gap` or `""`."""
    starts = [b for a, b in pairwise(rows) if a.is_closed and a.width < least]
    enough = _PARAGRAPH_STARTS * max(len(starts), 1)
    set_in = [row.indent > left + 1 for row in starts]
    parted = [is_set_in or row.gap > gap for row, is_set_in in zip(starts, set_in, strict=True)]
    if sum(set_in) >= enough:
        return "indent"
    return "gap" if sum(parted) >= enough else ""


def _goes_on(a: Row, b: Row, shape: _Shape, *, is_across: bool) -> bool:
    """Say whether a line goes on in the next one."""
    if _stands_apart(a, b, shape, is_across=is_across):
        return False
    if _belongs_to(a, b):
        return True
    if b.is_item and not _leads_into(a, b):
        return False
    is_full = shape.least > 0 and a.width >= shape.least
    if is_full and (not shape.is_mixed or _is_running(a) or _is_running(b)):
        return not _ends_paragraph(a, shape, is_across=is_across)
    return not a.is_closed and _is_torn(a, b) and not any(map(_is_furniture, (a, b)))


def _belongs_to(a: Row, b: Row) -> bool:
    """Say whether a line can begin nothing: by its mark, or as the amount of the label above."""
    if _NEVER_FIRST.match(b.text):
        return not a.text.endswith(_STOP)
    return bool(_LABEL.fullmatch(a.text) and _AMOUNT.fullmatch(b.text)) and not _is_furniture(a)


def _stands_apart(a: Row, b: Row, shape: _Shape, *, is_across: bool) -> bool:
    """Say whether lines are no running text, or the second is set in or further down.

    Who reports stands apart below the session: ……会议上 / 市财政局局长 李平.
    """
    if a.is_alone or b.is_alone:
        return True
    if a.ends_session and b.width <= _SENTENCE and not _CLAUSE.search(b.text):
        return True
    return b.indent > shape.left + 1 or (b.gap > shape.gap and not is_across)


def _leads_into(a: Row, b: Row) -> bool:
    """Say whether a line asks for what only looks like an item: 2008 / —2010年, an open bracket."""
    is_range = a.text.endswith(_DIGITS) and bool(_DASH.match(b.text))
    return is_range or a.text.endswith(_NEVER_LAST)


def _ends_paragraph(full: Row, shape: _Shape, *, is_across: bool) -> bool:
    """Say whether a full line ends a paragraph, where neither indents nor gaps would show it."""
    shows_starts = shape.parted == "indent" or (shape.parted == "gap" and not is_across)
    return not shows_starts and bool(_SENTENCE_END.search(full.text[-2:]))


def _is_furniture(row: Row) -> bool:
    return bool(find_cue(row.text, row.han)[0])


def _is_title(rows: Sequence[Row], a: int, b: int) -> bool:
    """Say whether a line that heads the page is whole as it stands, however wide it is."""
    if a or _MARK.search(rows[0].text) or _DIGIT.match(rows[b].text):
        return False
    return not (_NEVER_FIRST.match(rows[b].text) or is_cut(rows[0].text, rows[b].text))


def _is_rest(a: Row, b: Row) -> bool:
    """Say whether a line can begin no sentence: by its mark, or as the unit of a figure alone."""
    is_unit = _FIGURE_LINE.fullmatch(a.text) and _MARK.search(b.text) and not b.text[0].isascii()
    return bool(_NEVER_FIRST.match(b.text) or is_unit)


def _is_shred(a: Row, b: Row, shape: _Shape, *, is_inside: bool) -> bool:
    """Say whether a line of a page in shreds goes on: round its figures, and inside a sentence.

    A character alone is no line of an author's: 规 / 上工业产值从.
    """
    if a.is_alone or b.is_alone or a.is_closed or b.is_item or b.gap > shape.gap:
        return False
    is_scrap = a.han == 1 and len(a.text) == 1
    return is_inside or is_scrap or bool(_DIGIT.match(b.text) or _FIGURE_LINE.fullmatch(a.text))


def _is_torn(a: Row, b: Row) -> bool:
    """Say whether a break shows by itself that it is none of the author's."""
    return any(shows_tear(a, b) for shows_tear in _TEARS)


def _cuts_decimal(a: Row, b: Row) -> bool:
    return bool(_DECIMAL.search(a.text[-11:]) and _DECIMALS.match(b.text))


def _parts_change(a: Row, b: Row) -> bool:
    return a.han > 0 and bool(_goes_on_by_words().match(b.text))


def _cuts_word(a: Row, b: Row) -> bool:
    """Say whether a word or number is cut; a heading stands over a longer line."""
    is_narrow = b.width <= a.width + _RAGGED
    is_running = a.han >= _RUNNING_HAN or bool(a.han and _CLAUSE.search(a.text + b.text))
    return is_running and is_narrow and is_cut(a.text, b.text)


def _parts_sentence(a: Row, b: Row) -> bool:
    """Say whether a long line with marks and figures stops before its sentence does."""
    if a.width < _SENTENCE or not (_MARK.search(a.text[:-1]) and _DIGIT.search(a.text)):
        return False
    if a.text.endswith((*_NEVER_LAST, *_COMMA)) or _FIGURE.match(b.text):
        return not (a.text[-1].isdigit() and b.text[0].isdigit())
    return b.width <= a.width + 4 and b.is_closed


def _parts_clauses(a: Row, b: Row) -> bool:
    """Say whether a line stops at a comma, as clauses set apart do: 税收完成8亿元， / 增长5%."""
    has_figure = _DIGIT.search(a.text) or _DIGIT.search(b.text)
    return a.text.endswith("，") and bool(has_figure or a.han >= _RUNNING_HAN) and b.han > 0


def _parts_list(a: Row, b: Row) -> bool:
    """Say whether a line stops between the members of a list: 0.2%、 / 0.8%."""
    return a.text.endswith("、") and b.han + len(_DIGIT.findall(b.text)) > 0


def _parts_unit(a: Row, b: Row) -> bool:
    """Say whether a figure is parted from its unit, behind which the sentence goes on."""
    return a.text.endswith(_DIGITS) and bool(_unit_and_mark().match(b.text))


def _parts_figure(a: Row, b: Row) -> bool:
    """Say whether a verb is parted from its figure (价格分别上涨 / 0.2%、)."""
    verb = _ends_in_change().search(a.text)
    return bool(verb and verb.start() >= _BEFORE_VERB and _figure_and_mark().match(b.text))


def _parts_attribute(a: Row, b: Row) -> bool:
    """Say whether a figure is parted from what it is described by: 由“十五”末的 / 12.8亿元."""
    return a.text.endswith("的") and a.han >= _RUNNING_HAN and bool(_FIGURE.match(b.text))


# What no author does at the end of a line.
_TEARS = (
    *(_cuts_decimal, _parts_change, _cuts_word, _parts_sentence, _parts_clauses),
    *(_parts_list, _parts_unit, _parts_figure, _parts_attribute),
)


@cache
def _unit_and_mark() -> re.Pattern[str]:
    units = sorted(map(re.escape, {row["unit"] for row in load_lexicon("units")}), key=len)
    return re.compile(rf"[十百千万亿]{{0,2}}(?:{'|'.join(reversed(units))})?[，。；、]")


@cache
def _figure_and_mark() -> re.Pattern[str]:
    return re.compile(rf"\d[\d,.]{{0,12}}\s?{_unit_and_mark().pattern}")


@cache
def _ends_in_change() -> re.Pattern[str]:
    return re.compile(rf"{words('line_breaks', 'goes_on.changed').pattern}了?$")


@cache
def _goes_on_by_words() -> re.Pattern[str]:
    """Match 增长8%, 同比下降3%: what a figure above them has done."""
    roles = ("compared", "changed", "units")
    compared, changed, units = (words("line_breaks", f"goes_on.{role}").pattern for role in roles)
    return re.compile(rf"{compared}?{changed}了?\s?\d[\d.]{{0,8}}\s?(?:[%％]|{units}|倍)")


def _join(a: Row, b: Row, kind: str) -> Edit:
    """Return the edit that joins two lines; Latin words keep a blank between them."""
    is_latin = _LATIN_END.search(a.text) and _LATIN_START.match(b.text)
    return Edit(a.end, b.start, " " if is_latin else "", kind)


def _parts(row: Row) -> Iterator[Edit]:
    """Yield the blanks inside a line that stand for the start of a paragraph.

    Two wide blanks behind the end of a sentence do, and then all others of that line; so do the
    blanks around a numbered heading in the line of its text: 增长5%。 二、农业 全年粮食…….
    """
    is_spaced = "\u3000" in row.text or "\u2003" in row.text
    if is_spaced and row.han > _SENTENCE and _SPACED.search(row.text):
        spans = [found.span() for found in _SPACES.finditer(row.text)]
    else:
        headed = _HEADED.finditer(row.text) if row.han > _SENTENCE else ()
        spans = [found.span(blank) for found in headed for blank in ("before", "behind")]
    for start, end in spans:
        if start >= 0:
            yield Edit(row.start + start, row.start + end, "\n", PARAGRAPH_BREAK)
