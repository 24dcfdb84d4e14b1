"""The Lambda function: scores the records of one batch of a Kinesis stream.

It answers with the first record that failed, so Lambda starts again there and not at the beginning.
Poison is set aside and counts as done: no retry would help it. Records may come twice; results bear
the name of their event.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..aws.clients import client
from ..model.predictor import Predictor
from ..model.store import fetch_model
from ..monitoring.live import LiveDrift
from ..online_features.chosen import TIMEOUT_S, online_features
from ..online_features.filling import FeatureFiller
from ..running.environment import require
from .outputs import DeadLetters, ResultStream
from .scoring import Event, StreamScorer

VARIABLES = ("MODEL_URI", "OUTPUT_STREAM", "DEAD_LETTER_URI")
_CHECK_SECONDS = 900.0
"""Between two checks for drift: Lambda may end a copy of the function after an hour or two."""


class BatchHandler:
    """Scores batches with a loaded model."""

    def __init__(
        self, scorer: StreamScorer, results: ResultStream, dead_letters: DeadLetters
    ) -> None:
        """
        Args:
            scorer: the model.
            results: where results go.
            dead_letters: where poison goes.
        """
        self._scorer = scorer
        self._results = results
        self._dead_letters = dead_letters

    def handle(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """Scores a batch; which records failed, as Lambda reads it."""
        events = [_event(record) for record in batch["Records"]]
        scored = self._scorer.score(events)
        self._dead_letters.put(scored.poison)
        failed = {event.sequence for event in (*scored.again, *self._results.put(scored.results))}
        self._scorer.watch()
        counts = {"results": len(scored.results), "poison": len(scored.poison)}
        print(json.dumps({**counts, "failed": len(failed)}))
        first = next((event.sequence for event in events if event.sequence in failed), None)
        return {"batchItemFailures": [] if first is None else [{"itemIdentifier": first}]}


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """What Lambda calls."""
    return _ready().handle(event)


@cache
def _ready() -> BatchHandler:
    """Loads the model when the first batch arrives; the next ones find it loaded."""
    variables = os.environ
    require(variables, VARIABLES)
    folder = Path(variables.get("MODEL_DIR", "/tmp/model"))
    if not fetch_model(variables["MODEL_URI"], folder):
        raise FileNotFoundError(f"no model was published below {variables['MODEL_URI']}")
    predictor = Predictor(folder)
    store = online_features(variables)
    filler = None if store is None else FeatureFiller(store, predictor.contract, TIMEOUT_S)
    return BatchHandler(
        StreamScorer(predictor, filler, LiveDrift(predictor, None, period=_CHECK_SECONDS)),
        ResultStream(client("kinesis", timeout_s=5), variables["OUTPUT_STREAM"]),
        DeadLetters(variables["DEAD_LETTER_URI"]),
    )


def _event(record: Mapping[str, Any]) -> Event:
    kinesis = record["kinesis"]
    shard, _, sequence = str(record["eventID"]).rpartition(":")
    return Event(
        shard=shard,
        sequence=str(kinesis.get("sequenceNumber", sequence)),
        key=str(kinesis["partitionKey"]),
        data=base64.b64decode(kinesis["data"]),
    )
