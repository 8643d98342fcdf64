"""Try an installed package as a newcomer would: python tools/try_wheel.py REPORT

Run it where the source tree isn't on the path: it fails if the package comes from there.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[:] = [path for path in sys.path if Path(path or ".").resolve() != Path(__file__).parent]

import lawreport_utils  # noqa: E402


def main(source):
    root = Path(__file__).resolve().parents[1]
    place = Path(lawreport_utils.__file__)
    if place.is_relative_to(root / "lawreport_utils"):
        sys.exit(f"the package was imported from the source tree: {place}")
    report = lawreport_utils.read_report(source)
    figures = lawreport_utils.extract_outcomes(report)
    if (
        figures.empty
        or not (figures["surface"].map(len) == figures["end"] - figures["start"]).all()
    ):
        sys.exit("the figures don't lead to their places")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "lawreport_utils", "read", source, "--output", folder]
        subprocess.run(command, check=True)
        made = sorted(path.suffix for path in Path(folder).iterdir())
    if not {".html", ".xlsx"} <= set(made):
        sys.exit(f"lawreport read made {made}")
    print(f"{report.title}: {len(figures)} figures; made {' '.join(made)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
