"""Processes that write to one SQLite file and are killed at random: what was confirmed is there, nothing is damaged."""

import asyncio
import os
import random
import signal
import sqlite3
import time
from contextlib import suppress

from libs.core.clock import SystemClock
from libs.db.engine import Database
from tests.support.database import Machinery, wakeup_for

KILLS = 40
AT_ONCE = 4


def write_until_killed(url: str, name: str, confirmed: int) -> None:
    """Appends events and confirms each over the pipe once its transaction is committed."""

    async def write() -> None:
        db = Database(url)
        machinery = Machinery(db, SystemClock(), wakeup_for(db))
        number = 0
        while True:
            key = f"{name}:{number}"
            await machinery.tell(key)
            os.write(confirmed, f"{key}\n".encode())
            number += 1

    asyncio.run(write())


class Writers:
    """Writing processes of this test; none of them outlives it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pids: list[int] = []
        self._reading, self._writing = os.pipe()
        self._confirmed = b""
        os.set_blocking(self._reading, False)

    def start(self, name: str) -> None:
        """Forks one more; it ends by itself soon should nobody end it."""
        pid = os.fork()
        if pid:
            self._pids.append(pid)
            return
        try:
            signal.alarm(60)
            write_until_killed(self._url, name, self._writing)
        finally:
            os._exit(1)

    def kill_oldest(self) -> None:
        """Kills the one that has written longest."""
        pid = self._pids.pop(0)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        self._read()
        assert os.WIFSIGNALED(status), "a writer ended by itself"

    def kill_all(self) -> None:
        """Kills every one that is left."""
        while self._pids:
            self.kill_oldest()

    def confirmed(self) -> set[str]:
        """Keys whose transactions were committed; a kill may tear the last confirmation, never an event."""
        return {line.decode() for line in self._confirmed.split(b"\n")[:-1]}

    def _read(self) -> None:
        with suppress(BlockingIOError):
            while more := os.read(self._reading, 1 << 16):
                self._confirmed += more


def test_confirmed_events_survive_and_the_file_stays_sound(sqlite_url: str) -> None:
    async def open_run() -> None:
        db = Database(sqlite_url)
        await Machinery(db, SystemClock(), wakeup_for(db)).open_run()
        await db.close()

    asyncio.run(open_run())
    chance = random.Random(3)
    writers = Writers(sqlite_url)
    try:
        for number in range(AT_ONCE + KILLS):
            writers.start(f"p{number}")
            if number >= AT_ONCE:
                time.sleep(chance.uniform(0.05, 0.15))
                writers.kill_oldest()
    finally:
        writers.kill_all()

    with sqlite3.connect(sqlite_url.split("///")[1]) as connection:
        rows = connection.execute("SELECT seq, key FROM events ORDER BY seq").fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(writers.confirmed()) > KILLS
    assert writers.confirmed() <= {key for _, key in rows}
    assert [seq for seq, _ in rows] == list(range(1, len(rows) + 1))
