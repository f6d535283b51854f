"""Which rows are worth a look first: doubtful and of weight, contradicted, apart from others."""

import pytest
from typer.testing import CliRunner

from dz_analysis import tables
from dz_analysis.cli import app
from dz_analysis.triage import COLUMNS, list_for_review

A, B, C = ({"confidence": x, "grade": g} for x, g in ((0.98, "A"), (0.8, "B"), (0.4, "C")))


def row(document, indicator, quote, value, sure, unit="元", measure="level", **more):
    return (document, indicator, measure, quote, value, unit, sure | more)


@pytest.fixture
def listed(make_facts):
    """Return a function from short rows to what is listed of them."""

    def make(*rows):
        facts, documents = make_facts(*rows)
        names = [name for name in tables.TABLES["observations"].names if name in facts]
        return list_for_review(facts[names], documents)

    return make


def test_a_doubtful_headline_comes_before_a_doubtful_detail_and_a_sure_row_not_at_all(listed):
    found = listed(
        row("甲县", "蓄水池", "12座", 12, C, unit="座"),
        row("甲县", "一般公共预算收入", "8亿元", 8e8, C),
        row("甲县", "地区生产总值", "86亿元", 8.6e9, A),
        row("甲县", "固定资产投资", "9亿元", 9e8, B),
    )
    assert found["quote"].tolist()[0] == "8亿元"
    assert "12座" in set(found["quote"]) and "86亿元" not in set(found["quote"])
    assert found["reasons"].iloc[0] == "doubtful reading (0.4); headline indicator"
    assert list(found.columns) == list(COLUMNS)


def test_what_lies_apart_is_listed_however_sure_it_is(listed):
    usual = [row(f"{n}县", "粮食产量", f"{n}0万吨", n * 1e5, A, unit="吨") for n in range(1, 6)]
    rates = [
        row(f"{n}县", "工业投资", f"{n}%", n, A, unit="%", measure="growth") for n in range(1, 6)
    ]
    found = listed(
        *usual,
        row("9县", "粮食产量", "900万吨", 9e6, A, unit="吨"),
        *rates,
        row("9县", "工业投资", "95%", 95, A, unit="%", measure="growth"),
    )
    told = dict(zip(found["quote"], found["reasons"], strict=True))
    assert told["900万吨"] == "26 times the median of 6 of its kind"
    assert told["95%"] == "95, where the median of 6 of its kind is 3.5"


def test_numbers_that_contradict_one_another_are_listed(listed):
    found = listed(
        row("甲县", "税收收入", "8.4亿元", 8.4e8, A), row("甲县", "税收收入", "9.6亿元", 9.6e8, A)
    )
    assert set(found["quote"]) == {"8.4亿元", "9.6亿元"}
    assert found["reasons"].str.contains("audit, two values: ").all()


def test_what_a_reader_has_seen_is_not_listed_and_what_readers_differ_on_is(listed):
    found = listed(
        row("甲县", "一般公共预算收入", "8亿元", 8e8, C, review="confirmed"),
        row("乙县", "一般公共预算收入", "9亿元", 9e8, A, review="disputed"),
    )
    assert found["quote"].tolist() == ["9亿元"] and "readers disagree" in found["reasons"].iloc[0]


def test_the_command_prints_and_writes_the_list(tmp_path):
    shown = CliRunner().invoke(app, ["review", "dezhou", "--most", "3"])
    assert shown.exit_code == 0 and "urgency" in shown.stdout and "more: --most" in shown.stderr
    file = tmp_path / "rows.csv"
    CliRunner().invoke(app, ["review", "dezhou", "--format", "csv", "--out", str(file)])
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS) and len(lines) > 10
