"""Code page 936: the two bytes behind every Chinese character, and what a crawler makes of them.

In: characters, or bytes in any state. Out: bytes, or what the lossy decoding of the mirrors
gives: a lead byte at the end is `?`, a pair that stands for nothing is one `?` and eats both
bytes, a pair of the private use areas is a private character or nothing at all.
"""

from __future__ import annotations

from functools import cache

LOST = "?"
LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
# The private use areas of code page 936: leads, trails, first character.
_PRIVATE = (
    (range(0xAA, 0xB0), range(0xA1, 0xFF), 0xE000),
    (range(0xF8, 0xFF), range(0xA1, 0xFF), 0xE234),
    (range(0xA1, 0xA8), (*range(0x40, 0x7F), *range(0x80, 0xA1)), 0xE4C6),
)
EURO, EURO_BYTE = "€", 0x80  # the only single byte above 7F that stands for something


@cache
def characters() -> dict[int, str]:
    """Return the characters of all pairs, private ones too; the key is `lead * 256 + trail`."""
    table: dict[int, str] = {}
    for leads, trails, first in _PRIVATE:
        cells = [lead << 8 | trail for lead in leads for trail in trails]
        table |= {code: chr(first + number) for number, code in enumerate(cells)}
    for lead in LEADS:
        for trail in TRAILS:
            character = bytes((lead, trail)).decode("gbk", errors="ignore")
            if len(character) == 1 and not character.isascii():
                table[lead << 8 | trail] = character
    return table


@cache
def codes() -> dict[str, int]:
    """Return the pair of every character: the inverse of `characters`."""
    return {character: code for code, character in characters().items()}


def character_of(lead: int, trail: int) -> str:
    """Return the character of two bytes, or `""` if there is none.

    Examples
    --------
    >>> character_of(0x85, 0x5E), character_of(0x85, 0x28)
    ('區', '')
    """
    return characters().get(lead << 8 | trail, "")


def is_private(character: str) -> bool:
    """Say whether a character lies in the private use area of the basic plane."""
    return "\ue000" <= character <= "\uf8ff"


def decode_lossy(content: bytes, *, keep_private: bool = False) -> str:
    """Decode bytes as the mirrors do.

    Parameters
    ----------
    content : bytes
        Bytes of code page 936, in any state.
    keep_private : bool
        Keep private-use characters; else they vanish, which is what most crawlers do.

    Examples
    --------
    >>> decode_lossy(bytes.fromhex("C8EB 8528") + "yún)^".encode("gbk"))
    '入?yún)^'
    >>> decode_lossy(bytes.fromhex("C8AB C3"))
    '全?'
    """
    table = characters()
    pieces = []
    at, stop = 0, len(content)
    while at < stop:
        byte = content[at]
        if byte < EURO_BYTE:
            pieces.append(chr(byte))
            at += 1
        elif byte == EURO_BYTE:
            pieces.append(EURO)
            at += 1
        else:
            pair = byte << 8 | content[at + 1] if at + 1 < stop else 0
            character = table.get(pair, LOST)
            if keep_private or not is_private(character):
                pieces.append(character)
            at += 2
    return "".join(pieces)
