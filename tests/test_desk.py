"""The site as a place to work, in a real browser, from disk: each thing that it is for, done."""

import csv
import io
import re
import shutil
from urllib.parse import unquote

import openpyxl
import pytest
from site_pages import AXE, build_big, build_digests, wait_for
from typer.testing import CliRunner

from dz_analysis import paths
from dz_analysis.cli import app
from dz_analysis.corpus import load_corpus
from dz_analysis.suite import interface
from dz_analysis.suite.evidence import pack_evidence
from dz_analysis.suite.rows import pack_rows
from dz_analysis.synthetic import make_synthetic

WORDS = {name: interface.load_words(name) for name in interface.list_languages()}
SCRIPTS = interface.FOLDER.parent / "scripts"
COLUMNS = ["document", "start", "quote", "field", "was", "is", "reason", "reader", "date"]
ROW = "#rows tbody tr[data-row]"


def test_the_languages_hold_the_same_words():
    assert sorted(WORDS["en"]) == sorted(WORDS["zh"])
    for key, text in WORDS["en"].items():
        assert sorted(re.findall(r"\{\w+\}|_[A-Z]+_", text)) == sorted(
            re.findall(r"\{\w+\}|_[A-Z]+_", WORDS["zh"][key])
        ), key
    with pytest.raises(ValueError, match="expected one of"):
        interface.load_words("fr")


def test_every_word_that_is_asked_for_is_there():
    own = [*SCRIPTS.glob("*.js"), *SCRIPTS.parent.glob("*.j2")]
    asked = {
        key
        for file in own
        for key in re.findall(r"""(?:say\(|words\[)["']([\w.]+\w)["']""", file.read_text("utf-8"))
    }
    assert len(asked) > 60 and asked <= set(WORDS["en"])


def test_no_script_of_ours_writes_markup():
    for file in SCRIPTS.glob("*.js"):
        text = file.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text
        )


def test_rows_by_column_are_the_rows():
    made = make_synthetic(districts=5, years=7, plants=0)
    packed = pack_rows(made.observations, made.documents)
    quotes = packed["text"]["quote"]
    assert [quotes["values"][code] for code in quotes["codes"]] == list(made.observations["quote"])
    assert packed["number"]["value"] == list(made.observations["value"])
    assert packed["number"]["value_high"] == [None] * len(made.observations)


