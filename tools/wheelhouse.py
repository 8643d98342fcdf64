"""Collect wheels, so that the package installs without a network on Windows, macOS and Linux.

Usage: python tools/wheelhouse.py FOLDER [PYTHON_VERSION ...]     (default: this Python's version)

What to collect is read from the packages installed here, with their markers evaluated for each
target; the versions are therefore those of constraints.txt. pip itself can't do that: told of
another platform, it still evaluates the markers (colorama on Windows …) for this one.
"""

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
EXTRAS = {"formats", "fast", "publish"}
TARGETS = {
    "win_amd64": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "macosx_13_0_arm64": {"sys_platform": "darwin", "platform_system": "Darwin"},
    "macosx_13_0_x86_64": {"sys_platform": "darwin", "platform_system": "Darwin"},
    "manylinux_2_28_x86_64": {"sys_platform": "linux", "platform_system": "Linux"},
}
OLDER_LINUX = ["manylinux_2_17_x86_64", "manylinux2014_x86_64"]  # pip works out macOS's by itself


def pinned():
    lines = (ROOT / "constraints.txt").read_text("utf8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line)
    return {canonicalize_name(name): version for name, version in pairs}


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
    command = [*PIP, "download", "--quiet", "--no-deps", "--dest", folder, "--only-binary=:all:"]
    command += ["--find-links", folder, "--python-version", version]
    for tag in [platform, *(OLDER_LINUX if "linux" in platform else [])]:
        command += ["--platform", tag]
    return (
        subprocess.run([*command, *requirements], capture_output=True, check=False).returncode == 0
    )


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
    pins = pinned()
    for platform, markers in TARGETS.items():
        environment = default_environment() | markers
        environment |= {"python_version": version, "python_full_version": f"{version}.0"}
        wanted = [f"{name}=={pins[name]}" for name in needed(environment) if name in pins]
        if not download(folder, platform, version, wanted):
            for one in wanted:
                if not download(folder, platform, version, [one]) and not build(folder, one):
                    yield f"{one} for Python {version} on {platform}"


def main(folder, *versions):
    Path(folder).mkdir(parents=True, exist_ok=True)
    build(folder, str(ROOT))
    versions = versions or (f"{sys.version_info.major}.{sys.version_info.minor}",)
    missing = [name for version in versions for name in collect(folder, version)]
    wheels = list(Path(folder).glob("*.whl"))
    size = sum(path.stat().st_size for path in wheels) / 1e6
    print(f"{len(wheels)} wheels, {size:.0f} MB, in {folder}")
    print("Not to be had as a wheel:", *(missing or ["nothing"]), sep="\n  ")
    print(f"Install: pip install --no-index --find-links {folder} 'lawreport-utils[formats,fast]'")


if __name__ == "__main__":
    main(*sys.argv[1:])
