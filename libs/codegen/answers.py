"""The recorded answers: a generated repository carries the blueprint it can be rendered from again."""

from typing import Any

import yaml
from pydantic import ValidationError

from libs.codegen.errors import AnswersUnreadable
from libs.codegen.models import Blueprint, RenderedFile

ANSWERS_PATH = ".answers.yml"
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
        loaded: Any = yaml.safe_load(text)
        return Blueprint.model_validate(loaded)
    except (yaml.YAMLError, ValidationError) as error:
        raise AnswersUnreadable(
            advice="Take .answers.yml from the repository as it was generated.", problem=str(error)[:2000]
        ) from error


class _Dumper(yaml.SafeDumper):
    """Writes sequences indented below their key, and no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True
