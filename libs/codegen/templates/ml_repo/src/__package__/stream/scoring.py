"""Events in, results out: what is common to every reader of the stream.

An event is one row as a JSON object. What can never be scored is poison and is set aside with the
reason; what could not be scored now, because the features could not be read, is tried again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ..model.predictor import Predictor
from ..monitoring.live import LiveDrift
from ..online_features.filling import FeatureFiller, Filled


@dataclass(frozen=True)
class Event:
    """One record of the stream."""

    shard: str
    sequence: str
    key: str
    """Partition key, which results keep, so that they stay in the order of their entity."""
    data: bytes

    @property
    def name(self) -> str:
        """The same each time the event is read: readers of results drop what they know by it."""
        return f"{self.shard}:{self.sequence}"


@dataclass(frozen=True)
class Poison:
    """An event that can never be scored."""

    event: Event
    reasons: tuple[str, ...]


@dataclass
class Scored:
    """What became of a batch, in the order of its events."""

    results: list[tuple[Event, dict[str, Any]]] = field(default_factory=list)
    poison: list[Poison] = field(default_factory=list)
    again: list[Event] = field(default_factory=list)
    """Events whose features could not be read."""


class StreamScorer:
    """A model, with the store that completes its rows and the check of rows for drift."""

    def __init__(
        self,
        predictor: Predictor,
        filler: FeatureFiller | None = None,
        live: LiveDrift | None = None,
    ) -> None:
        """
        Args:
            predictor: the model.
            filler: completes rows that leave features out.
            live: keeps a sample of the rows and compares it with training.
        """
        self._predictor = predictor
        self._filler = filler
        self._live = live

    def score(self, events: Iterable[Event]) -> Scored:
        """Scores a batch."""
        read = [(event, _row(event.data)) for event in events]
        rows = [row for _, row in read]
        filled = Filled(rows) if self._filler is None else self._filler.fill(rows)
        unread = {error.row for error in filled.errors}
        if self._live is not None:
            self._live.observe([row for n, row in enumerate(filled.rows) if n not in unread])
        answer = self._predictor.predict(filled.rows, filled.errors)
        reasons: dict[int, list[str]] = {}
        for error in answer.errors:
            reasons.setdefault(error.row, []).append(f"{error.column} {error.message}".strip())
        scored = Scored()
        for index, (event, row) in enumerate(read):
            if index in unread:
                scored.again.append(event)
            elif answer.predictions[index] is None:
                scored.poison.append(Poison(event, tuple(reasons.get(index, ()))))
            else:
                classes = answer.probabilities
                probabilities = None if classes is None else classes[index]
                result = self._result(event, row, answer.predictions[index], probabilities)
                scored.results.append((event, result))
        return scored

    def watch(self) -> None:
        """Checks the rows for drift when that is due; to be called when results are written."""
        if self._live is not None and self._live.observe(()):
            self._live.check()

    def _result(
        self, event: Event, row: Any, prediction: Any, probabilities: dict[str, float] | None
    ) -> dict[str, Any]:
        identifiers = (column.name for column in self._predictor.contract.identifiers)
        return {
            "event": event.name,
            **{name: row[name] for name in identifiers if name in row},
            "prediction": prediction,
            "probabilities": probabilities,
            "model": self._predictor.version,
            "scored_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }


def _row(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None  # no object, which the predictor says of this row
