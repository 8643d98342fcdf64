"""Build the kits of a training: a zip for learners, without answers, and one for the trainer.

Usage: python room/kit.py     (`make kit`, which makes the slides first)

The room goes into both where it has been built (`make room`).
"""

import shutil
import subprocess
import sys

import packages

ROOT = packages.ROOT
BUILD = ROOT / "build"
EXERCISES = "06_exercises"
# Of the folder data: the rest are annotations and planted slips, which tell answers.
DATA = ["README.md", "practice-report.txt", "practice-report-2022.txt", "szga-2024.txt"]
ANNOTATED = ["outcomes.jsonl", "negatives.jsonl", "qualitative.jsonl"]  # chapter 03 scores itself


def main():
    kits = {name: BUILD / "kit" / name for name in ("learner", "trainer")}
    shutil.rmtree(BUILD / "kit", ignore_errors=True)
    for language in ("zh", "en"):
        _pages(kits["learner"], language)
        _notebooks(kits["learner"], language)
    _data(kits["learner"] / "data")
    shutil.copy(ROOT / "nbconvert" / "index.html", kits["learner"])
    shutil.copytree(kits["learner"], kits["trainer"])
    for language in ("zh", "en"):
        _solutions(kits["trainer"], language)
    shutil.copytree(BUILD / "slides", kits["trainer"] / "slides")
    shutil.copytree(ROOT / "data", kits["trainer"] / "data", dirs_exist_ok=True)
    shutil.copy(ROOT / "TEACHING.md", kits["trainer"])
    for name, folder in kits.items():
        if (BUILD / "room").is_dir():
            shutil.copytree(BUILD / "room", folder / "room")
        path = BUILD / f"lawreport-{name}.zip"
        path.write_bytes(packages.zipped(packages.below(folder, f"lawreport-{name}/")))
        print(f"build/{path.name}  {path.stat().st_size / 1e6:.1f} MB")
    if not (BUILD / "room").is_dir():
        print("The room isn't in them: make room first.")


def _convert(*options):
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--log-level=WARN"]
    subprocess.run([*command, *options], cwd=ROOT, check=True)


def _page(language, folder, notebooks, *options):
    pages = ["--config", "nbconvert/pages.py", f"--HTMLExporter.language_code={language}"]
    _convert(*pages, "--to", "html", "--output-dir", folder / language, *options, *notebooks)


def _without(config, language, folder, name):
    """A copy of the exercises that a config file leaves something out of."""
    source = ROOT / "notebooks" / language / f"{EXERCISES}.ipynb"
    options = ["--config", f"nbconvert/{config}.py", "--to", "notebook", "--output", name]
    _convert(*options, "--output-dir", folder / language, source)
    return folder / language / f"{name}.ipynb"


def _chapters(language):
    return sorted((ROOT / "notebooks" / language).glob("0[0-5]_*.ipynb"))


def _pages(kit, language):
    scratch = BUILD / "handout"
    index = ROOT / "nbconvert" / language / "index.ipynb"
    tasks = _without("learner_page", language, scratch, EXERCISES)
    linked = ["--Edition.kit=learner", "--Edition.marked=True"]
    _page(language, kit, [index, *_chapters(language), tasks], *linked)
    paper = _without("handout", language, scratch, "handout")
    _page(language, kit, [paper], "--Edition.contents=False")
    _marked(kit, language)


def _marked(kit, language):
    code = (
        "import sys; from lawreport_utils import marked_text, read_report; "
        "marked_text(read_report('data/szga-2024.txt'), language=sys.argv[1]).save(sys.argv[2])"
    )
    target = kit / language / "marked.html"
    subprocess.run([sys.executable, "-c", code, language, target], cwd=ROOT, check=True)


def _notebooks(kit, language):
    folder = kit / "notebooks"
    _without("learner", language, folder, EXERCISES)
    for path in _chapters(language):
        shutil.copy(path, folder / language)


def _data(folder):
    for name in ("gold", "practice"):
        (folder / name).mkdir(parents=True)
        for kind in ANNOTATED:
            shutil.copy(ROOT / "data" / name / kind, folder / name)
    for name in DATA:
        shutil.copy(ROOT / "data" / name, folder)


def _solutions(kit, language):
    source = ROOT / "notebooks" / language / f"{EXERCISES}.ipynb"
    (kit / "trainer" / language).mkdir(parents=True)
    shutil.copy(source, kit / "trainer" / language / "trainer.ipynb")
    index = ROOT / "nbconvert" / language / "index.ipynb"
    linked = ["--Edition.kit=trainer", "--Edition.marked=True"]
    _page(language, kit, [index, source], *linked)


if __name__ == "__main__":
    main()
