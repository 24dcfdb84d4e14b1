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
