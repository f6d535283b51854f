"""The command in Chinese: help, tables, errors with their cure, and what decides the language."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from test_notebooks_in_chinese import find_english
from typer.testing import CliRunner

from dz_analysis import paths
from dz_analysis.cli import app
from dz_analysis.commands.speaking import take_language
from dz_analysis.corpus import load_corpus
from dz_analysis.language import speak
from dz_analysis.language.messages import read_catalogue
from dz_analysis.manifest import GENRES, MANIFEST_COLUMNS, read_manifest
from dz_analysis.parameters.values import check_value
from dz_analysis.query import ask_tables
from dz_analysis.reading import PageError, read_page
from dz_analysis.review import read_corrections
from dz_analysis.sharding import say_cure
from dz_analysis.suite import read_settings
from dz_analysis.suite.sweep import read_sweep

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
PAGE = "某县2019年国民经济和社会发展统计公报\n2019年，全县地区生产总值256.8亿元，比上年增长6.1%。\n"
# Words that a terminal shows as they are typed: names of files, options, formats, programs.
TYPED = re.compile(
    r"--?[a-z][\w-]*|<[^>]*>|\[[^\]]*\]|\{[^}]*\}|'[^']*'|\b\w+\.\w+\b|\S*/\S*|[A-Z_]{2,}"
)
NAMED = frozenset(
    re.findall(
        r"\S+",
        """
    root Word Excel LaTeX Stata Parquet Dask JSON SQL DuckDB SELECT TOML WPS JupyterLab RO Crate
    corrections reader reason quote field start document date was is row right region from
    file id by place year numbers only corpus runs csv dta docx xlsx tex html mht txt pdf zip
    md en zh doctor ingest extract repair draft run new verify add lab all why python Python
    pip OCR packages read utf dz sha files question archive rar Duck name growth level
