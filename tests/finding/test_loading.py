"""Reading a clean text loads none of the packages that only pages and tables need."""

import subprocess
import sys

HEAVY = ("pandas", "pypinyin", "trafilatura", "pypdfium2", "matplotlib")
SCRIPT = """
import sys
from dz_analysis.finding import find_observations, tag_document
text = "清源县2019年政府工作报告\\n全县税收完成8亿元，增长5%。"
rows = find_observations(text, context=tag_document(text))
assert [row.quote for row in rows] == ["8亿元", "5%"], rows
print(*sorted(name for name in {heavy} if name in sys.modules))
"""


def test_a_clean_text_is_read_without_heavy_packages():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(heavy=HEAVY)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == [], "loaded for nothing; import them where they are needed"
