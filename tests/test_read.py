"""Files of every kind and state: the right report, or one clear error."""

import os
from pathlib import Path

import pytest

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")


@pytest.fixture
def refusal(tmp_path):
    """Writes a file, reads it, and gives the error that this ends in."""

    def read(data: bytes, name: str = "report.txt") -> ReportError:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(ReportError) as caught:
            read_report(path)
        assert caught.value.source == str(path)
        return caught.value

    return read


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_text_in_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "report"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert read_report(path).text == TEXT


def test_text_in_big5(tmp_path):
    text = "臨江市司法局2023年法治政府建設年度報告\n一、主要舉措\n學習法律,依法行政。\n" * 20
    (tmp_path / "report.txt").write_bytes(text.encode("big5"))
    assert read_report(tmp_path / "report.txt").text == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\0" * 4096, "empty"),
        ("\u3000\n \n".encode(), "no content"),
        (bytes(range(256)) * 40, "no text file"),
        (b"The annual report for 2024\n", "isn't Chinese"),
        ("从前有座山,山里有座庙。\n".encode(), "doesn't name"),
        (TEXT.encode()[:5000], "damaged at character 1,750"),
        (b"PK\x03\x04", "damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\xff\xd8\xff\xe0" + bytes(600), "picture"),
        (b"Rar!\x1a\x07\x00", "archive"),
    ],
)
def test_what_is_no_report_is_refused(refusal, data, problem):
    error = refusal(data)
    assert problem in error.problem
    assert error.remedy


def test_missing_file_folder_and_device(tmp_path):
    with pytest.raises(ReportError, match="there is no such file"):
        read_report(tmp_path / "none.txt")
    with pytest.raises(ReportError, match="this is a folder"):
        read_report(tmp_path)
    with pytest.raises(ReportError, match="can't be opened"):
        read_report("x" * 5000)
    with pytest.raises(ReportError, match="there is no such file"):
        read_report(os.devnull)


def test_unnumbered_report_is_read_with_a_warning(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("今年以来,我镇依法行政工作稳步推进。", encoding="utf-8")
    report = read_report(path)
    assert [section.number for section in report.sections] == [""]
    assert len(report.warnings) == 1
