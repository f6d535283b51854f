"""Values held against a corpus: a place, indicator, slogan, period or year that it does not know.

In: parameters with their kinds, their values and the corpus's tables. Out: nothing, or an error
that names the nearest value. Only what differs from the published value is looked up, so that a
plain run costs nothing; a corpus that was not measured knows nothing yet and refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from dz_analysis.corpus import Corpus, load_corpus
from dz_analysis.language import mark, say, translate
from dz_analysis.parameters.schema import Parameter
from dz_analysis.parameters.values import suggest

PERIOD = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])/\d{4}-(?:0[1-9]|1[0-2])")


def check_known(parameters: Iterable[Parameter], values: Mapping[str, Any]) -> None:
    """Refuse a value that the corpus of a run does not know.

    Parameters
    ----------
    parameters : iterable of Parameter
    values : mapping of str to value
        One of each parameter, of the right type.

    Raises
    ------
    ValueError
        If there is no such corpus or district, or the corpus has no such place, indicator, slogan,
        period or year; the nearest is named.
    """
    held = tuple(parameters)
    for parameter in held:
        if parameter.kind == "corpus":
            _load(values[parameter.name])
    if "corpus" not in values:
        return
    corpus = _load(values["corpus"])
    _load(corpus.name, values.get("regions", ()))
    for parameter in held:
        value = values[parameter.name]
        items = [item for item in (value if isinstance(value, list) else [value]) if item]
        if items and value != parameter.default and parameter.kind in CHECKS:
            try:
                CHECKS[parameter.kind](corpus, items)
            except FileNotFoundError:  # it was not measured yet
                continue
            except ValueError as error:
                msg = say(
                    "Parameter {parameter!r} ({meaning}): {error}",
                    parameter=parameter.name,
                    meaning=parameter.meaning,
                    error=error,
                )
                raise ValueError(msg) from error


def _load(name: str, regions: Iterable[str] = ()) -> Corpus:
    try:
        return load_corpus(name, regions=regions)
    except FileNotFoundError as error:
        raise ValueError(str(error)) from error


def _refuse(items: Iterable[Any], known: Iterable[Any], what: str) -> None:
    there = sorted({str(one) for one in known if one})
    for item in items:
        if str(item) not in there:
            some = ", ".join(there[:12]) + (" …" if len(there) > 12 else "")
            msg = say(
                "no {what} {item!r} in this corpus; there are {some}.",
                what=translate(what),
                item=item,
                some=some,
            )
            raise ValueError(msg + suggest(str(item), there))


def _check_places(corpus: Corpus, items: list[str]) -> None:
    documents, observations = corpus.table("documents"), corpus.table("observations")
    _refuse(items, [*documents["region"], *observations["region"].unique()], mark("place"))


def _check_indicators(corpus: Corpus, items: list[str]) -> None:
    from dz_analysis.comparing import find_concept, prepare_facts

    facts = prepare_facts(corpus.table("observations"), corpus.table("documents"))
    for item in items:
        find_concept(facts, item)


def _check_catalogued(corpus: Corpus, items: list[str]) -> None:
    """Refuse names of growth that neither catalogue nor corpus knows."""
    from dz_analysis.finding.catalogue import indicator_id

    if unknown := [item for item in items if not indicator_id(item)]:
        _check_indicators(corpus, unknown)


def _check_periods(corpus: Corpus, items: list[str]) -> None:
    for item in items:
        if not PERIOD.fullmatch(item):
            msg = say(
                "{item!r} is no period; expected YYYY-MM/YYYY-MM, such as 2021-01/2021-06.",
                item=item,
            )
            raise ValueError(msg + suggest(item, corpus.table("observations")["period"].unique()))
    _refuse(items, corpus.table("observations")["period"].unique(), mark("period"))


def _check_years(corpus: Corpus, items: list[int]) -> None:
    documents, observations = corpus.table("documents"), corpus.table("observations")
    spans = [documents["published"], documents["period_start"], documents["period_end"]]
    spans += [observations["period"], observations["period"].str[-7:]]
    known = sorted({int(text[:4]) for span in spans for text in span.unique() if text})
    for item in items:
        if known and item not in known:
            near = min(known, key=lambda year: (abs(year - item), year))
            msg = say(
                "no document or number of the year {item}; the nearest is {near}.",
                item=item,
                near=near,
            )
            raise ValueError(msg)


def _check_slogans(corpus: Corpus, items: list[str]) -> None:
    """Refuse what is in no list and stands in no text; a listed slogan nobody says is a result."""
    from dz_analysis.counting.asked import count_asked, standard_forms
    from dz_analysis.counting.slogans import listed_forms
    from dz_analysis.counting.spelling import spell

    forms, table = listed_forms(), corpus.table("slogans")
    unlisted = [item for item in items if spell(item) not in forms]
    if not unlisted:
        return
    texts = corpus.articles() if corpus.has_texts else None
    found = set(count_asked(unlisted, table, texts=texts)["slogan"])
    for item in standard_forms(unlisted):
        if item not in found:
            known = {*table["slogan"], *(form.slogan for form in forms.values())}
            msg = say(
                "{item!r} is no listed slogan and stands in no text of this corpus.", item=item
            )
            raise ValueError(msg + suggest(item, known))


def _check_items(corpus: Corpus, items: list[str]) -> None:
    observations = corpus.table("observations")
    known = {*corpus.table("terms")["term"], *observations["indicator"]}
    known |= set(observations["indicator_id"])
    if left := [item for item in items if item not in known]:
        _check_slogans(corpus, left)


def _check_checks(corpus: Corpus, items: list[str]) -> None:
    from dz_analysis.auditing import CHECKS as NAMES

    _refuse(items, NAMES, mark("check"))


def _check_repairs(corpus: Corpus, items: list[str]) -> None:
    from dz_analysis.reading.show import KINDS

    _refuse(items, [*KINDS, *corpus.table("repairs")["kind"].unique()], mark("kind of repair"))


def _check_files(corpus: Corpus, items: list[str]) -> None:
    for item in items:
        if not Path(item).is_file():
            msg = f"no file {item!r}; name it with its folder."
            there = Path(item).parent
            names = [entry.name for entry in there.iterdir()] if there.is_dir() else []
            raise ValueError(msg + suggest(Path(item).name, names))


CHECKS: dict[str, Callable[[Corpus, list[Any]], None]] = {
    "place": _check_places,
    "indicator": _check_indicators,
    "indicators": _check_catalogued,
    "period": _check_periods,
    "year": _check_years,
    "slogan": _check_slogans,
    "item": _check_items,
    "check": _check_checks,
    "repair": _check_repairs,
    "file": _check_files,
}
