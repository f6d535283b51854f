"""What strangers may hand in: each input of `cases/hostile.toml` gets what it must."""

import base64
import csv
import io
import os
import re
import shutil
import subprocess
import time
from html.parser import HTMLParser

import openpyxl
import pandas as pd
import pytest
from hostile_files import CASES, WORDS, build
from nbconvert.filters import markdown2html
from nbformat.v4 import new_output
from suite_notebooks import make_notebook, stream, write

from dz_analysis import paths
from dz_analysis.commands import terminal
from dz_analysis.corpus import create_corpus, load_corpus
from dz_analysis.draft import draft_manifest
from dz_analysis.finding import find_observations, tag_document
from dz_analysis.harmless import (
    escape_markdown,
    quote_formulas,
    read_markdown,
    show_controls,
)
from dz_analysis.hashes import hash_bytes
from dz_analysis.ingest import ingest, measure_corpus
from dz_analysis.manifest import Document, read_manifest, write_manifest
from dz_analysis.publishing import lay_out, render_table
from dz_analysis.reading import PageError, read_page
from dz_analysis.showing import Caption, plot_ranked_bars, save_figure, save_table
from dz_analysis.showing.figure_spec import render_png
from dz_analysis.suite import export_html
from dz_analysis.suite.normal import fill_answer

SECONDS = 20  # of processor time that an input may take: a page of its size takes more
TEXTS = [case["text"] for case in CASES["cell"]] + [case["text"] for case in CASES["payload"]]
HIT = "RAN"  # what a payload that runs makes the page's title


@pytest.mark.parametrize("case", CASES["file"], ids=lambda case: case["id"])
@pytest.mark.filterwarnings("ignore")
def test_a_hostile_file_gets_what_it_must(case):
    content = build(case)
    begun = time.process_time()
    try:
        page = read_page(content, name="page")
    except PageError as error:
        told = str(error)
        assert case.get("gets", "no error") in told
        assert told.startswith("Found") and "xpected" in told
    else:
        assert case.get("read", "an error") in page.text
        context = tag_document(page.text, document="page")
        find_observations(page.text, context=context, paragraphs=page.paragraphs)
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    "name", [n for c in CASES["name"] if c["what"] == "corpus" for n in c["values"]]
)
def test_a_corpus_is_a_folder_under_data(home, tmp_path, name):
    page = tmp_path / "page.txt"
    page.write_text(WORDS, encoding="utf-8")
    before = sorted(home.rglob("*"))
    for way in (load_corpus, paths.figures_dir, paths.build_dir, paths.tables_dir):
        with pytest.raises(ValueError, match="can't name a corpus"):
            way(name)
    with pytest.raises(ValueError, match="can't name a corpus"):
        create_corpus(name, [page])
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "taken"),
    [(n, c.get("taken", False)) for c in CASES["name"] if c["what"] == "file" for n in c["values"]],
)
def test_a_page_lies_in_the_folder_of_texts(tmp_path, name, taken):
    manifest = tmp_path / "documents.csv"
    write_manifest([Document("a", name)], manifest)
    if taken:
        assert read_manifest(manifest)[0].file == name
    else:
        with pytest.raises(ValueError, match=r"line 2: file .*(?:write its name|strike it)"):
            read_manifest(manifest)


@pytest.fixture
def corpus(home):
    """Return a corpus of one sound page."""
    folder = home / "data" / "mine" / "texts"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(f"云溪县2019年统计公报\n{WORDS}", encoding="utf-8")
    write_manifest([Document("a", "a.txt")], folder.parent / "documents.csv")
    return load_corpus("mine")


def reasons(corpus):
    return [one.reason for one in measure_corpus(corpus).set_aside]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_corpus_is_not_followed(corpus, tmp_path):
    outside = tmp_path / "secret.txt"
    outside.write_text(f"云溪县2019年统计公报\n{WORDS}", encoding="utf-8")
    page = corpus.texts / "a.txt"
    page.rename(corpus.texts / "b.txt")
    page.symlink_to("b.txt")
    assert reasons(corpus) == []
    page.unlink()
    page.symlink_to(outside)
    (reason,) = reasons(corpus)
    assert "a link that leads out of the folder of texts (a.txt)" in reason
    assert draft_manifest("mine").unread[0].reason == reason
    with pytest.raises(PageError, match="a link that leads out"):
        corpus.articles()


@pytest.mark.skipif(os.name == "nt", reason="no such devices there")
def test_a_device_or_a_pipe_is_no_page(corpus, tmp_path):
    (corpus.texts / "a.txt").unlink()
    os.mkfifo(corpus.texts / "a.txt")
    (reason,) = reasons(corpus)
    assert "no plain file at a.txt" in reason
    with pytest.raises(PageError, match="no plain file at null"):
        read_page("/dev/null")


