"""How fast clean text becomes observations, beside `jieba.lcut` on the same text in the same run.

`python -m benchmarks finding` prints two tables: speed on two kinds of text, and time against
length on text that never ends a sentence. Processor time of one core, best of three rounds.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from dz_analysis import paths
from dz_analysis.finding import find_observations, tag_document

LENGTH = 300_000
ROUNDS = 3
EXCERPTS = Path(__file__).parents[1] / "tests" / "cases" / "excerpts" / "dev.jsonl"
# A million bytes of these are a sentence without an end, each hard on another rule.
ENDLESS = {
    "numbers and names": "完成投资3.5亿元，增长12.4%，新建学校2所，",
    "a list": "12个、",
    "分别 without an end": "分别增长5%、6%、",
    "digits alone": "1234567890",
    "no number": "持续推进高质量发展",
}


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the quickest of three rounds."""
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def read(text: str) -> int:
    """Tag a text and find its observations; return how many."""
    context = tag_document(text, document="benchmark", published="2021-02")
    return len(find_observations(text, context=context))


def repeated(pieces: list[str]) -> str:
    """Repeat texts, one paragraph a line, to the length that is measured."""
    text = "\n".join(pieces) + "\n"
    return text * (LENGTH // len(text) + 1)


def digests() -> str:
    """Return the clean texts of our own corpus, repeated."""
    files = sorted((paths.corpus_dir("digests") / "clean").glob("*.txt"))
    return repeated([file.read_text(encoding="utf-8").strip() for file in files])


def excerpts() -> str:
    """Return the excerpts of reports that rules may be tuned on, dense with numbers, repeated."""
    lines = EXCERPTS.read_text(encoding="utf-8").splitlines()
    return repeated([json.loads(line)["text"] for line in lines])


def main() -> None:
    """Print both tables."""
    jieba.setLogLevel(60)
    jieba.initialize()
    print("| text | characters a number | observations | jieba.lcut | times |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, text in {"digests": digests(), "dense excerpts": excerpts()}.items():
        ours, theirs = seconds(lambda t=text: read(t)), seconds(lambda t=text: jieba.lcut(t))
        mean = len(text) / max(read(text), 1)
        speeds = [len(text) / took / 1e6 for took in (ours, theirs)]
        print(f"| {name} | {mean:.0f} | {speeds[0]:.2f} | {speeds[1]:.2f} | {theirs / ours:.2f} |")
    print("\nMillion characters a second.\n")
    print("| text without a full stop | 0.5 MB, s | 1 MB, s | times |")
    print("| --- | ---: | ---: | ---: |")
    for name, piece in ENDLESS.items():
        size = len(piece.encode("utf-8"))
        took = [
            seconds(lambda n=n, p=piece, s=size: read(p * (n // s))) for n in (500_000, 1_000_000)
        ]
        print(f"| {name} | {took[0]:.2f} | {took[1]:.2f} | {took[1] / took[0]:.2f} |")


if __name__ == "__main__":
    main()
