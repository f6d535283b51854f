"""Numbers with their units, as they stand in the text.

In: clean text. Out: `Quantity`s in text order, with those that count nothing (dates, names,
coinages, classes) still among them: see `reject`. What they measure is not asked here.

The forms that a number may have are rows of the lexicon's `number_forms`; this module has a
reader for each form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby
from types import MappingProxyType

from dz_analysis.finding.model import Quantity, new
from dz_analysis.finding.number.numerals import NumberError, numerals, open_words, parse_number
from dz_analysis.finding.units import kind_of, name_unit, unit_pattern
from dz_analysis.lexicon import Row, load_lexicon, values, words
from dz_analysis.reading.ledger import MISSING

_PIECE = re.compile(r"\{([a-z_]+)\}")
_COLON = re.compile("[:：∶︰]")
_CLOCK = re.compile("[0-9]{1,2}[:：∶︰][0-9]{2}[:：∶︰][0-9]{2}")
PLAIN, RANGE = "plain", "range"  # the form of most numbers, and of two of them
DASH = "dash"  # the piece between these two
# The forms that begin as a plain number does, by the piece that tells them directly behind it.
# They are looked for where it stands: few numbers go on, and every one would be read five times.
# Of a range only the rest is looked for.
LONGER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {DASH: (RANGE,), "colon": ("parts", "pair"), "note_mark": ("marked",), "coin": ("coins",)}
)
RISES = "+＋"  # before a percentage
_ROUNDING = 2  # that three rounded shares may miss of 100
_CUT = re.compile(rf"[^\n]{MISSING}[.．]?$")  # at the start of a line □ is a bullet
_IN_ARABIC = re.compile(r"[\d０-９.．,，\s]")


@cache
def pieces() -> Mapping[str, str]:
    """Return name -> pattern of the named pieces that the forms are composed of."""
    found = {
        "any_unit": unit_pattern(),
        "hanzi_unit": unit_pattern(after_hanzi=True),
    }
    for row in load_lexicon("number_forms"):
        if row["use"] != "form":
            found[row["name"]] = compose(row["pattern"], found)
    return MappingProxyType(found)


def compose(pattern: str, known: Mapping[str, str]) -> str:
    """Put named pieces into a pattern.

    Examples
    --------
    >>> compose("{digit}{1,3}", {"digit": "[0-9]"})
    '[0-9]{1,3}'
    """
    return _PIECE.sub(lambda match: known[match[1]], pattern)


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of what may be a quantity, one named group for each form.

    Without the forms that are longer than a plain number.
    """
    longer = {form for forms in LONGER.values() for form in forms}
    branches = (branch for name, branch in _branches().items() if name not in longer)
    return re.compile(f"{pieces()['opening']}(?:{'|'.join(branches)})")


@cache
def _longer(piece: str) -> re.Pattern[str]:
    """Return the pattern of the forms that a piece behind a plain number tells."""
    return re.compile("|".join(_branches()[form] for form in LONGER[piece]))


@cache
def _going_on() -> re.Pattern[str]:
    """Return the pattern of what stands behind a plain number that goes on, one group a piece."""
    known = pieces()
    going_on = {piece: known[piece] for piece in LONGER}
    going_on[DASH] += f"(?={known['digit']})"
    going_on["coin"] = known["digit"] + going_on["coin"]
    return re.compile("|".join(f"(?P<{piece}>{ahead})" for piece, ahead in going_on.items()))


def _branches() -> dict[str, str]:
    """Return form -> pattern, in the order in which the forms are tried."""
    forms = (row for row in load_lexicon("number_forms") if row["use"] == "form")
    return {name: _branch(name, rows) for name, rows in groupby(forms, key=_form_of)}


def _form_of(row: Row) -> str:
    return row["name"]


def _branch(name: str, rows: Iterator[Row]) -> str:
    choices = "|".join(compose(row["pattern"], pieces()) for row in rows)
    return f"(?P<{name}>{choices})"


