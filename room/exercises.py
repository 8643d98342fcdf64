"""Exercises from any report: for learners, for the trainer, and on paper, in both languages.

Usage: python room/exercises.py -- REPORT [EARLIER]     (`make exercises REPORT=… EARLIER=…`)

They are those of the notebook of exercises, put for this report; what is right is computed from
it. What the report can't carry is left out and named.
"""

import json
import re
import shutil
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import kit
import nbformat
import packages
from lawreport_exercises import carried, read_wording
from lawreport_exercises.tasks import Material, task
from nbformat.v4 import new_markdown_cell

from lawreport_utils import ReportError, check_report, read_report
from lawreport_utils.notebook import shown

TARGET = packages.ROOT / "build" / "exercises"
PRACTICE = packages.ROOT / "data" / "practice-report.txt"
SAY = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf8"))
NAMES = [name for name in SAY if name != "start"]
FEWEST = 3
COMPARED = ("only_figures", "points", "fell_short")
NOTES = {"slide_type": "notes"}
WAYS = {  # the first word where it fell, or rose, or is more
    "real_fall": {"zh": ("下降", "上升"), "en": ("fall", "rise")},
    "points": {"zh": ("高", "低"), "en": ("higher", "lower")},
    "more": {"zh": ("多", "少"), "en": ("more", "less")},
    "most": {"zh": ("多数", "少数"), "en": ("Most", "Few")},
}


def build(target, report, earlier=None, languages=("zh", "en")):
    """Write the folder. What is left out, each exercise with why, by language. ReportError where
    a file can't be read or gives no exercise."""
    paths = {"report": Path(report), "practice": PRACTICE}
    paths |= {"earlier": Path(earlier)} if earlier else {}
    read = {name: read_report(path) for name, path in paths.items()}
    material = Material(read["report"], read["report"], read.get("earlier"), read["practice"])
    names = carried(material)
    if len(names) < FEWEST:
        problem = f"it carries {len(names)} of the exercises, too few"
        raise ReportError(report, problem, "give a report that has numbered parts and figures")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files = {name: _copied(path, target, name) for name, path in paths.items()}
    left_out = {code: list(left_out_of(code, names, material)) for code in languages}
    for language, said in left_out.items():
        source = target / language / "trainer.ipynb"
        source.parent.mkdir()
        nbformat.write(notebook(language, names, material, files, said), source)
        kit.convert(
            "--config=nbconvert/execute.py", "--to=notebook", "--execute", "--inplace", source
        )
        kit.without("learner", source, source.parent, "learner")
        paper = kit.without("handout", source, source.parent, "handout")
        kit.page(language, target, [paper], "--Edition.contents=False")
        paper.unlink()
    return left_out


def _copied(path, target, name):
    """The file beside the notebooks, by a plain name."""
    ending = path.suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", path.suffix) else ""
    shutil.copyfile(path, target / f"{name}{ending}")
    return f"../{name}{ending}"


def left_out_of(language, names, material):
    for name, own in read_wording().items():
        if name not in ("say", *names):
            alone = name in COMPARED and material.earlier is None
            why = SAY["start"][language]["earlier"] if alone else SAY[name]["needs"][language]
            yield SAY["start"][language]["why"].format(title=own["title"][language], why=why)


def notebook(language, names, material, files, left_out):
    """The trainer's notebook, not run yet."""
    whole, cells = nbformat.read(kit.source(language), 4), []
    for group in _groups(whole.cells):
        name = next((name for name in NAMES if f'check("{name}")' in group[-1].source), None)
        if name is None:
            cells += group
        elif name in names:
            cells += _put(group, name, language, _words(name, language, material))
    start, by_id = SAY["start"][language], {cell.id: cell for cell in cells}
    by_id["06-02"].source = start["about"]
    by_id["06-04"].source = by_id["06-04"].source.replace("_style\n", "_style, shown\n", 1)
    by_id["06-05"].source = _loading(language, files)
    by_id["06-06"].source = start["reports"]
    if material.earlier is None:
        cells.remove(by_id["06-101"])  # which compares
    if left_out:
        listed = start["left_out"].format(names=start["joint"].join(left_out))
        cells.insert(2, new_markdown_cell(listed, metadata={"tags": ["screen", "solution"]}))
    whole.cells = [cell for cell, after in pairwise([*cells, None]) if not _is_empty(cell, after)]
    return whole


