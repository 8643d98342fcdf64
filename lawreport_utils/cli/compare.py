"""``lawreport compare``: the marked report of a year with what changed since the year before."""

import click

from . import said
from .read import opened, write_both


@click.command("compare")
@click.argument("earlier", type=click.Path())
@click.argument("later", type=click.Path())
@click.option("--output", type=click.Path(), metavar="DIR", default=".")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh")
def compare(earlier: str, later: str, output: str, language: str) -> None:
    from ..labels import value

    before, after = opened(earlier, language), opened(later, language)
    tables = write_both(after, before, later, output, language)
    counts = tables["compared_sentences"]["status"].value_counts()
    for status in ("same", "figures", "reworded", "new", "dropped"):
        name = value("status", status, language)
        count = int(counts.get(status, 0))
        click.echo(said("sentences", language, status=name, count=count), err=True)