@cache
def unit_of(form: str) -> str:
    """Return the unit of the numbers of a form that says none: places for 第三."""
    rows = load_lexicon("number_forms")
    return next(row["unit"] for row in rows if row["use"] == "form" and row["name"] == form)


def scan_quantities(text: str) -> Iterator[Quantity]:
    """Yield everything in the form of a quantity, with dates, names and coinages still among it.

    A number that a lost character touches has the kind `cut`, a time of day the kind `clock`.

    Examples
    --------
    >>> [q.quote for q in scan_quantities("建成5G基站1,200余个，投资3.5亿元")]
    ['5', '1,200余个', '3.5亿元']
    """
    may_be_cut = MISSING in text
    for match, top in _find_forms(text):
        if may_be_cut and _CUT.search(text, max(match.start() - 3, 0), match.start()):
            start, end = match.start(), (top or match).end()
            yield Quantity(start, end, text[start:end], Decimal(0), None, "", "cut")
            continue
        try:
            # The group that closes last is the one of the whole branch.
            yield from _read_range(match, top) if top else _READERS[match.lastgroup or ""](match)
        except NumberError:  # a numeral that does not parse, or a row of digits that counts nothing
            continue


def _find_forms(text: str) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """Yield everything in one of the forms, beside the beginning of a range the rest of it."""
    find, goes_on, at = _pattern().search, _going_on().match, 0
    while match := find(text, at):
        top = None
        if match.lastgroup == PLAIN and (ahead := goes_on(text, match.end())):
            match, top = _go_on(match, ahead)
        at = (top or match).end()
        yield match, top


def _go_on(
    plain: re.Match[str], ahead: re.Match[str]
) -> tuple[re.Match[str], re.Match[str] | None]:
    """Read on behind a plain number where something stands that tells a longer form."""
    longer = _longer(ahead.lastgroup or "").match
    if ahead.lastgroup != DASH:
        return longer(plain.string, plain.start()) or plain, None
    is_signed = plain["sign"] or plain["currency"]
    return plain, None if is_signed else longer(plain.string, plain.end())


