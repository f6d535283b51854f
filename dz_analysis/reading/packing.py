"""What a page may be packed in: gzip, and the mht files in which browsers save whole pages.

In: the bytes of a file. Out: the bytes of the page inside, and the charset that its envelope
names. Bytes in no wrapper come back as they are.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from email import message_from_bytes, policy

from dz_analysis.language import say
from dz_analysis.reading import bounds
from dz_analysis.reading.source import PageError

# What the zip module raises of a file whose directory or parts are damaged.
BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, NotImplementedError),
    *(OSError, OverflowError, RuntimeError, UnicodeDecodeError, ValueError),
)
_GZIP = b"\x1f\x8b\x08"
_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z-]{1,30}:[^\n]{0,400}\n(?:[ \t][^\n]{0,400}\n){0,20}){2,40}"
)
_MULTIPART = re.compile(rb"(?im)^content-type:\s{0,4}(?:multipart/|text/html)")
_NESTING = re.compile(rb"(?im)^content-type:\s{0,9}(?:multipart|message)/")
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The bytes of a page and the charset that its envelope declares, `""` if none."""

    content: bytes
    charset: str = ""


def unpack(content: bytes) -> Unpacked:
    """Take a page out of what it is packed in.

    Raises
    ------
    PageError
        If the wrapper is broken, holds no text, or holds more than is read.

    Examples
    --------
    >>> unpack(gzip.compress(b"<p>text</p>")).content
    b'<p>text</p>'
    """
    layers = 0
    while content.startswith(_GZIP):
        layers += 1
        bounds.LAYERS.check(layers)
        content = _gunzipped(content)
    if is_mail(content):
        return _main_part(content)
    return Unpacked(content)


def zip_sizes(content: bytes) -> dict[str, int]:
    """Return how many bytes each file in a zip archive has when unpacked, none if it is broken.

    An archive says so of its files, and no more than it says is ever unpacked.

    Examples
    --------
    >>> zip_sizes(b"PK no archive")
    {}
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {entry.filename: entry.file_size for entry in archive.infolist()}
    except BROKEN_ZIP:
        return {}


def is_mail(content: bytes) -> bool:
    """Say whether a file begins with the headers of a saved page or letter."""
    head = content.lstrip()[:8192].replace(b"\r\n", b"\n")
    header = _HEADER.match(head)
    return bool(header and _MULTIPART.search(header.group()))


def _gunzipped(content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            page = stream.read(bounds.TEXT_BYTES.most + 1)
    except (OSError, EOFError, zlib.error) as error:
        msg = say(
            "Found a gzip file that is broken ({error}), expected a page; download it again.",
            error=error,
        )
        raise PageError(msg) from error
    bounds.TEXT_BYTES.check(len(page))
    return page


def _main_part(content: bytes) -> Unpacked:
    """Return the first html part, or else the first text: pictures and styles come behind it.

    The plain policy is taken because the parser of the other one fails on damaged headers.
    """
    bounds.MAIL_PARTS.check(content.count(b"\n--"))
    bounds.MAIL_LAYERS.check(len(_NESTING.findall(content)))
    message = message_from_bytes(content.lstrip(), policy=policy.compat32)
    parts = [part for part in message.walk() if part.get_content_type() in _TEXTS]
    for part in sorted(parts, key=lambda part: _TEXTS.index(part.get_content_type())):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            return Unpacked(payload, part.get_content_charset() or "")
    kinds = sorted({part.get_content_type() for part in message.walk()})
    msg = say(
        "Found a saved page without text ({kinds}), expected an html part.", kinds=", ".join(kinds)
    )
    raise PageError(msg)
