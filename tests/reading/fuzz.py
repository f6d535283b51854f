"""Broken files: bytes flipped, cut, doubled and mixed, over all formats, manifests and tables.

What is read of them is tagged and its numbers are found as well; the same bytes are decoded and
repaired by themselves, and what was repaired is undone. Run by hand for more than the suite does:
`make fuzz`, with `SEED=…` and `COUNT=…` for another seed or fewer inputs.
"""

import base64
import faulthandler
import gzip
import io
import logging
import random
import re
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import docx
import matplotlib
from pdf_paper import Paper, print_pdf

from dz_analysis.finding import find_observations, tag_document
from dz_analysis.manifest import read_manifest
from dz_analysis.measure import measure_page
from dz_analysis.reading import PageError, decode, read_page, repair, undo
from dz_analysis.tables import load_table, save_table

STEP = 10_000  # inputs after which a run by hand says how far it is
LONGEST = 300  # seconds that an input may take on a busy machine; one that takes longer hangs
BOUND = 20  # seconds of processor time: none is over 60,000 bytes
TEXT = (
    "云溪县2019年国民经济和社会发展统计公报\n"
    "全县生产总值完成86.4亿元，比上年增长9.2%，其中第一产业增加值14.3亿元，实施“一村一品”工程。\n"
    "一、农业\n粮食总产量42.6万吨，年末户籍人口2780人，⼾均 收 入 3 . 2 万 元；税收8.6*亿元。\n"
    "指 标\t2019年\n税 收\t￥8,200\t(310.5)\n— 3 —\n责任编辑：李平\n"
)
TRADITIONAL = "雲溪縣2019年經濟簡況\n全縣生產總值完成86.4億元，比上年增長9.2%，稅收8.6億元。\n" * 3
MARKUP = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>云溪县概况_云溪网</title></head><body>"
    "<div class='nav'><a href='/'>首页</a></div><h1>云溪县概况</h1><div id='zoom'>"
    + "".join(f"<p>&nbsp;{line}<sup>2</sup></p>" for line in TEXT.split("\n"))
    + "<table><caption>单位：万元</caption><tr><td rowspan='2'>指标</td>"
    "<td colspan='3'>税收</td></tr>"
    "<tr><td>8.6</td></tr></table><script>var a='增长';</script></div></body></html>"
)


def word_file() -> bytes:
    """Write a small docx file."""
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line.replace("\u200b", ""))
    document.add_paragraph("农业", style="List Number")
    document.sections[0].header.paragraphs[0].text = "云溪县统计局"
    document.add_table(rows=2, cols=2).rows[0].cells[0].text = "税收"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_file() -> bytes:
    """Write a small pdf file by hand: one page, a line of Latin text."""
    stream = b"BT /F1 12 Tf 72 720 Td (GDP 86.4, up 9.2 percent in 2019) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = len(content)
    content += b"xref\n0 6\n0000000000 65535 f \n" + table
    return content + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % end


def table_file() -> bytes:
    """Print a pdf file of two pages, plain inside: running text in Chinese, and a ruled table."""
    lines = [line for line in TEXT.split("\n") if line and "\t" not in line]
    text = Paper().lines(100, *(line[:30] for line in lines)).text(290, 800, "- 1 -", size=9)
    table = Paper().text(80, 60, "2019年云溪县收入表").grid((80, 200, 320), (90, 112, 134))
    table.text(90, 106, "税收").text(210, 106, "8.6").text(90, 128, "农业").text(210, 128, "14.3")
    with matplotlib.rc_context({"pdf.compression": 0}):
        return print_pdf(text, table)


def mail_file(encoding: str = "8bit") -> bytes:
    """Write a page as browsers save it, its text as it stands or in base64."""
    head = (
        "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"
        '\ttype="text/html";\n\tboundary="--B"\n\n----B\nContent-Type: text/html; charset="utf-8"\n'
        f"Content-Transfer-Encoding: {encoding}\n\n"
    )
    body = MARKUP.encode() if encoding == "8bit" else base64.encodebytes(MARKUP.encode())
    return head.encode() + body + b"\n----B--\n"


