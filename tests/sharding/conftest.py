"""A small corpus of invented pages."""

import pytest

from dz_analysis.corpus import load_corpus
from dz_analysis.manifest import Document, write_manifest

PLACES = ["某甲县", "某乙县", "某丙市", "某丁县", "某戊区", "某己县", "某庚县", "某辛市"]


def write_page(number: int) -> str:
    """Return a page of invented facts."""
    place = PLACES[number % len(PLACES)]
    return (
        f"{place}2018年经济简况\n一、2018年工作回顾\n"
        f"2018年，{place}地区生产总值完成{80 + number}.4亿元，增长{number % 9 + 1}.2%。\n"
        f"全年建成道路{number + 3}公里。“双招双引”签约项目{number + 12}个。\n"
    )


@pytest.fixture
def make_corpus(home):
    """Return a function that writes a corpus of some pages and loads it."""

    def make(count: int, name: str = "mine"):
        folder = home / "data" / name
        (folder / "texts").mkdir(parents=True, exist_ok=True)
        documents = []
        for number in range(count):
            file = folder / "texts" / f"d{number:04}.txt"
            if not file.exists():
                file.write_text(write_page(number), encoding="utf-8")
            region = PLACES[number % len(PLACES)]
            documents.append(Document(file.stem, file.name, region=region))
        write_manifest(documents, folder / "documents.csv")
        return load_corpus(name)

    return make
