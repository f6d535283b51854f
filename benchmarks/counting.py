"""Text to words and slogans: characters a second on one core, beside jieba's, in one run.

The text is made of the digests' articles, their paragraphs shuffled with a seed and repeated, so
that anyone can run this; `DZ_TEXTS` is not needed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import jieba

from dz_analysis.corpus import load_corpus
from dz_analysis.counting import count_slogans, count_terms, cut_words, segment
from dz_analysis.reading.page import Paragraph

SIZE = 1_000_000
PEER_SIZE = 200_000
ROUNDS = 3


def main() -> None:
    """Print a table of speeds."""
    text, paragraphs = make_text(SIZE)
    jieba.setLogLevel(60)
    jieba.lcut("预热")
    count_terms("预热", [Paragraph(1, 0, 2)])
    rows = [
        ("terms and slogans", lambda: both(text, paragraphs), len(text)),
        ("count_terms", lambda: count_terms(text, paragraphs), len(text)),
        ("count_slogans", lambda: count_slogans(text, paragraphs), len(text)),
        ("cut_words", lambda: cut_words(text), len(text)),
        ("segment (tokens with offsets)", lambda: segment(text), len(text)),
        ("jieba.lcut", lambda: jieba.lcut(text[:PEER_SIZE]), PEER_SIZE),
    ]
    speeds = {name: size / best_time(work) / 1e6 for name, work, size in rows}
    print("| step | million characters a second | times jieba.lcut |")
    print("| --- | ---: | ---: |")
    for name, speed in speeds.items():
        print(f"| {name} | {speed:.2f} | {speed / speeds['jieba.lcut']:.1f} |")


def both(text: str, paragraphs: list[Paragraph]) -> None:
    """Make both tables, as a corpus's ingestion does."""
    count_terms(text, paragraphs)
    count_slogans(text, paragraphs)


def make_text(size: int) -> tuple[str, list[Paragraph]]:
    """Return a text of about so many characters, and its paragraphs."""
    lines = [
        line for text in load_corpus("digests").articles().values() for line in text.split("\n")
    ]
    rng, parts, length = random.Random(7), [], 0
    while length < size:
        rng.shuffle(lines)
        parts += lines
        length += sum(len(line) + 1 for line in lines)
    paragraphs, start = [], 0
    for number, line in enumerate(parts, start=1):
        paragraphs.append(Paragraph(number, start, start + len(line)))
        start += len(line) + 1
    return "\n".join(parts), paragraphs


def best_time(work: Callable[[], object]) -> float:
    """Return the shortest processor time of a few rounds, in seconds.

    What is remembered from the round before is forgotten, so that no round is free.
    """
    from dz_analysis.counting import discovery

    times = []
    for _ in range(ROUNDS):
        discovery._mentions.cache_clear()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
