"""What a reader of Word sees beyond plain paragraphs: boxes, tables, breaks, symbols, notes."""

import pytest
from writers import either, lines, p, write_docx

from lawreport_utils.figures.outcomes import extract_outcomes
from lawreport_utils.read import read_report
from lawreport_utils.structure import outline
from lawreport_utils.usage import concordance

TITLE = "青溪区2023年法治政府建设年度报告"


def cell(*paragraphs: str, properties: str = "") -> str:
    inner = "".join(text if text.startswith("<") else p(text) for text in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or '<w:p/>'}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def box(content: str) -> str:
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{}</v:textbox></v:shape>'
    return either(
        f"<w:drawing><wps:txbx xmlns:wps='urn:wps'>{inner}</wps:txbx></w:drawing>",
        f"<w:pict>{shape.format(inner)}</w:pict>",
    )


@pytest.fixture
def shown(tmp_path):
    """The lines of a document with this body below a title."""

    def read(*body: str, styles: str = "") -> list[str]:
        path = write_docx(tmp_path / "a.docx", p(TITLE) + "".join(body), styles=styles)
        return lines(path)[1:]

    return read


def markers(path) -> list[str]:
    return outline(read_report(path)).query("level > 0")["marker"].tolist()


def test_radicals_in_a_document_are_read_as_characters(tmp_path):
    body = p(TITLE) + p("⼀、学习") + p("⼆、执法") + p("三、监督") + p("办理⾏政执法案件3件。")
    path = write_docx(tmp_path / "a.docx", body)
    assert markers(path) == ["⼀、", "⼆、", "三、"]
    assert len(concordance(read_report(path), "行政执法")) == 1


def test_text_box_is_read_once_and_in_place(tmp_path):
    body = p(TITLE) + p("一、学习") + p(box(p("二、执法") + p("办理案件12件。"))) + p("三、监督")
    path = write_docx(tmp_path / "a.docx", body)
    assert [line for line in lines(path) if line] == [
        TITLE, "一、学习", "二、执法", "办理案件12件。", "三、监督",
    ]  # fmt: skip
    assert markers(path) == ["一、", "二、", "三、"]


def test_text_box_beside_text_stands_before_or_after_it(shown):
    assert shown(p(box(p("左")), "一、学习", box(p("右")))) == ["左", "一、学习", "右"]


def test_text_box_in_a_text_box_and_of_an_old_program(shown):
    inner = box(p("里"))
    old = f"<w:pict><w:txbxContent>{p('旧')}</w:txbxContent></w:pict>"
    assert [line for line in shown(p(box(p("外") + p(inner)), old)) if line] == ["外", "里", "旧"]


def test_word_art_is_text(shown):
    art = '<w:pict><v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="青溪文件"/></w:pict>'
    assert shown(p(art))[0] == "青溪文件"


def test_what_is_said_for_new_and_old_programs_is_read_once(shown):
    run = either("<w:t>一、</w:t>", "<w:t>一、</w:t>")
    assert shown(p(run, "学习")) == ["一、学习"]
    paragraph = either(p("二、办理案件3件。"), p("二、办理案件3件。"))
    assert shown(paragraph) == ["二、办理案件3件。"]
    assert shown(p(either("<w:x w:val='1'/>", "<w:t>旧</w:t>"))) == ["旧"]


# Soft breaks.

LONG = (
    "全年组织学法活动36场，累计参加人员1200余人次，办理行政复议案件112件，同比增长12.5%，群众满意率"
    "提高2.3个百分点，办结率为98.6%，办理行政诉讼案件45件，出庭应诉率达100%。"
)


def broken(text: str, width: int) -> list[str]:
    """A paragraph with a soft break after every so many characters."""
    parts = [text[i : i + width] for i in range(0, len(text), width)]
    return [run for part in parts for run in (part, "<w:br/>")][:-1]


@pytest.mark.parametrize("width", [18, 22, 30, 37])
def test_soft_breaks_at_the_end_of_every_line_divide_nothing(shown, width):
    assert shown(p(*broken(LONG, width)), p("二、监督")) == [LONG, "二、监督"]


def test_one_soft_break_within_a_sentence(shown):
    text = "办理案件112件，群众满意率提高2.3个百分"
    assert shown(p(text, "<w:br/>", "点，办结率稳定。")) == [text + "点，办结率稳定。"]


@pytest.mark.parametrize("second", ["推进法治政府建设", "，推进法治政府建设", "、法治思想"])
@pytest.mark.parametrize("marker", ["一、", "第1章 ", "1.1 "])
def test_soft_break_within_a_heading(shown, second, marker):
    first = marker + "深入学习法治思想"
    assert shown(p(first, "<w:br/>", second)) == [first + second]
    assert shown(p(first + "，", "<w:br/>", second)) == [first + "，" + second]


def test_soft_break_within_a_paragraph_of_a_heading_style(shown):
    styles = (
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a2"><w:basedOn w:val="a1"/></w:style>'
    )
    heading = p("学习1次", "<w:br/>", "执法2次", properties='<w:pStyle w:val="a2"/>')
    assert shown(heading, styles=styles) == ["学习1次执法2次"]


