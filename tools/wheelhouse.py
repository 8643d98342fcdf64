"""Collect wheels, so that the package installs without a network on Windows, macOS and Linux.

Usage: python tools/wheelhouse.py FOLDER [PYTHON_VERSION ...]     (default: this Python's version)

What to collect is read from the packages installed here, with their markers evaluated for each
target; the versions are therefore those of constraints.txt. pip itself can't do that: told of
another platform, it still evaluates the markers (colorama on Windows …) for this one.
"""

import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip"]
EXTRAS = {"formats", "fast", "notebooks"}
TARGETS = {
    "win_amd64": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "macosx_13_0_arm64": {"sys_platform": "darwin", "platform_system": "Darwin"},
    "macosx_13_0_x86_64": {"sys_platform": "darwin", "platform_system": "Darwin"},
    "manylinux_2_28_x86_64": {"sys_platform": "linux", "platform_system": "Linux"},
}
LATEST = ".99"  # pip takes 3.11 for 3.11.0, but some packages need a later 3.11
OLDER_LINUX = ["manylinux_2_17_x86_64", "manylinux2014_x86_64"]  # pip works out macOS's by itself


def pinned(environment):
    """name -> version, of the lines of constraints.txt that hold in an environment."""
    lines = (ROOT / "constraints.txt").read_text("utf8").splitlines()
    pinned = (line.rstrip("\\ ") for line in lines if "==" in line and line[0] not in " #")
    pins = list(map(Requirement, pinned))
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in pins
        if not pin.marker or pin.marker.evaluate(environment)
    }


def needed(environment):
    """The names that the package needs in an environment, by walking the requirements."""
    found, waiting = set(), [("lawreport-utils", frozenset(EXTRAS))]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in found:
            continue
        found.add((name, extras))
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:  # needed on the target only; a small leaf such as colorama
            continue
        for requirement in map(Requirement, requires):
            marker = requirement.marker
            if not marker or any(
                marker.evaluate(environment | {"extra": e}) for e in [*extras, ""]
            ):
                waiting.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return sorted({name for name, _ in found} - {"lawreport-utils"})


def download(folder, platform, version, requirements):
    """Download wheels; what pip says of the first that isn't published as one, else None."""
    command = [*PIP, "download", "--quiet", "--no-deps", "--dest", folder, "--only-binary=:all:"]
    command += ["--find-links", folder, "--python-version", version + LATEST]
    for tag in [platform, *(OLDER_LINUX if "linux" in platform else [])]:
        command += ["--platform", tag]
    run = subprocess.run([*command, *requirements], capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return None
    missing = re.search(r"No matching distribution found for (\S+)", run.stderr)
    return missing[1] if missing else sys.exit("".join(re.findall("ERROR: .*\n?", run.stderr)))


def build(folder, requirement):
    """Some packages are published as source alone; if they hold only Python, one wheel fits all."""
    with TemporaryDirectory() as made:
        command = [*PIP, "wheel", "--quiet", "--no-deps", "--wheel-dir", made, requirement]
        subprocess.run(command, capture_output=True, check=False)
        wheels = list(Path(made).glob("*none-any.whl"))
        for wheel in wheels:
            shutil.copy(wheel, folder)
    return bool(wheels)


def collect(folder, version):
    """Fill the folder for one version of Python; yields what isn't to be had."""
    for platform, markers in TARGETS.items():
        environment = default_environment() | markers
        environment |= {"python_version": version, "python_full_version": version + LATEST}
        pins, names = pinned(environment), needed(environment)
        wanted = {f"{name}=={pins[name]}" if name in pins else name for name in names}
        print(f"Python {version} on {platform}: {len(wanted)} packages", flush=True)
        while missing := download(folder, platform, version, sorted(wanted)):
            wanted.remove(missing)
            older = [missing.split("==")[0]]  # a platform that its newest version has no wheel for
            if not build(folder, missing) and download(folder, platform, version, older):
                yield f"{missing} for Python {version} on {platform}"


def main(folder, *versions):
    Path(folder).mkdir(parents=True, exist_ok=True)
    build(folder, str(ROOT))
    versions = versions or (f"{sys.version_info.major}.{sys.version_info.minor}",)
    missing = [name for version in versions for name in collect(folder, version)]
    wheels = list(Path(folder).glob("*.whl"))
    size = sum(path.stat().st_size for path in wheels) / 1e6
    print(f"{len(wheels)} wheels, {size:.0f} MB, in {folder}")
    print("Not to be had as a wheel:", *(missing or ["nothing"]), sep="\n  ")
    package = f"lawreport-utils[{','.join(sorted(EXTRAS))}]"
    print(f"Install: pip install --no-index --find-links {folder} '{package}'")


if __name__ == "__main__":
    main(*sys.argv[1:])
