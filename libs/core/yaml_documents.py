"""YAML whose mistakes can be told by line: the plain data, and where each part of it stands."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from libs.core.errors import Invalid


class YamlUnreadable(Invalid):
    """The text is not the YAML that was expected."""

    code = "core.yaml_unreadable"


class Document(NamedTuple):
    """A parsed document."""

    data: Any
    """Plain values."""
    lines: dict[tuple[str | int, ...], int]
    """Path of keys and indexes → line, the first being 1."""

    def line(self, path: Sequence[str | int]) -> int:
        """The line of a part, or of the nearest part around it that stands in the text."""
        for length in range(len(path), 0, -1):
            found = self.lines.get(tuple(path[:length]))
            if found is not None:
                return found
        return 1


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Safe values only; the parser in C where the library was built with it."""


def read_yaml(text: str) -> Document:
    """Parses one document.

    Raises:
        YamlUnreadable: with `line` and the reason; also for a key that is used twice in a mapping.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[tuple[str | int, ...], int] = {}
        if node is None:
            return Document(None, lines)
        _walk(node, (), lines)
        return Document(loader.construct_document(node), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise YamlUnreadable(f"line {line}: {error.problem or error.context}", line=line) from error
    except yaml.YAMLError as error:
        raise YamlUnreadable(f"line 1: {error}", line=1) from error
    except RecursionError as error:
        raise YamlUnreadable("line 1: nested too deeply", line=1) from error
    finally:
        loader.dispose()


def _walk(node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                raise YamlUnreadable(f"line {line}: the key {name!r} is used twice", line=line)
            seen.add(name)
            lines[(*path, name)] = key.start_mark.line + 1
            _walk(value, (*path, name), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines)
