"""What makes a value harmless in each language of the generated tree, and the guard that demands it."""

import json
import math
import re
from collections.abc import Callable, Iterable
from textwrap import indent
from typing import Any

from jinja2 import Undefined

from libs.codegen import naming, wording
from libs.codegen.errors import UnescapedText


class Escaped(str):
    """Text that went through a filter of this module and may be written as it is."""

    __slots__ = ()


_HARMLESS = re.compile(r"([\w ,./(@+-]([\w.,;/@()*?+=%-]|:(?! )| (?!#))*)?")
"""What may appear unfiltered: no quotes, brackets, dollar signs, backslashes, breaks, comments, mappings."""
_YAML_PRINTABLE = re.compile(
    r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)
_HCL_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_MD_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def guard(value: Any) -> Any:
    """Called on everything a template prints: free text and values without one spelling need a filter."""
    if isinstance(value, Escaped):
        return value
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, str):
        if _HARMLESS.fullmatch(value):
            return value
        raise UnescapedText(
            f"The text {value[:80]!r} is printed without a filter.",
            advice="Print it with hcl, json, yaml, py, md, code, comment or doc; constants with literal.",
            text=value[:200],
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnescapedText(f"A {type(value).__name__} is printed without a filter (hcl, json, yaml or py).")
    return value


def hcl(value: Any) -> Escaped:
    """An HCL literal; strings are quoted and cannot interpolate."""
    if isinstance(value, str):
        return Escaped(f'"{_hcl_text(value)}"')
    if isinstance(value, dict):
        pairs = ", ".join(f"{hcl(str(key))} = {hcl(value[key])}" for key in sorted(value))
        return Escaped(f"{{ {pairs} }}" if pairs else "{}")
    if isinstance(value, list | tuple | set | frozenset):
        return Escaped("[" + ", ".join(hcl(item) for item in _ordered(value)) + "]")
    return Escaped(_number_or_keyword(value))


def to_json(value: Any, spaces: int | None = None) -> Escaped:
    """JSON with sorted keys."""
    return Escaped(
        json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, allow_nan=False, indent=spaces)
    )


def to_yaml(value: Any) -> Escaped:
    """A YAML flow value on one line; strings are double-quoted."""
    return Escaped(_YAML_PRINTABLE.sub(_yaml_escape, to_json(value)))


def py(value: Any, room: int | None = None) -> Escaped:
    """A Python literal, double-quoted where that needs no escape.

    Args:
        value: what the literal stands for.
        room: columns that are left of a line that starts without indentation; a longer list gets a line an item.
    """
    if room is not None and isinstance(value, list) and len(line := py(value)) > room:
        return (
            Escaped("\n".join(("[", *(f"    {py(item)}," for item in _ordered(value)), "]")))
            if value
            else line
        )
    if isinstance(value, str):
        return Escaped(_py_text(value))
    if isinstance(value, dict):
        return Escaped("{" + ", ".join(f"{py(key)}: {py(value[key])}" for key in sorted(value)) + "}")
    if isinstance(value, tuple):
        return Escaped("(" + ", ".join(py(item) for item in value) + ("," if len(value) == 1 else "") + ")")
    if isinstance(value, list | set | frozenset):
        return Escaped("[" + ", ".join(py(item) for item in _ordered(value)) + "]")
    if isinstance(value, float) and not math.isfinite(value):
        raise UnescapedText("A number that is not finite has no literal.")
    return Escaped(repr(value))


def sql_name(value: Any) -> Escaped:
    """A quoted SQL identifier in a file that Terraform fills in."""
    name = _one_line(value).replace('"', '""').replace("${", "$${").replace("%{", "%%{")
    return Escaped(f'"{name}"')


