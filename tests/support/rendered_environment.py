"""Which environment variables a rendered tree sets, and which its code reads or cannot do without."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

Tree = Mapping[str, str]
"""Path of each file to its text."""

_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")
_ASSIGNED = re.compile(r'(?<![\w"$.\-/{}])"?([A-Z][A-Z0-9_]{2,})"?\s*=(?![=>])')
_SOMETIMES = re.compile(r'"([A-Z][A-Z0-9_]{2,})"\s*=>')
_LISTED = re.compile(r'name\s*=\s*"([A-Z][A-Z0-9_]{2,})",\s*value')
_GIVEN_NAME = re.compile(r'endpoint_variable\s*=\s*"([A-Z][A-Z0-9_]+)"')
_CALL = re.compile(r'module "(\w+)" \{\n(.*?)\n\}', re.S)
_SOURCE = re.compile(r'source\s*=\s*"\.\./\.\./modules/(\w+)"')
_MERGED = re.compile(r"module\.(\w+)\.environment\b(?!\[)")
_AFTER_PREFIX = re.compile(r'"\$\{var\.variable_prefix\}([A-Z][A-Z0-9_]+)"\s*=')
_PREFIXED = re.compile(r'variable_prefix\s*=\s*"([A-Z]+_)"')
_WITH_PREFIX = re.compile(r'var\.variable_prefix == "([A-Z]+_)" \? \{[^}]*\} : \{\}')
_WHERE_GIVEN = re.compile(r"var\.(\w+) == null \? \{\} : \{[^}]*\}")
_TOLD = re.compile(r'output "environment" \{\n.*?\n\}', re.S)
_SHELL = re.compile(r"\$\{?([A-Z][A-Z0-9_]{2,})")
_PRINTED = re.compile(r"for \w+ in ([A-Z ]+); do printenv")
_ASKING = ("require", "need", "address")
"""Functions of the generated code that refuse to go on without the variables they name."""


def shared_names(tree: Tree) -> set[str]:
    """Variables that the infrastructure sets for the package: what modules tell, and what prod adds."""
    prod = "".join(text for path, text in _terraform(tree) if path.startswith("infra/envs/prod/"))
    names = set(_ASSIGNED.findall(prod)) | set(_LISTED.findall(prod)) | set(_GIVEN_NAME.findall(prod))
    asked = set(_MERGED.findall(prod))
    for label, call in _CALL.findall(prod):
        source = _SOURCE.search(call)
        if label in asked and source is not None:
            names |= _told_names(tree, source[1], call)
    return names


def conditional_names(tree: Tree) -> set[str]:
    """Variables that modules set where the plan has what they name."""
    return {name for _, text in _terraform(tree) for name in _SOMETIMES.findall(text)}


def _told_names(tree: Tree, module: str, call: str) -> set[str]:
    names: set[str] = set()
    prefixed = _PREFIXED.search(call)
    prefix = prefixed[1] if prefixed else ""
    given = set(re.findall(r"^\s*(\w+)\s*=", call, re.M))
    for path, text in _terraform(tree):
        if path.startswith(f"infra/modules/{module}/"):
            for told in _TOLD.findall(text):
                plain = _WITH_PREFIX.sub(lambda match: match[0] if match[1] == prefix else "", told)
                plain = _WHERE_GIVEN.sub(lambda match: match[0] if match[1] in given else "", plain)
                names |= {prefix + name for name in _AFTER_PREFIX.findall(plain)}
                names |= set(_ASSIGNED.findall(_AFTER_PREFIX.sub("", plain)))
    return names


def module_names(tree: Tree) -> dict[str, set[str]]:
    """Variables that each module sets for what runs in it alone."""
    found: dict[str, set[str]] = {}
    for path, text in _terraform(tree):
        if path.startswith("infra/modules/"):
            own = _TOLD.sub("", text)
            names = set(_ASSIGNED.findall(own)) | set(_LISTED.findall(own))
            found.setdefault(_module(path), set()).update(names)
    return found


def read_names(tree: Tree) -> set[str]:
    """Names that the package or a program of `pipelines/` mentions."""
    return {name for text in _programs(tree, "src/", "pipelines/") for name in _mentioned(text)}


def names_read_in_module(tree: Tree, module: str) -> set[str]:
    """Names that programs and shell lines of a module mention."""
    place = f"infra/modules/{module}/"
    found = {name for text in _programs(tree, place) for name in _mentioned(text)}
    for path, text in _terraform(tree):
        if path.startswith(place):
            found |= set(_SHELL.findall(text))
            found |= {name for names in _PRINTED.findall(text) for name in names.split()}
    return found


def names_read_in_ci(tree: Tree) -> set[str]:
    """Names that the scripts of CI mention."""
    scripts = (text for path, text in tree.items() if path.startswith("ci/") and path.endswith(".sh"))
    return {name for text in scripts for name in _SHELL.findall(text)}


def needed_names(tree: Tree) -> set[str]:
    """Names without which the package does not start or work."""
    return {name for text in _programs(tree, "src/") for name in _needed(text)}


@cache
def _needed(text: str) -> frozenset[str]:
    return frozenset(_asked(ast.parse(text)))


def _asked(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "VARIABLES" for target in targets):
                yield from _texts(node.value)
        elif isinstance(node, ast.Subscript) and _holds_variables(node.value):
            yield from _texts(node.slice)
        elif isinstance(node, ast.Call) and _called(node.func) in _ASKING:
            for argument in node.args:
                yield from _texts(argument)


def _holds_variables(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in ("environ", "variables", "_variables")


def _called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _NAME.fullmatch(part.value):
            yield part.value


@cache
def _mentioned(text: str) -> frozenset[str]:
    return frozenset(_texts(ast.parse(text)))


def _programs(tree: Tree, *places: str) -> Iterator[str]:
    return (text for path, text in tree.items() if path.startswith(places) and path.endswith(".py"))


def _terraform(tree: Tree) -> Iterator[tuple[str, str]]:
    return (item for item in tree.items() if item[0].startswith("infra/") and item[0].endswith(".tf"))


def _module(path: str) -> str:
    return path.split("/")[2]
