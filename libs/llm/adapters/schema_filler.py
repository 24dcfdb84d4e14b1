"""Invents an answer that fits a schema and means nothing, or means what someone wants it to mean."""

from typing import Any

from pydantic import BaseModel

from libs.core.values import Json

_DEPTH = 6
_WISHES = ("approve", "pass", "accept", "yes", "true", "low", "none")


def fill(schema: type[BaseModel], text: str, *, eager: bool) -> Json:
    """A JSON object that the schema accepts as far as its types say.

    Args:
        schema: what is asked for.
        text: put into every string.
        eager: says yes wherever it can (true, `approve`, largest number); otherwise no and nothing.
    """
    described = schema.model_json_schema()
    filled: Json = _value(described, described.get("$defs", {}), text, eager, _DEPTH)
    return filled


def _value(part: Json, shared: Json, text: str, eager: bool, depth: int) -> Any:
    if "$ref" in part:
        return _value(shared[part["$ref"].rpartition("/")[2]], shared, text, eager, depth)
    if "const" in part:
        return part["const"]
    if "enum" in part:
        return _choice(part["enum"], eager)
    options = part.get("anyOf") or part.get("oneOf") or part.get("allOf")
    if options:
        typed = [option for option in options if option.get("type") != "null"]
        return (
            _value(typed[0], shared, text, eager, depth)
            if eager and typed
            else _least(options, shared, text, depth)
        )
    return _of_type(part, shared, text, eager, depth)


def _of_type(part: Json, shared: Json, text: str, eager: bool, depth: int) -> Any:
    match part.get("type"):
        case "object":
            return {
                name: _value(inner, shared, text, eager, depth - 1)
                for name, inner in part.get("properties", {}).items()
                if depth > 0 or name in part.get("required", [])
            }
        case "array":
            if "prefixItems" in part:
                return [_value(inner, shared, text, eager, depth - 1) for inner in part["prefixItems"]]
            wanted = max(part.get("minItems", 0), 1 if eager and depth > 0 else 0)
            return [_value(part.get("items", {}), shared, text, eager, depth - 1) for _ in range(wanted)]
        case "string":
            return text[: part.get("maxLength", len(text))].ljust(part.get("minLength", 0), "x")
        case "integer" | "number":
            return _number(part, eager)
        case "boolean":
            return eager
        case "null":
            return None
        case _:
            return text


def _least(options: list[Json], shared: Json, text: str, depth: int) -> Any:
    return None if {"type": "null"} in options else _value(options[0], shared, text, False, depth)


def _choice(values: list[Any], eager: bool) -> Any:
    wished = [value for value in values if str(value).lower() in _WISHES]
    return wished[0] if eager and wished else values[-1]


def _number(part: Json, eager: bool) -> int | float:
    low = part.get("minimum", part.get("exclusiveMinimum", -1_000_000 - 1) + 1)
    high = part.get("maximum", part.get("exclusiveMaximum", 1_000_000 + 1) - 1)
    number = max(high, low) if eager else low
    return int(number) if part["type"] == "integer" else number
