r"""Bytes to characters: which charset a page is really in.

In: the bytes of a page, which may declare one charset and hold another, begin with the mark of
another, or have been read wrongly and saved so. Out: the decoded text and the charset's name.
Nothing is normalised: ① stays ①, a full-width digit stays full-width, and line ends become `\n`
only where they were `\r\n` or `\r`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from dz_analysis.harmless import CONTROLS
from dz_analysis.reading.mojibake import undo_mojibake
from dz_analysis.reading.script import common_characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,8}=\s{0,8}[\"']?\s{0,8}([A-Za-z0-9_:.-]{2,40})")
_HEAD = 4096  # a declaration stands near the start of a page
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
_CODECS = ("punycode", "raw-unicode-escape", "unicode-escape", "utf-7")  # no page is written so
_LEGACY = ("gb18030", "big5", "big5hkscs")
_FOREIGN = re.compile(rf"[\ue000-\uf8ff{CONTROLS}\x0b\ufffd]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LIE = 0.3  # by which another charset must read better than the one that the mark names


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and the charset that it was read with.

    Where a page had been read wrongly before, the name tells how: `utf-8 read as windows-1252`.
    """

    text: str
    encoding: str


def decode(content: bytes, *, declared: str = "") -> Decoded:
    r"""Decode the bytes of a page.

    A byte-order mark wins, unless the page reads much better without it; then UTF-8 if every byte
    fits; then the charset that the page or its server declares; then whichever of GB18030, Big5
    and UTF-16 gives the most ordinary text. Bytes that fit nothing become U+FFFD, so that a broken
    page is still read. A text that was read wrongly before it was saved is read again.

    Parameters
    ----------
    content : bytes
        The page as it was stored.
    declared : str, optional
        A charset named outside the page, such as a server's header.

    Returns
    -------
    Decoded

    Examples
    --------
    >>> decode("工业增加值增长6.5%".encode("gb18030"))
    Decoded(text='工业增加值增长6.5%', encoding='gb18030')
    >>> decode("工業增加值增長6.5%".encode("big5")).encoding
    'big5'
    >>> decode("①2023年".encode("utf-16")).text
    '①2023年'
    >>> decode('<meta charset="gbk">財政收入'.encode()).encoding
    'utf-8'
    """
    mark, name = next((pair for pair in _BOMS if content.startswith(pair[0])), (b"", ""))
    plain = content[len(mark) :]
    if name and not _is_lie(plain, name):
        text = plain.decode(name, errors="replace")
    else:
        name = _unmarked(plain, declared)
        text = plain.decode(name, errors="replace")
    text, way = undo_mojibake(_unify_line_ends(text))
    return Decoded(text, way or name)


def _is_lie(content: bytes, marked: str) -> bool:
    """Say whether a page is in another charset than its byte-order mark says."""
    if _strict(content, marked) is not None and marked == "utf-8":
        return False
    return _score(content, _unmarked(content, "")) > _score(content, marked) + _LIE


def _unmarked(content: bytes, declared: str) -> str:
    """Return the charset of a page without a byte-order mark."""
    if b"\x00" not in content and _strict(content, "utf-8") is not None:
        return "utf-8"
    return _choose(content, declared or declared_charset(content))


def declared_charset(content: bytes) -> str:
    """Return the charset that a page names in its head, in Python's spelling, or `""`.

    Examples
    --------
    >>> declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=GB2312">')
    'gb18030'
    >>> declared_charset(b"no declaration")
    ''
    """
    found = _DECLARED.search(content[:_HEAD])
    return known_charset(found.group(1).decode("ascii")) if found else ""


def plausibility(text: str) -> float:
    """Return how ordinary a text looks, from 0 to 1, or below 0 where much of it is rubbish.

    The share of its Han characters that are common ones in either script, less a penalty for
    private-use and control characters, which a wrong charset scatters through a page.

    Examples
    --------
    >>> plausibility("财政收入") == plausibility("財政收入") == 1.0
    True
    >>> plausibility("工業增加值".encode("big5").decode("gb18030")) < 0.5
    True
    """
    han = _HAN.findall(text)
    common = sum(map(common_characters().__contains__, han))
    foreign = len(_FOREIGN.findall(text))
    return (common - 2 * foreign) / max(len(han) + foreign, 1)


def _choose(content: bytes, declared: str) -> str:
    """Return the charset under which the page reads best; the declared one wins a near tie."""
    names = [declared] if declared else []
    names += [name for name in _LEGACY if name != declared]
    if content.count(b"\x00") * 20 > len(content) and len(content) % 2 == 0:
        names += ["utf-16-le", "utf-16-be"]
    names += ["utf-8"] if declared != "utf-8" else []
    return max(names, key=lambda name: _score(content, name) + 0.05 * (name == declared))


def _score(content: bytes, name: str) -> float:
    """Judge one charset: by the text if it decodes, else by how much of it does."""
    text = content.decode(name, errors="replace")
    broken = text.count("\ufffd") / max(len(text), 1)
    return plausibility(text) - 10 * broken


def _strict(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        return None


def known_charset(name: str) -> str:
    """Return Python's name of a charset (GB2312 and GBK read as GB18030), or `""`.

    Examples
    --------
    >>> known_charset("GBK"), known_charset("utf-8"), known_charset("uu")
    ('gb18030', 'utf-8', '')
    """
    plain = name.strip().lower()
    if plain in _ALIASES:
        return _ALIASES[plain]
    try:
        known = codecs.lookup(plain).name
        b"\xb0\xa1".decode(known, errors="replace")
    except (LookupError, ValueError):  # no charset, or a codec of Python's that makes no text
        return ""
    return "" if known.replace("_", "-") in _CODECS else _ALIASES.get(known, plain)


def _unify_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
