"""Look for answers in all that learners get: pages, notebooks, data, and packages in the room."""

import io
import json
import re
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import nbformat
import packages
from lawreport_exercises import read_wording

from lawreport_utils import check_report, read_report

KEPT_BACK = [f"{name}.jsonl" for name in ["planted", "alignment", "pairs", "targets", "outline"]]
_GIVES = re.compile(f"(?:{'|'.join(name for name in read_wording() if name != 'say')}) = ")
_TEXTS = (".html", ".ipynb", ".json", ".jsonl", ".md", ".py", ".toml", ".txt")


def answers():
    """What learners may not find: lines that give an answer, what is said of one, the slips, and
    what the package asks about the practice report, as a page made from it would show."""
    for language in ("zh", "en"):
        source = packages.ROOT / "notebooks" / language / "06_exercises.ipynb"
        for cell in nbformat.read(source, 4).cells:
            if "solution" in cell.metadata.get("tags", []):
                lines = cell.source.splitlines()
                yield from lines if cell.cell_type == "markdown" else filter(_GIVES.match, lines)
    for line in (packages.ROOT / "data/practice/planted.jsonl").read_text("utf8").splitlines():
        yield json.loads(line)["what"]
    asked = check_report(read_report(packages.ROOT / "data" / "practice-report.txt"))
    yield from [*asked["question_zh"], *asked["question_en"]]


def answers_in(folder):
    """File: answer, for each that is in a file below the folder, or in an archive there."""
    wanted = {_bare(text): text for text in answers() if text.strip()}
    for name, data in packages.below(folder):
        yield from _found(name, data, wanted)


def _found(name, data, wanted):
    if name.endswith((".whl", ".zip")):
        with ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from _found(f"{name}: {inner}", archive.read(inner), wanted)
    elif Path(name).suffix in _TEXTS:
        if re.split("[/ ]", name)[-1] in KEPT_BACK:
            yield f"{name}: annotations"
        said = _bare(data.decode("utf8", "replace"))
        yield from (f"{name}: {text}" for bare, text in wanted.items() if bare in said)


def _bare(text):
    """Text without tags, blanks and escapes, so that it is found however it is written down."""
    return re.sub(r"\s|\\n|\\", "", unescape(re.sub(r"<[^<>]*>", "", text)))
