"""The tool that says where slogans are said first, tried on made-up reports."""

import csv
import importlib.util
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "date_slogans.py"
spec = importlib.util.spec_from_file_location("date_slogans", TOOL)
tool = importlib.util.module_from_spec(spec)
sys.modules["date_slogans"] = tool
spec.loader.exec_module(tool)

REPORTS = {
    "country": {"council-2020": "深化“放、管、服”改革。", "council-2021": "深化放管服改革。"},
    "province": {"donghe-2019": "突出双招双引。", "xihe-2019": "坚持双招双引、河长制。"},
}


@pytest.fixture
def corpora(tmp_path):
    """Write two corpora of made-up reports."""
    for level, reports in REPORTS.items():
        (tmp_path / level / "pages").mkdir(parents=True)
        with (tmp_path / level / "documents.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "file"])
            writer.writerows((key, f"{key}.txt") for key in reports)
        for key, text in reports.items():
            page = f"政府工作报告\n各位代表：\n一年来，全面推进各项工作。{text}\n"
            (tmp_path / level / "pages" / f"{key}.txt").write_text(page, encoding="utf-8")
    return [(level, tmp_path / level) for level in REPORTS]


def test_facts_come_from_the_reports(corpora):
    rows = [{"slogan": s, "scope": ""} for s in ("放管服", "双招双引", "河长制", "厕所革命")]
    filled = {row["slogan"]: row for row in tool.fill_facts(rows, tool.find_uses(corpora))}
    assert [filled["放管服"][name] for name in tool.FACTS] == [
        "national",
        "2020",
        "country",
        "council-2020",
        "2",
        "1",
    ]
    assert (
        filled["双招双引"]["scope"] == "shared"
        and filled["双招双引"]["first_document"] == "donghe-2019|xihe-2019"
    )
    assert filled["河长制"]["scope"] == "local"
    assert filled["河长制"]["first_document"] == "xihe-2019"
    assert filled["厕所革命"]["scope"] == "unseen"


def test_the_highest_level_of_the_first_year_is_named():
    uses = [tool.Use(2020, "county", "a-2020"), tool.Use(2020, "city", "b-2020")]
    assert tool.tell_facts(uses)["first_level"] == "city"


def test_an_unknown_level_is_refused():
    with pytest.raises(SystemExit, match="expected LEVEL=FOLDER"):
        tool._read_option("planet=here")
