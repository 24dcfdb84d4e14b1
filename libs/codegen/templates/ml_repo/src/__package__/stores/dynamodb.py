"""Rows in a DynamoDB table, one item an entity, for applications that look records up by key.

An item is put whole, so a repeated run leaves the same items. A table of this kind is never
replaced as a whole: an entity that no longer arrives keeps its last item until it expires.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from ..aws.clients import client
from ..aws.dynamodb import put_items
from .records import Records, cells

EXPIRY = "expires_at"
"""Attribute by which the table lets items end, in seconds since 1970."""
_DAY_S = 86_400


class DynamoDbStore:
    """One table for all records; the name of the record table is part of the key."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("RECORDS_TABLE",)

    def __init__(self, dynamodb: Any, table: str, *, retention_days: int = 0) -> None:
        """
        Args:
            dynamodb: a client of `dynamodb`.
            table: its name.
            retention_days: after which an item expires; 0 keeps it.
        """
        self._dynamodb = dynamodb
        self._table = table
        self._retention_days = retention_days

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The store of the table that the variables name; `RECORDS_RETENTION_DAYS` may be set."""
        days = int(variables.get("RECORDS_RETENTION_DAYS") or 0)
        # A table that grows with its load refuses whole batches for a while.
        writer = client("dynamodb", attempts=10)
        return cls(writer, variables["RECORDS_TABLE"], retention_days=days)

    def write(self, records: Records) -> None:
        """Puts every row.

        Raises:
            DynamoDbRefused: the table is too slow for the rows that are left.
        """
        put_items(self._dynamodb, self._table, self._items(records))

    def _items(self, records: Records) -> Iterator[dict[str, Any]]:
        schema = self._dynamodb.describe_table(TableName=self._table)["Table"]["KeySchema"]
        keys = {key["KeyType"]: key["AttributeName"] for key in schema}
        names = [str(name) for name in records.rows.columns]
        expiry = int(time.time()) + self._retention_days * _DAY_S
        seen: set[str] = set()
        for position, row in reversed(list(enumerate(cells(records.rows)))):
            values = dict(zip(names, row, strict=True))
            entity = str(values[records.key]) if records.key else f"{records.run}{position:09d}"
            if entity in seen:
                continue  # a batch may not name a key twice; the later row is the newer one
            seen.add(entity)
            item = {name: _attribute(value) for name, value in values.items() if value is not None}
            item[keys["HASH"]] = {"S": f"{records.table}#{entity}"}
            if "RANGE" in keys:
                item[keys["RANGE"]] = {"S": records.run or "current"}
            if self._retention_days:
                item[EXPIRY] = {"N": str(expiry)}
            yield item


def _attribute(value: object) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int | float):
        return {"N": str(Decimal(repr(value)))}
    return {"S": value.isoformat() if isinstance(value, datetime) else str(value)}
