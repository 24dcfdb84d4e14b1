"""Reads a repository from a folder: the files of its payload, and never more than a payload may hold."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from libs.codegen.merging.tree import is_left_behind
from libs.codegen.models import RenderedFile
from libs.codegen.payload import MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, BadPayload
from libs.core.errors import Invalid

_REPORTS = PurePosixPath("reports")


class Repository(NamedTuple):
    """What a folder holds of a repository."""

    files: list[RenderedFile]
    links: list[str]
    """Paths of its symbolic links. None is followed, so what they lead to is not among the files, though Terraform
    and git use it."""


def read_repository(folder: Path) -> Repository:
    """The files that belong to the payload: neither reports nor what tools left behind.

    Raises:
        BadPayload: a file is larger than a payload may hold, or all together are; it is not read.
        Invalid: a file or folder cannot be read.
    """
    files: list[RenderedFile] = []
    links: list[str] = []
    room = MOST_BYTES
    try:
        for path in _paths(folder):
            relative = path.relative_to(folder).as_posix()
            if path.is_symlink():
                links.append(relative if relative.isprintable() else ascii(relative))
            elif path.is_file():
                files.append(_read(path, relative, room))
                room -= len(files[-1].content)
                if len(files) > MOST_FILES:
                    raise BadPayload(f"The payload has more than {MOST_FILES} files.")
    except OSError as error:
        raise Invalid(f"The repository cannot be read: {error}.", advice="Nothing was checked.") from error
    return Repository(files, sorted(links))


def _paths(folder: Path) -> Iterator[Path]:
    """Files and links, of folders as well."""
    for name, folders, files in os.walk(folder, onerror=_refuse):
        inside = PurePosixPath(Path(name).relative_to(folder).as_posix())
        folders[:] = [each for each in folders if _belongs(inside / each)]
        for each in (*folders, *files):
            if _belongs(inside / each):
                yield Path(name, each)


def _belongs(path: PurePosixPath) -> bool:
    return path != _REPORTS and not is_left_behind(path)


def _refuse(error: OSError) -> None:
    raise error


def _read(path: Path, relative: str, room: int) -> RenderedFile:
    status = path.stat()
    if status.st_size > MOST_FILE_BYTES:
        raise BadPayload(f"{relative!r} is larger than {MOST_FILE_BYTES} bytes.")
    if status.st_size > room:
        raise BadPayload(f"The payload is larger than {MOST_BYTES} bytes.")
    with path.open("rb") as stream:
        content = stream.read(status.st_size)
    return RenderedFile(path=relative, content=content, executable=bool(status.st_mode & 0o100))
