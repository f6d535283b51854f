"""Why a row is as it is: the trace names the line that decided, and that line decides."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from dz_analysis import paths
from dz_analysis.finding import Context, find_observations, find_refused
from dz_analysis.finding.model import Reason, Rule
from dz_analysis.finding.why import ROOMS, describe_rule, locate_reason, spell_reason
from dz_analysis.lexicon import load_lexicon

CONTEXT = Context(
    region="清源县",
    region_code="",
    city="云溪市",
    published="2020-02",
    genre="work_report",
    period_start="2019-01",
    period_end="2019-12",
)


class Trace(NamedTuple):
    """A phrase, its number, and the row of the lexicon that decided a field of it.

    `changed` names the field that is read otherwise without that row.
    """

    text: str
    quote: str
    file: str
    row: str
    changed: str


# Each row begins as `row` says.
TRACES = [
    Trace("税收共计8亿元。", "8亿元", "measure_cues", "共计,link,", "indicator"),
    Trace("税收突破8亿元。", "8亿元", "measure_cues", "突破,link,", "bound"),
    Trace("新建8所学校。", "8所", "name_words", "新建,act,", "indicator"),
    Trace("税收上升5%。", "5%", "measure_words", "上升,move,", "indicator"),
    Trace("税收完成年度计划的98%。", "98%", "measure_cues", "完成,completion.verbs,", "measure"),
    Trace("预算完成率98%。", "98%", "measure_cues", "预算完成率,completion.heads,", "indicator"),
    Trace("税收名列全省第三。", "第三", "measure_cues", "名列,rank.verbs,", "indicator"),
    Trace("产值同比11.4%。", "11.4%", "measure_cues", "同比,year_on_year,", "measure"),
    Trace("计划引进企业8家。", "8家", "scope_cues", "计划引进,target,", "status"),
    Trace("预计税收8亿元。", "8亿元", "scope_cues", "预计,estimate,", "status"),
    Trace("上半年，税收8亿元。", "8亿元", "periods", "上半年,part,", "period"),
    Trace("今年，税收8亿元。", "8亿元", "periods", "今年,year.now,", "period"),
    Trace("全省税收8亿元。", "8亿元", "place_words", "省,own.levels,", "region"),
    Trace("云溪综保区实现税收8亿元。", "8亿元", "zones", "综保区,", "region"),
    Trace("历城区实现税收8亿元。", "8亿元", "regions", "370112,历城区,", "region"),
]


def line_of(name: str, beginning: str) -> int:
    """Return the number of the one line of a list that begins so."""
    lines = (paths.LEXICON / f"{name}.csv").read_text(encoding="utf-8").split("\n")
    (found,) = (at for at, line in enumerate(lines, start=1) if line.startswith(beginning))
    return found


def read(trace: Trace):
    """Return the row of the number of a trace."""
    rows = find_observations(trace.text, context=CONTEXT)
    return next(row for row in rows if row.quote == trace.quote)


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.text)
def test_the_trace_names_list_and_line(trace):
    places = [locate_reason(reason) for reason in read(trace).why]
    assert f"lexicon/{trace.file}.csv:{line_of(trace.file, trace.row)}" in places


SCRIPT = """
import json, sys
from pathlib import Path
from dz_analysis import paths
paths.LEXICON = Path(sys.argv[1])
from dz_analysis.finding import Context, find_observations
context = Context(**json.loads(sys.argv[2]))
for text in json.load(sys.stdin):
    rows = find_observations(text, context=context)
    fields = ("quote", "indicator", "measure", "bound", "period", "region", "status")
    print(json.dumps([{f: getattr(row, f) for f in fields} for row in rows]))
"""


def read_with(lexicon: Path, texts: list[str]) -> list[list[dict[str, str]]]:
    """Read texts by the lists of a folder, in a process of its own."""
    known = {f: getattr(CONTEXT, f) for f in CONTEXT.__dataclass_fields__}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(lexicon), json.dumps(known)],
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_without_the_lines_that_are_named_the_readings_change(tmp_path):
    texts = [trace.text for trace in TRACES]
    same = shutil.copytree(paths.LEXICON, tmp_path / "same")
    before = read_with(same, texts)
    folder = shutil.copytree(paths.LEXICON, tmp_path / "without")
    for trace in TRACES:
        file = folder / f"{trace.file}.csv"
        lines = file.read_text(encoding="utf-8").split("\n")
        kept = [line for line in lines if not line.startswith(trace.row)]
        assert len(kept) == len(lines) - 1
        file.write_text("\n".join(kept), encoding="utf-8")
    after = read_with(folder, texts)
    unchanged = []
    for trace, rows, changed in zip(TRACES, before, after, strict=True):
        values = [
            [row[trace.changed] for row in found if row["quote"] == trace.quote]
            for found in (rows, changed)
        ]
        assert len(values[0]) == 1, trace.text
        if values[0] == values[1]:
            unchanged.append((trace.text, values[0]))
    assert unchanged == []


def test_a_figure_of_a_table_has_a_reason_for_each_field():
    text = "指标\t2018年\t增长%\n地区生产总值（亿元）\t80\t5.2\n税收（亿元）\t8\t4.1"
    rows = find_observations(text, context=CONTEXT)
    assert len(rows) == 4
    for row in rows:
        fields = {ROOMS[type(reason.rule)].field for reason in row.why}
        assert fields == {"name", "measure", "period", "region", "status"}


@pytest.mark.parametrize(
    ("text", "quote", "said"),
    [
        ("2019年，税收8亿元。", "2019", "date, ordinal or name (年, lexicon/not_quantities"),
        ("全县5亿元以上项目7个。", "5亿元", "limit of a class (以上, lexicon/not_quantities"),
        ("《8所学校方案》印发实施。", "8所", "in a title (《8所学校方案》, lexicon/refusals"),
    ],
)
def test_a_refusal_names_its_cue_and_line(text, quote, said):
    refused = find_refused(text, find_observations(text, context=CONTEXT))
    (one,) = (one for one in refused if one.quote == quote)
    assert spell_reason(one.reason).startswith(f"left out {said}")


def members(kind: type[Rule] = Rule):
    """Yield every rule of every room."""
    for room in kind.__subclasses__():
        yield from room
        yield from members(room)


def test_every_rule_has_words_for_people():
    for rule in members():
        told = describe_rule(rule)
        assert len(told) > 2, rule
        assert spell_reason(Reason(rule))


def test_every_enum_of_rules_says_which_field_it_decides():
    assert {type(rule) for rule in members()} == set(ROOMS)


@pytest.mark.parametrize("room", [room for room in ROOMS.values() if room.list])
def test_a_room_s_list_has_a_row_for_its_rules(room):
    kind = next(kind for kind, known in ROOMS.items() if known is room)
    first = {next(iter(row.values())) for row in load_lexicon(room.list)}
    assert first <= {str(rule) for rule in kind}
