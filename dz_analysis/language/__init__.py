"""What a reader is told, in the reader's language: English or Chinese.

In: a message as the code writes it, in English, with the names of what is filled in. Out: the same
in the language in use. The Chinese catalogue is `zh.po` beside this file, kept with Babel and read
as it is, so that no compiled twin can fall behind it; `python -m dz_analysis.language` brings it in
step with the code. Words of tables (columns, and values of closed lists such as ``level``) are
labels: they have a context of their own, since a word may read differently as a column's head.

========  ==========================================================================
choose    `use_language`, `language`, `pick_language` (from DZ_LANG or the locale)
tell      `say` (a sentence or a word), `say_count` (how many of a thing),
          `mark` and `translate` (a text that stands in a constant)
tables    `label` (a column or value), `label_heads`, `label_item`, `label_table`, `count_word`,
          `define`
lines     `count_cells` (width of a text), `wrap_text`, `set_unit` (behind a number)
notebook  `translate_notebook` (the prose of a notebook, by the ids of its cells)
========  ==========================================================================
"""

from dz_analysis.language.labels import (
    count_word,
    define,
    label,
    label_heads,
    label_item,
    label_table,
)
from dz_analysis.language.messages import (
    LANGUAGES,
    SOURCE,
    language,
    mark,
    pick_language,
    say,
    say_count,
    speak,
    translate,
    use_language,
)
from dz_analysis.language.prose import translate_notebook
from dz_analysis.language.wrapping import count_cells, set_unit, wrap_text

__all__ = [
    "LANGUAGES",
    "SOURCE",
    "count_cells",
    "count_word",
    "define",
    "label",
    "label_heads",
    "label_item",
    "label_table",
    "language",
    "mark",
    "pick_language",
    "say",
    "say_count",
    "set_unit",
    "speak",
    "translate",
    "translate_notebook",
    "use_language",
    "wrap_text",
]
