"""Which columns follow the hour of the day or the day of the week, as the training rows have it.

The traffic of one hour or the batch of one day differs from whole weeks in all that follows the
clock, although nothing has changed. Such a column is compared with training only by rows that cover
the cycle which it follows; every other column is compared each time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..data.target import Scores
from .baseline import PREDICTION, count
from .distance import MINIMUM_ROWS, chance_threshold, psi

CYCLES = ("hour", "dayofweek")
"""As pandas names the parts of a moment."""
_COVERING = 0.8
"""Share of the parts that training knew, from which on rows are said to cover a cycle."""
_OFTEN = 1 / 3
"""Share of the parts that must differ from the whole before a column follows the cycle."""
_RATE = 0.01
_SEED = 7


def parts_of(times: pd.Series) -> dict[str, int]:
    """How many hours and days of the week the rows know."""
    return {cycle: int(getattr(times.dt, cycle).nunique()) for cycle in CYCLES}


def followed(
    values: pd.Series, times: pd.Series, bounds: dict[str, Any], minimum_psi: float
) -> list[str]:
    """The cycles that a column follows: in many of their parts it is not what it is as a whole.

    Args:
        values: of the training rows, as `count` takes them.
        times: of the same rows.
        bounds: the column's bins, as the baseline has them.
        minimum_psi: below it a difference does not matter.
    """
    reference = np.asarray(bounds["counts"], dtype="float64")
    found: list[str] = []
    for cycle in CYCLES:
        parts = getattr(times.dt, cycle).to_numpy(dtype="float64", na_value=np.nan)
        groups = [values[parts == part] for part in np.unique(parts[~np.isnan(parts)])]
        large = [group for group in groups if len(group) >= MINIMUM_ROWS]
        if len(groups) < 2 or not large:
            continue
        differ = [
            float(psi(reference, count(group, bounds)))
            > max(chance_threshold(reference, len(group), _RATE, _SEED), minimum_psi)
            for group in large
        ]
        if sum(differ) / len(large) > _OFTEN:
            found.append(cycle)
    return found


def with_cycles(
    baseline: dict[str, Any],
    train: pd.DataFrame,
    scored: pd.DataFrame,
    scores: Scores,
    time: str,
    minimum_psi: float,
) -> dict[str, Any]:
    """What a baseline knows besides about the clock: the time column, its cycles, who follows them.

    Args:
        baseline: as `build_baseline` gave it.
        train: its typed training rows.
        scored: the typed rows of its scores.
        scores: of the predictions.
        time: name of the time column.
        minimum_psi: below it a difference does not matter.
    """
    columns = {}
    for name, bounds in baseline["columns"].items():
        if name == PREDICTION:
            values, times = pd.Series(scores[:, -1], index=scored.index), scored[time]
        else:
            values, times = train[name], train[time]
        columns[name] = {**bounds, "follows": followed(values, times, bounds, minimum_psi)}
    return {"time": time, "cycles": parts_of(train[time]), "columns": columns}


def left_out(baseline: dict[str, Any], rows: pd.DataFrame) -> tuple[str, ...]:
    """Columns that these rows say nothing about: they follow a cycle that the rows do not cover."""
    known: dict[str, int] = baseline.get("cycles", {})
    times = rows.get(baseline.get("time"))
    now = parts_of(times) if known and times is not None else dict.fromkeys(known, 0)
    partly = {cycle for cycle, parts in known.items() if now[cycle] < _COVERING * parts}
    return tuple(
        name
        for name, bounds in baseline["columns"].items()
        if partly & set(bounds.get("follows", ()))
    )
