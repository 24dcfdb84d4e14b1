"""Where results and poison go."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterable, Iterator
from typing import Any

from ..aws.clients import pause
from ..jobs import storage
from .scoring import Event, Poison

_MAX_RECORDS, _MAX_BYTES = 500, 4_000_000
_ATTEMPTS = 6


class ResultStream:
    """The stream that results are written to."""

    def __init__(self, kinesis: Any, name: str) -> None:
        """
        Args:
            kinesis: a client of `kinesis`.
            name: of the stream.
        """
        self._kinesis = kinesis
        self._name = name

    def put(self, results: Iterable[tuple[Event, dict[str, Any]]]) -> list[Event]:
        """Writes the results; the events whose result was not taken, also after pauses."""
        lost: list[Event] = []
        for batch in _batches(results):
            for attempt in range(_ATTEMPTS):
                records = [record for _, record in batch]
                answer = self._kinesis.put_records(StreamName=self._name, Records=records)
                if not answer["FailedRecordCount"]:
                    batch = []
                    break
                taken = [not entry.get("ErrorCode") for entry in answer["Records"]]
                batch = [pair for pair, good in zip(batch, taken, strict=True) if not good]
                time.sleep(pause(attempt))
            lost += [event for event, _ in batch]
        return lost


class DeadLetters:
    """A folder with one file for each event that can never be scored."""

    def __init__(self, uri: str) -> None:
        """
        Args:
            uri: address of the folder.
        """
        self._uri = uri.rstrip("/")

    def put(self, poison: Iterable[Poison]) -> None:
        """Writes the events with their reasons; the same event always has the same file."""
        for one in poison:
            event = one.event
            letter = {
                "event": event.name,
                "partition_key": event.key,
                "reasons": one.reasons,
                "data_base64": base64.b64encode(event.data).decode(),
            }
            name = re.sub(r"[^A-Za-z0-9-]", "_", event.shard)
            address = f"{self._uri}/{name}/{event.sequence}.json"
            storage.write_bytes(address, json.dumps(letter).encode())


def _batches(
    results: Iterable[tuple[Event, dict[str, Any]]],
) -> Iterator[list[tuple[Event, dict[str, Any]]]]:
    batch: list[tuple[Event, dict[str, Any]]] = []
    size = 0
    for event, result in results:
        data = json.dumps(result, ensure_ascii=False).encode()
        if batch and (len(batch) == _MAX_RECORDS or size + len(data) > _MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((event, {"Data": data, "PartitionKey": event.key}))
        size += len(data) + len(event.key)
    if batch:
        yield batch
