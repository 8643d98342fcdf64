"""``lawreport check``: the questions about reports, in the terminal, as JSON or as comments."""

import json
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from .model import Report

_CONTEXT = 40  # characters of a sentence on each side of a place
FOUND, UNREADABLE = 1, 2  # exit codes


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--earlier", metavar="FILE", help="上年的报告：找出沿用未改的语句。The report of the year before: what was carried over.")  # fmt: skip  # noqa: E501
@click.option("--comments", metavar="OUT.docx", help="另存一份带批注的 Word 文件（限一份 .docx 报告）。Write a copy of one Word report with the questions as comments.")  # fmt: skip  # noqa: E501
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式。How to print.")  # fmt: skip  # noqa: E501
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", help="提问所用的语言。The language of the questions.")  # fmt: skip  # noqa: E501
@click.pass_context
def check(
    context: click.Context,
    files: tuple[str, ...],
    earlier: str | None,
    comments: str | None,
    form: str,
    language: str,
) -> None:
    """发布前核对：逐条提问，指明所在之处。

    What a careful reader would ask before a report is published, with the places.

    \b
    退出码 exit code: 0 没有问题 nothing found, 1 有问题 something found,
    2 文件无法读取 a file can't be read.
    """
    if comments and len(files) != 1:
        raise click.UsageError("--comments goes with one FILE / --comments 只能用于一份报告")
    if comments and Path(comments).resolve() == Path(files[0]).resolve():
        raise click.UsageError("--comments would overwrite the report / 批注须另存为新文件")
    context.exit(run(files, earlier, comments, form, language))


def run(
    files: tuple[str, ...], earlier: str | None, comments: str | None, form: str, language: str
) -> int:
    """Check the files and print what is found; the exit code."""
    from .check import check_report
    from .errors import ReportError
    from .read import read_report

    code, results = 0, list[dict[str, Any]]()
    try:
        past = read_report(earlier) if earlier else None
    except ReportError as error:
        click.echo(str(error), err=True)
        return UNREADABLE
    for file in files:
        try:
            report = read_report(file)
            findings = check_report(report, earlier=past)
            if comments:
                from .check.comments import write_comments

                written = write_comments(report, findings, file, comments, language=language)
                click.echo(_WRITTEN[language].format(written=written, path=comments), err=True)
        except ReportError as error:
            code = UNREADABLE
            results.append({"file": file, "error": str(error)})
            click.echo(str(error), err=True)
            continue
        code = max(code, FOUND if len(findings) else 0)
        results.append({"file": file, "title": report.title, "findings": _records(findings)})
        if form == "text":
            _show(file, report, findings, language)
    if form == "json":
        click.echo(json.dumps(results, ensure_ascii=False, indent=1))
    return code


_WRITTEN = {"zh": "批注{written}处：{path}", "en": "{written} comments written: {path}"}
_COUNTED = {"zh": "共{count}个问题", "en": "{count} questions"}


def _records(findings: "pd.DataFrame") -> list[dict[str, Any]]:
    """The rows as JSON has them: nothing is null."""
    rows: list[dict[str, Any]] = json.loads(findings.to_json(orient="records", force_ascii=False))
    return rows


def _show(file: str, report: "Report", findings: "pd.DataFrame", language: str) -> None:
    from .lexicon import load
    from .structure import sentence_spans

    names, spans = load.table("labels")["values"]["check"], list(sentence_spans(report))
    click.secho(f"{report.title or file}  ({click.format_filename(file)})", bold=True)
    for count, row in enumerate(_records(findings), 1):
        name = names[row["check"]][language == "en"]
        click.echo(
            f"\n{count:3}. " + click.style(f"[{name}] ", fg="cyan") + row[f"question_{language}"]
        )
        for start, end in (("start", "end"), ("other_start", "other_end")):
            if row[start] is not None:
                click.echo("     " + _excerpt(report, spans, row[start], row[end]))
    click.echo("\n" + _COUNTED[language].format(count=len(findings)) + "\n")


def _excerpt(report: "Report", spans: list[tuple[str, int, int]], start: int, end: int) -> str:
    """The sentence around a place, the place marked."""
    _, begin, stop = spans[max(bisect_right(spans, start, key=lambda span: span[1]) - 1, 0)]
    left, right = max(begin, start - _CONTEXT), min(max(stop, end), end + _CONTEXT)
    place = click.style(f"【{report.text[start:end]}】", fg="yellow", bold=True)
    before = "…" * (left > begin) + report.text[left:start]
    return before + place + report.text[end:right] + "…" * (right < stop)
