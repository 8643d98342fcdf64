"""The lexicon: UTF-8 text and TOML files beside this module, each read once, when asked for."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of ``name``.txt in file order: one a line, without blank lines and # comments."""
    lines = (files(__package__) / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(entry for line in lines if (entry := line.split("#")[0].strip()))


@cache
def table(name: str) -> dict[str, Any]:
    """The content of ``name``.toml."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
