"""A small HTTP/1.1 client: what it costs to send a request limits the rate that can be measured.

On one machine with the service, a general client takes a good part of the time that is to be
measured. This one keeps connections open, sends a prepared request and reads status and body.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

from .signing import signer

_TIMEOUT_SECONDS = 10.0
_HEAD_END = b"\r\n\r\n"

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Seen = Callable[[bytes], object]
"""Takes the pieces of a body as they come."""


class Client:
    """Sends bodies to one path of one address; as many connections as are needed at a time."""

    def __init__(self, url: str, path: str, timeout: float = _TIMEOUT_SECONDS) -> None:
        """Takes where to send and how long to wait.

        Args:
            url: `http://…` or `https://…`, with an optional path before the other one.
            path: what is asked, such as `/predict`.
            timeout: seconds until a request counts as not answered.
        """
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        self._timeout = timeout
        self._sign = signer(f"{url.rstrip('/')}{path}")
        self._head = (
            f"POST {parts.path.rstrip('/')}{path} HTTP/1.1\r\nhost: {parts.netloc}\r\n"
            "content-type: application/json\r\ncontent-length: "
        ).encode()
        self._idle: list[Connection] = []

    async def status(self, body: bytes, seen: Seen | None = None) -> int | None:
        """The status of the answer; None when there was none in time."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._exchange(body, seen)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            # A refused, broken or silent connection is an error of the step, like a bad status.
            return None

    def close(self) -> None:
        """Closes what is open."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def _exchange(self, body: bytes, seen: Seen | None) -> int:
        reader, writer = await self._connection()
        try:
            writer.write(self._request(body))
            await writer.drain()
            head = (await reader.readuntil(_HEAD_END)).lower()
            await _read_body(reader, head, seen or len)
        except BaseException:
            writer.close()
            raise
        if b"connection: close" in head:
            writer.close()
        else:
            self._idle.append((reader, writer))
        return int(head.split(b" ", 2)[1])

    def _request(self, body: bytes) -> bytes:
        signed = self._sign(body) if self._sign else {}
        lines = "".join(f"\r\n{name}: {value}" for name, value in signed.items())
        return self._head + f"{len(body)}{lines}".encode() + _HEAD_END + body

    async def _connection(self) -> Connection:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(self._host, self._port, ssl=self._tls)


async def _read_body(reader: asyncio.StreamReader, head: bytes, seen: Seen) -> None:
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    if fields.get(b"transfer-encoding") == b"chunked":
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            seen((await reader.readexactly(size + 2))[:-2])
        await reader.readuntil(b"\r\n")
    else:
        seen(await reader.readexactly(int(fields.get(b"content-length", b"0"))))
