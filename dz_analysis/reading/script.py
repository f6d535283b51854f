"""Traditional and simplified characters: which script a page is in, and the way to simplified.

In: repaired or unrepaired text. Out: text of the same length, with the changes listed by
`traditional_changes`. The tables are OpenCC's; what it leaves open (著 or 着) is decided in
`context`, and the names that it would harm stand in `lexicon/script_names.csv`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import opencc

from dz_analysis.lexicon import load_lexicon


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


@cache
def character_table(config: str) -> dict[int, str]:
    """Return OpenCC's one-for-one table: code point -> another character, where it differs.

    Parameters
    ----------
    config : str
        ``"t2s"`` or ``"s2t"``; ``"t2s"`` holds the forms of Hong Kong and Taiwan too.
    """
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    others = _converter(config).convert("\n".join(han)).split("\n")
    table = {ord(a): b for a, b in zip(han, others, strict=True) if a != b}
    return {**_variants(), **table} if config == "t2s" else table


@cache
def _variants() -> dict[int, str]:
    """Return the forms of Hong Kong and Taiwan that the plain table leaves (衞, 簷)."""
    letters = set(simplified_letters())
    found: dict[int, str] = {}
    for config in ("hk2s", "tw2s"):
        for code, other in character_table(config).items():
            if chr(code) not in letters and other in letters:
                found[code] = other
    return found


@cache
def _letters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only traditional and only simplified text uses."""
    traditional = set(map(chr, character_table("t2s")))
    simplified = set(map(chr, character_table("s2t")))
    return frozenset(traditional - simplified), frozenset(simplified - traditional)


def to_traditional(text: str) -> str:
    """Return the text in traditional characters, one for one, without a look at words."""
    return text.translate(character_table("s2t"))


@cache
def mirror_table() -> dict[int, str]:
    """Return the mirrors' table from simplified to traditional characters."""
    own = {ord(row["simplified"]): row["mirrored"] for row in load_lexicon("mirror_script")}
    return {**character_table("s2t"), **own}


@cache
def simplified_letters() -> tuple[str, ...]:
    """Return the characters of GB 2312: those that simplified text is written with."""
    cells = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    return tuple("".join(cell.decode("gb2312", errors="ignore") for cell in cells))


@cache
def common_characters() -> frozenset[str]:
    """Return the first level of GB 2312, the 3,755 commonest characters, in both scripts."""
    simplified = "".join(simplified_letters()[:3755])
    return frozenset(simplified + to_traditional(simplified))


@cache
def rare_characters() -> re.Pattern[str]:
    """Match a Han character that is none of the common ones."""
    common = "".join(sorted(common_characters()))
    return re.compile(rf"[^\x00-\u33ff\ua000-\uf8ff\ufb00-\U0010ffff{re.escape(common)}]")


def is_traditional(text: str) -> bool:
    """Say whether a text is in traditional script.

    Counted are the characters that only one of the scripts uses; a simplified text with a few
    traditional names stays simplified.

    Examples
    --------
    >>> is_traditional("全區實現工業總產值增長")
    True
    >>> is_traditional("全区实现工业总产值增长，傅抱石、陳師曾畫展開幕")
    False
    """
    return is_traditional_count(Counter(text))


def is_traditional_count(counts: Counter[str]) -> bool:
    """Say whether character counts are those of a traditional text."""
    traditional, simplified = _letters()
    full = sum(n for character, n in counts.items() if character in traditional)
    simple = sum(n for character, n in counts.items() if character in simplified)
    return full > simple


def to_simplified(text: str) -> str:
    """Return the text in simplified characters, of the same length.

    Words decide where a character has two simplified forms (乾隆, 乾淨); a line whose length a
    word would change is converted character by character.

    Examples
    --------
    >>> to_simplified("乾隆年間，河水乾淨")
    '乾隆年间，河水干净'
    """
    simple: str = _converter("t2s").convert(text)
    if len(simple) == len(text):
        return simple.translate(_variants())
    return "".join(map(_line_to_simplified, text.splitlines(keepends=True)))


def _line_to_simplified(line: str) -> str:
    simple: str = _converter("t2s").convert(line)
    if len(simple) != len(line):
        return line.translate(character_table("t2s"))
    return simple.translate(_variants())