def test_a_page_is_the_one_that_the_manifest_has_the_hash_of(corpus):
    page = corpus.texts / "a.txt"
    manifest = corpus.folder / "documents.csv"
    write_manifest([Document("a", "a.txt", sha256=hash_bytes(page.read_bytes()))], manifest)
    assert reasons(load_corpus("mine")) == []
    page.write_text("云溪县2019年统计公报\n全县税收9.6亿元。", encoding="utf-8")
    (reason,) = reasons(load_corpus("mine"))
    assert "another page than the manifest lists" in reason and "`dz draft`" in reason
    draft_manifest("mine")
    assert reasons(load_corpus("mine")) == []


@pytest.mark.parametrize("case", [c for c in CASES["cell"] if "csv" in c], ids=lambda c: c["text"])
def test_a_text_is_no_formula_in_a_spreadsheet(case):
    frame = pd.DataFrame({"name": [case["text"]], "value": [-3.5]})
    quoted = quote_formulas(frame)
    assert quoted["name"].tolist() == [case["csv"]] and quoted["value"].tolist() == [-3.5]
    book = openpyxl.load_workbook(io.BytesIO(render_table(lay_out(frame), "xlsx")))
    name, value = book["table"][2]
    assert name.data_type == "s" and value.data_type == "n" and value.value == -3.5
    assert name.value.replace("_x000D_", "\r") == case["text"]
    assert name.quotePrefix is (case["csv"] != case["text"]) or case["csv"] == case["text"]


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_steers_a_terminal(text, capsys):
    shown = show_controls(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    terminal.out.file = io.StringIO()
    terminal.print_frame(pd.DataFrame({text: [text]}), title=text)
    terminal.out.print(text, markup=False)
    assert "\x1b" not in terminal.out.file.getvalue() and "\x9b" not in terminal.out.file.getvalue()
    terminal.out.file = None


@pytest.mark.parametrize("case", [c for c in CASES["cell"] if "terminal" in c])
def test_controls_are_shown_as_their_escapes(case):
    assert show_controls(case["text"]) == case["terminal"]


class Elements(HTMLParser):
    """Collect the tags and attributes of a page; `own` are the site's own scripts and fields."""

    def __init__(self, text, own=()):
        super().__init__()
        self.own, self.tags, self.attributes = own, set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.attributes += attrs
        held = dict(attrs)
        if tag == "script" and re.fullmatch(r"(?:assets|data)/[\w-]+\.js", held.get("src") or ""):
            tag = "own script" if "script" in self.own and held.get("nonce") else tag
        if tag == "link" and held == {"rel": "stylesheet", "href": "assets/font.css"}:
            tag = "own style sheet"
        if (
            tag in ("form", "input")
            and tag in self.own
            and not {"action", "formaction"} & set(held)
        ):
            tag = f"own {tag}"
        self.tags.add(tag)

    @property
    def armed(self):
        """What could run, load or send."""
        kept = {"script", "iframe", "object", "embed", "base", "form", "input", "link", "svg"}
        handlers = [pair for pair in self.attributes if pair[0].startswith("on")]
        links = [pair for pair in self.attributes if re.match(r"\s*javascript:", pair[1] or "")]
        outside = [p for p in self.attributes if re.match(r"\s*(?:https?:)?//", p[1] or "")]
        return [*sorted(self.tags & kept), *handlers, *links, *outside]


@pytest.mark.parametrize("text", TEXTS)
def test_an_answer_in_markdown_is_shown_as_it_is(text):
    line = " ".join(text.split())
    assert read_markdown(escape_markdown(line)) == line
    found = Elements(markdown2html(f"**Answer.** {escape_markdown(line)}"))
    assert found.tags == {"p", "strong"} and not found.attributes


def payloads(where):
    return [case["text"] for case in CASES["payload"] if case["where"] == where]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the pages of a site made of a hostile corpus."""
    home = tmp_path_factory.mktemp("project")
    (home / "notebooks").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DZ_HOME", str(home))
        patch.delenv("DZ_FIGURES", raising=False)
        return make_site(home)


def make_site(home):
    """Make a site of every payload: measured from pages, drawn, printed, and written by a cell."""
    texts = home / "data" / "made" / "texts"
    texts.mkdir(parents=True)
    rows = []
    columns = [payloads(name) for name in ("region", "title", "publisher")]
    for at, (region, title, publisher) in enumerate(zip(*columns, strict=True)):
        name = payloads("file")[0] if os.name != "nt" and not at else f"{at}.txt"
        (texts / name).write_text(payloads("text")[0] + WORDS, encoding="utf-8")
        rows.append(Document(f"d{at}", name, title=title, region=region, publisher=publisher))
    write_manifest(rows, texts.parent / "documents.csv")
    made = ingest(load_corpus("made")).tables
    assert set(made["documents"]["region"]) == set(payloads("region"))
    (title,) = payloads("figure")
    numbers = pd.DataFrame({"region": payloads("region"), "value": [2.0, 1.0]})
    numbers["told"] = ["=HYPERLINK(A1)", "@SUM(A1)"]
    figure = plot_ranked_bars(
        numbers, label="region", value="value", caption=Caption(title, title, "2", title)
    )
    run = {"corpus": "made", "notebook": "01_made", "parameters": {}}
    save_figure(figure, "01_made", numbers, **run)
    save_table(numbers, "01_table", title=payloads("title")[0], note=title, **run)
    notebook = make_notebook("x", "print('answer')", header="# Who?")
    kinds = {"html": "text/html", "svg": "image/svg+xml", "javascript": "application/javascript"}
    shown = [{"text/html": frame.to_html()} for frame in made.values()]
    shown += [{kinds[name]: text} for name in kinds for text in payloads(name)]
    shown.append({"text/markdown": payloads("answer")[0], "text/plain": payloads("html")[0]})
    outputs = [new_output("display_data", data=data) for data in shown]
    picture = base64.b64encode(render_png(figure)).decode()
    alt = {"image/png": {"alt": payloads("alt")[0]}}
    outputs.append(new_output("display_data", data={"image/png": picture}, metadata=alt))
    notebook.cells[2].outputs = [*outputs, *map(stream, payloads("stdout"))]
    notebook.cells[3].outputs = [stream("\n".join(payloads("answer")))]
    folder = home / "build" / "made"
    folder.mkdir(parents=True)
    write(folder, "01_made", fill_answer(notebook))
    written = export_html("made", out=folder)
    return [*written, *sorted((folder / "figures").rglob("*.html"))]


VIEWS = ("numbers.html", "words.html")


def test_no_page_of_the_site_holds_what_runs_loads_or_sends(site):
    assert len(CASES["payload"]) >= 20 and len(site) == 3
    views = [site[0], *(site[0].with_name(name) for name in VIEWS)]
    for file in [*site, *views[1:]]:
        text = file.read_text(encoding="utf-8")
        own = ("script", "form", "input") if file in views else ()
        assert Elements(text, own).armed == [], file.name
        assert 'http-equiv="Content-Security-Policy"' in text
        assert "unsafe-eval" not in text and "script-src 'unsafe" not in text
    index = site[0].read_text(encoding="utf-8")
    assert "[某县](javascript:document.title=" in index  # the words are there, as words
    drawn = (site[2].parent / "01_made.svg").read_text(encoding="utf-8")
    assert "<script" not in drawn


def test_the_data_of_the_views_is_data(site):
    files = sorted((site[0].parent / "data").glob("*.js"))
    held = "".join(file.read_text(encoding="utf-8") for file in files)
    assert {"rows.js", "site.js", "text-00001.js", "words.js"} <= {file.name for file in files}
    assert "\\u003cscript\\u003edocument.title='RAN'" in held
    assert not re.search("[<>&\u2028\u2029]", held)


@pytest.fixture(scope="module")
def browser():
    """Return the command of a headless Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), "")
    if not found:
        pytest.skip("no Chromium on this machine: pages are read, but not opened")
    return [found, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"]


def opened(browser, file, folder):
    """Return what a browser makes of a page once its scripts ran, and what it asked for."""
    log = folder / "net.json"
    command = [*browser, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}"]
    done = subprocess.run(
        [*command, "--dump-dom", file.as_uri()], check=True, capture_output=True, timeout=240
    )
    return done.stdout.decode(), log.read_text(encoding="utf-8", errors="replace")


@pytest.mark.browser
def test_none_of_the_payloads_runs_in_a_browser(site, browser, tmp_path):
    title = f"<title>{HIT}</title>"
    armed = tmp_path / "armed.html"
    armed.write_text("<title>x</title>" + payloads("html")[1], encoding="utf-8")
    assert title in opened(browser, armed, tmp_path)[0], "the payloads don't run anywhere"
    views = [site[0].with_name(name) for name in VIEWS]
    for file in [*site, *views, site[2].parent / "01_made.svg"]:
        shown, asked = opened(browser, file, tmp_path)
        assert title not in shown and "host.invalid" not in asked


@pytest.mark.browser
def test_the_policy_stops_what_would_slip_through(site, browser, tmp_path):
    for file in [*site, site[0].with_name("numbers.html")]:
        text = file.read_text(encoding="utf-8")
        slipped = file.with_name(f"slipped-{file.name}")
        armed = "".join(payloads("region") + payloads("html")[1:2])
        slipped.write_text(text.replace("</body>", f"{armed}</body>"), encoding="utf-8")
        shown, asked = opened(browser, slipped, tmp_path)
        assert f"<title>{HIT}</title>" not in shown and "host.invalid" not in asked


def test_the_csv_for_a_spreadsheet_holds_no_formula(site):
    text = (site[2].parent / "01_made.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert {"'=HYPERLINK(A1)", "'@SUM(A1)"} < set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t"))]


def test_columns_whose_names_are_numbers_are_quoted_too():
    quoted = quote_formulas(pd.DataFrame({2025: ["=1+1", "-3.5"], "n": [1, 2]}))
    assert quoted[2025].tolist() == ["'=1+1", "-3.5"] and quoted["n"].tolist() == [1, 2]
