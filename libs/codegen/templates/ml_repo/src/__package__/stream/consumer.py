"""The reader of the stream: as many tasks as one likes share its shards.

Each event is scored at least once: a checkpoint moves only when results and poison are written.
After SIGTERM the batch in hand is finished, its checkpoint is kept, and the shards are let go.
"""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..aws.clients import client
from ..model.predictor import Predictor
from ..monitoring.live import LiveDrift
from ..online_features.chosen import TIMEOUT_S, online_features
from ..online_features.filling import FeatureFiller
from ..running.environment import require
from ..running.errors import EXIT_OK
from .lag import LagMetric
from .leases import SHARD_END, Leases
from .outputs import DeadLetters, ResultStream
from .scoring import Event, StreamScorer

VARIABLES = ("STREAM_NAME", "OUTPUT_STREAM", "CHECKPOINT_TABLE", "DEAD_LETTER_URI")
_BALANCE_S = 10.0
_BATCH = 500
_IDLE_S = 0.25
"""A shard may be read five times a second by all its readers together."""


class StreamConsumer:
    """Reads the shards that are ours, one after the other."""

    def __init__(
        self,
        kinesis: Any,
        stream: str,
        leases: Leases,
        scorer: StreamScorer,
        results: ResultStream,
        dead_letters: DeadLetters,
        lag: LagMetric,
    ) -> None:
        """
        Args:
            kinesis: a client of `kinesis`.
            stream: name of the stream.
            leases: say which shards are ours.
            scorer: the model.
            results: where results go.
            dead_letters: where poison goes.
            lag: tells how far behind we are.
        """
        self._kinesis = kinesis
        self._stream = stream
        self._leases = leases
        self._scorer = scorer
        self._results = results
        self._dead_letters = dead_letters
        self._lag = lag
        self._iterators: dict[str, str] = {}
        self._checkpoints: dict[str, str] = {}

    def run(self, stop: threading.Event) -> None:
        """Reads until it is asked to stop, then lets go of its shards."""
        balanced = float("-inf")
        try:
            while not stop.is_set():
                if time.monotonic() - balanced > _BALANCE_S:
                    self.balance()
                    balanced = time.monotonic()
                busy = [self.poll(shard) for shard in list(self._checkpoints)]
                if not any(busy):
                    stop.wait(_IDLE_S)
        finally:
            for shard in list(self._checkpoints):
                self._leases.release(shard)

    def balance(self) -> None:
        """Finds out which shards are ours now."""
        held = self._leases.balance(self._shards())
        for shard in set(self._checkpoints) - set(held):
            self._forget(shard)
        for shard in set(held) - set(self._checkpoints):
            self._checkpoints[shard] = held[shard]

    def poll(self, shard: str) -> bool:
        """Reads and scores one batch of a shard; whether there may be more at once."""
        try:
            answer = self._kinesis.get_records(ShardIterator=self._iterator(shard), Limit=_BATCH)
        except self._kinesis.exceptions.ExpiredIteratorException:
            self._iterators.pop(shard, None)
            return True
        except self._kinesis.exceptions.ProvisionedThroughputExceededException:
            return False
        self._lag.seen(answer.get("MillisBehindLatest", 0))
        events = [_event(shard, record) for record in answer["Records"]]
        if events and not self._finish(shard, events):
            return False
        following = answer.get("NextShardIterator")
        if following is None:
            self._leases.checkpoint(shard, SHARD_END)
            self._forget(shard)
        elif shard in self._checkpoints:
            self._iterators[shard] = following
        return bool(events)

    def _finish(self, shard: str, events: list[Event]) -> bool:
        """Whether the whole batch is done; else it is read again from the checkpoint."""
        scored = self._scorer.score(events)
        self._dead_letters.put(scored.poison)
        undone = [*scored.again, *self._results.put(scored.results)]
        self._scorer.watch()
        if undone:
            self._iterators.pop(shard, None)
            return False
        if not self._leases.checkpoint(shard, events[-1].sequence):
            self._forget(shard)
            return False
        self._checkpoints[shard] = events[-1].sequence
        return True

    def _iterator(self, shard: str) -> str:
        if shard not in self._iterators:
            place: dict[str, str] = {"ShardIteratorType": "TRIM_HORIZON"}
            if self._checkpoints[shard]:
                place = {
                    "ShardIteratorType": "AFTER_SEQUENCE_NUMBER",
                    "StartingSequenceNumber": self._checkpoints[shard],
                }
            answer = self._kinesis.get_shard_iterator(
                StreamName=self._stream, ShardId=shard, **place
            )
            self._iterators[shard] = answer["ShardIterator"]
        return self._iterators[shard]

    def _shards(self) -> dict[str, tuple[str, ...]]:
        pages = self._kinesis.get_paginator("list_shards").paginate(StreamName=self._stream)
        names = ("ParentShardId", "AdjacentParentShardId")
        return {
            shard["ShardId"]: tuple(shard[name] for name in names if shard.get(name))
            for page in pages
            for shard in page["Shards"]
        }

    def _forget(self, shard: str) -> None:
        self._checkpoints.pop(shard, None)
        self._iterators.pop(shard, None)


def consume(model: Path, variables: Mapping[str, str]) -> int:
    """Reads the stream that the variables name until SIGTERM.

    Raises:
        UsageError: an address is missing.
        FileNotFoundError: there is no model in the folder.
    """
    require(variables, VARIABLES)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stream, output, table, dead_letters = (variables[name] for name in VARIABLES)
    predictor = Predictor(model)
    store = online_features(variables)
    filler = None if store is None else FeatureFiller(store, predictor.contract, TIMEOUT_S)
    kinesis = client("kinesis", timeout_s=10)
    owner = f"{socket.gethostname()}-{uuid.uuid4().hex[:8]}"
    StreamConsumer(
        kinesis,
        stream,
        Leases(client("dynamodb", timeout_s=5), table, owner),
        StreamScorer(predictor, filler, LiveDrift(predictor, None)),
        ResultStream(kinesis, output),
        DeadLetters(dead_letters),
        LagMetric(variables.get("PROJECT", "pipeline"), stream),
    ).run(stop)
    print(json.dumps({"stopped": owner}))
    return EXIT_OK


def _event(shard: str, record: Mapping[str, Any]) -> Event:
    return Event(shard, record["SequenceNumber"], record["PartitionKey"], record["Data"])
