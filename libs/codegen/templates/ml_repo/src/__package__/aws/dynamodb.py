"""Items into and out of DynamoDB tables in batches; what a table leaves undone is sent again."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from .clients import pause
from .parallel import each

_PUT_BATCH, _GET_BATCH = 25, 100
_ATTEMPTS = 8
_WRITERS = 8


class DynamoDbRefused(Exception):
    """A table did not take or give all items, also after pauses."""


def put_items(dynamodb: Any, table: str, items: Iterable[dict[str, Any]]) -> None:
    """Puts every item, several batches at once; no two may have the same key.

    Raises:
        DynamoDbRefused: the table is too slow for the items that are left.
    """

    def put(batch: list[dict[str, Any]]) -> None:
        requests = [{"PutRequest": {"Item": item}} for item in batch]
        for attempt in range(_ATTEMPTS):
            answer = dynamodb.batch_write_item(RequestItems={table: requests})
            requests = answer.get("UnprocessedItems", {}).get(table, [])
            if not requests:
                return
            time.sleep(pause(attempt))
        raise DynamoDbRefused(f"{len(requests)} items were not taken by {table}")

    each(put, _batches(iter(items), _PUT_BATCH), _WRITERS)


def get_items(
    dynamodb: Any, table: str, keys: Iterable[dict[str, Any]], attempts: int = _ATTEMPTS
) -> Iterator[dict[str, Any]]:
    """The items that are there, in no particular order.

    Raises:
        DynamoDbRefused: the table is too slow for the keys that are left.
    """
    for batch in _batches(iter(keys), _GET_BATCH):
        wanted = {table: {"Keys": batch}}
        for attempt in range(attempts):
            answer = dynamodb.batch_get_item(RequestItems=wanted)
            yield from answer["Responses"].get(table, ())
            wanted = answer.get("UnprocessedKeys", {})
            if not wanted:
                break
            time.sleep(pause(attempt))
        else:
            raise DynamoDbRefused(f"{len(wanted[table]['Keys'])} items were not given by {table}")


def _batches(values: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(values, size)):
        yield batch
