"""What can go wrong while a stage runs, and the exit code that says so."""

from __future__ import annotations

EXIT_OK = 0
EXIT_USAGE = 2
EXIT_PARTIAL = 3
EXIT_REFUSED = 4


class UsageError(Exception):
    """The command cannot be run as it was given; exit code 2."""


class DataRefused(Exception):
    """The data cannot be used; exit code 4.

    Args:
        message: What is wrong, in one sentence with the numbers.
        advice: What to do about it.
    """

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class OutOfTime(Exception):
    """The time box closed in the middle of a fit; the trial counts as pruned."""
