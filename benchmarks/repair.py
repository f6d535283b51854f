"""Compare ways to repair the damaged pages: error rate against the clean text, and speed.

Run with the pages at hand: `DZ_TEXTS=… DZ_GOLD=… python benchmarks/repair.py`. It prints the
tables of `benchmarks/repair.md`: characters wrong for 100 of the clean article (insertions,
deletions and substitutions, line by line), thousand characters of page a second on one core (all
damaged pages, and each alone), how time grows on adverse text, and what becomes of the clean texts
when our own model damages them with other lists of characters.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import ftfy
import numpy as np
import opencc
import zhconv

from dz_analysis.corpus import load_corpus
from dz_analysis.reading import choose_readings, damage, read_page, repair
from dz_analysis.reading.page import Page

READING = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}\)")
TO_SIMPLIFIED = opencc.OpenCC("t2s")
SIZE = 300_000  # characters that the speed is measured on
ROUNDS = 3
ROUNDS_ALONE = 15  # a page alone takes milliseconds
ADVERSE_SIZE = 500_000
MIRRORED = "全縣(xiàn)的經(jīng)濟(jì)平穩運(yùn)行,各項產業(yè)增長(zhǎng)。"
ADVERSE = {
    "nested brackets": "((((",
    "question marks": "?",
    "question and exclamation marks": "?!a",
    "lone surrogates": "\ud800?",
    "zero bytes": "\x00",
    "private characters": "\ue000\ue123",
    "(a)": "(a)",
    "气(qì)": "气(qì)",
    "one torn run": "嫔罨母",
    "torn runs": "入?yún)^(qū)項目,",
    "traditional text": "全縣經濟運行總體平穩,着力推進環境淨化。",
    "著": "著",
}

WAYS: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "OpenCC t2s": TO_SIMPLIFIED.convert,
    "zhconv": lambda text: zhconv.convert(text, "zh-cn"),
    "regex + OpenCC": lambda text: TO_SIMPLIFIED.convert(READING.sub("", text)),
    "ftfy": ftfy.fix_text,
    "dz_analysis": lambda text: repair(text).text,
}


def main() -> None:
    """Print the table."""
    corpus, gold = load_corpus("dezhou"), os.environ.get("DZ_GOLD")
    if not corpus.has_texts or not gold:
        sys.exit("Set DZ_TEXTS to the folder of pages and DZ_GOLD to the one with clean/.")
    clean = {f.stem: f.read_text(encoding="utf-8") for f in sorted(Path(gold).glob("clean/*.txt"))}
    pages = {name: read_page(corpus.texts / f"{name}.txt") for name in clean}
    print("| way | " + " | ".join(clean) + " | 1,000 characters a second |")
    print("| --- |" + " ---: |" * (len(clean) + 1))
    for way, mend in WAYS.items():
        rates = [f"{error_rate(mend, pages[name], clean[name]):.2f}" for name in clean]
        pace = "" if way == "nothing" else f"{speed(mend, pages):,.0f}"
        print(f"| {way} | {' | '.join(rates)} | {pace} |")
    print(f"\nundamaged text, ours: {undamaged_speed(clean):,.0f} thousand characters a second\n")
    print("| damaged page, alone | characters | 1,000 characters a second |")
    print("| --- | ---: | ---: |")
    for name, page in damaged_pages(pages).items():
        pace = _speed(WAYS["dz_analysis"], page, rounds=ROUNDS_ALONE)
        print(f"| {name} | {len(page):,} | {pace:,.0f} |")
    print("\n| adverse text, 500,000 characters | seconds | twice as long |")
    print("| --- | ---: | ---: |")
    for name, unit in ADVERSE.items():
        first, second = (adverse_seconds(unit, size) for size in (ADVERSE_SIZE, 2 * ADVERSE_SIZE))
        print(f"| {name} | {first:.2f} | {second / first:.1f} times |")
    print()
    print(
        "| text | broken runs | by context | characters missing | wrong, marked | wrong, unmarked |"
    )
    print("| --- |" + " ---: |" * 5)
    for name, text in clean.items():
        print(f"| {name} | " + " | ".join(map(str, round_trip(text))) + " |")


def round_trip(text: str) -> tuple[int, ...]:
    """Damage a text with four lists of characters and count what the repair makes of it."""
    runs = doubtful = missing = marked = unmarked = 0
    for seed, size in enumerate((40, 80, 127, 127)):
        readings = choose_readings(text, size=size, seed=seed)
        done = repair(damage(text, readings, keep_private=seed == 3))
        torn = [c for c in done.changes if c.kind in ("split", "misaligned_pinyin")]
        spans = [(c.start, c.end) for c in done.changes if not c.certain]
        runs += len(torn)
        doubtful += sum(not change.certain for change in torn)
        missing += done.unrepaired
        for start, end in wrong_spans(done.text, text):
            size = sum(character != "□" for character in done.text[start:end])
            if any(a <= end and start <= b for a, b in spans):
                marked += size
            else:
                unmarked += max(size, 1)
    return runs, doubtful, missing, marked, unmarked


def wrong_spans(got: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text that differ from the wanted one, line by line."""
    at = 0
    for left, right in zip(got.split("\n"), wanted.split("\n"), strict=True):
        if left != right:
            steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
            yield from ((at + a, at + b) for kind, a, b, _, _ in steps if kind != "equal")
        at += len(left) + 1


