"""Metrics of a worker whose log CloudWatch does not read as metrics: each line is sent instead.

Managed Flink wraps what a worker logs into JSON of its own, so the embedded metric format is not
seen there. The line is logged as well: it names the columns.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

_LOG = logging.getLogger(__name__)


class MetricSender:
    """Takes lines of the embedded metric format."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        """
        Args:
            connect: gives a client of `cloudwatch`; asked anew for every line, for they are rare.
        """
        self._connect = connect

    def __call__(self, line: str) -> None:
        """Logs a line and sends its metrics.

        CloudWatch that is away, or refuses, is logged and stops nothing: events matter more.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        _LOG.info("%s", line.strip())
        try:
            for call in _calls(json.loads(line)):
                self._connect().put_metric_data(**call)
        except (BotoCoreError, ClientError):
            _LOG.exception("the metrics of the check for drift were not sent")


def _calls(record: dict[str, Any]) -> list[dict[str, Any]]:
    """What CloudWatch would read out of the line."""
    about = record["_aws"]
    return [
        {
            "Namespace": directive["Namespace"],
            "MetricData": [
                {
                    "MetricName": metric["Name"],
                    "Dimensions": [{"Name": name, "Value": record[name]} for name in names],
                    "Timestamp": about["Timestamp"] / 1000,
                    "Value": record[metric["Name"]],
                    "Unit": metric["Unit"],
                }
                for names in directive["Dimensions"]
                for metric in directive["Metrics"]
            ],
        }
        for directive in about["CloudWatchMetrics"]
    ]
