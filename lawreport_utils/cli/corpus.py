"""``lawreport corpus``: the tables of all reports of a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import one_line, said, translated
from .read import folder

if TYPE_CHECKING:
    import pandas as pd

    from ..errors import ReportError


@click.command("corpus")
@click.argument("directory", type=click.Path(), metavar="FOLDER")
@click.option("--output", type=click.Path(), metavar="DIR", required=True)
@click.option("--parquet", is_flag=True)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh")
@click.pass_context
def corpus(
    context: click.Context, directory: str, output: str, parquet: bool, language: str
) -> None:
    from ..corpus import analyze_corpus

    target = Path(folder(output))
    tables = analyze_corpus(directory, output=target if parquet else None)
    refused = [] if parquet else _written(tables, target, language)
    for error in refused:
        click.echo(one_line(translated(error, language)), err=True)
    read, failed = len(tables["reports"]), len(tables["errors"])
    click.echo(said("read", language, read=read, failed=failed), err=True)
    old = {error.source for error in refused}
    for path in sorted(target.iterdir()):
        if not path.name.startswith(".") and str(path) not in old:
            click.echo(one_line(click.format_filename(path)))
    context.exit(2 if not read else 1 if failed or refused else 0)


def _written(tables: "dict[str, pd.DataFrame]", target: Path, language: str) -> "list[ReportError]":
    """Write tables, workbook and page; why one of them, open in Excel say, couldn't be."""
    from ..errors import ReportError
    from ..export import replacing, write_csv
    from ..labels import labelled, table_name
    from ..page.overview import overview
    from ..workbook import write_workbook

    refused = []

    @contextmanager
    def noted() -> Iterator[None]:
        try:
            yield
        except ReportError as error:  # the others are written all the same
            refused.append(error)

    for name, table in tables.items():
        with noted():
            write_csv(labelled(table, language), target / f"{table_name(name, language)}.csv")
    together = target / said("corpus", language)
    with noted():
        write_workbook(tables, together.with_suffix(".xlsx"), language=language)
    with noted(), replacing(together.with_suffix(".html")) as page:
        page.write(overview(tables, language=language).encode())
    return refused
