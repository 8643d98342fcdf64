"""PDF files: the paragraphs, tables and columns as a reader sees them, and what is left out."""

import shutil
from itertools import chain

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
from writers import REPORT, TEXT, cmap, codes, drawn, lines, locked, raw_pdf, write_pdf

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report


def test_paragraphs_of_a_pdf(tmp_path):
    title = "临江市人民政府关于2023年度法治政府建设工作情况的报告"  # takes two lines
    text = "\n".join(
        [title, *REPORT.split("\n")[1:]] + ["市公安局持续规范执法，" * 60 + "好。"] * 3
    )
    assert read_report(write_pdf(tmp_path / "report.pdf", text)).text == text


@pytest.mark.parametrize("foot", ["{}", "- {} -", "第 {} 页 共 7 页", "{} / 7", "－{}－"])
def test_page_numbers_of_a_pdf_are_left_out(tmp_path, foot):
    assert read_report(write_pdf(tmp_path / "report.pdf", TEXT, foot=foot)).text == TEXT.rstrip(
        "\n"
    )


def test_radicals_in_a_pdf_become_characters(tmp_path):
    text = "\n".join(["某局报告", "⼀、⼈⺠⻔户", "依法⾏政，⻓期坚持。"])
    report = read_report(write_pdf(tmp_path / "report.pdf", text, head=""))
    assert report.text == "某局报告\n一、人民门户\n依法行政，长期坚持。"


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_pdf_locked_against_changes_only_is_read(tmp_path, algorithm):
    path = write_pdf(tmp_path / "report.pdf", REPORT, head="")
    path.write_bytes(locked(path, "", algorithm))
    assert read_report(path).text == REPORT


def test_pdf_followed_by_bytes_that_mean_nothing_is_read(tmp_path):
    path = write_pdf(tmp_path / "report.pdf", REPORT, head="")
    path.write_bytes(path.read_bytes() + b"\0" * 4096)
    assert read_report(path).text == REPORT


TITLE = "青溪区2023年法治政府建设年度报告"


def shown_as(text: str, glyphs: dict[str, str] | None = None) -> str:
    """The CMap of a font in which each character is coded by itself, but for some."""
    return cmap([(char, (glyphs or {}).get(char, char)) for char in sorted(set(text))])


def test_variants_of_characters_that_fonts_give(tmp_path):
    text = [TITLE, "一、学习", "办理行政执法案件3件。"]
    variants = {"年": "\uf98e", "行": "\ufa08", "理": "\uf9e4", "力": "\uf98a"}
    path = tmp_path / "report.pdf"
    raw_pdf(path, [drawn(text)], {"A": shown_as("".join(text), variants)})
    assert lines(path) == text
    assert read_report(path).year == 2023


def turned(text: list[str], matrix: str = "0 1 -1 0") -> str:
    placed = (
        f"/A 12 Tf {matrix} {80 + 24 * i} 72 Tm <{codes(line)}> Tj" for i, line in enumerate(text)
    )
    return f"BT {' '.join(placed)} ET"


@pytest.mark.parametrize("rotated", [[1], []], ids=["shown upright", "shown turned"])
def test_turned_page(tmp_path, rotated):
    text, other = [TITLE, "一、学习"], ["三、监督", "受理投诉55件。"]
    path = tmp_path / "report.pdf"
    fonts = {"A": shown_as("".join(text + other))}
    raw_pdf(path, [drawn(text), turned(other)], fonts, rotated)
    assert lines(path) == text + other
    assert read_report(path).warnings == ()


@pytest.mark.parametrize(
    "mark",
    [
        f"BT /A 12 Tf 0.7 0.7 -0.7 0.7 90 700 Tm <{codes('内部资料')}> Tj ET",
        f"BT /A 60 Tf 1 0 0 1 72 740 Tm <{codes('内部资料')}> Tj ET",
    ],
    ids=["turned", "large"],
)
def test_watermark_is_left_out_with_a_warning(tmp_path, mark):
    text = [TITLE, "一、学习", "培训3次，参加人员900人次。", "二、执法", "办理案件3件。"]
    path = tmp_path / "report.pdf"
    fonts = {"A": shown_as("".join(text) + "内部资料")}
    raw_pdf(path, [drawn(text) + mark, drawn(["三、执法监督"])], fonts)
    assert lines(path)[:5] == text
    assert "watermark, is left out (page 1)" in read_report(path).warnings[0]


