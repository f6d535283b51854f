"""The table contract: what is refused, and that a table written and read back is the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dz_analysis import tables

ROW = {
    "document": "a",
    "observation": 1,
    "paragraph": 1,
    "quote": "12.8亿元",
    "start": 4,
    "end": 10,
    "raw_start": 5,
    "raw_end": 11,
    "indicator": "一般公共预算收入",
    "indicator_id": "",
    "measure": "level",
    "value": 1.28e9,
    "value_high": np.nan,
    "unit": "元",
    "bound": "",
    "period": "2021-01/2021-06",
    "region": "某区",
    "region_code": "",
    "status": "actual",
    "of": "",
}


def observations(**changes):
    return pd.DataFrame([{**ROW, **changes}])


def test_a_table_is_the_same_after_writing_and_reading(tmp_path):
    frame = pd.concat([observations(observation=2, value_high=6.5), observations(quote="1,2")])
    for as_parquet in (False, True):
        folder = tmp_path / str(as_parquet)
        tables.save_table(frame, folder, "observations", as_parquet=as_parquet)
        expected = tables.check_table(frame, "observations")
        pd.testing.assert_frame_equal(tables.load_table(folder, "observations"), expected)


def test_a_table_without_a_later_column_is_read_with_blanks(tmp_path):
    for as_parquet in (False, True):
        folder = tmp_path / str(as_parquet)
        frame = tables.check_table(observations(), "observations")
        assert frame["modifier"].tolist() == frame["grade"].tolist() == [""]
        assert frame["confidence"].isna().all() and frame.columns[-1] == "review"
        file = tables.save_table(frame, folder, "observations", as_parquet=as_parquet)
        assert tables.read_header(file) == list(frame.columns)
        old = frame.drop(columns=["modifier", "confidence", "grade"])
        old.to_parquet(file) if as_parquet else old.to_csv(file, index=False)
        pd.testing.assert_frame_equal(tables.load_table(folder, "observations"), frame)


def test_numbers_are_written_without_exponents(tmp_path):
    file = tables.save_table(observations(value=1.575e10), tmp_path, "observations")
    assert ",15750000000,," in file.read_text(encoding="utf-8")
    assert b"\r" not in file.read_bytes()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"measure": "speed"}, "measure"),
        ({"status": "planned"}, "status"),
        ({"period": "2021H1"}, "period"),
        ({"start": -1}, "start"),
        ({"value": np.nan}, "value"),
        ({"bound": "+"}, "bound"),
        ({"confidence": 1.2}, "confidence"),
        ({"grade": "D"}, "grade"),
    ],
)
def test_a_value_outside_the_contract_is_refused_by_name(changes, told):
    with pytest.raises(ValueError, match=told):
        tables.check_table(observations(**changes), "observations")


def test_two_rows_with_one_key_are_refused():
    with pytest.raises(ValueError, match="breaks its contract"):
        tables.check_table(pd.concat([observations(), observations()]), "observations")


def test_missing_and_unknown_columns_are_named():
    frame = observations().drop(columns="unit").assign(units="元")
    with pytest.raises(ValueError, match=r"missing: \['unit'\]; not in the contract: \['units'\]"):
        tables.check_table(frame, "observations")


def test_the_input_is_not_changed():
    frame = observations(observation=2)
    before = frame.copy()
    tables.check_table(frame, "observations")
    pd.testing.assert_frame_equal(frame, before)


def test_a_table_that_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="dz ingest"):
        tables.load_table(tmp_path, "terms")


@pytest.mark.parametrize("name", tables.ALL_TABLES)
def test_an_empty_table_keeps_the_contract(name, tmp_path):
    tables.save_table(tables.empty_table(name), tmp_path, name)
    read = tables.load_table(tmp_path, name)
    assert list(read.columns) == tables.ALL_TABLES[name].names
    assert read.empty


@pytest.mark.parametrize("name", tables.ALL_TABLES)
def test_a_key_is_made_of_columns(name):
    assert set(tables.ALL_TABLES[name].key) <= set(tables.ALL_TABLES[name].names)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_is_the_number_read(value):
    spelled = tables.spell_number(value)
    assert float(spelled) == value
    assert "e" not in spelled.lower()


def test_json_rows_leave_out_what_does_not_apply():
    line = tables.spell_rows(observations(), "jsonl")
    assert '"value": 1280000000' in line
    assert "value_high" not in line
    assert '"of"' not in line
    ranged = tables.spell_rows(observations(value=2, value_high=6.5, of="全市"), "jsonl")
    assert '"value_high": 6.5' in ranged
    assert '"of": "全市"' in ranged
