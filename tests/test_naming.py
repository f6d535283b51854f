"""Naming: every row of the list does what its example says, and names mean what they should."""

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dz_analysis.lexicon import load_lexicon
from dz_analysis.naming import (
    ROLES,
    Naming,
    canonical,
    is_same,
    split_level,
    split_share,
    strip_count,
)

ROWS = load_lexicon("naming")
RULES = Naming.of(ROWS)
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['role']}-{row['word']}")


def read_example(rules: Naming, row) -> object:
    """Return what a row's example comes to: what its role is there for."""
    match row["role"]:
        case "count":
            return rules.strip_count(row["example"])
        case "level":
            return rules.split_level(row["example"])
        case _:
            return [rules.settle(row["example"], keep_share=keep) for keep in (True, False)]


@each_row
def test_a_row_reads_its_example_as_it_says(row):
    word, example = row["word"], row["example"]
    match row["role"]:
        case "sign" | "spelling" | "front" | "tail" | "share" | "alias":
            assert word in example
            assert is_same(example, [example.replace(word, row["canonical"])])
        case "share_of":
            part, whole = split_share(example)
            assert example.endswith(word) and part and whole and is_same(example, [part])
        case "whole":
            before, after = word.split("…")
            part, whole = split_share(example)
            assert example.startswith(f"{part}{before}{whole}{after}") and is_same(example, [part])
        case "verb":
            assert example.endswith(word)
            assert is_same(example, [word + example.removesuffix(word)])
        case "doer":
            assert word in example and not is_same(example, [f"出口{example.removesuffix('出口')}"])
        case "count":
            assert example.endswith(word)
            assert strip_count(example) == canonical(example.removesuffix(word))
            assert not is_same(example, [example.removesuffix(word)])
        case "level":
            assert split_level(example) == (row["canonical"], example.removeprefix(word))


@each_row
def test_without_a_row_its_example_is_read_otherwise(row):
    less = Naming.of(other for other in ROWS if other is not row)
    assert read_example(less, row) != read_example(RULES, row)


def test_the_list_is_sorted_and_every_role_is_used():
    keys = [(row["role"], row["word"]) for row in ROWS]
    assert all(one < other for one, other in pairwise(keys)), "by role, then by word; none twice"
    assert {row["role"] for row in ROWS} == set(ROLES)


@pytest.mark.parametrize("row", [row for row in ROWS if row["role"] in ("spelling", "alias")])
def test_what_a_row_leads_to_stays_as_it_is(row):
    for word in (row["word"], row["canonical"]):
        assert canonical(word, keep_share=True) == RULES.spell(row["canonical"])


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("GDP", "国内生产总值"),
        ("全县累计完成一般公共预算收入", "一般公共预算收入"),
        ("规模以上工业增加值增速", "规上工业增加值"),
        ("税收占比", "税收收入占一般公共预算收入的比重"),
        ("民间投资在固定资产投资中占比", "民间投资占比"),
        ("财政赤字占GDP比重", "赤字率"),
        ("城镇常住居民人均可支配收入", "城镇居民收入"),
        ("一产增加值", "第一产业增加值"),
        ("一般公共预算地方收入", "一般公共预算收入"),
        ("出口陶瓷", "陶瓷出口"),
        ("改造老旧小区", "老旧小区改造"),
        ("进出口货物", "货物进出口"),
        ("新增城镇就业", "城镇新增就业"),
        ("R&D经费投入强度", "研发经费投入强度"),
        ("全社会用电量", "用电量"),
        ("Ⅲ类水体", "ⅲ类水体"),
    ],
)
def test_names_that_mean_the_same(name, other):
    assert is_same(name, [other]) and is_same(other, [name])


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("市级一般公共预算收入", "一般公共预算收入"),
        ("市本级一般公共预算收入", "市级一般公共预算收入"),
        ("省级重点项目", "重点项目"),
        ("规上工业增加值", "工业增加值"),
        ("城镇居民人均可支配收入", "居民人均可支配收入"),
        ("新增城镇就业", "城镇就业"),
        ("年末结余", "结余"),
        ("人均地区生产总值", "地区生产总值"),
        ("外资企业出口", "出口外资企业"),
        ("居民消费价格指数", "居民消费价格指"),
        ("优良天数比例", "优良天数"),
        ("普通高中在校生占比", "普通高中"),
        ("共建园区", "建园区"),
        ("云溪县用电量", "用电量"),
        ("海洋生产总值", "地区生产总值"),
        ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("", ""),
        ("“”", ""),
    ],
)
def test_names_that_do_not(name, other):
    assert not is_same(name, [other]) and not is_same(other, [name])