PROSE = "坚持依法行政，规范执法行为，加强执法监督，办理行政执法案件3件；开展执法培训。" * 3
COLUMNS = [
    TITLE, "一、学习", *[f"（{n}）{PROSE}" for n in "一二三四五六七"],
    "二、执法", *[f"（{n}）{PROSE}" for n in "一二三四五六七"],
]  # fmt: skip


def test_two_columns_of_frames(tmp_path):
    style = ParagraphStyle("text", fontName="STSong-Light", fontSize=12, leading=20, wordWrap="CJK")
    write_pdf(tmp_path / "font.pdf", TITLE)  # registers the font
    path = tmp_path / "report.pdf"
    frames = [Frame(left, 72, 230, 700) for left in (60, 305)]
    document = BaseDocTemplate(str(path), pageTemplates=[PageTemplate("two", frames)])
    document.build([Paragraph(line, style) for line in COLUMNS])
    assert lines(path) == COLUMNS


@pytest.fixture(scope="module")
def browser():
    """Chromium, which prints pages to PDF files."""
    sync_api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or pytest.skip("there is no Chromium")
    with sync_api.sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        running = playwright.chromium.launch(executable_path=program, args=options)
        yield running.new_page()
        running.close()


def test_columns_and_tables_printed_by_a_browser(tmp_path, browser):
    paragraphs = "".join(f"<p>{line}</p>" for line in COLUMNS[1:])
    head, *rows = [["指标", "2022年", "2023年"], ["行政复议案件", "10件", "12件"]]
    table = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [head, *rows]
    )
    browser.set_content(
        "<style>td { border: 1px solid } p { text-indent: 2em } .two { column-count: 2 }</style>"
        f"<h1>{TITLE}</h1><div class=two>{paragraphs}</div><p>三、数据</p><table>{table}</table>"
        f"<p>{PROSE}</p>"
    )
    path = tmp_path / "report.pdf"
    browser.pdf(path=path)
    assert lines(path) == [
        *COLUMNS, "三、数据", *("\t".join(row) for row in [head, *rows]), PROSE,
    ]  # fmt: skip


SHORT = [
    TITLE, "一、学习", f"（一）{PROSE}", "（二）公开情况", "二、执法", f"（一）{PROSE}",
    "（二）不足", PROSE,
]  # fmt: skip


@pytest.mark.parametrize("columns", [2, 3])
def test_short_columns_with_a_table_in_them(tmp_path, browser, columns):
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    paragraphs = "".join(f"<p>{line}</p>" for line in SHORT[1:5])
    browser.set_content(
        f"<style>td {{ border: 1px solid }} div {{ column-count: {columns}; font-size: 11px }}"
        f"</style><h1>{TITLE}</h1><div>{paragraphs}<table>{rows}</table>"
        f"{''.join(f'<p>{line}</p>' for line in SHORT[5:])}</div>"
    )
    path = tmp_path / "report.pdf"
    browser.pdf(path=path)
    assert lines(path) == [*SHORT[:5], *map("\t".join, TABLE), *SHORT[5:]]


LONGER = [
    TITLE,
    "一、学习",
    *[f"（{n}）{PROSE}" for n in "一二三四五"],
    "二、执法",
    "办理案件3件。",
]


@pytest.mark.parametrize(
    "columns", ["column-count: 3", "columns: 2; column-fill: auto; height: 600px"]
)
def test_last_column_is_short(tmp_path, browser, columns):
    browser.set_content(
        f"<style>p {{ margin: 0 }} div {{ {columns}; font-size: 11px }}</style>"
        f"<h1>{TITLE}</h1><div>{''.join(f'<p>{line}</p>' for line in LONGER[1:])}</div>"
    )
    path = tmp_path / "report.pdf"
    browser.pdf(path=path, landscape=True)
    assert lines(path) == LONGER


def test_sign_off_beside_nothing_is_no_column(tmp_path, browser):
    text = [
        TITLE,
        PROSE,
        *(
            f"（{n}）开展执法检查{i}23次，整改问题45个。"
            for i, n in enumerate("一二三四五六七八", 1)
        ),
    ]
    signed = ["青溪区司法局", "2024年1月15日"]
    browser.set_content(
        f"<h1>{TITLE}</h1>{''.join(f'<p>{line}</p>' for line in text[1:])}"
        f"{''.join(f'<p style=text-align:right>{line}</p>' for line in signed)}"
        "<div>附件：报告全文.docx</div>"
    )
    path = tmp_path / "report.pdf"
    browser.pdf(path=path, landscape=True)
    assert lines(path) == [*text, *signed, "附件：报告全文.docx"]


