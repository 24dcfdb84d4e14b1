"""The audit log: one chain per organisation, and every way of tampering with it shows; over both stores."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from libs.core.clock import StoppedClock
from libs.core.principal import Principal
from libs.db.engine import Database
from tests.support.database import ALICE, BOB, Machinery, advance, wakeup_for


async def record(machinery: Machinery, count: int, principal: Principal = ALICE) -> None:
    for number in range(count):
        async with machinery.db.write() as session:
            data = {"n": number, "text": "ü", "share": 0.1}
            await machinery.audit.record(session, principal, "gate.approve", f"gate_{number}", data)


async def verify(machinery: Machinery, organisation_id: str = "org_a") -> tuple[bool, str]:
    async with machinery.db.read() as session:
        return await machinery.audit.verify(session, organisation_id)


async def tamper(machinery: Machinery, statement: str) -> None:
    """Changes the log as someone could who controls the database: without its triggers."""
    async with machinery.db.write() as session:
        if machinery.db.dialect == "postgresql":
            await session.execute(text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))
        else:
            for verb in ("update", "delete"):
                await session.execute(text(f"DROP TRIGGER audit_log_refuse_{verb}"))
        await session.execute(text(statement))


class TestVerify:
    async def test_an_untouched_chain_is_unbroken(self, machinery: Machinery, clock: StoppedClock) -> None:
        await record(machinery, 2)
        advance(clock, 0.123456)
        await record(machinery, 1)
        assert await verify(machinery) == (True, "3 lines, unbroken.")

    async def test_an_empty_chain_is_unbroken(self, machinery: Machinery) -> None:
        assert await verify(machinery) == (True, "0 lines, unbroken.")

    async def test_each_organisation_has_a_chain_of_its_own(self, machinery: Machinery) -> None:
        await record(machinery, 2)
        await record(machinery, 1, BOB)
        await tamper(machinery, "UPDATE audit_log SET actor = 'user:x' WHERE organisation_id = 'org_a'")
        assert not (await verify(machinery))[0]
        assert await verify(machinery, "org_b") == (True, "1 lines, unbroken.")

    @pytest.mark.parametrize(
        ("statement", "finding"),
        [
            ("UPDATE audit_log SET actor = 'user:mallory' WHERE seq = 2", "Line 2 was changed."),
            ("UPDATE audit_log SET data = '{}' WHERE seq = 3", "Line 3 was changed."),
            ("UPDATE audit_log SET at = '2020-01-01 00:00:00' WHERE seq = 1", "Line 1 was changed."),
            ("DELETE FROM audit_log WHERE seq = 2", "Line 2 is missing."),
            ("DELETE FROM audit_log WHERE seq = 3", "The log ends at line 2, but its head says 3."),
            ("DELETE FROM audit_log", "The log ends at line 0, but its head says 3."),
            (
                (
                    "INSERT INTO audit_log SELECT organisation_id, 4, at, actor, action, subject, data, hash, hash"
                    " FROM audit_log WHERE seq = 3"
                ),
                "Line 4 was changed.",
            ),
        ],
    )
    async def test_tampering_shows_at_its_place(
        self, machinery: Machinery, statement: str, finding: str
    ) -> None:
        await record(machinery, 3)
        await tamper(machinery, statement)
        assert await verify(machinery) == (False, finding)


class TestRecord:
    @pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"])
    async def test_the_store_refuses_to_change_a_line(self, machinery: Machinery, statement: str) -> None:
        await record(machinery, 1)
        with pytest.raises(DBAPIError, match="append-only"):
            async with machinery.db.write() as session:
                await session.execute(text(statement))
        assert await verify(machinery) == (True, "1 lines, unbroken.")

    async def test_a_line_exists_only_with_what_it_tells_of(self, machinery: Machinery) -> None:
        with pytest.raises(ZeroDivisionError):  # noqa: PT012
            async with machinery.db.write() as session:
                await machinery.audit.record(session, ALICE, "gate.approve", "gate_1", {})
                raise ZeroDivisionError
        assert await verify(machinery) == (True, "0 lines, unbroken.")

    async def test_concurrent_lines_form_one_chain(self, database_url: str, clock: StoppedClock) -> None:
        databases = [Database(database_url) for _ in range(4)]
        machineries = [Machinery(db, clock, wakeup_for(db)) for db in databases]
        await asyncio.gather(*(record(machinery, 10) for machinery in machineries))
        assert await verify(machineries[0]) == (True, "40 lines, unbroken.")
        for db in databases:
            await db.close()
