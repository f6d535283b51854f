"""The page with every change marked: well-formed, complete, and the same each time."""

from html.parser import HTMLParser

import pytest

from dz_analysis.reading import choose_readings, count_furniture, damage, read_page, show_changes

CLEAN = (
    "青禾县2012年经济运行情况\n发布时间：2013-01-25 来源：青禾县统计局\n"
    + "全县着力发展农业，粮食总产量42.6万吨，增长3.1%；工业增加值31.7亿元，增长12.6%。" * 4
    + "\n责任编辑：某某\n"
)
WRAPPED = "全县实现生产总值80.5亿元，同比增\n- 1 -\n长6.2%；支出<12亿元>，同比增\n长5%。\n"
VOID = {"meta", "input", "br"}


class Reader(HTMLParser):
    """Reads a page: whether its elements are closed in order, its links and its text."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, words):
        if self.open and self.open[-1] not in ("del", "style", "b"):
            self.text.append(words)


def read(page):
    reader = Reader()
    source = show_changes(page)
    reader.feed(source)
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    assert "http" not in source
    return reader, source


def damaged_page():
    readings = choose_readings(CLEAN, size=20, seed=3)
    return read_page(damage(CLEAN, readings=readings).encode(), name="page.txt")


@pytest.fixture(scope="module")
def damaged():
    return damaged_page()


def test_all_text_of_the_page_is_shown(damaged):
    text = "".join("".join(read(damaged)[0].text).split())
    for line in (*damaged.text.split("\n"), *(piece.text for piece in damaged.furniture)):
        assert "".join(line.split()) in text


def test_choices_by_context_are_listed_with_links_to_their_places(damaged):
    reader, source = read(damaged)
    doubtful = [change for change in damaged.changes if not change.certain]
    assert doubtful
    assert [link for link in reader.links if link.startswith("#c")] == [
        f"#c{number}" for number in range(1, len(doubtful) + 1)
    ]
    assert f"Chosen by context: {len(doubtful):,}" in source
    assert "100.0%" not in source


def test_facts_counts_and_switches_stand_above_the_page(damaged):
    source = read(damaged)[1]
    assert "page.txt · utf-8 · 青禾县统计局 · 2013-01-25" in source
    assert all(f'id="{key}"' in source for key in "mdf")
    kinds = count_furniture(damaged)
    assert set(kinds["kind"]) == {"source", "editor"}
    assert kinds["lines"].sum() == len(damaged.furniture)


def test_joined_lines_are_one_paragraph_and_marks_of_html_are_text():
    page = read_page(WRAPPED.encode())
    source = read(page)[1]
    body = source.partition("<main>")[2]
    assert body.count("<p") == 1
    assert '<del class="page_break"' in body
    assert "↵- 1 -↵" in body
    assert "&lt;12亿元&gt;" in body


def test_a_page_without_a_change_says_so():
    assert "Nothing was changed." in read(read_page("全县工业增长6%。".encode()))[1]


def test_the_page_is_the_same_each_time(damaged):
    assert show_changes(damaged) == show_changes(damaged_page())
