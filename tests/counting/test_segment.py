"""Words of a text: whole numbers, whole coinages, the same words from rjieba and jieba."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dz_analysis.counting import words
from dz_analysis.counting.segment import cut_words, is_word, segment

SAMPLES = [
    "临江县新签约项目57个，总投资12.8亿元，同比增长21.1%，位列全省第34位。",
    "1-6月份，PM2.5平均浓度改善8.7%，受理12345热线转办事项4.1万件。",
    "打造“3+2”产业体系，推行“1+1+N”保姆式帮办，实现双招双引新突破！",
    "三百余亩土地、两个百分点、十余家企业；2021年5月14日开工。",
    "全面统一个人信息，落实一批项目，第一书记到村。",
    "生产负压车6000台/套，AA+评级，220KV线路与G513连通。",
]
SIGNS = "项目建设双招引高质量发展一二三个亿元的和1.5%-+AN，。“”\n 𬭎㐀"


def texts_of(tokens):
    return [token.text for token in tokens]


@pytest.mark.parametrize("text", SAMPLES)
def test_tokens_cover_the_text_without_gaps(text):
    tokens = segment(text)
    assert "".join(texts_of(tokens)) == text
    assert all(text[t.start : t.end] == t.text for t in tokens)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("总投资12.8亿元", "12.8亿元"),
        ("增长21.1%", "21.1%"),
        ("投入1,256.8万元", "1,256.8万元"),
        ("投入3000余万元", "3000余万元"),
        ("列第34位", "第34位"),
        ("提升2.84个百分点", "2.84个百分点"),
        ("腾空净地三百余亩", "三百余亩"),
        ("1-6月份完成", "1-6月份"),
        ("构建“3+2”产业体系", "3+2"),
        ("推行“1+1+N”责任制", "1+1+N"),
        ("改善PM2.5浓度", "PM2.5"),
        ("推行保姆式帮办", "保姆式帮办"),
        ("办结12345热线事项", "12345热线"),
    ],
)
def test_numbers_and_coinages_stay_whole(text, whole):
    assert whole in texts_of(segment(text))


def test_a_listed_word_does_not_cut_a_longer_number():
    assert "12345热线" not in texts_of(segment("8312345热线"))


def test_a_numeral_inside_a_word_is_no_number():
    assert "一个" not in texts_of(segment("全面统一个人信息"))


def test_coinages_given_are_kept_whole():
    assert "云朵管家" not in texts_of(segment("推出云朵管家服务"))
    assert "云朵管家" in texts_of(segment("推出云朵管家服务", coinages=["云朵管家"]))


def test_a_stray_mark_in_a_dirty_text_is_kept():
    text = "推进\x1f双招双引\x1f工作"
    assert "".join(texts_of(segment(text))) == text


@pytest.mark.parametrize("text", SAMPLES)
def test_rjieba_gives_the_words_of_jieba(text):
    assert texts_of(segment(text)) == texts_of(segment(text, engine="jieba"))


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="项目建设双招引高质量发展一二三个亿元的和1.5%-+AN，。“”\n 𬭎㐀", max_size=40)
)
def test_any_string_is_covered_and_both_engines_agree(text):
    words_found = cut_words(text)
    assert "".join(word for word, _ in words_found) == text
    assert [w for w, _ in words_found] == [w for w, _ in cut_words(text, engine="jieba")]


def test_every_listed_word_stays_whole_by_itself():
    listed = sorted({**words.user_words(), **words.coinages()})
    split = [word for word in listed if word not in texts_of(segment(f"，{word}。"))]
    assert split == []


def test_numbers_quantities_and_marks_are_no_words():
    kept = [t.text for t in segment("开工项目57个，总投资12.8亿元。") if is_word(t.text, t.pos)]
    assert kept == ["开工", "项目", "总投资"]


@pytest.mark.parametrize("text", SAMPLES)
def test_the_second_segmenter_covers_the_text_and_keeps_numbers_and_coinages(text):
    tokens = segment(text, engine="lac")
    assert "".join(texts_of(tokens)) == text
    assert [t for t in tokens if t.pos == "m" and t.text[0] in "0123456789"] == [
        t for t in segment(text) if t.pos == "m" and t.text[0] in "0123456789"
    ]


def test_an_unknown_engine_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="expected one of rjieba"):
        segment("项目", engine="thulac")


def test_nothing_is_written_to_stderr_or_to_a_shared_cache(capfd, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    segment("营商环境", engine="jieba")
    assert capfd.readouterr().err == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.pages
def test_rjieba_and_jieba_agree_on_every_token_of_the_pages(page_texts):
    for name, text in page_texts.items():
        assert texts_of(segment(text)) == texts_of(segment(text, engine="jieba")), name
