"""Files from and to `s3://` (by the role of the task), `file://` or plain paths."""

from __future__ import annotations

import os
from pathlib import Path

from pyarrow import fs


def list_files(uri: str) -> list[str]:
    """Paths below the address, relative to it and sorted; none is an empty list."""
    system, path = _open(uri)
    if system.get_file_info(path).type != fs.FileType.Directory:
        return []
    found = system.get_file_info(fs.FileSelector(path, recursive=True))
    return sorted(f.path[len(path) :].lstrip("/") for f in found if f.is_file)


def fetch_folder(uri: str, folder: Path) -> list[Path]:
    """Copies everything below the address into the folder; returns the copies."""
    system, path = _open(uri)
    names = list_files(uri)
    folder.mkdir(parents=True, exist_ok=True)
    if names:
        fs.copy_files(path, str(folder), source_filesystem=system)
    return [folder / name for name in names]


def fetch_file(uri: str, target: Path) -> bool:
    """Copies one file; False when there is none."""
    system, path = _open(uri)
    if system.get_file_info(path).type != fs.FileType.File:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    fs.copy_files(path, str(target), source_filesystem=system)
    return True


def publish_folder(folder: Path, uri: str) -> None:
    """Copies everything in the folder to below the address."""
    system, path = _open(uri)
    system.create_dir(path, recursive=True)
    fs.copy_files(str(folder), path, destination_filesystem=system)


def publish_file(source: Path, uri: str) -> None:
    """Copies one file to the address."""
    system, path = _open(uri)
    if isinstance(system, fs.LocalFileSystem):
        system.create_dir(str(Path(path).parent), recursive=True)
    fs.copy_files(str(source), path, destination_filesystem=system)


def read_bytes(uri: str) -> bytes | None:
    """The content of a file, or None when there is none."""
    system, path = _open(uri)
    if system.get_file_info(path).type != fs.FileType.File:
        return None
    with system.open_input_stream(path, compression=None) as stream:
        return bytes(stream.read())


def write_bytes(uri: str, content: bytes) -> None:
    """Writes a file in one go; folders above it are made where there are folders."""
    system, path = _open(uri)
    if isinstance(system, fs.LocalFileSystem):
        system.create_dir(str(Path(path).parent), recursive=True)
    with system.open_output_stream(path, compression=None) as stream:
        stream.write(content)


def _open(uri: str) -> tuple[fs.FileSystem, str]:
    """The file system, and the path in it.

    Only the bucket is opened by its address: a path may hold blanks and umlauts, which an address may not.
    """
    if not uri.startswith("s3://"):
        return fs.LocalFileSystem(), str(Path(uri.removeprefix("file://")).resolve())
    path = uri.removeprefix("s3://").rstrip("/")
    bucket, _, _ = path.partition("/")
    region = os.environ.get("AWS_REGION")
    # Else the region of the bucket is asked for where a network without internet cannot reach.
    system, _ = fs.FileSystem.from_uri(f"s3://{bucket}?region={region}" if region else f"s3://{bucket}")
    return system, path
