r"""Text made harmless for what shows it: a terminal, a spreadsheet, a page with markup.

In: text as it was read from pages and manifests of strangers. Out: the same, as far as it can be
seen, with nothing in it that the program obeys. The tables of a corpus hold their values as they
are, and so do the CSV and JSON that `dz extract` prints into a file or a pipe: they are read by
programs. What people open goes through here: workbooks, the CSV beside figures, manifests,
notebooks and the site.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# As parts of a class of characters: controls that lay out no text, and the signs that turn the
# direction of a line.
CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x9f"
TURNS = r"\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(rf"[{CONTROLS}\x0b-\x0d{TURNS}]")  # all but tab and line end
_UNSEEN = re.compile(rf"[{CONTROLS}\x0b-\x0d{TURNS}\u200b-\u200f\ufeff]")  # no width either
_NO_CELL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # what no workbook can hold
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?%?")
# What a page of ours may load: its own styles, fonts and pictures; it runs nothing, sends nothing.
CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data: file: 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# The same of a page of the site, which shares its font with the others.
SITE_POLICY = CONTENT_POLICY.replace("'unsafe-inline'", "'unsafe-inline' file: 'self'")
# What JSON must not hold literally inside a script, or where a script is read as lines.
_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")
_QUOTE = "'"
# What markdown reads as markup, and the ends of addresses that it makes links of.
_AS_NUMBER = frozenset("\\<>&:.@")  # these stand as entities, the others behind a backslash
_ESCAPED = re.compile(r"\\([`*_\[\]$|~])")
_MARKDOWN = re.compile(r"[\\`*_\[\]$|~<>&]|(?<=[A-Za-z]):(?=//)|(?<=www)\.|@(?=\w)")


def allow_scripts(nonce: str) -> str:
    """Return the policy of a page of the site that may run the scripts that carry a mark, no other.

    Examples
    --------
    >>> allow_scripts("a1").endswith("script-src 'nonce-a1'")
    True
    """
    return f"{SITE_POLICY}; script-src 'nonce-{nonce}'"


def write_json(value: object) -> str:
    r"""Return a value as JSON that stays data inside a script, whatever its texts hold.

    Examples
    --------
    >>> print(write_json({"name": "</script>某县"}))
    {"name":"\u003c/script\u003e某县"}
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def show_controls(text: str) -> str:
    r"""Return a text for a terminal: what would steer it stands as its escape.

    Examples
    --------
    >>> print(show_controls("某县\x1b[31m\u202e"))
    某县\x1b[31m\u202e
    """
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def quote_formula(cell: str) -> str:
    """Return a cell for a spreadsheet that opens CSV: behind an apostrophe if it looks a formula.

    Examples
    --------
    >>> quote_formula("=1+1"), quote_formula("-3.5"), quote_formula("某县")
    ("'=1+1", '-3.5', '某县')
    """
    is_formula = _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return _QUOTE + cell if is_formula else cell


def unquote_formula(cell: str) -> str:
    """Return a cell as it stood before `quote_formula`.

    Examples
    --------
    >>> unquote_formula("'=1+1"), unquote_formula("'s")
    ('=1+1', "'s")
    """
    bare = cell.removeprefix(_QUOTE)
    return bare if quote_formula(bare) == cell else cell


def quote_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose texts are no formulas, in its cells and its head; numbers stay so."""
    return _map_texts(frame, _quoted)


def _map_texts(frame: pd.DataFrame, change: Callable[[object], object]) -> pd.DataFrame:
    """Return a frame with its texts changed, those of its head too."""
    texts = set(frame.select_dtypes(exclude=["number", "bool"]).columns)
    changed = frame.apply(lambda cells: cells.map(change) if cells.name in texts else cells)
    named: pd.DataFrame = changed.rename(columns=change)
    return named


def _quoted(cell: object) -> object:
    return quote_formula(cell) if isinstance(cell, str) else cell


def looks_a_formula(cell: str) -> bool:
    """Say whether a workbook may take a text for a formula when its cell is edited.

    Examples
    --------
    >>> looks_a_formula("=1+1"), looks_a_formula("某县")
    (True, False)
    """
    return bool(_FORMULA.match(cell))


def drop_controls(text: str) -> str:
    r"""Return a text without the control characters that no workbook or Word file can hold.

    Examples
    --------
    >>> drop_controls("某\x05县")
    '某县'
    """
    return _NO_CELL.sub("", text)


def drop_unseen(text: str) -> str:
    r"""Return a text without controls but tab and line end, and without signs of no width.

    Examples
    --------
    >>> drop_unseen("某\u200b县\x1b")
    '某县'
    """
    return _UNSEEN.sub("", text)


def escape_markdown(text: str) -> str:
    r"""Return a text as it must be written in markdown to be shown as it is.

    Examples
    --------
    >>> escape_markdown("[某县](javascript:x) <b> 5_6")
    '\\[某县\\](javascript:x) &#60;b&#62; 5\\_6'
    """
    return _MARKDOWN.sub(_as_markdown, text)


def _as_markdown(found: re.Match[str]) -> str:
    sign = found[0]
    return f"&#{ord(sign)};" if sign in _AS_NUMBER else "\\" + sign


def read_markdown(text: str) -> str:
    """Return a text as it stood before `escape_markdown`.

    Examples
    --------
    >>> read_markdown(escape_markdown("[某县] <b> 5_6"))
    '[某县] <b> 5_6'
    """
    return html.unescape(_ESCAPED.sub(r"\1", text))
