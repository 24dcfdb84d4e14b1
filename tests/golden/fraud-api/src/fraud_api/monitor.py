"""Checks a file of new rows for drift and bad cells, and says whether to look or to retrain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .data.cells import typed
from .data.tables import read_raw
from .model.predictor import Predictor
from .monitoring.drift import check_drift
from .monitoring.quality import check_quality, to_json
from .running.errors import DataRefused


def monitor(model: Path, source: Path) -> dict[str, Any]:
    """The report of both checks.

    Args:
        model: folder of a registered model, with its baseline.
        source: new rows, CSV or Parquet.

    Raises:
        DataRefused: the source is no table or has no rows.
    """
    predictor = Predictor(model)
    contract = predictor.contract
    raw, _ = read_raw(source, [column.name for column in contract.columns])
    if raw.empty:
        raise DataRefused("There are no rows to check.", "Give a table with at least one row.")
    table, problems = typed(raw, contract.features)
    bad = {problem.row for problem in problems}
    usable = table.loc[[row for row in table.index if row not in bad]]
    drift = check_drift(
        predictor.baseline,
        usable,
        predicted=predictor.scores(usable)[:, -1] if len(usable) else None,
        false_alarm_rate=predictor.baseline["false_alarm_rate"],
    )
    issues = check_quality(predictor.baseline, raw, contract)
    return {
        "model": predictor.version,
        "alarm": drift.alarm or bool(issues),
        "retrain": drift.alarm,
        "drift": drift.to_json(),
        "quality": to_json(issues),
    }