def md(value: Any) -> Escaped:
    """Text on one line that is read as text by Markdown and HTML."""
    text = "".join(_MD_ENTITIES.get(character, character) for character in _one_line(value))
    text = re.sub(r"([\\`*\[\]|~])", r"\\\1", text)
    text = re.sub(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", r"\\_", text)
    return Escaped(re.sub(r"^(\s*)([#+=-]|\d+(?=[.)](?:\s|$)))", _escape_line_start, text))


def code(value: Any) -> Escaped:
    """Text as a Markdown code span, also inside a table."""
    text = _one_line(value).replace("|", "¦")
    if not text:
        return Escaped("")
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return Escaped(f"{fence}{padding}{text}{padding}{fence}")


def mermaid(value: Any) -> Escaped:
    """A quoted Mermaid label."""
    text = _one_line(value).replace("#", "#35;").replace('"', "#quot;").replace("`", "#96;")
    return Escaped('"' + text.replace("<", "#lt;").replace(">", "#gt;") + '"')


def comment(value: Any) -> Escaped:
    """Text on one line behind a `#`."""
    return Escaped(_one_line(value))


def doc(value: Any) -> Escaped:
    """Text on one line inside a Python docstring or a plain string between double quotes."""
    return Escaped(_one_line(value).replace("\\", "\\\\").replace('"', "'"))


def usd(value: float | None, decimals: int = 2) -> Escaped:
    """An amount such as `$1,234.50`, or the word unknown."""
    return Escaped("unknown" if value is None else f"${value:,.{decimals}f}")


def num(value: float) -> Escaped:
    """A number as people write it."""
    return Escaped(wording.number(value))


def counted(value: float, words: str) -> Escaped:
    """A number before what it counts; the words are a constant of the template, as they follow a two."""
    return Escaped(wording.counted(value, words))


def slug(value: Any) -> Escaped:
    """Lower-case words joined by hyphens."""
    return Escaped(naming.slug(str(value)))


def literal(value: str) -> Escaped:
    """A text constant of the template itself, which needs no escape; never for an answer."""
    return Escaped(value)


def join(items: Iterable[Any], separator: str = "") -> str:
    """Joins values; the result needs no filter when none of its parts does."""
    parts = list(items)
    text = separator.join(str(part) for part in parts)
    escaped = all(isinstance(part, Escaped) or _is_number(part) for part in parts)
    return Escaped(text) if parts and escaped else text


def indent_lines(value: str, width: int = 4, first: bool = False) -> str:
    """Indents the lines of an already escaped block; blank lines stay empty."""
    text = indent(value, " " * width)
    text = text if first else text.removeprefix(" " * width)
    return Escaped(text) if isinstance(value, Escaped) else text


def trim(value: str) -> str:
    """The text without white space at its ends."""
    text = value.strip()
    return Escaped(text) if isinstance(value, Escaped) else text


FILTERS: dict[str, Callable[..., Any]] = {
    "hcl": hcl,
    "json": to_json,
    "yaml": to_yaml,
    "py": py,
    "md": md,
    "code": code,
    "mermaid": mermaid,
    "comment": comment,
    "doc": doc,
    "usd": usd,
    "num": num,
    "counted": counted,
    "slug": slug,
    "literal": literal,
    "sql_name": sql_name,
    "join": join,
    "indent": indent_lines,
    "trim": trim,
}


def _hcl_text(text: str) -> str:
    escaped = "".join(_HCL_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if _CONTROL.match(c) else c) for c in text)
    # `$${` is the usual spelling, but readers disagree about it beside further dollar signs; this one is plain.
    return escaped.replace("${", "\\u0024{").replace("%{", "\\u0025{")


def _number_or_keyword(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    raise UnescapedText(f"A {type(value).__name__} has no HCL literal.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _ordered(values: Iterable[Any]) -> list[Any]:
    return sorted(values) if isinstance(values, set | frozenset) else list(values)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else value


def _yaml_escape(found: re.Match[str]) -> str:
    point = ord(found.group())
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _py_text(text: str) -> str:
    quoted = repr(str(text))
    if quoted.startswith("'") and '"' not in text:
        return '"' + quoted[1:-1].replace("\\'", "'") + '"'
    return quoted


def _escape_line_start(found: re.Match[str]) -> str:
    lead, mark = found.groups()
    return f"{lead}{mark}\\" if mark.isdigit() else f"{lead}\\{mark}"


def _one_line(value: Any) -> str:
    return " ".join(_CONTROL.sub(" ", str(value)).split())
