"""Run every ``bench_*.py`` beside this file and write what they measure to RESULTS.md.

``make bench`` takes about ten minutes on two cores that have nothing else to do.
"""

import os
import platform
import re
import sys
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
FUZZED = HERE.parent / "build/fuzz"
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
        value = figures[name]
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


def main() -> None:
    before, figures, sections = load(), dict[str, float](), list[str]()
    for path in sorted(HERE.glob("bench_*.py")):
        print(path.stem, file=sys.stderr)
        module = import_module(path.stem)
        measured = module.measure()
        if isinstance(measured, dict):
            figures |= measured
            measured = table(measured)
        paragraphs = (module.__doc__ or "").strip().split("\n\n")
        notes = [note for note in paragraphs if not note.startswith(("``", "Run as"))]
        sections.append("\n\n".join([f"## {path.stem}", *notes, measured]) + "\n")
    head = f"""# Results of `make bench`

Made by `benchmarks/run.py` on {date.today()}; not edited by hand.

{machine()}.

Load of the machine before: {before}, after: {load()} (1 is one busy core). What it does besides
makes times longer and can move ratios. Ratios compare runs of the same minutes on one core; a time
is that of the fastest of several runs.

{targets(figures)}

Coverage-guided fuzzing (`make fuzz`):

{fuzzing()}
"""
    text = "\n".join([head, *sections])
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