def test_what_a_browser_prints_around_a_page_is_left_out(tmp_path, browser):
    page = tmp_path / "report.html"
    page.write_text(
        f"<meta charset=utf-8><title>{TITLE}_政府网站</title><h1>{TITLE}</h1><p>{PROSE}</p>"
    )
    browser.goto(page.as_uri())
    browser.pdf(path=tmp_path / "report.pdf", display_header_footer=True, margin={"top": "60px"})
    assert lines(tmp_path / "report.pdf") == [TITLE, PROSE]


def test_contents_of_a_pdf(tmp_path):
    heads = ["一、深入学习贯彻习近平法治思想", "二、加强执法监督"]
    contents = [f"{head}{'.' * (58 - 2 * len(head))}3" for head in heads]
    text = [TITLE, "目录", *contents, heads[0], f"{PROSE}", heads[1], "办理案件3件。"]
    path = write_pdf(tmp_path / "report.pdf", "\n".join(text), head="", indent=0)
    assert lines(path) == text
    assert [part.heading for part in read_report(path).sections[1:]] == [h[2:] for h in heads]


def test_title_in_two_centred_lines_of_the_size_of_the_text(tmp_path, browser):
    head = "一、深入学习贯彻习近平法治思想，全面落实法治政府建设实施纲要，切实加强党的领导"
    browser.set_content(
        f"<h1>{TITLE}</h1><p style='text-align: center'>{head}</p><p>{PROSE}</p><p>二、执法</p>"
    )
    path = tmp_path / "report.pdf"
    browser.pdf(path=path, width="500px")
    assert lines(path) == [TITLE, head, PROSE, "二、执法"]


def test_one_column_of_two(tmp_path, browser):
    paragraphs = "".join(f"<p>{line}</p>" for line in SHORT)
    browser.set_content(f"<div style='width: 40%; text-indent: 2em'>{paragraphs}</div>")
    path = tmp_path / "report.pdf"
    browser.pdf(path=path)
    assert lines(path) == SHORT


def test_headings_of_a_larger_size_and_figures_at_the_end_of_a_line(tmp_path, browser):
    text = [TITLE, "1 总体情况", "1.1 学习", *(f"{PROSE[:n]}检查1,286次。" for n in range(20, 40))]
    heads = "".join(f"<h3>{line}</h3>" for line in text[1:3])
    browser.set_content(f"<h1>{TITLE}</h1>{heads}{''.join(f'<p>{line}</p>' for line in text[3:])}")
    path = tmp_path / "report.pdf"
    browser.pdf(path=path, width="360px")
    assert lines(path) == text


def test_title_whose_letters_stand_apart(tmp_path):
    path = write_pdf(tmp_path / "report.pdf", f"{' '.join(TITLE)}\n{PROSE}", head="")
    assert lines(path) == [TITLE, PROSE]


def test_bold_drawn_twice(tmp_path):
    path = write_pdf(tmp_path / "report.pdf", TITLE)
    canvas = Canvas(str(path))
    canvas.setFont("STSong-Light", 12)
    for height, line in ((700, TITLE), (670, "一、学习11次"), (640, "办理案件3件。")):
        for apart in (0, 0.3):
            canvas.drawString(80 + apart, height, line)
    canvas.save()
    assert lines(path) == [TITLE, "一、学习11次", "办理案件3件。"]


TABLE = [
    ["指标", "2022年", "2023年"],
    ["行政复议案件", "10件", "12件"],
    ["行政诉讼案件", "8件", "5件"],
]


def test_table_without_rules(tmp_path):
    placed = "".join(
        f"/A 12 Tf 1 0 0 1 {x} {700 - 24 * i} Tm <{codes(cell)}> Tj "
        for i, row in enumerate(TABLE)
        for x, cell in zip((72, 260, 470), row, strict=True)
    )
    path = tmp_path / "report.pdf"
    text = "".join(chain(TITLE, *chain(*TABLE)))
    raw_pdf(path, [f"{drawn([TITLE])} BT {placed} ET"], {"A": shown_as(text)})
    assert lines(path) == [TITLE, *map("\t".join, TABLE)]


