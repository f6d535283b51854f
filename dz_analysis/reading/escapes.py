r"""Text inside other text: markup that was escaped, strings of a program, a database or JSON.

In: decoded text as it was saved. Out: the text inside, which may be html. Pages come so out of
archives: `&lt;p&gt;` once or twice, `"…\r\n" +` in a script, `INSERT INTO … VALUES ('…')`, a JSON
of paragraphs. Nothing is undone without a sign of it; the text of an author has none.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_LAYERS = 4  # of escapes round one another
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LEAST_HAN = 8
_SHARE = 0.8  # of the Han characters that stand inside strings, where a text is a program
_TAGS = (
    r"a|b|body|br|center|div|em|font|h[1-6]|html|i|img|input|label|li|link|meta|ol|p|script|section"
    r"|span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul"
)
_ESCAPED_TAG = re.compile(rf"&(?:amp;){{0,3}}lt;/?(?:{_TAGS})\b", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_TAGS})\b[^<>]*>", re.IGNORECASE)
_PAGE = re.compile(r"\s{0,80}<(?:!doctype|html|head)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,8}[0-9]{0,2});")
# What a program or a database writes round its strings.
_PROGRAM = re.compile(
    r"(?im)\binsert\s+into\b|\bvalues\s*\(|^\s*(?:var|let|const|return|string|public|private)\b"
    r"|^\s*[\w.$]{1,40}\s*[=(:]\s*[\"'{\[]|\"\s*\+\s*$|^\s*\+\s*\"|\"\s*[,:]\s*[\"{\[]|\"\s*[}\]]"
)
_DATABASE = re.compile(r"(?i)\binsert\s+into\b|\bvalues\s*\(")  # its strings run over lines
_LINES = (
    re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL),
    re.compile(r"'((?:[^'\\]|\\.|'')*)'", re.DOTALL),
)
_LINE = (re.compile(r'"((?:[^"\\\n]|\\.)*)"'), re.compile(r"'((?:[^'\\\n]|\\.)*)'"))
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(r\\n|[nrt](?![A-Za-z])|[\"'/\\]))")
_SIGN_OF_ESCAPE = re.compile(
    r"\\r\\n|\\[nt](?=[\s\\<&\u3000-\u9fff]|$)|\\u[4-9][0-9A-Fa-f]{3}\\u[4-9][0-9A-Fa-f]{3}|\\[\"'/]"
)
_WRITTEN = {"r\\n": "\n", "n": "\n", "r": "\n", "t": "\t"}


def read_inside(text: str) -> str:
    r"""Return the text inside a text that was escaped, once or more often.

    Examples
    --------
    >>> read_inside("&lt;p&gt;全县税收8亿元&lt;/p&gt;")
    '<p>全县税收8亿元</p>'
    >>> read_inside('var a = "全县税收增长5%。\\r\\n" +\n    "粮食总产12万吨。";')
    '全县税收增长5%。\n\n粮食总产12万吨。'
    >>> read_inside('[{"type": "text", "text": "全县税收增长5%，粮食增产。"}]')
    '全县税收增长5%，粮食增产。'
    >>> read_inside("实施“气代煤”，见 C:\\new，AT&T，增长5%")
    '实施“气代煤”，见 C:\\new，AT&T，增长5%'
    """
    for _ in range(_LAYERS):
        inside = _strings(_markup(text))
        if inside == text:
            break
        text = inside
    return text


def unescape_entities(text: str) -> str:
    """Return a text with its entities as characters.

    Examples
    --------
    >>> unescape_entities("&ldquo;一村一品&rdquo;&#12289;R&amp;D&lt;3%")
    '“一村一品”、R&D<3%'
    """
    return _ENTITY.sub(lambda found: html.unescape(found.group()), text) if "&" in text else text


def _markup(text: str) -> str:
    """Unescape a text of which most tags are escaped."""
    escaped = len(_ESCAPED_TAG.findall(text)) if "lt;" in text else 0
    if not escaped or escaped < len(_TAG.findall(text)):
        return text
    return unescape_entities(text)


def _strings(text: str) -> str:
    """Return the strings of a program, each on its line; or undo the escapes of one.

    A whole page of html is left alone: the programs in it are seen by no reader.
    """
    if _PAGE.match(text):
        return text
    whole = _read_json(text)
    if whole:
        return whole
    if not text.startswith("<") and ('"' in text or "'" in text) and _PROGRAM.search(text):
        pieces = _literals(text)
        if pieces:
            return "\n".join(map(_written, pieces))
    return _written(text) if "\\" in text and _SIGN_OF_ESCAPE.search(text) else text


def _read_json(text: str) -> str:
    """Return the Chinese strings of a JSON text, each on its line, or `""` if it is none."""
    if text.lstrip()[:1] not in ("{", "[") or '"' not in text:
        return ""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return "\n".join(words for words in _texts(found) if _HAN.search(words))


def _texts(found: Any) -> Iterator[str]:
    """Yield the strings of a JSON value in their order."""
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            waiting += reversed(list(value.values()) if isinstance(value, dict) else value)


def _literals(text: str) -> list[str]:
    """Return the Chinese strings of a program if most of its Chinese stands in them.

    A text may begin and end in the midst of a string.
    """
    han = len(_HAN.findall(text))
    if han < _LEAST_HAN:
        return []
    best: tuple[int, list[str]] = (0, [])
    patterns = _LINES if _DATABASE.search(text) else _LINE
    for pattern, mark in zip(patterns, ('"', "'"), strict=True):
        cut = (mark + text, text + mark, mark + text + mark) if mark in text else ()
        for source in (text, *cut):
            pieces = [found for found in pattern.findall(source) if _HAN.search(found)]
            held = sum(len(_HAN.findall(piece)) for piece in pieces)
            best = max(best, (held, pieces), key=lambda pair: pair[0])
    return best[1] if best[0] >= _SHARE * han else []


def _written(text: str) -> str:
    """Return a string as its escapes mean it."""
    return _ESCAPE.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    code, sign = found.groups()
    if code:
        character = chr(int(code, 16))
        return "\ufffd" if "\ud800" <= character <= "\udfff" else character
    return _WRITTEN.get(sign, sign)
