"""Symbols, equations, fields, hidden text and notes of Word; what is left out, with a word."""

import pytest
from writers import W, lines, p, write_docx

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report

TITLE = "青溪区2023年法治政府建设年度报告"


@pytest.fixture
def shown(tmp_path):
    """The lines of a document with this body below a title."""

    def read(*body: str, styles: str = "") -> list[str]:
        path = write_docx(tmp_path / "a.docx", p(TITLE) + "".join(body), styles=styles)
        return lines(path)[1:]

    return read


@pytest.mark.parametrize(
    ("font", "code", "char"),
    [
        ("宋体", "2460", "①"),
        ("Symbol", "F025", "%"),
        ("Symbol", "F0B1", "±"),
        ("Symbol", "25", "%"),
        ("Wingdings", "F081", "①"),
        ("Wingdings", "F0FC", "✓"),
        ("Webdings", "F031", "\uf031"),  # not known: kept as it is
        ("宋体", "D800", ""),
    ],
)
def test_symbols_of_word(shown, font, code, char):
    run = f'<w:sym w:font="{font}" w:char="{code}"/>'
    assert shown(p("率", run, "学习")) == [f"率{char}学习"]


def test_text_in_a_symbol_font(shown):
    font = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'
    assert shown(p("合格率98", f"{font}<w:t>\uf025</w:t>")) == ["合格率98%"]


def test_equation_is_read_with_its_signs(shown):
    maths = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    run = "<m:r><m:t>{}</m:t></m:r>".format
    formula = (
        f"<m:oMathPara {maths}><m:oMath>{run('办结率=')}<m:f><m:num>{run('办结数')}</m:num>"
        f"<m:den>{run('受理数')}</m:den></m:f>{run('×100%')}</m:oMath></m:oMathPara>"
    )
    paragraph = f"<w:p><w:r><w:t>即</w:t></w:r>{formula}</w:p>"
    assert shown(paragraph) == ["即办结率=办结数/受理数×100%"]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:f><m:num>{a}</m:num><m:den><m:r><m:t>b-c</m:t></m:r></m:den></m:f>", "a/(b-c)"),
        ("<m:d><m:e>{a}</m:e></m:d>", "(a)"),
        ('<m:d><m:dPr><m:begChr m:val="["/></m:dPr><m:e>{a}</m:e></m:d>', "[a)"),
        ("<m:sSup><m:e>{a}</m:e><m:sup>{a}</m:sup></m:sSup>", "a^a"),
        ("<m:rad><m:deg/><m:e>{a}</m:e></m:rad>", "√(a)"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e>{a}</m:e></m:nary>', "∑a"),
    ],
)  # fmt: skip
def test_equation_keeps_the_signs_that_word_draws(shown, formula, text):
    maths = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    inner = formula.format(a="<m:r><m:t>a</m:t></m:r>")
    assert shown(f"<w:p><m:oMath {maths}>{inner}</m:oMath></w:p>") == [text]


def test_text_of_a_shape_of_a_drawing(shown):
    run = "<a:r><a:t>{}</a:t></a:r>".format
    shape = f"<a:txBody xmlns:a='urn:a'><a:p>{run('二、')}{run('执法')}</a:p></a:txBody>"
    assert shown(p(f"<w:drawing>{shape}</w:drawing>"))[0] == "二、执法"


def test_code_of_a_field_is_left_out_and_its_result_read(shown):
    def field(kind: str) -> str:
        return f'<w:fldChar w:fldCharType="{kind}"/>'

    code = "<w:instrText>REF x</w:instrText>"
    runs = [field("begin"), code, "误", field("separate"), "12", field("end"), "件"]
    simple = '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>2024年</w:t></w:r></w:fldSimple></w:p>'
    assert shown(p("办理", *runs), simple) == ["办理12件", "2024年"]


def test_links_ruby_and_moved_text_are_read_once(shown):
    run = "<w:r><w:t>{}</w:t></w:r>".format
    link = f"<w:p><w:hyperlink>{run('青溪')}</w:hyperlink>{run('网')}</w:p>"
    ruby = f"<w:ruby><w:rt>{run('zì')}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby>"
    away = f"<w:p><w:moveFrom>{run('移')}</w:moveFrom>{run('前')}</w:p>"
    here = f"<w:p><w:moveTo>{run('移')}</w:moveTo>{run('后')}</w:p>"
    assert shown(link, p(ruby), away, here) == ["青溪网", "字", "前", "移后"]


