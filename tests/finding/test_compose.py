"""Names put together from parts: every word does what its example says, and no two things merge."""

import csv
import re
from collections import Counter, defaultdict

import pytest

from dz_analysis import paths
from dz_analysis.finding import catalogue
from dz_analysis.finding.compose import HEADS, Part, Parts, listed_parts
from dz_analysis.finding.units import kind_of
from dz_analysis.lexicon import load_lexicon
from dz_analysis.naming import canonical, spell

ROWS = load_lexicon("indicator_parts")
LISTED = {row["id"]: row for row in load_lexicon("indicators")}
ARROW = " → "


def read(parts, name):
    """Return the id of a name that the catalogue does not list, with the words it is made of."""
    found = parts.split(canonical(name, keep_share=True, turn=False))
    return (found.id, {part.word for part in found.parts}) if found else ("", set())


def without(parts, word):
    """Return the parts without a word; a listed name that it stood before holds in its place."""
    rest = {key: part for key, part in parts.by_word.items() if key != word}
    listed = catalogue._index().get(word)
    if listed:
        rest[word] = Part(word, "indicator", listed["id"], listed["unit"], listed["group"])
    return Parts(rest, parts.lengths)


def test_every_word_is_in_its_example_which_is_read_as_it_says_and_needs_it():
    parts, wrong = catalogue._parts(), []
    for row in ROWS:
        name, _, expected = row["example"].partition(ARROW)
        found, words = read(parts, name)
        if found != expected or spell(row["word"]) not in words:
            wrong.append(f"{row['role']} {row['word']}: {name}{ARROW}{found}, not {expected}")
        elif read(without(parts, spell(row["word"])), name)[0] == found:
            wrong.append(f"{row['role']} {row['word']}: {name} is read as well without it")
    assert not wrong, "\n".join(wrong[:20])


def test_a_word_stands_in_one_role_and_has_one_id():
    words = Counter(spell(row["word"]) for row in ROWS)
    assert [word for word, count in words.items() if count > 1] == []


def test_an_id_has_one_role_one_unit_and_one_group():
    told = defaultdict(set)
    for row in ROWS:
        told[row["id"]].add((row["role"], row["unit"], row["kind"], row["group"], row["source"]))
    assert {key: values for key, values in told.items() if len(values) > 1} == {}


def test_an_id_of_the_catalogue_stands_only_for_further_names_of_it():
    """A thing may have the id of the indicator that counts it, with the same unit."""
    for row in ROWS:
        if row["id"] in LISTED:
            assert row["role"] in {"indicator", "thing"}, row["word"]
            same = {kind_of(row["unit"]), kind_of(LISTED[row["id"]]["unit"])}
            assert len(same) == 1, row["word"]
        else:
            assert row["role"] != "indicator", row["word"]


def test_ids_are_plain_words():
    for row in ROWS:
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", row["id"]), row["word"]


def test_heads_say_what_they_measure():
    groups = {row["group"] for row in LISTED.values()}
    for row in ROWS:
        if row["role"] in HEADS:
            assert row["kind"] in catalogue.KINDS, row["word"]
        assert row["group"] in groups | {""}, row["word"]


def test_the_words_are_sorted():
    file = paths.LEXICON / "indicator_parts.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [(row["role"].encode(), row["word"].encode()) for row in csv.DictReader(lines)]
    assert rows == sorted(rows)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("新建冷链物流园", "newly_built.cold_chain.logistics_parks"),
        ("全县新建冷链物流园区", "newly_built.cold_chain.logistics_parks"),
        ("水稻播种面积", "rice.sown_area"),
        ("规模以上医药制造业增加值", "above_scale.branch_pharmaceuticals.value_added"),
        ("机电产品出口", "export.electromechanical"),
        ("出口机电产品", "export.electromechanical"),
        ("农业项目开工", "start.agricultural.projects"),
        ("工业投资占比", "industrial_investment.share"),
        ("教育支出", "education_spending"),  # listed
        ("一般公共服务支出", "function_general_services.expenditure"),
        ("图书馆和博物馆", "libraries.museums"),
        ("家具类", "retail_furniture"),
        ("家具类零售额", "retail_furniture"),
        ("高速公路通车总里程", "expressway_mileage"),  # the words of 高速公路通车里程
        ("水泥", "cement.output_quantity"),
        ("科技成果转化", "convert.tech_achievements"),
        ("规上工业企业利润总额占比", "industrial_profit.share"),
    ],
)
def test_a_name_is_read_as_a_row_of_words(name, expected):
    assert catalogue.indicator_id(name) == expected


@pytest.mark.parametrize(
    ("name", "unit", "measure"),
    [
        ("项目", "个", "level"),  # which?
        ("新增企业名单", "家", "level"),  # a word that is not known
        ("开工项目企业", "元", "level"),  # counted, not paid
        ("产量", "吨", "level"),  # of what?
        ("小麦", "吨", "level"),  # harvested, sold, stored?
        ("股份制企业", "%", "growth"),  # their number, or their output?
        ("医药制造业", "%", "growth"),  # its value added, or investment in it?
        ("市级教育投入资金", "元", "level"),  # the money of one level of government
        ("云溪水库蓄水量", "立方米", "level"),
        ("占比", "%", "ratio"),
        ("县占比", "%", "ratio"),  # those that do what?
        ("建成面积", "平方米", "level"),
        ("县级城市新", "个", "level"),  # a name cut short
        ("卫生院", "张", "level"),  # its beds
        ("过境免签政策", "小时", "level"),
        ("普通初中", "人", "level"),  # its pupils
        ("接待人次总花费", "%", "growth"),  # two names run together
        ("转化科技成果技术合同成交额", "元", "level"),
        ("和", "个", "level"),
        ("", "", "level"),
    ],
)
def test_a_name_that_does_not_tell_what_is_measured_has_no_id(name, unit, measure):
    assert catalogue.indicator_id(name, unit=unit, measure=measure) == ""


