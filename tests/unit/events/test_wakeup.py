"""Ears and who wakes them inside one process."""

import asyncio
from time import monotonic

from libs.db.session import WriteSession
from libs.events.wakeup import Ears, LocalWakeup


class TestEar:
    async def test_a_signal_before_the_wait_is_not_lost(self) -> None:
        ears = Ears()
        with ears.listening("run:1", poll_s=60) as ear:
            ears.tell("run:1")
            assert await ear.wait(60)
            assert not await ear.wait(0.01)

    async def test_it_looks_by_itself_after_its_poll_time(self) -> None:
        with Ears().listening("run:1", poll_s=0.01) as ear:
            began_at = monotonic()
            assert not await ear.wait(60)
        assert monotonic() - began_at < 10

    async def test_waiting_fully_does_not_end_at_the_poll_time(self) -> None:
        with Ears().listening("run:1", poll_s=0.01) as ear:
            began_at = monotonic()
            assert not await ear.wait_fully(0.1)
        assert monotonic() - began_at >= 0.1

    async def test_a_changed_poll_time_holds_for_present_ears(self) -> None:
        ears = Ears()
        with ears.listening("run:1", poll_s=60) as ear:
            ears.set_poll(0.01)
            async with asyncio.timeout(10):
                assert not await ear.wait(60)


class TestEars:
    async def test_everybody_on_a_channel_hears_and_nobody_else(self) -> None:
        ears = Ears()
        with ears.listening("a", 60) as one, ears.listening("a", 60) as two, ears.listening("b", 60) as other:
            ears.tell("a")
            assert await one.wait(0.01)
            assert await two.wait(0.01)
            assert not await other.wait(0.01)

    async def test_who_left_is_not_told(self) -> None:
        ears = Ears()
        with ears.listening("a", 60) as ear:
            pass
        ears.tell("a")
        ears.tell_all()
        assert not await ear.wait(0.01)


class TestLocalWakeup:
    async def test_a_signal_travels_with_the_commit(self) -> None:
        wakeup = LocalWakeup(poll_s=60)
        session = WriteSession()
        with wakeup.listen("run:1") as ear:
            await wakeup.notify(session, "run:1")
            assert not await ear.wait(0.01)
            session.committed()
            assert await ear.wait(0.01)
