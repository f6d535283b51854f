"""No table function of the four comparing rooms changes a table that it is given."""

import importlib
import inspect
import pkgutil

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import dz_analysis
from dz_analysis.auditing import audit_facts
from dz_analysis.comparing import (
    compare_indicator,
    count_groups,
    find_mentions,
    join_promises,
    list_widest,
    make_target_panel,
    prepare_facts,
    select_growth,
)
from dz_analysis.scoring import align_observations
from dz_analysis.synthetic import make_synthetic

ROOMS = ("auditing", "comparing", "scoring", "synthetic")
PASSAGE = {
    **{"batch": "a", "document": "x", "run": "first run", "genre": "budget"},
    **{"marked": 2, "found": 2, "row": 1},
}
NAME, YEAR = "一般公共预算收入", "2016-01/2016-12"


def modules():
    for room in ROOMS:
        package = importlib.import_module(f"dz_analysis.{room}")
        for module in pkgutil.iter_modules(package.__path__, f"dz_analysis.{room}."):
            yield importlib.import_module(module.name)


def takes_a_table(function):
    return any(
        "DataFrame" in str(parameter.annotation)
        for parameter in inspect.signature(function).parameters.values()
    )


FUNCTIONS = {
    f"{module.__name__.removeprefix(dz_analysis.__name__ + '.')}.{name}": function
    for module in modules()
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
    if takes_a_table(function)
}


@pytest.fixture(scope="module")
def corpus():
    return make_synthetic(districts=6, years=7, plants=0)


def arguments_of(documents, observations):
    """Return a value for every parameter of the functions, by its name."""
    facts = prepare_facts(observations, documents)
    about = facts[facts["label"] == NAME]
    mentions = pd.DataFrame({"document": facts["document"], "paragraph": 1, "term": NAME})
    panel, homes = make_target_panel(facts, documents), sorted(set(facts["home"]))
    gold = observations.assign(alt="")
    return {
        "facts": facts,
        "documents": documents,
        "observations": observations,
        "rows": observations.assign(source=observations["document"], confidence=0.5, wrong=""),
        "batches": pd.DataFrame({"batch": ["a"], "row_f1": [0.9]}),
        "passages": pd.DataFrame([PASSAGE, PASSAGE | {"document": "y"}]),
        "about": about,
        "cells": compare_indicator(facts, NAME, rule="any"),
        "mentions": find_mentions(mentions, [NAME]),
        "terms": mentions,
        "promises": join_promises(facts, documents),
        "panel": panel,
        "growth": select_growth(panel, [NAME]),
        "names": [NAME],
        "place": homes[0],
        "counts": count_groups(facts),
        "audit": audit_facts(facts),
        "gold": gold,
        "found": observations.assign(value=observations["value"].where(gold.index % 3 > 0, 1.0)),
        "coded": observations.assign(
            docs=observations["document"].map(lambda one: [one]), words=""
        ),
        "pairs": align_observations(gold, observations),
        "indicator": NAME,
        "indicators": [NAME, *list_widest(facts, homes, most=2)],
        "wanted": NAME,
        "label": NAME,
        "document": str(facts["document"].iloc[0]),
        "regions": homes,
        "measure": "level",
        "rule": "any",
        "period": YEAR,
        "statuses": ("actual", "target"),
        "basis": "population",
        "until": "2016-12",
        "draws": 20,
    }


def call(function, given_arguments):
    """Call a function with what it must have, and with the tables that it may have."""
    chosen = {
        name: given_arguments[name]
        for name, parameter in inspect.signature(function).parameters.items()
        if (parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD)
        or name in ("mentions", "draws", "rule")
    }
    return function(**chosen)


@settings(max_examples=3, deadline=None, phases=[Phase.generate])  # a seed has no smaller one
@given(seed=st.integers(0, 2**16))
def test_tables_that_are_given_stay_as_they_are(corpus, seed):
    random = np.random.default_rng(seed)
    kept = random.random(len(corpus.observations)) < 0.8
    shuffled = random.permutation(np.flatnonzero(kept))
    arguments = arguments_of(corpus.documents, corpus.observations.iloc[shuffled])
    tables = {name: v for name, v in arguments.items() if isinstance(v, pd.DataFrame)}
    before = {name: table.copy(deep=True) for name, table in tables.items()}
    for told, function in FUNCTIONS.items():
        call(function, arguments)
        for name, table in tables.items():
            pd.testing.assert_frame_equal(table, before[name], obj=f"{name} after {told}")


def test_every_room_with_tables_is_tried():
    rooms = {name.split(".")[0] for name in FUNCTIONS}
    assert rooms == {"auditing", "comparing", "scoring"}
    assert len(FUNCTIONS) > 40
