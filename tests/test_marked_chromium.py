"""The marked report in a browser: each row leads to its place and back, nothing else happens."""

import os
import shutil
from itertools import product
from pathlib import Path

import pytest

from lawreport_utils import marked_text, parse_report, read_report

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
AXE = Path(os.environ.get("AXE", "build/npm/node_modules/axe-core/axe.min.js"))
WIDTHS, LANGUAGES, SCHEMES = (1280, 390), ("zh", "en"), ("light", "dark")
NOTEBOOK = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Notebook</title>
<main><h1>Notebook</h1>"""
HOSTILE = """**某市**<script>window.PWN=1</script>{{7*7}}\u202e公安局2024年法治政府建设年度报告
信息来源:"><img src=http://example.invalid/x onerror="window.PWN=1">
一、[举措](javascript:window.PWN=1)和成效 <iframe srcdoc="<script>parent.PWN=1</script>"></iframe>
办理<img src=x onerror=window.PWN=1>案件3件,规范执法水平不断提升。\x00\x1b[31m\u2066 \u2028
二、存在的不足</style><svg onload=window.PWN=1>
规范执法、' onmouseover='window.PWN=1 文明执法有待提高。<a href="http://example.invalid">x</a>
三、下一步{% include "x" %}
举办<b>培训</b>不少于20期。&lt;b&gt; <!-- --> ]]> <meta http-equiv=refresh content="0;url=http://example.invalid">
"""


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The practice report, which has questions, compared with the other one, in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    earlier, report = (read_report(f"data/{n}.txt") for n in ("szga-2024", "practice-report"))
    for language in LANGUAGES:
        page = marked_text(report, earlier=earlier, language=language)
        page.save(folder / f"{language}.html")
        (folder / f"inline_{language}.html").write_text(NOTEBOOK + page._repr_html_(), "utf-8")
    return folder


@pytest.fixture
def opened(browser):
    """Opens a file; fails where a script fails, or anything but the file itself is requested."""
    contexts, faults = [], []

    def opened(path, *, width=1280, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        address = path.resolve().as_uri()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on(
            "request",
            lambda sent: faults.append(sent.url) if sent.url.split("#")[0] != address else None,
        )
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


THERE_AND_BACK = """() => {
  const faults = [];
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && box.width > 0;
  };
  document.querySelectorAll("input[data-layer]").forEach((box) => box.checked || box.click());
  const rows = [...document.querySelectorAll(".row")];
  for (const row of rows) {
    for (const link of row.querySelectorAll("a")) {
      const id = link.getAttribute("href").slice(1);
      const place = document.getElementById(id);
      link.click();
      if (!place.classList.contains("here")) faults.push(`${id}: no highlight`);
      if (!seen(place)) faults.push(`${id}: out of sight`);
      const back = document.activeElement;
      const leads = (a) => a && a.getAttribute("href") === `#${row.id}`;
      const asked = [...document.querySelectorAll(".text .ask")].find(leads);
      if (!asked && !place.contains(back) && !back.contains(place)) faults.push(`${id}: no focus`);
      (asked || back).click();
      const now = document.querySelector(".row.here");
      if (!now || !seen(now)) faults.push(`${id}: no way back`);
      else if (now !== row) faults.push(`${id}: back to ${now.id}`);
    }
  }
  return [rows.length, faults];
}"""


@pytest.mark.parametrize(("language", "width"), [("zh", 1280), ("en", 390)])
def test_each_row_leads_to_its_place_and_back(opened, folder, language, width):
    page = opened(folder / f"{language}.html", width=width)
    rows, faults = page.evaluate(THERE_AND_BACK)
    assert rows > 80
    assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_each_finding_leads_to_a_place_that_can_be_seen(opened, folder, width):
    page = opened(folder / "zh.html", width=width)
    faults = page.evaluate("""() => [...document.querySelectorAll(".findings a, nav a, .scroll a")]
      .filter((link) => {
        link.closest("details") && (link.closest("details").open = true);
        link.click();
        const place = document.getElementById(link.getAttribute("href").slice(1));
        const box = place.getBoundingClientRect();
        return box.bottom <= 0 || box.top >= innerHeight || !place.matches(".here");
      }).map((link) => link.outerHTML)""")
    assert faults == []


def test_the_keyboard_goes_there_and_back(opened, folder):
    page = opened(folder / "zh.html")
    page.focus(".of-figure .row a")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#f1"
    assert page.evaluate("document.activeElement.closest('[id]').id") == "f1"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#r-f1"
    assert page.evaluate("document.activeElement.closest('.row').id") == "r-f1"
    page.go_back()
    assert page.evaluate("document.querySelector('.text .here').id") == "f1"


def test_links_work_without_a_script(opened, folder):
    page = opened(folder / "en.html", java_script_enabled=False)
    for start in (".of-figure .row a", "#f1 a", ".theme-row a"):
        link = page.locator(start).first
        place = link.get_attribute("href")
        link.click()
        assert page.url.endswith(place)
        target = page.locator(f"{place}:target")
        assert target.is_visible()
        assert target.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert page.locator(".switches input").first.is_hidden()


def test_layers_can_be_switched(opened, folder):
    page = opened(folder / "zh.html")

    def shade(place):
        return page.eval_on_selector(place, "e => getComputedStyle(e).backgroundColor")

    nothing = "rgba(0, 0, 0, 0)"
    assert shade("#f1") != nothing
    page.uncheck("input[data-layer=figure]")
    assert shade("#f1") == nothing
    assert page.locator("#f1 a").get_attribute("href") is None
    page.check("input[data-layer=figure]")
    assert page.locator("#f1 a").get_attribute("href") == "#r-f1"
    assert shade("#t1-1") == nothing
    page.select_option("select", "t3")
    assert shade("#t3-1") != nothing
    assert shade("#t1-1") == nothing
    page.select_option("select", "")
    assert shade("#t1-1") != nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_a_report_runs_or_is_requested(opened, tmp_path, language):
    report = marked_text(parse_report(HOSTILE), language=language)
    made = report.save(tmp_path / '"><img src=x onerror=window.PWN=1> $(touch x).html')
    (tmp_path / "inline.html").write_text(NOTEBOOK + report._repr_html_(), "utf-8")
    for path in (made, tmp_path / "inline.html"):
        page = opened(path)
        page.mouse.move(400, 400)
        page.wait_for_timeout(100)
        assert page.evaluate("window.PWN") is None
        count = "document.querySelectorAll('img, iframe, svg, script, [onerror]').length"
        assert page.evaluate(count) == (path == made)
        shown = page.inner_text(".text")
        assert "**某市**<script>window.PWN=1</script>{{7*7}}" in shown
        assert not {"\0", "\x1b", "\u202e", "\u2066"} & set(page.content())
        assert page.evaluate("getComputedStyle(document.querySelector('.text')).unicodeBidi") == (
            "isolate"
        )


@pytest.mark.parametrize("name", [*LANGUAGES, "inline_zh", "inline_en"])
def test_a_page_fits_its_width(opened, folder, name):
    page = opened(folder / f"{name}.html")
    for width, scheme in product(WIDTHS, SCHEMES):
        fits(page, width, scheme)


def fits(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    dark = page.evaluate("""() => {
      const colour = getComputedStyle(document.querySelector(".lawreport")).backgroundColor;
      return Number(colour.match(/\\d+/)[0]) < 128;
    }""")
    assert dark == (scheme == "dark")


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core isn't here: make audit fetches it")
@pytest.mark.parametrize("name", [*LANGUAGES, "inline_en"])
def test_axe_finds_nothing(opened, folder, name):
    page = opened(folder / f"{name}.html", bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    page.evaluate("document.querySelectorAll('input').forEach((box) => box.checked || box.click())")
    page.add_script_tag(content=AXE.read_text("utf-8"))
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run()")["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_print_leaves_out_what_paper_cant_do(opened, folder, tmp_path):
    page = opened(folder / "zh.html", width=794)
    page.emulate_media(media="print")
    assert page.locator(".switches input").first.is_hidden()
    assert page.locator("#downloads").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    from pypdf import PdfReader

    printed = PdfReader(tmp_path / "page.pdf")
    assert len(printed.pages) < 16
    assert "报告说了什么" in printed.pages[0].extract_text()
