"""The command ``lawreport``. Each of its commands is a module of this folder, imported when it is
asked for; what a user may do wrong ends in one line, not in a traceback.
"""

import os
import sys
import warnings
from collections.abc import Sequence
from copy import copy
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from ..errors import ReportError
from ..lexicon import load
from ..page.markup import visible

COMMANDS = ("read", "check", "compare", "corpus")
UNREADABLE, BUG, INTERRUPTED = 2, 3, 130  # exit codes
_LANGUAGES = ("zh", "en")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``lawreport``; ends with its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = language_of(given)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # for who writes code, not for who reads reports
    try:
        code = group(language).main(given, prog_name="lawreport", standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(said("interrupted", language), err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        click.echo(_misused(error, language), err=True)
        code = UNREADABLE
    except Exception as error:
        code = _failed(error, language)
    sys.exit(code or 0)


def _failed(error: Exception, language: str) -> int:
    if os.environ.get("LAWREPORT_TRACEBACK"):
        raise error
    if isinstance(error, ReportError | ImportError):
        click.echo(one_line(translated(error, language)), err=True)
        return UNREADABLE
    shown = one_line(f"{type(error).__name__}: {error}")
    click.echo(said("unexpected", language, error=shown), err=True)
    return BUG


def _misused(error: click.ClickException, language: str) -> str:
    """What is wrong with the command itself, in one line."""
    if isinstance(error, click.NoSuchOption):
        return said("no_such_option", language, name=one_line(error.option_name))
    if isinstance(error, click.MissingParameter) and error.param and error.ctx:
        return said("missing_parameter", language, name=error.param.make_metavar(error.ctx))
    return one_line(translated(error.format_message(), language))


def translated(said: str | Exception, language: str) -> str:
    """An error or a warning of the package in the reader's language."""
    from ..messages import message

    return message(said if isinstance(said, ReportError) else str(said), language)


def language_of(arguments: Sequence[str]) -> str:
    """That of ``--language``; else English where the locale is English, else Chinese."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        value = argument.removeprefix("--language=") if before != "--language" else argument
        if value in _LANGUAGES and (value != argument or before == "--language"):
            return value
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "en" if locale.startswith("en") else "zh"


def said(key: str, language: str, **values: Any) -> str:
    """A sentence of the command in the reader's language."""
    return str(_pair(load.table("labels_cli")["said"][key], language)).format(**values)


def _pair(pair: list[str], language: str) -> str:
    return pair[_LANGUAGES.index(language)]


def one_line(text: str) -> str:
    """Text of a file or its name for a terminal: one line, nothing that would act on it."""
    return " ".join(visible(text).split())


def group(language: str) -> click.Command:
    """``lawreport`` with its commands, which speak one language."""
    words = load.table("labels_cli")["lawreport"]
    made = _Commands(
        "lawreport",
        help=_pair(words["help"], language),
        epilog=_pair(words["epilog"], language),
        params=[
            click.Option(["--language"], type=click.Choice(_LANGUAGES), expose_value=False),
        ],
    )
    made.params.append(_version())
    return _spoken(made, language, {})


def _version() -> click.Option:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"lawreport {version('lawreport-utils')}")
            context.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show
    )


def _help(text: str) -> click.Option:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(context.get_help())
            context.exit()

    names = ["-h", "--help"]
    return click.Option(
        names, is_flag=True, is_eager=True, expose_value=False, callback=show, help=text
    )


class _Commands(click.Group):
    """Finds a command in its module, when it is asked for."""

    language = "zh"

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        words = load.table("labels_cli")["commands"].get(name, {})
        return _spoken(copy(command), self.language, words)


def _spoken(command: click.Command, language: str, words: dict[str, Any]) -> click.Command:
    """A command whose help is in one language, which is also what ``--language`` starts from."""
    shared = load.table("labels_cli")["options"]
    if "help" in words:
        command.help = _pair(words["help"], language)
        command.help += f"\n\n{_pair(words['more'], language)}" if "more" in words else ""
        command.short_help = _pair(words["help"], language)
    command.params = [copy(option) for option in command.params]
    for option in command.params:
        known = words.get(option.name, shared.get(option.name))
        if isinstance(option, click.Option):
            option.help = _pair(known, language) if known else option.help
        if option.name == "language":
            option.default = language
    if isinstance(command, _Commands):
        command.language = language
    command.add_help_option = False
    command.params.append(_help(_pair(shared["help"], language)))
    command.context_class = _CONTEXTS[language]
    return command


class _Formatter(click.HelpFormatter):
    """Help with its headings in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, said("usage", "zh"))

    def write_heading(self, heading: str) -> None:
        known = load.table("labels_cli")["said"].get(heading)
        super().write_heading(known[0] if known else heading)


class _Chinese(click.Context):
    formatter_class = _Formatter


_CONTEXTS = {"zh": _Chinese, "en": click.Context}
