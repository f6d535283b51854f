"""The table of observations made ready for comparing: one name a thing, one name a place.

In: the tables `observations` and `documents`. Out: *facts*, the same rows with what every
comparison needs beside: `concept`, `label`, `place`, `home`, `city`, `kind`, `revised`, `low`,
`high`. Nothing is dropped and no value is changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

import pandas as pd

from dz_analysis.comparing.intervals import read_interval
from dz_analysis.comparing.periods import name_kind
from dz_analysis.finding.catalogue import indicator_id
from dz_analysis.language import say
from dz_analysis.lexicon import load_lexicon, words
from dz_analysis.naming import canonical, spell, split_level, split_share

RESULTS = ("actual", "estimate")
TIERS = ("county", "city", "province")


def prepare_facts(observations: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Add to every observation what a comparison needs to know of it.

    Parameters
    ----------
    observations, documents : pandas.DataFrame
        Tables in the contract of `dz_analysis.tables`.

    Returns
    -------
    pandas.DataFrame
        One row per observation, in the same order, with these columns more: `concept` (key of
        the indicator: its catalogue id, with the level of government where the name has one, else
        the canonical form of its name), `label` (the name that the corpus uses most for it; where
        its names tell of other authorities, 省实验室 beside 自治区实验室, the catalogue's name, or
        the row's own if it has none),
        `catalogued` (whether the concept has an id, in the catalogue or in the corpus's own list
        of indicators), `place` (region under its newest name), `home` (the region that the
        document reports on), `tier` (that region's level, one of `TIERS`), `city` (first four
        digits of the region's code, or blank), `kind` (kind of period), `revised` (whether the
        value was revised, as by a census; its `of` says so and is blank here), `low` and `high`
        (what the number can have been before rounding, in the base unit).

    Raises
    ------
    ValueError
        If an observation names a document that `documents` does not hold.

    Examples
    --------
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> len(facts) == len(made.observations), sorted(set(facts["tier"]))
    (True, ['city', 'county'])
    """
    _refuse_strays(observations, documents)
    names = _newest_names(observations, documents)
    home = observations["document"].map(documents.set_index("id")["region"])
    tiers = dict(zip(documents["id"], _tiers(documents), strict=True))
    stated = observations[["quote", "value", "value_high", "unit", "bound"]].to_dict("records")
    revised = observations["of"].isin(list(words("audit", "bases.revised")))
    bounds = [read_interval(**{str(name): field for name, field in row.items()}) for row in stated]
    facts = observations.assign(
        **_name_concepts(observations),
        place=observations["region"].map(lambda name: names.get(name, name)),
        home=home.map(lambda name: names.get(name, name)),
        tier=observations["document"].map(tiers),
        city=observations["region_code"].str[:4],
        kind=observations["period"].map(name_kind),
        revised=revised,
        of=observations["of"].mask(revised, ""),
        low=[bound.low for bound in bounds],
        high=[bound.high for bound in bounds],
    )
    return facts.reset_index(drop=True)


def _refuse_strays(observations: pd.DataFrame, documents: pd.DataFrame) -> None:
    strays = sorted(set(observations["document"]) - set(documents["id"]))
    if strays:
        msg = (
            f"Observations of documents that the table of documents does not hold: {strays[:5]}. "
            "Both tables must come from one run of `dz ingest`."
        )
        raise ValueError(msg)


@cache
def name_key(name: str) -> str:
    """Return the form in which all names of one thing are equal; a share keeps saying that it is.

    A share that is told by its part and its whole goes by its name in `lexicon/audit_shares.csv`.

    Examples
    --------
    >>> name_key("全市规模以上工业增加值"), name_key("“四上”企业")
    ('规上工业增加值', '四上企业')
    >>> name_key("税收占一般公共预算收入的比重") == name_key("税收在预算收入中占比")
    True
    """
    return canonical(_name_share(name) or name, keep_share=True)


@cache
def _name_share(name: str) -> str:
    """Return the listed share that divides what a name divides; blank if there is none."""
    part, whole = split_share(canonical(name, keep_share=True))
    for rule in load_lexicon("audit_shares") if whole else ():
        is_whole = _is_one(rule["whole"], whole) or spell(rule["whole"]).endswith(whole)
        if is_whole and _is_one(rule["part"], part):
            return str(rule["share"])
    return ""


def _is_one(name: str, other: str) -> bool:
    ids = {indicator_id(one) or canonical(one, keep_share=True) for one in (name, other)}
    return len(ids) == 1


def name_concept(name: str) -> str:
    """Return the key under which facts hold an indicator of this name.

    Examples
    --------
    >>> name_concept("一般公共预算收入") == name_concept("全市公共财政预算收入")
    True
    >>> name_concept("一般公共预算收入"), name_concept("市级一般公共预算收入")
    ('general_budget_revenue', 'general_budget_revenue/市')
    """
    key = name_key(name)
    return _narrow(indicator_id(key), key) or key


