"""A job on several machines: which rows are whose, and when the work of all of them is whole.

AWS Batch starts an array: each child has its number, and all have the name of the array. Each
leaves its part beside those of the others; whoever finds every part there puts them together. No
machine waits for another, and none decides alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .errors import DataRefused, UsageError

_DONE = "_SUCCESS"
_COUNT, _INDEX, _JOB = "AWS_BATCH_JOB_ARRAY_SIZE", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ID"


class Files(Protocol):
    """Where parts are left: the module `storage`."""

    def list_files(self, uri: str) -> list[str]:
        """Paths below the address, relative to it and sorted."""

    def read_bytes(self, uri: str) -> bytes | None:
        """The content of a file, or None when there is none."""

    def write_bytes(self, uri: str, content: bytes) -> None:
        """Writes a file in one go."""


@dataclass(frozen=True)
class Shard:
    """One of several machines that share the rows of a job; alone it is the first of one."""

    index: int = 0
    count: int = 1
    batch: str = ""
    """Name that all machines of the job have in common; empty for one that is alone."""

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Shard:
        """Reads what AWS Batch sets in the children of an array.

        Raises:
            UsageError: only some of it is set, or the number is not one of the array.
        """
        if not variables.get(_COUNT) and not variables.get(_INDEX):
            return cls()
        missing = [name for name in (_COUNT, _INDEX, _JOB) if not variables.get(name)]
        if missing:
            raise UsageError(f"not set: {', '.join(missing)}")
        index, count = int(variables[_INDEX]), int(variables[_COUNT])
        if not 0 <= index < count:
            raise UsageError(f"{_INDEX} is {index}, and there are {count} jobs")
        batch, _, _ = variables[_JOB].partition(":")
        return cls(index, count, re.sub(r"[^A-Za-z0-9-]", "-", batch))

    def takes(self, place: int) -> bool:
        """Whether the row at this place is for this machine: every `count`-th is."""
        return place % self.count == self.index


class Parts:
    """The parts of one job, in a folder that readers of results pass over."""

    def __init__(self, files: Files, folder: str, shard: Shard, run: str) -> None:
        """
        Args:
            files: where they are kept.
            folder: address below which every batch has a folder.
            shard: whose part is put.
            run: digest of everything that the result depends on; parts of another are not mixed in.
        """
        self._files = files
        self._address = f"{folder}/{shard.batch}"
        self._shard = shard
        self._run = run

    def is_done(self) -> bool:
        """Whether the parts of this run were put together already."""
        content = self._files.read_bytes(f"{self._address}/{_DONE}")
        return content is not None and json.loads(content)["run"] == self._run

    def own(self) -> bytes | None:
        """The part that this machine has left before it was started again."""
        return self._files.read_bytes(f"{self._address}/{self._name(self._shard.index)}")

    def put(self, content: bytes) -> None:
        """Leaves the part of this machine; the same part again changes nothing."""
        self._files.write_bytes(f"{self._address}/{self._name(self._shard.index)}", content)

    def whole(self) -> list[bytes] | None:
        """Every part in the order of the machines; None while some are missing.

        Raises:
            DataRefused: all are there, and they do not belong together.
        """
        found = set(self._files.list_files(self._address))
        numbers = range(self._shard.count)
        if all(self._name(number) in found for number in numbers):
            contents = [self._files.read_bytes(f"{self._address}/{self._name(n)}") for n in numbers]
            return [content for content in contents if content is not None]
        heads = {name.rsplit("-", 1)[0] for name in found}
        if all(self._head(number) in heads for number in numbers):
            raise DataRefused(
                "The input or the model changed while the jobs of this array were at work.",
                "Start the step again: nothing was published.",
            )
        return None

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Notes that the whole was published, so that a job that is started again does nothing."""
        note = json.dumps({**facts, "run": self._run}, sort_keys=True) + "\n"
        self._files.write_bytes(f"{self._address}/{_DONE}", note.encode())

    def _head(self, number: int) -> str:
        return f"shard-{number:05d}-of-{self._shard.count:05d}"

    def _name(self, number: int) -> str:
        return f"{self._head(number)}-{self._run}"
