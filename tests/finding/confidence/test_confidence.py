"""How sure a row is: every mark stands for something, failures cap, the weakest field is told."""

import time
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from dz_analysis import measure, reading, tables
from dz_analysis.finding import (
    Context,
    assess_observations,
    document_of,
    find_doubt,
    find_observations,
    spell_doubt,
)
from dz_analysis.finding.confidence.marks import GENRES as LISTED
from dz_analysis.finding.confidence.marks import MARKS, RULES, Document, mark_observations
from dz_analysis.finding.confidence.names import marks_of_name
from dz_analysis.finding.confidence.weakest import names_of_fields
from dz_analysis.finding.confidence.weigh import (
    BASE,
    GRADES,
    Assessment,
    assess,
    ceiling,
    grade_of,
    load_marks,
)
from dz_analysis.finding.model import Observation, Reason
from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.structure import split_paragraphs

CONTEXT = Context(region="清源县", period_start="2019-01", period_end="2019-12")
CASES = Path(__file__).parents[2] / "cases" / "confidence_marks.toml"
PHRASES = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
GENRES = {
    "text without a genre": "",
    "work report": "work_report",
    "bulletin": "bulletin",
    "budget": "budget",
    "overview": "overview",
    "press or briefing": "press",
    "plan or speech": "plan",
}
# Marks that no phrase alone can carry, and that a test of their own shows.
ELSEWHERE = {
    *GENRES,
    "period of a plan",
    "place inside the clause",
    "no period",
    "page with lost characters",
    "repair near by",
    "failed: number in the name",
    "failed: number without its unit",
}


def marks_in(text, quote, *, context=CONTEXT, **known):
    paragraphs = split_paragraphs(text)
    rows = find_observations(text, context=context, paragraphs=paragraphs)
    marked = mark_observations(Document(text, context, paragraphs, **known), rows)
    return next(marks for row, marks in zip(rows, marked, strict=True) if row.quote == quote)


def row_of(text, quote, **fields):
    start = text.index(quote)
    plain = {"indicator": "税收", "measure": "level", "value": Decimal(8), "unit": "元"}
    return Observation(start, start + len(quote), quote, **plain | fields)


@pytest.mark.parametrize("case", PHRASES, ids=lambda case: case["mark"])
def test_a_phrase_carries_its_mark(case):
    assert case["mark"] in marks_in(case["text"], case["quote"])


def test_every_mark_has_a_phrase_or_a_test():
    assert {case["mark"] for case in PHRASES} | ELSEWHERE == set(MARKS)
    assert len(set(MARKS)) == len(MARKS)


def test_a_plain_row_carries_little():
    marks = marks_in("2019年，全县一般公共预算收入8亿元，增长5%。", "8亿元")
    assert set(marks) == {"text without a genre"}


@pytest.mark.parametrize(("mark", "genre"), GENRES.items())
def test_the_kind_of_text_is_a_mark(mark, genre):
    context = Context(region="清源县", period_start="2019-01", period_end="2019-12", genre=genre)
    marks = marks_in("全县税收8亿元。", "8亿元", context=context)
    assert [one for one in marks if one in GENRES] == [mark]


@pytest.mark.parametrize("mark", RULES)
def test_a_rule_of_its_reading_is_a_mark(mark):
    text = "全县税收8亿元。"
    for rule in RULES[mark]:
        rows = [row_of(text, "8亿元", why=(Reason(rule),))]
        assert mark in mark_observations(Document(text, CONTEXT), rows)[0]


def test_every_kind_of_text_has_its_mark():
    assert set(LISTED) == set(tables.GENRES)


def test_a_text_without_a_period_leaves_its_rows_without_one():
    assert "no period" in marks_in("全县耕地8万亩。", "8万亩", context=Context(region="清源县"))


def test_a_page_that_lost_characters_says_so_of_all_its_rows():
    assert "page with lost characters" in marks_in("全县税收8亿元。", "8亿元", lost=3)


def test_a_repair_is_told_of_the_rows_of_its_sentence():
    text = "全县税收8亿元。投资9亿元。"
    assert "repair near by" in marks_in(text, "8亿元", mended=(2,))
    assert "repair near by" not in marks_in(text, "9亿元", mended=(2,))


def test_a_page_says_where_it_was_mended():
    page = reading.read_page("2019年，全县税收8亿元，增⻓5%。".encode(), name="page.txt")
    assert page.changes
    assert document_of(page, CONTEXT).mended == (page.text.index("长"),)


def test_a_number_of_another_row_in_a_name_is_a_failure():
    text = "税收7亿元、投资8亿元。"
    rows = [row_of(text, "7亿元"), row_of(text, "8亿元", indicator="税收7亿元、投资")]
    marks = mark_observations(Document(text, CONTEXT), rows)
    assert ["failed: number in the name" in one for one in marks] == [False, True]


