"""ElastiCache for Valkey with vector search: hashes below one prefix; words are matched on what similarity found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..passages import Passage
from ..settings import Settings
from .port import Hit, Scope, StoreUnavailable
from .valkey_login import RoleLogin

_INDEX, _PREFIX = "passages", "passage:"
"""The user of the service may touch keys of this prefix only (`infra/modules/valkey_vectors`)."""
_BATCH = 200
_GROUPS = 6
"""In one search: it takes 16 terms, of which each group and each filter are two."""
_SPECIAL = re.compile(r"([\\{}|*=>])")
"""What ends a tag or its list; older versions of the search know no escapes, so that nothing else has one."""


class ValkeyStore:
    """One index of one cluster."""

    def __init__(self, client: Any, dimensions: int) -> None:
        """Takes a client that answers in bytes.

        Args:
            client: `valkey.Valkey` or `valkey.ValkeyCluster`.
            dimensions: numbers in a vector.
        """
        self._client = client
        self._dimensions = dimensions

    def clear(self) -> None:
        """Removes the index, which has one length of vectors, and then the passages on every shard."""
        if _INDEX.encode() in self._command("FT._LIST"):
            self._command("FT.DROPINDEX", _INDEX)
        keys = self._guarded(lambda: list(self._client.scan_iter(match=f"{_PREFIX}*", count=_BATCH)))
        self.delete([bytes(key).decode().removeprefix(_PREFIX) for key in keys])

    def prepare(self) -> None:
        """Creates the index where it is missing."""
        if _INDEX.encode() in self._command("FT._LIST"):
            return
        vector = ("VECTOR", "HNSW", 6, "TYPE", "FLOAT32", "DIM", self._dimensions)
        tags = ("access", "TAG", "SEPARATOR", ",", "category", "TAG", "document_id", "TAG")
        self._command(
            *("FT.CREATE", _INDEX, "ON", "HASH", "PREFIX", 1, _PREFIX, "SCHEMA"),
            *("vector", *vector, "DISTANCE_METRIC", "COSINE", *tags),
        )

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Adds or replaces, in batches of one round trip each."""
        rows = list(zip(passages, vectors, strict=True))
        for start in range(0, len(rows), _BATCH):
            with self._client.pipeline() as pipe:
                for passage, vector in rows[start : start + _BATCH]:
                    fields = {**passage.to_json(), "vector": _bytes(vector)}
                    pipe.hset(f"{_PREFIX}{passage.passage_id}", mapping=fields)
                self._guarded(pipe.execute)

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Removes; one command a key, because keys of a cluster are on several nodes."""
        for start in range(0, len(passage_ids), _BATCH):
            with self._client.pipeline() as pipe:
                for name in passage_ids[start : start + _BATCH]:
                    pipe.delete(f"{_PREFIX}{name}")
                self._guarded(pipe.execute)

    def nearest(self, vector: np.ndarray, count: int, scope: Scope) -> list[Hit]:
        """By the cosine; the filter is part of the query."""
        found: dict[str, Hit] = {}
        for start in range(0, len(scope.groups), _GROUPS):
            some = replace(scope, groups=scope.groups[start : start + _GROUPS])
            query = f"{_filter(some)}=>[KNN {int(count)} @vector $asked AS distance]"
            answer = self._command(
                *("FT.SEARCH", _INDEX, query, "PARAMS", 2, "asked", _bytes(vector)),
                *("LIMIT", 0, int(count), "DIALECT", 2),
            )
            found |= {hit.passage.passage_id: hit for hit in map(_hit, answer[2::2])}
        return sorted(found.values(), key=lambda hit: (-hit.score, hit.passage.passage_id))[:count]

    def matching(self, question: str, count: int, scope: Scope) -> list[Hit] | None:
        """The index has no search for words."""
        return None

    def _command(self, *arguments: Any) -> Any:
        return self._guarded(self._client.execute_command, *arguments)

    def _guarded(self, call: Any, *arguments: Any) -> Any:
        from valkey.exceptions import ValkeyError

        try:
            return call(*arguments)
        except ValkeyError as error:
            raise StoreUnavailable(f"Valkey: {error}") from error


def connect(settings: Settings, dimensions: int) -> ValkeyStore:
    """The cluster at `VECTOR_VALKEY_ENDPOINT`, over TLS.

    `VECTOR_VALKEY_USER` signs in to `VECTOR_VALKEY_CLUSTER` by the role of the task.
    """
    from valkey.cluster import ValkeyCluster

    login: Any = RoleLogin(settings.need("VECTOR_VALKEY_USER"), settings.need("VECTOR_VALKEY_CLUSTER"))
    client = ValkeyCluster(
        host=settings.need("VECTOR_VALKEY_ENDPOINT"),
        port=int(settings.get("VECTOR_VALKEY_PORT", "6379")),
        ssl=True,
        credential_provider=login,
        socket_timeout=5,
        socket_connect_timeout=3,
    )
    return ValkeyStore(client, dimensions)


def _filter(scope: Scope) -> str:
    # Joined outside of the braces: older versions of the search take no list inside.
    groups = " | ".join(_tag("access", group) for group in scope.groups)
    equal = [_tag(name, value) for name, value in sorted(scope.equal.items())]
    return "(" + " ".join([f"({groups})", *equal]) + ")"


def _tag(name: str, value: str) -> str:
    return "@" + name + ":{" + _escaped(value) + "}"


def _escaped(value: str) -> str:
    """A tag as it is: nothing that a caller writes becomes syntax."""
    return _SPECIAL.sub(r"\\\1", value)


def _hit(fields: Sequence[bytes]) -> Hit:
    pairs = zip(fields[::2], fields[1::2], strict=True)
    value = {bytes(name).decode(): content for name, content in pairs}
    distance = float(value.pop("distance"))
    value.pop("vector", None)
    passage = Passage.from_json({name: bytes(text).decode() for name, text in value.items()})
    return Hit(passage, 1 - distance)


def _bytes(vector: np.ndarray) -> bytes:
    return vector.astype("<f4").tobytes()
