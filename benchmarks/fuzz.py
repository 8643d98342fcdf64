"""A coverage-guided fuzzer makes up files and texts that break what must hold for any input.

``make fuzz`` tries each of reading, parsing, extraction, comparison and checks for ten minutes. The
fuzzer, atheris, is installed beside the other packages, not among them. What it finds is kept in
``build/fuzz``.
"""

import os
import re
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import atheris
import docx
from reportlab.pdfgen.canvas import Canvas

with atheris.instrument_imports(include=["lawreport_utils"]):
    import checks

CHECKS = {
    "parsing": checks.check_parsing,
    "extraction": checks.check_extraction,
    "comparison": checks.check_comparison,
    "checks": checks.check_questions,
}
ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build/fuzz"


def seeds() -> dict[str, bytes]:
    """File name -> content: the start of a report in the kinds and encodings that are read."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("data/*.txt"))]
    lines = texts[0].split("\n")[:9]
    cut = {
        f"{i}-{a}.txt": text[a : a + 600] for i, text in enumerate(texts) for a in (0, 600, 1200)
    }
    files = {name: text.encode() for name, text in cut.items()}
    for encoding in ("gb18030", "utf-16", "utf-16-be", "big5"):
        files[f"report.{encoding}"] = "\n".join(lines).encode(encoding, "ignore")
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><meta charset='utf-8'><title>{lines[0]}</title><body>{body}</body></html>"
    files["report.html"] = page.encode()
    document, stream = docx.Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.add_table(1, 2).cell(0, 0).text = "受理案件3件"
    document.save(stream)
    files["report.docx"] = stream.getvalue()
    stream = BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    canvas.drawString(9, 9, "report")
    canvas.save()
    files["report.pdf"] = stream.getvalue()
    return files


def vocabulary() -> str:
    """The words of the lexicon and some marks, as the fuzzer wants them."""
    files = (ROOT / "lawreport_utils/lexicon").glob("*.t*")
    entries = "".join(path.read_text(encoding="utf-8") for path in files)
    marks = ["%", "〇", "(一)", "1.", "①", "“”", "《》", "\n", "、", "。", "至", "<p>", "<table>"]
    words = sorted({*re.findall("[一-鿿]{1,8}", entries), *marks})
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words)
    return "".join(f'"{word}"\n' for word in escaped)


def main(what: str, *options: str) -> None:
    if what == "reading":  # these are otherwise loaded when first needed
        with atheris.instrument_imports(include=["lawreport_utils"]):
            for kind in ("docx", "html", "pdf"):
                import_module(f"lawreport_utils.formats.{kind}")
    found, given = BUILD / f"{what}-inputs", BUILD / f"{what}-seeds"
    for folder in (found, given):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in seeds().items():
        if what == "reading" or name.endswith(".txt"):
            (given / name).write_bytes(content)
    (BUILD / "words.dict").write_text(vocabulary(), encoding="ascii")
    file = BUILD / f"input-{os.getpid()}"

    def read(data: bytes) -> None:
        file.write_bytes(data)
        checks.check_reading(file)

    def one_input(data: bytes) -> None:
        check = CHECKS.get(what)
        check(data.decode("utf-8", "ignore")) if check else read(data)

    settings = {
        "max_len": 40_000 if what == "reading" else 6_000,
        "timeout": 10,
        "rss_limit_mb": 2_000,
        "dict": BUILD / "words.dict",
        "artifact_prefix": BUILD / f"{what}-",
    }
    flags = [f"-{name}={value}" for name, value in settings.items()]
    atheris.Setup([sys.argv[0], *flags, *options, str(found), str(given)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
