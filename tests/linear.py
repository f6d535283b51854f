"""Whether work grows with the length of a text alone, measured without the clock on the wall."""

import time
from collections.abc import Callable

TIMES = 4  # as much text in the second run: quadratic work takes sixteen times as long
MOST = 10  # times as long it may take
TRIES = 4
LEAST = 0.002  # seconds that a first run is taken for at least


def grows_with_length(run: Callable[[int], object], size: int) -> bool:
    """Say whether four times the size takes about four times the processor time.

    What other programs do counts for nothing, and one try in proportion is enough: work that grows
    faster than the text is out of proportion in every one.
    """
    run(size // 10)  # what is loaded and cached once is no work of the text's
    return any(_seconds(run, size * TIMES) <= MOST * _short(run, size) for _ in range(TRIES))


def _short(run: Callable[[int], object], size: int) -> float:
    return max(_seconds(run, size), LEAST)


def _seconds(run: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    run(size)
    return time.process_time() - start
