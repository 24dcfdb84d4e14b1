"""The wake-up signal as a port: tells waiting readers and workers that something new was committed.

A signal is a hint and carries no data. It may be lost, so a waiter looks again after its poll time anyway.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from libs.db.session import WriteSession


class Ear:
    """One waiter on one channel."""

    def __init__(self, poll_s: float) -> None:
        self.poll_s = poll_s
        self._heard = asyncio.Event()

    def hear(self) -> None:
        """Ends the present or the next wait."""
        self._heard.set()

    async def wait(self, timeout_s: float) -> bool:
        """Waits for a signal, no longer than the timeout and the poll time; returns whether one came."""
        try:
            async with asyncio.timeout(min(timeout_s, self.poll_s)):
                await self._heard.wait()
        except TimeoutError:
            return False
        self._heard.clear()
        return True

    async def wait_fully(self, timeout_s: float) -> bool:
        """Waits for a signal for the whole timeout, without looking in between; returns whether one came."""
        until = monotonic() + timeout_s
        while (remaining := until - monotonic()) > 0:
            if await self.wait(remaining):
                return True
        return False


class Ears:
    """Who listens to which channel in this process."""

    def __init__(self) -> None:
        self._by_channel: defaultdict[str, set[Ear]] = defaultdict(set)

    @contextmanager
    def listening(self, channel: str, poll_s: float) -> Iterator[Ear]:
        """An ear on the channel for the length of the block."""
        ear = Ear(poll_s)
        self._by_channel[channel].add(ear)
        try:
            yield ear
        finally:
            self._by_channel[channel].discard(ear)
            if not self._by_channel[channel]:
                del self._by_channel[channel]

    def tell(self, channel: str) -> None:
        """Wakes those who listen to the channel."""
        for ear in tuple(self._by_channel.get(channel, ())):
            ear.hear()

    def tell_all(self) -> None:
        """Wakes everyone."""
        for channel in tuple(self._by_channel):
            self.tell(channel)

    def set_poll(self, poll_s: float) -> None:
        """Changes the poll time of all present waiters."""
        for ears in self._by_channel.values():
            for ear in ears:
                ear.poll_s = poll_s


class Wakeup(Protocol):
    """Signals that travel with a commit."""

    async def notify(self, session: WriteSession, channel: str) -> None:
        """Signals the channel when, and only when, the session's transaction is committed."""
        ...

    @contextmanager
    def listen(self, channel: str) -> Iterator[Ear]:
        """Listens to the channel from the start of the block on."""
        ...

    async def close(self) -> None:
        """Stops background work."""
        ...


class LocalWakeup:
    """Signals inside this process; other processes notice by their short poll. For SQLite."""

    def __init__(self, poll_s: float = 0.25) -> None:
        self._ears = Ears()
        self._poll_s = poll_s

    async def notify(self, session: WriteSession, channel: str) -> None:
        session.on_commit(lambda: self._ears.tell(channel))

    @contextmanager
    def listen(self, channel: str) -> Iterator[Ear]:
        with self._ears.listening(channel, self._poll_s) as ear:
            yield ear

    async def close(self) -> None:
        self._ears.tell_all()
