"""Receives an upload piece by piece into a temporary file, with the limit held while reading."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from libs.datasets.errors import DatasetTooLarge
from libs.datasets.models import UploadLimits
from libs.datasets.service import Upload

_PIECE = 1 << 20


class Receiver:
    """Takes bytes until the limit; the digest is ready with the last one."""

    def __init__(self, path: Path, limits: UploadLimits) -> None:
        self._file = path.open("wb")
        self._path = path
        self._limit = limits.bytes
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, piece: bytes) -> None:
        """Appends.

        Raises:
            DatasetTooLarge: more than is accepted; what was written goes with the folder.
        """
        self._size += len(piece)
        if self._size > self._limit:
            raise DatasetTooLarge(
                f"The file is larger than {self._limit:,} bytes.",
                advice=f"Nothing was kept. Send at most {self._limit:,} bytes: a sample of the rows is enough, and "
                "Parquet is smaller.",
                limit_bytes=self._limit,
            )
        self._digest.update(piece)
        self._file.write(piece)

    def close(self) -> None:
        """Ends the file."""
        self._file.close()

    def upload(self, name: str) -> Upload:
        """What was received."""
        self.close()
        return Upload(path=self._path, name=name, sha256=self._digest.hexdigest(), bytes=self._size)


@asynccontextmanager
async def receiver(limits: UploadLimits) -> AsyncIterator[Receiver]:
    """A receiver whose file lives as long as the block."""
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="upload-")
    taking = Receiver(Path(folder.name) / "upload", limits)
    try:
        yield taking
    finally:
        taking.close()
        await asyncio.to_thread(folder.cleanup)


def receive_file(source: Path, write: Callable[[bytes], None]) -> None:
    """Hands a local file over in pieces; blocking, so call it in a thread."""
    with source.open("rb") as stream:
        while piece := stream.read(_PIECE):
            write(piece)
