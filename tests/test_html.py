"""The pages and slides as a reader gets them: complete, offline, fitting, the same every time."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
LANGUAGES = ("zh", "en")
NOTEBOOKS = {code: sorted((ROOT / "notebooks" / code).glob("*.ipynb")) for code in LANGUAGES}
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9in" height="3in"><path d="M0 0h99"/></svg>'
HOSTILE = (
    '<script>alert(1)</script><img src="https://example.org/x.png"> ![](https://example.org/y.png)'
)


def prose(text):
    return new_markdown_cell(text, metadata={"slideshow": {"slide_type": "slide"}})


def result(source, tags=(), **data):
    data = {"text/plain": "…"} | {f"text/{kind}": value for kind, value in data.items()}
    output = new_output("execute_result", data, execution_count=1)
    return new_code_cell(source, outputs=[output], execution_count=1, metadata={"tags": [*tags]})


WORDS = {
    "zh": ("# 样张\n\n一个问题？", "## 图\n\n见[样张](specimen.ipynb#图)。", "一条线。"),
    "en": (
        "# A specimen\n\nOne question?",
        "## A figure\n\nSee the [specimen](specimen.ipynb#A-figure).",
        "One line.",
    ),
}


def specimen(code):
    """A notebook of everything that is hard to set: wide, long, unbroken and hostile."""
    title, text, alt = WORDS[code]
    figure = new_output("display_data", {"image/svg+xml": SVG, "image/png": "", "text/plain": ""})
    cells = "".join(f"<td>{'很长的一格文字' * 4}</td>" for _ in range(9)) + "<td>15.6</td>"
    on_slide = {"alt": alt, "slideshow": {"slide_type": "-"}}
    return new_notebook(
        cells=[
            prose(title),
            result(
                "x = 1  # " + "a_very_long_line_of_code " * 20,
                html=f"<table><tr>{cells}</tr></table>",
            ),
            prose(text),
            new_code_cell("plot()", outputs=[figure], metadata=on_slide),
            result("title", markdown=f"Title: {HOSTILE} {'unbroken' * 30}"),
            result("answer = 1", tags=["solution"]),
        ]
    )


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    """All that is converted, by language."""
    folder, index = tmp_path_factory.mktemp("specimen"), ROOT / "nbconvert"
    for code in LANGUAGES:
        (folder / code).mkdir()
        nbformat.write(specimen(code), folder / code / "specimen.ipynb")
    return {
        code: [index / code / "index.ipynb", folder / code / "specimen.ipynb", *NOTEBOOKS[code]]
        for code in LANGUAGES
    }


def convert(kind, folder, notebooks, *options, seed="0"):
    """Both languages at once, as `make html` and `make slides` make them."""
    nbconvert = [sys.executable, "-m", "nbconvert", "--log-level=ERROR", "--to", kind, *options]
    nbconvert += ["--config=nbconvert/pages.py"]
    runs = [
        subprocess.Popen(
            [
                *nbconvert,
                f"--HTMLExporter.language_code={code}",
                "--output-dir",
                folder / code,
                *notebooks[code],
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for code in LANGUAGES
    ]
    assert [run.wait() for run in runs] == [0, 0]
    return sorted(folder.rglob("*.html"))


@pytest.fixture(scope="session")
def pages(tmp_path_factory, notebooks):
    """As `make html` makes them, but for the marked report, which has tests of its own."""
    return convert("html", tmp_path_factory.mktemp("html"), notebooks, seed="1")


@pytest.fixture(scope="session")
def decks(tmp_path_factory, notebooks):
    folder = tmp_path_factory.mktemp("slides")
    (package,) = importlib.util.find_spec("sphinx_revealjs").submodule_search_locations
    shutil.copytree(Path(package, "_static/revealjs"), folder / "reveal.js")
    theme = ROOT / "nbconvert/lawreport_slides/theme.css"
    shutil.copy(theme, folder / "reveal.js/dist/theme/lawreport.css")
    slide = '"slide_type": "slide"'
    with_slides = {
        code: [path for path in paths if slide in path.read_text("utf8")]
        for code, paths in notebooks.items()
    }
    convert("slides", folder, with_slides)
    return sorted(folder.rglob("*.slides.html"))


@pytest.fixture(scope="session")
def soups(pages):
    return {page: BeautifulSoup(page.read_text("utf8"), "html.parser") for page in pages}


def test_pages_name_their_language_and_title(soups):
    for page, soup in soups.items():
        assert soup.html["lang"] == {"zh": "zh-CN", "en": "en"}[page.parent.name]
        assert soup.title.text == soup.h1.text.removesuffix("¶")
        assert len(soup("h1")) == 1


def test_pages_load_nothing(soups):
    for soup in soups.values():
        assert soup("script") == []
        assert soup("link") == []
        assert all(tag["src"].startswith("data:") for tag in soup(src=True))
        assert not re.search(r"@import|url\(", " ".join(style.text for style in soup("style")))


def test_every_figure_has_a_text_in_its_language(soups):
    for page, soup in soups.items():
        for image in soup("img"):
            assert image["alt"].strip(), page
            assert bool(re.search("[一-鿿]", image["alt"])) == (page.parent.name == "zh"), page


def test_local_links_lead_somewhere(soups):
    missing = {
        (page.name, link["href"])
        for page, soup in soups.items()
        for link in soup("a", href=re.compile(r"^(?!\w+:|\.\./api/)"))  # made by pdoc
        if not leads_somewhere(page, link["href"], soups)
    }
    assert missing == set()


def leads_somewhere(page, href, soups):
    name, _, fragment = href.partition("#")
    target = soups.get((page.parent / name).resolve() if name else page)
    ids = {unquote(tag["id"]) for tag in target(id=True)} if target else set()
    return target is not None and (not fragment or unquote(fragment) in ids)


def test_code_is_folded_and_unfolds_in_the_full_edition(tmp_path, soups, notebooks):
    (page,) = [page for page in soups if page.parts[-2:] == ("zh", "specimen.html")]
    codes = soups[page].select("details.code")
    assert [code.has_attr("open") for code in codes] == [False, False, False, True]  # a solution's
    specimens = {code: paths[1:2] for code, paths in notebooks.items()}
    full = convert("html", tmp_path, specimens, "--Edition.show_code=True")[1]
    soup = BeautifulSoup(full.read_text("utf8"), "html.parser")
    assert all(code.has_attr("open") for code in soup.select("details.code"))


def test_a_solution_is_folded(soups):
    for page, soup in soups.items():
        if page.stem == "specimen":
            (solution,) = soup.select("details.solution")
            assert not solution.has_attr("open")
            assert "answer" in solution.text


def test_a_notebook_without_a_heading_is_a_page_too(tmp_path):
    for code in LANGUAGES:
        (tmp_path / code).mkdir()
        nbformat.write(
            new_notebook(cells=[new_code_cell("1 + 1")]), tmp_path / code / "plain.ipynb"
        )
    bare = {code: [tmp_path / code / "plain.ipynb"] for code in LANGUAGES}
    for page in convert("html", tmp_path / "html", bare):
        soup = BeautifulSoup(page.read_text("utf8"), "html.parser")
        assert soup.title.text == "plain"


def test_the_marked_report_is_linked_where_there_is_one(tmp_path, notebooks):
    index = {code: paths[:1] for code, paths in notebooks.items()}
    for page in convert("html", tmp_path, index, "--Edition.marked=True"):
        links = [link["href"] for link in BeautifulSoup(page.read_text("utf8"), "html.parser")("a")]
        assert links.count("marked.html") == 2


def test_markup_in_a_report_is_shown_not_obeyed(soups):
    for page, soup in soups.items():
        if page.stem == "specimen":
            computed = soup.select_one(".computed")
            assert "<script>alert(1)</script>" in computed.text
            assert computed.find(["script", "img"]) is None


def test_pages_are_the_same_when_made_again(tmp_path, pages, notebooks):
    again = convert("html", tmp_path, notebooks, seed="2")
    assert [page.read_bytes() for page in again] == [page.read_bytes() for page in pages]


def test_both_editions_are_small(pages):
    assert sum(page.stat().st_size for page in pages) < 10e6


@pytest.fixture(scope="module")  # not longer: its event loop would be in the way of other tests
def browser():
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM)


def watched(browser, width, height):
    """A browser page with the list of all that it asked for or complained of."""
    page, log = browser.new_page(viewport={"width": width, "height": height}), []
    page.on("request", lambda request: log.append(request.url))
    page.on("requestfailed", lambda request: log.append(f"failed: {request.url}"))
    page.on("console", lambda message: log.append(message.text))
    page.on("pageerror", lambda error: log.append(str(error)))
    return page, log


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_the_screen_and_ask_for_nothing(browser, pages, width):
    page, log = watched(browser, width, 900)
    for path in pages:
        page.goto(path.as_uri())
        assert [url for url in log if not url.startswith("data:")] == [path.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        log.clear()


def test_slides_fit_their_frame_and_stay_offline(browser, decks):
    page, log = watched(browser, 1280, 720)
    folder = decks[0].parents[1].as_uri()
    for path in decks:
        page.goto(path.as_uri())
        page.wait_for_function("Reveal.isReady()")
        for number in range(page.evaluate("Reveal.getTotalSlides()")):
            assert page.evaluate(OUTSIDE_THE_FRAME) == [], (path, number + 1)
            page.evaluate("Reveal.next()")
    assert {url for url in log if not url.startswith((folder, "data:"))} == set()


OUTSIDE_THE_FRAME = """() => {
  const frame = document.querySelector(".slides").getBoundingClientRect();
  const outside = (element) => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > frame.right + 1 || box.bottom > frame.bottom + 1);
  };
  return [...Reveal.getCurrentSlide().querySelectorAll(":not(.notes, .notes *)")]
    .filter(outside)
    .map((element) => element.outerHTML.slice(0, 200));
}"""
