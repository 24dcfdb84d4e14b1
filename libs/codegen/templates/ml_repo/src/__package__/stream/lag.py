"""How far behind the reader is, as a CloudWatch metric in a log line (embedded metric format)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

METRIC = "MillisBehindLatest"


class LagMetric:
    """The largest lag of each minute."""

    def __init__(
        self,
        namespace: str,
        stream: str,
        *,
        every_s: float = 60.0,
        write: Callable[[str], object] = print,
        now: Callable[[], float] = time.time,
    ) -> None:
        """
        Args:
            namespace: of the metric.
            stream: its dimension.
            every_s: how often a line is written.
            write: takes the line.
            now: the clock, in seconds since 1970.
        """
        self._namespace = namespace
        self._stream = stream
        self._every_s = every_s
        self._write = write
        self._now = now
        self._largest = 0
        self._written = now()

    def seen(self, milliseconds: int) -> None:
        """One reading."""
        self._largest = max(self._largest, milliseconds)
        if self._now() - self._written >= self._every_s:
            self._write(self._line())
            self._largest, self._written = 0, self._now()

    def _line(self) -> str:
        metric = {
            "Namespace": self._namespace,
            "Dimensions": [["Stream"]],
            "Metrics": [{"Name": METRIC, "Unit": "Milliseconds"}],
        }
        about = {"Timestamp": int(self._now() * 1000), "CloudWatchMetrics": [metric]}
        return json.dumps({"_aws": about, "Stream": self._stream, METRIC: self._largest})
