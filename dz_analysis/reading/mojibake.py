"""Pages that were read with a wrong charset and saved so: the bytes behind them, read again.

In: decoded text. Out: the text that was meant, and by which way it came; a text that shows no such
way comes back as it is. Line after line is judged, because a page may have been put together from
parts: what was read wrongly holds hardly a common Chinese character, and its bytes give nothing
else. A byte that the wrong charset could not write is lost; its character becomes U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from dz_analysis.reading.script import common_characters, rare_characters

LOST = "\ufffd"
_TWO_LOST = "锟斤拷"  # two of them, in UTF-8 and read as GBK: what stood there is gone for good
_WRONG = ("windows-1252", "gb18030", "big5", "mac-roman", "shift_jis")
_RIGHT = ("utf-8", "gb18030", "big5")
_UNITS = ("utf-16-le", "utf-16-be")  # read two bytes a character, line ends and all
_SEEN = 3
_ROUNDS = 3  # a page may have been saved so again and again
_NO_BYTE = b"\xff"  # no part of a character in any of the charsets
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_LOST = re.compile(rf"{LOST}[{LOST}?]*")  # what could not be read is also written as `?`
_LEAST_HAN = 8  # that a line must give to show the way; shorter ones then follow it
_COMMON = 0.9  # of its Han characters that must be common ones
_GAIN = 0.2  # by which their share must grow: half of what GBK makes of UTF-8 is common too
_DENSE = 0.3  # of a line's characters that must lie beyond ASCII: a French line has fewer
_LOSABLE = 0.2  # of a line's characters; where more are lost it was another way
_SAMPLE = 20_000
_MOST_LINES = 60  # that are asked for the way
# Latin letters with accents, C1 controls, private use, kana of half width: none of a Chinese page
_FOREIGN_SIGNS = r"\x80-\x9f\xaa-\xaf\xb4-\xb6\xb8-\xd6\xd8-\xff\ue000-\uf8ff\uff61-\uff9f"
_FOREIGN = re.compile(f"[{_FOREIGN_SIGNS}]")
# all but the common characters of a Chinese page, once those are taken away
_ODD = re.compile(rf"[{_FOREIGN_SIGNS}{LOST}\u3400-\u9fff\uf900-\ufaff]")


class _Way(NamedTuple):
    """One way of reading wrongly: the charset it was read with, and the one it is in."""

    wrong: str
    right: str

    def undo(self, text: str) -> str:
        """Return a text read again, U+FFFD for what was lost."""
        again = _to_bytes(text, self.wrong).decode(self.right, errors="replace")
        return _LOST.sub(LOST, again)

    def __str__(self) -> str:
        """Name both charsets."""
        return f"{self.right} read as {self.wrong}"


_SAVED_AGAIN = _Way("windows-1252", "utf-8")  # the one way that may come twice


def undo_mojibake(text: str) -> tuple[str, str]:
    """Return the text that was meant, and how it had been read (`""` if it was read rightly).

    Examples
    --------
    >>> undo_mojibake("全县工业增加值增长6%".encode().decode("latin-1"))
    ('全县工业增加值增长6%', 'utf-8 read as windows-1252')
    >>> undo_mojibake("全县工业增加值增长6%".encode("gbk").decode("latin-1"))
    ('全县工业增加值增长6%', 'gb18030 read as windows-1252')
    >>> undo_mojibake("全县工业增加值增长6%")
    ('全县工业增加值增长6%', '')
    """
    strange = _strange(text)
    if strange is None or not strange.search(text):
        return text, ""
    if text.count(_TWO_LOST) >= _SEEN:
        return text.replace(_TWO_LOST, LOST * 2), "utf-8 read as gb18030"
    saved, names = text, list[str]()
    for _ in range(_ROUNDS):
        if way := _find_way(saved):
            again = way.undo(saved) if way.wrong in _UNITS else _undo_lines(saved, way)
            return again, ", ".join([*names, str(way)])
        if len(_FOREIGN.findall(saved)) < _DENSE * len(saved):
            break
        once = _SAVED_AGAIN.undo(saved)
        if LOST in once or len(once) == len(saved):
            break
        saved = once
        names.append(str(_SAVED_AGAIN))
    return text, ""


def _find_way(text: str) -> _Way | None:
    """Return the way in which most of the text is explained, None if there is none."""
    if _common_share(text[:_SAMPLE]) < _COMMON:
        whole = next((way for way in _unit_ways() if _explains(way, text)), None)
        if whole is not None:
            return whole
    gains: dict[_Way, int] = {}
    for line in _strange_lines(text):
        for way in _ways():
            if _explains(way, line):
                gains[way] = gains.get(way, 0) + len(line)
                break
    return max(gains, key=lambda way: gains[way], default=None)


def _strange_lines(text: str) -> Iterator[str]:
    """Yield the first lines that are not plain Chinese as they stand."""
    found = at = 0
    strange = _strange(text)
    while strange and found < _MOST_LINES and (sign := strange.search(text, at)):
        start = text.rfind("\n", 0, sign.start()) + 1
        at = text.find("\n", sign.end())
        line = text[start:] if at < 0 else text[start:at]
        if len(_BEYOND.findall(line)) >= _LEAST_HAN and _common_share(line) < _COMMON:
            yield line
            found += 1
        if at < 0:
            return


def _undo_lines(text: str, way: _Way) -> str:
    """Read the lines again that are more ordinary then."""
    return "\n".join(
        again if _is_better(line, again := way.undo(line)) else line for line in text.split("\n")
    )


def _is_better(line: str, again: str) -> bool:
    if line.isascii() or again.count(LOST) > line.count(LOST) + _LOSABLE * len(line):
        return False
    return _common_share(again) > _common_share(line) + _GAIN


def _explains(way: _Way, line: str) -> bool:
    """Say whether a line read again is ordinary Chinese, and as it stands is not."""
    if len(_BEYOND.findall(line)) < _DENSE * len(line):
        return False
    again = way.undo(line)
    han = len(_HAN.findall(again))
    if han < _LEAST_HAN or again.count(LOST) > _LOSABLE * len(again):
        return False
    share = _common_share(again)
    return share >= _COMMON and share > _common_share(line) + _GAIN


def _common_share(text: str) -> float:
    """Return the share of common characters among the Han characters; 0 without any.

    Letters that no Chinese page uses count as rare ones.
    """
    han, rare = len(_HAN.findall(text)), len(rare_characters().findall(text))
    return (han - rare) / max(han + len(_FOREIGN.findall(text)), 1)


def _strange(text: str) -> re.Pattern[str] | None:
    """Match two rare characters near one another: a page read rightly has few such places.

    Asked for are the rare ones of this text: a pattern of all takes long to compile. None where it
    has none.
    """
    odd = _ODD.findall("".join(sorted(set(text) - common_characters())))
    rare = f"[{re.escape(''.join(odd))}]"
    return re.compile(rf"{rare}[^\n]?{rare}") if odd else None


@cache
def _ways() -> tuple[_Way, ...]:
    return tuple(_Way(wrong, right) for wrong in _WRONG for right in _RIGHT if wrong != right)


@cache
def _unit_ways() -> tuple[_Way, ...]:
    return tuple(_Way(wrong, right) for wrong in _UNITS for right in _RIGHT)


def _to_bytes(text: str, charset: str) -> bytes:
    """Return the bytes that a text was read from; a byte that is lost becomes `_NO_BYTE`."""
    if charset in _UNITS:
        return text.encode(charset, errors="surrogatepass")
    if LOST not in text:  # GB18030 has bytes for it, which are not those that were lost
        try:
            return text.encode(charset)
        except UnicodeEncodeError:
            pass
    return b"".join(map(_encoder(charset), text))


@cache
def _encoder(charset: str) -> Callable[[str], bytes]:
    """Return what encodes one character.

    Browsers read the five bytes that Windows-1252 leaves open as controls of the same number.
    """

    @cache
    def encode(character: str) -> bytes:
        if character == LOST:
            return _NO_BYTE
        try:
            return character.encode(charset)
        except UnicodeEncodeError:
            is_byte = charset == "windows-1252" and ord(character) < 0x100
            return bytes((ord(character),)) if is_byte else _NO_BYTE

    return encode
