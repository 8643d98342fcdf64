"""``lawreport read``: the marked report and the workbook of one report."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import click

from . import one_line, said, translated

if TYPE_CHECKING:
    import pandas as pd

    from ..model import Report

_LONGEST = 200  # bytes of a name, so that an ending still fits


@click.command("read")
@click.argument("file", type=click.Path())
@click.option("--earlier", type=click.Path(), metavar="FILE")
@click.option("--output", type=click.Path(), metavar="DIR", default=".")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh")
def read(file: str, earlier: str | None, output: str, language: str) -> None:
    before = opened(earlier, language) if earlier else None
    write_both(opened(file, language), before, file, output, language)


def opened(file: str, language: str) -> "Report":
    """The report of a file, with a word to whoever waits for it."""
    from ..read import read_report

    if sys.stderr.isatty():
        click.echo(said("reading", language, name=one_line(file)), err=True)
    report = read_report(Path(file))  # a name may hold a line end; a text given as str may too
    for warning in report.warnings:
        click.echo(one_line(f"{file}: {translated(warning, language)}"), err=True)
    return report


def write_both(
    report: "Report", earlier: "Report | None", file: str, output: str, language: str
) -> "dict[str, pd.DataFrame]":
    """Write page and workbook, and print where they are; the tables of both."""
    from ..marked import marked_text
    from ..workbook import write_workbook

    page = marked_text(report, earlier=earlier, language=language)
    target = f"{Path(folder(output)) / name_of(file)}-{said('suffix', language)}"
    page.save(f"{target}.html")
    write_workbook(page.tables, f"{target}.xlsx", language=language)
    for ending in ("html", "xlsx"):
        click.echo(one_line(click.format_filename(f"{target}.{ending}")))
    return page.tables


def folder(output: str) -> str:
    """A folder to write to, made if it isn't there. Raises ReportError where that can't be done."""
    from ..errors import ReportError

    try:
        Path(output).mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=output):  # better told now than after the work
            pass
    except OSError as error:
        problem = f"the folder can't be made or written to ({error.strerror or error})"
        raise ReportError(output, problem, "choose another with --output") from None
    return output


def name_of(file: str) -> str:
    """The name of a file without its ending, short enough for another one."""
    stem = Path(file).stem
    if len(os.fsencode(stem)) <= _LONGEST:
        return stem
    return os.fsencode(stem)[:_LONGEST].decode(errors="ignore")
