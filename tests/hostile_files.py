"""Builds the files that `cases/hostile.toml` describes."""

import functools
import gzip
import io
import tomllib
import zipfile
import zlib
from pathlib import Path

import docx

CASES = tomllib.loads((Path(__file__).parent / "cases" / "hostile.toml").read_text("utf-8"))
WORDS = "全县税收8.6亿元，增长5%。"
BODY = (
    '<?xml version="1.0"?>{entities}<w:document xmlns:w="http://schemas.openxmlformats.org/'
    'wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
)


def build(case):
    """Return the bytes of a file: its pieces, then what they are packed in."""
    text = "".join(
        "".join(piece.replace("%", str(at)) for at in range(times))
        if "%" in piece and times > 1
        else piece * times
        for piece, times in case["pieces"]
    )
    content = text.encode()
    for wrap in case.get("wrap", ()):
        kind, _, what = wrap.partition(":")
        content = WRAPS[kind](content, what, case)
    for old, new in [case["replace"]] if "replace" in case else ():
        content = content.replace(old.encode(), new.encode())
    return content


@functools.cache
def word_parts():
    """Return the parts of a Word file."""
    document = docx.Document()
    document.add_paragraph(WORDS)
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts):
    """Return an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(content, _, case):
    """Return a Word file with a body, and perhaps with entities."""
    entities = case.get("entities", "")
    if entities == "laughs":
        rows = (f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        entities = f'<!ENTITY a "{"哈" * 100}">' + "".join(rows)
    head = f"<!DOCTYPE d [{entities}]>" if entities else ""
    body = BODY.format(entities=head, body=content.decode())
    return zipped(word_parts() | {"word/document.xml": body.encode()})


def pdf(content, count, _):
    """Return a pdf file all of whose pages show one stream, packed or not."""
    filters = 0
    inside = content
    while True:
        try:
            inside = zlib.decompressobj().decompress(inside, 1000)
        except zlib.error:
            break
        filters += 1
    packed = b"/Filter [%s] " % (b"/FlateDecode " * filters) if filters else b""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(int(count)))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %s >>" % (kids, count.encode()),
        b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), packed, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *[page] * int(count),
    ]
    written, places = io.BytesIO(b"%PDF-1.4\n"), []
    written.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, start=1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    end, size = written.tell(), len(objects) + 1
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    written.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    written.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, end))
    return written.getvalue()


WRAPS = {
    "gzip": lambda content, *_: gzip.compress(content, 9, mtime=0),
    "flate": lambda content, *_: zlib.compress(content, 9),
    "zip": lambda content, *_: zipped({content.decode(): b"x"}),
    "part": lambda content, name, _: zipped(word_parts() | {name: content}),
    "word": word,
    "pdf": pdf,
}
