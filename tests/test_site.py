"""The site of a run: opens from disk, asks no other host for anything, draws its Chinese."""

import base64
import re
import shutil
import subprocess
from html.parser import HTMLParser
from urllib.parse import unquote

import pandas as pd
import pytest
from nbformat.v4 import new_output
from PIL import Image
from suite_notebooks import make_notebook, stream, write

from dz_analysis.showing import Caption, plot_ranked_bars, save_dataset, save_figure, save_table
from dz_analysis.showing.figure_spec import render_png
from dz_analysis.suite import export_html
from dz_analysis.suite.site import FONT, load_style, write_font

NUMBERS = pd.DataFrame({"region": ["德城区", "陵城区"], "value": [2.0, 1.0]})
LOADING = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
}


class Links(HTMLParser):
    """Collect what a page loads by itself, and what it only points to."""

    def __init__(self):
        super().__init__()
        self.loaded, self.pointed = [], []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if (tag, name) in LOADING:
                self.loaded.append(value)
            elif (tag, name) == ("a", "href"):
                self.pointed.append(value)


@pytest.fixture(scope="module")
def made_site(tmp_path_factory):
    """Return a project that holds a run with one executed notebook, one figure and one table."""
    home = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DZ_HOME", str(home))
        patch.delenv("DZ_FIGURES", raising=False)
        make_site(home)
    return home


@pytest.fixture
def site(made_site, tmp_path, monkeypatch):
    """Return the folder of that run, in a copy of the test's own."""
    home = tmp_path / "home"
    shutil.copytree(made_site, home)
    monkeypatch.setenv("DZ_HOME", str(home))
    return home / "build" / "made"


def make_site(home):
    (home / "notebooks").mkdir()
    (home / "data" / "made").mkdir(parents=True)
    caption = Caption("德城区 leads", "亿元", "2", "made")
    figure = plot_ranked_bars(NUMBERS, label="region", value="value", caption=caption)
    run = {"corpus": "made", "notebook": "01_made", "parameters": {}}
    save_figure(figure, "01_made", NUMBERS, **run)
    save_table(NUMBERS, "01_table", title="Districts & values", **run)
    labels = {name: f"Label of {name}" for name in NUMBERS.columns}
    save_dataset(NUMBERS, "01_data", labels=labels, title="Data for other programs", **run)
    save_figure(figure, "99_other", NUMBERS, **{**run, "notebook": "99_other"})
    notebook = make_notebook("figure", "print('answer')", header="# Who leads <at all>?")
    image = base64.b64encode(render_png(figure)).decode()
    shown = new_output(
        "display_data",
        data={"image/png": image, "text/plain": "Figure"},
        metadata={"image/png": {"alt": "德城区 leads"}},
    )
    notebook.cells[2].outputs = [shown]
    notebook.cells[3].outputs = [stream("德城区 leads. 陵城区 follows.")]
    folder = home / "build" / "made"
    folder.mkdir(parents=True)
    write(folder, "01_made", notebook)


def read_links(file):
    links = Links()
    links.feed(file.read_text(encoding="utf-8"))
    return links


def test_every_page_stands_alone(site):
    for file in export_html("made", out=site):
        text = file.read_text(encoding="utf-8")
        links = read_links(file)
        assert not [link for link in links.loaded if re.match(r"(?:https?:)?//", link)]
        assert "@import" not in text and not re.search(r"url\(['\"]?(?!['\"]?data:)", text)
        assert ("<script" in text) == (file.name == "index.html")


def test_every_link_leads_to_a_file(site):
    for file in export_html("made", out=site):
        links = read_links(file)
        for link in [*links.loaded, *links.pointed]:
            if not link.startswith(("data:", "#")):
                assert (file.parent / unquote(link)).is_file(), f"{file.name}: {link}"


def test_the_index_names_question_answer_figures_and_tables(site):
    index, page = export_html("made", out=site)
    text = index.read_text(encoding="utf-8")
    for part in (
        "Who leads &lt;at all&gt;?",
        "德城区 leads. 陵城区 follows.",
        "Districts &amp; values",
        "Data for other programs",
        "01_data.xlsx",
    ):
        assert part in text
    assert "figures/made/01_made.svg" in text and "99_other" not in text
    assert 'alt="德城区 leads"' in page.read_text(encoding="utf-8")


def test_the_site_carries_the_characters_that_its_pages_need_once(site):
    import io

    from fontTools.ttLib import TTFont

    page = export_html("made", out=site)[1].read_text(encoding="utf-8")
    assert f'href="{FONT}"' in page and "data:font" not in page
    face = (site / FONT).read_text(encoding="utf-8")
    font = base64.b64decode(re.search(r"data:font/woff;base64,([^\"]+)", face)[1])
    with TTFont(io.BytesIO(font)) as held:
        drawn = {chr(code) for code in held.getBestCmap()}
    assert drawn >= set(re.findall(r"[\u4e00-\u9fff]", re.sub(r"base64,[^\"]*", "", page)))


def test_pages_are_the_same_bytes_every_time(site):
    first = {file.name: file.read_bytes() for file in export_html("made", out=site)}
    assert {file.name: file.read_bytes() for file in export_html("made", out=site)} == first


def test_a_folder_without_notebooks_is_refused(home):
    with pytest.raises(FileNotFoundError, match="run `dz run made` first"):
        export_html("made")


@pytest.fixture(scope="module")
def browser():
    """Return the command of a headless Chromium that is told to ask nobody anything."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), "")
    if not found:
        pytest.skip("no Chromium on this machine: pages are read, but not drawn")
    flags = "headless no-sandbox disable-gpu hide-scrollbars disable-background-networking"
    return [found, *(f"--{flag}" for flag in flags.split()), "--window-size=900,1200"]


def photograph(browser, page, folder):
    """Return a page's picture as rows of grey values, and the addresses that it asked for."""
    picture, log = folder / "page.png", folder / "net.json"
    command = [*browser, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}"]
    command += [f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    asked = re.findall(r'"url":"(https?://[^"]+)"', log.read_text(encoding="utf-8"))
    # The browser's own business (updates, sign-in) is not the page's.
    own = [url for url in asked if not re.search(r"google|gstatic|chrome", url)]
    with Image.open(picture) as drawn:
        return drawn.convert("L").tobytes(), own


@pytest.mark.browser
def test_a_browser_opens_every_page_from_disk(site, browser, tmp_path):
    for file in export_html("made", out=site):
        picture, asked = photograph(browser, file, tmp_path)
        assert not asked, f"{file.name} asks {asked}"
        assert len(set(picture)) > 20, "an empty page"


@pytest.mark.browser
def test_a_browser_without_chinese_fonts_draws_the_chinese(browser, tmp_path):
    pictures = []
    for char in "德陵":
        # Only the embedded font is named: characters that it lacks would be the same empty box.
        body = f"<p style='font: 80px \"DZ Sans SC\"'>{char}</p>"
        file = tmp_path / "one.html"
        write_font(tmp_path, "德陵")
        head = f"<link rel=stylesheet href={FONT}><style>{load_style()}</style>"
        file.write_text(head + body, encoding="utf-8")
        pictures.append(photograph(browser, file, tmp_path)[0])
    blank = max(set(pictures[0]), key=pictures[0].count)
    assert pictures[0] != pictures[1]
    assert all(sum(grey != blank for grey in picture) > 500 for picture in pictures)
