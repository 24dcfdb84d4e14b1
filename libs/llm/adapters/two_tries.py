"""The one way in which every adapter asks: once, once more with what was wrong, and never beyond the deadline."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from libs.llm.port import Answer, ModelAnswerMalformed, ModelReply, ModelUnavailable, ModelUsage

_TRIES = 2
_ERRORS_TOLD = 8


@dataclass(frozen=True)
class Said:
    """What a model said in one try."""

    content: str | dict[str, Any]
    """JSON as text or already parsed."""
    input_tokens: int = 0
    output_tokens: int = 0


Ask = Callable[[str], Awaitable[Said]]
"""Asks once; the argument says what was wrong with the previous answer, and is empty at first.

Raises ModelUnavailable when the provider failed."""


async def propose(
    ask: Ask, schema: type[Answer], *, provider: str, model: str, deadline_s: float
) -> ModelReply[Answer]:
    """Asks up to twice within one deadline and adds up what it cost.

    Raises:
        ModelUnavailable: the deadline passed or the provider failed.
        ModelAnswerMalformed: two answers did not fit the schema.
    """
    started = time.monotonic()
    input_tokens = output_tokens = 0
    wrong = ""
    try:
        async with asyncio.timeout(deadline_s):
            for attempt in range(1, _TRIES + 1):
                said = await ask(wrong)
                input_tokens += said.input_tokens
                output_tokens += said.output_tokens
                try:
                    answer = _read(said.content, schema)
                except (ValidationError, ValueError) as error:
                    wrong = _told(error)
                    continue
                usage = ModelUsage(
                    provider=provider,
                    model=model,
                    input_tokens=input_tokens,
                    output_tokens=output_tokens,
                    seconds=time.monotonic() - started,
                    attempts=attempt,
                )
                return ModelReply(answer=answer, usage=usage)
    except TimeoutError as error:
        raise ModelUnavailable(
            f"The language model did not answer within {deadline_s:g} s.",
            advice="The engine goes on without it.",
            provider=provider,
            model=model,
        ) from error
    raise ModelAnswerMalformed(
        f"Two answers of the language model did not fit {schema.__name__}: {wrong}",
        advice="The engine goes on without it.",
        provider=provider,
        model=model,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
    )


def _read(content: str | dict[str, Any], schema: type[Answer]) -> Answer:
    return schema.model_validate(content if isinstance(content, dict) else json.loads(_bare(content)))


def _bare(text: str) -> str:
    """The JSON inside a Markdown fence, which many models add."""
    stripped = text.strip()
    if stripped.startswith("```"):
        stripped = stripped.partition("\n")[2].rpartition("```")[0]
    return stripped


def _told(error: ValidationError | ValueError) -> str:
    """What was wrong, without the values: they are the model's words and may be long or hostile."""
    if isinstance(error, ValidationError):
        problems = error.errors(include_input=False, include_url=False, include_context=False)[:_ERRORS_TOLD]
        return "; ".join(f"{'.'.join(map(str, p['loc'])) or 'answer'}: {p['msg']}" for p in problems)
    return f"no JSON object: {error}"
