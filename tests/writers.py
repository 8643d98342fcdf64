"""Reports written to files of each kind, as people have them: what the tests of readers share."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pypdf
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from lawreport_utils.read import read_report

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")
REPORT = """临江市公安局2023年法治政府建设年度报告
信息来源：临江市公安局
发布日期：2024-01-15
2023年，市公安局坚持依法行政，规范执法。
一、主要举措和成效
（一）提高政治站位。一是坚持学法；二是组织专题培训6场，近900人次参加。
（二）分享经验做法
编印案例12件，供全市学习。
二、存在的不足
执法公开还不够及时，队伍还需加强。"""


def lines(path: Path) -> list[str]:
    return read_report(path).text.split("\n")


# Word documents, by hand: python-docx has no call for automatic numbering.

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def levels(*levels: tuple[str, str], more: str = "") -> str:
    """A numbering part with one list in use, of (number format, level text), and what else."""
    shown = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (style, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{shown}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}</w:numbering>'
    )


def numbered(text: str, level: int | None, number: int = 1) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    properties = "" if level is None else f"<w:pPr>{place}</w:pPr>"
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; what isn't markup is text."""
    shown = (run if run.startswith("<") else f"<w:t>{run}</w:t>" for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(f'<w:r>{run}</w:r>' for run in shown)}</w:p>"


def either(choice: str, fallback: str) -> str:
    """What Word writes twice: for itself, and for old programs."""
    return (
        f"<mc:AlternateContent {MC}><mc:Choice Requires='wps'>{choice}</mc:Choice>"
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def write_docx(
    path: Path,
    body: str,
    numbering: str = "",
    styles: str = "",
    others: dict[str, str | bytes] | None = None,
) -> Path:
    """A document with this body, and with other parts by their names."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    parts = {
        "word/document.xml": document,
        "word/numbering.xml": numbering,
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>" if styles else "",
        **(others or {}),
    }
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content:
                archive.writestr(name, content)
    return path


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = MAIN.replace("document.main", "template.main")


def pack(path, parts: dict[str, str | bytes], method: int = ZIP_DEFLATED):
    with ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            info = ZipInfo(name)
            info.filename = name  # ZipInfo would make a backslash a slash where folders have them
            info.compress_type = method
            archive.writestr(info, content)
    return path


def relations(**targets: str) -> str:
    """The relations of a part: id -> "kind target"."""
    shown = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{text.split()[0]}" Target="{text.split()[1]}"/>'
        for name, text in targets.items()
    )
    return f'<Relationships xmlns="urn:r">{shown}</Relationships>'


def types(name: str, kind: str = MAIN) -> str:
    return f'<Types><Override PartName="/{name}" ContentType="{kind}"/></Types>'


# Web pages, in the manner of government sites.


def page(body: str, head: str = "", around: str = "") -> str:
    """A page with a menu, a breadcrumb, buttons and a footer around the report."""
    return f"""<!-- saved from url=(0030)http://www.example.gov.cn/1.html -->
<!DOCTYPE html><html><head><meta charset="utf-8"><title>年度报告-临江市人民政府</title>{head}
<style>p {{ text-indent: 2em }}</style><script>var text = "一、不是正文。";</script></head>
<body><div class="header"><a href="/">网站首页</a><ul><li><a href="/a">政务公开</a></li>
<li><a href="/b">法治政府建设</a></li></ul><span>今天是2026年1月2日 星期五，欢迎您！</span></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 年度报告</div>
{body}
<div class="share">分享到：<a href="#">微信</a></div><p>【<a>打印</a>】【<a>关闭</a>】</p>{around}
<div id="footer"><p>版权所有：临江市人民政府 主办单位：市政府办公室，承办：市大数据局。</p>
<p>网站标识码：0000000000 某ICP备00000000号</p></div></body></html>"""


def as_page(text: str) -> str:
    title, *lines = filter(None, map(str.strip, text.split("\n")))
    labels = [line for line in lines if "来源" in line[:6] or "日期" in line[:6]]
    rest = "".join(f"<p>\u3000\u3000{line}</p>\n" for line in lines if line not in labels)
    spans = "".join(f"<span>{label}</span>" for label in labels)
    buttons = (
        "<span>浏览次数：<b>356</b>次</span><span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span>"
    )
    return page(
        f"<div><h1>{title}</h1><div>{spans}{buttons}</div><div class='con'>{rest}</div>"
        "<p>上一篇：<a>某局通知</a></p></div>"
    )


# PDF files.


def write_pdf(
    path: Path,
    text: str,
    head: str = "法治政府建设年度报告",
    foot: str = "— {} —",
    indent: int = 32,
) -> Path:
    """As set by Word: a centred title, indented paragraphs, running heads and page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "text",
        fontName="STSong-Light",
        fontSize=16,
        leading=28,
        firstLineIndent=indent,
        wordWrap="CJK",
    )
    title = ParagraphStyle("title", style, fontSize=22, leading=34, firstLineIndent=0, alignment=1)

    def edges(page, document):
        page.setFont("STSong-Light", 10)
        page.drawString(72, 800, head)
        page.drawCentredString(297, 30, foot.format(document.page))

    first, *rest = filter(None, map(str.strip, text.split("\n")))
    story = [Paragraph(first, title), *(Paragraph(line, style) for line in rest)]
    SimpleDocTemplate(str(path)).build(story, onFirstPage=edges, onLaterPages=edges)
    return path


