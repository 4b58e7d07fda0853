"""The rooms stay small: no file that needs a table of contents, no function that scrolls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
SOURCES = sorted(
    path for path in (ROOT / "privdesk").rglob("*.py") if path.parent.name != "versions"
)  # migrations are written once, by a program


@cache
def parsed(path: Path) -> ast.Module:
    """Return the tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions of a source file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}

    assert lengths
    assert {path: n for path, n in lengths.items() if n > LINES_OF_A_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}": (
            (function.end_lineno or function.lineno) - function.lineno + 1
        )
        for path in SOURCES
        for function in functions(path)
    }

    assert {where: n for where, n in lengths.items() if n > LINES_OF_A_FUNCTION} == {}


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in SOURCES if "migrations" not in path.parts}

    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("word", ["Manager", "Helper", "Util"])
def test_no_class_is_named_for_nothing(word: str) -> None:
    classes = (
        node.name
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
    )

    assert [name for name in classes if name.endswith(word)] == []
