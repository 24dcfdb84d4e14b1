"""Checks new rows for drift and bad cells, and says whether to look or to retrain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from .data.cells import typed
from .data.contract import repeated
from .data.tables import read_raw
from .model.predictor import Predictor
from .monitoring.drift import check_drift
from .monitoring.quality import check_quality, to_json
from .running.errors import DataRefused


def monitor(model: Path, source: Path) -> dict[str, Any]:
    """The report of both checks on a file.

    Args:
        model: folder of a registered model, with its baseline.
        source: new rows, CSV or Parquet.

    Raises:
        DataRefused: the source is no table or has no rows.
    """
    predictor = Predictor(model)
    raw, _ = read_raw(
        source,
        [column.name for column in predictor.contract.columns],
        repeated(predictor.contract.columns),
    )
    if raw.empty:
        raise DataRefused("There are no rows to check.", "Give a table with at least one row.")
    return examine(predictor, raw)


def examine(
    predictor: Predictor, raw: pd.DataFrame, false_alarm_rate: float | None = None
) -> dict[str, Any]:
    """The report of both checks on raw cells; each check gets half of the false-alarm rate.

    Args:
        predictor: the model, with its baseline.
        raw: at least one row.
        false_alarm_rate: instead of the one that was recorded with the model.
    """
    contract, baseline = predictor.contract, predictor.baseline
    rate = baseline["false_alarm_rate"] if false_alarm_rate is None else false_alarm_rate
    table, problems = typed(raw, contract.features)
    bad = {problem.row for problem in problems}
    usable = table.loc[[row for row in table.index if row not in bad]]
    drift = check_drift(
        baseline,
        usable,
        predicted=predictor.scores(usable)[:, -1] if len(usable) else None,
        false_alarm_rate=rate / 2,
    )
    issues = check_quality(baseline, raw, contract, false_alarm_rate=rate / 2)
    return {
        "model": predictor.version,
        "false_alarm_rate": rate,
        "alarm": drift.alarm or bool(issues),
        "retrain": drift.alarm,
        "drift": drift.to_json(),
        "quality": to_json(issues),
    }
