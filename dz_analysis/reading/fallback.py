"""The font by which pdfium measures the characters of pdf files that bring no font of their own.

In: nothing. Out: pdfium, told of the font. Without one, characters of such files have no size, and
pdfium leaves out those that stand alone (the month in 6月23日); and what it finds would differ with
the fonts of the machine. So every machine takes the one that comes with the package `zhplot`.
"""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.resources import files
from typing import Any

from pypdfium2 import raw

_FONT = "fonts/NotoSansSC-Regular.ttf"
_HANDLE = 1  # by which pdfium calls the font


@cache
def use_own_font() -> Any:
    """Let pdfium take the package's font for all that it lacks; what is returned must be kept."""
    content = files("zhplot").joinpath(_FONT).read_bytes()

    def map_font(*_asked: Any) -> int:
        return _HANDLE

    def get_data(_info: Any, _font: int, table: int, buffer: Any, size: int) -> int:
        if table:  # it takes the whole file where it cannot have one table
            return 0
        if buffer and size >= len(content):
            ctypes.memmove(buffer, content, len(content))
        return len(content)

    def say_nothing(*_arguments: Any) -> int:
        return 0

    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    info = raw.FPDF_SYSFONTINFO(version=1)
    for name, kind in kinds.items():
        if name != "version":
            answer = {"MapFont": map_font, "GetFontData": get_data}.get(name, say_nothing)
            setattr(info, name, kind(answer))
    raw.FPDF_SetSystemFontInfo(info)
    return info
