"""A file is called executed only where the repository's own tests reach it."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

import pytest

from libs.codegen.badges import looks_at
from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.blueprints_rag import support_blueprint


def _module(path: str) -> str:
    parts = PurePosixPath(path).relative_to("src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _named(text: str, package: str, *, is_package: bool) -> Iterator[str]:
    """What a file may import: statements, and words that name a module for a later import or a process."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = (
                package.split(".")[: len(package.split(".")) - node.level + is_package] if node.level else []
            )
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and re.fullmatch(r"[\w.]+", str(node.value)):
            yield str(node.value)


def _reached(files: Mapping[str, str]) -> set[str]:
    """Files below `src/` that a test imports, or that something which is imported does."""
    modules = {_module(path): path for path in files if path.startswith("src/") and path.endswith(".py")}
    top = min(modules).split(".")[0]
    waiting = [
        (text, "", False)
        for path, text in files.items()
        if path.startswith("tests/") and path.endswith(".py")
    ]
    seen: set[str] = set()
    while waiting:
        text, package, is_package = waiting.pop()
        for name in _named(text, package, is_package=is_package):
            for module in {name, name.rpartition(".")[0], f"{top}.{name}"} & (modules.keys() - seen):
                seen.add(module)
                path = modules[module]
                waiting.append((files[path], module, path.endswith("__init__.py")))
    return {modules[module] for module in seen}


@pytest.mark.parametrize("blueprint", [fraud_blueprint, churn_blueprint, support_blueprint])
def test_every_executed_file_is_reached_by_a_test(blueprint: Callable[[], Blueprint]) -> None:
    files = {file.path: file.content.decode() for file in render(blueprint()) if file.path.endswith(".py")}
    executed = {path for path in files if path.startswith("src/") and looks_at("pytest", path) == "executed"}
    assert len(executed) > 50
    assert sorted(executed - _reached(files)) == []
