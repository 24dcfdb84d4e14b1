"""Terraform as policies see it: every resource with file, line and plain values, read from the texts alone."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import hcl2
from hcl2.utils import SerializationOptions
from lark.exceptions import LarkError, UnexpectedInput

from libs.core.values import Json
from libs.planning.errors import TerraformUnreadable

_OPTIONS = SerializationOptions(
    with_comments=False, explicit_blocks=False, preserve_heredocs=False, preserve_scientific_notation=False
)
_BLOCK = re.compile(
    r'^[ \t]*(resource|data|provider)[ \t]+"?([\w-]+)"?(?:[ \t]+"?([\w-]+)"?)?[ \t]*\{', re.MULTILINE
)
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": "\r", '\\"': '"', "\\\\": "\\"}
_ESCAPE = re.compile(r'\\[ntr"\\]')


def terraform_input(files: Mapping[str, str]) -> Json:
    """The `terraform` part of the input of policies: `resources`, `data` and `providers`.

    Args:
        files: text by path; only `.tf` files are read. Blocks of a module carry its folder in their address, and a
            value that is worked out later stays text such as `${aws_kms_key.data.arn}`.

    Raises:
        TerraformUnreadable: a file cannot be parsed; names file and line.
    """
    found: dict[str, list[Json]] = {"resource": [], "data": [], "provider": []}
    for path in sorted(files):
        if path.endswith(".tf"):
            for kind, block in _blocks(path, files[path]):
                found[kind].append(block)
    return {"resources": found["resource"], "data": found["data"], "providers": found["provider"]}


def _blocks(path: str, text: str) -> Iterator[tuple[str, Json]]:
    document = _parsed(path, text)
    lines = _lines(text)
    folder = str(PurePosixPath(path).parent)
    for kind in ("resource", "data"):
        for entry in document.get(kind, []):
            for quoted_type, named in entry.items():
                for quoted_name, body in named.items():
                    type_, name = _plain(quoted_type), _plain(quoted_name)
                    dotted = f"{type_}.{name}" if kind == "resource" else f"data.{type_}.{name}"
                    yield (
                        kind,
                        {
                            "address": dotted if folder == "." else f"{folder}/{dotted}",
                            "module": folder,
                            "type": type_,
                            "name": name,
                            "file": path,
                            "line": lines.get((kind, type_, name), 1),
                            "attributes": _body(body),
                        },
                    )
    for entry in document.get("provider", []):
        for quoted_name, body in entry.items():
            name = _plain(quoted_name)
            yield (
                "provider",
                {
                    "name": name,
                    "module": folder,
                    "file": path,
                    "line": lines.get(("provider", name, ""), 1),
                    "attributes": _body(body),
                },
            )


def _parsed(path: str, text: str) -> dict[str, Any]:
    try:
        return hcl2.loads(text if text.endswith("\n") else text + "\n", serialization_options=_OPTIONS)
    except UnexpectedInput as error:
        # At the end of the text the parser gives no line: the fault is that something was never closed.
        line = error.line if error.line and error.line > 0 else text.count("\n") + 1
        raise TerraformUnreadable(
            f"{path}:{line}: not Terraform: {_first_line(error)}", file=path, line=line
        ) from error
    except (LarkError, ValueError, RecursionError) as error:
        raise TerraformUnreadable(f"{path}: not Terraform: {_first_line(error)}", file=path) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _lines(text: str) -> dict[tuple[str, str, str], int]:
    """Line of the head of each block; the parser's own marks get lost with comments above a block."""
    found: dict[tuple[str, str, str], int] = {}
    for match in _BLOCK.finditer(text):
        head = text.count("\n", 0, match.start()) + 1
        found.setdefault((match[1], match[2], match[3] or ""), head)
    return found


def _body(body: Mapping[str, Any]) -> Json:
    plain: Json = {}
    for key, value in body.items():
        if key == "dynamic":
            for entry in value:
                for label, block in entry.items():
                    contents = [_body(content) for content in block.get("content", [])]
                    plain.setdefault(_plain(label), []).extend(contents)
        else:
            cleaned = _value(value)
            name = _plain(key)
            if isinstance(plain.get(name), list) and isinstance(cleaned, list):
                plain[name].extend(cleaned)
            else:
                plain[name] = cleaned
    return plain


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, Mapping):
        return _body(value)
    if isinstance(value, list):
        return [_value(entry) for entry in value]
    return value


def _plain(text: str) -> str:
    if len(text) >= 2 and text.startswith('"') and text.endswith('"'):
        return _ESCAPE.sub(lambda match: _ESCAPES[match[0]], text[1:-1])
    return text