# Each line holds names of which no two are the same thing.
APART = """
农村居民人均可支配收入 城镇居民人均可支配收入 居民人均可支配收入 脱贫地区农村居民人均可支配收入
农村人均住房面积 城镇人均住房面积
乡村消费品零售额 城镇消费品零售额 社会消费品零售总额 限额以上消费品零售额
工业增加值 工业总产值 规上工业增加值 规模工业产值 工业销售产值
第一产业增加值 第一产业投资 第一产业用电量 第一产业占比 第一产业从业人员
医药制造业增加值 医药制造业产值 医药制造业投资 医药制造业利润 医药制造业用电量 医药产业产值
一般公共预算收入 一般公共预算支出 一般公共预算总收入 政府性基金收入 政府性基金支出
国有资本经营预算收入 国有资本经营预算支出 社会保险基金收入 社会保险基金支出
教育支出 科学技术支出 社会保障和就业支出 卫生健康支出 一般公共服务支出
贷款余额 新增贷款 涉农贷款余额 普惠小微贷款余额 住户贷款 住户存款 非金融企业贷款 非金融企业存款
政府债务余额 政府债务限额 一般债务限额 专项债务限额 一般债务余额 专项债务余额 地方政府专项债券
新建幼儿园 改扩建幼儿园的学位 建成幼儿园 幼儿园 民办幼儿园 普惠性幼儿园 公办幼儿园学位
新建高标准农田面积 高标准农田投资 改造提升高标准农田面积
新建水库 建成水库 除险加固水库 水库库容 水库蓄水量
开工项目 竣工项目 续建项目 投产项目亩均税收 项目总投资 项目完成投资
省级重点实验室 国家级重点实验室 全国重点实验室 重点实验室 省级实验室
出口总额 进口总额 进出口总额 一般贸易出口 一般贸易进口 加工贸易出口 机电产品出口 机电产品进口
对东盟出口 对东盟进口 对东盟进出口 对欧盟进出口
小麦产量 小麦播种面积 小麦单产 玉米产量 玉米播种面积 夏粮产量 秋粮产量
生猪出栏 生猪存栏 肉牛出栏 肉牛存栏 猪肉产量 牛肉产量 羊肉产量
风电装机容量 光伏装机容量 水电装机容量 火电装机容量 风电发电量 光伏发电量 新能源装机容量
普通高中在校生 普通高中毕业生 普通高中招生 初中在校生 小学在校生 普通高中学校 中等职业教育在校生
公路货运量 铁路货运量 水路货运量 货运量 公路客运量 铁路客运量 客运量 公路货物周转量
机场旅客吞吐量 港口货物吞吐量 港口集装箱吞吐量 机场货邮吞吐量
4A级旅游景区 5A级旅游景区 A级旅游景区 3A级以上旅游景区 4A级以上旅游景区
国内游客 入境游客 过夜游客 接待游客 旅游总收入 旅游总花费
发明专利授权量 发明专利申请量 发明专利拥有量 高价值发明专利拥有量 专利授权量 专利申请量
医院床位 乡镇卫生院床位 养老床位 护理型床位 医院 乡镇卫生院 医院门诊量
失业保险参保人数 工伤保险参保人数 生育保险参保人数 基本医疗保险参保人数 基本养老保险参保人数
城镇职工基本养老保险参保人数 城乡居民基本养老保险参保人数
国控断面优良比例 省控断面优良比例 国控断面 近岸海域水质优良率
PM2.5浓度 PM10浓度 优良天数 优良天数比例
食品烟酒价格 衣着价格 居住价格 居民消费价格 工业生产者出厂价格
粮油、食品类零售额 饮料类零售额 烟酒类零售额 粮油、食品类价格
新增市场主体 市场主体 企业 新登记企业 个体工商户 私营企业
城镇新增就业 失业人员再就业 就业困难人员就业 农村劳动力转移就业 公益性岗位
出生人口 死亡人口 常住人口 户籍人口 城镇人口 60岁及以上人口 65岁及以上人口
城市污水处理率 农村生活污水治理率 生活垃圾无害化处理率 生活垃圾回收利用率
新增就业岗位 新增公益性岗位 城镇新增就业
""".strip()


@pytest.mark.parametrize("line", APART.splitlines())
def test_different_things_never_have_one_id(line):
    found = defaultdict(list)
    for name in line.split():
        found[catalogue.indicator_id(name)].append(name)
    found.pop("", None)
    assert {key: names for key, names in found.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    "names",
    [
        ("机电产品出口", "出口机电产品"),
        ("规上工业企业利润", "规模以上工业企业利润"),
        ("农业项目开工", "开工农业项目"),
        ("新建改建农村学校", "新建、改建农村学校"),
        ("国家重点实验室", "国家级重点实验室"),
        ("肉牛出栏", "出栏肉牛"),
        ("新建冷链物流园", "新建冷链物流园区"),
        ("国家重点实验室", "国家重点实验室数量"),
        ("水泥", "水泥产量"),
        ("城镇职工基本医疗保险参保人数", "职工医保参保人数"),
    ],
)
def test_wordings_of_one_thing_have_one_id(names):
    ids = {catalogue.indicator_id(name) for name in names}
    assert len(ids) == 1


def test_listed_parts_are_spelled_as_names_are_compared():
    assert all(part.word == spell(part.word) for part in listed_parts())