@pytest.mark.parametrize(
    ("name", "others", "good"),
    [
        ("农村公路", ["新建农村公路"], True),
        ("新建农村公路", ["农村公路"], True),
        ("公路", ["新建农村公路"], False),
        ("全县公路", ["农村公路"], True),  # decoration doesn't count
        ("路", ["公路"], False),
        ("东盟进出口", ["对东盟进出口"], True),  # an act keeps its place here
        ("桥梁", ["公路", "桥梁"], True),
        ("桥梁", [], False),
        ("", ["公路"], False),
    ],
)
def test_leniently_one_may_hold_the_other(name, others, good):
    assert is_same(name, others, lenient=True) is good


def test_decoration_alone_is_a_name():
    assert canonical("全市") == "全市" and canonical("增速") == "增速"


def test_a_share_can_be_kept():
    assert canonical("全市服务业投资比重", keep_share=True) == "服务业投资比重"
    assert canonical("全市服务业投资比重") == "服务业投资"


def test_a_counting_word_goes_only_where_it_is_asked_for():
    assert canonical("全市改造危桥数量") == "改造危桥数量"
    assert strip_count("全市改造危桥数量") == "改造危桥"
    assert strip_count("桥梁") == "桥梁" and strip_count("户数") == "户数"


def test_a_level_is_the_longest_word_that_begins_the_name():
    assert split_level("省级以上重点项目")[0] == "省级以上"
    assert split_level("重点项目") == ("", "重点项目")


WORDS = [
    *(row["word"].replace("…", "") for row in ROWS),
    *(row["canonical"] for row in ROWS if row["canonical"]),
    *"县市级产投资额率数人一二三工业农民结余",
]
NAMES = st.lists(st.sampled_from(WORDS), max_size=7).map("".join)
ANY = NAMES | st.text(max_size=12)


@given(ANY, st.booleans())
def test_canonical_is_idempotent(name, keep):
    once = canonical(name, keep_share=keep)
    assert canonical(once, keep_share=keep) == once


@given(ANY, ANY, st.booleans())
def test_sameness_is_symmetric(one, other, lenient):
    assert is_same(one, [other], lenient=lenient) == is_same(other, [one], lenient=lenient)


@given(ANY, st.booleans())
def test_a_name_is_the_same_as_itself(name, lenient):
    assert is_same(name, [name], lenient=lenient) == bool(canonical(name))


@given(ANY, ANY)
def test_lenient_holds_wherever_strict_does(one, other):
    assert is_same(one, [other, one[:3]], lenient=True) >= is_same(one, [other, one[:3]])


WIDE = str.maketrans({char: chr(ord(char) + 0xFEE0) for char in string.printable[:94]})


@given(NAMES)
def test_case_and_width_make_no_difference(name):
    key = canonical(name)
    for variant in (name.upper(), name.lower(), name.translate(WIDE), f" {name}\u3000"):
        assert canonical(variant) == key


@given(NAMES, st.sampled_from(["“”", "‘’", "《》", "()", "（）", '""']), st.data())
def test_brackets_and_quotes_make_no_difference(name, pair, data):
    start = data.draw(st.integers(0, len(name)))
    end = data.draw(st.integers(start, len(name)))
    bracketed = f"{name[:start]}{pair[0]}{name[start:end]}{pair[1]}{name[end:]}"
    assert canonical(bracketed) == canonical(name)


@given(ANY)
def test_spelling_keeps_the_meaning_and_dropping_comes_to_rest(name):
    assert canonical(RULES.spell(name)) == canonical(name)
    assert canonical(strip_count(name), keep_share=True) == strip_count(name)


def test_nothing_is_settled_without_a_list():
    assert Naming.of(()).settle("全市 GDP增速") == "全市gdp增速"
    assert Naming.of(()).split_level("市级收入") == ("", "市级收入")
