"""The result of a sizing rule."""

from libs.core.values import Value
from libs.intake.models import FieldName

Size = dict[str, int | float | str | bool]


class Unfit(Value):
    """The option cannot be sized for these requirements."""

    field: FieldName
    """The requirement that does not fit."""
    reason: str


FARGATE_TASKS: tuple[tuple[float, int], ...] = ((1, 4), (2, 8), (4, 16), (8, 32), (16, 64), (16, 120))
"""Task sizes in use, vCPU and GB; all are valid Fargate combinations."""


def rounded(value: float) -> float:
    """Three decimals: sizes are read by people and compared byte by byte."""
    return round(value, 3)
