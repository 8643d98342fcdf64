"""Build the kits of a training: a zip for learners, without answers, and one for the trainer.

Usage: python room/kit.py     (`make kit`, which makes the slides first)

The room goes into both where it has been built (`make room`).
"""

import shutil
import subprocess
import sys

import leaks
import packages

ROOT = packages.ROOT
BUILD = ROOT / "build"
EXERCISES = "06_exercises"


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
        if name == "learner" and (found := sorted(set(leaks.answers_in(folder)))):
            sys.exit("The learner's kit tells answers:\n" + "\n".join(found))
        path = BUILD / f"lawreport-{name}.zip"
        path.write_bytes(packages.zipped(packages.below(folder, f"lawreport-{name}/")))
        print(f"build/{path.name}  {path.stat().st_size / 1e6:.1f} MB")
    if not (BUILD / "room").is_dir():
        print("The room isn't in them: make room first.")


def convert(*options):
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--log-level=WARN"]
    subprocess.run([*command, *options], cwd=ROOT, check=True)


def page(language, folder, notebooks, *options):
    """Notebooks as pages, in the language's folder."""
    pages = ["--config", "nbconvert/pages.py", f"--HTMLExporter.language_code={language}"]
    convert(*pages, "--to", "html", "--output-dir", folder / language, *options, *notebooks)


def without(config, notebook, folder, name):
    """A copy of a notebook that a config file leaves something out of."""
    options = ["--config", f"nbconvert/{config}.py", "--to", "notebook", "--output", name]
    convert(*options, "--output-dir", folder, notebook)
    return folder / f"{name}.ipynb"


def source(language):
    """The notebook of the exercises, solved."""
    return ROOT / "notebooks" / language / f"{EXERCISES}.ipynb"


def _chapters(language):
    return sorted((ROOT / "notebooks" / language).glob("0[0-5]_*.ipynb"))


def _pages(kit, language):
    scratch = BUILD / "handout"
    index = ROOT / "nbconvert" / language / "index.ipynb"
    tasks = without("learner_page", source(language), scratch / language, EXERCISES)
    linked = ["--Edition.kit=learner", "--Edition.marked=True"]
    page(language, kit, [index, *_chapters(language), tasks], *linked)
    paper = without("handout", source(language), scratch / language, "handout")
    page(language, kit, [paper], "--Edition.contents=False")
    _marked(kit, language)


def _marked(kit, language):
    code = (
        "import sys; from lawreport_utils import marked_text, read_report; "
        "marked_text(read_report('data/szga-2024.txt'), language=sys.argv[1]).save(sys.argv[2])"
    )
    target = kit / language / "marked.html"
    subprocess.run([sys.executable, "-c", code, language, target], cwd=ROOT, check=True)


def _notebooks(kit, language):
    folder = kit / "notebooks" / language
    without("learner", source(language), folder, EXERCISES)
    for path in _chapters(language):
        shutil.copy(path, folder)


def _data(folder):
    for name, content in packages.learners_data():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _solutions(kit, language):
    solved = source(language).read_text("utf8")
    for path in _chapters(language):  # which stand elsewhere in the kit
        solved = solved.replace(f"]({path.name})", f"](../../notebooks/{language}/{path.name})")
    trainer = kit / "trainer" / language / "trainer.ipynb"
    trainer.parent.mkdir(parents=True)
    trainer.write_text(solved, "utf8")
    index = ROOT / "nbconvert" / language / "index.ipynb"
    linked = ["--Edition.kit=trainer", "--Edition.marked=True"]
    page(language, kit, [index, source(language)], *linked)


if __name__ == "__main__":
    main()
