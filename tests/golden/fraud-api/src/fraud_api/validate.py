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
from .data.unseen import Unseen
from .learning.metrics import METRIC_OF, gain_with_interval, score
from .model.predictor import Predictor
from .model.store import evaluated
from .running.errors import UsageError
from .running.files import write_json
from .running.plan import EvaluatePlan

Verdict = Literal["better", "as good", "worse", "not compared"]
_FEWEST = 50
"""Rows below which a difference would be chance."""


@dataclass(frozen=True)
class Comparison:
    """What came out. The figures are None where nothing was compared."""

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
    new, old = Predictor(judged), Predictor(in_use)
    test = read_table(work / "split" / "test.parquet")
    codes = read_table(work / "split" / "entities.parquet")["entity"].to_numpy()
    found = compare(new, old, test, codes, plan, seed)
    folder = work / "validate"
    folder.mkdir(exist_ok=True)
    write_json(folder / "comparison.json", found.to_json())
    return found


def compare(
    new: Predictor,
    old: Predictor,
    test: pd.DataFrame,
    entities: np.ndarray,
    plan: EvaluatePlan,
    seed: int,
) -> Comparison:
    """Judges both on the test rows of the new model that the old one has not learned from.

    Args:
        new: as it was judged.
        old: the same of the model in use.
        test: typed rows that the new model has not learned from.
        entities: of each row, numbered from 0.
        plan: of the interval.
        seed: of its resamples.
    """
    metric = METRIC_OF[new.contract.task]
    names = (new.version, old.version, metric)
    obstacle = _obstacle(new, old)
    if obstacle:
        return Comparison("not compared", obstacle, *names)
    unseen = Unseen.from_json(old.facts["unseen"]).rows(test)
    rows = test.loc[unseen].reset_index(drop=True)
    task, column = new.contract.task, new.contract.target_column
    y = new.target.encode(rows[column.name], column)
    if len(rows) < _FEWEST or len(np.unique(y)) < max(len(new.target.classes), 2):
        why = f"{len(rows)} rows that both have not learned from are too few, or lack a class."
        return Comparison("not compared", why, *names, rows=len(rows))
    scores, scores_in_use = new.scores(rows), old.scores(rows)
    gain = gain_with_interval(
        y,
        scores,
        scores_in_use,
        task,
        Entities("", entities).at(unseen).codes,
        resamples=plan.resamples,
        confidence=plan.confidence,
        seed=seed,
    )
    low, high = gain.low or 0.0, gain.high or 0.0
    verdict: Verdict = "better" if low > 0 else "worse" if high < 0 else "as good"
    value, value_in_use = score(task, y, scores), score(task, y, scores_in_use)
    return Comparison(
        verdict,
        f"On {len(rows)} rows that both have not learned from the new model has {metric} "
        f"{value:.4g}, the one in use {value_in_use:.4g}: {verdict}.",
        *names,
        rows=len(rows),
        value=value,
        value_in_use=value_in_use,
        value_in_use_then=float(old.facts["metrics"][metric]["value"]),
        gain={"value": gain.value, "low": gain.low, "high": gain.high},
    )


def _obstacle(new: Predictor, old: Predictor) -> str:
    """Why the two cannot be compared; empty when they can."""
    if new.version == old.version:
        return "It is the model in use."
    if _meaning(new.contract) != _meaning(old.contract):
        return "The model in use was made for other columns."
    if new.target.classes != old.target.classes:
        return "The model in use knows other classes."
    if "unseen" not in old.facts:
        return "The model in use does not say which rows it has not learned from."
    return ""


def _meaning(contract: DataContract) -> list[tuple[str, str, str]]:
    return [(column.name, column.kind, column.role) for column in contract.columns]
