"""Run every ``bench_*.py`` beside this file and write what they measure to RESULTS.md.

``make bench`` takes some twelve minutes on two cores that have nothing else to do.
``python benchmarks/run.py 300`` has at most 300 reports instead of 10,000 and prints the results.
"""

import os
import platform
import re
import sys
import time
import traceback
from collections import Counter
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
BUILD = HERE.parent / "build"
FUZZED, TESTED, CHECKED = BUILD / "fuzz", BUILD / "tests.xml", BUILD / "ci-seconds.txt"
BY_NUMBER = ("bench_corpus", "bench_soak")  # the number of reports can be given
PACKAGES = "jieba rjieba pandas numpy pyarrow matplotlib"
# Name of a figure, the least or the most that it should be.
TARGETS = [
    ("full analysis with jieba / jieba alone", "≤", 1.5),
    ("full analysis where rjieba isn't installed / jieba alone", "≤", 1.5),
    ("full analysis with rjieba / jieba alone", "≤", 0.5),
    ("keyness / jieba alone", "≤", 1),
    ("repeated_phrases / jieba alone", "≤", 1),
    ("import lawreport_utils, ms", "≤", 20),
    ("most / least processor time of these", "≤", 1.1),
    ("memory added from 1000 to 10000 reports, MB", "≤", 100),
    ("two processes / one, speed", "≥", 1.9),
]


def machine() -> str:
    """Processor, memory, system, versions and the load, without names of hosts or folders."""
    cpuinfo = Path("/proc/cpuinfo")
    found = re.search("model name.*: (.*)", cpuinfo.read_text()) if cpuinfo.exists() else None
    processor = found[1].strip() if found else platform.processor()
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES.split())
    return (
        f"{os.cpu_count()} cores ({processor}), {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def targets(figures: dict[str, float]) -> str:
    lines = ["| target | | measured | |", "|---|---:|---:|---|"]
    for name, sign, limit in TARGETS:
        value = figures.get(name)
        if value is None:
            lines.append(f"| {name} | {sign} {limit} | – | not measured |")
            continue
        met = value <= limit if sign == "≤" else value >= limit
        verdict = "met" if met else f"missed by {abs(value / limit - 1):.0%}"
        lines.append(f"| {name} | {sign} {limit} | {value:.2f} | {verdict} |")
    return "\n".join(lines)


def table(figures: dict[str, float]) -> str:
    rows = (f"| {name} | {value:.2f} |" for name, value in figures.items())
    return "\n".join(["| figure | measured |", "|---|---:|", *rows])


def fuzzing() -> str:
    """What the latest ``make fuzz`` says of itself."""
    lines = []
    for log in sorted(FUZZED.glob("*.log")):
        done = re.search(r"Done (\d+) runs in (\d+) second", log.read_text(errors="replace"))
        told = f"{done[1]} inputs in {done[2]} s, none that fails" if done else "ended by a failure"
        lines.append(f"- {log.stem}: {told}")
    return "\n".join(lines) or "- not run here"


def tests() -> str:
    """What the latest ``make test`` and ``.ci/run`` left behind: how long, and what is slowest."""
    if not TESTED.exists():
        return "- not run here"
    cases = [
        (float(case.get("time", 0)), case.get("classname", ""), case.get("name", ""))
        for case in ElementTree.parse(TESTED).iter("testcase")
    ]
    files: Counter[str] = Counter()
    for seconds, where, _ in cases:
        files[where] += seconds
    lines = [f"- `make test`: {len(cases)} tests, {sum(files.values()):.0f} s of all processes"]
    if CHECKED.exists():
        lines.append(f"- `bash .ci/run`: {CHECKED.read_text().strip()} s")
    lines.append("- slowest files: " + ", ".join(f"{n} {s:.0f} s" for n, s in files.most_common(8)))
    slowest = ", ".join(f"{where} {name} {s:.0f} s" for s, where, name in sorted(cases)[:-9:-1])
    return "\n".join([*lines, f"- slowest tests: {slowest}"])


def used() -> tuple[float, float]:
    """Seconds by the clock, and of processor time, of the processes that have ended too."""
    return time.perf_counter(), sum(os.times()[:4])


def measured(path: Path, most: list[int]) -> tuple[dict[str, float], str]:
    """The figures of a benchmark, and its section of the results."""
    print(path.stem, file=sys.stderr)
    module, begun = import_module(path.stem), used()
    few = most if path.stem in BY_NUMBER else []
    try:
        found = module.measure(*few)
    except Exception as error:
        traceback.print_exc()
        found = f"It failed: {error!r}"
    clock, processor = (now - then for now, then in zip(used(), begun, strict=True))
    paragraphs = (module.__doc__ or "").strip().split("\n\n")
    notes = [note for note in paragraphs if not note.startswith(("``", "Run as"))]
    took = f"It took {clock:.0f} s, {processor:.0f} s of processor time."
    figures = found if isinstance(found, dict) else {}
    shown = table(found) if isinstance(found, dict) else found
    return figures, "\n\n".join([f"## {path.stem}", *notes, took, shown]) + "\n"


def main(*most: int) -> None:
    before, begun, figures, sections = load(), time.perf_counter(), dict[str, float](), list[str]()
    for path in sorted(HERE.glob("bench_*.py")):
        more, section = measured(path, list(most))
        figures |= more
        sections.append(section)
    minutes = (time.perf_counter() - begun) / 60
    head = f"""# Results of `make bench`

Made by `benchmarks/run.py` on {date.today()}, in {minutes:.0f} minutes; not edited by hand.

{machine()}.

Load of the machine before: {before}, after: {load()} (1 is one busy core). What it does besides
makes times longer and can move ratios. Ratios compare runs of the same minutes on one core; a time
is that of the fastest of several runs.

{targets(figures)}

Coverage-guided fuzzing (`make fuzz`):

{fuzzing()}

Tests (`make test`):

{tests()}
"""
    text = "\n".join([head, *sections])
    if most:
        print(text)
    else:
        (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    if "It failed: " in text:
        sys.exit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
