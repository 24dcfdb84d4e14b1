"""Features in ElastiCache for Valkey: TLS, and a login signed by the role of the task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from .store import FeatureRow, decoded, encoded
from .valkey_login import RoleLogin

_PREFIX = "features:"
"""The user of the service may touch no other keys."""
_DAY_S = 86_400


class ValkeyFeatures:
    """One key an entity, `features:<entity>`."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("FEATURES_HOST", "FEATURES_USER")

    def __init__(self, valkey: Any, *, shards: bool = False, retention_days: int = 0) -> None:
        """
        Args:
            valkey: a connected client.
            shards: whether it is a client of a cluster, where keys live in different places.
            retention_days: after its last write a key expires; 0 keeps it.
        """
        self._valkey = valkey
        self._ends_s = retention_days * _DAY_S or None
        self._read = valkey.mget_nonatomic if shards else valkey.mget

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The cache that the variables name.

        `FEATURES_PORT` and `FEATURES_RETENTION_DAYS` may be set.
        """
        from valkey import Valkey
        from valkey.cluster import ValkeyCluster

        host, user = (variables[name] for name in cls.VARIABLES)
        # A serverless cache speaks the protocol of a cluster.
        shards = ".serverless." in host
        kind = ValkeyCluster if shards else Valkey
        login: Any = RoleLogin(user, serverless=shards)
        connected = kind(
            host=host,
            port=int(variables.get("FEATURES_PORT") or 6379),
            ssl=True,
            credential_provider=login,
            socket_timeout=1.0,
            socket_connect_timeout=1.0,
        )
        days = int(variables.get("FEATURES_RETENTION_DAYS") or 0)
        return cls(connected, shards=shards, retention_days=days)

    def get(self, ids: Sequence[str]) -> dict[str, FeatureRow]:
        """The rows of the entities that are known."""
        texts = self._read([_PREFIX + name for name in ids])
        return {n: decoded(text) for n, text in zip(ids, texts, strict=True) if text is not None}

    def put(self, rows: Mapping[str, FeatureRow]) -> None:
        """Replaces the rows of these entities."""
        # Users that sign in by role may not use transactions; each row is written whole anyway.
        pipe = self._valkey.pipeline(transaction=False)
        for name, row in rows.items():
            pipe.set(_PREFIX + name, encoded(row), ex=self._ends_s)
        pipe.execute()
