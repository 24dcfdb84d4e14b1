"""Where bytes live: immutable objects under a key."""

from collections.abc import AsyncIterator
from typing import Protocol

from libs.core.errors import NotFound, Unavailable
from libs.core.values import Value


class BlobNotFound(NotFound):
    """No object is stored under that key."""

    code = "storage.blob_not_found"


class StorageUnavailable(Unavailable):
    """The object store does not answer or is full."""

    code = "storage.unavailable"


class BlobInfo(Value):
    """What a listing says of an object."""

    key: str
    bytes: int
    modified_at: float
    """Seconds since the epoch."""


class BlobStore(Protocol):
    """Immutable objects: the first write under a key stands.

    Keys are relative POSIX paths of `[A-Za-z0-9._/-]` without `..`; an adapter refuses others with `Invalid`.
    """

    async def put(self, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> bool:
        """Stores the bytes unless the key is taken; returns whether this call wrote them.

        An object that was there already is as young as a new one afterwards, to within an hour.

        Raises:
            StorageUnavailable: the store does not answer or the disk is full; nothing half-written stays.
        """
        ...

    async def get(self, key: str) -> bytes:
        """The bytes under the key.

        Raises:
            BlobNotFound: nothing is stored there.
            StorageUnavailable: the store does not answer.
        """
        ...

    async def exists(self, key: str) -> bool: ...

    async def delete(self, key: str) -> None:
        """Removes the object; a missing key is no error."""
        ...

    def list(self, prefix: str) -> AsyncIterator[BlobInfo]:
        """Every object whose key starts with the prefix, sorted by key."""
        ...

    async def presigned_get(self, key: str, *, filename: str, expires_s: int) -> str | None:
        """A URL that serves the object for a while, or None where the store cannot (the API streams then)."""
        ...
