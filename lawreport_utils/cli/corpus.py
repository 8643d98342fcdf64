"""``lawreport corpus``: the tables of all reports of a folder."""

from pathlib import Path

import click

from . import one_line, said, translated
from .read import folder


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
    from ..errors import ReportError
    from ..export import replacing, write_csv
    from ..labels import labelled, table_name
    from ..page.overview import overview
    from ..workbook import write_workbook

    target = Path(folder(output))
    tables = analyze_corpus(directory, output=target if parquet else None)
    for name, table in {} if parquet else tables.items():
        write_csv(labelled(table, language), target / f"{table_name(name, language)}.csv")
    if not parquet:
        try:
            write_workbook(tables, target / f"{said('corpus', language)}.xlsx", language=language)
        except ReportError as error:  # more rows than a sheet holds: the CSV files are there
            told = said("too_long", language, error=translated(error, language))
            click.echo(one_line(told), err=True)
        with replacing(target / f"{said('corpus', language)}.html") as page:
            page.write(overview(tables, language=language).encode())
    read, failed = len(tables["reports"]), len(tables["errors"])
    click.echo(said("read", language, read=read, failed=failed), err=True)
    for path in sorted(target.iterdir()):
        if not path.name.startswith("."):
            click.echo(one_line(click.format_filename(path)))
    context.exit(0 if not failed else 1 if read else 2)
