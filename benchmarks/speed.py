"""What the whole way costs beside jieba, in one table of one run: `make benchmarks`.

Processor time of one core, least of several rounds in which all ways take turns: other work on the
machine makes a round slower, never quicker. The texts are the 2026 reports of the corpus
`provinces` where `DZ_TEXTS` has their pages, else the digests. `first` is the first time that a
text is read: what is remembered of words and numbers is forgotten before, the word lists stay
loaded. `again` keeps it. A cold command is a process of its own, from its start to its end.
`benchmarks/RESULTS.md` keeps what was printed, with the machine and the date.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import jieba
import jieba.posseg

from benchmarks.finding import forget, seconds
from dz_analysis import tables
from dz_analysis.corpus import load_corpus
from dz_analysis.manifest import Document
from dz_analysis.measure import measure_records, read_document, tag_page
from dz_analysis.reading import Page, read_page

ROUNDS = 3
TAGGED = 4  # jieba.posseg is timed on every fourth text
NUMBER = re.compile(r"(\d+(?:\.\d+)?)(亿元|万元|万人|万吨|个百分点|%|个|家|公里)")
COLD = {
    "import dz_analysis": ["-c", "import dz_analysis"],
    "dz extract of one page, cold": ["-m", "dz_analysis.cli", "extract", "{page}"],
    "dz extract --format csv, cold": [
        "-m",
        "dz_analysis.cli",
        "extract",
        "--format",
        "csv",
        "{page}",
    ],
    "jieba of one page, cold": [
        "-c",
        "import jieba; from pathlib import Path; jieba.setLogLevel(60); "
        "jieba.lcut(Path(r'{page}').read_text('utf-8'))",
    ],
}
# What a process holds at most, by its own word: what `resource` tells goes on over the start of a
# program, and would tell of this process.
PEAK = "from benchmarks import speed; speed.{work}(speed.load_texts()); print(speed.read_peak())"
STATUS = Path("/proc/self/status")
# The peer alone, without a module of ours.
PEER = (
    "import sys, jieba; from pathlib import Path; jieba.setLogLevel(60); "
    "[jieba.lcut(Path(name).read_text('utf-8')) for name in sys.argv[1:]]; "
    f"print(next(l for l in open('{STATUS}') if l.startswith('VmHWM')).split()[1])"
)


class Text(NamedTuple):
    """A document of the manifest with its bytes, and its page."""

    document: Document
    file: Path
    content: bytes
    page: Page


def main() -> None:
    """Print the machine and the table."""
    jieba.setLogLevel(60)
    jieba.lcut("预热")
    texts = load_texts()
    size = sum(len(text.page.text) for text in texts)
    print(f"{describe_machine()}. {len(texts)} texts, {size:,} characters.\n")
    print("| what | seconds | million characters a second | times as fast as jieba.lcut |")
    print("| --- | ---: | ---: | ---: |")
    for name, took, read in time_ways(texts, size):
        if name == "jieba.lcut":
            peer = took / read
        print(f"| {name} | {took:.2f} | {read / took / 1e6:.3f} | {peer / (took / read):.2f} |")
    print("\n| what | seconds of processor | times jieba's |\n| --- | ---: | ---: |")
    cold = {name: time_process(words, texts[0]) for name, words in COLD.items()}
    for name, took in cold.items():
        print(f"| {name} | {took:.2f} | {took / cold['jieba of one page, cold']:.2f} |")
    print("\n| what | peak of memory, MB | times jieba.lcut |\n| --- | ---: | ---: |")
    files = [str(text.file) for text in texts]
    peaks = {}
    if STATUS.exists():
        peaks["text → six tables"] = measure_peak(PEAK.format(work="make_tables"))
        peaks["jieba.lcut"] = measure_peak(PEER, *files)
    for work, peak in peaks.items():
        print(f"| {work} | {peak:.0f} | {peak / peaks['jieba.lcut']:.2f} |")


def time_ways(texts: list[Text], size: int) -> Iterator[tuple[str, float, int]]:
    """Yield each way with its seconds and the characters that it read, jieba first.

    The ways take turns in every round, so that what slows the machine for a while slows them all.
    """
    ways: dict[str, tuple[Callable[[list[Text]], None], Callable[[], object]]] = {
        "jieba.lcut": (cut, int),
        "text → six tables, first": (make_tables, forget),
        "text → six tables, again": (make_tables, int),
        "page → six tables, first": (read_tables, forget),
        "page → six tables, again": (read_tables, int),
        "common script: regex, jieba, Counter": (run_script, int),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, (work, before) in ways.items():
            took[name].append(seconds(partial(work, texts), before=before, rounds=1))
    for name, spent in took.items():
        yield name, min(spent), size
    few = texts[::TAGGED]
    tagged = sum(len(text.page.text) for text in few)
    yield "jieba.posseg", seconds(lambda: tag(few), rounds=1), tagged


def load_texts() -> list[Text]:
    """Return the reports of 2026 where they are at hand, else the digests."""
    corpus = load_corpus("provinces")
    wanted = [one for one in corpus.documents if one.file.endswith("-2026.txt")]
    if not all((corpus.texts / one.file).is_file() for one in wanted):
        corpus = load_corpus("digests")
        wanted = list(corpus.documents)
    return [
        Text(one, file, content, read_page(content, name=one.file))
        for one in wanted
        for file in [corpus.texts / one.file]
        for content in [file.read_bytes()]
    ]


def make_tables(texts: list[Text]) -> None:
    """Make the six tables of texts that were read."""
    join_tables(measure_records(text.page, tag_page(text.page, text.document)) for text in texts)


def read_tables(texts: list[Text]) -> None:
    """Make the six tables of files."""
    join_tables(measure_records(*read_document(text.document, text.content)) for text in texts)


def join_tables(measured: Iterator[tables.Records]) -> None:
    """Make one checked frame a table."""
    made = list(measured)
    for name in tables.TABLES:
        tables.frame_records((row for rows in made for row in rows[name]), name)


def cut(texts: list[Text]) -> None:
    """Cut texts with jieba."""
    for text in texts:
        jieba.lcut(text.page.text)


def tag(texts: list[Text]) -> None:
    """Tag texts with jieba."""
    for text in texts:
        jieba.posseg.lcut(text.page.text)


def run_script(texts: list[Text]) -> None:
    """Do what is mostly done: numbers by a pattern, words by jieba, both counted."""
    for text in texts:
        Counter(jieba.lcut(text.page.text)).most_common(100)
        NUMBER.findall(text.page.text)


def time_process(words: list[str], text: Text) -> float:
    """Return the processor time that a process takes, the least of some."""
    command = [sys.executable, *(word.format(page=text.file) for word in words)]

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    took = []
    for _ in range(ROUNDS):
        before = spent()
        subprocess.run(command, check=True, capture_output=True)
        took.append(spent() - before)
    return min(took)


def measure_peak(code: str, *words: str) -> float:
    """Return how many MB a process holds at most that runs some code."""
    command = [sys.executable, "-c", code, *words]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(said.split()[-1]) / 1024


def read_peak() -> int:
    """Return how many kB this process has held at most; Linux alone tells it so."""
    line = next(
        one for one in STATUS.read_text(encoding="utf-8").splitlines() if one.startswith("VmHWM:")
    )
    return int(line.split()[1])


def describe_machine() -> str:
    """Return date, cores, memory and Python, nothing that names the machine."""
    pages: Callable[[str], int] = os.sysconf
    memory = pages("SC_PAGE_SIZE") * pages("SC_PHYS_PAGES") / 2**30
    day = datetime.now(UTC).date().isoformat()
    system = f"{platform.system()} {platform.machine()}"
    cores = f"{os.cpu_count()} cores, {memory:.0f} GiB"
    return f"{day}, {system}, {cores}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