def error_rate(mend: Callable[[str], str], page: Page, clean: str) -> float:
    """Return the characters wrong for 100 clean ones, on the article's lines of the page."""
    spans = [page.to_raw(p.start, p.end) for p in page.paragraphs]
    if mend is WAYS["dz_analysis"]:
        mended = page.text.split("\n")  # ours needs the whole page: its evidence is the page's
    else:
        mended = [mend(page.raw[start:end]) for start, end in spans]
    wanted = clean.rstrip("\n").split("\n")
    errors = sum(distance(a, b) for a, b in zip(mended, wanted, strict=True))
    return 100 * errors / len(clean)


def distance(left: str, right: str) -> int:
    """Return the Levenshtein distance, a row at a time."""
    codes = np.array([ord(c) for c in right], dtype=np.int64)
    steps = np.arange(len(right) + 1)
    row = steps.copy()
    for number, character in enumerate(left, start=1):
        best = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(character)))
        row = np.concatenate(([number], best))
        row = np.minimum.accumulate(row - steps) + steps
    return int(row[-1])


def damaged_pages(pages: dict[str, Page]) -> dict[str, str]:
    """Return the pages as they were found that a mirror damaged."""
    return {n: p.raw for n, p in pages.items() if any(c.kind == "pinyin" for c in p.changes)}


def adverse_seconds(unit: str, size: int) -> float:
    """Return the seconds that a damaged page takes which repeats one unit."""
    text = MIRRORED + unit * (size // len(unit))
    return len(text) / _speed(WAYS["dz_analysis"], text, rounds=1) / 1000


def speed(mend: Callable[[str], str], pages: dict[str, Page]) -> float:
    """Return thousand characters a second over the damaged pages."""
    damaged = "\n".join(damaged_pages(pages).values())
    return _speed(mend, damaged * (SIZE // len(damaged) + 1))


def undamaged_speed(clean: dict[str, str]) -> float:
    """Return thousand characters a second of ours over clean text."""
    text = "\n".join(clean.values())
    return _speed(WAYS["dz_analysis"], text * (10 * SIZE // len(text)))


def _speed(mend: Callable[[str], str], text: str, *, rounds: int = ROUNDS) -> float:
    mend(text[:5000])  # load what is loaded once
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        mend(text)
        seconds.append(time.process_time() - start)
    return len(text) / min(seconds) / 1000


if __name__ == "__main__":
    main()
