"""Amazon S3 Vectors: similarity with filters on metadata; words are matched on what similarity found.

The index is created by the infrastructure with the cosine as distance and with `text`, `title`, `section` and
`source` as metadata that is not filtered by, because filterable metadata is limited to 2 KB a vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .. import aws
from ..passages import Passage
from ..settings import Settings
from .port import Hit, Scope, StoreUnavailable

_PUT, _DELETE, _QUERY = 200, 500, 100
"""Vectors in one call: below the 500 of the service to stay within 20 MiB; and the most a query returns."""


class S3VectorStore:
    """One index of one vector bucket."""

    def __init__(self, client: Any, bucket: str, index: str) -> None:
        """Takes a client of `s3vectors`."""
        self._client = client
        self._where = {"vectorBucketName": bucket, "indexName": index}

    def clear(self) -> None:
        """Removes every vector; the infrastructure has an index of its own for each length of them."""
        while names := [found["key"] for found in self._call("list_vectors", maxResults=_DELETE)["vectors"]]:
            self.delete(names)

    def prepare(self) -> None:
        """Needs nothing: the infrastructure has created the index."""

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Adds or replaces."""
        entries = [
            {
                "key": passage.passage_id,
                "data": {"float32": [float(number) for number in vector]},
                "metadata": {**passage.to_json(), "access": list(passage.access)},
            }
            for passage, vector in zip(passages, vectors, strict=True)
        ]
        for batch in _batches(entries, _PUT):
            self._call("put_vectors", vectors=batch)

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Removes."""
        for batch in _batches(list(passage_ids), _DELETE):
            self._call("delete_vectors", keys=batch)

    def nearest(self, vector: np.ndarray, count: int, scope: Scope) -> list[Hit]:
        """By the cosine; the filter is applied while searching, so it never empties the answer."""
        conditions: list[dict[str, Any]] = [{"access": {"$in": list(scope.groups)}}]
        conditions += [{name: {"$eq": value}} for name, value in sorted(scope.equal.items())]
        answer = self._call(
            "query_vectors",
            topK=min(count, _QUERY),
            queryVector={"float32": [float(number) for number in vector]},
            filter={"$and": conditions} if len(conditions) > 1 else conditions[0],
            returnMetadata=True,
            returnDistance=True,
        )
        return [Hit(Passage.from_json(found["metadata"]), 1 - float(found["distance"])) for found in answer["vectors"]]

    def matching(self, question: str, count: int, scope: Scope) -> list[Hit] | None:
        """The index has no search for words."""
        return None

    def _call(self, operation: str, **arguments: Any) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer: dict[str, Any] = getattr(self._client, operation)(**self._where, **arguments)
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(f"S3 Vectors: {error}") from error
        return answer


def connect(settings: Settings, dimensions: int) -> S3VectorStore:
    """`VECTOR_INDEX` of `VECTOR_BUCKET`; the index knows its dimensions."""
    bucket, index = settings.need("VECTOR_BUCKET"), settings.need("VECTOR_INDEX")
    return S3VectorStore(aws.client("s3vectors", settings.patience), bucket, index)


def _batches(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
