"""The reader that opens by double click, in a browser without a network.

Skipped where there is no Chromium, or Python for the browser isn't at hand: `make reader` gets it.
"""

import os
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from random import Random

import numpy as np
import openpyxl
import pytest
from playwright.sync_api import sync_playwright
from wordcloud.query_integral_image import query_integral_image
from writers import TEXT, as_page, numbered, write_docx, write_pdf

from lawreport_utils import marked_text, read_report, write_workbook

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "room"))
import distribution  # noqa: E402
import packages  # noqa: E402
import reader  # noqa: E402

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
GIVEN = os.environ.get("PYODIDE")
LONGEST = 400_000  # milliseconds, for a machine that is busy with other things
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and distribution.at_hand(["numpy"], GIVEN)),
    reason="needs Chromium, and Python for the browser: run make reader, or set PYODIDE",
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The page of the reader, opened from a file, with what it asked the network for."""
    folder = tmp_path_factory.mktemp("reader")
    reader.build(folder, GIVEN)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(locale="en-GB")
        page.set_default_timeout(LONGEST)
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        page.goto((folder / "reader.html").as_uri())
        page.wait_for_selector("body[data-state=loading] progress:not([hidden])")
        page.wait_for_selector("body[data-state=ready]")
        yield page
        browser.close()


def give(page, path):
    """Give a file to the page, and wait for its answer; what the page showed before."""
    shown = page.get_attribute("#page", "srcdoc")
    before = int(page.get_attribute("body", "data-answers") or 0)
    page.set_input_files("#another" if page.is_visible("#bar") else "#file", path)
    page.wait_for_selector(f"body[data-answers='{before + 1}']")
    return shown


def written(folder, kind):
    path = folder / f"report.{kind}"
    if kind == "txt":
        path.write_text(TEXT, encoding="gb18030")
    elif kind == "html":
        path.write_text(as_page(TEXT), encoding="utf-8")
    elif kind == "pdf":
        write_pdf(path, TEXT)
    else:
        body = "".join(numbered(line, None) for line in TEXT.split("\n"))
        write_docx(path, body)
    return path


@needs_browser
@pytest.mark.parametrize("kind", ["txt", "html", "pdf", "docx"])
def test_reader_shows_what_python_elsewhere_gives(opened, tmp_path, kind):
    path = written(tmp_path, kind)
    give(opened, path)
    shown = opened.get_attribute("#page", "srcdoc")
    assert shown == marked_text(read_report(path), language="en").html
    with opened.expect_download() as download:
        opened.click("#save-workbook")
    saved = Path(download.value.path()).read_bytes()
    assert saved.startswith(b"PK")
    assert download.value.suggested_filename == "report-tables.xlsx"
    outside = [url for url in opened.requested if not url.startswith(("file:", "blob:", "data:"))]
    assert [url for url in outside if url != "about:srcdoc"] == []


@needs_browser
def test_reader_compares_with_an_earlier_report(opened, tmp_path):
    later, earlier = (
        shutil.copy(ROOT / f"data/{name}.txt", tmp_path)
        for name in ("practice-report", "practice-report-2022")
    )
    give(opened, later)
    before = int(opened.get_attribute("body", "data-answers"))
    opened.set_input_files("#earlier", earlier)
    opened.wait_for_selector(f"body[data-answers='{before + 1}']")
    shown = opened.get_attribute("#page", "srcdoc")
    expected = marked_text(read_report(later), earlier=read_report(earlier), language="en")
    assert shown == expected.html
    assert "Compared with practice-report-2022.txt" in opened.inner_text("#notes")
    with opened.expect_download() as download:
        opened.click("#save-workbook")
    saved = BytesIO(Path(download.value.path()).read_bytes())
    sheets = openpyxl.load_workbook(saved).sheetnames
    write_workbook(expected.tables, tmp_path / "tables.xlsx", language="en")
    assert sheets == openpyxl.load_workbook(tmp_path / "tables.xlsx").sheetnames
    with opened.expect_download() as download:
        opened.click("#save-page")
    assert Path(download.value.path()).read_text("utf8") == shown


HOSTILE = {  # name -> content, what the page says of it in both languages
    "empty.docx": (b"", "the file is empty", "文件是空的"),
    "no archive.docx": (b"PK\x03\x04 junk", "damaged or cut off", "损坏"),
    "cut.pdf": (b"%PDF-1.7 nothing", "cut off", "不完整"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(500), "this is a picture", "图片"),
    "bytes.txt": (bytes(range(256)) * 200, "its encoding is unknown", "编码"),
    "<img src=x onerror=alert(1)>.txt": (b"", "the file is empty", "文件是空的"),
    "..%2f..%2f名" + "长" * 60 + ".pdf": (b"%PDF-1.4", "cut off", "不完整"),
}


@needs_browser
def test_reader_says_what_it_cannot_read_and_goes_on(opened, tmp_path):
    for language, place in (("zh", 2), ("en", 1)):
        before = int(opened.get_attribute("body", "data-answers") or 0)
        opened.click(f"[data-language={language}]")
        if opened.is_visible("#bar"):  # what was read is said again in the language
            opened.wait_for_selector(f"body[data-answers='{before + 1}']")
        for name, said in HOSTILE.items():
            path = tmp_path / name
            path.write_bytes(said[0])
            before = give(opened, path)
            shown = opened.inner_text("#problem")
            assert name in shown
            assert said[place] in shown, shown
            assert "/tmp" not in shown
            assert before == opened.get_attribute("#page", "srcdoc")  # what was read stays
    give(opened, written(tmp_path, "txt"))
    assert not opened.is_visible("#problem")
    assert opened.query_selector("#problem img") is None


@needs_browser
def test_the_page_of_the_reader_answers_while_it_reads(opened, tmp_path):
    longest = """() => new Promise((done) => {
      let last = performance.now(), most = 0;
      const timer = setInterval(() => {
        most = Math.max(most, performance.now() - last);
        last = performance.now();
        if (document.body.dataset.state != "reading") { clearInterval(timer); done(most); }
      }, 10);
    })"""
    before = int(opened.get_attribute("body", "data-answers"))
    opened.set_input_files("#another", ROOT / "data/practice-report.txt")
    opened.wait_for_selector("body[data-state=reading]")
    assert opened.evaluate(longest) < 1000  # milliseconds, on a machine busy with other things
    opened.wait_for_selector(f"body[data-answers='{before + 1}']")


def test_a_file_that_is_not_the_official_one_is_refused(tmp_path, monkeypatch):
    (tmp_path / "cache").mkdir()
    monkeypatch.setattr(distribution, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(distribution, "_npm", list)
    monkeypatch.setattr(distribution, "_carriers", list)
    given = tmp_path / "pyodide"
    given.mkdir()
    (given / "pyodide.js").write_text("other();")
    with pytest.raises(SystemExit, match=r"(?s)pyodide\.js.*release page of the Pyodide project"):
        distribution.collect(["numpy"], given)


def test_what_is_compiled_for_this_machine_stays_here():
    paths = [path for name in packages.READING for path, _ in packages.installed(name)]
    assert "jieba/dict.txt" in paths
    assert not [path for path in paths if path.endswith((".so", ".pyd"))]


def test_words_of_a_cloud_find_the_same_places():
    path = ROOT / "room" / "standins" / "wordcloud" / "query_integral_image.py"
    found = {}
    exec(path.read_text("utf8"), found)
    for seed in range(40):
        filled = np.random.default_rng(seed).random((60, 50)) < (0.002, 0.02, 0.5)[seed % 3]
        integral = np.cumsum(np.cumsum(filled, axis=1), axis=0).astype(np.uint32)
        for size in [(1, 1), (7, 4), (20, 30), (59, 49), (60, 50), (70, 5)]:
            places = [
                query(integral, *size, Random(seed))
                for query in (query_integral_image, found["query_integral_image"])
            ]
            assert places[0] == places[1]


def test_pages_are_read_alike_without_lxml(tmp_path):
    shutil.copytree(ROOT / "room" / "standins" / "lxml", tmp_path / "lxml")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", ""), str(ROOT)])
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_page.py"]
    code = "import lxml; print(lxml.__file__)"
    used = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": path}, capture_output=True
    )
    assert str(tmp_path) in used.stdout.decode()
    done = subprocess.run(
        tests, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
