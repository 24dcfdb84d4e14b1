"""Objects as files below a folder of this machine.

A file is written beside the objects, synced, and then linked to its name: the link is atomic and fails when
the name is taken, so the first write stands and a crash leaves nothing half-written under a key.
"""

import asyncio
import errno
import os
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from libs.storage.keys import BadKey, checked
from libs.storage.port import BlobInfo, BlobNotFound, StorageUnavailable

_ABANDONED_AFTER_S = 3600
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class FolderStore:
    """The store of the embedded default."""

    def __init__(self, root: Path) -> None:
        """
        Args:
            root: folder that holds the objects; made at the first write.
        """
        self._root = root
        self._objects = root / "objects"
        self._incoming = root / "incoming"
        self._prepared = False

    async def put(self, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> bool:
        return await asyncio.to_thread(self._put, self._path(key), data)

    async def get(self, key: str) -> bytes:
        return await asyncio.to_thread(self._get, self._path(key))

    async def exists(self, key: str) -> bool:
        return await asyncio.to_thread(self._path(key).is_file)

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._delete, self._path(key))

    async def list(self, prefix: str) -> AsyncIterator[BlobInfo]:
        for info in await asyncio.to_thread(self._below, prefix):
            yield info

    async def presigned_get(self, key: str, *, filename: str, expires_s: int) -> str | None:
        checked(key)
        return None

    def _path(self, key: str) -> Path:
        return self._objects / checked(key)

    def _put(self, path: Path, data: bytes) -> bool:
        with self._translated(path):
            self._prepare()
            if _renewed(path):
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = self._incoming / uuid.uuid4().hex
            try:
                with draft.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                written = _claim(draft, path)
                if not written:
                    _renewed(path)
            finally:
                draft.unlink(missing_ok=True)
            _sync_folder(path.parent)
            return written

    def _get(self, path: Path) -> bytes:
        with self._translated(path):
            return path.read_bytes()

    def _delete(self, path: Path) -> None:
        with self._translated(path):
            path.unlink(missing_ok=True)

    def _below(self, prefix: str) -> tuple[BlobInfo, ...]:
        with self._translated(self._objects):
            return _found(self._objects, prefix)

    def _prepare(self) -> None:
        if self._prepared and self._incoming.is_dir():
            return
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._objects.mkdir(exist_ok=True)
        for draft in self._incoming.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - draft.stat().st_mtime > _ABANDONED_AFTER_S:
                    draft.unlink()
        self._prepared = True

    @contextmanager
    def _translated(self, path: Path) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise BlobNotFound(key=path.relative_to(self._objects).as_posix()) from error
        except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
            key = path.relative_to(self._objects).as_posix()
            raise BadKey(f"The key {key!r} is a folder of other keys, or lies below an object.") from error
        except OSError as error:
            if error.errno in _FULL:
                raise StorageUnavailable(
                    f"The disk that holds {self._root} is full.",
                    advice="Nothing was stored and what was there is intact. Free some space and try again.",
                ) from error
            raise StorageUnavailable(
                f"The folder {self._root} cannot be used: {error.strerror}.",
                advice="Check that it is on a working disk and belongs to the user that runs the product.",
            ) from error


def _claim(draft: Path, path: Path) -> bool:
    """Gives the draft its name unless the name is taken."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.is_file():
            return False
        # Without hard links two first writers at the very same moment both succeed and the later one stands.
        draft.rename(path)
    return True


def _renewed(path: Path) -> bool:
    """Makes an object as young as a new one; false where there is none."""
    if not path.is_file():
        return False
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _found(objects: Path, prefix: str) -> tuple[BlobInfo, ...]:
    """Every object with the prefix, by key; only the deepest folder that must hold them all is walked."""
    inside = not prefix.startswith("/") and ".." not in prefix.split("/")
    found: list[BlobInfo] = []
    for folder, _, names in os.walk(objects / prefix.rpartition("/")[0] if inside else objects):
        for path in (Path(folder, name) for name in names):
            key = path.relative_to(objects).as_posix()
            if key.startswith(prefix):
                with suppress(FileNotFoundError):
                    status = path.stat()
                    found.append(BlobInfo(key=key, bytes=status.st_size, modified_at=status.st_mtime))
    return tuple(sorted(found, key=lambda info: info.key))
