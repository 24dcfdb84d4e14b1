"""Formulas of catalogue files: arithmetic on names, checked when loaded, and texts that quote the results."""

import ast
import math
import string
from collections.abc import Callable, Mapping
from functools import cache
from types import CodeType
from typing import Any, NamedTuple

from libs.planning.catalogue.plurals import after_one

Names = Mapping[str, Any]
"""What a formula may read: numbers, words, truth values, tuples of words."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ceil": math.ceil,
    "floor": math.floor,
    "min": min,
    "max": max,
    "round": round,
    "sqrt": math.sqrt,
    "log2": math.log2,
    "abs": abs,
}
LONGEST = 400
"""Characters; a longer formula wants a name for one of its parts."""
_GLOBALS = {"__builtins__": {}, **FUNCTIONS}
_ALLOWED = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Name, ast.Load,
    ast.Constant, ast.Tuple, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.USub, ast.UAdd, ast.Not,
    ast.And, ast.Or, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
)  # fmt: skip


class FormulaInvalid(ValueError):
    """The text is not a formula; the message says why."""


class Formula(NamedTuple):
    """A compiled formula."""

    text: str
    code: CodeType
    names: frozenset[str]
    """Names it reads, functions left out."""

    def __call__(self, names: Names) -> Any:
        """Its value under these names.

        Raises:
            ArithmeticError, TypeError, ValueError: what Python raises for the same arithmetic.
        """
        return eval(self.code, _GLOBALS, names)  # noqa: S307 - the tree was checked node by node


class Text(NamedTuple):
    """Words with places such as `{floor:g}`; a plural after a place becomes a singular where the place says 1."""

    template: str
    names: frozenset[str]
    pieces: tuple[tuple[str, str | None, str], ...]
    """Words, the name of the place after them if there is one, and how its value is written."""

    def __call__(self, names: Names) -> str:
        """The words with the values filled in; whole numbers without a fraction, others as the place asks."""
        said: list[str] = []
        value = ""
        for literal, name, specification in self.pieces:
            said.append(after_one(literal) if value == "1" else literal)
            value = "" if name is None else format(names[name], specification)
            said.append(value)
        return "".join(said)


@cache
def formula(text: str) -> Formula:
    """Compiles a formula; constants are formulas too.

    Raises:
        FormulaInvalid: no expression, a construct that is not allowed, or too long.
    """
    if len(text) > LONGEST:
        raise FormulaInvalid(f"a formula has at most {LONGEST} characters, this one has {len(text)}")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaInvalid(f"{text!r} is not an expression") from error
    names: set[str] = set()
    for node in ast.walk(tree):
        _check(node, text)
        if isinstance(node, ast.Name):
            names.add(node.id)
    return Formula(text, compile(tree, "<formula>", "eval"), frozenset(names - FUNCTIONS.keys()))


@cache
def words(template: str) -> Text:
    """Checks a text with places.

    Raises:
        FormulaInvalid: a place that is no plain name, or broken braces.
    """
    pieces: list[tuple[str, str | None, str]] = []
    try:
        for literal, name, specification, conversion in string.Formatter().parse(template):
            if name is not None and (not name.isidentifier() or conversion or "{" in (specification or "")):
                raise FormulaInvalid(f"{{{name}}} in {template!r} is no plain name")
            pieces.append((literal, name, specification or ""))
    except ValueError as error:
        raise FormulaInvalid(f"{template!r}: {error}") from error
    names = frozenset(name for _, name, _ in pieces if name is not None)
    return Text(template, names, tuple(pieces))


def _check(node: ast.AST, text: str) -> None:
    if not isinstance(node, _ALLOWED):
        raise FormulaInvalid(f"{text!r} uses {type(node).__name__}, which formulas do not have")
    if isinstance(node, ast.Call) and not (
        isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords
    ):
        raise FormulaInvalid(f"{text!r} calls something other than {', '.join(FUNCTIONS)}")
    if isinstance(node, ast.Constant) and not isinstance(node.value, int | float | str):
        raise FormulaInvalid(f"{text!r} has a constant that is neither a number nor a word")
