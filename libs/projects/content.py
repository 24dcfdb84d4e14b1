"""Content-addressed objects of one organisation in the blob store."""

import json
from typing import Any

from libs.core.values import canonical_json, sha256_hex
from libs.projects.errors import ArtifactDamaged
from libs.projects.models import Ref
from libs.storage.port import BlobNotFound, BlobStore


def object_key(organisation_id: str, sha256: str) -> str:
    """Key of the bytes in the blob store: `<organisation>/sha256/<two digits>/<digest>`."""
    return f"{organisation_id}/sha256/{sha256[:2]}/{sha256}"


class ContentStore:
    """Puts and gets bytes by their SHA-256; equal bytes are stored once per organisation."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs

    async def put(self, organisation_id: str, kind: str, data: bytes, content_type: str) -> Ref:
        """Stores the bytes and names them; storing the same bytes again is free.

        Raises:
            StorageUnavailable: the store does not answer or is full.
        """
        sha256 = sha256_hex(data)
        await self._blobs.put(object_key(organisation_id, sha256), data, content_type=content_type)
        return Ref(sha256=sha256, bytes=len(data), kind=kind)

    async def put_json(self, organisation_id: str, kind: str, value: Any) -> Ref:
        """Stores the canonical JSON of a value."""
        return await self.put(organisation_id, kind, canonical_json(value), "application/json")

    async def get(self, organisation_id: str, sha256: str) -> bytes:
        """The bytes, proven to be the ones that were stored.

        Raises:
            BlobNotFound: nothing is stored under that digest.
            ArtifactDamaged: the bytes do not have that digest any more.
        """
        data = await self._blobs.get(object_key(organisation_id, sha256))
        if sha256_hex(data) != sha256:
            raise ArtifactDamaged(
                f"The stored object {sha256[:12]}… is not what was written.",
                advice="Restore the object from a backup or run the design again.",
                sha256=sha256,
            )
        return data

    async def matches(self, organisation_id: str, sha256: str) -> bool:
        """Whether the object is there and has that digest."""
        try:
            await self.get(organisation_id, sha256)
        except (BlobNotFound, ArtifactDamaged):
            return False
        return True

    async def get_json(self, organisation_id: str, sha256: str) -> Any:
        """The value behind `put_json`; raises as `get` does."""
        return json.loads(await self.get(organisation_id, sha256))

    async def presigned_get(
        self, organisation_id: str, sha256: str, *, filename: str, expires_s: int
    ) -> str | None:
        """A URL for the browser, or None where the store has none."""
        key = object_key(organisation_id, sha256)
        return await self._blobs.presigned_get(key, filename=filename, expires_s=expires_s)

    async def sweep(self, organisation_id: str, reachable: frozenset[str], *, older_than: float) -> int:
        """Deletes objects that no row names and that are older than the moment (seconds since the epoch).

        Objects left by a worker that lost its lease before it could record them are removed this way. A worker may
        put the same bytes again meanwhile: each object is looked at once more right before it goes.
        """
        removed = 0
        async for blob in self._blobs.list(f"{organisation_id}/sha256/"):
            if blob.modified_at >= older_than or blob.key.rsplit("/", 1)[-1] in reachable:
                continue
            async for found in self._blobs.list(blob.key):
                if found.modified_at < older_than:
                    await self._blobs.delete(found.key)
                    removed += 1
        return removed
