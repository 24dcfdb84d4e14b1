"""The folder store on a disk that misbehaves."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from libs.storage.adapters.folder import FolderStore
from libs.storage.keys import BadKey
from libs.storage.port import StorageUnavailable


class TestFullDisk:
    @pytest.fixture
    def full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", refuse)

    @pytest.mark.usefixtures("full")
    async def test_says_what_happened_and_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(StorageUnavailable, match="is full") as caught:
            await FolderStore(tmp_path).put("key", b"data")

        assert "Free some space" in caught.value.advice

    @pytest.mark.usefixtures("full")
    async def test_leaves_nothing_half_written(self, tmp_path: Path) -> None:
        store = FolderStore(tmp_path)

        with pytest.raises(StorageUnavailable):
            await store.put("key", b"data")

        assert not await store.exists("key")
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small disk")
class TestSmallDisk:
    def test_a_disk_that_fills_up_keeps_what_was_there(self, tmp_path: Path) -> None:
        script = (
            "import asyncio; from pathlib import Path\n"
            "from libs.storage.adapters.folder import FolderStore\n"
            "from libs.storage.port import StorageUnavailable\n"
            "async def main():\n"
            f"    store = FolderStore(Path({str(tmp_path)!r}))\n"
            "    await store.put('small', b'kept')\n"
            "    try:\n"
            "        await store.put('large', b'x' * 1_000_000)\n"
            "    except StorageUnavailable as error:\n"
            "        print(error.message)\n"
            "    print(await store.get('small'), await store.exists('large'))\n"
            "    print(await store.put('next', b'1'))\n"
            "asyncio.run(main())\n"
        )
        mount = f"mount -t tmpfs -o size=256k none {tmp_path} && exec {sys.executable} -"

        ended = subprocess.run(
            ["unshare", "--mount", "sh", "-c", mount],
            input=script,
            text=True,
            capture_output=True,
            check=False,
            cwd=Path(__file__).parents[3],
        )

        assert ended.stdout.splitlines() == [
            f"The disk that holds {tmp_path} is full.",
            "b'kept' False",
            "True",
        ], ended.stderr


class TestBrokenFolder:
    async def test_a_folder_that_is_a_file_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "blobs").write_text("not a folder")

        with pytest.raises((StorageUnavailable, BadKey)):
            await FolderStore(tmp_path / "blobs").put("key", b"data")

    async def test_a_key_below_an_object_is_refused(self, tmp_path: Path) -> None:
        store = FolderStore(tmp_path)
        await store.put("a", b"object")

        with pytest.raises(BadKey):
            await store.put("a/b", b"below")

        assert await store.get("a") == b"object"

    async def test_without_hard_links_objects_are_still_stored(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(source: Path, target: Path) -> None:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", refuse)
        store = FolderStore(tmp_path)

        assert await store.put("key", b"first")
        assert not await store.put("key", b"second")
        assert await store.get("key") == b"first"


class TestCrash:
    async def test_a_writer_killed_at_any_moment_leaves_whole_objects(self, tmp_path: Path) -> None:
        for wait_s in (0.02, 0.05, 0.1):
            writer = multiprocessing.get_context("fork").Process(target=_write_for_ever, args=(tmp_path,))
            writer.start()
            time.sleep(wait_s)
            assert writer.pid is not None
            os.kill(writer.pid, signal.SIGKILL)
            writer.join()

        store = FolderStore(tmp_path)
        sizes = [info.bytes async for info in store.list("")]

        assert sizes
        assert set(sizes) == {300_000}

    async def test_abandoned_drafts_are_swept(self, tmp_path: Path) -> None:
        (tmp_path / "incoming").mkdir()
        draft = tmp_path / "incoming" / "draft"
        draft.write_bytes(b"half")
        os.utime(draft, (0, 0))

        await FolderStore(tmp_path).put("key", b"data")

        assert not draft.exists()


def _write_for_ever(root: Path) -> None:
    store = FolderStore(root)
    number = 0
    while True:
        store._put(store._path(f"{os.getpid()}/{number}"), b"x" * 300_000)
        number += 1
