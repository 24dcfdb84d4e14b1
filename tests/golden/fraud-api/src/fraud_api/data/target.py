"""The target as numbers to learn from, and scores as predictions to give back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from .cells import text_of
from .contract import Column, Task

Label = bool | int | float | str
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Scores = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""One row a case: probabilities in the order of the classes, or the single predicted number."""

_SKEW_FOR_LOG = 1.5


@dataclass(frozen=True)
class Target:
    """What is predicted."""

    name: str
    task: Task
    classes: tuple[Label, ...] = ()
    """Sorted labels; the decision threshold of a binary model is on the last one."""
    log: bool = False
    """Whether a number is learned as log(1 + y): positive and strongly skewed targets."""
    least: float | None = None
    most: float | None = None
    """Bounds of a predicted number: the training values and their whole range to either side.

    That leaves room for growth, while an input far outside of what was seen, which a linear model
    follows and the exponential of a logarithm multiplies, cannot lead to any number at all.
    """

    @classmethod
    def fit(cls, values: pd.Series, column: Column, task: Task) -> Target:
        """Learns the labels, or whether the number is learned as its logarithm."""
        if task == "classification":
            labels = {label_of(value, column) for value in values}
            return cls(column.name, task, tuple(sorted(labels, key=_order)))
        numbers = values.to_numpy(dtype="float64")
        skewed = bool(numbers.min() >= 0 and pd.Series(numbers).skew() > _SKEW_FOR_LOG)
        return cls(column.name, task, log=skewed).bounded(values)

    def bounded(self, values: pd.Series) -> Target:
        """The same target with the bounds that these values give a number."""
        if self.task == "classification":
            return self
        low, high = float(values.min()), float(values.max())
        least = 0.0 if self.log else low - (high - low)
        return replace(self, least=least, most=high + (high - low))

    def encode(self, values: pd.Series, column: Column) -> Vector:
        """Class numbers, or the target itself (in its own unit).

        Raises:
            KeyError: a label that was not there in training.
        """
        if self.task == "regression":
            numbers: Vector = values.to_numpy(dtype="float64")
            return numbers
        codes = {label: float(code) for code, label in enumerate(self.classes)}
        return np.array([codes[label_of(value, column)] for value in values], dtype="float64")

    def to_model(self, y: Vector) -> Vector:
        """What the model learns."""
        return np.log1p(y) if self.log else y

    def from_model(self, predicted: Vector) -> Vector:
        """The model's number in the target's own unit, within its bounds."""
        if self.least is not None and self.most is not None:
            least, most = self.to_model(np.array([self.least, self.most]))
            predicted = np.clip(predicted, least, most)
        return np.expm1(predicted) if self.log else predicted

    def predictions(self, scores: Scores, threshold: float | None) -> list[Label]:
        """Labels or numbers for the scores."""
        if self.task == "regression":
            return [float(value) for value in scores[:, 0]]
        if len(self.classes) == 2 and threshold is not None:
            return [self.classes[int(score >= threshold)] for score in scores[:, 1]]
        return [self.classes[int(code)] for code in scores.argmax(axis=1)]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` reads them again."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Target:
        """The target as it was stored."""
        return cls(**{**value, "classes": tuple(value["classes"])})


def label_of(value: Any, column: Column) -> Label:
    """A typed cell as the label that people use: true/false, a whole number, a number or text."""
    if column.kind == "boolean":
        return bool(value)
    if column.kind in ("number", "integer"):
        return int(value) if float(value).is_integer() else float(value)
    return text_of(value)


def _order(label: Label) -> tuple[int, float, str]:
    return (1, 0.0, label) if isinstance(label, str) else (0, float(label), "")
