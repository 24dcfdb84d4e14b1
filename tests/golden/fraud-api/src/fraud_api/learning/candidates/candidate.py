"""What a candidate is: a way to build a model, its defaults, and where to search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from ...data.contract import Task
from ...data.encoder import Matrix
from ...data.target import Vector

Params = dict[str, Any]
Format = Literal["skops", "lightgbm-txt"]


class Estimator(Protocol):
    """The part of scikit-learn's interface that the pipeline uses."""

    classes_: np.ndarray

    def fit(self, matrix: Matrix, y: Vector) -> Any:
        """Learns from rows."""

    def predict(self, matrix: Matrix) -> Vector:
        """Numbers for rows."""

    def predict_proba(self, matrix: Matrix) -> np.ndarray:
        """Class probabilities for rows, in the order of `classes_`."""


class Suggest(Protocol):
    """The part of an optuna trial that a search space uses."""

    def suggest_float(self, name: str, low: float, high: float, *, log: bool = False) -> float:
        """A number between the bounds."""

    def suggest_int(self, name: str, low: int, high: int, *, log: bool = False) -> int:
        """A whole number between the bounds."""


@dataclass(frozen=True)
class Candidate:
    """A model that can be tried."""

    name: str
    format: Format
    """How a fitted model is stored; none of the formats can run code when it is loaded."""
    defaults: Params
    build: Callable[[Task, Params, int], Estimator]
    """From the task, complete parameters and a seed."""
    space: Callable[[Suggest, str], Params]
    """Parameters drawn for a trial; the second argument is the prefix of their names."""
    why: str
    most_rows: int | None = None
    """More rows than this make the model larger, hardly better: it learns from a share of them."""

    def complete(self, params: Params) -> Params:
        """The parameters with defaults for those that are not given."""
        return {**self.defaults, **params}
