"""Takes files out of a folder that sandboxed code has written, trusting nothing it finds there."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from libs.core.errors import Invalid, LimitReached
from libs.core.values import Value


class HarvestTooLarge(LimitReached):
    """The program left more than may be taken over."""

    code = "sandbox.harvest_too_large"


class HarvestNotAFolder(Invalid):
    """The folder that was to be collected is missing or is a link."""

    code = "sandbox.harvest_not_a_folder"


class HarvestLimits(Value):
    """How much is taken at most."""

    files: int = 5_000
    file_bytes: int = 64_000_000
    total_bytes: int = 256_000_000
    depth: int = 16


class Harvest(Value):
    """What was found."""

    files: dict[str, bytes]
    """Content by relative POSIX path, sorted."""
    refused: tuple[str, ...]
    """Entries that are no regular files or folders (links, pipes, devices), and names that are no text."""


def harvest(directory: Path, limits: HarvestLimits) -> Harvest:
    """Collects the regular files below the folder; blocking, so call it in a thread.

    Raises:
        HarvestTooLarge: a limit was passed; nothing is returned then.
        HarvestNotAFolder: the folder itself is missing or a link.
    """
    files: dict[str, bytes] = {}
    refused: list[str] = []
    total = 0
    try:
        root = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise HarvestNotAFolder(folder=str(directory)) from error
    try:
        for path, descriptor in _regular_files(root, "", limits.depth, refused):
            try:
                if len(files) >= limits.files:
                    raise HarvestTooLarge(f"The program left more than {limits.files} files.")
                data = _read(descriptor, limits.file_bytes, path)
            finally:
                os.close(descriptor)
            total += len(data)
            if total > limits.total_bytes:
                raise HarvestTooLarge(f"The program left more than {limits.total_bytes} bytes in all.")
            files[path] = data
    finally:
        os.close(root)
    return Harvest(files=dict(sorted(files.items())), refused=tuple(sorted(refused)))


def _regular_files(folder: int, prefix: str, depth: int, refused: list[str]) -> Iterator[tuple[str, int]]:
    """Open descriptors of regular files; each step is relative to an open folder, so no link leads out."""
    if depth < 0:
        raise HarvestTooLarge("The program left folders nested too deeply.")
    for name in sorted(os.listdir(folder)):
        path = f"{prefix}{name}"
        if not path.isprintable():
            refused.append(ascii(path))
            continue
        try:
            descriptor = os.open(
                name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder
            )
        except OSError:
            refused.append(path)
            continue
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISREG(mode):
            yield path, descriptor
        elif stat.S_ISDIR(mode):
            try:
                yield from _regular_files(descriptor, f"{path}/", depth - 1, refused)
            finally:
                os.close(descriptor)
        else:
            os.close(descriptor)
            refused.append(path)


def _read(descriptor: int, cap: int, path: str) -> bytes:
    pieces: list[bytes] = []
    room = cap + 1
    while room and (piece := os.read(descriptor, min(room, 1 << 20))):
        pieces.append(piece)
        room -= len(piece)
    if not room:
        raise HarvestTooLarge(f"The file {path} is larger than {cap} bytes.")
    return b"".join(pieces)
