"""What a measurement is given, and what it says."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from libs.core.errors import ProductError
from libs.core.settings import Settings
from libs.core.values import Value

DIGITS = 4


class MeasurementFailed(ProductError):
    """Something else happened than what was to be measured."""

    code = "bench.measurement_failed"


class Result(Value):
    """One figure beside its target."""

    name: str
    unit: str
    value: float | None
    """None where nothing was measured; the note says why."""
    target: float | None = None
    """The figure is meant to be at most this, or at least; None where it is for information."""
    goal: Literal["at most", "at least"] = "at most"
    meets: bool | None = None
    runs: int = 0
    breakdown: dict[str, Any] = {}
    """Where the figure comes from; seconds, unless a key says otherwise."""
    status: Literal["measured", "skipped", "failed"] = "measured"
    note: str = ""


@dataclass(frozen=True)
class Conditions:
    """What every measurement finds."""

    settings: Settings
    """Of the engine alone: no language model, SQLite and a folder; the tools are those of this installation."""
    folder: Path
    """Empty at first, and removed afterwards."""
    runs: int
    postgres: str = ""
    """URL of a server on which databases may be made and dropped again."""


@dataclass(frozen=True)
class Measurement:
    """One thing that is measured."""

    name: str
    about: str
    runs: int
    """How often, unless the command says otherwise."""
    measure: Callable[[Conditions], Awaitable[Sequence[Result]]]


def measured(
    name: str,
    unit: str,
    value: float,
    *,
    runs: int,
    breakdown: dict[str, Any],
    at_most: float | None = None,
    at_least: float | None = None,
    note: str = "",
) -> Result:
    """A figure, judged by its target where it has one."""
    return Result(
        name=name,
        unit=unit,
        value=round(value, DIGITS),
        target=at_least if at_most is None else at_most,
        goal="at most" if at_least is None else "at least",
        meets=_meets(value, at_most, at_least),
        runs=runs,
        breakdown=breakdown,
        note=note,
    )


def _meets(value: float, at_most: float | None, at_least: float | None) -> bool | None:
    if at_most is not None:
        return value <= at_most
    return None if at_least is None else value >= at_least


def skipped(name: str, unit: str, reason: str) -> Result:
    """A figure that could not be measured here, and why."""
    return Result(name=name, unit=unit, value=None, status="skipped", note=f"skipped: {reason}")
