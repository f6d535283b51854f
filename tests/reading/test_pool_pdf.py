"""Real official pdf files, where they are at hand (`DZ_POOL`): no number with a unit is lost.

What pdfium itself gives as the text of a page, in the order of the file, is the other witness.
"""

import os
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from dz_analysis.reading.paged import read_pdf

POOL = os.environ.get("DZ_POOL")
FILES = sorted(Path(POOL).rglob("*.pdf")) if POOL else []
LEAST = 0.995  # of the numbers with a unit of each file
UNITS = "%|亿|万|元|人|个|公里|吨|户|家|项|亩|平方米"
NUMBER = rf"(?<![\d.,])(\d[\d,]*(?:\.\d+)?){{gap}}({UNITS})"
POINT = "\U001001b0"  # as a font for print keeps it
pytestmark = [
    pytest.mark.pages,
    pytest.mark.skipif(not FILES, reason="needs DZ_POOL, a folder of real pdf files"),
]


def numbers_of(text, *, gap):
    plain = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace(POINT, "."))
    return Counter(re.findall(NUMBER.format(gap=gap), plain))


def shown(content):
    """Return the text of a file in the order in which it was written."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def is_whole(file):
    return b"%%EOF" in file.read_bytes()[-1024:]


@pytest.mark.parametrize("file", [f for f in FILES if is_whole(f)], ids=lambda file: file.stem)
def test_every_number_with_a_unit_is_read(file):
    content = file.read_bytes()
    ours = read_pdf(content)
    numbers = numbers_of(shown(content), gap=" ?")
    lost = numbers - numbers_of(ours.text.replace("\t", "\n"), gap="[ \n]?")
    assert lost.total() <= (1 - LEAST) * numbers.total(), sorted(lost)[:9]
    assert ours.notes == ()


@pytest.mark.parametrize("file", [f for f in FILES if not is_whole(f)], ids=lambda file: file.stem)
def test_a_file_that_is_cut_off_is_refused(file):
    with pytest.raises(ValueError, match="cut off in the middle"):
        read_pdf(file.read_bytes())
