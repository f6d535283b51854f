"""The comparison of stored outputs catches a chart that has become wrong."""

import os
import subprocess
import sys

import nbformat
import pytest
from suite_notebooks import PARAMETERS, make_notebook, write

from dz_analysis import paths
from dz_analysis.suite import refresh_notebooks

CHART = """
numbers = pd.DataFrame({"region": ["德城区", "陵城区"], "value": [2.0, float(top)]})
caption = Caption("heights", "亿元", f"{len(corpus + str(regions))}", "made")
plot_ranked_bars(numbers, label="region", value="value", caption=caption)
"""
IMPORTS = """
import pandas as pd
from dz_analysis.showing import Caption, plot_ranked_bars, use_style
use_style()
"""


def compare(file):
    """Run the notebook comparison as `make test` does, and return its report."""
    command = [sys.executable, "-m", "pytest", "--nbval", str(file), "-q", "-p", "no:cacheprovider"]
    package = str(paths.PACKAGE.parent)
    environment = {**os.environ, "PYTHONPATH": package, "COLUMNS": "200"}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=file.parent
    )


@pytest.mark.slow
def test_a_changed_bar_fails_the_comparison(home):
    (home / "data" / "dezhou").mkdir()
    (home / "data" / "dezhou" / "documents.csv").write_text("id,file\n", encoding="utf-8")
    parameters = PARAMETERS.replace("made", "dezhou")
    notebook = make_notebook(IMPORTS, CHART, parameters=parameters)
    file = write(home / "notebooks", "01_chart", notebook)
    refresh_notebooks(jobs=1)
    assert compare(file).returncode == 0

    stored = nbformat.read(file, 4)
    words = stored.cells[-1].outputs[0].data["text/plain"]
    assert "3.0" in words
    stored.cells[-1].outputs[0].data["text/plain"] = words.replace("3.0", "4.0")
    nbformat.write(stored, file)
    report = compare(file)
    assert report.returncode == 1
    assert "mismatch 'text/plain'" in report.stdout
