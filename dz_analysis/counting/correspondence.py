"""Correspondence analysis: rows and columns of a table of counts on few axes.

In: counts, rows by columns. Out: the axes with their inertia, and for each row and column its
mass, coordinates, contributions to the axes and how well an axis shows it.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FEWEST_ROWS = 3  # two rows differ on one axis, whatever they say
NOTHING = 1e-12  # inertia below which an axis is rounding


class Correspondence(NamedTuple):
    """A correspondence analysis.

    Attributes
    ----------
    axes : pandas.DataFrame
        One row an axis, the largest first: axis (from 1), inertia, pct, cumulative_pct.
    rows, columns : pandas.DataFrame
        One row each of the table's rows or columns: name, count, mass, and for each axis
        axis_1 … (principal coordinate), contribution_1 … (share of the axis's inertia) and
        cos2_1 … (share of the point's own inertia).
    total : float
        Inertia of the whole table: Pearson's chi-squared divided by the sum of the counts.
    """

    axes: pd.DataFrame
    rows: pd.DataFrame
    columns: pd.DataFrame
    total: float


def tabulate_words(
    counts: pd.DataFrame, rows: pd.Series, *, least: float = 0.2
) -> pd.DataFrame | None:
    """Lay counts out as a table of rows by words, for `analyse_correspondence`.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, ``term``, ``count``.
    rows : pandas.Series of str
        Name of the row that each document belongs to, by its id; documents of one name are added
        up.
    least : float
        A word must stand in this share of the documents, and in two at least.

    Returns
    -------
    pandas.DataFrame or None
        Rows in the order of their first document, by words; rows without any such word are left
        out. None where fewer than three rows or two words are left.

    Raises
    ------
    ValueError
        If `least` is no share.
    """
    if not 0 <= least <= 1:
        msg = f"least is {least}; expected a share of the documents, from 0 to 1."
        raise ValueError(msg)
    held = counts.groupby("term")["document"].nunique()
    kept = held.index[held >= max(2, ceil(least * len(rows)))]
    own = counts[counts["term"].isin(kept)]
    named = own.assign(row=own["document"].map(rows))
    wide = named.pivot_table(
        index="row", columns="term", values="count", aggfunc="sum", fill_value=0
    )
    table = wide.reindex([row for row in dict.fromkeys(rows) if row in wide.index])
    return table if len(table) >= FEWEST_ROWS and table.shape[1] >= 2 else None


def analyse_correspondence(counts: pd.DataFrame, *, axes: int = 2) -> Correspondence:
    """Place the rows and columns of a table of counts on the axes that set them apart most.

    Parameters
    ----------
    counts : pandas.DataFrame
        Rows by columns, both named by the index; none may be all 0.
    axes : int
        Axes whose coordinates are given; all are in `axes`.

    Returns
    -------
    Correspondence
        The signs are chosen so that the column that contributes most to an axis lies on its
        positive side.

    Raises
    ------
    ValueError
        If a row or column is all 0, a count is negative, or there are fewer than three rows or
        two columns.

    Notes
    -----
    Greenacre, M. 2017. Correspondence analysis in practice, 3rd ed., appendix A: the singular value
    decomposition of the standardised residuals. Distances between rows and those between columns
    are chi-squared distances; a row and a column have no distance, only directions.

    Examples
    --------
    >>> counts = pd.DataFrame([[8, 2], [2, 8], [5, 5]], index=list("甲乙丙"), columns=["林", "海"])
    >>> found = analyse_correspondence(counts, axes=1)
    >>> round(found.total, 2), found.rows["axis_1"].head(2).round(2).tolist()
    (0.24, [0.6, -0.6])
    """
    table = counts.to_numpy(dtype="float64")
    _refuse(table)
    total = table.sum()
    row_mass, column_mass = table.sum(axis=1) / total, table.sum(axis=0) / total
    expected = np.outer(row_mass, column_mass)
    residuals = (table / total - expected) / np.sqrt(expected)
    left, values, right = np.linalg.svd(residuals, full_matrices=False)
    inertia = values**2
    kept = inertia > NOTHING
    left, values, right, inertia = left[:, kept], values[kept], right[kept].T, inertia[kept]
    turn = _signs(right[:, :axes])
    share = 100 * inertia / inertia.sum()
    told = pd.DataFrame(
        {
            "axis": np.arange(1, len(inertia) + 1),
            "inertia": inertia,
            "pct": share,
            "cumulative_pct": np.cumsum(share),
        }
    )
    rows, columns = (
        _describe(
            pd.Series(table.sum(axis=side), index=names),
            vectors[:, :axes] * turn,
            values,
            (residuals**2).sum(axis=side) / mass,
        )
        for side, names, vectors, mass in (
            (1, counts.index, left, row_mass),
            (0, counts.columns, right, column_mass),
        )
    )
    return Correspondence(told, rows, columns, float(inertia.sum()))


def measure_stability(counts: pd.DataFrame | None, *, axes: int = 2) -> pd.DataFrame:
    """Say whether an axis stands when any one row is left out.

    Parameters
    ----------
    counts : pandas.DataFrame or None
        From `tabulate_words`.
    axes : int
        Axes looked at.

    Returns
    -------
    pandas.DataFrame
        One row an axis: axis, least_correlation (of the columns' coordinates with those of the
        most similar of the first `axes` + 1 axes without one row; 1 where nothing changes) and
        without (the row that changes most). Missing where too few rows are left.
    """
    columns = ["axis", "least_correlation", "without"]
    if counts is None:
        return pd.DataFrame(columns=columns).astype({"least_correlation": "float64"})
    whole = analyse_correspondence(counts, axes=axes)
    named = [int(axis) for axis in whole.axes["axis"].head(axes)]
    full = whole.columns.set_index("name")
    told = [(axis, np.nan, "") for axis in named if len(counts) <= FEWEST_ROWS]
    for row in counts.index if not told else ():
        left = counts.drop(index=row)
        other = analyse_correspondence(left.loc[:, left.sum() > 0], axes=axes + 1).columns
        again = other.set_index("name")
        for axis in named:
            own = full.loc[again.index, f"axis_{axis}"].to_numpy()
            found = [abs(np.corrcoef(own, again[name])[0, 1]) for name in _names(again, "axis_")]
            told.append((axis, max(found), str(row)))
    table = pd.DataFrame(told, columns=columns).sort_values(columns, kind="stable")
    return table.drop_duplicates("axis", ignore_index=True)


def _names(frame: pd.DataFrame, start: str) -> list[str]:
    return [name for name in frame.columns if name.startswith(start)]


def _refuse(table: Floats) -> None:
    if table.ndim != 2 or len(table) < FEWEST_ROWS or table.shape[1] < 2:
        msg = f"A table of {table.shape} has no axes; it takes three rows and two columns."
        raise ValueError(msg)
    if np.any(table < 0) or not table.sum(axis=0).all() or not table.sum(axis=1).all():
        msg = "Counts must not be below 0, and no row or column may be all 0."
        raise ValueError(msg)


def _signs(right: Floats) -> Floats:
    """Return for each axis the sign that puts its first column in contribution on the right."""
    first = np.argmax(np.round(np.abs(right), 9), axis=0)
    sign: Floats = np.where(right[first, np.arange(right.shape[1])] < 0, -1.0, 1.0)
    return sign


def _describe(counts: pd.Series, vectors: Floats, values: Floats, own: Floats) -> pd.DataFrame:
    """Return the points of one side: coordinates, contributions and quality.

    `own` is each point's squared distance from the middle over all axes.
    """
    mass = counts.to_numpy(dtype="float64") / counts.sum()
    table = {"name": list(counts.index), "count": counts.to_numpy("int64"), "mass": mass}
    for at in range(vectors.shape[1]):
        place = vectors[:, at] * values[at] / np.sqrt(mass)
        table[f"axis_{at + 1}"] = place
        table[f"contribution_{at + 1}"] = vectors[:, at] ** 2
        table[f"cos2_{at + 1}"] = np.divide(
            place**2, own, out=np.zeros_like(own), where=own > NOTHING
        )
    return pd.DataFrame(table)
