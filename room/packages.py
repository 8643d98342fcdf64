"""The Python packages of the browser: those installed here that are pure Python, and ours."""

import io
import json
import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).parents[1]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["version"]
STANDINS = Path(__file__).parent / "standins"
# What reading a report needs. RapidFuzz has its functions in Python too, and takes them by itself.
READING = [
    "charset-normalizer", "html5lib", "jieba", "pdfminer.six", "pdfplumber",
    "python-dateutil", "RapidFuzz", "six", "webencodings", "xlsxwriter",
]  # fmt: skip
_LEFT_OUT = re.compile(
    r"""
    (?:^|/)(?:tests?|__pycache__)/ | \.(?:so|pyd|pyi|pxd|pyx|c|h|hpp|a)$
    | \.dist-info/(?:RECORD|INSTALLER|REQUESTED|direct_url\.json|entry_points\.txt)$
    | ^jieba/(?:analyse|lac_small|posseg)/
    | ^pdfminer/cmap/(?!(?:Uni)?(?:GB|CNS)|ET|B5|HK|to-unicode-Adobe-(?:GB1|CNS1))  # not Chinese
    """,
    re.VERBOSE,
)


def installed(name):
    """Path -> content of an installed package, without tests and compiled code."""
    for file in distribution(name).files or []:
        path, found = file.as_posix(), file.locate()
        # of eggs Python 3.11.2 lists sources that weren't installed
        if not path.startswith("..") and not _LEFT_OUT.search(path) and found.is_file():
            yield path, found.read_bytes()


def of_wheel(path):
    """Path -> content of a wheel for the browser; what is compiled in it stays."""
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith("/") and (name.endswith(".so") or not _LEFT_OUT.search(name)):
                yield name, archive.read(name)


def below(folder, prefix=""):
    """Path -> content of the files in a folder."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and "__pycache__" not in name:
            yield prefix + name, path.read_bytes()


# Of the annotations, what the chapter on outcomes sets against its tables. The rest tells answers:
# slips, the alignment, what came of each plan, what an annotator noted.
_ANNOTATED = {
    "outcomes": "offset end surface value unit bound direction action metric metric_surface",
    "negatives": "offset end borderline",
    "qualitative": "offset end plan kind",
}


def learners_data():
    """Path -> content of the folder data as learners get it: without what tells answers."""
    for path in sorted((ROOT / "data").glob("*.*")):
        yield path.name, path.read_bytes()
    for folder in ("gold", "practice"):
        for kind, fields in _ANNOTATED.items():
            name = f"{folder}/{kind}.jsonl"
            rows = map(json.loads, (ROOT / "data" / name).read_text("utf8").splitlines())
            kept = [{field: row[field] for field in fields.split()} for row in rows]
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in kept]
            yield name, "".join(lines).encode()


def ours():
    """This package and the checks of the exercises, with the licence."""
    yield from below(ROOT / "lawreport_utils", "lawreport_utils/")
    yield "lawreport_utils/LICENSE", (ROOT / "LICENSE").read_bytes()
    about = f"Metadata-Version: 2.4\nName: lawreport-utils\nVersion: {VERSION}\nLicense: MIT\n"
    yield f"lawreport_utils-{VERSION}.dist-info/METADATA", about.encode()


def standins(*names):
    for name in names:
        path = STANDINS / name
        if path.is_dir():
            yield from below(path, f"{name}/")
        else:
            yield f"{name}.py", path.with_suffix(".py").read_bytes()


def zipped(files):
    """An archive that is the same whenever it is made."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(dict(files).items()):
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED, 9)
    return content.getvalue()
