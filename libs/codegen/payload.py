"""The payload: the repository as one zip whose bytes depend on the files alone, and its guarded unpacking.

Entries are stored, not deflated: deflate gives other bytes with another build of zlib, and then the same answers
would give another hash on another machine.
"""

import io
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from libs.codegen.models import RenderedFile
from libs.core.errors import Invalid
from libs.core.values import sha256_hex

_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE_MODE, _PROGRAM_MODE, _FOLDER_MODE = 0o644, 0o755, 0o755
MOST_FILES = 5_000
MOST_BYTES = 256_000_000
MOST_FILE_BYTES = 64_000_000
_LONGEST_PATH = 400


class BadPayload(Invalid):
    """The archive is not a payload that can be unpacked safely."""

    code = "codegen.bad_payload"


def pack(files: Sequence[RenderedFile]) -> bytes:
    """The files as a zip; the order in which they are given does not matter.

    Raises:
        BadPayload: a path is unsafe or given twice, or the whole is too large.
    """
    seen: set[str] = set()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(files, key=lambda file: file.path):
            _admit(file.path, len(file.content), seen)
            entry = zipfile.ZipInfo(file.path, date_time=_TIME)
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | (_PROGRAM_MODE if file.executable else _FILE_MODE)) << 16
            archive.writestr(entry, file.content)
    if buffer.tell() > MOST_BYTES:
        raise BadPayload(f"The payload is larger than {MOST_BYTES} bytes.")
    return buffer.getvalue()


def read(data: bytes) -> tuple[RenderedFile, ...]:
    """The files of a zip, sorted by path; nothing is written anywhere.

    Raises:
        BadPayload: it is no zip, or an entry is unsafe, no regular file, given twice or too large.
    """
    seen: set[str] = set()
    files: list[RenderedFile] = []
    room = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                _admit(entry.filename, entry.file_size, seen)
                mode = entry.external_attr >> 16
                if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
                    raise BadPayload(f"{entry.filename!r} is no regular file.")
                with archive.open(entry) as stream:
                    # The declared size is a claim; what is read is bounded.
                    content = stream.read(min(room, MOST_FILE_BYTES) + 1)
                room -= len(content)
                if room < 0 or len(content) > MOST_FILE_BYTES:
                    raise BadPayload("The payload is larger unpacked than is allowed.")
                executable = bool(mode & stat.S_IXUSR)
                files.append(RenderedFile(path=entry.filename, content=content, executable=executable))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BadPayload(f"The archive cannot be read: {error}.") from error
    return tuple(sorted(files, key=lambda file: file.path))


def unpack(data: bytes, directory: Path) -> tuple[RenderedFile, ...]:
    """Writes the files of a zip below an empty or missing folder and returns them.

    Raises:
        BadPayload: as `read` does, before anything is written; or the folder is not empty.
    """
    files = read(data)
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise BadPayload(f"The folder {directory} is not empty, so nothing was written.")
    directory.chmod(_FOLDER_MODE)
    for file in files:
        target = directory / file.path
        _make_folders(directory, target.parent)
        with target.open("xb") as stream:
            stream.write(file.content)
        target.chmod(_PROGRAM_MODE if file.executable else _FILE_MODE)
    return files


def payload_sha256(data: bytes) -> str:
    """The hash that names the payload and binds every result to it."""
    return sha256_hex(data)


def _admit(path: str, size: int, seen: set[str]) -> None:
    parts = PurePosixPath(path).parts
    if (
        not path
        or len(path) > _LONGEST_PATH
        or path.startswith("/")
        or "\\" in path
        or ":" in path
        or not path.isprintable()
        or path != "/".join(parts)
        or ".." in parts
        or ".git" in parts
    ):
        raise BadPayload(f"{path!r} is no safe path in a repository.")
    folded = path.casefold()
    if folded in seen:
        raise BadPayload(f"{path!r} is given twice, or differs from another path in case alone.")
    if any(parent.as_posix() in seen for parent in PurePosixPath(folded).parents):
        raise BadPayload(f"{path!r} lies below a file.")
    seen.add(folded)
    if len(seen) > MOST_FILES:
        raise BadPayload(f"The payload has more than {MOST_FILES} files.")
    if size > MOST_FILE_BYTES:
        raise BadPayload(f"{path!r} is larger than {MOST_FILE_BYTES} bytes.")


def _make_folders(root: Path, folder: Path) -> None:
    """Every folder open to all readers, whatever the process's umask: a sandboxed user must get through."""
    for part in (*reversed(folder.relative_to(root).parents), folder.relative_to(root)):
        place = root / part
        if not place.is_dir():
            place.mkdir()
            place.chmod(_FOLDER_MODE)
