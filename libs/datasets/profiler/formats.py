"""What kind of file this is, by its bytes; a name that says something else is not believed."""

import codecs
from pathlib import Path
from typing import BinaryIO

from .refusal import Refused

_HEAD = 65_536
_PIECE = 1 << 20
_ENOUGH = 512
"""Bytes from which on a share of control characters tells something."""
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or another OLE document", "Save it as .xlsx or CSV."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and send the table inside."),
    (b"%PDF", "a PDF document", "Export the table inside as CSV."),
    (b"ORC", "an ORC file", "Convert it to Parquet."),
    (b"Obj\x01", "an Avro file", "Convert it to Parquet."),
    (b"SQLite format 3\x00", "an SQLite database", "Export the table as CSV."),
)
_WEB = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def format_of(path: Path) -> str:
    """`parquet`, `xlsx`, `jsonl` or `csv`.

    Raises:
        Refused: the bytes are none of these.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip():
        raise Refused("datasets.empty", "The file is empty.", "Send a table with a header line and rows.")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    for mark, what, advice in _FOREIGN:
        if head.startswith(mark):
            raise Refused(
                "datasets.format_unknown", f"The file is {what}, not a table that is read here.", advice
            )
    if head.startswith(_UTF16):
        return "csv"
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if text.lower().startswith(_WEB):
        raise Refused(
            "datasets.format_unknown",
            "The file is a web page or XML, not a table.",
            "Download the data itself, for example as CSV.",
        )
    if b"\x00" in head or (len(head) >= _ENOUGH and _control_share(head) > 0.02):
        raise Refused(
            "datasets.format_unknown",
            "The file holds binary data that is no known table.",
            "Send CSV, Parquet, JSONL (one object a line) or Excel (.xlsx).",
        )
    if text.startswith(b"{"):
        return "jsonl"
    if text.startswith(b"[{") or text[:200].replace(b" ", b"").replace(b"\n", b"").startswith(b"[{"):
        raise Refused(
            "datasets.format_unknown",
            "The file is one JSON array.",
            "Send JSONL: one object a line, without brackets and commas around them.",
        )
    return "csv"


def encoding_of(path: Path) -> str:
    """The text encoding: by a byte order mark, else UTF-8 where all of it decodes, else a single-byte one.

    Raises:
        Refused: the file is UTF-8 but for a few bytes; read otherwise, all its other letters would be wrong.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
        if head.startswith(_UTF16):
            return "utf-16"
        stream.seek(0)
        if _decodes(stream, "utf-8"):
            return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
        stream.seek(0)
        _refuse_damaged(stream)
        stream.seek(0)
        return "cp1252" if _decodes(stream, "cp1252") else "latin-1"


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := stream.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_damaged(stream: BinaryIO) -> None:
    letters = strange = damaged = 0
    for number, line in enumerate(stream, start=1):
        if line.isascii():
            continue
        text = line.decode("utf-8", "surrogateescape")
        escaped = sum("\udc80" <= character <= "\udcff" for character in text)
        damaged = damaged or (number if escaped else 0)
        letters += sum(character > "\x7f" for character in text) - escaped
        strange += escaped
    if letters > strange:
        raise Refused(
            "datasets.unreadable",
            f"The file is UTF-8, but {strange:,} of its bytes are not; the first of them is in line {damaged}.",
            "Save the file again as UTF-8, and mend what is wrong in that line.",
            lines=[{"line": damaged}],
        )


def _control_share(head: bytes) -> float:
    strange = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return strange / len(head)
