"""Looks into a packed repository."""

import hashlib
import io
import zipfile

from api.schemas.designs import RepositoryFile
from libs.core.errors import NotFound


class FileNotFound(NotFound):
    """There is no such file in the repository."""

    code = "api.file_not_found"


def listing(packed: bytes) -> list[RepositoryFile]:
    """Every file with its size and digest, sorted by path."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        infos = sorted((i for i in archive.infolist() if not i.is_dir()), key=lambda i: i.filename)
        return [
            RepositoryFile(
                path=info.filename,
                bytes=info.file_size,
                sha256=hashlib.sha256(archive.read(info)).hexdigest(),
            )
            for info in infos
        ]


def content(packed: bytes, path: str) -> bytes:
    """The bytes of one file.

    Raises:
        FileNotFound: the repository has no file of that path.
    """
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        if path not in archive.namelist() or path.endswith("/"):
            raise FileNotFound(
                f"The repository has no file {path[:200]!r}.",
                advice="The list of files names every path.",
                path=path[:200],
            )
        return archive.read(path)
