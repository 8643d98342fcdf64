"""``lawreport check``: the questions about reports, in the terminal, as JSON or as comments."""

import json
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import UNREADABLE, one_line, said, translated
from .read import opened

if TYPE_CHECKING:
    import pandas as pd

    from ..model import Report

FOUND = 1  # exit code
_CONTEXT = 40  # characters of a sentence on each side of a place


@click.command("check")
@click.argument("files", type=click.Path(), nargs=-1, required=True, metavar="FILE...")
@click.option("--earlier", type=click.Path(), metavar="FILE")
@click.option("--comments", type=click.Path(), metavar="OUT.docx")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh")
@click.pass_context
def check(
    context: click.Context,
    files: tuple[str, ...],
    earlier: str | None,
    comments: str | None,
    form: str,
    language: str,
) -> None:
    from ..check import check_report
    from ..errors import ReportError

    if comments and (len(files) > 1 or Path(comments).resolve() == Path(files[0]).resolve()):
        raise click.ClickException(said("comments", language))
    before = opened(earlier, language) if earlier else None
    results, failed = list[dict[str, Any]](), False
    for file in files:
        try:
            report = opened(file, language)
            findings = check_report(report, earlier=before)
            if comments:
                _comment(report, findings, file, comments, language)
        except ReportError as error:  # the others are checked all the same
            failed = True
            click.echo(one_line(translated(error, language)), err=True)
            results.append({"file": file, "error": translated(error, language)})
            continue
        rows = json.loads(findings.to_json(orient="records"))  # what is missing is None
        results.append({"file": file, "title": report.title, "findings": rows})
        if form == "text":
            _show(file, report, rows, language)
    if form == "json":
        click.echo(json.dumps(results, ensure_ascii=False, indent=1))
    found = any(result.get("findings") for result in results)
    context.exit(UNREADABLE if failed else FOUND if found else 0)


def _comment(
    report: "Report", findings: "pd.DataFrame", file: str, path: str, language: str
) -> None:
    from ..check.comments import write_comments

    count = write_comments(report, findings, file, path, language=language)
    shown = one_line(click.format_filename(path))
    click.echo(said("commented", language, count=count, path=shown), err=True)


def _show(file: str, report: "Report", rows: list[dict[str, Any]], language: str) -> None:
    """The questions about a report, each with its sentences."""
    from ..labels import value
    from ..structure import sentence_spans

    spans, name = list(sentence_spans(report)), click.format_filename(file)
    click.secho(one_line(f"{report.title} ({name})" if report.title else name), bold=True)
    for count, row in enumerate(rows, 1):
        kind = click.style(f"[{value('check', row['check'], language)}]", fg="cyan")
        click.echo(f"\n{count:3}. {kind} {one_line(row[f'question_{language}'])}")
        for start, end in (("start", "end"), ("other_start", "other_end")):
            if row[start] is not None:
                click.echo("     " + _excerpt(report, spans, row[start], row[end]))
    click.echo("\n" + said("questions", language, count=len(rows)) + "\n")


def _excerpt(report: "Report", spans: list[tuple[str, int, int]], start: int, end: int) -> str:
    """The sentence around a place, the place marked."""
    _, begin, stop = spans[max(bisect_right(spans, start, key=lambda span: span[1]) - 1, 0)]
    left, right = max(begin, start - _CONTEXT), min(max(stop, end), end + _CONTEXT)
    place = click.style(f"【{one_line(report.text[start:end])}】", fg="yellow", bold=True)
    before, after = one_line(report.text[left:start]), one_line(report.text[end:right])
    return "…" * (left > begin) + before + place + after + "…" * (right < stop)
