"""Reads a multipart form piece by piece: one file goes into a receiver, everything else is refused."""

from collections.abc import AsyncIterator

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from libs.datasets.errors import UploadMalformed
from libs.datasets.receiving import Receiver

FIELD = "file"
_HEADER_BYTES = 8_192
_HOW = "Nothing was kept. Send multipart/form-data with one part named `file` that has a file name."


class FilePart:
    """Follows the parser through the form."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._field = self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self.name: str | None = None
        """Of the file; None before its part has begun."""
        self.complete = False

    def callbacks(self) -> dict[str, object]:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_field,
            "on_header_value": self._on_value,
            "on_header_end": self._on_header,
            "on_headers_finished": self._on_headers,
            "on_part_data": self._on_data,
            "on_end": self._on_end,
        }

    def _begin(self) -> None:
        self._headers = {}
        self._field = self._value = b""

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]
        self._hold()

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._hold()

    def _hold(self) -> None:
        if len(self._field) + len(self._value) > _HEADER_BYTES:
            raise UploadMalformed("A header inside the form is too long.", advice=_HOW)

    def _on_header(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def _on_headers(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        field = options.get(b"name", b"").decode(errors="replace")
        if field != FIELD or b"filename" not in options or self.name is not None:
            raise UploadMalformed(
                f"The form has a part {field[:80]!r} that is not the one file.", advice=_HOW, part=field[:80]
            )
        self.name = options[b"filename"].decode(errors="replace")

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        self._receiver.write(data[start:end])

    def _on_end(self) -> None:
        self.complete = True


async def receive_form(content_type: str, body: AsyncIterator[bytes], receiver: Receiver) -> str:
    """Takes the file of a form in; returns its name.

    Raises:
        UploadMalformed: no form, a broken one, or another number of files than one.
        DatasetTooLarge: the receiver has had enough.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise UploadMalformed("The request is not multipart/form-data.", advice=_HOW)
    part = FilePart(receiver)
    try:
        parser = MultipartParser(boundary, part.callbacks())  # type: ignore[arg-type]
        async for piece in body:
            parser.write(piece)
    except MultipartParseError as error:
        raise UploadMalformed(f"The form cannot be read: {str(error)[:200]}", advice=_HOW) from error
    if part.name is None or not part.complete:
        raise UploadMalformed("The form ended before its file did.", advice=_HOW)
    return part.name
