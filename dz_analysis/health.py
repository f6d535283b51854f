"""Which documents of a corpus to look at, worst first, why, and what to do.

In: the table of documents, each with its line of health: one that `ingest` wrote, or one measured
in pages that were never loaded. Out: `Complaint`s, gathered to one row a document. Nothing is
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from dz_analysis.language import label, mark, say, translate
from dz_analysis.reading.provenance import Kind

MANIFEST = "documents.csv"
LONG_AGO = 2  # years between what a document reports on and its publication
FEW_LETTERS = 0.35  # of the characters; of 79 real pages, whole tables among them, none has fewer
FEW_CHARS = 200  # of an article that tells something
MANY_NAMELESS = 0.02  # of the rows
MANY_UNITLESS = 0.1  # of the rows; three of four real pages have less than a hundredth
LOST_SHARE = 0.001  # of the characters of a page
MINOR = 10  # weight of a field that is blank, with little harm to the rows
# What may tell of something else, in words: the site's clock tells a date too.
_DOUBTFUL = {
    Kind.SITE: mark("the name, the head or the foot of the site"),
    Kind.ADDRESS: mark("the page's address"),
    Kind.NAME: mark("the file's name"),
    Kind.SESSION: mark("the meeting that heard it"),
    Kind.BODY: mark("the running text"),
    Kind.LATEST: mark("the latest figures of an overview"),
    Kind.PUBLISHER: mark("who published it"),
}
_DOUBTFUL_DATE = (Kind.SITE, Kind.ADDRESS, Kind.NAME, Kind.SESSION, Kind.BODY, Kind.LATEST)
_DOUBTFUL_PLACE = (Kind.PUBLISHER, Kind.SITE, Kind.ADDRESS, Kind.NAME)
COLUMNS = ("id", "title", "worst", "reasons", "cures")

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One reason to look at a document: how bad it is (100 to 1), in words, and what to do."""

    document: str
    check: str
    weight: int
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be wrong with a document; `find` says it in words, or is blank."""

    name: str
    weight: int
    find: Callable[[Row], str]
    cure: str


def examine_documents(documents: pd.DataFrame) -> list[Complaint]:
    """Examine documents by their lines of health.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table `documents`, those too that were set aside (`Corpus.health`).

    Returns
    -------
    list of Complaint
        Documents with the worst complaint first, the complaints of each in the order of `CHECKS`.
    """
    rows: list[dict[Any, Any]] = documents.to_dict("records")
    found = [complaint for row in rows for complaint in _complaints(row)]
    return sort_complaints([*found, *_twins(documents)])


def sort_complaints(complaints: Iterable[Complaint]) -> list[Complaint]:
    """Sort complaints: documents by their worst one, then by how many they have, then by id."""
    listed = list(complaints)
    worst: dict[str, tuple[int, int]] = {}
    for one in listed:
        most, count = worst.get(one.document, (0, 0))
        worst[one.document] = max(most, one.weight), count + 1
    return sorted(
        listed,
        key=lambda one: (
            *(-number for number in worst[one.document]),
            one.document,
            -one.weight,
            one.check,
        ),
    )


def list_to_look_at(documents: pd.DataFrame) -> pd.DataFrame:
    """List the documents to look at, the worst first.

    Parameters
    ----------
    documents
        As in `examine_documents`.

    Returns
    -------
    pandas.DataFrame
        One row a document that has a complaint: `id`, `title`, `worst` (the weight of its worst
        complaint, 100 to 1), `reasons` and `cures`, those of each parted by a line end.

    Examples
    --------
    >>> from dz_analysis.tables import check_table, TABLES
    >>> row = {c.name: 0 if c.kind == "count" else "" for c in TABLES["documents"].columns[:17]}
    >>> table = check_table(pd.DataFrame([row | {"id": "a", "outcome": "set_aside"}]), "documents")
    >>> list_to_look_at(table)[["id", "worst"]].values.tolist()
    [['a', 90]]
    """
    titles = dict(zip(documents["id"], documents["title"], strict=True))
    rows: dict[str, dict[str, Any]] = {}
    for one in examine_documents(documents):
        blank = {"id": one.document, "title": titles[one.document], "worst": one.weight}
        row = rows.setdefault(one.document, blank | {"reasons": [], "cures": []})
        row["reasons"].append(one.reason)
        row["cures"].append(one.cure)
    joined = [
        row | {name: "\n".join(dict.fromkeys(row[name])) for name in ("reasons", "cures")}
        for row in rows.values()
    ]
    return pd.DataFrame(joined, columns=list(COLUMNS))


def describe_complaints(complaints: Iterable[Complaint]) -> list[dict[str, Any]]:
    """Lay complaints out for a program: one object a document, the worst first."""
    found: dict[str, dict[str, Any]] = {}
    for one in complaints:
        fields = asdict(one)
        document = fields.pop("document")
        new = {"document": document, "worst": one.weight, "complaints": []}
        found.setdefault(document, new)["complaints"].append(fields)
    return list(found.values())


def _complaints(row: Row) -> Iterator[Complaint]:
    """Yield what is wrong with a document; of one that was not read only that, and why."""
    is_read = row["outcome"] in ("", "read")
    for check in CHECKS if is_read else UNREAD:
        if words := check.find(row):
            yield Complaint(row["id"], check.name, check.weight, words, translate(check.cure))


def _twins(documents: pd.DataFrame) -> Iterator[Complaint]:
    """Yield the documents whose file is the same as another's."""
    hashed = documents[documents["sha256"] != ""]
    for _, same in hashed[hashed["sha256"].duplicated(keep=False)].groupby("sha256", sort=True):
        first, *others = sorted(same["id"])
        for document in others:
            words = say("the file is the same as that of {first}", first=first)
            cure = say("Strike its line in documents.csv.")
            yield Complaint(document, "same file", 55, words, cure)


