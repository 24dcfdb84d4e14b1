"""A published archive as a model, opened once in a process that predicts many pieces of a table."""

from __future__ import annotations

import tarfile
import tempfile
from functools import cache
from pathlib import Path

from .predictor import Predictor


@cache
def predictor_of(archive: str) -> Predictor:
    """The model in the archive at this path."""
    folder = Path(tempfile.mkdtemp())
    unpack(Path(archive), folder)
    return Predictor(folder)


def unpack(archive: Path, folder: Path) -> None:
    """The files of a published archive, which has no folders; anything else in it is left out."""
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None:
                (folder / Path(member.name).name).write_bytes(content.read())
