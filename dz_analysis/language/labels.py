"""Words of tables: heads of columns, and values of closed lists, for readers.

In: a name as the tables hold it (``rank_best``, ``level``). Out: what a reader is shown. The names
in the data never change; only what is shown or exported for readers does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dz_analysis.language.messages import SOURCE, language, look_up, say

if TYPE_CHECKING:
    import pandas as pd

LABEL = "label"  # the contexts of the catalogues: heads and values,
COUNTED = "counted"  # things with the word that counts them,
DICTIONARY = "dictionary"  # and what the data dictionary says of tables and columns
CONTEXTS = (LABEL, COUNTED, DICTIONARY)
ITEM = "item"  # the column of things followed over the years
BESIDE = "label beside "  # and a column's name: of a head that reads otherwise beside that column


def label(name: str, *, many: bool = False) -> str:
    """Return what a reader is shown for a column or a value of a closed list.

    Parameters
    ----------
    name : str
        As the data has it, for one of its kind.
    many : bool
        Whether several are meant: English has another form for them.

    Examples
    --------
    >>> label("rank_best"), label("region"), label("region", many=True), label("德城区")
    ('best rank', 'region', 'regions', '德城区')
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     label("region"), label("target")
    ('地区', '目标')
    """
    told = look_up(LABEL, name)
    if told == name and name.isascii() and name.islower():
        told = name.replace("_", " ")
    return _more(told) if many and language() == SOURCE else told


def label_heads(names: Sequence[str]) -> list[str]:
    """Return what a reader is shown for the columns of a table.

    Parameters
    ----------
    names : sequence of str
        All columns: what one means may hang on the others.

    Examples
    --------
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     label_heads(["left", "keyword", "right"]), label_heads(["rows", "right"])
    (['上文', '关键词', '下文'], ['行数', '正确'])
    """
    return [_head(name, names) for name in names]


def define(meaning: str) -> str:
    """Return what the data dictionary says of a table, a column or a unit.

    Parameters
    ----------
    meaning : str
        The English words of the contract in `tables`.

    Examples
    --------
    >>> define("The word.")
    'The word.'
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     define("The word.")
    '词。'
    """
    return look_up(DICTIONARY, meaning)


def count_word(noun: str, *, one: bool) -> str:
    """Return what stands behind a number that counts something: in Chinese with its measure word.

    Parameters
    ----------
    noun : str
        The thing counted, in English and for one.
    one : bool
        Whether it is one; English has another form for any other number.

    Examples
    --------
    >>> count_word("region", one=False), count_word("region", one=True)
    (' regions', ' region')
    """
    if language() == SOURCE:
        return f" {noun}" if one else f" {_more(noun)}"
    return look_up(COUNTED, noun)


def _more(noun: str) -> str:
    """Return an English noun for more than one."""
    stem = noun.removesuffix("y")
    return f"{stem}ies" if noun != stem and stem[-1:] not in "aeiou" else f"{noun}s"


def label_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as a reader is shown it: its heads and the values of closed lists in words.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table; it is not changed. Cells that are no label stand as they are.

    Returns
    -------
    pandas.DataFrame
        Of the same shape.

    Examples
    --------
    >>> import pandas as pd
    >>> label_table(pd.DataFrame({"rank_best": [1], "measure": ["level"]})).to_dict("list")
    {'best rank': [1], 'measure': ['level']}
    """
    import pandas as pd

    shown = table.copy()
    for place, dtype in enumerate(table.dtypes):
        if isinstance(dtype, pd.CategoricalDtype) or dtype.kind in "OU":
            column = table.iloc[:, place].astype(object)
            told = label_item if table.columns[place] == ITEM else _value
            shown.isetitem(place, column.map(told, na_action="ignore").to_numpy())
    mates = [name for name in table.columns if isinstance(name, str)]
    shown.columns = [
        _head(name, mates) if isinstance(name, str) else name for name in table.columns
    ]
    if not isinstance(shown.index, pd.MultiIndex) and shown.index.dtype.kind in "OU":
        shown.index = shown.index.map(_value)
    shown.index.names = [
        label(name) if isinstance(name, str) else name for name in table.index.names
    ]
    return shown


def _head(name: str, mates: Sequence[str]) -> str:
    found = (look_up(BESIDE + mate, name) for mate in mates)
    return next((told for told in found if told != name), label(name))


def label_item(item: str) -> str:
    """Return what a reader is shown for a thing followed over the years: its kind and its name.

    Examples
    --------
    >>> label_item("word 项目"), label_item("项目 建设")
    ('word 项目', '项目 建设')
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     label_item("indicator 税收收入")
    '指标“税收收入”'
    """
    kind, _, name = item.partition(" ")
    told = {
        "word": say("word {name}", name=name),
        "slogan": say("slogan {name}", name=name),
        "indicator": say("indicator {name}", name=name),
        "phrase": say("phrase {name}", name=name),
    }
    return told.get(kind, item) if name else item


def _value(value: object) -> object:
    return look_up(LABEL, value) if isinstance(value, str) and value else value
