"""Fitted models as files that cannot run code when loaded: skops archives, LightGBM text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import skops.io

from ..data.contract import Task
from ..data.encoder import Matrix
from ..data.target import Scores, Target, Vector
from ..learning.candidates.candidate import Estimator, Format, Params
from ..learning.cross_validation import scores_of

_SUFFIX: dict[Format, str] = {"skops": "skops", "lightgbm-txt": "txt"}
_TRUSTED = (
    "numpy.dtype",
    "sklearn._loss.link.Interval",
    "sklearn._loss.link.IdentityLink",
    "sklearn._loss.link.LogitLink",
    "sklearn._loss.link.MultinomialLogit",
    "sklearn._loss.loss.HalfBinomialLoss",
    "sklearn._loss.loss.HalfMultinomialLoss",
    "sklearn._loss.loss.HalfSquaredError",
    "sklearn._loss._loss.CyHalfBinomialLoss",
    "sklearn._loss._loss.CyHalfMultinomialLoss",
    "sklearn._loss._loss.CyHalfSquaredError",
    "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.tree._tree.Tree",
)
"""Types that skops loads only by name; each one holds arrays and numbers."""


@dataclass(frozen=True)
class Member:
    """One model of the ensemble as it is stored."""

    candidate: str
    params: Params
    weight: float
    format: Format
    file: str
    """Name below the model's folder."""

    def to_json(self) -> dict[str, Any]:
        """As in `model.json`."""
        return asdict(self)


class BoosterModel:
    """A LightGBM text file behind the interface that scikit-learn models have."""

    def __init__(self, path: Path, classes: int) -> None:
        """Loads the text; `classes` is 0 for a number."""
        self._booster = lightgbm.Booster(model_file=str(path))
        self.classes_ = np.arange(classes)

    def fit(self, matrix: Matrix, y: Vector) -> Any:
        """A stored model does not learn.

        Raises:
            TypeError: always.
        """
        raise TypeError("a stored model cannot be fitted")

    def predict(self, matrix: Matrix) -> Vector:
        """Numbers for rows."""
        return np.asarray(self._booster.predict(matrix, num_threads=1), dtype="float64")

    def predict_proba(self, matrix: Matrix) -> np.ndarray:
        """Class probabilities for rows."""
        raw = np.asarray(self._booster.predict(matrix, num_threads=1), dtype="float64")
        return np.column_stack([1 - raw, raw]) if raw.ndim == 1 else raw


def member_file(number: int, candidate: str, storage: Format) -> str:
    """Name of a member's file."""
    return f"member_{number}_{candidate}.{_SUFFIX[storage]}"


def save_member(path: Path, model: Any, storage: Format) -> None:
    """Writes a fitted model."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if storage == "lightgbm-txt":
        path.write_text(model.booster_.model_to_string(), encoding="utf-8")
    else:
        skops.io.dump(model, path)


def load_member(path: Path, storage: Format, target: Target) -> Estimator:
    """Loads a model; a skops file that holds any type outside the list above is refused.

    Raises:
        skops.io.exceptions.UntrustedTypesFoundException: the file holds another type.
    """
    if storage == "lightgbm-txt":
        return BoosterModel(path, len(target.classes))
    model: Estimator = skops.io.load(path, trusted=list(_TRUSTED))
    return model


def combined(scores: list[Scores], weights: list[float]) -> Scores:
    """The weighted mean of the members' scores."""
    total = np.zeros_like(scores[0])
    for part, weight in zip(scores, weights, strict=True):
        total += part * weight
    return total / sum(weights)


class Ensemble:
    """Loaded members that vote."""

    def __init__(
        self, folder: Path, members: list[Member], target: Target, factor: float = 1.0
    ) -> None:
        """Loads every member from the folder; a predicted number is multiplied by the factor."""
        self.target = target
        self._factor = factor
        self._weights = [member.weight for member in members]
        self._models = [load_member(folder / m.file, m.format, target) for m in members]

    @property
    def task(self) -> Task:
        """What is learned."""
        return self.target.task

    def scores(self, matrix: Matrix) -> Scores:
        """Probabilities or numbers for encoded rows."""
        voted = combined([scores_of(m, matrix, self.target) for m in self._models], self._weights)
        return voted * self._factor
