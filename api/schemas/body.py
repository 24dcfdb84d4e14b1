"""The base of every request body: closed, and free of values that no store can hold."""

import math
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Body(BaseModel):
    """Unknown keys are refused, so that a misspelt one is not ignored in silence."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, given: Any) -> Any:
        waiting = [given]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                waiting += [*value.keys(), *value.values()]
            elif isinstance(value, list):
                waiting += value
            elif isinstance(value, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
                raise ValueError("texts may hold neither NUL nor lone surrogates")
            elif isinstance(value, float) and not math.isfinite(value):
                raise ValueError("numbers must be finite")
        return given
