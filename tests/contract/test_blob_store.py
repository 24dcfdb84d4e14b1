"""What every object store does."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from libs.core.errors import Invalid
from libs.storage.adapters import s3
from libs.storage.adapters.folder import FolderStore
from libs.storage.adapters.memory import MemoryStore
from libs.storage.adapters.s3 import S3Store
from libs.storage.port import BlobNotFound, BlobStore


@pytest.fixture(params=["memory", "folder", "s3", "s3 with a prefix"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "folder":
        return FolderStore(tmp_path / "blobs")
    return S3Store(
        bucket=request.getfixturevalue("s3_bucket"),
        prefix="one/two" if request.param == "s3 with a prefix" else "",
        endpoint_url=request.getfixturevalue("s3_endpoint"),
    )


async def keys(store: BlobStore, prefix: str) -> list[str]:
    return [info.key async for info in store.list(prefix)]


class TestPut:
    async def test_gives_back_the_same_bytes(self, store: BlobStore) -> None:
        data = bytes(range(256)) * 5000

        assert await store.put("payloads/a.zip", data, content_type="application/zip")

        assert await store.get("payloads/a.zip") == data

    async def test_keeps_an_empty_object(self, store: BlobStore) -> None:
        await store.put("empty", b"")

        assert await store.get("empty") == b""

    async def test_the_first_write_stands(self, store: BlobStore) -> None:
        await store.put("key", b"first")

        assert not await store.put("key", b"second")
        assert await store.get("key") == b"first"

    async def test_a_repeated_write_makes_the_object_young(
        self, store: BlobStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(s3, "_YOUNG", timedelta(0))
        await store.put("key", b"first", content_type="application/zip")
        [old] = [info.modified_at async for info in store.list("key")]
        await asyncio.sleep(1.1)

        await store.put("key", b"second", content_type="application/zip")

        [young] = [info.modified_at async for info in store.list("key")]
        assert young > old
        assert await store.get("key") == b"first"

    async def test_one_of_many_writers_at_once_wins(self, store: BlobStore) -> None:
        contents = [f"writer {n}".encode() for n in range(12)]

        wrote = await asyncio.gather(*(store.put("race", content) for content in contents))

        assert wrote.count(True) == 1
        assert await store.get("race") == contents[wrote.index(True)]

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "/absolute",
            "../up",
            "a/../b",
            "a//b",
            "a/",
            "a b",
            "a\\b",
            "a\x00b",
            "é",
            ".",
            "a/./b",
            "x" * 901,
        ],
    )
    async def test_refuses_a_key_that_could_leave_the_store(self, store: BlobStore, key: str) -> None:
        with pytest.raises(Invalid):
            await store.put(key, b"")
        with pytest.raises(Invalid):
            await store.get(key)


class TestGet:
    async def test_a_missing_object_is_not_found(self, store: BlobStore) -> None:
        with pytest.raises(BlobNotFound):
            await store.get("nothing/here")


class TestExists:
    async def test_tells_whether_an_object_is_there(self, store: BlobStore) -> None:
        await store.put("here", b"1")

        assert await store.exists("here")
        assert not await store.exists("there")


class TestDelete:
    async def test_removes_an_object_and_frees_its_key(self, store: BlobStore) -> None:
        await store.put("key", b"old")

        await store.delete("key")

        assert not await store.exists("key")
        assert await store.put("key", b"new")

    async def test_a_missing_object_is_no_error(self, store: BlobStore) -> None:
        await store.delete("nothing/here")

        assert not await store.exists("nothing/here")


class TestList:
    async def test_gives_keys_below_a_prefix_in_order(self, store: BlobStore) -> None:
        for key in ("runs/b", "runs/a/2", "runs/a/1", "run", "other/x", "runs/a-0"):
            await store.put(key, b"x")

        assert await keys(store, "runs/") == ["runs/a-0", "runs/a/1", "runs/a/2", "runs/b"]

    async def test_a_prefix_may_end_inside_a_name(self, store: BlobStore) -> None:
        for key in ("ab/c", "abc", "b"):
            await store.put(key, b"x")

        assert await keys(store, "ab") == ["ab/c", "abc"]

    async def test_an_empty_store_lists_nothing(self, store: BlobStore) -> None:
        assert await keys(store, "") == []

    async def test_a_prefix_does_not_lead_out(self, store: BlobStore) -> None:
        await store.put("a", b"x")

        assert await keys(store, "../") == []
        assert await keys(store, "/") == []

    async def test_tells_size_and_age(self, store: BlobStore) -> None:
        await store.put("sized", b"12345")

        [info] = [info async for info in store.list("sized")]

        assert info.bytes == 5
        assert info.modified_at > 1_700_000_000


class TestPresignedGet:
    async def test_a_link_serves_the_object_as_a_download_or_there_is_none(self, store: BlobStore) -> None:
        await store.put("payloads/x.zip", b"zip bytes")

        url = await store.presigned_get("payloads/x.zip", filename='my "repo".zip', expires_s=60)

        if url is not None:
            async with httpx.AsyncClient() as client:
                answer = await client.get(url)
            assert answer.content == b"zip bytes"
            assert answer.headers["content-disposition"] == 'attachment; filename="my__repo_.zip"'
        assert (url is not None) == isinstance(store, S3Store)
