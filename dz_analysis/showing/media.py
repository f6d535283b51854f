"""What figures are drawn for: a journal's column or page, or a slide; with which font and title.

In: the names of a medium and a font, as a run's parameters give them. Out: the look of every
figure drawn from then on. Sizes in the charts are those of two columns; here they are made those
of the medium.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

INCH = 25.4  # millimetres
LEAST_TYPE = 6.0  # points: smaller type is refused by journals


@dataclass(frozen=True, slots=True)
class Medium:
    """Width and greatest height in millimetres, size of type and rows, panels side by side."""

    width: float
    height: float
    scale: float
    panels: int


MEDIA = {
    "one_column": Medium(89, 238, 0.86, 1),
    "two_columns": Medium(183, 238, 1.0, 3),
    "slide": Medium(305, 172, 1.5, 3),  # of 16:9, with room for its own heading
}
FONTS = ("Hei", "Song")


@dataclass(frozen=True, slots=True)
class Look:
    """How figures are drawn: for what, with a title or without, how finely, in which font."""

    target: str = "two_columns"
    titles: bool = True
    dpi: int = 300
    font: str = "Hei"

    @property
    def medium(self) -> Medium:
        """Sizes of the target."""
        return MEDIA[self.target]

    @property
    def inches(self) -> float:
        """Width of a figure."""
        return self.medium.width / INCH

    @property
    def most_inches(self) -> float:
        """Height that a figure may have."""
        return self.medium.height / INCH


_current = [Look()]  # of the process: matplotlib's own settings are too


def look() -> Look:
    """Return how figures are drawn now."""
    return _current[0]


def choose_look(
    target: str | None = None,
    *,
    titles: bool | None = None,
    dpi: int | None = None,
    font: str | None = None,
) -> Look:
    """Choose how figures are drawn from now on; what is not given stays as it is.

    Parameters
    ----------
    target : {"one_column", "two_columns", "slide"}, optional
    titles : bool, optional
        Whether the finding stands above the figure.
    dpi : int, optional
        Dots an inch of the PNG.
    font : {"Hei", "Song"}, optional

    Raises
    ------
    ValueError
        If there is no such target or font.
    """
    for what, name, known in (("target", target, tuple(MEDIA)), ("font", font, FONTS)):
        if name is not None and name not in known:
            msg = f"Unknown {what} {name!r} of a figure; expected one of {', '.join(known)}."
            raise ValueError(msg)
    given: dict[str, Any] = {"target": target, "titles": titles, "dpi": dpi, "font": font}
    _current[0] = replace(look(), **{name: one for name, one in given.items() if one is not None})
    return look()


def type_size(size: float) -> float:
    """Return a size of type for the medium in use, in points; never less than can be read.

    Examples
    --------
    >>> type_size(8), type_size(5)
    (8.0, 6.0)
    """
    return max(LEAST_TYPE, round(size * look().medium.scale, 2))


def panels_beside(wanted: int) -> int:
    """Return how many panels stand side by side where so many are wanted."""
    return max(1, min(wanted, look().medium.panels))
