"""Small tables of invented observations, and the synthetic corpus, as fixtures of several rooms."""

import math

import pandas as pd
import pytest

from dz_analysis.auditing.audit import audit_facts
from dz_analysis.comparing.facts import prepare_facts
from dz_analysis.synthetic.corpus import make_synthetic

COUNTS = ("raw_chars", "chars", "han_chars", "paragraphs", "tokens", "repairs", "unrepaired")
YEAR = "2015-01/2015-12"


def make_documents(names):
    """One document per id; the id's first part is the region, the second its code."""
    rows = [
        dict.fromkeys(COUNTS, 0)
        | {
            "id": name,
            "title": "",
            "publisher": "",
            "published": "",
            "genre": "work_report",
            "region": name.split("-")[0],
            "region_code": name.split("-")[1] if "-" in name else "",
            "period_start": "2015-01",
            "period_end": "2015-12",
            "sha256": "",
        }
        for name in names
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def make_facts():
    """Return a function from short rows to facts and the table of documents.

    A row is (document, indicator, measure, quote, value, unit) and a dictionary of what differs.
    """

    def make(*rows, documents=()):
        names = list(dict.fromkeys([row[0] for row in rows] + list(documents)))
        table = make_documents(names)
        about = table.set_index("id")
        observations = pd.DataFrame(
            [
                {
                    "document": document,
                    "observation": number,
                    "paragraph": 1,
                    "quote": quote,
                    "start": 100 * number,
                    "end": 100 * number + len(quote),
                    "raw_start": 100 * number,
                    "raw_end": 100 * number + len(quote),
                    "indicator": indicator,
                    "indicator_id": "",
                    "measure": measure,
                    "value": float(value),
                    "value_high": math.nan,
                    "unit": unit,
                    "bound": "",
                    "period": YEAR,
                    "region": about.loc[document, "region"],
                    "region_code": about.loc[document, "region_code"],
                    "status": "actual",
                    "of": "",
                    "modifier": "",
                    "confidence": math.nan,
                    "grade": "",
                }
                | (more[0] if more else {})
                for number, (document, indicator, measure, quote, value, unit, *more) in enumerate(
                    rows, start=1
                )
            ]
        )
        return prepare_facts(observations, table), table

    return make


@pytest.fixture
def audit_rows(make_facts):
    """Return a function from short rows to the verdicts of one check."""

    def audit(check, *rows):
        facts, _ = make_facts(*rows)
        return list(audit_facts(facts, names=[check])["verdict"])

    return audit


@pytest.fixture(scope="session")
def synthetic():
    """The corpus of sixty districts over ten years, three faults of each kind in it."""
    return make_synthetic()


@pytest.fixture(scope="session")
def synthetic_facts(synthetic):
    return prepare_facts(synthetic.observations, synthetic.documents)


@pytest.fixture(scope="session")
def synthetic_audit(synthetic_facts):
    return audit_facts(synthetic_facts)
