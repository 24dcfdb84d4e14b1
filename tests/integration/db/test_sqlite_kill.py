"""Processes that write to one SQLite file and are killed at random: what was confirmed is there, nothing is damaged."""

import asyncio
import os
import random
import signal
import sqlite3
import time

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


def start_writer(url: str, name: str, confirmed: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        write_until_killed(url, name, confirmed)
    finally:
        os._exit(1)


def test_confirmed_events_survive_and_the_file_stays_sound(sqlite_url: str) -> None:
    async def open_run() -> None:
        db = Database(sqlite_url)
        await Machinery(db, SystemClock(), wakeup_for(db)).open_run()
        await db.close()

    asyncio.run(open_run())
    chance = random.Random(3)
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    alive = [start_writer(sqlite_url, f"p{n}", writing) for n in range(AT_ONCE)]
    confirmed = b""
    for number in range(KILLS):
        time.sleep(chance.uniform(0.01, 0.12))
        victim = alive.pop(0)
        os.kill(victim, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(victim, 0)[1]), "a writer ended by itself"
        alive.append(start_writer(sqlite_url, f"p{AT_ONCE + number}", writing))
        confirmed += os.read(reading, 1 << 20)
    for victim in alive:
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
    confirmed += os.read(reading, 1 << 20)
    os.close(reading)
    os.close(writing)

    with sqlite3.connect(sqlite_url.split("///")[1]) as connection:
        rows = connection.execute("SELECT seq, key FROM events ORDER BY seq").fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    # A kill may tear the last confirmation of a process, never an event.
    keys = {line.decode() for line in confirmed.split(b"\n")[:-1]}
    assert len(keys) > KILLS
    assert keys <= {key for _, key in rows}
    assert [seq for seq, _ in rows] == list(range(1, len(rows) + 1))
