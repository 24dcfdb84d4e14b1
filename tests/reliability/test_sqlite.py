"""Many processes over one SQLite file: nobody meets a locked database, and the file stays whole."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from libs.core.settings import Settings
from libs.jobs.tables import JobRow
from libs.projects.models import GatePolicy
from tests.reliability.invariants import assert_whole
from tests.reliability.waiting import until_all_ended
from tests.support.product import CHURN, product_over, settings_for
from tests.support.workers import Forge

UNATTENDED = GatePolicy(input="never", final="never")


class TestOneFile:
    async def _shared(self, url: str, folder: Path, forge: Forge, processes: int, runs: int) -> None:
        settings = settings_for(url, folder, lease_seconds=30.0, worker_slots=1)
        async with product_over(settings) as product:
            designs = [await product.start(CHURN, policy=UNATTENDED) for _ in range(processes * runs)]
            workers = [forge.start(settings) for _ in range(processes)]
            reading = asyncio.create_task(self._read(settings, designs[0].run_id))
            await until_all_ended(product, designs)
            reading.cancel()
            await asyncio.wait({reading})
            assert reading.cancelled(), reading.exception()
            for worker in workers:
                assert worker.status is None, "a worker ended by itself"
                worker.kill()
            async with product.db.read() as session:
                jobs = (await session.execute(select(JobRow).where(JobRow.run_id.is_not(None)))).scalars()
                # A locked database would have cost an attempt, and left its error in the job.
                assert {(job.attempts, job.error) for job in jobs} == {(1, None)}
            for design in designs:
                assert "node-error" not in {event.type for event in await product.story(design)}
                await assert_whole(product, design)
        self._integrity(url)

    async def _read(self, settings: Settings, run_id: str) -> None:
        """Asks as the page does, from another process's point of view: with connections of its own."""
        async with product_over(settings) as reader:
            while True:
                await reader.services.events.read(reader.owner, run_id, after=0, limit=500)
                async with reader.db.read() as session:
                    await reader.services.projects.decision_sets(session, reader.owner, limit=50)
                await asyncio.sleep(0.05)

    def _integrity(self, url: str) -> None:
        with sqlite3.connect(url.removeprefix("sqlite+aiosqlite:///")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []

    @pytest.mark.long
    async def test_six_processes_and_a_reader(self, sqlite_url: str, tmp_path: Path, forge: Forge) -> None:
        await self._shared(sqlite_url, tmp_path, forge, 6, 3)

    @pytest.mark.long
    async def test_twelve_processes_with_ten_runs_each(
        self, sqlite_url: str, tmp_path: Path, forge: Forge
    ) -> None:
        await self._shared(sqlite_url, tmp_path, forge, 12, 10)