def test_soft_breaks_that_end_paragraphs_stay(shown):
    parts = [
        "一、学习",
        "培训3次。",
        "二、执法",
        "（一）规范",
        "办理12件。",
        "青溪区司法局",
        "2024年1月5日",
    ]
    runs = [run for part in parts for run in (part, "<w:br/>")][:-1]
    assert shown(p(*runs)) == parts
    assert shown(p("一、加强领导，压实责任", "<w:br/>", "全年开会3次。")) == [
        "一、加强领导，压实责任", "全年开会3次。",
    ]  # fmt: skip
    assert shown(p("联系人：张三，办公室主任", "<w:br/>", "地址：青溪路1号")) == [
        "联系人：张三，办公室主任", "地址：青溪路1号",
    ]  # fmt: skip
    for line_break in ("<w:br/>", '<w:br w:type="page"/>', "<w:cr/>"):
        assert shown(p("一、学习", line_break, "二、执法")) == ["一、学习", "二、执法"]


def test_paragraphs_that_are_the_lines_of_a_page_are_joined(tmp_path):
    """As some converters from PDF write them: each line a paragraph."""
    text = [TITLE, "一、学习", LONG, "二、执法", LONG[::-1].replace("。", "")]
    rows = [line[i : i + 28] for line in text for i in range(0, len(line), 28)]
    report = read_report(write_docx(tmp_path / "a.docx", "".join(map(p, rows))))
    assert report.text.split("\n") == text
    assert "cut at 28 characters" in report.warnings[0]


def test_line_feeds_of_neat_markup_are_no_text(shown):
    assert shown(p("\n      一、学\n      习\n    ")) == ["一、学习"]


# Tables.


def test_row_of_a_table_is_a_line_of_cells(shown):
    rows = [["指标", "2022年", "2023年"], ["行政复议案件", "10件", "12件"]]
    assert shown(table(*("".join(map(cell, row)) for row in rows))) == [
        "指标\t2022年\t2023年", "行政复议案件\t10件\t12件",
    ]  # fmt: skip


def test_figures_of_a_row_have_its_first_cell_as_their_name(tmp_path):
    rows = [["指标", "2022年", "2023年"], ["行政复议案件", "10件", "12件"]]
    body = p(TITLE) + p("一、复议") + table(*("".join(map(cell, row)) for row in rows))
    found = extract_outcomes(read_report(write_docx(tmp_path / "a.docx", body)))
    assert found[["metric", "value"]].to_numpy().tolist() == [
        ["行政复议案件", 10], ["行政复议案件", 12],
    ]  # fmt: skip


def test_merged_cells_keep_the_others_in_their_column(shown):
    span, down = '<w:gridSpan w:val="2"/>', "<w:vMerge/>"
    start = '<w:vMerge w:val="restart"/>'
    assert shown(
        table(
            cell("指标", properties=span) + cell("2023年"),
            cell("复议", properties=start) + cell("受理") + cell("12件"),
            cell("盖住", properties=down) + cell("办结") + cell("8件"),
        )
    ) == ["指标\t\t2023年", "复议\t受理\t12件", "\t办结\t8件"]


def test_words_of_a_cell_in_several_lines_are_one_cell(shown):
    row = cell(p("行政复议", "<w:br/>", "案件")) + cell("受理", "12件")
    assert shown(table(row)) == ["行政复议案件\t受理 12件"]


def test_table_in_a_cell_is_read_in_place(shown):
    inner = table(cell("受理") + cell("12件"), cell("办结") + cell("8件"))
    assert shown(table(cell("一、复议", inner, "<w:p/>"))) == [
        "一、复议",
        "受理\t12件",
        "办结\t8件",
    ]
    assert shown(table(cell("复议") + cell(inner, "<w:p/>"))) == ["复议", "受理\t12件", "办结\t8件"]


def test_body_in_one_cell_with_empty_cells_beside_it(shown):
    row = cell() + cell("一、学习", "培训3次。", "二、执法") + cell()
    assert shown(table(row)) == ["一、学习", "培训3次。", "二、执法"]


def test_numbered_items_in_a_cell_stay_lines(shown):
    row = cell("主要做法") + cell("1.学习", "2.执法")
    assert shown(table(row)) == ["主要做法", "1.学习", "2.执法"]


def test_body_in_a_cell_beside_a_label(shown):
    row = cell("年度报告") + cell("一、学习", "培训3次。", "二、执法")
    assert shown(table(row)) == ["年度报告", "一、学习", "培训3次。", "二、执法"]


def test_row_that_was_deleted_is_left_out_with_a_warning(tmp_path):
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}{cell('1件')}</w:tr>"
    body = p(TITLE) + f"<w:tbl>{deleted}<w:tr>{cell('新')}{cell('2件')}</w:tr></w:tbl>"
    report = read_report(write_docx(tmp_path / "a.docx", body))
    assert report.text == f"{TITLE}\n新\t2件"
    assert any("deleted" in warning for warning in report.warnings)
