"""Build the reader: a folder that opens by double click and reads reports without a network.

Usage: python room/reader.py [PYODIDE]     (the release, a folder or archive; else it is fetched)

A page opened from a disk may load scripts but fetch no files. So all that isn't a script, Python
itself and its packages, is carried in scripts, as base64.
"""

import base64
import gzip
import json
import shutil
import sys
from itertools import chain
from pathlib import Path

import distribution
import packages

HERE = Path(__file__).parent
TARGET = packages.ROOT / "build" / "reader"
ARCHIVE = packages.ROOT / "build" / "lawreport-reader.zip"


def build(target, given=None):
    """Write the folder of the reader."""
    official = distribution.collect(["numpy"], given)
    numpy = next(path for name, path in official.items() if name.startswith("numpy-"))
    python = [*chain.from_iterable(map(packages.installed, packages.READING))]
    for path in (numpy, distribution.wheel("pandas")):
        python += packages.of_wheel(path)
    python += [*packages.ours(), *packages.standins("lxml", "PIL", "pypdfium2", "cryptography")]
    python.append(("lawreport_reader.py", (HERE / "reader" / "read.py").read_bytes()))
    held = {
        "pyodide.asm.wasm.gz": gzip.compress(official["pyodide.asm.wasm"].read_bytes(), 9, mtime=0),
        "python_stdlib.zip": official["python_stdlib.zip"].read_bytes(),
        "pyodide-lock.json": official[distribution.LOCK].read_bytes(),
        "packages.zip": packages.zipped(python),
    }
    scripts = [official["pyodide.js"], official["pyodide.asm.js"], HERE / "reader" / "worker.js"]
    parts = {"worker": json.dumps("\n".join(path.read_text("utf8") for path in scripts))}
    parts |= {name: f'"{base64.b64encode(data).decode()}"' for name, data in held.items()}
    shutil.rmtree(target, ignore_errors=True)
    files = target / "files"
    files.mkdir(parents=True)
    for name, content in parts.items():
        (files / f"{name}.js").write_text(f"part({json.dumps(name)},{content});\n", "utf8")
    sizes = json.dumps({name: len(content) for name, content in parts.items()})
    page = (HERE / "reader" / "reader.js").read_text("utf8").replace("PART_NAMES", sizes)
    (files / "reader.js").write_text(page, "utf8")
    shutil.copy(HERE / "reader" / "reader.css", files)
    shutil.copy(HERE / "reader" / "index.html", target / "reader.html")
    distribution.write_licences(target / "licences", python)


def main(given):
    build(TARGET, given)
    archive = packages.zipped(packages.below(TARGET, "lawreport-reader/"))
    ARCHIVE.write_bytes(archive)
    size = f"{len(archive) / 1e6:.1f} MB"
    print(f"build/{ARCHIVE.name}  {size}: unpack it and open reader.html in it")


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else None)
