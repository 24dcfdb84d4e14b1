"""The figures of the service, as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram

from ..data.contract import Task
from ..model.predictor import Prediction

_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2)
_SHARES = tuple(step / 10 for step in range(1, 11))
_PATHS = {
    "/predict": "/predict",
    "/invocations": "/predict",
    "/healthz": "/healthz",
    "/health": "/healthz",
    "/readyz": "/readyz",
    "/ready": "/readyz",
    "/ping": "/readyz",
    "/metrics": "/metrics",
}
"""Paths that are counted, by the name under which they are."""


class Telemetry:
    """One set of figures an app, so that two apps in a process do not mix."""

    def __init__(self) -> None:
        """Registers the figures."""
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "requests", "Requests by path and status.", ("path", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "request_seconds",
            "Time to answer in seconds.",
            ("path",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._rows = Counter(
            "rows", "Rows by outcome: predicted or refused.", ("outcome",), registry=self.registry
        )
        self._lookups = Counter(
            "feature_lookups",
            "Rows completed from the feature store by outcome: found, unknown or failed.",
            ("outcome",),
            registry=self.registry,
        )
        self._probability = Histogram(
            "predicted_probability",
            "Probability of the last class.",
            buckets=_SHARES,
            registry=self.registry,
        )

    def observe(self, path: str, status: int, seconds: float) -> None:
        """One answered request; unknown paths are counted together."""
        name = _PATHS.get(path, "other")
        self._requests.labels(name, str(status)).inc()
        self._seconds.labels(name).observe(seconds)

    def record(self, answer: Prediction, task: Task, lookups: Iterable[str] = ()) -> None:
        """The rows of one answer, and how their features were found."""
        for outcome in lookups:
            self._lookups.labels(outcome).inc()
        predicted = sum(value is not None for value in answer.predictions)
        self._rows.labels("predicted").inc(predicted)
        self._rows.labels("refused").inc(len(answer.predictions) - predicted)
        if task == "classification":
            for probabilities in answer.probabilities or []:
                if probabilities:
                    self._probability.observe(list(probabilities.values())[-1])
