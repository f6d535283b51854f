"""Every statistic against a published or hand-computed figure (tests/cases/statistics.toml)."""

import importlib
import tomllib
from pathlib import Path

import numpy as np
import pytest

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "statistics.toml").read_text(encoding="utf-8")
)["case"]
MODULES = ("keyness", "dispersion", "rates", "collocation", "permutation", "entries")


def function_of(name):
    module, function = name.split(".")
    return getattr(importlib.import_module(f"dz_analysis.counting.{module}"), function)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['function']}-{c['source'][:24]}")
def test_figure_of_the_source(case):
    found = np.asarray(function_of(case["function"])(**case["arguments"]), dtype="float64")
    expected = np.asarray(case["expected"], dtype="float64")
    assert np.allclose(
        np.round(np.atleast_1d(found), case["digits"]), expected, atol=1e-9, rtol=0
    ), (found, case["source"])


def test_every_case_names_its_source():
    assert all(len(case["source"]) > 15 for case in CASES)


def test_every_statistic_has_a_figure_to_four_decimals():
    precise = {case["function"] for case in CASES if case["digits"] >= 4}
    loose = {case["function"] for case in CASES} - precise
    assert loose == {"collocation.association_g2"}  # checked through log_likelihood, which is
