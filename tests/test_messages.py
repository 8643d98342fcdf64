"""Errors and warnings in Chinese: each that the code can say has its translation."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from lawreport_utils import ReportError, marked_text, parse_report
from lawreport_utils.cli import main
from lawreport_utils.lexicon import load
from lawreport_utils.messages import message

PACKAGE = Path(__file__).parents[1] / "lawreport_utils"
WARNINGS = {
    "agency": ["_TWO_AGENCIES"],
    "metadata": ["_TWO_YEARS", "_NO_FIT"],
    "structure": ["_CUT", "_NO_DIVISION"],
    "wrapped": ["_CUT"],
    "read": ["_OTHER_GENRE"],
    "formats.page_tree": ["_TOO_DEEP"],
    "formats.pdf": ["_WATERMARK", "_FOOTNOTES", "_PICTURE", "_HIDES", "_WRONG"],
    "formats.docx": ["_DELETED", "_INSERTED"],
}
ENGLISH = re.compile(r"[A-Za-z’']{2,} [a-z’']{2,} [a-z’']{2,}")  # three words


def template(node: ast.expr) -> Iterator[str]:
    """The text of an expression, x where something is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "7" for part in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.IfExp):
        yield from template(node.body)
        yield from template(node.orelse)
    elif isinstance(node, ast.Tuple):
        for element in node.elts:
            yield from template(element)


def values(body: ast.AST) -> dict[str, list[ast.expr]]:
    """What is assigned to each name."""
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(body):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).append(node.value)
    return named


def said_by_errors() -> Iterator[tuple[str, str]]:
    """What stands in the code as problem or remedy of a ReportError, itself or by a name."""
    trees = {
        str(p.relative_to(PACKAGE)): ast.parse(p.read_text(encoding="utf-8"))
        for p in PACKAGE.rglob("*.py")
    }
    everywhere = {k: v for tree in trees.values() for k, v in values(tree).items() if k.isupper()}
    functions = (
        (name, node)
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )
    for name, function in functions:
        named = {**everywhere, **values(function)}
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ReportError":
                for argument in node.args[1:]:
                    for expression in named.get(getattr(argument, "id", ""), [argument]):
                        yield from ((name, text) for text in template(expression))


@pytest.mark.parametrize(("where", "text"), sorted(set(said_by_errors())))
def test_each_error_has_its_chinese(where, text):
    if text.startswith("write_workbook takes"):  # a TypeError, by the same name as a problem
        return
    chinese = message(text)
    assert chinese != text
    assert not ENGLISH.search(chinese), chinese


def test_the_errors_of_the_code_are_found():
    found = {text for _, text in said_by_errors()}
    assert len(found) > 50
    assert {"the file is empty", "its text has 7 characters, more than any report"} <= found


@pytest.mark.parametrize("module", WARNINGS)
def test_each_warning_has_its_chinese(module):
    for name in WARNINGS[module]:
        text = getattr(import_module(f"lawreport_utils.{module}"), name)
        chinese = message(re.sub(r"\{\d?\}", "7", text))
        assert re.search("[一-鿿]", chinese)
        assert not ENGLISH.search(chinese), chinese


def test_a_kind_of_file_that_cant_be_read_has_its_chinese():
    from lawreport_utils.formats.kinds import _UNREADABLE

    for problem, remedy in _UNREADABLE.values():
        assert message(ReportError("a", problem, remedy)).isascii() is False
        assert not ENGLISH.search(message(problem) + message(remedy))


def test_gaps_keep_their_number():
    for group in load.table("messages").values():
        for english, chinese in group.items():
            assert english.count("{}") == chinese.count("{}")


def test_what_isnt_known_stays_and_english_is_as_it_was():
    error = ReportError("a.txt", "the file is empty", "out of order")
    assert message(error) == "a.txt：文件是空的；out of order"
    assert message(error, "en") == str(error)
    with pytest.raises(ValueError, match="language must be zh or en"):
        message("x", "fr")


def test_the_command_and_the_page_speak_the_readers_language(tmp_path, capsys):
    for language, said in (("zh", "没有这个文件"), ("en", "there is no such file")):
        for arguments in (["read", "none.txt"], ["check", "none.txt"]):
            with pytest.raises(SystemExit) as ended:
                main([*arguments, "--language", language])
            assert ended.value.code == 2
            assert said in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--language", "zh", "reda", "a.txt"])
    assert "没有命令 reda" in capsys.readouterr().err
    assert "没有找到带序数的部分" in marked_text(parse_report("依法行政。")).html
