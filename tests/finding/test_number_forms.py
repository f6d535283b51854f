"""The forms of numbers and the numerals: every row is read as its example says."""

import re

import pytest

from dz_analysis.finding.number.numerals import parse_number
from dz_analysis.finding.number.scan import _find_forms, pieces, scan_quantities
from dz_analysis.lexicon import load_lexicon

ROWS = load_lexicon("number_forms")
PIECES = [row for row in ROWS if row["use"] != "form"]
FORMS = [row for row in ROWS if row["use"] == "form"]
NUMERALS = load_lexicon("numerals")


@pytest.mark.parametrize("row", PIECES, ids=lambda row: row["name"])
def test_a_piece_finds_its_example_and_leaves_the_other(row):
    pattern = re.compile(pieces()[row["name"]])
    assert pattern.search(row["example"])
    assert not row["counter_example"] or not pattern.search(row["counter_example"])


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row["pattern"][:30])
def test_a_form_is_read_in_its_example_and_not_in_the_other(row):
    assert row["name"] in _forms_in(row["example"])
    own = re.compile(re.sub(r"\{([a-z_]+)\}", lambda match: pieces()[match[1]], row["pattern"]))
    assert own.search(row["example"])
    if row["counter_example"]:
        assert row["name"] not in _forms_in(row["counter_example"])


def _forms_in(text):
    return {(top or match).lastgroup for match, top in _find_forms(text)}


def test_every_piece_is_used():
    used = {name for row in ROWS for name in re.findall(r"\{([a-z_]+)\}", row["pattern"])}
    named = {row["name"] for row in PIECES if row["use"] == "piece"}
    assert named - used - {"opening"} == set()
    assert used - named == {"any_unit", "hanzi_unit"}


@pytest.mark.parametrize("row", NUMERALS, ids=lambda row: f"{row['role']}-{row['word']}")
def test_a_numeral_is_read_from_its_example(row):
    assert row["word"] in row["example"]
    assert list(scan_quantities(row["example"])) or parse_number(row["example"])


@pytest.mark.parametrize(
    ("text", "value", "high"),
    [("占3-4成", 30, 40), ("占三至四成", 30, 40), ("占九成五", 95, None), ("需要2—6个月", 2, 6)],
)
def test_both_ends_of_a_range_are_read(text, value, high):
    (quantity,) = scan_quantities(text)
    assert (quantity.value, quantity.high) == (value, high)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("城镇化率提高2.1个百分点到65.3%", [("2.1个百分点", 2.1, None), ("65.3%", 65.3, None)]),
        ("出口下降12%至3.2亿元", [("12%", 12, None), ("3.2亿元", 320000000, None)]),
        ("规上企业增加12家至86家", [("12家", 12, None), ("86家", 86, None)]),
        ("目标增长5%至6%", [("5%至6%", 5, 6)]),
        ("需要12家至15家", [("12家至15家", 12, 15)]),
        ("税收完成2亿3000万元", [("2亿3000万元", 230000000, None)]),
        ("常住人口12万3千人", [("12万3千人", 123000, None)]),
        ("公路里程1千2百公里", [("1千2百公里", 1200, None)]),
        ("新设企业1万6千多户", [("1万6千多户", 16000, None)]),
        ("水价3元4角5分", [("3元4角5分", 3.45, None)]),
        ("装机五千千瓦", [("五千千瓦", 5000, None)]),
        ("增速为负3.5%", [("负3.5%", -3.5, None)]),
        ("企业减负3.5亿元", [("3.5亿元", 350000000, None)]),
        ("进口US$3.5亿", [("US$3.5亿", 350000000, None)]),
        ("常住人口3.21*万人", [("3.21*万人", 32100, None)]),
        ("不良率万分之三", [("万分之三", 0.03, None)]),
        ("发电亿亿亿亿亿亿亿亿亿亿度", []),
        (f"税收{'86' * 9}亿元，下降2%", [("2%", 2, None)]),
        (f"税收12亿元至{'86' * 9}亿元", []),
        (f"税收8.{'6' * 30}亿元", [("8." + "6" * 12, 8.666666666666, None)]),
        ("吸引上万名游客", [("万名", 10000, None)]),
    ],
)
def test_a_number_is_read_as_it_is_written(text, found):
    scanned = [(q.quote, q.value, q.high) for q in scan_quantities(text)]
    assert [(quote, float(value), high) for quote, value, high in scanned] == [
        (quote, float(value), high) for quote, value, high in found
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("进口$1200万", "美元"), ("投资￥2亿元", "元"), ("城乡收入比为2.7:1", "倍"), ("98.5:100", "")],
)
def test_a_sign_gives_the_unit(text, unit):
    assert next(scan_quantities(text)).unit == unit
