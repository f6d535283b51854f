"""The rows of the panel that were read in their pages: what README says of them is recomputed."""

import re

import pandas as pd
import pytest

from dz_analysis import paths

FOLDER = paths.data_dir() / "panel"
BESIDE = {"tone", "basis"}  # how a target is put; every other field is the row's own
FIELDS = BESIDE | {"indicator", "value", "unit", "measure", "period", "status", "place"}
FIELDS |= {"bound", "result"}


@pytest.fixture(scope="module")
def rows():
    return pd.read_csv(FOLDER / "read_rows.csv", keep_default_na=False)


def test_each_row_is_a_place_in_a_document_read_once(rows):
    assert not rows.duplicated(["seed", "corpus", "document", "start", "end"]).any()
    assert (rows["start"] < rows["end"]).all()
    assert set(rows["wrong"]) <= FIELDS | {""}
    assert ((rows["wrong"] == "") == (rows["note"] == "")).all()


def test_the_shares_that_are_told_are_those_of_the_rows(rows):
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"(?m)^\| (\d+) \|.*?\| (\d+) of (\d+) \| (\d+) of (\d+) \|", readme)
    draws = rows.groupby("seed", sort=False)["wrong"]
    assert [tuple(map(int, shares)) for shares in told] == [
        (seed, (~wrong.isin(FIELDS - BESIDE)).sum(), len(wrong), (wrong == "").sum(), len(wrong))
        for seed, wrong in draws
    ]