def test_a_magnitude_that_a_second_number_follows_is_a_failure():
    text = "税收8万亿9亿元。"
    rows = [row_of(text, "8万亿", unit=""), row_of(text, "9亿元")]
    marks = mark_observations(Document(text, CONTEXT), rows)
    assert ["failed: number without its unit" in one for one in marks] == [True, False]


@pytest.mark.parametrize("row", load_lexicon("failed_names"), ids=lambda row: row["word"])
def test_a_word_that_no_name_is_made_of_is_a_failure(row):
    phrase, mark = row["example"].split(" → ")
    name = phrase.split("8")[0]
    assert row["word"] in name
    assert mark in marks_of_name(name, "元")


@pytest.mark.parametrize("name", ["负债", "零售业销售额", "分红", "数字经济", "塘", "糖"])
def test_a_name_that_only_looks_so_is_none(name):
    assert not [mark for mark in marks_of_name(name, "元") if mark.startswith("failed")]


def test_a_share_is_no_second_head():
    marks = marks_in("2019年，民生支出占一般公共预算支出的8%。", "8%")
    assert "failed: two heads glued" not in marks


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark.startswith("failed")])
def test_a_row_whose_reading_failed_never_passes_the_ceiling(mark):
    assert load_marks()[mark].is_failure
    assert assess((mark, "bulletin", "figure of a table")).confidence <= ceiling() == 0.5
    assert assess((mark,)).grade == GRADES[-1]


def test_only_a_failure_has_a_ceiling():
    named = {name for name, mark in load_marks().items() if mark.is_failure}
    assert named == {mark for mark in MARKS if mark.startswith("failed")}


def test_the_list_says_of_every_mark_what_it_weighs_and_means():
    assert tuple(load_marks()) == (BASE, *MARKS)
    for mark in load_marks().values():
        assert mark.field in names_of_fields()
        assert mark.meaning and mark.meaning_zh
        assert mark.weight == round(mark.weight, 2)


def test_grades_fall_with_confidence():
    grades = [grade_of(hundredth / 100) for hundredth in range(100, -1, -1)]
    assert grades == sorted(grades)
    assert set(grades) == set(GRADES)


def test_rows_are_assessed_in_their_order():
    text = "2019年，全县一般公共预算收入8亿元，增长5%。新建喇叭口2个。"
    rows = find_observations(text, context=CONTEXT)
    assessed = assess_observations(Document(text, CONTEXT), rows)
    assert len(assessed) == len(rows) == 3
    assert assessed[0].confidence > assessed[2].confidence
    assert assessed == assess_observations(Document(text, CONTEXT), rows)


def test_an_empty_text_has_nothing_to_assess():
    assert assess_observations(Document("", CONTEXT), ()) == ()


# ---- the weakest field


def test_the_weakest_field_is_the_one_whose_marks_weigh_most():
    marks = ("name of two characters", "name ends with no noun", "rank")
    doubt = find_doubt(Assessment(0.5, "C", marks))
    assert doubt.field == "indicator"
    assert doubt.mark.name in marks[:2]


def test_a_failure_comes_before_all_other_doubts():
    marks = ("no unit", "two other values of the same", "failed: sign in the name")
    assert find_doubt(Assessment(0.1, "C", marks)).mark.name == "failed: sign in the name"


@pytest.mark.parametrize("mark", [mark for mark in MARKS if load_marks()[mark].weight < -0.05])
def test_a_doubt_is_told_in_two_languages(mark):
    told = spell_doubt(Assessment(0.4, "C", (mark,)))
    known = load_marks()[mark]
    english, chinese = names_of_fields()[known.field]
    assert told == (
        f"sure 0.40 (C), weakest is the {english}: {known.meaning} "
        f"(最弱的是{chinese}：{known.meaning_zh})"
    )


def test_why_and_explain_tell_the_weakest_field():
    page = "清源县2019年经济简况\n全县工业增加值80亿元。新建喇叭口2个。".encode()
    rows = measure.extract(page).set_index("quote")
    why = rows["why"]["2个"]
    grade, sure = rows["grade"]["2个"], rows["confidence"]["2个"]
    assert f"sure {sure:.2f} ({grade}), weakest is the name: " in why
    assert "最弱的是名称：" in why
    assert measure.explain(page, "2个").endswith(why[why.index("sure 0") :])


# ---- what it costs


def test_confidence_costs_little_beside_finding():
    """Measured warm, the best of seven: about 5 %; the bound leaves room for a busy machine."""
    sentence = "2019年，全县税收8亿元，增长5%，居全省第2位；新建学校2所，带动农户3200户增收。"
    text = "\n".join([sentence] * 60)
    document = Document(text, CONTEXT)
    finding, weighing = [], []
    for _ in range(7):
        start = time.process_time()
        rows = find_observations(text, context=CONTEXT)
        found = time.process_time()
        assess_observations(document, rows)
        finding.append(found - start)
        weighing.append(time.process_time() - found)
    assert min(weighing) < 0.10 * min(finding)
