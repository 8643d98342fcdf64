"""The chapter on your report, with other reports: it runs, in silence, and escapes markup."""

import subprocess
import sys
from html import escape
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from writers import p as paragraph
from writers import write_docx

ROOT = Path(__file__).parents[1]
LANGUAGES = ("zh", "en")
TITLE = "某**市**`公安`局<img src=x $x$ [链接](javascript:x) 𠮷😀法治政府建设年度报告"
SOURCE = "<script>alert(1)</script><b>某</b>"
# Nothing to count or to list: no division, no figure, no plan, no date.
BARE = f"{TITLE}\n信息来源:{SOURCE}\n我们深入学习，努力工作，依法行政，取得了很好的效果。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The chapter run on both reports, and its pages, in each language."""
    folder = tmp_path_factory.mktemp("report")
    # A Word document, since a text file with tags is read as a page.
    body = "".join(paragraph(escape(line)) for line in BARE.splitlines())
    bare = write_docx(folder / "it's bare.docx", body)
    reports = {"real": ROOT / "data/szga-2024.txt", "bare": bare}
    for code in LANGUAGES:
        (folder / code).mkdir()
        for name, path in reports.items():
            run(ROOT / f"notebooks/{code}", path, folder / code / f"{name}.ipynb")
        nbconvert = ["-m", "nbconvert", "--log-level=ERROR", "--config=nbconvert/pages.py"]
        options = ["--to=html", "--Edition.contents=False", f"--HTMLExporter.language_code={code}"]
        notebooks = [folder / code / f"{name}.ipynb" for name in reports]
        subprocess.run([sys.executable, *nbconvert, *options, *notebooks], cwd=ROOT, check=True)
    return folder


def run(where, report, done):
    notebook = nbformat.read(where / "04_your_report.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = f"report_path = {str(report)!r}"
    NotebookClient(notebook, resources={"metadata": {"path": where}}).execute()
    nbformat.write(notebook, done)


def page(folder, code, name):
    return BeautifulSoup((folder / code / f"{name}.html").read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["real", "bare"])
def test_nothing_but_results_is_put_out(folder, code, name):
    cells = nbformat.read(folder / code / f"{name}.ipynb", as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"display_data", "execute_result"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_are_about_the_report_given(folder, code):
    assert "深圳市公安局2024年法治政府建设年度报告" in page(folder, code, "real").main.text
    bare = page(folder, code, "bare")
    text = bare.main.text.replace("\u2060", "")
    assert TITLE in text
    assert SOURCE in text
    assert bare(["script", "b"]) == []
    assert all(image["src"].startswith("data:") for image in bare("img"))
    other = {"zh": "en", "en": "zh"}[code]
    links = {link["href"].partition("#")[0] for link in bare("a")}
    assert links == {"", f"../{other}/bare.html"}


def test_what_a_report_lacks_is_said(folder):
    chinese, english = page(folder, "zh", "bare").main.text, page(folder, "en", "bare").main.text
    assert "日期：没有找到" in chinese
    assert "date: not found" in english
    for text in (chinese, english):
        assert text.count("《法治政府建设与责任落实督察工作规定》") >= 2
