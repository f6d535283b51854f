"""Slogans counted as strings: variants, nesting, and counts equal to a plain search."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dz_analysis import lexicon
from dz_analysis.counting import words
from dz_analysis.counting.slogans import count_slogans, find_slogans
from dz_analysis.reading.page import Paragraph
from dz_analysis.tables import check_table

CHAIN = ["发展", "高质量发展", "推动高质量发展"]
ROWS = lexicon.load_lexicon("slogans")


def whole(text):
    return [Paragraph(1, 0, len(text))]


def counts_of(text, **options):
    table = count_slogans(text, whole(text), **options)
    return dict(zip(table["slogan"], table["count"], strict=True))


def test_the_lexicon_is_large_and_each_entry_has_kind_and_meaning():
    assert len(ROWS) >= 800
    assert len({row["slogan"] for row in ROWS}) == len(ROWS)
    assert all(row["kind"] and row["meaning"] for row in ROWS)


def test_facts_agree_with_one_another():
    for row in ROWS:
        assert row["origin"] in ("general", "local"), row
        said = row["scope"] != "unseen"
        named = ("first_year", "first_level", "first_document", "documents", "places")
        facts = [row[name] for name in named]
        assert all(facts) if said else not any(facts), row
        if said:
            assert int(row["places"]) <= int(row["documents"]), row
            assert (row["scope"] == "local") <= (row["places"] == "1"), row
            first = words.split_cell(row["first_document"])
            assert first == tuple(sorted(set(first))), row
            assert {document[-4:] for document in first} == {row["first_year"]}, row
            assert len(first) <= int(row["documents"]), row


def test_a_slogan_that_no_report_says_is_an_exception():
    assert sum(row["scope"] == "unseen" for row in ROWS) <= 9


def test_no_form_stands_under_two_slogans():
    written = [f for r in ROWS for f in (r["slogan"], *words.split_cell(r["variants"]))]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["slogan"])
def test_entry_and_example_agree(row):
    assert counts_of(row["example"], discover=False).get(row["slogan"], 0) >= 1


def test_variants_count_as_their_slogan():
    assert counts_of("狠抓招商引资和招才引智，双招双引见效") == {"双招双引": 2}


def test_quotes_round_a_slogan_change_nothing():
    assert counts_of("“双招双引”持续发力") == {"双招双引": 1}


def test_the_longest_counts_by_default_and_all_on_demand():
    text = "推动高质量发展，高质量发展是主题，发展是要务"
    assert counts_of(text, slogans=CHAIN) == dict.fromkeys(CHAIN, 1)
    assert counts_of(text, slogans=CHAIN, nested="all") == {
        "发展": 3,
        "高质量发展": 2,
        "推动高质量发展": 1,
    }


def test_a_short_variant_inside_its_own_long_one_is_one_mention():
    assert counts_of("以亩产论英雄", nested="all", discover=False) == {"亩均论英雄": 1}


def test_unlisted_coinages_carry_their_form():
    text = "坚持“两区一谷”布局，打造“快易办”品牌，建立“1+3+N”体系"
    table = count_slogans(text, whole(text)).set_index("slogan")["form"]
    assert dict(table) == {"1+3+N": "numeric", "两区一谷": "numeric", "快易办": "quoted"}
    assert counts_of(text, discover=False) == {}


def test_counts_stand_with_their_paragraph():
    text = "双招双引\n双招双引，双招双引"
    table = count_slogans(text, [Paragraph(1, 0, 4), Paragraph(2, 5, len(text))])
    assert list(table["count"]) == [1, 2]
    assert not check_table(table.assign(document="a"), "slogans").empty


def test_an_unknown_nesting_is_refused():
    with pytest.raises(ValueError, match="expected 'longest' or 'all'"):
        find_slogans("发展", nested="each")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*CHAIN, "推动", "质量", "，"]), max_size=12).map("".join))
def test_nested_counts_equal_a_plain_search_and_longest_never_exceed_them(text):
    every = counts_of(text, slogans=CHAIN, nested="all", discover=False)
    longest = counts_of(text, slogans=CHAIN, discover=False)
    for slogan in CHAIN:
        assert every.get(slogan, 0) == text.count(slogan)
        assert longest.get(slogan, 0) <= text.count(slogan)


@pytest.mark.pages
def test_every_listed_slogan_counts_in_the_pages_as_a_plain_search_does(page_texts):
    """A plain search finds no more without quotes and no less with them, but for short ones."""
    for name, text in page_texts.items():
        every = counts_of(text, discover=False, nested="all")
        longest = counts_of(text, discover=False)
        for row in ROWS:
            forms = {row["slogan"], *words.split_cell(row["variants"])}
            found = every.get(row["slogan"], 0)
            assert longest.get(row["slogan"], 0) <= found, (name, row)
            assert found <= _search(_unquote(text), set(map(_unquote, forms))), (name, row)
            if min(map(len, forms)) > 3 and not row["slogan"].isdigit():
                assert found >= _search(text, forms), (name, row)


def _search(text, forms):
    outer = [f for f in forms if not any(f != g and f in g for g in forms if g in text)]
    return sum(text.count(form) for form in outer)


def _unquote(text):
    return re.sub("[“”‘’ ]", "", text)


@pytest.mark.pages
def test_the_named_slogans_count_as_bare_strings(page_texts):
    for text in page_texts.values():
        counted = counts_of(text, discover=False)
        for slogan in ("双招双引", "保姆式帮办"):
            assert counted.get(slogan, 0) == text.count(slogan)


@pytest.mark.parametrize(
    "text",
    [
        "构建“1+4+N”体系",
        "构建“1＋4＋N”体系",
        "构建 1 + 4 + N 体系",
        "构建“1”+“4”+“N”体系",
        "构建‘1+4+n’体系",
        "构建＂1+4+N＂体系",
        "构建「1＋4＋N」体系",
        "构建【1+4+N】体系",
        "构建“ 1+4+N ”体系",
    ],
)
def test_a_listed_sum_is_found_however_it_is_typed(text):
    found = find_slogans(text, slogans=["1+4+N"], discover=False)
    assert [s.slogan for s in found] == ["1+4+N"]
    assert found[0].written == text[found[0].start : found[0].end]


@pytest.mark.parametrize(
    ("text", "slogan"),
    [
        ("让群众最多跑1次", "最多跑一次"),
        ("深化“放、管、服”改革", "放管服"),
        ("深化“放”“管”“服”改革", "放管服"),
        ("落实＂放管服＂要求", "放管服"),
        ("推进《放管服》改革", "放管服"),
        ("突出“ 双招双引 ”", "双招双引"),
        ("突出双 招 双 引", "双招双引"),
        ("突出“双招、双引”", "双招双引"),
        ("全面实现两不愁、三保障", "两不愁三保障"),
        ("开展不忘初心，牢记使命教育", "不忘初心、牢记使命"),
        ("用好“互联网＋监管”", "互联网+监管"),
        ("新增‘四上’企业", "四上企业"),
    ],
)
def test_a_listed_slogan_is_found_however_it_is_typed(text, slogan):
    assert counts_of(text, discover=False) == {slogan: 1}


@pytest.mark.parametrize(
    "text",
    [
        "购买六保险种",
        "生产双碳酸饮料",
        "建成三公里内便民圈",
        "三、农业农村",
        "四、风险防控",
        "建设第三公司",
        "发展乡村，振兴产业",
        "推进“服务三”“农业强”",
    ],
)
def test_a_piece_of_words_numbers_or_lists_is_no_slogan(text):
    assert counts_of(text, discover=False) == {}


@pytest.mark.parametrize(
    "text", ["拨打12345", "共1345人", "完成1.345亿元", "345.6万元", "3450户", "345户"]
)
def test_digits_of_a_longer_number_are_no_slogan(text):
    assert find_slogans(text, slogans=["345"], discover=False) == ()
    assert counts_of(f"推行“345”模式，{text}。") == {}  # digits alone are no coinage
    assert [s.start for s in find_slogans(f"推行345模式，{text}", slogans=["345"])] == [2]
