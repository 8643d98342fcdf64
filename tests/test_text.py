"""Text files: their encoding, bullets of Word in them, and lines that were cut at a width."""

import pytest
from writers import REPORT, ROOT, TEXT

from lawreport_utils.errors import ReportError
from lawreport_utils.figures.outcomes import extract_outcomes
from lawreport_utils.read import read_report
from lawreport_utils.structure import outline, parse_report


def read(path, text: str | bytes):
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_report(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("bullet", ["\uf06c", "\uf0b7\t"])
def test_bullets_of_word_dont_make_it_another_kind_of_file(tmp_path, encoding, bullet):
    marked = "\n".join(bullet + line for line in REPORT.split("\n"))
    report = read(tmp_path / "a.txt", marked.encode(encoding))
    assert report.text == marked
    assert outline(report).query("level == 1")["marker"].tolist() == ["一、", "二、"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_filled_up_with_nul_bytes(tmp_path, encoding):
    report = read(tmp_path / "a.txt", REPORT.encode(encoding) + bytes(4096))
    assert report.text == REPORT


def test_control_characters_copied_from_word(tmp_path):
    assert read(tmp_path / "a.txt", REPORT.replace("一、", "一、\x07")).year == 2023


@pytest.mark.parametrize(
    ("encoding", "cut", "told"),
    [("gb18030", 5001, "GB18030"), ("utf-8", 5000, "UTF-8"), ("utf-16", 5001, "UTF-16")],
)
def test_text_cut_within_a_character_says_where(tmp_path, encoding, cut, told):
    data = TEXT.encode(encoding)[:cut]
    good = len(data.decode(encoding, "ignore"))
    with pytest.raises(ReportError, match=rf"cut off after character {good:,} \({told}"):
        read(tmp_path / "a.txt", data)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_damaged_byte_says_where(tmp_path, encoding):
    data = bytearray(TEXT.encode(encoding))
    data[3000:3001] = b"\xff"
    with pytest.raises(ReportError, match="damaged or cut off after character"):
        read(tmp_path / "a.txt", bytes(data))


PRACTICE = (ROOT / "data/practice-report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [TEXT.rstrip("\n"), PRACTICE.rstrip("\n")])
@pytest.mark.parametrize("width", [28, 36, 60])
def test_lines_cut_at_a_width_are_paragraphs_again(tmp_path, text, width):
    cut = "\n".join(
        line[i : i + width] for line in text.split("\n") for i in range(0, len(line) or 1, width)
    )
    report = read(tmp_path / "a.txt", cut)
    assert report.text == text
    assert f"cut at {width} characters" in report.warnings[0]


def printed(text: str, width: float) -> str:
    """Cut as a page does: by the width in print, and no line starts with a comma or full stop."""
    done = []
    for line in text.split("\n"):
        row = ""
        for char in line:
            full = sum(1 if c > "\u2e7f" else 0.5 for c in row) + 0.5 > width
            if full and char not in "，。、；：”）%":
                done.append(row)
                row = ""
            row += char
        done.append(row)
    return "\n".join(done)


def test_figures_and_headings_of_a_printed_page(tmp_path):
    text = (
        "青溪区2023年法治政府建设年度报告\n一、深入学习贯彻习近平法治思想，扎实推进全区法治政府建设各项工作落地见效\n"
        "全年组织学法活动36场，累计参加人员1200余人次，办理行政复议案件112件，同比增长12.5%，"
        "办理行政诉讼案件45件，行政机关负责人出庭应诉率达到100%，群众满意率提高2.3个百分点。\n"
        "二、严格规范公正文明执法\n办理行政处罚案件1234件，罚款56.7万元，开展执法检查89次，"
        "发现并整改问题120个，培训执法人员860人次。"
    )
    whole = read(tmp_path / "a.txt", text)
    assert not whole.warnings
    for width in (24, 30, 33, 40):
        report = read(tmp_path / f"{width}.txt", printed(text, width))
        assert report.text == text
        assert report.warnings
        columns = ["metric", "value", "unit"]
        assert extract_outcomes(report)[columns].equals(extract_outcomes(whole)[columns])


@pytest.mark.parametrize("shape", ["{}\n\n", "    {}\n", "{}  \n"])
def test_cut_lines_with_blanks_between_or_beside_them(tmp_path, shape):
    cut = printed(TEXT.rstrip("\n"), 36).split("\n")
    report = read(tmp_path / "a.txt", "".join(map(shape.format, cut)))
    assert report.text.rstrip() == read(tmp_path / "b.txt", "\n".join(cut)).text


def test_text_with_cut_lines_is_parsed_with_a_warning():
    (warning,) = parse_report(printed(TEXT, 36)).warnings
    assert "cut at 3" in warning
    for name in ("szga-2024", "practice-report", "practice-report-2022"):
        text = (ROOT / f"data/{name}.txt").read_text(encoding="utf-8")
        assert not any("cut" in warning for warning in parse_report(text).warnings)


def test_page_numbers_of_a_cut_text_divide_no_paragraph(tmp_path):
    first, second = printed(TEXT.rstrip("\n"), 36).split("\n")[:14], "- 3 -\n\n\f"
    rest = printed(TEXT.rstrip("\n"), 36).split("\n")[14:]
    report = read(tmp_path / "a.txt", "\n".join(first) + "\n" + second + "\n".join(rest))
    assert report.text == read(tmp_path / "b.txt", printed(TEXT.rstrip("\n"), 36)).text


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        REPORT,
        "\n".join(f"{n}．依法办理各类案件共{n}件，全部按期办结" for n in range(1, 9)),
        "一、执法\n" + "行政复议案件\t10件\t12件\t行政诉讼案件\t8件\n" * 9,
        "一、执法\n" + "加强组织领导，压实工作责任，推动落实。\n" * 9,
    ],
)
def test_lines_that_end_where_they_should_stay(tmp_path, text):
    report = read(tmp_path / "a.txt", text)
    assert report.text == text
    assert not any("cut" in warning for warning in report.warnings)
