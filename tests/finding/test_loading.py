"""Reading a text, and printing its rows, load none of the packages that only tables need."""

import subprocess
import sys

import pytest

HEAVY = ("pandas", "pyarrow", "pandera", "pypinyin", "trafilatura", "pypdfium2", "matplotlib")
READ = """
import sys
from dz_analysis.finding import find_observations, tag_document
text = "清源县2019年政府工作报告\\n全县税收完成8亿元，增长5%。"
rows = find_observations(text, context=tag_document(text))
assert [row.quote for row in rows] == ["8亿元", "5%"], rows
"""
PRINT = """
import sys
from dz_analysis.cli import app
app(["extract", "--why", "--format", "{form}", "{page}"], standalone_mode=False)
"""
TELL = "print('heavy:', *sorted(name for name in {heavy} if name in sys.modules))"


def loaded(script):
    """Return which heavy packages a fresh interpreter has loaded when it has run a script."""
    done = subprocess.run(
        [sys.executable, "-c", script + TELL.format(heavy=HEAVY)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()[-1].removeprefix("heavy:").split()


def test_a_clean_text_is_read_without_heavy_packages():
    assert loaded(READ) == [], "loaded for nothing; import them where they are needed"


@pytest.mark.parametrize("form", ["csv", "jsonl", "table"])
def test_rows_are_printed_without_heavy_packages(form, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("清源县2019年简况\n全县税收完成8亿元，增长5%。", encoding="utf-8")
    assert loaded(PRINT.format(form=form, page=page.as_posix())) == []