def resolve_name(name: str, names: Mapping[str, str]) -> str:
    """Return the concept that a corpus has under a name, else what the name has anywhere.

    Parameters
    ----------
    name : str
        A name such as word lists give.
    names : mapping
        From `map_names`.
    """
    return names.get(name_key(name)) or name_concept(name)


def _narrow(concept: str, name: str) -> str:
    """Keep apart what a level of government divides: 省级重点项目 are not all 重点项目.

    A level counts only where the rest of the name is catalogued, so that the 市 of 市场主体 is
    none, and as the same thing if the name is catalogued itself.
    """
    level, rest = split_level(name)
    whole = indicator_id(rest) if level else ""
    return f"{whole}/{level}" if whole and concept in ("", whole) else concept


def _name_concepts(observations: pd.DataFrame) -> dict[str, pd.Series]:
    """Key each row by catalogue id; a name that has an id anywhere in the corpus has it here.

    A listed share is told by its listed name.
    """
    names = observations["indicator"]
    keys = names.map(name_key)
    coded = observations["indicator_id"] != ""
    ids = dict(zip(keys[coded], observations.loc[coded, "indicator_id"], strict=True))
    known = observations["indicator_id"].where(coded, keys.map(lambda key: ids.get(key, "")))
    pairs = zip(known, names, strict=True)
    concepts = [_narrow(code, name) if code else name_concept(name) for code, name in pairs]
    concept = pd.Series(concepts, index=observations.index, dtype="str")
    shown = names.map(lambda name: _name_share(name) or name)
    catalogued = concept.str.split("/").str[0].isin({*known[coded], *_catalogue_names()})
    return {"concept": concept, "label": _label(concept, shown), "catalogued": catalogued}


@cache
def _catalogue_names() -> dict[str, str]:
    return {row["id"]: row["name"] for row in load_lexicon("indicators")}


def _label(concepts: pd.Series, names: pd.Series) -> pd.Series:
    """Return what each row's concept is called: the corpus's commonest name, of several the first.

    A name that tells of another authority than the row's own (新组建自治区实验室 for 组建省实验室)
    gives way to the catalogue's name, for all rows of the concept, or to the row's own.
    """
    rows = pd.DataFrame({"concept": concepts, "name": names})
    counts = rows.value_counts(["concept", "name"]).reset_index()
    ordered = counts.sort_values(["count", "name"], ascending=[False, True], kind="stable")
    commonest = ordered.drop_duplicates("concept").set_index("concept")["name"]
    labels = concepts.map(commonest)
    told, own = labels.map(_authorities), names.map(_authorities)
    differs = pd.Series([one != other for one, other in zip(told, own, strict=True)], names.index)
    listed = {key: _catalogue_names().get(key, "") for key in set(concepts[differs])}
    catalogue = concepts.map(lambda key: listed.get(key, ""))
    return labels.mask(differs, names).mask(catalogue != "", catalogue)


@cache
def _authorities(name: str) -> frozenset[str]:
    """Return the words of a name that say whose the thing is."""
    return frozenset(re.findall(words("audit", "names.authorities").pattern, name))


def _newest_names(observations: pd.DataFrame, documents: pd.DataFrame) -> dict[str, str]:
    """Map every name of a place to the newest name that its documents bear (陵县 → 陵城区)."""
    dated = documents.sort_values(["period_end", "published", "id"], kind="stable")
    rows = pd.concat([observations[["region_code", "region"]], dated[["region_code", "region"]]])
    rows = rows[rows["region_code"] != ""].drop_duplicates()
    newest = dict(zip(map(newest_code, dated["region_code"]), dated["region"], strict=True))
    return {
        region: newest.get(newest_code(code), region)
        for code, region in zip(rows["region_code"], rows["region"], strict=True)
    }


def newest_code(code: str) -> str:
    """Return the code under which a place goes on: a county made a district keeps its series.

    Examples
    --------
    >>> newest_code("371421"), newest_code("371403")
    ('371403', '371403')
    """
    while (later := _successors().get(code, code)) != code:
        code = later
    return code


@cache
def _successors() -> dict[str, str]:
    """Map the code of a place that ended to the one place that its name went on in.

    That is the only one of the same city that began within two years under the same stem, or,
    where the old stem is one character, under a stem that begins with it (陵县 → 陵城区).
    """
    rows = load_lexicon("regions")
    begun: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        if row["valid_from"]:
            begun.setdefault(row["code"][:4], []).append(row)
    lasting = {row["code"] for row in rows if not row["valid_to"]}  # under another name
    found = {}
    for old in rows:
        heirs = {new["code"] for new in begun.get(old["code"][:4], ()) if _goes_on(old, new)}
        if old["code"] not in lasting and len(heirs) == 1:
            found[old["code"]] = heirs.pop()
    return found