def test_evidence_leads_from_the_article_to_the_page():
    corpus = load_corpus("digests")
    document = corpus.documents[0]
    packed = pack_evidence(document, (corpus.texts / document.file).read_bytes())
    rows = corpus.table("observations")
    for row in rows[rows["document"] == document.id].itertuples():
        assert packed["text"][row.start : row.end] == row.quote
        assert packed["why"][str(row.start)].count(" · ") > 1
    assert any(start < end for start, end, *_ in packed["changes"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_digests(tmp_path_factory.mktemp("site"))[0].parent


@pytest.fixture(scope="module")
def browser():
    """Return a headless Chromium of this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), "")
    if not found:
        pytest.skip("no Chromium on this machine: the site is written, but not worked in")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    """Return what opens a page from disk, and fails if it complains or asks another host."""
    complaints, contexts = [], []

    def open_page(file, view="", **options):
        size = options.pop("size", (1440, 950))
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, accept_downloads=True, **options
        )
        context.set_default_timeout(120_000)  # a machine may be busy with other tests
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else 0)
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith(("file:", "data:", "blob:"))
                else complaints.append(asked.url)
            ),
        )
        page.goto(file.as_uri() + view)
        if file.name == "numbers.html":
            page.wait_for_selector(ROW)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def listed(page, column):
    """Return a column of the rows that are shown."""
    at = page.locator("#rows thead th").all_inner_texts().index(column) + 1
    return page.locator(f"{ROW} td:nth-child({at})").all_inner_texts()


def count_of(page):
    """Return how many numbers fit the choice, as the table says."""
    return int(re.search(r"of ([\d,]+) numbers", page.inner_text(".dt-info"))[1].replace(",", ""))


@pytest.mark.browser
def test_a_facet_filters_a_sort_sorts_and_the_address_keeps_the_view(site, visit):
    page = visit(site / "numbers.html")
    whole = count_of(page)
    page.locator("[data-facet=status] label", has_text="target").click()
    wait_for(page, "location.hash.includes('status=target')")
    chosen = count_of(page)
    assert 0 < chosen < whole and set(listed(page, "status")) == {"target"}
    page.locator("#rows thead th", has_text="value").click()
    wait_for(page, "location.hash.includes('sort=value')")
    values = [float(text.replace(",", "")) for text in listed(page, "value")]
    assert values == sorted(values) and len(set(values)) > 3
    page.fill(".dt-search input", "陵城区 growth")
    wait_for(page, "location.hash.includes('q=')")
    found = count_of(page)
    assert 0 < found < chosen
    again = visit(site / "numbers.html", "#" + page.url.split("#")[1])
    wait_for(again, "document.querySelector('.dt-info').textContent.length > 0")
    assert count_of(again) == found and listed(again, "value") == listed(page, "value")
    assert again.input_value(".dt-search input") == "陵城区 growth"
    again.click("#clear")
    wait_for(again, "!location.hash.includes('q=')")
    assert count_of(again) == whole


@pytest.mark.browser
def test_the_view_is_saved_as_csv_and_xlsx_whole(site, visit):
    page = visit(site / "numbers.html", "#measure=growth&sort=-value")
    many = count_of(page)
    assert many > 25  # more than a page
    saved = []
    for name in ("CSV", "Excel"):
        with page.expect_download() as download:
            page.locator(".dt-buttons button", has_text=name).click()
        saved.append(download.value.path().read_bytes())
    rows = list(csv.DictReader(io.StringIO(saved[0].decode("utf-8-sig"))))
    sheet = list(openpyxl.load_workbook(io.BytesIO(saved[1])).active.values)
    assert len(rows) == len(sheet) - 1 == many
    assert list(rows[0]) == list(sheet[0])
    at = sheet[0].index("value")
    assert [float(row["value"]) for row in rows] == [row[at] for row in sheet[1:]]
    assert {row["measure"] for row in rows} == {"growth"}


@pytest.mark.browser
def test_a_column_is_chosen(site, visit):
    page = visit(site / "numbers.html")
    page.locator(".dt-buttons button", has_text="Columns").click()
    page.locator(".dt-button-collection button", has_text="document").click()
    wait_for(page, "decodeURIComponent(location.hash).includes('document')")
    assert listed(page, "document")[0] == "decheng-digest"


@pytest.mark.browser
def test_what_a_number_says_needs_no_sideways_scroll(site, visit):
    page = visit(site / "numbers.html", "#row=decheng-digest:1")
    page.wait_for_selector("#evidence-body dl")
    heads = page.evaluate(
        """() => {
            const edge = document.querySelector(".columns > .table").getBoundingClientRect().right;
            return [...document.querySelectorAll("#rows thead th")]
                .filter((head) => head.getBoundingClientRect().right <= edge + 1)
                .map((head) => head.innerText);
        }"""
    )
    wanted = {"place", "indicator as told", "value", "unit", "period", "status", "sure"}
    assert wanted <= set(heads)


@pytest.mark.browser
def test_periods_are_shown_as_people_write_them(site, visit):
    page = visit(site / "numbers.html")
    told = {
        "2021-01/2021-12": "2021",
        "2021-01/2021-06": "2021-01/06",
        "2021-06/2021-06": "2021-06",
        "2016-01/2020-12": "2016–2020",
        "2020-11/2021-02": "2020-11/2021-02",
        "": "",
    }
    assert page.evaluate("(all) => all.map(dz.period)", list(told)) == list(told.values())
    assert not [one for one in listed(page, "period") if one.count("-01/") and "-12" in one]


@pytest.mark.browser
def test_contents_of_a_notebook_can_be_reached_from_anywhere_on_a_phone(site, visit):
    page = visit(site / "01_made.html", size=(390, 600))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("nav .to-contents").click()
    page.wait_for_timeout(300)
    box = page.locator("#contents").bounding_box()
    assert 0 <= box["y"] < 300
    page.locator("#contents a", has_text="Where from").click()
    assert page.url.endswith("#Where-from")


@pytest.mark.browser
def test_few_texts_are_held_at_a_time(site, visit):
    page = visit(site / "words.html", "#w=发展")
    wait_for(page, "document.querySelector('#word-chart').dataset.points")
    assert page.evaluate("dz.held.site.documents.length") > page.evaluate("dz.KEPT")
    assert page.evaluate("dz.texts.size") == page.evaluate("dz.KEPT")
    assert page.evaluate("Object.keys(dz.held)") == ["site", "words"]
    assert page.locator("script[src*=text-]").count() == 0


def test_each_page_has_a_mark_of_its_own(site):
    pages = {file.name: file.read_text("utf-8") for file in site.glob("*.html")}
    marks = {
        name: set(re.findall(r"nonce[-=]\"?([0-9a-f]{32})", text)) for name, text in pages.items()
    }
    assert marks.pop("01_made.html") == set()
    assert all(len(found) == 1 for found in marks.values())
    assert len(set.union(*marks.values())) == len(marks) == 3


@pytest.mark.browser
def test_a_click_opens_the_sentence_with_the_number_marked(site, visit):
    page = visit(site / "numbers.html")
    page.locator("button.link", has_text="12.8亿元").first.click()
    page.wait_for_selector("#sentence mark")
    assert page.inner_text("#sentence mark") == "12.8亿元"
    assert "一般公共预算收入" in page.inner_text("#sentence")
    assert page.inner_text(".article mark.number") == "12.8亿元"
    assert "12.8" in page.inner_text(".page mark.number")
    assert page.locator(".page mark.repair").count() > 20
    assert "became" in page.locator(".page mark.repair").first.get_attribute("title")
    assert page.locator("#trail li").count() > 3
    row = load_corpus("digests").table("observations").query("quote == '12.8亿元'").iloc[0]
    assert f"{row['start'] + 1}–{row['end']} of" in page.inner_text("#offsets")


@pytest.mark.browser
def test_a_number_of_a_notebook_leads_to_its_row(site, visit):
    page = visit(site / "01_made.html")
    links = page.locator("td a")
    assert links.count() >= 6
    told = links.nth(2).inner_text()
    links.nth(2).click()
    page.wait_for_selector("#sentence mark")
    assert page.inner_text("#sentence mark") == told


@pytest.mark.browser
def test_a_chart_follows_the_choice(site, visit):
    page = visit(site / "numbers.html")
    page.locator("#chart-view summary").click()
    drawn = "Number(document.querySelector('#chart').dataset.points ?? 0)"
    many = wait_for(page, drawn)
    assert many > 1 and page.locator("#chart svg").count()
    page.locator("[data-facet=place] label", has_text="陵城区").click()
    wait_for(page, f"{drawn} === 1")
    page.select_option("#chart-form", "years")
    wait_for(page, "location.hash.includes('years')")
    again = visit(site / "numbers.html", "#" + page.url.split("#")[1])
    wait_for(again, f"{drawn} > 0")
    assert again.input_value("#chart-form") == "years"


@pytest.mark.browser
def test_a_line_over_the_years_joins_periods_of_one_kind(site, visit):
    page = visit(site / "numbers.html")
    periods = ["2021-01/2021-06", "2022-01/2022-12", "2023-01/2023-12", "2016-01/2020-12", ""]
    kinds = page.evaluate("(told) => told.map((one) => dz.chart.kind(one))", periods)
    assert kinds == ["01–06", "01–12", "01–12", "01–12 +4", ""]
    page.evaluate(
        """(periods) => {
            const { text, number, count } = dz.numbers.rows, codes = Array(count).fill(0);
            const one = { values: ["某"], codes };
            for (const name of ["label", "measure", "unit", "place"]) text[name] = one;
            text.period = { values: periods, codes: codes.map((_, row) => row % 5) };
            number.value = number.value.map((value) => value ?? 1);
        }""",
        periods,
    )
    page.select_option("#chart-form", "years", force=True)
    page.locator("#chart-view summary").click()
    drawn = wait_for(page, "document.querySelector('#chart').data?.map((one) => one.x)")
    assert drawn == [["2022", "2023"]] and "months 01–12 " in page.inner_text("#chart-note")


@pytest.mark.browser
def test_a_chart_of_places_draws_one_period_however_the_table_is_sorted(site, visit):
    page = visit(site / "numbers.html", "#chart=places")
    drawn = "document.querySelector('#chart').data?.[0].customdata"
    first = wait_for(page, drawn)
    told = page.inner_text("#chart-note")
    rows = load_corpus("digests").table("observations")
    names = (rows["document"] + ":" + rows["observation"].astype(str)).isin(first)
    assert names.sum() == len(first) > 1 and rows[names]["period"].nunique() == 1
    assert rows[names]["period"].iloc[0] in told
    page.locator("#rows thead th", has_text="indicator").click()
    wait_for(page, "location.hash.includes('sort=')")
    page.wait_for_timeout(200)
    assert page.evaluate(drawn) == first


@pytest.mark.browser
def test_search_finds_answers_indicators_places_slogans_and_rows(site, visit):
    page = visit(site / "index.html")
    page.fill("#query", "德城区一般公共预算收入")
    page.wait_for_selector("[data-part=rows] a")
    for part in ("answers", "indicators", "places"):
        assert page.locator(f"[data-part={part}] a").count()
    page.locator("[data-part=rows] a").first.click()
    page.wait_for_selector("#sentence mark")
    page = visit(site / "index.html", "#q=双招双引")
    page.locator("[data-part=slogans] a").first.click()
    page.wait_for_selector("#word-sentences mark")


@pytest.mark.browser
def test_words_stand_by_place_and_year_with_their_sentences(site, visit):
    page = visit(site / "words.html")
    page.fill("#word", "双招双引")
    page.press("#word", "Enter")
    wait_for(page, "document.querySelector('#word-chart').dataset.points")
    rows = load_corpus("digests").table("slogans").query("slogan == '双招双引'")
    told = page.inner_text("#word-told")
    assert f"{rows['count'].sum()} mentions in {rows['document'].nunique()} documents" in told
    assert page.locator("#word-table tbody tr").count() == 5
    assert set(page.locator("#word-sentences mark").all_inner_texts()) == {"双招双引"}
    page.fill("#word", "全区地区生产总值")  # in no list, but in a text
    page.press("#word", "Enter")
    wait_for(page, "document.querySelector('#word-told').textContent.startsWith('全区')")
    assert page.locator("#word-sentences mark").count() >= 1


@pytest.mark.browser
def test_a_review_by_keyboard_is_kept_and_saved_as_corrections(site, visit):
    page = visit(site / "numbers.html", "#place=德城区&measure=level&review=1")
    page.wait_for_selector("#sentence mark")
    page.fill("#reader", "甲")
    page.locator("#reader").blur()
    told = listed(page, "as told")
    for key in ("y", "x", "s", "e"):
        page.keyboard.press(key)
        if key != "e":
            page.wait_for_timeout(120)
    page.wait_for_selector("#review-form:visible")
    page.fill("#is-period", "2021")
    page.press("#is-period", "Enter")
    assert "2021-01/2021-12" in page.inner_text("#review-told")
    page.fill("#is-period", "2021-01/2021-12")
    page.fill("#reason", '读作"全年", 不是上半年')
    page.press("#reason", "Enter")
    wait_for(page, "document.querySelector('#review-form').hidden")
    page.reload()
    page.wait_for_selector(ROW)
    wait_for(page, "document.querySelector('#review-progress').textContent.startsWith('3 of')")
    assert listed(page, "checked")[:4] == ["right", "no observation", "", "corrected"]
    with page.expect_download() as download:
        page.click("#review-save")
    assert download.value.suggested_filename == "corrections.csv"
    text = download.value.path().read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert list(lines[0]) == COLUMNS
    assert [(row["quote"], row["field"], row["was"], row["is"]) for row in lines] == [
        (told[0], "row", "", "right"),
        (told[1], "row", "", "none"),
        (told[3], "period", "2021-01/2021-06", "2021-01/2021-12"),
    ]
    assert lines[2]["reason"] == '读作"全年", 不是上半年' and lines[0]["reader"] == "甲"
    rows = load_corpus("digests").table("observations").set_index(["document", "start"])
    for row in lines:
        assert rows.loc[(row["document"], int(row["start"])), "quote"] == row["quote"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"])


@pytest.mark.browser
def test_what_is_corrected_by_keyboard_is_ingested_and_shown(site, visit, tmp_path, monkeypatch):
    home = tmp_path / "project"
    shutil.copytree(paths.corpus_dir("digests"), home / "data" / "digests")
    (home / "notebooks").mkdir()
    monkeypatch.setenv("DZ_HOME", str(home))
    folder = home / "build" / "digests"
    shutil.copytree(site, folder)
    view = "#place=德城区&measure=level&review=1"
    page = visit(folder / "numbers.html", view)
    page.wait_for_selector("#sentence mark")
    page.keyboard.press("e")
    page.fill("#is-value", "1234500")
    page.press("#is-value", "Enter")
    wait_for(page, "dz.review.lines.length === 1")
    page.keyboard.press("y")
    with page.expect_download() as download:
        page.click("#review-save")
    download.value.save_as(home / "data" / "digests" / "corrections.csv")
    told = CliRunner().invoke(app, ["ingest", "digests"])
    assert told.exit_code == 0 and "1 corrected" in told.output, told.output
    build_digests(folder)
    again = visit(folder / "numbers.html", view)
    again.wait_for_selector("#sentence mark")
    assert listed(again, "checked")[:2] == ["corrected", "confirmed"]
    assert listed(again, "value")[0] == "1,234,500"
    again.locator(ROW).first.click()
    wait_for(again, "document.querySelector('#evidence-body').textContent.includes('1,234,500')")


@pytest.mark.browser
def test_saved_corrections_hold_the_lines_of_the_file_and_each_field_once(site, visit):
    page = visit(site / "numbers.html", "#place=德城区&measure=level&review=1")
    page.wait_for_selector("#sentence mark")
    page.evaluate("document.querySelector('#reader').value = '甲'")
    page.evaluate(
        """() => {
            const { review, numbers } = dz, place = review.place(review.row);
            const get = (name) => numbers.rows.get(review.row, name);
            const of = (field, was, reader = "甲") => ({ ...place, start: String(place.start),
                field, was, is: get(field), reason: "", reader, date: "2021-07-01" });
            dz.held.site.corrections = [
                { ...of("row", "", "乙"), document: "a", start: "5", quote: "8亿元", is: "right" },
                of("status", "estimate"), of("period", "2020-01/2020-12"),
                of("period", "2020-01/2020-12", "乙"),
            ];
        }"""
    )
    page.keyboard.press("e")
    page.fill("#is-period", "2019-01/2019-12")
    page.fill("#is-unit", "=1+1")
    page.press("#is-unit", "Enter")
    wait_for(page, "document.querySelector('#review-form').hidden")
    page.keyboard.press("k")
    page.keyboard.press("y")
    with page.expect_download() as download:
        page.click("#review-save")
    text = download.value.path().read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    told = [(row["reader"], row["field"], row["was"][:4], row["is"][:4]) for row in lines]
    now = page.evaluate("dz.numbers.rows.get(0, 'status')")
    assert told[0] == ("乙", "row", "", "righ") and ("甲", "status", "esti", now[:4]) in told
    assert [one for one in told if one[1] == "period"][1:] == [("甲", "period", "2020", "2019")]
    assert [row["is"] for row in lines if row["field"] == "unit"] == ["'=1+1"]
    assert told[-1] == ("甲", "row", "", "righ") and len(told) == 6
    assert page.evaluate("dz.review.verdict(dz.numbers.sifted.rows[0])") == "changed"


@pytest.mark.browser
def test_two_tabs_keep_the_lines_of_both_and_a_full_browser_is_told(site, visit):
    page = visit(site / "numbers.html", "#place=德城区&review=1")
    page.wait_for_selector("#sentence mark")
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#sentence mark")
    page.keyboard.press("y")
    wait_for(other, "dz.review.lines.length === 1")
    other.keyboard.press("s")
    other.wait_for_timeout(120)
    other.keyboard.press("x")
    wait_for(page, "dz.review.lines.length === 2")
    page.keyboard.press("u")
    assert page.evaluate("dz.review.read().map((line) => line.is)") == ["none"]
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.keyboard.press("y")
    assert "keeps nothing more" in page.inner_text("#review-told")


@pytest.mark.browser
def test_a_disputed_row_is_not_done(site, visit):
    page = visit(site / "numbers.html")
    page.evaluate("dz.review.verdict = (row) => ['disputed', 'right', ''][row % 3]")
    assert page.evaluate("[0, 1, 2].map((row) => dz.review.isDone(row))") == [False, True, False]


@pytest.mark.browser
def test_a_number_that_is_missing_is_marked_in_the_article(site, visit):
    page = visit(site / "numbers.html", "#place=德城区&review=1")
    page.wait_for_selector(".article mark")
    page.keyboard.press("m")
    assert "Mark the missing number" in page.inner_text("#review-told")
    page.evaluate(
        """() => {
            const text = document.querySelector(".article").firstChild;
            const range = document.createRange();
            const at = text.data.indexOf("2021年");
            range.setStart(text, at);
            range.setEnd(text, at + 4);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("m")
    page.fill("#is-value", "2021")
    page.press("#is-value", "Enter")
    wait_for(page, "document.querySelector('#review-form').hidden")
    lines = page.evaluate("dz.review.lines")
    text = page.evaluate("dz.evidenceOf('decheng-digest').then((held) => held.text)")
    assert lines[0]["field"] == "row" and lines[0]["is"] == "missing"
    assert text[lines[0]["start"] :].startswith("2021年") and lines[0]["quote"] == "2021"
    assert {line["field"] for line in lines} >= {"row", "value", "measure", "status"}


@pytest.mark.browser
def test_axe_finds_nothing_serious(site, visit):
    from axe_playwright_python.sync_playwright import Axe

    views = {
        "index.html": "#q=税收",
        "numbers.html": "#chart=places&review=1",
        "01_made.html": "",
        "words.html": "#w=双招双引",
    }
    # What a scheme changes is contrast; axe would ask for the style sheets of the page again.
    every = {"runOnly": {"type": "tag", "values": list(AXE)}, "preload": False}
    colours = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "preload": False}
    for name, view in views.items():
        page = visit(site / name, view)
        for scheme, rules in (("light", every), ("dark", colours)):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(300)
            found = Axe().run(page, options=rules).response["violations"]
            bad = [
                (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
                for one in found
                if one["impact"] in ("serious", "critical")
            ]
            assert bad == [], f"{name} {scheme}"


@pytest.mark.browser
def test_a_phone_needs_no_sideways_scroll_and_paper_is_light(site, visit, tmp_path):
    wide = "document.documentElement.scrollWidth - innerWidth"
    for name in ("index.html", "numbers.html", "01_made.html", "words.html"):
        page = visit(site / name, size=(390, 844), color_scheme="dark")
        page.wait_for_timeout(300)
        assert page.evaluate(wide) <= 0, f"{name} is {page.evaluate(wide)} px too wide"
        back = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(back) == "rgb(22, 24, 28)"
        page.emulate_media(media="print")
        assert page.evaluate(back) == "rgb(255, 255, 255)"
        assert not page.locator("body > nav").is_visible()


@pytest.mark.browser
def test_fifty_thousand_rows_are_there_in_three_seconds(visit, tmp_path_factory):
    home = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DZ_HOME", str(home))
        made = make_synthetic(districts=60, years=24, plants=0)
        assert len(made.observations) > 50_000
        folder = build_big(home, made)
    page = visit(folder / "numbers.html")
    # Processor time of the page: what a machine that does nothing else takes.
    clock = page.context.new_cdp_session(page)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.reload()
    page.wait_for_selector(ROW)
    told = {one["name"]: one["value"] for one in clock.send("Performance.getMetrics")["metrics"]}
    assert 0 < told["TaskDuration"] < 3, told
    assert count_of(page) == len(made.observations)
    page.locator(ROW).first.click()
    page.wait_for_selector("#evidence-body dl")
    assert "not at hand" in page.inner_text("#evidence-body")


@pytest.mark.browser
def test_the_site_speaks_chinese(site, visit, tmp_path):
    shutil.copytree(site / "data", tmp_path / "site" / "data")  # the evidence that is there stays
    folder = build_digests(tmp_path / "site", lang="zh")[0].parent
    page = visit(folder / "numbers.html")
    page.locator("[data-facet=status] label", has_text="目标").click()
    wait_for(page, "location.hash.includes('status=target')")
    assert set(listed(page, "性质")) == {"目标"}
    assert unquote(page.url).endswith("status=target")
