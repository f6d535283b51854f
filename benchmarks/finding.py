"""How fast clean text becomes observations, beside `jieba.lcut` on the same text in the same run.

`python -m benchmarks finding` prints two tables: speed on texts of several kinds, each document
tagged and read by itself, and time against length on text that never ends a sentence. Processor
time of one core, best of several rounds. What is remembered of words and numbers from one call to
the next is forgotten before each round of the column `first`, and kept in the column `again`.
The five pages are measured as well where `DZ_GOLD` names the folder that holds their clean text.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jieba

from dz_analysis import paths
from dz_analysis.finding import find_observations, tag_document

ROUNDS = 12
FOLDER = Path(__file__).parent
EXCERPTS = FOLDER.parent / "tests" / "cases" / "excerpts" / "dev.jsonl"
LENGTHS = (250_000, 500_000, 1_000_000, 2_000_000)  # bytes
# A million bytes of these are a sentence without an end, each hard on another rule.
ENDLESS = {
    "numbers and names": "完成投资3.5亿元，增长12.4%，新建学校2所，",
    "a list": "12个、",
    "分别 without an end": "分别增长5%、6%、",
    "digits alone": "1234567890",
    "no number": "持续推进高质量发展",
}
HEAD = "| text | characters a number | first | again | jieba.lcut | first, times |"


def seconds(
    work: Callable[[], object], *, before: Callable[[], object] = int, rounds: int = ROUNDS
) -> float:
    """Return the processor time of the quickest of some rounds."""
    took = []
    for _ in range(rounds):
        before()
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def forget() -> None:
    """Empty what `functools.lru_cache` keeps of texts; the word lists stay loaded."""
    for name, module in sorted(sys.modules.items()):
        for value in vars(module).values() if name.startswith("dz_analysis") else ():
            if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"]:
                value.cache_clear()


def read(text: str, **known: Any) -> int:
    """Tag a text and find its observations; return how many."""
    return len(find_observations(text, context=tag_document(text, **known)))


def texts() -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Yield each kind of text: its name, and its documents with what is known of each."""
    report = (FOLDER / "work_report.txt").read_text(encoding="utf-8")
    yield "work report", [(report, {})]
    if gold := os.environ.get("DZ_GOLD"):
        pages = sorted((Path(gold) / "clean").glob("*.txt"))
        yield "five pages", [(page.read_text(encoding="utf-8"), {}) for page in pages]
    digests = sorted((paths.corpus_dir("digests") / "clean").glob("*.txt"))
    yield "digests", [(file.read_text(encoding="utf-8"), {}) for file in digests]
    lines = map(json.loads, EXCERPTS.read_text(encoding="utf-8").splitlines())
    known = ("title", "published", "region")
    yield "excerpts", [(row["text"], {k: row[k] for k in known if row.get(k)}) for row in lines]


def row(name: str, documents: list[tuple[str, dict[str, str]]]) -> str:
    """Return one row of the first table."""

    def ours() -> int:
        return sum(read(text, **known) for text, known in documents)

    def theirs() -> None:
        for text, _ in documents:
            jieba.lcut(text)

    length, found = sum(len(text) for text, _ in documents), ours()
    took = (seconds(ours, before=forget), seconds(ours), seconds(theirs))
    speeds = " | ".join(f"{length / second / 1e6:.2f}" for second in took)
    return f"| {name} | {length / found:.0f} | {speeds} | {took[2] / took[0]:.2f} |"


def main() -> None:
    """Print both tables."""
    jieba.setLogLevel(60)
    jieba.initialize()
    print(HEAD, "| --- | ---: | ---: | ---: | ---: | ---: |", sep="\n")
    for name, documents in texts():
        print(row(name, documents))
    print("\nMillion characters a second.\n")
    marks = "".join(f" {length / 1e6:g} MB |" for length in LENGTHS)
    print(f"| text without a full stop |{marks} jieba.lcut, 1 MB |")
    print("| --- |" + " ---: |" * (len(LENGTHS) + 1))
    for name, piece in ENDLESS.items():
        size = len(piece.encode("utf-8"))
        took = [seconds(lambda n=n, p=piece, s=size: read(p * (n // s)), rounds=1) for n in LENGTHS]
        peer = seconds(lambda p=piece, s=size: jieba.lcut(p * (1_000_000 // s)), rounds=1)
        cells = " | ".join(f"{second:.2f}" for second in (*took, peer))
        print(f"| {name} | {cells} |")
    print("\nSeconds.")


if __name__ == "__main__":
    main()