def _read_parts(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 11.8:54.3:33.9 as three shares, numbered by their place; 08:30:15 is a time of day."""
    if _is_clock(match.group()):
        return (_whole(match, Decimal(0), "", "clock"),)
    base = match.start()
    return tuple(
        Quantity(
            base + part.start(),
            base + part.end(),
            part.group(),
            parse_number(part.group())[0],
            None,
            unit_of("parts"),
            "part",
            place=place,
        )
        for place, part in enumerate(re.finditer(pieces()["arabic"], match.group()), start=1)
    )


def _is_clock(written: str) -> bool:
    """Whether three whole numbers are hours, minutes and seconds: as shares they come to 100.

    Examples
    --------
    >>> _is_clock("9:30:15"), _is_clock("12:43:45"), _is_clock("1:2:7")
    (True, False, False)
    """
    if not _CLOCK.fullmatch(written):
        return False
    hours, minutes, seconds = (int(part) for part in _COLON.split(written))
    is_whole = abs(hours + minutes + seconds - 100) <= _ROUNDING
    return not is_whole and max(hours, 23) == 23 and max(minutes, seconds) < 60


def _whole(match: re.Match[str], value: Decimal, unit: str, kind: str) -> Quantity:
    """Build a quantity of everything that was matched."""
    return Quantity(match.start(), match.end(), match.group(), value, None, unit, kind)


def _read_fraction(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 百分之五, 百分之八至九, 万分之五 and 1/4 as per cent, 千分之五 as per mille."""
    if match["hundredths"]:
        scale = Decimal(values("numerals", "scale").get(match["hundredths"], "1"))
        value = parse_number(match["hundredth"])[0] * scale
        unit = values("numerals", "share")[match["hundredths"]]
        found = _whole(match, value, unit, "percent")
        if match["hundredth_top"]:
            found = found._replace(high=parse_number(match["hundredth_top"])[0] * scale)
        return (found,)
    above, below = match["over"].split("/") if match["over"] else match.group("above", "below")
    share = _share(parse_number(above)[0], parse_number(below)[0])
    return (_whole(match, share, unit_of("fraction"), "percent"),)


def _share(above: Decimal, below: Decimal) -> Decimal:
    """Return a fraction in per cent to six places; a zero below cannot be divided by."""
    return round(above * 100 / below, 6) if below else Decimal(0)


@cache
def _figure() -> re.Pattern[str]:
    """Return the pattern of the numeral in 第三位, 前10名, 翻两番."""
    return re.compile(f"{pieces()['digit']}{{1,4}}|{pieces()['ordinal']}{{1,4}}")


def _read_rank(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 第三位 and 前十 as places; 首位 and 榜首, which hold no numeral, are the first."""
    figure = _figure().search(match.group())
    value = parse_number(figure.group())[0] if figure else Decimal(1)
    return (_whole(match, value, unit_of("rank"), "rank"),)


def _read_half(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 半数 and 一半 as 50 %, 半年 as half a year."""
    unit = values("numerals", "half")[match.group()]
    if kind_of(unit) == "percent":
        return (_whole(match, Decimal(50), unit, "percent"),)
    return (_whole(match, Decimal("0.5"), unit, "time"),)


def _read_double(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 翻一番 as 2 times, 翻两番 as 4."""
    figure = _figure().search(match.group())
    value = Decimal(2) ** int(parse_number(figure.group())[0]) if figure else Decimal(2)
    return (_whole(match, value, unit_of("double"), "double"),)


def _read_range(low: re.Match[str], top: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 2—6个月; a magnitude or unit said once holds for both ends.

    提高2.1个百分点到65.3% and 增加12家至86家 are two numbers, the move and where it led.
    """
    text, start, unit = low.string, low.start(), (top["rangeunit"] or "").strip()
    figure, magnitude = low["figure"], _IN_ARABIC.sub("", top["top"])
    first, (last, is_open) = parse_number(figure)[0], parse_number(top["top"])
    if _is_move_to(low, top):
        return (
            _make(low.group(), start, first, low["unit"].strip()),
            _make(text[top.start("top") : top.end()], top.start("top"), last, unit),
        )
    if magnitude and not _has_magnitude(figure) and not low["unit"]:
        first = parse_number(figure + magnitude)[0]
    whole = _make(text[start : top.end()], start, first, unit, is_open=is_open)
    return (whole._replace(high=last * tenths(unit)),)


def _is_move_to(low: re.Match[str], top: re.Match[str]) -> bool:
    """Whether 至 or 到 leads from a move to its end: units differ, or a verb moves an amount.

    A year behind it is no end of a range: 从2020年的3.5亿元到2025年突破10亿元.
    """
    moved, reached = (low["unit"] or "").strip(), (top["rangeunit"] or "").strip()
    between = low.string[top.start() : top.start("top")].strip()
    if not moved or between not in values("numerals", "to"):
        return False
    if not reached:
        return bool(words("not_quantities", "years").at_start(low.string, top.end()))
    if name_unit(moved) != name_unit(reached):
        return True
    before = low.string[max(0, low.start() - 4) : low.start()]
    is_moved = words("measure_words", "move").at_end(before)
    return bool(is_moved) and kind_of(moved) not in ("percent", "point", "multiple")


def _has_magnitude(written: str) -> bool:
    return any(word in numerals("power") or word in numerals("large") for word in written)


def _read_plain(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 3.5亿元, -3.5%, +3.5% and 负3.5%; $1200万 as 美元, ￥2亿元 as 元."""
    currency, sign, figure, unit = match.group("currency", "sign", "figure", "unit")
    value, is_open = parse_number(figure)
    value = -value if sign and sign not in RISES else value
    unit = (unit or "").strip()
    if currency and not unit:
        unit = values("numerals", "currency")[currency]
    return (_make(match.group(), match.start(), value, unit, is_open=is_open),)


def _read_marked(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 105.51[1]亿元, a number with the mark of a note in it."""
    value, is_open = parse_number(match["markednumber"] + (match["magnitude"] or ""))
    unit = match["markedunit"].strip()
    return (_make(match.group(), match.start(), value, unit, is_open=is_open),)


def _read_coins(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 3元4角5分 as 3.45 元."""
    yuan, jiao, fen = (parse_number(part or "0")[0] for part in match.group("yuan", "jiao", "fen"))
    return (_whole(match, yuan + jiao / 10 + fen / 100, unit_of("coins"), "money"),)


def _read_zero(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 零 in 零增长 and 增速为零 as 0 %."""
    return (_whole(match, Decimal(0), unit_of("zero"), "percent"),)


def _read_threshold(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 突破千亿, a magnitude alone that something went past."""
    return (_whole(match, parse_number(match.group())[0], unit_of("threshold"), "bare"),)


def _read_worded(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 二十三家, 近七成, 上万人."""
    low = match.group().rpartition(match["hdash"])[0] if match["hdash"] else ""
    value, is_open = parse_number(match["hnumber"])
    first = parse_number(low)[0] if low else None
    unit = match["hunit"].strip()
    if match["tenth"]:  # 九成五 is 95 %, 九成半 as well
        value += Decimal(numerals("digit").get(match["tenth"], 5)) / 10
    is_open = is_open or _is_above(match)
    quantity = _make(match.group(), match.start(), value, unit, is_open=is_open)
    if first is None:
        return (quantity,)
    return (quantity._replace(value=first * tenths(unit), high=quantity.value),)


def _is_above(match: re.Match[str]) -> bool:
    """Whether 上 bounds a magnitude (上万人); behind 迈 it belongs to the verb."""
    before = match.string[max(0, match.start() - 2) : match.start()]
    is_bound = words("numerals", "above").at_end(before) and _has_magnitude(match.group()[0])
    return bool(is_bound) and not words("numerals", "not_above").at_end(before[:-1])


def _make(quote: str, start: int, value: Decimal, unit: str, *, is_open: bool = False) -> Quantity:
    """Build a quantity; 成 is tens of per cent."""
    named, kind, scale, is_more = _read_unit(unit)
    value = value if scale == 1 else value * scale
    end = start + len(quote)
    return new(Quantity, (start, end, quote, value, None, named, kind, is_open or is_more, 0))


@lru_cache(maxsize=1024)
def _read_unit(unit: str) -> tuple[str, str, int, bool]:
    """Return name, kind and per cent of a unit, and whether it leaves its number open."""
    kind = kind_of(unit) if unit else "bare"
    return name_unit(unit), kind, tenths(unit), _is_open_unit(unit)


def tenths(unit: str) -> int:
    """Return how many per cent a unit stands for: 10 for 成, else 1."""
    return 10 if unit in values("numerals", "tenth") else 1


def _is_open_unit(unit: str) -> bool:
    """Whether a unit holds a word that leaves its number open: 2个多百分点."""
    return bool(unit) and not open_words().isdisjoint(unit)


def _read_pair(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 2.27:1 as 2.27 times; 98.5:100 has no unit."""
    number, base = _COLON.split(match.group())
    unit = unit_of("pair") if base.strip() == "1" else ""
    return (_whole(match, parse_number(number)[0], unit, "pair"),)


_READERS: Mapping[str, Callable[[re.Match[str]], tuple[Quantity, ...]]] = MappingProxyType(
    {
        "pair": _read_pair,
        "parts": _read_parts,
        "fraction": _read_fraction,
        "rank": _read_rank,
        "half": _read_half,
        "double": _read_double,
        "marked": _read_marked,
        "coins": _read_coins,
        "zero": _read_zero,
        "threshold": _read_threshold,
        "plain": _read_plain,
        "hanzi": _read_worded,
    }
)
