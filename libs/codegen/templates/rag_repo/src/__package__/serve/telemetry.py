"""The figures of the service, as Prometheus reads them."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

from ..answering import Answer

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 13, 20, 30)
_SHARES = tuple(step / 10 for step in range(1, 11))
_PATHS = {
    "/ask": "/ask",
    "/invocations": "/ask",
    "/feedback": "/feedback",
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
        self._requests = self._counter("requests", "Requests by path and status.", "path", "status")
        self._seconds = self._histogram("request_seconds", "Time until a response begins.", _SECONDS, "path")
        self._stages = self._histogram("stage_seconds", "Time by stage.", _SECONDS, "stage")
        self._answers = self._counter("answers", "Answers by outcome and reason.", "outcome", "reason")
        self._support = self._histogram("answer_support", "Lowest support of a sentence.", _SHARES)
        self._relevance = self._histogram("best_relevance", "Relevance of the best passage.", _SHARES)
        self._dropped = self._counter("sentences_dropped", "Sentences without support.")
        self._masked = self._counter("masked", "Pieces of personal data that were masked.")
        self._tokens = self._counter("tokens", "Tokens by direction.", "direction")
        self._usd = self._counter("token_usd", "Cost of tokens in USD, where prices are known.")
        self._failures = self._counter("failures", "Questions that could not be answered.", "part")
        self._feedback = self._counter("feedback", "What readers say.", "verdict")
        self._lost = self._counter("interactions_lost", "Sampled interactions that were not kept.")

    def observe(self, path: str, status: int, seconds: float) -> None:
        """One answered request; unknown paths are counted together."""
        name = _PATHS.get(path, "other")
        self._requests.labels(name, str(status)).inc()
        self._seconds.labels(name).observe(seconds)

    def answered(self, answer: Answer) -> None:
        """One answer or refusal."""
        self._answers.labels("refused" if answer.refused else "answered", answer.reason).inc()
        for stage, seconds in answer.seconds.items():
            self._stages.labels(stage).observe(seconds)
        if answer.found:
            self._relevance.observe(max(found.relevance for found in answer.found))
        if not answer.refused:
            self._support.observe(answer.support)
        self._dropped.inc(answer.dropped)
        self._masked.inc(answer.masked)
        self._tokens.labels("prompt").inc(answer.usage.prompt_tokens)
        self._tokens.labels("answer").inc(answer.usage.answer_tokens)
        if answer.usd is not None:
            self._usd.inc(answer.usd)

    def failed(self, error: Exception) -> None:
        """A part was away or too slow."""
        self._failures.labels(type(error).__name__).inc()

    def rated(self, verdict: str) -> None:
        """A reader said something."""
        self._feedback.labels(verdict).inc()

    def lost(self) -> None:
        """An interaction could not be kept."""
        self._lost.inc()

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(name, text, labels, buckets=buckets, registry=self.registry)
