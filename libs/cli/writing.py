"""Writes a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from libs.core.errors import Invalid


def write_whole(path: Path, text: str) -> None:
    """Replaces a file in one step: a reader sees the old text or the new one.

    Raises:
        Invalid: the folder cannot be written; the old file is still there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as stream:
            beside = Path(stream.name)
            try:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                beside.unlink(missing_ok=True)
                raise
        beside.replace(path)
    except OSError as error:
        raise Invalid(
            f"{path} cannot be written: {error}", advice="What was there before is still there."
        ) from error