def written(writer: pypdf.PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked(path: Path, user: str, algorithm: str = "RC4-128") -> bytes:
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user, owner_password="owner", algorithm=algorithm)
    return written(writer)


# PDF files by hand, whose fonts say what a test wants them to.


def raw_pdf(path, pages, fonts, rotated=()):
    """pages: content streams; fonts: {name: CMap that says which character each code is, or None};
    rotated: the pages with /Rotate 90, counted from 0."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]

    def add(body):
        objects.append(body)
        return f"{len(objects)} 0 R"

    def stream(text):
        return f"<</Length {len(text.encode())}>>stream\n{text}\nendstream"

    refs = ""
    for name, cmap in fonts.items():
        info = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000"
        child = add(f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}{info}>>")
        shown = f"/ToUnicode {add(stream(cmap))}" if cmap else ""
        font = f"/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{child}]{shown}"
        refs += f"/{name} {add(f'<</Type/Font/Subtype/Type0{font}>>')}"
    kids = " ".join(
        add(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {90 * (i in rotated)}"
            f"/Resources<</Font<<{refs}>>>>/Contents {add(stream(page))}>>"
        )
        for i, page in enumerate(pages)
    )
    objects[1] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    size = len(objects) + 1
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    path.write_bytes(data + f"{tail}startxref\n{len(data)}\n%%EOF\n".encode())


def codes(text):
    return text.encode("utf-16-be").hex()


def cmap(pairs):
    listed = " ".join(f"<{codes(code)}> <{codes(char)}>" for code, char in pairs)
    return (
        f"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{len(pairs)} beginbfchar {listed} endbfchar endcmap"
    )


def drawn(lines, font="A"):
    pairs = [line if isinstance(line, tuple) else (font, line) for line in lines]
    shown = (
        f"/{f} 12 Tf 1 0 0 1 72 {780 - 24 * i} Tm <{codes(t)}> Tj" for i, (f, t) in enumerate(pairs)
    )
    return f"BT {' '.join(shown)} ET"


# What the reading of a file costs, in a process of its own.

MEASURE = """
import json, re, resource, sys, time
from pathlib import Path
from lawreport_utils.read import ReportError, read_report

for path in map(Path, sys.argv[1:]):
    start = time.process_time()
    try:
        problem = read_report(path).title
    except ReportError as error:
        problem = error.problem
    print(json.dumps([path.name, problem, time.process_time() - start]))
status = Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else None
print(json.dumps(int(peak[1]) / 1024 if peak else resource.getrusage(0).ru_maxrss / 2**20))
"""


def measured(paths: list[Path]) -> tuple[list[tuple[str, str, float]], float]:
    """For each file its name, title or problem, and seconds; and the memory at most, in MB."""
    command = [sys.executable, "-c", MEASURE, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    assert done.stderr == ""
    *found, peak = map(json.loads, done.stdout.splitlines())
    return found, peak
