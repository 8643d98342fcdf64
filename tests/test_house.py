"""The house: small files, simple functions, imports one way."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from radon.complexity import cc_visit

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "lawreport_utils"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = "__init__ model read divisions structure metadata segment terms"
# What is built on the core and the wings: neither may import it.
UPPER = {
    *("check", "compare", "annotations", "corpus", "labels", "export"),
    *("plots", "notebook", "page", "workbook", "marked", "messages", "cli"),
}
WINGS = {"figures", "formats"}


def name(path):
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def room(module):
    return module.split("/")[0].split(".")[0].split("_")[0]


def imported(path):
    """The modules of the package that a module imports, at its top or later."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1]
            for alias in node.names if node.module is None else [node.module]:
                target = base / (alias.name if node.module is None else alias.replace(".", "/"))
                yield name(target) if target != PACKAGE else room(alias.name)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_file_is_long_and_no_function_is_tangled(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300
    tangled = {f"{block.name}: {block.complexity}" for block in cc_visit(source)
               if block.letter != "C" and block.complexity > 15}  # fmt: skip
    assert tangled == set()


def rooms():
    """Each room of the package (a module or a folder) with the rooms that it imports."""
    found = {}
    for path in MODULES:
        own = room(name(path))
        found.setdefault(own, set()).update({room(other) for other in imported(path)} - {own})
    return found


def test_imports_point_one_way():
    house = rooms()
    house.pop("")  # __init__ and __main__ name what is public, and import it when it is used
    assert list(TopologicalSorter(house).static_order())  # raises CycleError
    lower = set(house) - UPPER
    for own in lower:
        assert not house[own] & UPPER, own
    for own in lower - WINGS - {"read"}:
        assert not house[own] & WINGS, own
    for own in ("plots", "labels"):  # they know tables only
        assert not house[own] & {"model", "structure", "terms", "usage", *WINGS}, own


def test_the_core_can_be_read_in_an_hour():
    lines = sum(
        len((PACKAGE / f"{module}.py").read_text("utf8").splitlines()) for module in CORE.split()
    )
    assert lines <= 1500


def test_rules_have_few_look_arounds_and_no_pattern_that_cannot_be_read():
    texts = [path.read_text("utf8") for path in sorted((PACKAGE / "figures").glob("*.py"))]
    assert sum(len(re.findall(r"\(\?<?[=!]", text)) for text in texts) <= 40
