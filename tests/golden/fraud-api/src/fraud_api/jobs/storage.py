"""Files from and to `s3://` (by the role of the task), `file://` or plain paths."""

from __future__ import annotations

from pathlib import Path

from pyarrow import fs

from ..running.errors import DataRefused

_TABLES = (".csv", ".parquet", ".pq")


def fetch_tables(uri: str, folder: Path) -> list[Path]:
    """Copies every CSV and Parquet file below the address; none is an empty list."""
    system, path = _open(uri)
    if system.get_file_info(path).type != fs.FileType.Directory:
        return []
    found = system.get_file_info(fs.FileSelector(path, recursive=True))
    sources = sorted(f.path for f in found if f.is_file and f.path.lower().endswith(_TABLES))
    folder.mkdir(parents=True, exist_ok=True)
    copies: list[Path] = []
    for number, source in enumerate(sources):
        copy = folder / f"{number:05d}_{Path(source).name}"
        fs.copy_files(source, str(copy), source_filesystem=system)
        copies.append(copy)
    return copies


def fetch_table(uri: str, folder: Path) -> Path:
    """Copies the one table below the address.

    Raises:
        DataRefused: there is none.
    """
    tables = fetch_tables(uri, folder)
    if not tables:
        raise DataRefused(f"There is no table below {uri}.", "Run the job `process` first.")
    return tables[-1]


def fetch_folder(uri: str, folder: Path) -> None:
    """Copies everything below the address into the folder."""
    system, path = _open(uri)
    folder.mkdir(parents=True, exist_ok=True)
    fs.copy_files(path, str(folder), source_filesystem=system)


def publish_folder(folder: Path, uri: str) -> None:
    """Copies everything in the folder to below the address."""
    system, path = _open(uri)
    system.create_dir(path, recursive=True)
    fs.copy_files(str(folder), path, destination_filesystem=system)


def read_bytes(uri: str) -> bytes | None:
    """The content of a file, or None when there is none."""
    system, path = _open(uri)
    if system.get_file_info(path).type != fs.FileType.File:
        return None
    with system.open_input_stream(path) as stream:
        return bytes(stream.read())


def write_bytes(uri: str, content: bytes) -> None:
    """Writes a file in one go; folders above it are made where there are folders."""
    system, path = _open(uri)
    if isinstance(system, fs.LocalFileSystem):
        system.create_dir(str(Path(path).parent), recursive=True)
    with system.open_output_stream(path) as stream:
        stream.write(content)


def _open(uri: str) -> tuple[fs.FileSystem, str]:
    if "://" not in uri:
        uri = Path(uri).resolve().as_uri()
    system, path = fs.FileSystem.from_uri(uri)
    return system, path
