"""What every command ends with: one JSON object as the last line of stdout, and an exit code."""

import json
from enum import IntEnum
from typing import Any

import typer

from libs.core.errors import Invalid, NotFound, ProductError


class ExitCode(IntEnum):
    """Exit codes of all commands."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    INFEASIBLE = 3
    WAITING = 4
    BLOCKED = 5


def emit(value: dict[str, Any]) -> None:
    """Prints one line of JSON on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))


def problem_of(error: ProductError) -> dict[str, Any]:
    """The error as it appears under `problem`."""
    return {"code": error.code, "message": error.message, "advice": error.advice, **error.facts}


class Usage:
    """How a failure that ends a command is told."""

    @staticmethod
    def fail(error: ProductError, as_json: bool) -> int:
        """Tells the failure and returns the exit code."""
        typer.echo(f"Error: {error.message}", err=True)
        if error.advice:
            typer.echo(error.advice, err=True)
        if as_json:
            emit({"status": "failed", "problem": problem_of(error)})
        return ExitCode.USAGE if isinstance(error, Invalid | NotFound) else ExitCode.FAILED