def _loading(language, files):
    """The code that reads the reports and makes their check."""
    loads = [f"{name} = read_report({json.dumps(path)})" for name, path in files.items()]
    given = ["globals()", "report", "report", *(["earlier"] if "earlier" in files else [])]
    return "\n".join([*loads, f'check = checker("{language}", {", ".join(given)}, other=practice)'])


def _is_empty(cell, after):
    """Is a cell the heading of a section of which nothing is left?"""
    return after is not None and cell.source[:3] == after.source[:3] == "## "


def _groups(cells):
    """The cells of each exercise together, from its heading to its check; others alone."""
    group = []
    for cell in cells:
        group.append(cell)
        if not group[0].source.startswith("### ") or "check" in cell.metadata.get("tags", []):
            yield group
            group = []


def _put(group, name, language, words):
    """The cells of an exercise, put for the report."""
    own, wanted = SAY[name], []
    for kind in (language, "code"):
        wanted += own.get(kind, [])
    changes = wanted if own.get("keeps") else [*SAY["start"][language]["names"], *wanted]
    found = set()
    for cell in group:
        tags, notes = cell.metadata.get("tags", []), cell.metadata.get("slideshow") == NOTES
        if notes and "notes" in own:
            cell.source = own["notes"][language].format(**words)
        elif "hint" in tags and "hint" in own:
            head, tail = cell.source.split("\n\n")[0], "</details>"
            cell.source = f"{head}\n\n{own['hint'][language]}\n\n{tail}"
        if not own.get("keeps"):
            cell.source = re.sub(r"\bpractice\b(?! report)", "report", cell.source)
        for old, new in changes:
            if old in cell.source:
                cell.source = cell.source.replace(old, new.format(**words))
                found.add(old)
    if lost := [old for old, _ in wanted if old not in found]:
        raise ValueError(f"{name}: the notebook of exercises doesn't say {lost} any more")
    return group


def _words(name, language, material):
    """What the braces stand for: words of the report, safe where they are put."""
    words = dict(task(name, material).words)
    two = WAYS.get(name, {}).get(language)
    if two:
        words["way"] = two[not words["fell" if "fell" in words else "rose"]]
    if name == "supported":
        words["more"] = WAYS["more"][language][not words["more"]]
        words["most"] = WAYS["most"][language][not words["most_outside"]]
    if name == "better_sentence":
        numbers = (
            "由上年的400件降至300件"
            if words["direction"] == "decrease"
            else "由上年的300件增至400件"
        )
        words["sentence"] = json.dumps(f"{words['metric']}{numbers}。", ensure_ascii=False)[1:-1]
    if name == "conflicts":
        asked = check_report(material.practice)
        asked = asked[asked["check"].isin(["rate", "sum", "two_values", "zero"])]
        words["questions"] = "\n".join(f"- {shown(text)}" for text in asked[f"question_{language}"])
    if name == "only_figures":
        words["letters"] = sorted(task(name, material).right)
    for key, word in words.items():
        if isinstance(word, list):
            words[key] = json.dumps(word, ensure_ascii=False)
        elif key in ("metric", "surface", "total"):
            words[key] = shown(word)
    return words


def main(report, earlier=""):
    try:
        left_out = build(TARGET, report, earlier)
    except ReportError as error:
        sys.exit(str(error))
    for language, said in left_out.items():
        start = SAY["start"][language]
        print(f"build/exercises/{language}: learner.ipynb, trainer.ipynb, handout.html")
        if said:
            print(start["left_out"].format(names=start["joint"].join(said)))


if __name__ == "__main__":
    main(*sys.argv[sys.argv.index("--") + 1 :])
