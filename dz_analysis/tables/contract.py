"""The column contract of the tables: what each holds, stated once.

The schemas that rows are checked by, the Frictionless schemas of `datapackage.json` and the data
dictionary are all made from `ALL_TABLES`: the six `TABLES` that are measured page by page, and
`runs`, which takes two pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "count", "number"]
Record = tuple[Any, ...]  # one row, its cells in the order of the contract
Records = dict[str, list[Record]]  # the rows of a document by table
Cells = dict[str, Any]  # one row by column; a number that is missing is None

GENRES = (
    "",
    "work_report",
    "bulletin",
    "budget",
    "plan",
    "speech",
    "briefing",
    "press",
    "overview",
    "gazetteer",
)
STANCES = ("review", "plan", "glossary")
MEASURES = (
    "level",
    "growth",
    "average_growth",
    "ratio",
    "rank",
    "change",
    "multiple",
    "completion",
    "gap",
)
SEEN_MARKS = ("confirmed", "corrected", "added")  # of rows that count as a person's word
REVIEWS = ("", *SEEN_MARKS, "disputed")
STATUSES = ("actual", "estimate", "target")
BOUNDS = ("", ">=", "<=", "~")
GRADES = ("", "A", "B", "C")
OUTCOMES = ("", "read", "set_aside", "our_fault")
SLOGAN_FORMS = ("lexicon", "numeric", "quoted")
PERIOD_PATTERN = r"^(\d{4}-(0[1-9]|1[0-2])/\d{4}-(0[1-9]|1[0-2]))?$"
MONTH_PATTERN = r"^(\d{4}-(0[1-9]|1[0-2]))?$"
DATE_PATTERN = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind, unit and meaning, and what it may hold: `within` two numbers.

    A column that is `later` came after tables were first handed on: one without it is read as
    blank, so that they stay readable; if it is no text, it is nullable too.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    nullable: bool = False
    later: bool = False
    within: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, and the key that sorts and identifies its rows."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def _text(name: str, description: str, **more: Any) -> Column:
    return Column(name, "text", description, **more)


def _count(name: str, description: str, unit: str = "", **more: Any) -> Column:
    return Column(name, "count", description, unit=unit, **more)


# What a document says of itself, in the order in which a manifest lists it.
READ_FIELDS = ("title", "publisher", "published", "region", "period", "genre")
_LATE: dict[str, Any] = {"nullable": True, "later": True}
DOCUMENT = _text("document", "Document id, as in `documents.id`.")
PARAGRAPH = _count("paragraph", "Number of the paragraph in the article, from 1.")

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "documents",
            "one document of the corpus",
            ("id",),
            (
                _text("id", "Document id: unique in the corpus, used by every other table."),
                _text("title", "Title, from the manifest or the page."),
                _text("publisher", "Who published the page."),
                _text("published", "Date of publication, as far as known.", pattern=DATE_PATTERN),
                _text("genre", "Kind of document; blank if unknown.", allowed=GENRES),
                _text("region", "The place that the document reports on."),
                _text("region_code", "Code of the region (GB/T 2260 or zone id), or blank."),
                _text("period_start", "First month reported on.", pattern=MONTH_PATTERN),
                _text("period_end", "Last month reported on.", pattern=MONTH_PATTERN),
                _text("sha256", "Hash of the file as it was read.", pattern=r"^([0-9a-f]{64})?$"),
                _count("raw_chars", "Length of the decoded page.", "characters"),
                _count("chars", "Length of the article after repair.", "characters"),
                _count("han_chars", "Han characters in the article.", "characters"),
                _count("paragraphs", "Paragraphs in the article."),
                _count("tokens", "Words counted in `terms`."),
                _count("repairs", "Spans changed by the repair."),
                _count("unrepaired", "Characters known to be lost and not restored."),
                _text(
                    "outcome",
                    "Whether the document was read, set aside, or met a fault of ours. One that "
                    "was not read has no rows in the other tables.",
                    allowed=OUTCOMES,
                    later=True,
                ),
                _text("reason", "Why it was not read, and what to do; else blank.", later=True),
                _text("charset", "The charset that the file was read in.", later=True),
                _text("notes", "What of the file could not be read, and the cure.", later=True),
                Column(
                    "letter_share",
                    "number",
                    "Share of letters and Han characters among those of the page that are no "
                    "blanks.",
                    nullable=True,
                    later=True,
                    within=(0.0, 1.0),
                ),
                _count("tables_read", "Tables of the page that gave rows.", **_LATE),
                _count("rows", "Rows in `observations`.", **_LATE),
                _count("rows_without_name", "Of these, rows with a blank `indicator`.", **_LATE),
                _count("rows_without_unit", "Of these, rows with a blank `unit`.", **_LATE),
                _text(
                    "not_stated",
                    "Fields that neither manifest nor page states, apart by blanks: title, "
                    "publisher, published, region, period, genre.",
                    later=True,
                ),
                *(
                    _text(
                        f"{name}_from",
                        f"What kind of evidence {name} was read from; `given` where it is a "
                        "person's word in the manifest.",
                        later=True,
                    )
                    for name in READ_FIELDS
                ),
            ),
        ),
        Table(
            "paragraphs",
            "one paragraph of an article; no text",
            ("document", "paragraph"),
            (
                DOCUMENT,
                PARAGRAPH,
                _text("section", "Heading of the section that the paragraph stands in."),
                _count("heading_level", "0 for running text, 1 for the title, 2 and on below it."),
                _text("stance", "What the paragraph does.", allowed=STANCES),
                _count("han_chars", "Han characters.", "characters"),
            ),
        ),
        Table(
            "observations",
            "one number that measures something",
            ("document", "observation"),
            (
                DOCUMENT,
                _count("observation", "Number of the observation in the document, from 1."),
                PARAGRAPH,
                _text("quote", "The quantity as it stands in the article."),
                _count("start", "Offset of the quote in the article.", "characters"),
                _count("end", "Offset behind the quote in the article.", "characters"),
                _count("raw_start", "Offset of the same characters in the page.", "characters"),
                _count("raw_end", "Offset behind the same characters in the page.", "characters"),
                _text("indicator", "What is measured, in the words of the text."),
                _text("indicator_id", "Catalogue id, blank if not a catalogued indicator."),
                _text("measure", "How it is measured.", allowed=MEASURES),
                Column("value", "number", "The number in the base unit; the lower end of a range."),
                Column(
                    "value_high", "number", "The upper end of a range, else blank.", nullable=True
                ),
                _text("unit", "Base unit or measure word of `value`; blank if the text has none."),
                _text("bound", "At least, at most, about, or blank.", allowed=BOUNDS),
                _text("period", "Closed months that the number is about.", pattern=PERIOD_PATTERN),
                _text("region", "The place that the number is about."),
                _text("region_code", "Code of that place, blank if unknown."),
                _text("status", "Result, estimate or target.", allowed=STATUSES),
                _text("of", "Compared with or within what; blank where that does not apply."),
                _text(
                    "modifier",
                    "Word of the text that says how firmly a target is put (力争); else blank.",
                    later=True,
                ),
                Column(
                    "confidence",
                    "number",
                    "Probability that name, value, unit, measure, period and status are all right.",
                    nullable=True,
                    later=True,
                    within=(0.0, 1.0),
                ),
                _text(
                    "grade",
                    "A sure, B likely, C to be looked at; blank if it was not judged.",
                    allowed=GRADES,
                    later=True,
                ),
                _text(
                    "review",
                    "Whether a reader has confirmed the row, corrected it or added it, or readers "
                    "disagree about it (`corrections.csv`); blank: nobody has judged it.",
                    allowed=REVIEWS,
                    later=True,
                ),
            ),
        ),
        Table(
            "terms",
            "one word in one paragraph",
            ("document", "paragraph", "term", "pos"),
            (
                DOCUMENT,
                PARAGRAPH,
                _text("term", "The word."),
                _text("pos", "Part of speech (jieba's tag set)."),
                _count("count", "Occurrences in the paragraph."),
            ),
        ),
        Table(
            "slogans",
            "one slogan in one paragraph",
            ("document", "paragraph", "slogan", "form"),
            (
                DOCUMENT,
                PARAGRAPH,
                _text("slogan", "The slogan in its standard form."),
                _text("form", "How it was found.", allowed=SLOGAN_FORMS),
                _count("count", "Occurrences in the paragraph."),
            ),
        ),
        Table(
            "repairs",
            "one kind of repair in one document",
            ("document", "kind"),
            (
                DOCUMENT,
                _text("kind", "What was repaired, as the repair ledger names it."),
                _count("count", "Spans of this kind."),
                _count("certain", "Spans of this kind that were determined uniquely."),
            ),
        ),
    )
}

# What can be measured only in two documents at once.
ALL_TABLES: dict[str, Table] = TABLES | {
    "runs": Table(
        "runs",
        "one run of Han characters that a document shares with another one; no text",
        ("document", "source_corpus", "source", "han_start", "source_han_start"),
        (
            DOCUMENT,
            _text(
                "source",
                "Document that holds the same run: one of the corpus that reports on no later "
                "months (of equal ones each pair stands once), or one of another corpus.",
            ),
            _text("source_corpus", "Corpus of the source; blank for the document's own."),
            _count("han_start", "Han characters of the article before the run.", "characters"),
            _count("source_han_start", "Han characters of the source before it.", "characters"),
            _count("han_chars", "Length of the run in Han characters, 14 or more.", "characters"),
        ),
    )
}

# In a corpus of up to so many documents each two are held against one another for the table `runs`;
# in a larger one each only against the report before of the same place and kind.
ALL_PAIRS = 300
