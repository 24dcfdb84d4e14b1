"""The way between browser and server, which can be cut and stalled, and which hears what is asked."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.support.servers import free_port

CHUNK = 65_536
LIMIT = 1_000_000


class Stream:
    """One event stream that the browser opened, as the wire saw it."""

    def __init__(self, path: str, last_event_id: str | None) -> None:
        self.path = path
        self.last_event_id = last_event_id
        self.is_open = True


class Wire:
    """Hands bytes on between a port of its own and the server's; one request after the other on a connection."""

    def __init__(self, port: int) -> None:
        """
        Args:
            port: the server's; the server may go away and come back under it.
        """
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.streams: list[Stream] = []
        """Every event stream so far, in the order in which they were opened."""
        self.most_streams = 0
        """How many were open at once at most, since this was last set to 0."""
        self.asked: Counter[str] = Counter()
        """How often each address was asked for, named by its method and path."""
        self.refusal: bytes | None = None
        """What is answered instead of asking the server, while it is set."""
        self._upstream = port
        self._flows = asyncio.Event()
        self._flows.set()
        self._cut = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def open_streams(self) -> list[Stream]:
        return [stream for stream in self.streams if stream.is_open]

    def cut(self) -> None:
        """Breaks every connection, and refuses new ones."""
        self._cut = True
        self.break_connections()

    def break_connections(self) -> None:
        """Breaks every connection; new ones are taken."""
        for writer in self._writers:
            writer.transport.abort()

    def stall(self) -> None:
        """Holds every byte back while the connections stay open."""
        self._flows.clear()

    def mend(self) -> None:
        """Lets everything pass again."""
        self._cut = False
        self._flows.set()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._serve(reader, writer)
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            writer.transport.abort()

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            return
        head = await reader.readuntil(b"\r\n\r\n")
        await self._flows.wait()
        lines = head.decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ", 2)
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        self.asked[f"{method} {path.split('?')[0]}"] += 1
        if self.refusal is not None and path.startswith("/api"):
            writer.write(self.refusal)
            await writer.drain()
            return
        stream = None
        if "/streams/" in path:
            stream = Stream(path, headers.get("last-event-id"))
            self.streams.append(stream)
            self.most_streams = max(self.most_streams, len(self.open_streams))
        try:
            await self._pass_on(_for_one_request(lines), reader, writer)
        finally:
            if stream:
                stream.is_open = False

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._upstream, limit=LIMIT)
        self._writers.add(to_server)
        to_server.write(head)
        sending = asyncio.create_task(self._copy(reader, to_server))
        answering = asyncio.create_task(self._copy(from_server, writer))
        try:
            # Either side may hang up first: the browser leaves a stream, the server ends its answer.
            await asyncio.wait({sending, answering}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, answering):
                task.cancel()
            await asyncio.gather(sending, answering, return_exceptions=True)
            self._writers.discard(to_server)
            to_server.transport.abort()
            with suppress(OSError):
                await writer.drain()
                writer.close()
                await writer.wait_closed()

    async def _copy(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(CHUNK):
            await self._flows.wait()
            target.write(data)
            await target.drain()


def _for_one_request(lines: list[str]) -> bytes:
    """The head of a request whose connection ends with its answer, so that each one is seen by the wire."""
    kept = [line for line in lines if line and not line.lower().startswith("connection:")]
    return "\r\n".join([*kept, "Connection: close", "", ""]).encode("latin-1")


@asynccontextmanager
async def wired(port: int) -> AsyncIterator[Wire]:
    """A wire to the server at a port of this machine."""
    wire = Wire(port)
    server = await asyncio.start_server(wire.accept, "127.0.0.1", wire.port, limit=LIMIT)
    try:
        yield wire
    finally:
        server.close()
        await wire.close()
