"""How a number is measured: every frame by an example that it reads and one that it leaves."""

import pytest

from dz_analysis.finding.measure.telling import FRAMES, MeasureReading, read_measure
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.lexicon import load_lexicon

ROWS = load_lexicon("measure_frames")
SIGNS = {1: "+", -1: "-"}


def read(phrase: str) -> MeasureReading:
    """Read the last number of a phrase, the first of three shares."""
    found = find_quantities(phrase)
    quantity = found[0] if found[-1].kind == "part" else found[-1]
    return read_measure(phrase[: quantity.start], quantity, phrase[quantity.end :])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"])
def test_a_frame_reads_its_example(row):
    reading = read(row["example"])
    assert str(reading.rule) == row["rule"]
    assert (reading.measure, SIGNS[reading.sign]) == (row["measure"], row["sign"])
    assert (reading.head, reading.of) == (row["head"], row["of"])
    assert (reading.bound, reading.cue) == (row["bound"], row["cue"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["counter_example"])
def test_a_frame_leaves_its_counter_example(row):
    assert str(read(row["counter_example"]).rule) != row["rule"]


def test_every_frame_stands_in_the_list():
    listed = list(dict.fromkeys(row["rule"] for row in ROWS))
    assert listed == list(dict.fromkeys(str(frame.rule) for frame in FRAMES))


# phrase, measure, sign, head, compared with, bound
WORDINGS = [
    ("税收收入近三年平均增长8.1%", "average_growth", 1, "税收收入", "", ""),
    ("用电量环比下降2.4%", "growth", -1, "用电量", "上月", ""),
    ("审批时限压减60%以上", "growth", -1, "审批时限", "", ">="),
    ("光缆产量增长2.6倍", "growth", 1, "光缆产量", "", ""),
    ("出口增速比全省低1.2个百分点", "gap", -1, "出口增速", "全省", ""),
    ("产值降幅收窄1.2个百分点", "change", -1, "产值降幅", "", ""),
    ("失业率控制在4.5%以内", "ratio", 1, "失业率", "", "<="),
    ("耕地约32万亩", "level", 1, "耕地", "", "~"),
    ("公用经费总体上相比2025年压减10%", "growth", -1, "公用经费总体上", "2025年", ""),
    ("评为劳动模范的有三万八千多人", "level", 1, "评为劳动模范", "", ">="),
    ("户均增收3000元", "level", 1, "户均增收", "", ""),
    ("同比减收3000元", "change", -1, "", "", ""),
    ("边境线长52公里", "level", 1, "边境线长", "", ""),
    ("税收占用地30%", "ratio", 1, "税收占用地", "", ""),
]


@pytest.mark.parametrize(("phrase", "measure", "sign", "head", "of", "bound"), WORDINGS)
def test_wording_is_measured_as(phrase, measure, sign, head, of, bound):
    reading = read(phrase)
    assert (reading.measure, reading.sign, reading.head) == (measure, sign, head)
    assert (reading.of, reading.bound) == (of, bound)
