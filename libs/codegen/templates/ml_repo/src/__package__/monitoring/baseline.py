"""What the training data looked like, kept beside the model so that change can be seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..data.contract import Column, DataContract
from ..data.encoder import words_of
from ..data.target import Scores, Target

_TOP = 20
"""Values of a category with a bin of their own; the others share one."""
_FREQUENT = 10
"""Rows that such a value has: a bin chosen because a rare value came up would look like drift."""
_KNOWN = 200
"""Values of a category that are remembered, to tell when a new one arrives."""
PREDICTION = "__prediction__"
REFITTED_PSI = 0.25
"""Distance of the predictions up to which nothing is said of a model that has learned the rows that
judged it: what it says of rows it does not know is known from models beside it alone, which differ
from it on the same rows. From here on a change is called major (Siddiqi 2006, Credit Risk
Scorecards)."""


def build_baseline(
    train: pd.DataFrame, contract: DataContract, scores: Scores, target: Target, bins: int
) -> dict[str, Any]:
    """Bins and counts of every feature and of the predictions.

    Args:
        train: typed training rows.
        contract: names and kinds of the columns.
        scores: of the cross-validated or test rows, for the distribution of the predictions.
        target: what the scores are about.
        bins: number of bins of a number.
    """
    columns = {c.name: describe(train[c.name], c, bins) for c in contract.features}
    predicted = pd.Series(scores[:, -1])
    column = Column(PREDICTION, "number")
    columns[PREDICTION] = describe(predicted, column, bins)
    return {"rows": len(train), "task": target.task, "columns": columns}


def describe(values: pd.Series, column: Column, bins: int) -> dict[str, Any]:
    """The bins of a column and how many values each holds; the last count is of missing values."""
    if column.kind in ("category", "boolean"):
        names = values.dropna().map(str)
        counts = names.value_counts()
        ordered = sorted(counts.index, key=lambda name: (-counts[name], name))
        known = ordered[:_KNOWN]
        # A value seen once would have been unknown to the other rows: so often new ones turn up.
        fresh = int(counts.drop(known).sum() + sum(counts[name] == 1 for name in known))
        frequent = [name for name in ordered[:_TOP] if counts[name] >= _FREQUENT]
        bounds: dict[str, Any] = {
            "kind": column.kind,
            "values": frequent,
            "known": known,
            "unknown": fresh,
        }
    else:
        numbers = as_numbers(values, column.kind)
        present = numbers[~np.isnan(numbers)]
        bounds = {"kind": column.kind, "edges": _edges(present, bins)}
    return {**bounds, "counts": [int(n) for n in count(values, bounds)]}


def _edges(present: np.ndarray, bins: int) -> list[float]:
    """Where bins of about as many values each begin, but for the first.

    A value that many rows have, such as an amount of zero, is not in one bin with larger ones: more
    of those would go unseen.
    """
    if not len(present):
        return []
    edges, times = np.unique(
        np.quantile(present, np.linspace(0, 1, bins + 1)[1:-1]), return_counts=True
    )
    larger = [present[present > value] for value in edges[times > 1]]
    return sorted({float(n) for n in (*edges, *(each.min() for each in larger if len(each)))})


def count(values: pd.Series, bounds: dict[str, Any]) -> np.ndarray:
    """How many values fall into each bin, then (for categories) other values, then missing."""
    if "values" in bounds:
        names = values.dropna().map(str)
        codes = pd.Categorical(names, categories=bounds["values"]).codes
        present = np.bincount(
            np.where(codes < 0, len(bounds["values"]), codes), minlength=len(bounds["values"]) + 1
        )
    else:
        numbers = as_numbers(values, bounds["kind"])
        numbers = numbers[~np.isnan(numbers)]
        cells = np.searchsorted(bounds["edges"], numbers, side="right")
        present = np.bincount(cells, minlength=len(bounds["edges"]) + 1)
    return np.append(present, int(values.isna().sum()))


def as_numbers(values: pd.Series, kind: str) -> np.ndarray:
    """Numbers as they are, moments as the hour of their day, texts as their number of words.

    Tomorrow is always a new date, so a date itself would always have drifted.
    """
    if kind == "text":
        counted = [np.nan if pd.isna(text) else len(words_of(text)) for text in values]
        return np.array(counted, dtype="float64")
    if kind == "datetime":
        hours = values.dt.hour + values.dt.minute / 60
        values = hours
    numbers: np.ndarray = values.to_numpy(dtype="float64", na_value=np.nan)
    return numbers