def _goes_on(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether a place may be another one under a new code."""
    if old["code"] == new["code"] or not old["valid_to"]:
        return False
    gap = _month(new["valid_from"]) - _month(old["valid_to"])
    stem, later = old["name"][:-1], new["name"][:-1]
    is_named_so = later == stem or (len(stem) == 1 and later.startswith(stem))
    return is_named_so and 0 <= gap <= 24


def _month(text: str) -> int:
    year, month = text.split("-")
    return 12 * int(year) + int(month)


def map_names(facts: pd.DataFrame) -> dict[str, str]:
    """Return the concept of every name that the corpus uses, by the key of the name."""
    pairs = facts[["indicator", "concept"]].drop_duplicates()
    return dict(zip(pairs["indicator"].map(name_key), pairs["concept"], strict=True))


def name_tier(region: str, code: str) -> str:
    """Return the level of a place: a district is never ranked among cities.

    The code decides (…0000 a province, …00 a city); without one the name does, and a name that
    is neither 市 nor 省 is taken for a county, district or zone.

    Examples
    --------
    >>> name_tier("德州市", "371400"), name_tier("德城区", "371402"), name_tier("山东省", "")
    ('city', 'county', 'province')
    """
    if code:
        return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
    named = (tier for tier in TIERS[1:] if words("place_words", f"tier.{tier}").at_end(region))
    return next(named, "county")


def list_regions(facts: pd.DataFrame, documents: pd.DataFrame, *, tier: str = "") -> list[str]:
    """Return the places of one level that documents report on, under their newest names.

    The order is that of the codes where there are codes, else of the names, so that every chart
    and table of one corpus shows the same order.

    Parameters
    ----------
    facts, documents : pandas.DataFrame
        From `prepare_facts`, and the table it was made from.
    tier : str
        One of `TIERS`; blank takes the one that most documents are about.
    """
    homes = dict(zip(facts["document"], facts["home"], strict=True))
    placed = documents.assign(tier=_tiers(documents))[documents["region"] != ""]
    chosen = tier or max(TIERS, key=list(placed["tier"]).count)
    kept = placed[placed["tier"] == chosen]
    places = [
        homes.get(name, region) for name, region in zip(kept["id"], kept["region"], strict=True)
    ]
    codes = dict(zip(places, kept["region_code"], strict=True))
    return sorted(codes, key=lambda name: (codes[name] or "~", name))


def _tiers(documents: pd.DataFrame) -> list[str]:
    pairs = zip(documents["region"], documents["region_code"], strict=True)
    return [name_tier(region, code) for region, code in pairs]


def shorten_name(name: str, *, most: int = 12) -> str:
    """Cut a name for a table that is printed: a long one is nearly a clause of its text.

    The number of the observation beside it leads back to the whole name.

    Examples
    --------
    >>> shorten_name("固定资产投资"), shorten_name("甲乙丙丁戊己庚辛壬癸子丑寅卯")
    ('固定资产投资', '甲乙丙丁戊己庚辛壬癸子…')
    """
    return name if len(name) <= most else f"{name[: most - 1]}…"


def list_homes(facts: pd.DataFrame) -> list[str]:
    """Return the places of the commonest level that have a number, sorted by name."""
    documents = facts[facts["home"] != ""].drop_duplicates("document")
    levels = list(documents["tier"])
    chosen = max(TIERS, key=levels.count)
    return sorted(set(documents.loc[documents["tier"] == chosen, "home"]))


def find_concept(facts: pd.DataFrame, indicator: str) -> str:
    """Return the key of an indicator that is given by id or by any name that the corpus uses.

    A label names its own concept, also where another spells its name alike but for decoration
    (全国重点实验室 beside 重点实验室).

    Raises
    ------
    ValueError
        If the corpus holds no such indicator; the message names the nearest ones.
    """
    keys = set(facts["concept"])
    if indicator in keys:
        return indicator
    labelled = facts.loc[facts["label"] == indicator, "concept"]
    if len(labelled):
        return str(labelled.mode().iloc[0])
    found = map_names(facts).get(name_key(indicator))
    if found:
        return found
    known = set(facts["label"]) | set(facts.loc[facts["catalogued"], "concept"])
    near = get_close_matches(indicator, sorted(known), n=3, cutoff=0.4)
    hint = say(" Did you mean {name}?", name=" / ".join(map(repr, near))) if near else ""
    msg = (
        f"Unknown indicator {indicator!r}: no observation of this corpus has this id or name; "
        f"expected one of its {len(keys)} indicators.{hint}"
    )
    raise ValueError(msg)


def is_additive(name: str) -> bool:
    """Whether parts of a thing of this name add up to it: false for averages and ratios.

    Examples
    --------
    >>> is_additive("固定资产投资"), is_additive("居民人均可支配收入")
    (True, False)
    """
    return not words("audit", "names.not_additive").first_in(name)


def is_lower_better(name: str) -> bool:
    """Whether rank 1 belongs to the smallest value (不良贷款率, PM2.5平均浓度)."""
    return bool(words("audit", "direction.lower_is_better").first_in(name))


def is_ceiling(name: str) -> bool:
    """Whether a target of this name is a ceiling: 居民消费价格涨幅3%左右 is kept by less.

    Examples
    --------
    >>> is_ceiling("居民消费价格"), is_ceiling("居民人均可支配收入")
    (True, False)
    """
    return bool(words("audit", "direction.ceiling").first_in(name))
