"""The story of a run: numbered without gaps, told once, followed from anywhere; over both stores."""

import asyncio
import random
from contextlib import aclosing
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from libs.core.clock import StoppedClock
from libs.core.errors import Invalid
from libs.core.principal import Principal
from libs.db.engine import Database
from libs.events.errors import CursorAhead, RunClosed, RunNotFound
from libs.events.models import Event, NewEvent
from libs.events.service import EventLog
from tests.support.database import ALICE, BOB, MONDAY, Machinery, wakeup_for


async def take(
    log: EventLog, after: int, count: int, principal: Principal | None = None, heartbeat_s: float = 30
) -> list[Event]:
    """Follows the run, as a client that is cut off after so many events."""
    taken: list[Event] = []
    async with aclosing(log.follow(principal, "run_1", after, heartbeat_s=heartbeat_s)) as feed:
        async for event in feed:
            if event is not None:
                taken.append(event)
            if len(taken) == count:
                break
    return taken


class TestAppend:
    async def test_events_are_numbered_from_one(self, machinery: Machinery) -> None:
        await machinery.open_run()
        async with machinery.db.write() as session:
            news = [
                NewEvent(type="node-start", key="planner:1", node="planner", data={"a": [1, "ü"]}),
                NewEvent(type="node-complete", key="planner:2", node="planner"),
            ]
            added = await machinery.events.append(session, "run_1", news)
        assert [(event.seq, event.type) for event in added] == [(1, "node-start"), (2, "node-complete")]
        assert added[0].at == MONDAY
        assert await machinery.events.read(ALICE, "run_1", 0, 10) == added

    async def test_a_key_that_is_there_already_is_skipped(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a", "b")
        await machinery.tell("b", "c", "c", "a", "d")
        assert [event.seq for event in await machinery.events.read(None, "run_1", 0, 10)] == [1, 2, 3, 4]

    async def test_a_transaction_that_is_rolled_back_leaves_no_gap(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a")
        with pytest.raises(ZeroDivisionError):  # noqa: PT012
            async with machinery.db.write() as session:
                await machinery.events.append(session, "run_1", [NewEvent(type="node-start", key="lost")])
                raise ZeroDivisionError
        await machinery.tell("b")
        assert [event.seq for event in await machinery.events.read(None, "run_1", 0, 10)] == [1, 2]

    async def test_nothing_follows_run_complete(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a", "end", last=True)
        with pytest.raises(RunClosed):
            await machinery.tell("late")
        await machinery.tell("a", "end", last=True)
        assert await machinery.events.latest_seq(None, "run_1") == 2

    async def test_run_complete_must_come_last_in_its_call(self, machinery: Machinery) -> None:
        await machinery.open_run()
        news = [NewEvent(type="run-complete", key="end"), NewEvent(type="node-start", key="late")]
        with pytest.raises(Invalid):
            async with machinery.db.write() as session:
                await machinery.events.append(session, "run_1", news)
        assert await machinery.events.latest_seq(None, "run_1") == 0

    async def test_a_run_that_was_never_opened_is_not_found(self, machinery: Machinery) -> None:
        with pytest.raises(RunNotFound):
            await machinery.tell("a")

    async def test_an_event_keeps_the_date_that_it_brings(self, machinery: Machinery) -> None:
        await machinery.open_run()
        began = MONDAY - timedelta(milliseconds=1234.567)
        async with machinery.db.write() as session:
            news = [NewEvent(type="node-start", key="a", at=began), NewEvent(type="node-complete", key="b")]
            added = await machinery.events.append(session, "run_1", news)
        assert [event.at for event in added] == [began, MONDAY]
        assert await machinery.events.read(None, "run_1", 0, 10) == added


class TestReopen:
    async def test_the_story_goes_on_and_ends_again(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a", "end", last=True)
        async with machinery.db.write() as session:
            again = NewEvent(type="run-retried", key="again")
            assert (await machinery.events.reopen(session, "run_1", again)).seq == 3
        feed = asyncio.create_task(take(machinery.events, 2, 3))
        await machinery.tell("b", "end.1", last=True)
        assert [event.seq for event in await asyncio.wait_for(feed, 10)] == [3, 4, 5]
        assert [event.seq for event in await take(machinery.events, 0, 9)] == [1, 2, 3, 4, 5]
        with pytest.raises(RunClosed):
            await machinery.tell("late")

    async def test_a_run_that_was_never_opened_is_not_found(self, machinery: Machinery) -> None:
        with pytest.raises(RunNotFound):
            async with machinery.db.write() as session:
                await machinery.events.reopen(session, "run_1", NewEvent(type="run-retried", key="again"))


class TestAppendFresh:
    async def test_goes_on_behind_what_is_there(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a")
        async with machinery.db.write() as session:
            news = [NewEvent(type="node-start", key=key, data={"key": key}) for key in ("b", "c")]
            added = await machinery.events.append_fresh(session, "run_1", news)
        assert [(event.seq, event.data) for event in added] == [(2, {"key": "b"}), (3, {"key": "c"})]
        assert (await machinery.events.read(None, "run_1", 1, 10)) == added

    async def test_a_key_that_is_not_fresh_leaves_nothing(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a")
        news = [NewEvent(type="node-start", key=key) for key in ("b", "a")]
        with pytest.raises(IntegrityError):
            async with machinery.db.write() as session:
                await machinery.events.append_fresh(session, "run_1", news)
        assert await machinery.events.latest_seq(None, "run_1") == 1

    @pytest.mark.parametrize(("opened", "error"), [(False, RunNotFound), (True, RunClosed)])
    async def test_needs_a_story_that_goes_on(
        self, machinery: Machinery, opened: bool, error: type[Exception]
    ) -> None:
        if opened:
            await machinery.open_run()
            await machinery.tell("end", last=True)
        with pytest.raises(error):
            async with machinery.db.write() as session:
                await machinery.events.append_fresh(
                    session, "run_1", [NewEvent(type="node-start", key="late")]
                )

    async def test_opening_again_changes_nothing(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a")
        await machinery.open_run()
        assert await machinery.events.latest_seq(None, "run_1") == 1

    async def test_concurrent_appenders_make_neither_gaps_nor_duplicates(
        self, database_url: str, clock: StoppedClock
    ) -> None:
        databases = [Database(database_url) for _ in range(4)]
        machineries = [Machinery(db, clock, wakeup_for(db)) for db in databases]
        await machineries[0].open_run()

        async def append(machinery: Machinery, appender: int) -> None:
            for number in range(25):
                # Half of the keys are told by two appenders: one of them wins.
                await machinery.tell(f"{appender // 2}:{number}", f"{appender}:own:{number}")

        await asyncio.gather(*(append(machinery, n) for n, machinery in enumerate(machineries)))
        events = await machineries[0].events.read(None, "run_1", 0, 1000)
        assert [event.seq for event in events] == list(range(1, 2 * 25 + 4 * 25 + 1))
        for machinery in machineries:
            await machinery.wakeup.close()
            await machinery.db.close()


class TestScope:
    async def test_a_run_of_another_organisation_is_not_found(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a", "end", last=True)
        assert len(await take(machinery.events, 0, 9, ALICE)) == 2
        for asking in (
            machinery.events.read(BOB, "run_1", 0, 10),
            machinery.events.latest_seq(BOB, "run_1"),
            take(machinery.events, 0, 9, BOB),
        ):
            with pytest.raises(RunNotFound):
                await asking


class TestFollow:
    async def test_it_replays_and_then_ends_after_run_complete(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell(*(f"k{n}" for n in range(450)))
        await machinery.tell("end", last=True)
        assert [event.seq for event in await take(machinery.events, 0, 999)] == list(range(1, 452))

    async def test_a_client_that_has_seen_the_end_is_let_go_at_once(self, machinery: Machinery) -> None:
        await machinery.open_run()
        await machinery.tell("a", "end", last=True)
        async with asyncio.timeout(5):
            assert await take(machinery.events, 2, 999) == []

    async def test_a_number_that_was_never_given_out_is_refused(self, machinery: Machinery) -> None:
        await machinery.open_run()
        with pytest.raises(CursorAhead):
            await take(machinery.events, 7, 1)

    async def test_silence_is_broken_by_heartbeats(self, machinery: Machinery) -> None:
        await machinery.open_run()
        async with aclosing(machinery.events.follow(None, "run_1", 0, heartbeat_s=0.05)) as feed:
            assert [await anext(feed) for _ in range(3)] == [None, None, None]

    async def test_a_new_event_arrives_without_waiting_for_the_heartbeat(self, machinery: Machinery) -> None:
        await machinery.open_run()
        async with asyncio.timeout(10):
            following = asyncio.create_task(take(machinery.events, 0, 1, heartbeat_s=3600))
            await asyncio.sleep(0.1)
            await machinery.tell("a")
            assert [event.seq for event in await following] == [1]

    async def test_an_event_of_another_process_arrives_too(
        self, machinery: Machinery, database_url: str, clock: StoppedClock
    ) -> None:
        await machinery.open_run()
        elsewhere = Database(database_url)
        other = Machinery(elsewhere, clock, wakeup_for(elsewhere))
        async with asyncio.timeout(10):
            following = asyncio.create_task(take(machinery.events, 0, 1, heartbeat_s=3600))
            await asyncio.sleep(0.1)
            await other.tell("a")
            assert [event.seq for event in await following] == [1]
        await elsewhere.close()

    async def test_viewers_that_are_cut_off_a_hundred_times_all_see_the_whole_story(
        self, machinery: Machinery
    ) -> None:
        await machinery.open_run()
        total = 400

        async def tell() -> None:
            for number in range(0, total - 1, 3):
                await machinery.tell(*(f"k{n}" for n in range(number, min(number + 3, total - 1))))
            await machinery.tell("end", last=True)

        async def view(seed: int) -> list[Event]:
            chance = random.Random(seed)
            seen: list[Event] = []
            cuts = 0
            while not seen or seen[-1].type != "run-complete":
                seen += await take(machinery.events, seen[-1].seq if seen else 0, chance.randint(1, 7))
                cuts += 1
            assert cuts >= 34
            return seen

        async with asyncio.timeout(60):
            _, *views = await asyncio.gather(tell(), view(1), view(2), view(3))
        told = await machinery.events.read(None, "run_1", 0, total + 1)
        assert [event.seq for event in told] == list(range(1, total + 1))
        assert views == [told, told, told]
