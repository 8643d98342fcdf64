"""Word documents: what a reader of Word sees, with the automatic numbers."""

import pytest
from writers import either, levels, lines, numbered, write_docx


@pytest.mark.parametrize(
    ("style", "text", "markers"),
    [
        ("chineseCounting", "%1、", ["一、", "二、", "十、", "十一、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（十）", "（十一）"]),
        ("japaneseCounting", "第%1章", ["第一章", "第二章", "第十章", "第十一章"]),
        ("decimal", "%1.", ["1. ", "2. ", "10. ", "11. "]),
        ("decimal", "（%1）", ["（1）", "（2）", "（10）", "（11）"]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "１０．", "１１．"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "⑩", "⑪"]),
        ("ideographDigital", "%1、", ["一、", "二、", "一〇、", "一一、"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "癸、", "甲、"]),
        ("ideographZodiac", "%1、", ["子、", "丑、", "酉、", "戌、"]),
        ("ideographZodiacTraditional", "%1、", ["甲子、", "乙丑、", "癸酉、", "甲戌、"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "壹拾、", "壹拾壹、"]),
        ("ideographLegalTraditional", "%1、", ["壹、", "貳、", "壹拾、", "壹拾壹、"]),
        ("ideographEnclosedCircle", "%1", ["㊀", "㊁", "㊉", "11 "]),
        ("decimalZero", "%1", ["01 ", "02 ", "10 ", "11 "]),
        ("chineseCounting", "%1", ["一 ", "二 ", "十 ", "十一 "]),
        ("unknown", "%1.", ["1. ", "2. ", "10. ", "11. "]),
        ("lowerLetter", "%1)", ["a)", "b)", "j)", "k)"]),
        ("bullet", "·", ["", "", "", ""]),
    ],
)
def test_automatic_numbers_of_word(tmp_path, style, text, markers):
    body = "".join(numbered("法治", 0) for _ in range(11))
    shown = lines(write_docx(tmp_path / "a.docx", body, levels((style, text))))
    assert [shown[i] for i in (0, 1, 9, 10)] == [marker + "法治" for marker in markers]


def test_levels_of_automatic_numbers(tmp_path):
    parts = levels(("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%1.%3"))
    depths = [0, 1, 1, 2, 0, 1, 2, 2]
    body = "".join(numbered("法治", depth) for depth in depths)
    markers = ["一、", "(一)", "(二)", "一.1 ", "二、", "(一)", "二.1 ", "二.2 "]
    shown = lines(write_docx(tmp_path / "a.docx", body, parts))
    assert shown == [marker + "法治" for marker in markers]


def test_lists_of_word_go_on_or_start_again(tmp_path):
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = "".join(numbered("法治", 0, number) for number in (1, 2, 0, 3, 3, 1, 9))
    parts = levels(("chineseCounting", "%1、"), more=more)
    shown = lines(write_docx(tmp_path / "a.docx", body, parts))
    assert shown == [m + "法治" for m in ("一、", "二、", "", "五、", "六、", "七、", "")]


def test_numbers_that_a_style_brings(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="title">'
        '<w:basedOn w:val="base"/></w:style>'
    )
    paragraph = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>法治</w:t></w:r></w:p>'
    body = "".join(map(paragraph.format, ("base", "title", "none")))
    parts = levels(("chineseCounting", "%1、"))
    assert lines(write_docx(tmp_path / "a.docx", body, parts, styles)) == [
        "一、法治", "二、法治", "法治",
    ]  # fmt: skip


def test_what_a_reader_of_a_document_sees(tmp_path):
    run = "<w:r><w:t>{}</w:t></w:r>"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        "<w:p>" + run.format("一、依法") + '<w:del><w:r><w:delText>删</w:delText></w:r></w:del>'
        + "<w:ins>" + run.format("行政") + "</w:ins></w:p>"
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run.format("两段") + "</w:p>"
        + "<w:p>" + run.format("成一段") + "</w:p>"
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        + "<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>"
        + "<w:r><w:drawing><w:p><w:r><w:t>图</w:t></w:r></w:p></w:drawing></w:r></w:p>"
        + "<w:tbl><w:tr>" + cell.format("来源：") + cell.format("某局") + "</w:tr></w:tbl>"
        + "<w:sdt><w:sdtContent><w:p>" + run.format("二、执法") + "</w:p></w:sdtContent></w:sdt>"
    )  # fmt: skip
    assert lines(write_docx(tmp_path / "a.docx", body)) == [
        "一、依法行政", "两段成一段", "上", "下", "来源： 某局", "二、执法",
    ]  # fmt: skip


def test_number_format_that_only_new_programs_know(tmp_path):
    known, new = '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="decimalZero"/>'
    parts = levels(("decimal", "%1、")).replace(known, either("<w:x/>", new))
    path = write_docx(tmp_path / "a.docx", numbered("法治", 0), parts)
    assert lines(path) == ["01、法治"]


def test_number_without_a_space_behind_it_where_the_list_says_so(tmp_path):
    parts = levels(("chineseCounting", "%1")).replace(
        "</w:lvl>", '<w:suff w:val="nothing"/></w:lvl>'
    )
    assert lines(write_docx(tmp_path / "a.docx", numbered("法治", 0), parts)) == ["一法治"]


def test_levels_below_levels_are_numbered_as_printed_and_found(tmp_path):
    parts = levels(("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    body = "".join(numbered("法治", depth) for depth in (0, 1, 2, 2, 1, 0, 1))
    path = write_docx(tmp_path / "a.docx", body, parts)
    numbers = ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"]
    assert lines(path) == [f"{number} 法治" for number in numbers]


def test_list_whose_levels_are_those_of_a_style(tmp_path):
    other = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>'
    )
    link = '<w:styleLink w:val="L"/><w:lvl'
    parts = levels(("chineseCounting", "%1、"), more=other).replace("<w:lvl", link, 1)
    body = numbered("法治", 0, 7) + numbered("执法", 0, 7)
    assert lines(write_docx(tmp_path / "a.docx", body, parts)) == ["一、法治", "二、执法"]


def test_hidden_number_of_a_list_is_left_out(tmp_path):
    hidden = "<w:rPr><w:vanish/></w:rPr></w:lvl>"
    parts = levels(("chineseCounting", "%1、")).replace("</w:lvl>", hidden)
    assert lines(write_docx(tmp_path / "a.docx", numbered("法治", 0), parts)) == ["法治"]
