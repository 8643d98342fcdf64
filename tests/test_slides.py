"""What the speaker has on each slide, and tables that fit one."""

import re
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from traitlets.config import Config

from lawreport_utils import parse_report
from lawreport_utils.notebook import quote

ROOT = Path(__file__).parents[1]
NOTES = tomllib.loads((ROOT / "nbconvert/lawreport_slides/notes.toml").read_text("utf8"))
PAGES = ROOT / "nbconvert/pages.py"


@pytest.fixture(scope="module")
def pages():
    """What is defined in the configuration of the pages."""
    names = {"__file__": str(PAGES), "get_config": Config, "__name__": "pages"}
    sys.modules.pop("pages", None)
    exec(compile(PAGES.read_text("utf8"), str(PAGES), "exec"), names)
    return names


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_slide_says_what_to_say_and_to_ask(language):
    started = [
        cell.id
        for path in sorted((ROOT / "notebooks" / language).glob("*.ipynb"))
        for cell in nbformat.read(path, 4).cells
        if cell.metadata.get("slideshow", {}).get("slide_type") == "slide"
    ]
    assert set(started) == set(NOTES)
    for note in NOTES.values():
        assert 0 < note["minutes"] <= 10
        assert bool(re.search("[。？！）]$", note[language])) == (language == "zh")
        assert len(note[language]) > 15


def test_the_minutes_are_those_of_the_plan():
    decks = {}
    for cell, note in NOTES.items():
        decks[cell[:2]] = decks.get(cell[:2], 0) + note["minutes"]
    teaching = (ROOT / "TEACHING.md").read_text("utf8")
    planned = re.findall(r"`(\d\d)_\w+`(?:（| \()(\d+) (?:分钟|min)", teaching)
    assert {deck for deck, _ in planned} >= {"01", "02", "03"}
    assert {deck: int(minutes) for deck, minutes in planned}.items() <= decks.items()
    assert decks["00"] == 8


def test_a_long_table_is_small_and_a_longer_one_cut(pages):
    def shown(count):
        rows = "".join(f"<tr><td>{number}</td><td>a</td></tr>" for number in range(count))
        html = f"<table><thead><tr><th>n</th><th>b</th></tr></thead><tbody>{rows}</tbody></table>"
        return BeautifulSoup(pages["slide_rows"](html, "{} more"), "html.parser")

    assert "class" not in shown(9).table.attrs
    assert len(shown(16)("tr")) == 17
    assert shown(16).table["class"] == ["small"]
    cut = shown(30)
    assert len(cut("tr")) == 10
    assert cut("tr")[-1].td.attrs["colspan"] == "2"
    assert cut("tr")[-1].text == "22 more"


def test_a_quotation_is_bold_and_words_of_a_report_are_no_markup(pages):
    report = parse_report("一、执法\n开展<strong>检查</strong>12次，<b>培训</b>3期。")
    place = report.text.index("12次")
    quoted = quote(report, place, place + 3).data
    page = BeautifulSoup(pages["computed_prose"](quoted), "html.parser")
    assert [bold.text for bold in page("strong")] == ["12次"]
    assert page("b") == []
    assert "<strong>检查</strong>" in page.text.replace("\u2060", "")
