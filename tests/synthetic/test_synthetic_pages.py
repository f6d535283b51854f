"""Pages with known truth: the same for the same seed, and read as they were meant."""

import pandas as pd
import pytest

from dz_analysis import tables
from dz_analysis.corpus import load_corpus
from dz_analysis.ingest import measure_bytes
from dz_analysis.scoring.score import align_observations, score_pairs
from dz_analysis.synthetic import list_facts, render_page, write_folder, write_report
from dz_analysis.synthetic.pages import CHARACTERS, YEARS

READ = [*range(4), *range(21, 1000, 61)]  # places and years apart, every form of page
SHORT = 4000


def test_a_report_is_of_the_length_and_the_same_for_the_same_seed():
    report = write_report(6)
    text = "".join(report.paragraphs)
    assert abs(len(text) - CHARACTERS) < 0.06 * CHARACTERS
    assert len(report.facts) > 200
    assert report == write_report(6)
    assert render_page(report) == render_page(write_report(6))
    others = [write_report(6, seed=2), write_report(7)]
    long = {paragraph for paragraph in report.paragraphs if len(paragraph) > 100}
    assert all(long.isdisjoint(other.paragraphs) for other in others)


def test_every_fact_stands_in_the_page_in_its_order():
    for number in range(4):
        report = write_report(number, characters=SHORT)
        text = "\n".join([*report.paragraphs, *(cell for row in report.table for cell in row)])
        at = 0
        for fact in report.facts[: len(report.facts) - 2 * len(report.table)]:
            at = text.index(fact.quote, at) + 1


def test_what_is_told_of_one_year_fits_the_next():
    told = pd.concat(list_facts([number]) for number in (3, 7))  # the reports with a table
    level = told[(told["measure"] == "level") & (told["status"] == "actual")]
    gdp = level[level["indicator"] == "地区生产总值"].groupby("document")["value"].nunique()
    assert (gdp == 1).all(), "a report that tells two levels of one year"
    series = {}
    for number in range(YEARS):
        facts = list_facts([number])
        own = facts[(facts["indicator"] == "粮食总产量") & (facts["status"] == "actual")]
        own = own[~own["measure"].eq("average_growth")]
        series[number] = own.groupby("measure")["value"].first()
    pairs = [
        (series[n]["level"] * (1 + series[n + 1]["growth"] / 100), series[n + 1]["level"])
        for n in range(YEARS - 1)
        if {"level"} <= set(series[n].index) and {"level", "growth"} <= set(series[n + 1].index)
    ]
    assert len(pairs) > 3
    assert all(now == pytest.approx(told, rel=0.01) for told, now in pairs)


def test_ingest_reads_what_was_written():
    rows = []
    for number in READ:
        report = write_report(number, characters=SHORT)
        rows += measure_bytes(report.document, render_page(report))["observations"]
    found = tables.frame_records(rows, "observations")
    truth = list_facts(READ, characters=SHORT)
    scores = score_pairs(align_observations(truth, found)).iloc[0]
    assert len(READ) == 21 and scores["gold"] > 1200
    assert scores["row_f1"] >= 0.98 and scores["strict_f1"] >= 0.96


def test_more_reports_leave_the_first_ones_as_they_are(home):
    folder = home / "data" / "made"
    write_folder(folder, 3, characters=SHORT)
    before = {file.name: file.read_bytes() for file in (folder / "texts").iterdir()}
    write_folder(folder, 5, characters=SHORT)
    after = {file.name: file.read_bytes() for file in (folder / "texts").iterdir()}
    assert before.items() <= after.items() and len(after) == 5
    corpus = load_corpus("made")
    assert corpus.has_texts and corpus.documents[4].period == "2008-01/2008-12"


def test_too_many_reports_are_refused():
    with pytest.raises(ValueError, match="expected one of"):
        write_report(10**6)
