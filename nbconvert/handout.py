"""The exercises on paper: tasks, tables and lines to write on; no code, no checks, no solutions."""

from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_markdown_cell

LINES = 2


class Paper(Preprocessor):
    """Leaves out what is for a screen, and gives each exercise lines for its answer."""

    def preprocess(self, nb, resources):
        lines = '<div class="answer"></div>\n' * LINES
        cells = []
        for cell in nb.cells:
            tags = cell.metadata.get("tags", [])
            if "screen" in tags or (cell.cell_type == "code" and not cell.get("outputs")):
                shown = []
            else:
                shown = [cell]
            cells += shown
            if "exercise" in tags:
                cells.append(new_markdown_cell(lines))
            if cell.cell_type == "code":
                cell.source = ""
        nb.cells = cells
        return nb, resources


c = get_config()  # noqa: F821 - given by traitlets
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"check", "solution"}
c.NotebookExporter.preprocessors = [Paper]
