"""A line of the log for each question: how it ended, why, and what took the time. It holds no text of anybody."""

from __future__ import annotations

import json
from typing import Any

from ..answering import Answer


def answer_line(answer: Answer, release: str) -> str:
    """An answer or a refusal, by the id that its reader may report."""
    return _line(
        {
            "answer": answer.answer_id,
            "outcome": "refused" if answer.refused else "answered",
            "reason": answer.reason,
            "detail": answer.detail,
            "masked": answer.masked,
            "dropped": answer.dropped,
            "passages": [citation.passage_id for citation in answer.citations],
            "milliseconds": {name: round(1000 * seconds) for name, seconds in answer.seconds.items()},
            "release": release,
        }
    )


def failure_line(error: Exception, release: str) -> str:
    """A question that was not answered: the part that was away, and what its client says of it."""
    return _line({"outcome": "failed", "reason": type(error).__name__, "detail": _code(error), "release": release})


def _code(error: Exception) -> str:
    """What AWS calls the cause, or its type: messages may quote what was asked."""
    cause = error.__cause__
    response: Any = getattr(cause, "response", None)
    code = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    return str(code or ("" if cause is None else type(cause).__name__))


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True) + "\n"
