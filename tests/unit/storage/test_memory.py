"""The memory store as a disk that fills up."""

import pytest

from libs.storage.adapters.memory import MemoryStore
from libs.storage.port import StorageUnavailable


class TestMemoryStore:
    async def test_behaves_like_a_full_disk_at_its_capacity(self) -> None:
        store = MemoryStore(capacity_bytes=8)
        await store.put("a", b"12345")

        with pytest.raises(StorageUnavailable, match="full"):
            await store.put("b", b"67890")

        assert await store.get("a") == b"12345"
        assert not await store.exists("b")
