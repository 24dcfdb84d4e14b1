"""Features in a DynamoDB table with the key `entity_id`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from ..aws.clients import client
from ..aws.dynamodb import get_items, put_items
from .store import FeatureRow, decoded, encoded

_KEY, _ROW = "entity_id", "features"


class DynamoDbFeatures:
    """One item an entity; its row is one attribute, so that it is read and written whole."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("FEATURES_TABLE",)

    def __init__(self, reader: Any, writer: Any, table: str) -> None:
        """
        Args:
            reader: a client of `dynamodb` that gives up quickly.
            writer: one that is patient.
            table: its name.
        """
        self._reader = reader
        self._writer = writer
        self._table = table

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The table that the variables name."""
        reader = client("dynamodb", timeout_s=1.0, attempts=2)
        # A table that grows with its load refuses whole batches for a while.
        writer = client("dynamodb", attempts=10)
        return cls(reader, writer, variables["FEATURES_TABLE"])

    def get(self, ids: Sequence[str]) -> dict[str, FeatureRow]:
        """The rows of the entities that are known."""
        keys = ({_KEY: {"S": name}} for name in ids)
        items = get_items(self._reader, self._table, keys, attempts=2)
        return {item[_KEY]["S"]: decoded(item[_ROW]["S"]) for item in items}

    def put(self, rows: Mapping[str, FeatureRow]) -> None:
        """Replaces the rows of these entities."""
        items = ({_KEY: {"S": n}, _ROW: {"S": encoded(row)}} for n, row in rows.items())
        put_items(self._writer, self._table, items)
