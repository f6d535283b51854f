"""Places: which one a number is about, and the codes of their names."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dz_analysis.finding.model import Context, Reason
from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.paragraph_place import region_code
from dz_analysis.finding.place.regions import RegionLine, RegionRule, find_regions
from dz_analysis.lexicon import load_lexicon, load_settings

FILE = Path(__file__).parents[2] / "cases" / "regions.toml"
DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))
COUNTY = Context(region="云溪县", city="南阳市", province="河南省")


def marked(text):
    """Return the text without its marks, and where they stood."""
    pieces = text.split("#")
    offsets, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        offsets.append(length)
    return "".join(pieces), offsets


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["id"])
def test_region_of_each_number(case):
    text, offsets = marked(case["text"])
    line = RegionLine(text, (), Context(**DATA["contexts"][case["context"]]))
    assert [line.at(o).name for o in offsets] == case["expected"], case["why"]


def test_a_reading_has_code_and_rule():
    line = RegionLine("全省9家", (), Context(region="德城区"))
    reading = line.at(2)
    assert (reading.name, reading.code) == ("山东省", "370000")
    assert reading.reason == Reason(RegionRule.COUNTED, "全省", "place_words", "own.levels", "省")
    assert line.at(0).rule is RegionRule.DOCUMENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("南阳、郑州分别增长6%", ["南阳市", "郑州市"]),
        ("卧龙区、宛城区和方城县分别增长6%", ["卧龙区", "宛城区", "方城县"]),
        ("全省、全市分别有6家", ["河南省", "南阳市"]),
        ("经开区、高新区分别完成6亿元", ["经开区", "高新区"]),
        ("卧龙区增长6%", []),
        ("税收、利润分别增长6%", []),
    ],
)
def test_places_listed_before_a_share_out(text, expected):
    line = RegionLine(text, (), COUNTY)
    listed = line.list_at(text.index("6"), clause_start=0)
    assert [reading.name for reading in listed] == expected


@pytest.mark.parametrize(
    ("name", "above", "code"),
    [
        ("德城区", {}, "371402"),
        ("德城", {}, "371402"),
        ("陵县", {}, "371421"),
        ("陵城区", {}, "371403"),
        ("襄樊市", {}, "420600"),
        ("襄阳市", {}, "420600"),
        ("思茅市", {}, "530800"),
        ("恩施州", {}, "422800"),
        ("恩施土家族苗族自治州", {}, "422800"),
        ("恩施市", {}, "422801"),
        ("内蒙古", {}, "150000"),
        ("吉林", {}, "220000"),
        ("吉林市", {}, "220200"),
        ("朝阳区", {}, ""),
        ("朝阳区", {"city": "北京市"}, "110105"),
        ("朝阳区", {"province": "吉林省"}, "220104"),
        ("鼓楼区", {"city": "福州市"}, "350102"),
        ("鼓楼区", {"city": "徐州市"}, "320302"),
        ("浦东新区", {}, "310115"),
        ("雄安新区", {}, "130600:雄安新区"),
        ("两江新区", {}, "500000:两江新区"),
        ("高新区", {}, ""),
        ("高新区", {"city": "德州市"}, "371400:高新区"),
        ("德州高新区", {}, "371400:高新区"),
        ("德州高新技术产业开发区", {}, "371400:高新区"),
        ("德州经济技术开发区", {}, "371400:经开区"),
        ("天衢新区", {"city": "德州市"}, "371400:天衢新区"),
        ("新区", {"city": "德州市"}, "371400:新区"),
        ("新区", {}, ""),
        ("城区", {}, ""),
        ("城区", {"city": "阳泉市"}, "140302"),
        ("无此县", {}, ""),
        ("", {}, ""),
    ],
)
def test_region_code(name, above, code):
    assert region_code(name, **above) == code


def test_gazetteer_reaches_the_counties_and_knows_its_times():
    places = gazetteer.load_places()
    current = [place for place in places if not place.valid_to]
    assert sum(place.level == "province" for place in current) == 34
    assert sum(place.level == "prefecture" for place in current) >= 333
    assert sum(place.level == "county" for place in current) >= 2800
    assert sum(bool(place.valid_to) for place in places) >= 500
    assert all(place.valid_from <= place.valid_to for place in places if place.valid_to)


def test_one_name_of_a_code_is_current():
    current = [place.code for place in gazetteer.load_places() if not place.valid_to]
    assert len(current) == len(set(current))


@pytest.mark.parametrize("row", load_lexicon("zones"), ids=lambda row: row["kind"])
def test_zone_example_holds_its_kind(row):
    assert [(m.kind, m.level) for m in find_regions(row["example"])] == [("zone", row["kind"])]


@pytest.mark.parametrize("row", load_lexicon("new_areas"), ids=lambda row: row["name"])
def test_new_area_has_a_city_and_an_example(row):
    assert row["name"] in row["example"]
    assert gazetteer.choose_place(row["city"], province=row["province"]) is not None
    assert region_code(row["name"])


@pytest.mark.parametrize(
    ("section", "kind", "role"),
    [
        ("own", "own", "subject"),
        ("nation", "nation", "subject"),
        ("compared", "own", "scope"),
        ("counted", "own", "subject"),
        ("short", "short", "subject"),
        ("opening", "own", "subject"),
        ("object", "zone", "inner"),
        ("town", "town", "subject"),
    ],
)
def test_example_shows_its_rule(section, kind, role):
    found = find_regions(load_settings("place_words")[section]["example"])
    assert [(mention.kind, mention.role) for mention in found] == [(kind, role)]


@pytest.mark.parametrize(
    ("section", "key"),
    [("own", "example_not"), ("common", "example"), ("zone", "example_not"), ("body", "example")],
)
def test_examples_of_what_is_no_place(section, key):
    assert find_regions(load_settings("place_words")[section][key]) == ()


def test_bodies_are_no_places():
    assert find_regions("德州市委、山东省政府") == ()


def test_an_honour_names_its_scope():
    assert [m.role for m in find_regions("2名职工入选全国“匠人”名单")] == ["scope"]


SIGNS = "全我本市区县省州盟旗镇乡新高开发居列占高于在共仅第，。；：、“”《》（）\n 019%家个"
WORDS = [
    "德州市",
    "陵城区",
    "开发区",
    "经济技术开发区",
    "山东",
    "全国",
    "天衢新区",
    "到到到",
    "2019年",
    "完成",
    "柳河镇实现",
]
PIECES = st.sampled_from([*SIGNS, *WORDS])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=80).map("".join))
def test_any_text_is_read_and_offsets_hold(text):
    mentions = find_regions(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    line = RegionLine(text, (), COUNTY)
    for offset in range(0, len(text), 5):
        assert line.at(offset).name
