"""The catalogue: entries and examples agree both ways, names are unique, ids hold what they say."""

from collections import Counter

import pandas as pd
import pytest

from dz_analysis.finding import catalogue
from dz_analysis.lexicon import load_lexicon
from dz_analysis.naming import canonical, spell

ROWS = load_lexicon("indicators")


def test_there_are_at_least_six_hundred():
    assert len(ROWS) >= 600


def test_each_example_holds_its_entry():
    missing = [
        row["id"]
        for row in ROWS
        if not any(
            form in spell(row["example"])
            for name in (row["name"], *filter(None, row["aliases"].split(";")))
            for form in (spell(name), canonical(name, keep_share=True))
        )
    ]
    assert missing == []


def test_each_name_of_an_entry_leads_back_to_it():
    wrong = [
        (name, row["id"], found)
        for row in ROWS
        for name in (row["name"], *filter(None, row["aliases"].split(";")))
        if (found := catalogue.indicator_id(name)) != row["id"]
    ]
    assert wrong == []


def test_ids_and_names_are_unique():
    """No two names are one in canonical form: an alias that naming leads to is left out."""
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    names = [
        canonical(name, keep_share=True)
        for row in ROWS
        for name in (row["name"], *filter(None, row["aliases"].split(";")))
    ]
    assert sorted(name for name, count in Counter(names).items() if count > 1) == []


def test_entries_are_complete():
    for row in ROWS:
        assert row["kind"] in catalogue.KINDS, row["id"]
        assert row["direction"] in catalogue.DIRECTIONS, row["id"]
        assert row["id"].isascii() and row["id"].islower() and " " not in row["id"], row["id"]
        for column in ("english", "definition", "group", "example"):
            assert row[column].strip() == row[column] != "", (row["id"], column)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("全县规模以上工业增加值", "industrial_value_added"),
        ("累计一般公共预算收入", "general_budget_revenue"),
        ("社会消费品零售总额增速", "retail_sales"),
        ("地区 生产总值", "gdp"),
        ("GDP", "gdp"),
        ("农村居民的人均可支配收入", "rural_disposable_income"),
        ("税收占一般公共预算收入的比重", "tax_share"),
        ("“四上”企业", "four_above_firms"),
        ("ＧＤＰ", "gdp"),
        ("一产", "value_added_primary"),
        ("城镇常住居民人均消费支出", "urban_consumption"),
        ("改造城镇老旧小区", "old_communities"),
        ("服务业增加值占GDP比重", "share_tertiary"),
        ("接待游客人数", "tourists"),
        ("市级税收收入", ""),  # a total beside the whole place's
        ("市本级一般公共预算收入", ""),
        ("云溪水库蓄水量", ""),
        ("", ""),
    ],
)
def test_indicator_id(name, expected):
    assert catalogue.indicator_id(name) == expected


@pytest.mark.parametrize(
    ("name", "unit", "measure", "expected"),
    [
        ("税收收入", "元", "level", "tax_revenue"),
        ("税收收入", "家", "level", ""),
        ("税收收入", "%", "growth", "tax_revenue"),
        ("实际利用外资", "美元", "level", "foreign_capital_used"),
        ("实际利用外资", "元", "level", "foreign_capital_used"),
        ("粮食总产量", "斤", "level", "grain_output"),
        ("常住人口", "%", "level", ""),
    ],
)
def test_a_level_in_another_dimension_is_not_the_indicator(name, unit, measure, expected):
    assert catalogue.indicator_id(name, unit=unit, measure=measure) == expected


def test_catalogue_has_one_row_an_indicator():
    frame = catalogue.load_catalogue()
    assert list(frame.columns) == catalogue.COLUMNS
    assert frame["id"].is_unique and len(frame) == len(ROWS)


def test_a_corpus_adds_indicators(tmp_path, monkeypatch):
    folder = tmp_path / "data" / "river" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "indicators.csv").write_text(
        "id,name,aliases,unit\nsturgeon,鲟鱼产量,鲟鱼总产量,吨\n", encoding="utf-8"
    )
    monkeypatch.setenv("DZ_HOME", str(tmp_path))
    assert catalogue.indicator_id("鲟鱼总产量", corpus="river") == "sturgeon"
    assert catalogue.indicator_id("鲟鱼总产量") == ""
    assert catalogue.load_catalogue("river")["id"].iloc[-1] == "sturgeon"


def test_an_addition_may_not_claim_a_taken_name(tmp_path, monkeypatch):
    folder = tmp_path / "data" / "clash" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "indicators.csv").write_text(
        "id,name,aliases,unit\nmine,生产总值,,元\n", encoding="utf-8"
    )
    monkeypatch.setenv("DZ_HOME", str(tmp_path))
    with pytest.raises(ValueError, match="the catalogue holds as 'gdp'"):
        catalogue.load_catalogue("clash")


def test_unmapped_names_come_by_frequency():
    observations = pd.DataFrame(
        {
            "document": ["a", "b", "b", "a"],
            "indicator": ["桥", "渡口", "渡口", "地区生产总值"],
            "indicator_id": ["", "", "", "gdp"],
            "unit": ["座", "处", "个", "元"],
            "quote": ["3座", "4处", "5个", "6亿元"],
        }
    )
    listed = catalogue.list_unmapped(observations)
    assert listed.to_dict("list") == {
        "indicator": ["渡口", "桥"],
        "count": [2, 1],
        "documents": [1, 1],
        "units": ["个 处", "座"],
        "example": ["4处", "3座"],
    }
    assert len(observations) == 4