def _count(row: Row, name: str) -> int:
    return 0 if pd.isna(row[name]) else int(row[name])


def _share(row: Row, name: str) -> float:
    return _count(row, name) / max(_count(row, "rows"), 1)


def _reason(row: Row) -> str:
    return str(row["reason"] or say("it was set aside"))


def _find_fault(row: Row) -> str:
    return _reason(row) if row["outcome"] == "our_fault" else ""


def _find_unread(row: Row) -> str:
    return _reason(row) if row["outcome"] == "set_aside" else ""


def _find_lost(row: Row) -> str:
    lost, size = row["unrepaired"], max(row["raw_chars"], 1)
    if not lost:
        return ""
    return say("{n} of {all} characters are lost", n=lost, all=size)


def _find_many_lost(row: Row) -> str:
    is_much = row["unrepaired"] > LOST_SHARE * max(row["raw_chars"], 1)
    return _find_lost(row) if is_much else ""


def _find_few_lost(row: Row) -> str:
    return "" if _find_many_lost(row) else _find_lost(row)


def _find_no_rows(row: Row) -> str:
    is_known = not pd.isna(row["rows"])
    none = say("no number that measures something was found")
    return none if is_known and not row["rows"] else ""


def _find_few_letters(row: Row) -> str:
    share = float(row["letter_share"])  # missing in tables of old: no comparison holds
    told = say("only {share:.0%} of its characters are letters or Han", share=share)
    return told if share < FEW_LETTERS else ""


def _find_notes(row: Row) -> str:
    return str(row["notes"])


def _find_short(row: Row) -> str:
    is_short = row["chars"] < FEW_CHARS
    return say("its article has {n} characters", n=row["chars"]) if is_short else ""


def _find_charset(row: Row) -> str:
    charset = str(row["charset"])
    told = say("it had been saved wrongly ({charset}) and was undone", charset=charset)
    return told if " read as " in charset else ""


def _find_missing(field: str, words: str) -> Callable[[Row], str]:
    """Return a check whether a document states a field; a column's name may be another."""
    column = {"period": "period_end"}.get(field, field)
    return lambda row: "" if row[column] else translate(words)


