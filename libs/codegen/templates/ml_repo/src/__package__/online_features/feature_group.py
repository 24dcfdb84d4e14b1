"""Features in a SageMaker Feature Store group; each put is also kept in its offline store.

The group has a time of its own for each record. Where the contract has a column of that name it is
this column, to the millisecond; else it is the moment of the write.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar, NamedTuple, Self

from ..aws.clients import client, pause
from ..aws.parallel import each
from .store import FeatureRow

_GET_BATCH, _PUT_BATCH = 100, 25
_ATTEMPTS = 8
_WRITERS = 8


class FeatureGroupMismatch(Exception):
    """The group does not define a feature of the contract."""


class FeatureGroupRefused(Exception):
    """The group did not take all records, also after pauses."""


class _Group(NamedTuple):
    key: str
    time: str
    types: dict[str, str]


class SageMakerFeatures:
    """One record an entity; the group defines a feature for each one of the contract."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("FEATURE_GROUP",)

    def __init__(self, sagemaker: Any, reader: Any, writer: Any, group: str) -> None:
        """
        Args:
            sagemaker: a client of `sagemaker`, which knows the definition of the group.
            reader: a client of `sagemaker-featurestore-runtime` that gives up quickly.
            writer: one that is patient.
            group: its name.
        """
        self._sagemaker = sagemaker
        self._reader = reader
        self._writer = writer
        self._name = group

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The group that the variables name."""
        runtime = "sagemaker-featurestore-runtime"
        reader = client(runtime, timeout_s=1.0, attempts=2)
        return cls(client("sagemaker"), reader, client(runtime), variables["FEATURE_GROUP"])

    def get(self, ids: Sequence[str]) -> dict[str, FeatureRow]:
        """The rows of the entities that are known."""
        found: dict[str, FeatureRow] = {}
        for start in range(0, len(ids), _GET_BATCH):
            wanted = list(ids[start : start + _GET_BATCH])
            answer = self._reader.batch_get_record(
                Identifiers=[
                    {"FeatureGroupName": self._name, "RecordIdentifiersValueAsString": wanted}
                ]
            )
            if answer.get("Errors") or answer.get("UnprocessedIdentifiers"):
                raise OSError(f"the group {self._name} did not give all records")
            for record in answer["Records"]:
                cells = {c["FeatureName"]: c["ValueAsString"] for c in record["Record"]}
                found[record["RecordIdentifierValueAsString"]] = self._row(cells)
        return found

    def put(self, rows: Mapping[str, FeatureRow]) -> None:
        """Replaces the records of these entities, several batches at once.

        Raises:
            FeatureGroupMismatch: the group lacks a feature; nothing of that row was written.
            FeatureGroupRefused: the group is too slow for the records that are left.
        """
        now = datetime.now(UTC)
        entries = (
            {"FeatureGroupName": self._name, "Record": self._record(name, row, now)}
            for name, row in rows.items()
        )
        each(self._write, _batches(entries), _WRITERS)

    def _record(self, name: str, row: FeatureRow, now: datetime) -> list[dict[str, str]]:
        group = self._group
        unknown = sorted(set(row) - set(group.types))
        if unknown:
            raise FeatureGroupMismatch(f"{self._name} does not define {', '.join(unknown)}")
        # A missing value is a feature that the record does not have.
        values = {n: _text(v, group.types[n]) for n, v in row.items() if v is not None}
        moment = datetime.fromisoformat(str(row[group.time])) if row.get(group.time) else now
        values |= {group.key: name, group.time: _moment(moment, group.types[group.time])}
        return [{"FeatureName": n, "ValueAsString": v} for n, v in values.items()]

    def _write(self, entries: list[dict[str, Any]]) -> None:
        for attempt in range(_ATTEMPTS):
            answer = self._writer.batch_write_record(Entries=entries)
            failed, entries = answer["Errors"], answer["UnprocessedEntries"]
            entries = [*entries, *(error["Entry"] for error in failed)]
            if not entries:
                return
            time.sleep(pause(attempt))
        reason = failed[0]["ErrorMessage"] if failed else "it asked to wait"
        raise FeatureGroupRefused(f"{len(entries)} records not taken by {self._name}: {reason}")

    def _row(self, cells: dict[str, str]) -> FeatureRow:
        names = set(self._group.types) - {self._group.key}
        return {name: cells.get(name) for name in sorted(names)}

    @cached_property
    def _group(self) -> _Group:
        found = self._sagemaker.describe_feature_group(FeatureGroupName=self._name)
        types = {d["FeatureName"]: d["FeatureType"] for d in found["FeatureDefinitions"]}
        return _Group(found["RecordIdentifierFeatureName"], found["EventTimeFeatureName"], types)


def _batches(entries: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(entries, _PUT_BATCH)):
        yield batch


def _text(value: float | str, kind: str) -> str:
    return str(int(value)) if kind == "Integral" else str(value)


def _moment(moment: datetime, kind: str) -> str:
    if kind != "String":
        return f"{moment.timestamp():.3f}"
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