def test_title_ends_with_its_page(tmp_path):
    path = write_pdf(tmp_path / "report.pdf", TITLE)
    canvas = Canvas(str(path))
    canvas.setFont("STSong-Light", 18)
    canvas.drawCentredString(297, 700, TITLE)
    canvas.drawCentredString(297, 300, "青溪区司法局")
    canvas.drawCentredString(297, 275, "2024年1月")
    canvas.showPage()
    canvas.setFont("STSong-Light", 18)
    canvas.drawCentredString(297, 740, "第一部分 工作情况")
    canvas.setFont("STSong-Light", 12)
    for i in range(9):
        canvas.drawString(72, 700 - 20 * i, "坚持依法行政，规范执法行为，办理案件3件。")
    canvas.save()
    assert lines(path)[:4] == [TITLE, "青溪区司法局", "2024年1月", "第一部分 工作情况"]


def test_indent_of_wide_spaces(tmp_path, browser):
    browser.set_content(
        f"<h2>{TITLE}</h2>" + f"<p>\u3000\u3000{PROSE}合格率为100%。</p>" * 3 + "<p>二、执法</p>"
    )
    path = tmp_path / "report.pdf"
    browser.pdf(path=path)
    assert lines(path) == [TITLE, *[f"{PROSE}合格率为100%。"] * 3, "二、执法"]


@pytest.mark.parametrize("height", [737, 740])
def test_footnotes_are_left_out_with_a_warning(tmp_path, height):
    text = [TITLE, "一、学习", "办理行政执法案件3件", "二、执法", "开展培训3次。"]
    note = ["1见青溪区统计公报。", "续前注。"]
    page = drawn(text) + " ".join(
        f"BT /A {size} Tf 1 0 0 1 {x} {y} Tm <{codes(line)}> Tj ET"
        for size, x, y, line in ((7, 192, height, "1"), (9, 72, 90, note[0]), (9, 72, 78, note[1]))
    )
    path = tmp_path / "report.pdf"
    raw_pdf(path, [page], {"A": shown_as("".join(text + note))})
    assert lines(path) == text
    assert read_report(path).warnings[0] == "Footnotes are left out (page 1)"


def test_font_that_hides_its_characters(tmp_path):
    path = tmp_path / "report.pdf"
    text = ["青溪区执法情况", "办理行政执法案件3件。", "开展执法培训6场。"]
    heading = ("B", "\u3501\u3702\u3903")
    raw_pdf(path, [drawn([heading, *text])], {"A": shown_as("".join(text)), "B": None})
    assert lines(path) == ["\ufffd\ufffd\ufffd", *text]
    assert "font hides which characters it has" in read_report(path).warnings[0]
    assert "OCR" in read_report(path).warnings[0]
    raw_pdf(path, [drawn([heading, heading])], {"B": None})
    with pytest.raises(ReportError, match=r"fonts of the PDF file hide .*\(OCR\)"):
        read_report(path)


def test_font_that_gives_wrong_characters(tmp_path):
    path = tmp_path / "report.pdf"
    wrong = {char: chr(0x3500 + 7 * i) for i, char in enumerate("主要举措和成效存在的不足")}
    text = ["青溪区执法情况", "办理行政执法案件3件。"]
    fonts = {"A": shown_as("".join(text)), "B": shown_as("".join(wrong), wrong)}
    raw_pdf(path, [drawn([*text, ("B", "主要举措和成效"), ("B", "存在的不足")])], fonts)
    assert "The font B gives mostly rare characters" in read_report(path).warnings[0]


def test_half_of_a_character_is_none(tmp_path):
    path = tmp_path / "report.pdf"
    text = [TITLE, "一、法治", "办理案件3件。"]
    half = shown_as("".join(text)).replace(f"> <{codes('治')}>", "> <d800>")
    raw_pdf(path, [drawn(text)], {"A": half})
    assert lines(path)[1] == "一、法\ufffd"
    assert "hides" in read_report(path).warnings[0]


@pytest.mark.parametrize("size", ["0", "-12"])
def test_font_size_of_no_use(tmp_path, size):
    path = tmp_path / "report.pdf"
    text = [TITLE, "一、学习", "办理案件3件。"]
    hidden = f"BT /A {size} Tf 1 0 0 1 72 600 Tm <{codes('一学习')}> Tj ET"
    raw_pdf(path, [drawn(text) + hidden], {"A": shown_as("".join(text))})
    assert lines(path)[:3] == text
