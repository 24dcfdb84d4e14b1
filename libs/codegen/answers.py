"""The recorded answers: a generated repository carries the blueprint it can be rendered from again."""

from typing import Any

import yaml
from pydantic import ValidationError

from libs.codegen.errors import AnswersUnreadable
from libs.codegen.models import Blueprint, RenderedFile

ANSWERS_PATH = ".answers.yml"
LONGEST = 8_000_000
"""Characters; two hundred rows of a wide table take a small part of it."""
_DEEPEST = 20
_HEADER = (
    "# The typed answers this repository was rendered from. Render again from them; do not edit by hand.\n"
)


def answers_file(bp: Blueprint) -> RenderedFile:
    """`.answers.yml` of a blueprint."""
    return RenderedFile(path=ANSWERS_PATH, content=write_answers(bp).encode())


def write_answers(bp: Blueprint) -> str:
    """The blueprint as YAML with sorted keys."""
    text: str = yaml.dump(
        bp.to_json(), Dumper=_Dumper, sort_keys=True, allow_unicode=True, width=110, default_flow_style=False
    )
    return _HEADER + text


def read_answers(text: str) -> Blueprint:
    """The blueprint recorded in `.answers.yml`.

    Raises:
        AnswersUnreadable: not YAML, or not the answers of this contract.
    """
    try:
        if len(text) > LONGEST:
            raise yaml.YAMLError(f"longer than {LONGEST:,} characters")
        loaded: Any = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, and stricter
        return Blueprint.model_validate(loaded)
    except (yaml.YAMLError, ValidationError, ValueError, OverflowError) as error:
        # A date or a number that does not exist is a ValueError of the loader.
        raise AnswersUnreadable(
            advice="Take .answers.yml from the repository as it was generated.", problem=str(error)[:2000]
        ) from error


class _Loader(yaml.SafeLoader):
    """Reads what `write_answers` writes: no aliases, which could stand for any amount of data, and nothing deep."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("answers hold no aliases")
        if self._depth >= _DEEPEST:
            raise yaml.YAMLError(f"nested deeper than {_DEEPEST} levels")
        self._depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


class _Dumper(yaml.SafeDumper):
    """Writes sequences indented below their key, and no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True
