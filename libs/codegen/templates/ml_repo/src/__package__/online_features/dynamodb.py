"""Features in a DynamoDB table with the key `entity_id`.

The table removes an item some time after it has expired; until then readers pass over it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from ..aws.clients import client
from ..aws.dynamodb import get_items, put_items
from .store import FeatureRow, decoded, encoded

_KEY, _ROW, _EXPIRY = "entity_id", "features", "expires_at"
_DAY_S = 86_400


class DynamoDbFeatures:
    """One item an entity; its row is one attribute, so that it is read and written whole."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("FEATURES_TABLE",)

    def __init__(self, reader: Any, writer: Any, table: str, *, retention_days: int = 0) -> None:
        """
        Args:
            reader: a client of `dynamodb` that gives up quickly.
            writer: one that is patient.
            table: its name.
            retention_days: after its last write an item expires; 0 keeps it.
        """
        self._reader = reader
        self._writer = writer
        self._table = table
        self._retention_days = retention_days

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The table that the variables name; `FEATURES_RETENTION_DAYS` may be set."""
        days = int(variables.get("FEATURES_RETENTION_DAYS") or 0)
        reader = client("dynamodb", timeout_s=1.0, attempts=2)
        # A table that grows with its load refuses whole batches for a while.
        writer = client("dynamodb", attempts=10)
        return cls(reader, writer, variables["FEATURES_TABLE"], retention_days=days)

    def get(self, ids: Sequence[str]) -> dict[str, FeatureRow]:
        """The rows of the entities that are known."""
        keys = ({_KEY: {"S": name}} for name in ids)
        items = get_items(self._reader, self._table, keys, attempts=2)
        now = time.time()
        return {i[_KEY]["S"]: decoded(i[_ROW]["S"]) for i in items if not _expired(i, now)}

    def put(self, rows: Mapping[str, FeatureRow]) -> None:
        """Replaces the rows of these entities."""
        kept_s = self._retention_days * _DAY_S
        ends = {_EXPIRY: {"N": str(int(time.time()) + kept_s)}} if kept_s else {}
        items = ({_KEY: {"S": n}, _ROW: {"S": encoded(row)}, **ends} for n, row in rows.items())
        put_items(self._writer, self._table, items)


def _expired(item: Mapping[str, Any], now: float) -> bool:
    return _EXPIRY in item and float(item[_EXPIRY]["N"]) <= now
