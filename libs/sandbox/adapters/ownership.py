"""Lends writable folders to the user that a program becomes inside, and takes them back."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path


@asynccontextmanager
async def lent(folders: Sequence[Path], uid: int, gid: int) -> AsyncIterator[None]:
    """Gives everything below the folders to the user for the length of the block; links are not followed."""
    owners = {folder: folder.stat() for folder in folders}
    try:
        for folder in folders:
            await asyncio.to_thread(_give, folder, uid, gid)
        yield
    finally:
        for folder, owner in owners.items():
            await asyncio.to_thread(_give, folder, owner.st_uid, owner.st_gid)


def _give(folder: Path, uid: int, gid: int) -> None:
    os.chown(folder, uid, gid)
    for _, folders, files, descriptor in os.fwalk(folder):
        for name in (*folders, *files):
            os.chown(name, uid, gid, dir_fd=descriptor, follow_symlinks=False)
