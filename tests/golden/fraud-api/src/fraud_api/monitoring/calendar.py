"""How far columns swing with the hour of the day and the day of the week, as training knew them.

The traffic of one hour or the batch of one day differs from whole weeks in all that follows the
clock, although nothing has changed. So each column remembers the largest distance that an hour or
a weekday of the training rows had from all of them. Rows that do not cover a cycle are an alarm
only when they are clearly further away than that; rows that cover it are compared as ever.
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
_CLEARLY = 1.5
"""How much further than the furthest part of training is a change and no swing."""
_RATE = 0.01
"""Chance that a column without a swing is said to have one."""
_SEED = 7


def parts_of(times: pd.Series) -> dict[str, int]:
    """How many hours and days of the week the rows know."""
    return {cycle: int(getattr(times.dt, cycle).nunique()) for cycle in CYCLES}


def swings(values: pd.Series, times: pd.Series, bounds: dict[str, Any]) -> dict[str, float]:
    """The largest distance of a part from the whole, of each cycle in which there is a swing.

    Args:
        values: of the training rows, as `count` takes them.
        times: of the same rows.
        bounds: the column's bins, as the baseline has them.
    """
    reference = np.asarray(bounds["counts"], dtype="float64")
    found: dict[str, float] = {}
    for cycle in CYCLES:
        parts = getattr(times.dt, cycle).to_numpy(dtype="float64", na_value=np.nan)
        groups = [values[parts == part] for part in np.unique(parts[~np.isnan(parts)])]
        large = [group for group in groups if len(group) >= MINIMUM_ROWS]
        if len(groups) < 2 or not large:
            continue
        distances = [float(psi(reference, count(group, bounds))) for group in large]
        chance = _RATE / len(large)
        if any(
            distance > chance_threshold(reference, len(group), chance, _SEED)
            for distance, group in zip(distances, large, strict=True)
        ):
            found[cycle] = max(distances)
    return found


def with_cycles(
    baseline: dict[str, Any],
    train: pd.DataFrame,
    scored: pd.DataFrame,
    scores: Scores,
    time: str,
) -> dict[str, Any]:
    """What a baseline knows besides: the time column, its cycles, and who swings with them.

    Args:
        baseline: as `build_baseline` gave it.
        train: its typed training rows.
        scored: the typed rows of its scores.
        scores: of the predictions.
        time: name of the time column.
    """
    columns = {}
    for name, bounds in baseline["columns"].items():
        if name == PREDICTION:
            values, times = pd.Series(scores[:, -1], index=scored.index), scored[time]
        else:
            values, times = train[name], train[time]
        columns[name] = {**bounds, "swings": swings(values, times, bounds)}
    return {"time": time, "cycles": parts_of(train[time]), "columns": columns}


def allowances(baseline: dict[str, Any], rows: pd.DataFrame) -> dict[str, float]:
    """The distance that the clock explains, of each column that swings with what the rows lack."""
    known: dict[str, int] = baseline.get("cycles", {})
    times = rows.get(baseline.get("time"))
    now = parts_of(times) if known and times is not None else dict.fromkeys(known, 0)
    partly = {cycle for cycle, parts in known.items() if now[cycle] < _COVERING * parts}
    found = {
        name: [size for cycle, size in bounds.get("swings", {}).items() if cycle in partly]
        for name, bounds in baseline["columns"].items()
    }
    return {name: _CLEARLY * max(sizes) for name, sizes in found.items() if sizes}