""",
    )
)


def english_of(text: str) -> list[str]:
    """Return the English of what a terminal shows, without what is typed so."""
    return [word for word in find_english(TYPED.sub(" ", text)) if word not in NAMED]


def run(*words: str) -> str:
    """Return what the command says in Chinese."""
    done = CliRunner().invoke(app, ["--lang", "zh", *words], env={"COLUMNS": "200"})
    return done.output + str(done.exception or "")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_a_help_is_chinese(command: str) -> None:
    text = run(*filter(None, [command]), "--help")
    assert "用法：" in text and "显示本说明。" in text
    lines = [line for line in text.splitlines() if "用法：" not in line]
    bare = [re.sub(r"^│ \s*[\w-]+ ", " ", line) for line in lines]
    assert not english_of("\n".join(bare))


def test_every_help_is_in_the_catalogue() -> None:
    known = read_catalogue("zh")
    tree = typer.main.get_command(app)
    commands = [tree, *tree.commands.values()]  # type: ignore[attr-defined]
    helps = [inspect.cleandoc(one.help or "") for one in commands]
    helps += [getattr(each, "help", None) or "" for one in commands for each in one.params]
    missing = [text for text in helps if text and known.get(text) is None]
    assert not missing


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "用法："),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": ""}, "用法："),
        ({"LANG": "zh_CN.UTF-8", "DZ_LANG": "en"}, "Usage:"),
        ({"LANG": "de_DE.UTF-8", "DZ_LANG": "zh"}, "用法："),
        ({"LANG": "C", "LC_ALL": ""}, "Usage:"),
    ],
)
def test_the_locale_decides_unless_dz_lang_does(settings, shown, monkeypatch) -> None:
    for name in ("DZ_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert shown in CliRunner().invoke(app, ["run", "--help"]).output


def test_lang_may_stand_behind_the_command() -> None:
    assert take_language(["run", "a", "--lang=zh"]) == ("zh", ["run", "a"])
    assert "用法：" in CliRunner().invoke(app, ["run", "--help", "--lang", "zh"]).output
    refused = CliRunner().invoke(app, ["--lang", "fr", "doctor"]).exception
    assert "'fr'; expected one of en, zh" in str(refused)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "--bogus"], "没有选项--bogus。"),
        (["run", "--jobs", "x"], "取值不在允许范围内"),
        (["table"], "缺少"),
        (["nothing"], "dz 不能识别该命令行"),
    ],
)
def test_an_error_of_usage_is_chinese(words, told) -> None:
    text = run(*words)
    assert told in text
    assert not english_of("\n".join(text.splitlines()[2:]).replace("dz ", ""))


@pytest.fixture
def corpus(home: Path) -> Path:
    """Return the folder of a corpus with one page, not measured."""
    folder = home / "data" / "mine"
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_text(PAGE, encoding="utf-8")
    (folder / "documents.csv").write_text("id,file\na,a.txt\n", encoding="utf-8")
    return folder


def errors_of(folder: Path) -> Iterator[tuple[str, object]]:
    """Yield what of each kind must be refused."""
    manifest = folder / "documents.csv"

    def refuse(text: str) -> object:
        manifest.write_text(text, encoding="utf-8")
        return read_manifest(manifest)

    yield "manifest", lambda: refuse("id,file,genre\na,a.txt,novel\n")
    yield "manifest", lambda: refuse("id,file,published\na,a.txt,soon\n")
    yield "manifest", lambda: refuse("id,file\na,a.txt\na,b.txt\n")
    yield "manifest", lambda: refuse("id,flie\na,a.txt\n")
    yield "corpus", lambda: load_corpus("nowhere")
    yield "corpus", lambda: load_corpus("no/name")
    yield "parameter", lambda: read_settings(["tpo=3"])
    yield "parameter", lambda: read_settings(["top"])
    yield "parameter", lambda: read_settings(["top=many"])
    yield "sweep", lambda: read_sweep(folder / "sweep.toml")


def test_an_error_of_each_kind_is_chinese(corpus: Path) -> None:
    (corpus / "sweep.toml").write_text("runs = 3\n", encoding="utf-8")
    for kind, refuse in errors_of(corpus):
        with speak("zh"), pytest.raises((ValueError, FileNotFoundError)) as told:
            refuse()  # type: ignore[operator]
        text = str(told.value)
        assert re.search("[\u4e00-\u9fff]", text), f"{kind}: {text}"
        told_names = "|".join(
            map(
                re.escape,
                (str(corpus), str(corpus.parent), *filter(None, GENRES), *MANIFEST_COLUMNS),
            )
        )
        assert not english_of(re.sub(told_names, "", text)), f"{kind}: {text}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "该文件为空"),
        (b"Rar!\x1a\x07\x00", "rar 压缩包"),
        (b"\x89PNG\r\n", "请先做文字识别"),
        (b"%PDF-1.4\n%%EOF", "pdf"),
    ],
)
def test_a_page_is_refused_in_chinese(content: bytes, told: str) -> None:
    with speak("zh"), pytest.raises(PageError, match=told) as refused:
        read_page(content, name="a")
    assert not english_of(str(refused.value))


def test_a_line_of_corrections_is_refused_in_chinese(corpus: Path) -> None:
    head = "document,start,quote,field,was,is,reason,reader,date"
    lines = f"{head}\na,x,8亿元,value,8,9,,,\na,3,8亿元,valeu,8,9,,,\na,3,,value,8,9,,,\n"
    (corpus / "corrections.csv").write_text(lines, encoding="utf-8")
    with speak("zh"):
        bad = [str(one) for one in read_corrections(corpus).bad]
    assert len(bad) == 3
    assert not [words for one in bad if (words := english_of(one))]


def test_what_the_system_refuses_is_told_in_chinese() -> None:
    with speak("zh"):
        assert say_cure(OSError(28, "No space left on device")) == "磁盘已满：请腾出空间"


def test_a_corpus_is_examined_in_chinese(corpus: Path) -> None:
    (corpus / "texts" / "b.txt").write_text(PAGE, encoding="utf-8")
    text = run("doctor", "mine")
    assert "需要查看" in text and "→ 请" in text
    assert not english_of(text.replace("mine", ""))


def test_rows_are_printed_under_chinese_heads(tmp_path: Path) -> None:
    file = tmp_path / "某县.txt"
    file.write_text(PAGE, encoding="utf-8")
    text = run("extract", str(file))
    assert "指标" in text and "比上年" not in text.splitlines()[1]
    assert "observation" not in text and "measure" not in text


def test_a_question_keeps_the_names_of_columns(corpus: Path) -> None:
    assert paths.is_plain_name(corpus.name)
    with speak("zh"), pytest.raises(FileNotFoundError, match="请先运行 dz ingest mine"):
        ask_tables(load_corpus("mine"), "select 1")


def test_a_value_is_refused_in_chinese() -> None:
    from dz_analysis.parameters.schema import parse_parameter

    with speak("zh"), pytest.raises(ValueError, match=r"应在1至500之间"):
        check_value(parse_parameter("top: int = 5  # words; 1 to 500"), 900)