def seeds() -> dict[str, bytes]:
    """Return one whole file of each format."""
    escaped = MARKUP.replace("&", "&amp;").replace("<", "&lt;")
    return {
        "txt": TEXT.encode(),
        "gbk": TEXT.replace("⼾", "户").encode("gb18030"),
        "big5": TRADITIONAL.encode("big5"),
        "utf-16": TEXT.encode("utf-16"),
        "html": MARKUP.encode(),
        "fragment": MARKUP[120:].encode("gb18030", "replace"),
        "escaped": escaped.encode(),
        "sql": f"INSERT INTO `t` VALUES (1, '{MARKUP.replace(chr(39), '')}');".encode(),
        "json": ('[{"text": "' + TEXT.replace("\n", "\\n").replace("\t", " ") + '"}]').encode(),
        "mojibake": TEXT.encode().decode("latin-1").encode(),
        "mht": mail_file(),
        "mht-base64": mail_file("base64"),
        "gzip": gzip.compress(MARKUP.encode(), mtime=0),
        "docx": word_file(),
        "pdf": pdf_file(),
        "pdf-table": table_file(),
    }


def broken(content: bytes, draw: random.Random, others: list[bytes]) -> bytes:
    """Return a file with one to four of its parts damaged."""
    for _ in range(draw.randint(1, 4)):
        size = max(len(content), 1)
        at, length = draw.randrange(size), draw.choice((1, 2, 3, 8, 60, size // 3 + 1))
        piece = content[at : at + length]
        match draw.randrange(8):
            case 0:
                content = content[:at]
            case 1:
                content = content[at:]
            case 2:
                content = content[:at] + piece * draw.choice((2, 3, 30)) + content[at:]
            case 3:
                content = content[:at] + content[at + length :]
            case 4:
                flips = bytes(byte ^ 1 << draw.randrange(8) for byte in piece)
                content = content[:at] + flips + content[at + length :]
            case 5:
                content = content[:at] + draw.randbytes(length) + content[at + length :]
            case 6:
                other = draw.choice(others)
                start = draw.randrange(len(other))
                content = content[:at] + other[start : start + 200] + content[at:]
            case _:
                content = piece + content
    return content[:60_000]


def broken_inside(content: bytes, draw: random.Random) -> bytes:
    """Return a docx file that is whole, one of its parts being damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    for _ in range(draw.randint(1, 3)):
        parts[name] = damaged_xml(parts[name], draw)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, text in parts.items():
            archive.writestr(zipfile.ZipInfo(part), text)
    return stream.getvalue()


def damaged_xml(text: bytes, draw: random.Random) -> bytes:
    """Return xml with a value, a tag or a byte changed."""
    kind = draw.randrange(4)
    found = list(re.finditer((rb'"[^"]*"', rb"</?[\w:]+", rb"\d+", rb".")[kind], text, re.DOTALL))
    if not found:
        return text
    place = draw.choice(found)
    new = draw.choice((b"", b'"x"', b"99999999", b"-1", b"w:p", b"<w:tbl>", b"<", place[0] * 2))
    return text[: place.start()] + new + text[place.end() :]


def inputs(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield broken files of all formats in turn, the same for the same seed."""
    draw = random.Random(seed)
    whole = seeds() | tabled()
    names = list(whole)
    for number in range(count):
        name = names[number % len(names)]
        if name == "docx" and draw.random() < 0.6:
            yield name, broken_inside(whole[name], draw)
        else:
            yield name, broken(whole[name], draw, list(whole.values()))


MANIFEST = (
    "\ufeffid,file,title,published,region,period,genre,sha256,region_from,note\n"
    'a,a.txt,"云溪县简况\n二",2021/7/1,云溪县,2021,bulletin,,title: 云溪县,\'=1+1\n'
    "b,b/b.html,,Jul-21,,2021年1月至2021年6月,,,given,看过\n"
)


def tabled() -> dict[str, bytes]:
    """Return one whole manifest in each of its charsets, and one table of a corpus."""
    semicolons = MANIFEST.lstrip("\ufeff").replace(",", ";")
    return {
        "manifest": MANIFEST.encode(),
        "manifest-gbk": semicolons.encode("gb18030"),
        "manifest-utf-16": MANIFEST.lstrip("\ufeff").encode("utf-16"),
        **{f"table-{name}": frame for name, frame in table_files().items()},
    }


@cache
def table_files() -> dict[str, bytes]:
    """Return a small table of a corpus, as CSV and as Parquet."""
    page = read_page(TEXT.encode(), name="a.txt")
    made = measure_page(page, tag_document(page.text, document="a"))["observations"]
    with tempfile.TemporaryDirectory() as folder:
        files = [
            save_table(made, Path(folder), "observations", as_parquet=x) for x in (False, True)
        ]
        return {file.suffix[1:]: file.read_bytes() for file in files}


def fault(content: bytes, name: str = "") -> str:
    """Return what is wrong with the reading of a file, an error or a bound, or `""`."""
    begun = time.process_time()
    if name.startswith(("manifest", "table")):
        found = _listed_fault(content, name)
    else:
        found = _told(lambda: _text_fault(content)) or _page_fault(content)
    took = time.process_time() - begun
    return found or (f"took {took:.0f} s" if took > BOUND else "")


def _told(read: Callable[[], str], *declared: type[Exception]) -> str:
    """Return what is wrong with a reading; errors declared must say what was found."""
    try:
        return read()
    except declared as error:
        return "" if len(str(error)) > 20 else f"an error without words: {error!r}"
    except Exception as error:  # the point of the test: anything else is a fault
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} ({Path(at.filename).name}:{at.lineno}): {str(error)[:200]}"


def _text_fault(content: bytes) -> str:
    """Return what is wrong with the bytes decoded and repaired, whatever file they are."""
    text = decode(content).text
    repaired = repair(text)
    return "" if undo(repaired) == text else "the repairs can't be undone"


def _listed_fault(content: bytes, name: str) -> str:
    """Return what is wrong with the reading of a manifest or a table."""
    with tempfile.TemporaryDirectory() as folder:
        kind = name.partition("-")[2]
        if name.startswith("table"):
            file = Path(folder) / f"observations.{kind}"
            file.write_bytes(content)
            return _told(lambda: str(load_table(file.parent, "observations"))[:0], ValueError)
        file = Path(folder) / "documents.csv"
        file.write_bytes(content)
        return _told(lambda: str(read_manifest(file))[:0], ValueError)


def _page_fault(content: bytes) -> str:
    """Return what is wrong with a file's rows: an error that is not declared, or `""`."""
    try:
        page = read_page(content, name="page")
        known = {name: getattr(page, name) for name in ("title", "publisher", "published")}
        context = tag_document(page.text, document="page", **known)
        rows = find_observations(page.text, context=context, paragraphs=page.paragraphs)
    except PageError as error:
        words = str(error)
        is_said = words.startswith("Found") and "xpected" in words
        return "" if is_said else f"PageError without a cure: {words[:200]}"
    except Exception as error:  # the point of the test: anything else is a fault
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} ({Path(at.filename).name}:{at.lineno}): {str(error)[:200]}"
    if any(page.text[row.start : row.end] != row.quote for row in rows):
        return "a quote does not stand where its row says"
    lines = [page.text[p.start : p.end].strip() for p in page.paragraphs]
    if [line.strip() for line in page.text.split("\n") if line.strip()] != [*filter(None, lines)]:
        return "the paragraphs do not cover the article"
    done = 0
    for change in page.changes:
        if page.raw[change.raw_start : change.raw_end] != change.before or change.raw_start < done:
            return f"the ledger does not fit the page: {change!r}"
        done = change.raw_end
    return ""


def main(seed: int, count: int) -> int:
    """Print the faults of many inputs, each kind once with its count; 1 if there are any."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    kinds: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    for number, (name, content) in enumerate(inputs(seed, count)):
        formats[name] += 1
        faulthandler.dump_traceback_later(LONGEST, exit=True)
        if found := fault(content, name):
            kind = f"{name}: {found}"
            kinds[kind[:90]] += 1
            if kinds[kind[:90]] == 1:
                print(number, kind, flush=True)
        if (number + 1) % STEP == 0:
            print(f"{number + 1:,} inputs, {kinds.total():,} faults", flush=True)
    faulthandler.cancel_dump_traceback_later()
    print(", ".join(f"{name} {made:,}" for name, made in formats.items()))
    print(f"seed {seed}, {count:,} inputs, {kinds.total():,} faults of {len(kinds)} kinds")
    return int(bool(kinds))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
