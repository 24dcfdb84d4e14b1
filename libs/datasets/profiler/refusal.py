"""What cannot be profiled, told so that a person can act on it."""

from typing import Any


class Refused(Exception):
    """The file is not a table that can be used; nothing of it was kept."""

    def __init__(self, code: str, message: str, advice: str, **facts: Any) -> None:
        self.code = code
        self.message = message
        self.advice = advice
        self.facts = facts
        super().__init__(message)


def no_header() -> Refused:
    """The refusal of a table that begins with a title and has no row of names below it."""
    return Refused(
        "datasets.unreadable",
        "The first row fills its first cell alone, and no row of names follows it.",
        "Delete the lines above the header, and give every column a name.",
    )
