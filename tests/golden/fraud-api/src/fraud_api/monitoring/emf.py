"""The outcome of a check as a line of CloudWatch's embedded metric format.

CloudWatch Logs turns such a line of a container's log into metrics: no agent, no further right and
no call that could fail. The alarm on `DriftAlarm` is in `infra/modules/drift_alarm`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

METRICS = ("DriftAlarm", "QualityAlarm", "DriftedColumns", "RowsChecked")


def metric_line(report: dict[str, Any], variables: Mapping[str, str], at: datetime) -> str:
    """One line of JSON, for standard output.

    Args:
        report: as `monitor.examine` gave it.
        variables: the container's environment; `PROJECT` is the namespace, `ENVIRONMENT` the
            dimension.
        at: when the rows were checked.
    """
    columns = report["drift"]["columns"]
    record = {
        "_aws": {
            "Timestamp": int(at.timestamp() * 1000),
            "CloudWatchMetrics": [
                {
                    "Namespace": variables.get("PROJECT") or "local",
                    "Dimensions": [["Environment"]],
                    "Metrics": [{"Name": name, "Unit": "Count"} for name in METRICS],
                }
            ],
        },
        "Environment": variables.get("ENVIRONMENT") or "local",
        "DriftAlarm": int(report["drift"]["alarm"]),
        "QualityAlarm": int(bool(report["quality"])),
        "DriftedColumns": sum(column["alarm"] for column in columns),
        "RowsChecked": report["drift"]["rows"],
        "model": report["model"],
        "drifted": [column["column"] for column in columns if column["alarm"]],
    }
    return json.dumps(record, sort_keys=True)


def idle_line(model: str, variables: Mapping[str, str], at: datetime) -> str:
    """The line of a run that found no new row; without one the alarm `score-late` would miss it.

    Args:
        model: version of the model in use.
        variables: as of `metric_line`.
        at: when the run ended.
    """
    drift = {"alarm": False, "rows": 0, "columns": []}
    return metric_line({"model": model, "drift": drift, "quality": []}, variables, at)
