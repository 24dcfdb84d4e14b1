"""Which actions of AWS the code of a rendered tree calls, and which its policies grant."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

import botocore.session
from botocore import xform_name

_GRANTED = re.compile(r'"([a-z0-9-]+:[A-Z][A-Za-z]+)"')
_RUNTIME = re.compile(r"[a-z-]+-runtime")
"""Services that files name before they connect to them more than once."""
_INVOKES = {"bedrock:Converse", "bedrock:ConverseStream"}
"""Ways to invoke a model that IAM does not tell from the plain one."""
_PREFIXES = {"monitoring": "cloudwatch"}
"""What IAM calls services that sign with another name."""
_NOT_OF_CLIENTS = {"search"}
"""Methods of regular expressions that some client has as well."""


def called_actions(tree: Mapping[str, str]) -> list[frozenset[str]]:
    """Actions behind the methods of boto3 clients that the package calls.

    One set a method: it has several actions where clients of several services have a method of that name.
    """
    files = [_used(text) for path, text in tree.items() if path.startswith("src/") and path.endswith(".py")]
    services = frozenset().union(*(services for services, _ in files))
    called = frozenset().union(*(methods for _, methods in files)) - _NOT_OF_CLIENTS
    found = (_actions(method, services) for method in sorted(called))
    return [actions for actions in found if actions]


def _actions(method: str, services: frozenset[str]) -> frozenset[str]:
    actions = {_operations(service).get(method, "") for service in services} - {""}
    return frozenset("bedrock:InvokeModel" if action in _INVOKES else action for action in actions)


@cache
def _used(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Services that a file connects to, and methods that it calls or pages through."""
    tree = ast.parse(text)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {
        (_name(node.func), str(node.args[0].value))
        for node in calls
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    methods = {_name(node.func) for node in calls if isinstance(node.func, ast.Attribute)}
    methods |= {text for name, text in named if name in ("get_paginator", "get_waiter")}
    services = {text for name, text in named if name == "client"}
    services |= {text for text in _constants(tree) if _RUNTIME.fullmatch(text)}
    return frozenset(services), frozenset(methods)


def _constants(tree: ast.Module) -> Iterator[str]:
    nodes = ast.walk(tree)
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def granted_actions(tree: Mapping[str, str]) -> set[str]:
    """Actions that any policy of the tree names."""
    return {
        action for path, text in tree.items() if path.endswith(".tf") for action in _GRANTED.findall(text)
    }


@cache
def _operations(service: str) -> dict[str, str]:
    model = botocore.session.get_session().get_service_model(service)
    prefix = _PREFIXES.get(model.signing_name, model.signing_name)
    return {xform_name(name): f"{prefix}:{name}" for name in model.operation_names}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
