"""The table of observations made ready for comparing: one name a thing, one name a place.

In: the tables `observations` and `documents`. Out: *facts*, the same rows with what every
comparison needs beside: `concept`, `label`, `place`, `home`, `city`, `kind`, `low`, `high`.
Nothing is dropped and no value is changed.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

import pandas as pd

from dz_analysis.comparing.intervals import read_interval
from dz_analysis.comparing.periods import name_kind
from dz_analysis.lexicon import load_lexicon, load_rules

RESULTS = ("actual", "estimate")
TIERS = ("county", "city", "province")
BRACKETS = re.compile(r"[“”\"'‘’\s]")


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
        its cleaned name), `label` (name to show), `catalogued` (whether the concept has an id, in
        the catalogue or in the corpus's own list of indicators), `place` (region under its newest
        name), `home` (the region that the document reports on), `tier` (that region's level, one
        of `TIERS`), `city` (first four digits of the region's code, or blank), `kind` (kind of
        period), `low` and `high` (what the number can have been before rounding, in the base
        unit).

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
    bounds = [read_interval(**{str(name): field for name, field in row.items()}) for row in stated]
    facts = observations.assign(
        **_name_concepts(observations),
        place=observations["region"].map(lambda name: names.get(name, name)),
        home=home.map(lambda name: names.get(name, name)),
        tier=observations["document"].map(tiers),
        city=observations["region_code"].str[:4],
        kind=observations["period"].map(name_kind),
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
def clean_name(name: str) -> str:
    """Return an indicator's name in one spelling; words that change its meaning stay.

    Examples
    --------
    >>> clean_name("全市规上工业增加值"), clean_name("“四上”企业")
    ('规模以上工业增加值', '四上企业')
    >>> clean_name("税收占一般公共预算收入的比重"), clean_name("税收在预算收入中占比")
    ('税收占比', '税收占比')
    """
    clean = _spell(name)
    return clean if clean in _catalogue() else _name_share(clean) or clean


@cache
def _spell(name: str) -> str:
    rules = load_rules("audit")["names"]
    clean = BRACKETS.sub("", name)
    for prefix in sorted(rules["idle_prefixes"], key=len, reverse=True):
        if clean.startswith(prefix) and len(clean) > len(prefix) + 1:
            clean = clean.removeprefix(prefix)
            break
    for suffix in rules["idle_suffixes"]:
        if len(clean) > len(suffix) + 2:
            clean = clean.removesuffix(suffix)
    for old, new in rules["spellings"]:
        clean = clean.replace(old, new)
    return clean


def _name_share(clean: str) -> str:
    """Return the listed name of a share that is told by its part and its whole; blank if none."""
    ids, (part, whole) = _catalogue(), split_share(clean)
    if not whole:
        return ""
    for rule in load_lexicon("audit_shares"):
        pairs = ((rule["part"], part), (rule["whole"], whole))
        alike = [ids.get(_spell(listed), listed) == ids.get(told, told) for listed, told in pairs]
        if alike[0] and (alike[1] or rule["whole"].endswith(whole)):
            return str(rule["share"])
    return ""


def split_share(name: str) -> tuple[str, str]:
    """Return part and whole of a share whose name says both; blanks if it does not.

    Examples
    --------
    >>> split_share("工业投资占固定资产投资的比重"), split_share("高新技术产业产值占比")
    (('工业投资', '固定资产投资'), ('', ''))
    """
    rules = load_rules("audit")["shares"]
    ends = tuple(rules["ends"])
    if not name.endswith(ends):
        return "", ""
    bare = max((name.removesuffix(end) for end in ends if name.endswith(end)), key=len)
    for mark in rules["links"]:
        part, found, whole = bare.partition(mark)
        whole = whole.rstrip("".join(rules["behind_whole"]))
        if found and len(part) > 1 and len(whole) > 1:
            return part, whole
    return "", ""


@cache
def _catalogue() -> dict[str, str]:
    """Catalogue id by every cleaned name and alias of the catalogue of indicators."""
    ids: dict[str, str] = {}
    for row in load_lexicon("indicators"):
        for name in (row["name"], *row["aliases"].split(";")):
            ids.setdefault(_spell(name), row["id"])
    ids.pop("", None)
    return ids


def name_concept(name: str) -> str:
    """Return the key under which facts hold an indicator of this name.

    Examples
    --------
    >>> name_concept("一般公共预算收入") == name_concept("全市一般公共预算收入")
    True
    """
    clean = clean_name(name)
    return _narrow(_catalogue().get(clean, clean), clean)


@cache
def _catalogue_ids() -> frozenset[str]:
    return frozenset(_catalogue().values())


def _narrow(concept: str, clean: str) -> str:
    """Keep apart what one catalogue id joins: 省级重点项目 are not all 重点项目.

    A level of government counts only where the rest of the name is a name of the same id, so
    that the 市 of 市场主体 is none.
    """
    for word in load_rules("audit")["names"]["levels"]:
        rest = clean.removeprefix(word)
        if rest != clean and _catalogue().get(rest) == concept:
            return f"{concept}/{word.replace('级', '').replace('、', '')}"
    return concept


def _name_concepts(observations: pd.DataFrame) -> dict[str, pd.Series]:
    """Key each row by catalogue id; a name that has an id anywhere in the corpus has it here."""
    clean = observations["indicator"].map(clean_name)
    coded = observations["indicator_id"] != ""
    ids = dict(zip(clean[coded], observations.loc[coded, "indicator_id"], strict=True))
    names = clean.map(lambda name: ids.get(name) or name_concept(name))
    key = observations["indicator_id"].where(coded, names)
    narrowed = [_narrow(*pair) for pair in zip(key, clean, strict=True)]
    key = pd.Series(narrowed, index=observations.index, dtype="str")
    counts = pd.DataFrame({"key": key, "clean": clean}).value_counts(["key", "clean"])
    ordered = counts.reset_index().sort_values(
        ["count", "clean"], ascending=[False, True], kind="stable"
    )
    labels = ordered.drop_duplicates("key").set_index("key")["clean"]
    known = set(key[coded]) | _catalogue_ids()
    catalogued = key.isin(known) | key.str.split("/").str[0].isin(known)
    return {"concept": key, "label": key.map(labels), "catalogued": catalogued}


def _newest_names(observations: pd.DataFrame, documents: pd.DataFrame) -> dict[str, str]:
    """Map every name of a place to the newest name under the same code (陵县 → 陵城区)."""
    dated = documents.sort_values(["period_end", "published", "id"], kind="stable")
    rows = pd.concat([observations[["region_code", "region"]], dated[["region_code", "region"]]])
    rows = rows[rows["region_code"] != ""].drop_duplicates()
    newest = dict(zip(dated["region_code"], dated["region"], strict=True))
    return {
        region: newest.get(code, region)
        for code, region in zip(rows["region_code"], rows["region"], strict=True)
    }


def map_names(facts: pd.DataFrame) -> dict[str, str]:
    """Return the concept of every cleaned name that the corpus uses."""
    pairs = facts[["indicator", "label", "concept"]].drop_duplicates()
    cleaned = dict(zip(pairs["indicator"].map(clean_name), pairs["concept"], strict=True))
    return cleaned | dict(zip(pairs["label"], pairs["concept"], strict=True))


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
    ends = {"省": "province", "自治区": "province", "市": "city", "自治州": "city"}
    return next((tier for end, tier in ends.items() if region.endswith(end)), "county")


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
    told = documents.assign(tier=_tiers(documents))[documents["region"] != ""]
    chosen = tier or max(TIERS, key=list(told["tier"]).count)
    kept = told[told["tier"] == chosen]
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

    Raises
    ------
    ValueError
        If the corpus holds no such indicator; the message names the nearest ones.
    """
    keys = set(facts["concept"])
    if indicator in keys:
        return indicator
    clean = clean_name(indicator)
    if clean in keys:
        return clean
    hits = facts.loc[facts["label"].eq(clean) | facts["indicator"].eq(indicator), "concept"]
    if len(hits):
        return str(hits.mode().iloc[0])
    near = get_close_matches(clean, sorted(keys | set(facts["label"])), n=3, cutoff=0.4)
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
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
    return not any(word in name for word in load_rules("audit")["names"]["not_additive"])


def is_lower_better(name: str) -> bool:
    """Whether rank 1 belongs to the smallest value (不良贷款率, PM2.5平均浓度)."""
    return any(word in name for word in load_rules("audit")["direction"]["lower_is_better"])
