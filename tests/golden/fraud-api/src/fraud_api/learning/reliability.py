"""Whether predictions can be taken at their word: what was predicted against what happened."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from ..data.target import Scores, Target, Vector

_BINS = 10


@dataclass(frozen=True)
class ReliabilityBin:
    """About a tenth of the test rows, by what was predicted."""

    rows: int
    predicted: float
    """Mean probability of the last of two classes, of the likeliest of several, or mean number."""
    observed: float
    """Share of rows in which it came true, or mean of the true numbers."""

    def to_json(self) -> dict[str, float]:
        """Plain JSON values."""
        return asdict(self)


def reliability(y: Vector, scores: Scores, target: Target) -> list[ReliabilityBin]:
    """Bins of about the same number of rows, from the lowest prediction to the highest.

    Equal predictions are in one bin, so that the order of the rows does not matter.
    """
    predicted, observed = scores[:, -1], y
    if len(target.classes) > 2:
        predicted, observed = scores.max(axis=1), scores.argmax(axis=1) == y
    edges = np.unique(np.quantile(predicted, np.linspace(0, 1, _BINS + 1)[1:-1]))
    codes = np.searchsorted(edges, predicted, side="right")
    return [
        ReliabilityBin(
            int((codes == code).sum()),
            float(predicted[codes == code].mean()),
            float(observed[codes == code].mean()),
        )
        for code in np.unique(codes)
    ]


def calibration_error(bins: list[ReliabilityBin]) -> float:
    """Expected calibration error: the mean distance of the two, weighted by rows.

    With bins of equal size, as in Nixon et al. 2019, Measuring Calibration in Deep Learning. Chance
    alone makes it larger than zero on few rows.
    """
    rows = sum(part.rows for part in bins)
    return sum(part.rows * abs(part.predicted - part.observed) for part in bins) / rows
