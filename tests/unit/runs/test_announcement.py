"""`node-start` goes out exactly once, by itself or with what the node leaves."""

import asyncio
from collections.abc import Sequence

import pytest

from libs.events.models import NewEvent
from libs.jobs.errors import LeaseLost
from libs.runs.announcement import Announcement

STARTED = NewEvent(type="node-start", key="visit.node-start", node="planner")


class Story:
    """Where events go that are appended alone."""

    def __init__(self, error: Exception | None = None) -> None:
        self.events: list[NewEvent] = []
        self.reached = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()
        self._error = error

    async def append(self, events: Sequence[NewEvent]) -> None:
        self.reached.set()
        await self.go_on.wait()
        if self._error is not None:
            raise self._error
        self.events += events


class TestQuickNode:
    async def test_takes_its_start_along(self) -> None:
        story = Story()
        announcement = Announcement(STARTED, story.append, 60)
        assert await announcement.take() == [STARTED]
        await announcement.close()
        assert story.events == []

    async def test_takes_it_along_once(self) -> None:
        announcement = Announcement(STARTED, Story().append, 60)
        assert [await announcement.take(), await announcement.take()] == [[STARTED], []]
        await announcement.close()


class TestLongNode:
    async def test_is_announced_while_it_works(self) -> None:
        story = Story()
        announcement = Announcement(STARTED, story.append, 0)
        await story.reached.wait()
        assert await announcement.take() == []
        await announcement.close()
        assert story.events == [STARTED]

    async def test_that_ends_while_it_is_being_announced_waits_for_that(self) -> None:
        story = Story()
        story.go_on.clear()
        announcement = Announcement(STARTED, story.append, 0)
        await story.reached.wait()
        taking = asyncio.create_task(announcement.take())
        await asyncio.sleep(0)
        assert not taking.done()
        story.go_on.set()
        assert await taking == []
        assert story.events == [STARTED]
        await announcement.close()

    async def test_hears_that_it_could_not_be_announced(self) -> None:
        story = Story(LeaseLost(job_id="job_1"))
        announcement = Announcement(STARTED, story.append, 0)
        await story.reached.wait()
        with pytest.raises(LeaseLost):
            await announcement.take()
        await announcement.close()


class TestGivenUp:
    async def test_is_not_announced_afterwards(self) -> None:
        story = Story()
        announcement = Announcement(STARTED, story.append, 0)
        await announcement.close()
        await asyncio.sleep(0.01)
        assert story.events == []
