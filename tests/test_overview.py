"""The page of many reports: a row a report, sorted in a browser, nothing run or requested."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which

import pytest
from lxml import html

from lawreport_utils import analyze_corpus
from lawreport_utils.page.overview import overview

CHROMIUM = which("chromium")
DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for path in DATA.glob("*.txt"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "<img src=x onerror=window.ran=1>.txt").write_text(
        "某局2023年法治政府建设年度报告<script>window.ran=1</script>\n一、执法\n办理案件3件。",
        "utf8",
    )
    (folder / "empty.txt").write_bytes(b"")
    with ThreadPoolExecutor(1) as executor:
        return analyze_corpus(folder, executor=executor, progress=False, tokenizer="rjieba")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_row_a_report_with_its_rates(tables, language):
    page = html.fromstring(overview(tables, language=language))
    assert len(page.xpath("//tbody/tr")) == len(tables["reports"]) == 4
    row = page.xpath("//tbody/tr[contains(., 'szga-2024')]")[0]
    about = tables["reports"].set_index("report").loc["szga-2024.txt"]
    figures = (tables["outcomes"]["report"] == "szga-2024.txt").sum()
    cells = [cell.get("data-value") for cell in row.xpath("td")]
    assert float(cells[1]) == about["han"]
    assert float(cells[2]) == pytest.approx(1000 * figures / about["han"])
    assert "empty.txt" in page.xpath("string(//main/ul)")
    assert len(page.xpath("//thead//button")) == len(row)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_it_sorts_and_runs_nothing_of_a_report(tables, tmp_path):
    sync_api = pytest.importorskip("playwright.sync_api")
    path = tmp_path / "overview.html"
    path.write_text(overview(tables, language="zh"), encoding="utf-8")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page, asked = browser.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        column = page.locator("thead button").nth(2)
        for order in ("descending", "ascending"):
            column.press("Enter")
            values = page.eval_on_selector_all(
                "tbody tr", "rows => rows.map(row => Number(row.children[2].dataset.value))"
            )
            assert values == sorted(values, reverse=order == "descending")
            assert page.locator("thead th").nth(2).get_attribute("aria-sort") == order
        assert page.evaluate("window.ran") is None
        assert asked == [path.as_uri()]
        browser.close()
