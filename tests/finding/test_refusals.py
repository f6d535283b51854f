"""What counts nothing: every refusal by an example that it refuses and one that it keeps."""

import pytest

from dz_analysis.finding.number.classes import CLASSES
from dz_analysis.finding.number.labels import EVERY, GENERAL
from dz_analysis.finding.number.refusal import Refusal, RefusalRule
from dz_analysis.finding.number.reject import TABLES, find_quantities, refusals
from dz_analysis.lexicon import load_lexicon, roles, words

ROWS = load_lexicon("refusals")
TABLE = {
    row
    for rows in (EVERY, GENERAL, CLASSES, *TABLES.values())
    for row in rows
    if isinstance(row, Refusal)
}


def rules_of(text: str) -> set[str]:
    return {str(one.reason.rule) for one in refusals(text)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_a_refusal_refuses_its_example_and_keeps_the_other(row):
    assert row["rule"] in rules_of(row["example"])
    assert row["rule"] not in rules_of(row["kept"])
    assert find_quantities(row["kept"]) != ()


def test_every_refusal_stands_in_the_table_and_in_the_list():
    assert [row["rule"] for row in ROWS] == [str(rule) for rule in RefusalRule]
    assert {row.rule for row in TABLE} == set(RefusalRule)


def test_a_refusal_names_the_words_that_call_for_it():
    for row in TABLE:
        assert not row.role or row.role in roles("not_quantities")


def test_a_cue_of_a_list_is_a_word_of_its_role():
    for row in ROWS:
        for one in refusals(row["example"]):
            reason = one.reason
            if reason.role and reason.cue:
                role = words(reason.list, reason.role)
                assert reason.cue in role, f"{reason} is no word of {role!r}"


def test_a_number_is_either_found_or_refused():
    text = "2019年，全县5亿元以上项目7个，第三产业占比45%，打造“四个一”工程，居全市第2位。"
    spans = [(q.start, q.end) for q in find_quantities(text)]
    spans += [(one.start, one.end) for one in refusals(text)]
    assert len(set(spans)) == len(spans) == 7
    assert all(text[one.start : one.end] == one.quote for one in refusals(text))