def test_text_hidden_by_a_style_is_left_out(shown):
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="i"><w:basedOn w:val="h"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    hidden = '<w:rPr><w:rStyle w:val="i"/></w:rPr><w:t>藏</w:t>'
    back = '<w:rPr><w:rStyle w:val="h"/><w:vanish w:val="0"/></w:rPr><w:t>见</w:t>'
    whole = p(
        "藏",
        '<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t>',
        properties='<w:pStyle w:val="P"/>',
    )
    assert shown(p("一", hidden, back), whole, styles=styles) == ["一见", "显"]


def test_paragraph_with_a_hidden_end_goes_on_in_the_next(shown):
    end = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    assert shown(p("（一）学习。", properties=end), p("培训3次。")) == ["（一）学习。培训3次。"]
    assert shown(p("末", properties=end)) == ["末"]


# What stands elsewhere, or can't be read.


def parts(path, body: str, **others: str):
    """A document with other parts: notes, comments, page heads."""
    return write_docx(path, body, others={f"word/{name}.xml": xml for name, xml in others.items()})


def test_notes_stand_below_their_paragraph(tmp_path):
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="2">{p("含调解案件。")}</w:footnote>'
        f'<w:footnote w:id="3">{p("全年口径")}{p("数。")}</w:footnote></w:footnotes>'
    )
    ends = f'<w:endnotes {W}><w:endnote w:id="2">{p("见附表。")}</w:endnote></w:endnotes>'
    body = (
        p(TITLE) + p("一、复议") + p("办理案件12", '<w:footnoteReference w:id="2"/>', "件",
        '<w:endnoteReference w:id="2"/>', "。") + p("二、执法", '<w:footnoteReference w:id="3"/>')
        + p("三、监督", '<w:footnoteReference w:id="3"/>')
    )  # fmt: skip
    path = parts(tmp_path / "a.docx", body, footnotes=notes, endnotes=ends)
    assert lines(path)[1:] == [
        "一、复议", "办理案件12件。", "注1：含调解案件。", "注2：见附表。", "二、执法",
        "注3：全年口径 数。", "三、监督",
    ]  # fmt: skip


def test_what_is_left_out_is_said_with_its_place(tmp_path):
    picture = "<w:drawing><a:blip xmlns:a='urn:a'/></w:drawing>"
    chart = "<w:drawing><c:chart xmlns:c='urn:c'/></w:drawing>"
    sheet = "<w:object><v:imagedata xmlns:v='urn:v'/><o:OLEObject xmlns:o='urn:o'/></w:object>"
    deleted = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>"
    )
    comment = '<w:commentReference w:id="0"/>'
    body = p(TITLE) + p("一、执法") + p(picture) + p(picture) + p(chart, sheet, comment) + deleted
    assert read_report(write_docx(tmp_path / "a.docx", body)).warnings == (
        "Left out: pictures (2), the first after “一、执法”.",
        "Left out: diagrams (1), after “一、执法”.",
        "Left out: embedded objects (1), after “一、执法”.",
        "Left out: comments (1), after “一、执法”.",
        "Left out: text deleted with the changes tracked (1), after “一、执法”.",
    )


@pytest.mark.parametrize("line", ["<w:strike/>", '<w:dstrike w:val="1"/>'])
def test_struck_out_text_is_left_out_with_a_word(tmp_path, line):
    struck = f"<w:r><w:rPr>{line}</w:rPr><w:t>12</w:t></w:r>"
    kept = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>15件。</w:t></w:r>'
    body = p(TITLE) + p("一、执法") + f"<w:p><w:r><w:t>办理案件</w:t></w:r>{struck}{kept}</w:p>"
    report = read_report(write_docx(tmp_path / "a.docx", body))
    assert report.text.split("\n")[2] == "办理案件15件。"
    assert report.warnings == ("Left out: text that is struck out (1), after “一、执法”.",)


def test_heads_of_pages_are_named_if_they_say_anything_else(tmp_path):
    body = p(TITLE) + p("一、执法")
    header = f"<w:hdr {W}>{p(TITLE)}{p('青溪区司法局文件')}</w:hdr>"
    footer = f"<w:ftr {W}>{p('第 1 页 共 3 页')}</w:ftr>"
    path = parts(tmp_path / "a.docx", body, header=header, footer=footer)
    (warning,) = read_report(path).warnings
    assert "header of pages" in warning
    assert "青溪区司法局文件" in warning


def test_document_of_pictures_only(tmp_path):
    picture = "<w:drawing><a:blip xmlns:a='urn:a'/></w:drawing>"
    path = write_docx(tmp_path / "a.docx", p(picture) * 3)
    with pytest.raises(ReportError, match=r"only pictures; recognise its text \(OCR\)"):
        read_report(path)
