"""Objects in a dictionary: the shipped twin for tests and replays."""

import time
from collections.abc import AsyncIterator

from libs.storage.keys import checked
from libs.storage.port import BlobInfo, BlobNotFound, StorageUnavailable


class MemoryStore:
    """Forgets everything with the process."""

    def __init__(self, *, capacity_bytes: int | None = None) -> None:
        """
        Args:
            capacity_bytes: behaves like a full disk beyond this many bytes.
        """
        self._objects: dict[str, tuple[bytes, float]] = {}
        self._capacity_bytes = capacity_bytes

    async def put(self, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> bool:
        if checked(key) in self._objects:
            self._objects[key] = (self._objects[key][0], time.time())
            return False
        used = sum(len(stored) for stored, _ in self._objects.values())
        if self._capacity_bytes is not None and used + len(data) > self._capacity_bytes:
            raise StorageUnavailable(
                "The store is full.", advice="Nothing was stored. Free space and try again."
            )
        self._objects[key] = (bytes(data), time.time())
        return True

    async def get(self, key: str) -> bytes:
        try:
            return self._objects[checked(key)][0]
        except KeyError as error:
            raise BlobNotFound(key=key) from error

    async def exists(self, key: str) -> bool:
        return checked(key) in self._objects

    async def delete(self, key: str) -> None:
        self._objects.pop(checked(key), None)

    async def list(self, prefix: str) -> AsyncIterator[BlobInfo]:
        for key, (data, modified_at) in sorted(self._objects.items()):
            if key.startswith(prefix):
                yield BlobInfo(key=key, bytes=len(data), modified_at=modified_at)

    async def presigned_get(self, key: str, *, filename: str, expires_s: int) -> str | None:
        checked(key)
        return None
