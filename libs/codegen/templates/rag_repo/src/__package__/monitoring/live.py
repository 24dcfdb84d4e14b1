"""What a running service is asked, checked every few hours.

A uniform sample of the period's questions is kept in memory, as vectors and figures without their text, and forgotten
after its check; nothing is stored. Every check gets its share of a day's false-alarm rate. Each replica sees its own
part of the traffic, so the alarm in `infra/modules/drift_alarm` asks for more than half of the checks.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from prometheus_client import CollectorRegistry, Gauge

from ..config import Config
from .emf import metric_line
from .examining import Ratings, Window, examine
from .signals import Baseline, Signal

PERIOD_SECONDS = 4 * 3600.0
SAMPLE_QUESTIONS = 1_000
_DAY_SECONDS = 86_400


class LiveChecks:
    """Samples what is asked, counts what readers say, and checks both when the period is over."""

    def __init__(
        self,
        baseline: Baseline,
        config: Config,
        release: str,
        registry: CollectorRegistry,
        *,
        period: float = PERIOD_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        emit: Callable[[str], object] = sys.stdout.write,
    ) -> None:
        """Registers the figures.

        Args:
            baseline: of the release.
            config: of the release.
            release: its version.
            registry: where Prometheus finds the figures.
            period: seconds between two checks; with few questions it takes longer.
            clock: of the period.
            emit: takes the line with CloudWatch's metrics.
        """
        self._baseline, self._config, self._release = baseline, config, release
        self._period, self._clock, self._emit = period, clock, emit
        self._rate = config.drift.false_alarm_rate * min(1.0, period / _DAY_SECONDS)
        self._lock = threading.Lock()
        self._random = random.Random(os.urandom(8))
        self._signals: list[Signal] = []
        self._seen = self._bad = self._rated = 0
        self._started = clock()
        text = "1 when the last check rang, else 0."
        self._alarm = Gauge("check_alarm", text, ("check",), registry=registry)

    def rate(self, verdict: str) -> None:
        """Counts what a reader said."""
        with self._lock:
            self._rated += 1
            self._bad += verdict != "helpful"

    def observe(self, signal: Signal) -> bool:
        """Takes a question into the sample; true when a check is due."""
        with self._lock:
            self._seen += 1
            if len(self._signals) < SAMPLE_QUESTIONS:
                self._signals.append(signal)
            else:
                place = self._random.randrange(self._seen)
                if place < SAMPLE_QUESTIONS:
                    self._signals[place] = signal
            over = self._clock() - self._started >= self._period
            return over and len(self._signals) >= self._config.drift.minimum_questions

    def check(self) -> dict[str, Any] | None:
        """Checks the sample and starts a new one; None when another thread was first."""
        with self._lock:
            window = Window(self._signals, Ratings(self._bad, self._rated))
            if len(window.signals) < self._config.drift.minimum_questions:
                return None
            self._signals, self._started = [], self._clock()
            self._seen = self._bad = self._rated = 0
        report = examine(self._baseline, window, self._config.drift, self._config.seed, self._rate)
        for checked in report["checks"]:
            self._alarm.labels(checked["check"]).set(int(checked["alarm"]))
        self._emit(metric_line(report, os.environ, self._release, datetime.now(UTC)) + "\n")
        return report
