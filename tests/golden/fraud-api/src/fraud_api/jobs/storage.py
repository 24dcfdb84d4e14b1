"""Files from and to `s3://` (by the role of the task), `file://` or plain paths.

Folders may be parted, as in `events/dt=2026-11-21/`. Names that begin with a dot or an underscore,
as writers leave them beside their tables, are no tables. Below `run=<time>/`, where SQL unloads
what it selects, files without a known suffix are Parquet.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from ..running.errors import DataRefused

_RUN = re.compile(r"/run=[^/]+/")
_PARQUET = (".parquet", ".pq")
_TABLES = (*_PARQUET, ".csv", ".json", ".jsonl", ".ndjson")


def fetch_tables(uri: str, folder: Path) -> list[Path]:
    """Copies every CSV, Parquet and JSON lines file below the address; none is an empty list."""
    return [copy for copy, _ in fetch_landed(uri, folder)]


def fetch_landed(uri: str, folder: Path) -> list[tuple[Path, str]]:
    """As `fetch_tables`, each copy with the name of its source: `<time of writing> <path>`.

    A file that replaces another of its path has another name; later ones are greater.
    """
    system, path = _open(uri)
    folder.mkdir(parents=True, exist_ok=True)
    copies: list[tuple[Path, str]] = []
    for number, source in enumerate(_files(system, path)):
        copy = folder / f"{number:05d}_{Path(source.path).name}{_lacking(source.path)}"
        fs.copy_files(source.path, str(copy), source_filesystem=system)
        copies.append((copy, f"{source.mtime:%Y-%m-%dT%H:%M:%S.%fZ} {source.path}"))
    return copies


def open_tables(uri: str) -> list[pq.ParquetFile] | None:
    """The Parquet files below the address, to be read in pieces where they are.

    Returns:
        None when one of the tables there has another format.
    """
    system, path = _open(uri)
    sources = _sources(system, path)
    if not all(f"{source}{_lacking(source)}".lower().endswith(_PARQUET) for source in sources):
        return None
    return [pq.ParquetFile(system.open_input_file(source)) for source in sources]


def latest_run(uri: str) -> str:
    """Address of the folder `run=<time>` of the last run; the address itself if there is none."""
    system, path = _open(uri)
    if system.get_file_info(path).type != fs.FileType.Directory:
        return uri
    found = system.get_file_info(fs.FileSelector(path))
    runs = [f.base_name for f in found if not f.is_file and f.base_name.startswith("run=")]
    return f"{uri.rstrip('/')}/{max(runs)}/" if runs else uri


def list_folders(uri: str, depth: int) -> list[str]:
    """Paths below the address of the folders `depth` levels down that hold tables, sorted."""
    system, path = _open(uri)
    if system.get_file_info(path).type != fs.FileType.Directory:
        return []
    found = system.get_file_info(fs.FileSelector(path, recursive=True))
    tables = [f.path for f in found if f.is_file and _is_table(f.path)]
    parts = [table.removeprefix(path).strip("/").split("/") for table in tables]
    return sorted({"/".join(names[:depth]) for names in parts if len(names) > depth})


def fetch_table(uri: str, folder: Path) -> Path:
    """Copies the table below the address; the files that Spark or SQL has split it into are one.

    Raises:
        DataRefused: there is none.
    """
    tables = fetch_tables(uri, folder)
    if not tables:
        raise DataRefused(f"There is no table below {uri}.", "Run the step `process` first.")
    if len(tables) == 1:
        return tables[0]
    whole = folder / "whole.parquet"
    parts = [pq.read_table(table) for table in tables]
    pq.write_table(pa.concat_tables(parts, promote_options="permissive"), whole)
    return whole


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


def list_files(uri: str) -> list[str]:
    """Paths below the address, relative to it and sorted; none is an empty list."""
    system, path = _open(uri)
    if system.get_file_info(path).type != fs.FileType.Directory:
        return []
    found = system.get_file_info(fs.FileSelector(path, recursive=True))
    return sorted(f.path[len(path) :].lstrip("/") for f in found if f.is_file)


def remove_folder(uri: str) -> None:
    """Removes everything below the address."""
    system, path = _open(uri)
    system.delete_dir(path)


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


def _sources(system: fs.FileSystem, path: str) -> list[str]:
    return [file.path for file in _files(system, path)]


def _files(system: fs.FileSystem, path: str) -> list[fs.FileInfo]:
    if system.get_file_info(path).type != fs.FileType.Directory:
        return []
    found = system.get_file_info(fs.FileSelector(path, recursive=True))
    tables = {file.path: file for file in found if file.is_file and _is_table(file.path)}
    return [tables[name] for name in _latest(sorted(tables))]


def _is_table(path: str) -> bool:
    name = Path(path).name.lower()
    if name.startswith((".", "_")):
        return False
    return f"{name}{_lacking(path)}".removesuffix(".gz").endswith(_TABLES)


def _lacking(path: str) -> str:
    """The suffix that the writer of a table has left out of its name; empty where there is one."""
    name = Path(path).name.lower()
    if name.removesuffix(".gz").endswith(_TABLES):
        return ""
    if _RUN.search(path):
        # Athena names its files by query and part: `20261121_144951_00037_v74wa_1ad6f92e-…`.
        return ".parquet"
    # Flink names its files `part-…`; they hold JSON lines.
    return ".jsonl" if name.startswith("part-") and "." not in name else ""


def _latest(paths: list[str]) -> list[str]:
    """Of tables that each run writes anew to a folder `run=<time>`, those of the last run."""
    runs = [match.group() if (match := _RUN.search(path)) else "" for path in paths]
    return [path for path, run in zip(paths, runs, strict=True) if run == max(runs)]


def _open(uri: str) -> tuple[fs.FileSystem, str]:
    """The file system, and the path in it.

    Only the bucket is opened by its address: a path may hold blanks and umlauts, an address not.
    """
    if not uri.startswith("s3://"):
        return fs.LocalFileSystem(), str(Path(uri.removeprefix("file://")).resolve())
    path = uri.removeprefix("s3://").rstrip("/")
    bucket, _, _ = path.partition("/")
    region = os.environ.get("AWS_REGION")
    # Else the region of the bucket is asked for where a network without internet cannot reach.
    address = f"s3://{bucket}?region={region}" if region else f"s3://{bucket}"
    system, _ = fs.FileSystem.from_uri(address)
    return system, path
