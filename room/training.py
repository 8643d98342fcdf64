"""Build the training room: JupyterLab with notebooks, data and package, for a browser alone.

Usage: python room/training.py [PYODIDE]     (the release, a folder or archive; else it is fetched)

A static site: any web server will do, and no request leaves it. The kernel sees no files of
JupyterLab's (that needs a service worker, which a plain http address over a room's network may not
have), so the data come in a wheel, beside the folder in which the kernel starts.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import distribution
import packages

HERE = Path(__file__).parent
ROOT = packages.ROOT
TARGET = ROOT / "build" / "room"
OFFICIAL = ["ipython", "jedi", "matplotlib", "micropip", "numpy", "sqlite3", "ssl"]
PURE = [*packages.READING, "pylopdf-fonts-zh-cn", "tqdm", "wordcloud"]
EXTENSION = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
HOME = "/lib/python3.12/site-packages/lawreport_room/notebooks/room"  # where a kernel starts
NOTEBOOK = "notebooks/{}/06_exercises.ipynb"


def build(target, given=None):
    """Write the site."""
    official = distribution.collect(OFFICIAL, given)
    with TemporaryDirectory() as scratch:
        contents = Path(scratch) / "contents"
        _notebooks(contents)
        _lite(Path(scratch), contents, target)
    folder = target / "pyodide"
    folder.mkdir()
    for path in official.values():
        shutil.copy(path, folder)
    lock = json.loads(official[distribution.LOCK].read_text("utf8"))
    entries = {k: v for k, v in lock["packages"].items() if v["file_name"] in official}
    lock["packages"] = entries | _entries(folder)
    (folder / distribution.LOCK).write_text(json.dumps(lock), "utf8")
    _configure(target, list(_names(lock["packages"])))
    files = [*chain.from_iterable(map(packages.installed, PURE))]
    for path in official.values():
        if path.suffix == ".whl":
            files += packages.of_wheel(path)
    distribution.write_licences(target / "licences", files)


def _notebooks(contents):
    """The notebooks as stored, the exercises as learners get them."""
    for language in ("zh", "en"):
        source, exercises = ROOT / "notebooks" / language, ROOT / NOTEBOOK.format(language)
        shutil.copytree(source, contents / language, ignore=shutil.ignore_patterns(".*"))
        options = ["--config", ROOT / "nbconvert" / "learner.py", "--to", "notebook"]
        command = ["jupyter", "nbconvert", "--log-level=WARN", *options, exercises]
        target = ["--output-dir", contents / language, "--output", exercises.name]
        subprocess.run([sys.executable, "-m", *command, *target], check=True)


def _lite(lite, contents, target):
    shutil.rmtree(target, ignore_errors=True)
    options = ["--contents", contents, "--output-dir", target, "--apps", "lab", "--no-sourcemaps"]
    options += ["--no-unused-shared-packages", "--no-libarchive", "--lite-dir", lite]
    command = [sys.executable, "-m", "jupyter", "lite", "build", *options]
    subprocess.run(command, cwd=lite, check=True, stdout=subprocess.DEVNULL)


def _entries(folder):
    """What the lock file says of the wheels that aren't of the release, which go to the folder."""
    wheels = [distribution.wheel("pandas")]
    wheels += sorted((Path(sys.prefix) / EXTENSION).glob("[ip]*.whl"))
    for path in wheels:
        shutil.copy(path, folder)
    files = [*chain.from_iterable(map(packages.installed, PURE))]
    files = [(path, data) for path, data in files if ".dist-info/" not in path]
    files += packages.standins("lxml", "pypdfium2", "cryptography")
    files += packages.below(HERE / "standins" / "wordcloud", "wordcloud/")
    files += packages.below(ROOT / "notebooks/lawreport_exercises", "lawreport_exercises/")
    files += [(f"lawreport_room/data/{name}", data) for name, data in packages.learners_data()]
    files.append((f"{HOME[HOME.index('lawreport_room') :]}/README", b"Where kernels start.\n"))
    version = packages.VERSION
    ours = [pair for pair in packages.ours() if ".dist-info/" not in pair[0]]
    wheels.append(_wheel(folder, "lawreport_utils", version, [*ours, *files]))
    wheels.append(_wheel(folder, "comm", "0.2", packages.installed("comm")))
    return {name: entry for path in wheels for name, entry in [_entry(folder / path.name)]}


def _wheel(folder, name, version, files):
    files = {path: data for path, data in files if ".dist-info/" not in path}
    about = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files[f"{about}/METADATA"] = metadata.encode()
    files[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{about}/RECORD"] = b""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    path.write_bytes(packages.zipped(files))
    return path


def _entry(path):
    name, version = path.name.split("-")[:2]
    said = {"name": name, "version": version, "file_name": path.name, "install_dir": "site"}
    said |= {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "package_type": "package"}
    depends = ["numpy", "python-dateutil"] if name == "pandas" else []
    said |= {"imports": [name], "depends": depends, "unvendored_tests": False}
    return name.lower().replace("_", "-"), said


def _names(entries):
    """The packages by the names that the kernel asks for: with these loaded it installs none."""
    for name in entries:
        yield "pyodide_kernel" if name == "pyodide-kernel" else name


def _configure(target, names):
    kernel = {
        "pyodideUrl": "./pyodide/pyodide.js",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": "./pyodide/pyodide-lock.json",
            "packages": names,
            "env": {"HOME": HOME},
        },
    }
    path = target / "jupyter-lite.json"
    config = json.loads(path.read_text("utf8"))
    said = config["jupyter-config-data"]
    said["appName"] = "法治政府建设年度报告 · 培训教室"
    said["exposeAppInBrowser"] = True
    said.setdefault("disabledExtensions", []).extend(_OFF)
    plugins = said.setdefault("litePluginSettings", {})
    plugins["@jupyterlite/pyodide-kernel-extension:kernel"] = kernel
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1), "utf8")


_OFF = [
    "@jupyterlite/application-extension:service-worker-manager",
    "@jupyterlab/apputils-extension:announcements",
]


def main(given):
    build(TARGET, given)
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"build/room  {size / 1e6:.0f} MB")
    print("Serve it: python -m http.server --directory build/room")
    print("On this computer open http://localhost:8000/lab/index.html?path=zh/00_start_here.ipynb")


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else None)
