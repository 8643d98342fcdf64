"""The pages and slides of one language.

`jupyter nbconvert --config nbconvert/pages.py --HTMLExporter.language_code=zh --to html …`
"""

import re
import tomllib
from functools import cache
from html import escape
from pathlib import Path

import bleach
import nbformat
from bs4 import BeautifulSoup
from nbconvert.filters import markdown2html
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_markdown_cell
from traitlets import Bool, Unicode

HERE = Path(__file__).parent
SHOWN, CUT = 8, 16  # rows of a table on a slide: as many of a longer one; the most that fit, small
NUMBER = re.compile(r"[-+−]?[\d,]+(?:\.\d+)?%?")
MISSING = re.compile("^(?:NaN|NaT|None|<NA>)$")
PROSE_TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre"}
PROSE_TAGS |= {"strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}


class Edition(Preprocessor):
    """Gives the template a page's title, its sections and the list of all pages."""

    notebooks = Unicode("notebooks", help="The folder of the languages' folders.").tag(config=True)
    contents = Bool(True, help="List the other notebooks on every page.").tag(config=True)
    show_code = Bool(False, help="Unfold the code.").tag(config=True)
    marked = Bool(False, help="Link the marked report, marked.html.").tag(config=True)
    kit = Unicode("", help="Link what is in a kit: learner or trainer.").tag(config=True)

    def preprocess(self, nb, resources):
        language = resources["language_code"]
        folder = Path(resources["metadata"]["path"] or ".")
        page = describe(folder / f"{resources['metadata']['name']}.ipynb")
        others = sorted(Path(self.notebooks, language).glob("*.ipynb")) if self.contents else []
        resources["page"] = page
        resources["pages"] = [describe(path) for path in others]
        resources["show_code"] = self.show_code
        resources["kit"] = self.kit
        resources["marked"] = self.marked
        nb.metadata["title"] = page["title"]
        if "reveal" in resources:  # a cell is on a slide only if its notebook says so
            for cell in nb.cells:
                cell.metadata.setdefault("slideshow", {"slide_type": "skip"})
            nb.cells = [part for cell in nb.cells for part in (cell, *spoken(cell, language))]
        return nb, resources


def spoken(cell, language):
    """What the speaker says on the slide that a cell starts."""
    said = tomllib.loads((HERE / "lawreport_slides" / "notes.toml").read_text("utf8"))
    if note := said.get(cell.id):
        minutes = f"{note['minutes']:g} {'分钟' if language == 'zh' else 'min'}"
        notes = {"slideshow": {"slide_type": "notes"}}
        yield new_markdown_cell(f"**{minutes}** · {note[language]}", metadata=notes)


def slide_rows(html, more):
    """A table for a slide: small where it has many rows, cut where it has too many."""
    soup = BeautifulSoup(html, "html.parser")
    for table in soup("table"):
        rows = table("tr")[1:]
        if len(rows) > CUT:
            for row in rows[SHOWN:]:
                row.decompose()
            cell = soup.new_tag("td", colspan=len(table.tr(["td", "th"])))
            cell.string = more.format(len(rows) - SHOWN)
            last = soup.new_tag("tr")
            last.append(cell)
            rows[0].parent.append(last)
        elif len(rows) > SHOWN + 1:
            table["class"] = "small"
    return str(soup)


@cache
def describe(path):
    """The title, first paragraph and sections of a notebook; its name where it has no title."""
    cells = nbformat.read(path, 4).cells
    prose = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    soup = BeautifulSoup(markdown2html(prose), "html.parser")
    for link in soup(class_="anchor-link"):
        link.decompose()
    return {
        "name": path.stem,
        "title": soup.h1.text if soup.h1 else path.stem,
        "question": soup.p.text if soup.p else "",
        "sections": [(heading["id"], heading.text) for heading in soup("h2")],
        "slides": any("slideshow" in cell.metadata for cell in cells),
        "exercises": any("solution" in cell.metadata.get("tags", []) for cell in cells),
    }


def computed_prose(text):
    """Markdown made from a report -> HTML that holds no markup but Markdown's own, and the bold of
    a quotation.

    nbconvert's ``sanitize_html`` forbids paragraphs and headings too, so it can't be used.
    """
    escaped = escape(text, quote=False).replace("&gt;", ">")
    return bleach.clean(
        markdown2html(re.sub("&lt;(/?strong>)", r"<\1", escaped)),
        tags=PROSE_TAGS,
        attributes={"a": ["href"], "*": ["class", "id"]},
    )


def plain_tables(html):
    """Tables without pandas' own style, missing values as a dash, columns of numbers marked so."""
    soup = BeautifulSoup(html, "html.parser")
    for style in soup("style"):
        style.decompose()
    for heading in soup("th"):
        if not heading.text.strip():  # the corner above pandas' index
            heading.name = "td"
    for cell in soup("td", string=MISSING):
        cell.string = "–"
    for table in soup("table"):
        for column in zip(*(row(["td", "th"]) for row in table("tr")), strict=False):
            values = [cell.text for cell in column if cell.name == "td" and cell.text.strip(" –")]
            name = column[0].text  # a division's number, such as 3.1, is a name
            for cell in column:
                if cell.name == "td" and len(cell.text) <= 8:
                    cell["class"] = "short"
            numbers = values and name != "number" and all(map(NUMBER.fullmatch, values))
            if numbers or name == "left":  # what stands left of a concordance's keyword
                for cell in column:
                    cell["class"] = "number"
    return str(soup)


def local_links(html):
    """Links between notebooks -> links between their pages."""
    return re.sub(r'(href="(?!\w+:)[^"#]*)\.ipynb(?=["#])', r"\1.html", html)


c = get_config()  # noqa: F821 - given by traitlets
c.TemplateExporter.extra_template_basedirs = [str(HERE)]
c.TemplateExporter.extra_template_paths = [str(HERE)]
c.TemplateExporter.filters = {
    "computed_prose": computed_prose,
    "local_links": local_links,
    "plain_tables": plain_tables,
    "slide_rows": slide_rows,
}
c.TemplateExporter.exclude_input_prompt = True
c.TemplateExporter.exclude_output_prompt = True
c.HTMLExporter.preprocessors = [Edition]
c.HTMLExporter.template_name = "lawreport"
c.SlidesExporter.template_name = "lawreport_slides"
c.SlidesExporter.reveal_theme = "lawreport"
c.SlidesExporter.reveal_url_prefix = "../reveal.js"
c.SlidesExporter.exclude_input = True
