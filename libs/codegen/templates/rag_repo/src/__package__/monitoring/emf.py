"""The outcome of a check as a line of CloudWatch's embedded metric format.

CloudWatch Logs turns such a line of a container's log into metrics: no agent, no further right and no call that could
fail. The alarms on `DriftAlarm` and `QualityAlarm` are in `infra/modules/drift_alarm`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_FIGURES_NAMESPACE = "Retrieval"
METRICS = ("DriftAlarm", "QualityAlarm", "QuestionsChecked")


def metric_line(report: dict[str, Any], variables: Mapping[str, str], release: str, at: datetime) -> str:
    """One line of JSON, for standard output.

    Args:
        report: as `examining.examine` gave it.
        variables: the container's environment; `PROJECT` is the namespace, `ENVIRONMENT` the dimension.
        release: version of the release in use.
        at: when the window was checked.
    """
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
        "DriftAlarm": int(report["drift"]),
        "QualityAlarm": int(report["quality"]),
        "QuestionsChecked": report["questions"],
        "release": release,
        "alarms": [checked["check"] for checked in report["checks"] if checked["alarm"]],
    }
    return json.dumps(record, sort_keys=True)


def unchecked_line(variables: Mapping[str, str], release: str, at: datetime) -> str:
    """The line of a batch that nothing checks; without one the alarm `score-late` would miss it."""
    report = {"drift": False, "quality": False, "questions": 0, "checks": []}
    return metric_line(report, variables, release, at)


def figures_line(metrics: Mapping[str, Mapping[str, Any]], at: datetime) -> str:
    """The line of the figures of a stage, as its report has them by name."""
    values = {name: metric["value"] for name, metric in metrics.items()}
    names = [{"Name": name} for name in sorted(values)]
    directive = {"Namespace": _FIGURES_NAMESPACE, "Dimensions": [[]], "Metrics": names}
    written = {"Timestamp": int(at.timestamp() * 1000), "CloudWatchMetrics": [directive]}
    return json.dumps({"_aws": written, **values})