def _find_doubtful(field: str, kinds: Iterable[Kind]) -> Callable[[Row], str]:
    """Return a check whether a field was read from what may tell of something else."""
    weak = {str(kind): _DOUBTFUL[kind] for kind in kinds}

    def find(row: Row) -> str:
        source = weak.get(row[f"{field}_from"])
        if not source:
            return ""
        told = {"field": label(field), "value": row[field], "source": translate(source)}
        return say("{field} {value} was read from {source} only", **told)

    return find


def _find_late(row: Row) -> str:
    """Find a date of publication long after, or before, what a document reports on."""
    published, end = str(row["published"]), str(row["period_end"])
    if not published or not end or row["published_from"] == Kind.GIVEN:
        return ""
    years = int(published[:4]) - int(end[:4])
    if years > LONG_AGO:
        told = {"date": published, "years": years, "end": end}
        return say("published {date}, {years} years after what it reports on ({end})", **told)
    if published[:7] < row["period_start"][: len(published[:7])]:
        told = {"date": published, "start": row["period_start"]}
        return say("published {date}, before what it reports on ({start})", **told)
    return ""


def _find_nameless(row: Row) -> str:
    is_much = _share(row, "rows_without_name") > MANY_NAMELESS
    told = {"n": _count(row, "rows_without_name"), "all": _count(row, "rows")}
    found = say("{n} of {all} rows have no name", **told)
    return found if is_much else ""


def _find_unitless(row: Row) -> str:
    is_much = _share(row, "rows_without_unit") > MANY_UNITLESS
    told = {"n": _count(row, "rows_without_unit"), "all": _count(row, "rows")}
    found = say("{n} of {all} rows have no unit", **told)
    return found if is_much else ""


_CONFIRM_DATE = mark(
    "Look it up in the page. Write what is right into documents.csv, column published; if it is "
    "right already, write checked beside it, column published_from."
)
_CONFIRM_PLACE = mark(
    "Look it up in the page. Write what is right into documents.csv, column region; if it is "
    "right already, write checked beside it, column region_from."
)
_WRITE = mark("Write what you know into documents.csv.")
_LEAVE = mark(
    "Do as it says, or leave the document out: strike its line in documents.csv, or move its file."
)
_LOOK = mark("Look at what was read: dz repair FILE, and dz extract --why --all FILE.")
_AGAIN = mark("Save the page again from where it stands, or find another copy.")
_REPORT = mark(
    "The page is not to blame. Report it with the log (build/dz.log) and the page's address."
)

# What may be wrong with a document that was not read, and with one that was; the worst first.
UNREAD = (
    Check("our fault", 100, _find_fault, _REPORT),
    Check("set aside", 90, _find_unread, _LEAVE),
)
CHECKS = (
    Check("no rows", 80, _find_no_rows, _LOOK),
    Check("lost characters", 70, _find_many_lost, _AGAIN),
    Check("not whole", 65, _find_notes, mark("Do what the note says.")),
    Check("no region", 60, _find_missing("region", mark("no region is stated")), _WRITE),
    Check("no period", 58, _find_missing("period", mark("no period is stated")), _WRITE),
    Check("few letters", 50, _find_few_letters, _LOOK),
    Check("short", 45, _find_short, _LOOK),
    Check("doubtful dates", 40, _find_late, _CONFIRM_DATE),
    Check("no names", 35, _find_nameless, _LOOK),
    Check("no units", 30, _find_unitless, _LOOK),
    Check(
        "doubtful date",
        28,
        _find_doubtful("published", _DOUBTFUL_DATE),
        _CONFIRM_DATE,
    ),
    Check("doubtful place", 25, _find_doubtful("region", _DOUBTFUL_PLACE), _CONFIRM_PLACE),
    Check(
        "saved wrongly", 20, _find_charset, mark("Look whether its text is whole: dz repair FILE.")
    ),
    Check("few lost", 15, _find_few_lost, _AGAIN),
    Check(
        "no date",
        MINOR,
        _find_missing("published", mark("no date of publication is stated")),
        _WRITE,
    ),
    Check("no title", 8, _find_missing("title", mark("no title is stated")), _WRITE),
    Check("no genre", 5, _find_missing("genre", mark("no genre is stated")), _WRITE),
)
