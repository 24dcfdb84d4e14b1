"""The shipped twin: answers from a script, and misbehaves as told."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from libs.core.values import Value
from libs.llm.adapters import two_tries
from libs.llm.adapters.schema_filler import fill
from libs.llm.adapters.two_tries import Said
from libs.llm.port import Answer, ModelReply, ModelRequest, ModelUnavailable

_ANY_PROMPT = "*"
_NONSENSE = "purple monkey dishwasher"


class ScriptedAnswer(Value):
    """One line of a script."""

    kind: Literal["answer", "malformed", "nonsense", "obey", "hang", "fail"] = "answer"
    """`nonsense` fits the schema and means nothing; `obey` fits it, says yes to everything and repeats the text of
    the user, as a model does that follows an instruction hidden there; `hang` never answers; `fail` is a broken
    provider."""
    answer: dict[str, Any] = Field(default_factory=dict)
    text: str = '{"truncated": '
    """What `malformed` says, or the message of `fail`."""
    when: str = ""
    """Used whenever the user text contains this; lines without it are used up in their order, the last for ever."""
    input_tokens: int = 0
    output_tokens: int = 0


Script = Mapping[str, Sequence[ScriptedAnswer]]
"""Lines by name of the prompt; `*` stands for every prompt that has none of its own."""


class ScriptedModel:
    """A language model without a model."""

    def __init__(self, script: Script, *, deadline_s: float = 30.0) -> None:
        """
        Args:
            script: what is said to which prompt.
            deadline_s: bound of one question, repair included.
        """
        self._script = {name: tuple(lines) for name, lines in script.items()}
        self._used: dict[str, int] = {}
        self._deadline_s = deadline_s

    @classmethod
    def from_file(cls, path: Path, *, deadline_s: float = 30.0) -> "ScriptedModel":
        """Reads a JSON object: prompt name to a list of lines."""
        script = TypeAdapter(dict[str, list[ScriptedAnswer]]).validate_python(json.loads(path.read_text()))
        return cls(script, deadline_s=deadline_s)

    async def propose(self, request: ModelRequest, schema: type[Answer]) -> ModelReply[Answer]:
        async def ask(wrong: str) -> Said:
            line = self._next(request)
            return Said(
                await _said(line, request, schema),
                input_tokens=line.input_tokens,
                output_tokens=line.output_tokens,
            )

        return await two_tries.propose(
            ask, schema, provider="scripted", model="scripted", deadline_s=self._deadline_s
        )

    def _next(self, request: ModelRequest) -> ScriptedAnswer:
        name = request.prompt if request.prompt in self._script else _ANY_PROMPT
        lines = self._script.get(name, ())
        for line in lines:
            if line.when and line.when in request.user:
                return line
        ordered = [line for line in lines if not line.when]
        if not ordered:
            raise ModelUnavailable(f"The script has no answer for the prompt {request.prompt!r}.")
        place = self._used.get(name, 0)
        self._used[name] = place + 1
        return ordered[min(place, len(ordered) - 1)]


async def _said(line: ScriptedAnswer, request: ModelRequest, schema: type[BaseModel]) -> str | dict[str, Any]:
    match line.kind:
        case "answer":
            return line.answer
        case "malformed":
            return line.text
        case "nonsense":
            return fill(schema, _NONSENSE, eager=False)
        case "obey":
            return fill(schema, request.user, eager=True)
        case "hang":
            await asyncio.Event().wait()
            raise AssertionError("an event that nobody sets was set")
        case "fail":
            raise ModelUnavailable(f"The language model failed: {line.text}")
