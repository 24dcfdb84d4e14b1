"""Compares a new model with the one in use, on rows that neither of them has learned from.

Both are taken as they were judged, before the newest rows were learned as well: a comparison on
rows that one of them knows would only say which one that is.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from .data.contract import DataContract
from .data.entities import Entities
from .data.tables import read_table
from .data.target import Scores, Vector
from .data.unseen import Unseen
from .learning.metrics import METRIC_OF, gain_with_interval, score
from .model.predictor import Predictor
from .model.store import evaluated
from .running.errors import UsageError
from .running.files import read_json, write_json
from .running.plan import EvaluatePlan

Verdict = Literal["better", "as good", "worse", "not compared"]
_FEWEST = 50
"""Cases below which a difference would be chance: rows, or entities that have several."""
_FEWEST_OF_A_CLASS = 25
"""With two equal models and 10 cases of a class, 9 in 100 intervals are wholly below zero instead
of 2.5; with 25 they are about 5."""


@dataclass(frozen=True)
class Comparison:
    """What came out. The figures are None where nothing was compared.

    Both models are meant as they were judged, before either learned the rows that judged it.
    """

    verdict: Verdict
    """`better` and `worse`: the whole interval of the gain is on that side of zero."""
    why: str
    model: str
    in_use: str
    metric: str
    rows: int = 0
    value: float | None = None
    """Of the new model on these rows."""
    value_in_use: float | None = None
    value_in_use_then: float | None = None
    """Of the model in use, on the rows on which it was judged itself: what time has cost it."""
    gain: dict[str, float | None] | None = None
    """Points of AUC, or the share of the RMSE that is gone, with its interval."""

    def to_json(self) -> dict[str, Any]:
        """As in `comparison.json`."""
        return asdict(self)


def validate(work: Path, in_use: Path, plan: EvaluatePlan, seed: int) -> Comparison:
    """Compares, and writes `validate/comparison.json` below the work folder.

    Args:
        work: of a whole training.
        in_use: folder of the other model, as it was judged.
        plan: of the interval.
        seed: of its resamples.

    Raises:
        UsageError: one of the two folders holds no model.
    """
    judged = evaluated(work / "register" / "model")
    for folder in (judged, in_use):
        if not (folder / "model.json").is_file():
            raise UsageError(f"there is no model in {folder}")
    split = work / "split"
    rows = Rows(
        read_table(split / "train.parquet"),
        read_table(split / "test.parquet"),
        read_table(split / "entities.parquet")["entity"].to_numpy(),
    )
    new = Predictor(judged)
    try:
        found = compare(new, _read(in_use), rows, plan, seed)
    except _Unreadable as error:
        version = str(read_json(in_use / "model.json").get("version", ""))
        metric = METRIC_OF[new.contract.task]
        found = Comparison("not compared", str(error), new.version, version, metric)
    folder = work / "validate"
    folder.mkdir(exist_ok=True)
    write_json(folder / "comparison.json", found.to_json())
    return found


@dataclass(frozen=True)
class Rows:
    """The typed rows of the new training."""

    train: pd.DataFrame
    test: pd.DataFrame
    entities: np.ndarray
    """Of the test rows, numbered from 0."""


def compare(
    new: Predictor, old: Predictor, rows: Rows, plan: EvaluatePlan, seed: int
) -> Comparison:
    """Judges both on the test rows of the new model that the old one has not learned from.

    Args:
        new: as it was judged.
        old: the same of the model in use.
        rows: of the new training.
        plan: of the interval.
        seed: of its resamples.
    """
    task, column = new.contract.task, new.contract.target_column
    metric = METRIC_OF[task]
    names = (new.version, old.version, metric)
    why = _obstacle(new, old)
    if why:
        return Comparison("not compared", why, *names)
    rule = Unseen.from_json(old.facts["unseen"])
    if not rule.holds([rows.train, rows.test]):
        why = "Rows have changed since: which of them the model in use has learned is not known."
        return Comparison("not compared", why, *names)
    unseen = rule.rows(rows.test, column.name)
    test = rows.test.loc[unseen].reset_index(drop=True)
    entities = Entities("", rows.entities).at(unseen).codes
    y = new.target.encode(test[column.name], column)
    why = _too_few(y, entities, len(new.target.classes))
    if why:
        return Comparison("not compared", why, *names, rows=len(test))
    scores, scores_in_use = new.scores(test), _scored(old, test)
    gain = gain_with_interval(
        y,
        scores,
        scores_in_use,
        task,
        entities,
        resamples=plan.resamples,
        confidence=plan.confidence,
        seed=seed,
    )
    low, high = gain.low or 0.0, gain.high or 0.0
    verdict: Verdict = "better" if low > 0 else "worse" if high < 0 else "as good"
    value, value_in_use = score(task, y, scores), score(task, y, scores_in_use)
    return Comparison(
        verdict,
        f"On {len(test)} rows that both have not learned from the new model has {metric} "
        f"{value:.4g}, the one in use {value_in_use:.4g}: {verdict}.",
        *names,
        rows=len(test),
        value=value,
        value_in_use=value_in_use,
        value_in_use_then=float(old.facts["metrics"][metric]["value"]),
        gain={"value": gain.value, "low": gain.low, "high": gain.high},
    )


class _Unreadable(Exception):
    """The model in use does not answer: that must not keep back the one that would replace it."""

    def __init__(self, cause: Exception) -> None:
        """Names what went wrong, whatever it was: other versions of libraries fail in many ways."""
        super().__init__(f"The model in use cannot be read ({type(cause).__name__}: {cause}).")


def _read(folder: Path) -> Predictor:
    try:
        return Predictor(folder)
    except Exception as error:
        raise _Unreadable(error) from error


def _scored(old: Predictor, rows: pd.DataFrame) -> Scores:
    try:
        return old.scores(rows)
    except Exception as error:
        raise _Unreadable(error) from error


def _obstacle(new: Predictor, old: Predictor) -> str:
    """Why the two cannot be compared; empty when they can."""
    if new.version == old.version:
        return "It is the model in use."
    if old.facts.get("refitted"):
        return (
            "Of the model in use there is only the form that has learned the newest rows as well."
        )
    if "unseen" not in old.facts:
        return "The model in use does not say which rows it has not learned from."
    lacking = sorted(_meaning(old.contract) - _meaning(new.contract))
    if lacking:
        return f"The model in use was made for other columns: {', '.join(n for n, *_ in lacking)}."
    if new.target.classes != old.target.classes:
        return "The model in use knows other classes."
    return ""


def _meaning(contract: DataContract) -> set[tuple[str, str, str]]:
    return {(column.name, column.kind, column.role) for column in contract.columns}


def _too_few(y: Vector, entities: np.ndarray, classes: int) -> str:
    """Why chance would decide; empty when there are enough cases."""
    cases = len(np.unique(entities))
    if cases < _FEWEST:
        return f"{cases} cases that both have not learned from are fewer than {_FEWEST}."
    for code in range(classes):
        of_class = len(np.unique(entities[y == code]))
        if of_class < _FEWEST_OF_A_CLASS:
            return (
                f"Of the {cases} cases that both have not learned from {of_class} are of one "
                f"class, fewer than {_FEWEST_OF_A_CLASS}."
            )
    return ""
