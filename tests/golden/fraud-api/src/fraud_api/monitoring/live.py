"""Drift of the rows that run through a service or come from a stream, checked about once an hour.

A uniform sample of the period's rows is kept in memory and forgotten after its check; nothing is
stored. Every check gets its share of a day's false-alarm rate. Each replica sees its own part of
the traffic, so the alarm in `infra/modules/drift_alarm` asks for more than half of the checks.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from prometheus_client import CollectorRegistry, Gauge

from ..model.predictor import Predictor
from ..monitor import examine
from .distance import MINIMUM_ROWS
from .emf import metric_line

PERIOD_SECONDS = 3600.0
SAMPLE_ROWS = 1_000
_DAY_SECONDS = 86_400


class LiveDrift:
    """Samples predicted rows and checks the sample when the period is over."""

    def __init__(
        self,
        predictor: Predictor,
        registry: CollectorRegistry | None,
        *,
        period: float = PERIOD_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        emit: Callable[[str], object] = sys.stdout.write,
        variables: Mapping[str, str] = os.environ,
    ) -> None:
        """Registers the figures.

        Args:
            predictor: the model, with its baseline.
            registry: where Prometheus finds the figures; None where it cannot ask.
            period: seconds between two checks; with few rows it takes longer.
            clock: of the period.
            emit: takes the line with CloudWatch's metrics.
            variables: name project and environment in that line.
        """
        self._predictor, self._period, self._clock, self._emit = predictor, period, clock, emit
        self._variables = variables
        self._rate = predictor.baseline["false_alarm_rate"] * min(1.0, period / _DAY_SECONDS)
        self._lock = threading.Lock()
        self._random = random.Random(os.urandom(8))
        self._rows: list[Any] = []
        self._seen = 0
        self._started = clock()
        self._alarm = Gauge(
            "drift_alarm", "1 when the last check saw drift, else 0.", registry=registry
        )
        self._distance = Gauge(
            "drift_threshold_ratio",
            "Distance of a column from training, as a share of its threshold.",
            ("column",),
            registry=registry,
        )

    def observe(self, rows: Sequence[Any]) -> bool:
        """Takes rows into the sample; true when a check is due."""
        with self._lock:
            for row in rows:
                self._seen += 1
                if len(self._rows) < SAMPLE_ROWS:
                    self._rows.append(row)
                else:
                    place = self._random.randrange(self._seen)
                    if place < SAMPLE_ROWS:
                        self._rows[place] = row
            over = self._clock() - self._started >= self._period
            return over and len(self._rows) >= MINIMUM_ROWS

    def check(self) -> dict[str, Any] | None:
        """Checks the sample and starts a new one; None when another thread was first."""
        with self._lock:
            rows, self._rows = self._rows, []
            self._seen, self._started = 0, self._clock()
        if len(rows) < MINIMUM_ROWS:
            return None
        names = [column.name for column in self._predictor.contract.columns]
        cells = [row if isinstance(row, dict) else {} for row in rows]
        raw = pd.DataFrame(
            {name: pd.Series([row.get(name) for row in cells], dtype=object) for name in names}
        )
        report = examine(self._predictor, raw, self._rate)
        self._alarm.set(int(report["drift"]["alarm"]))
        for column in report["drift"]["columns"]:
            self._distance.labels(column["column"]).set(column["psi"] / column["threshold"])
        self._emit(metric_line(report, self._variables, datetime.now(UTC)) + "\n")
        return report
