"""The machinery over both stores."""

from collections.abc import AsyncIterator

import pytest

from libs.core.clock import StoppedClock
from libs.db.engine import Database
from tests.support.database import MONDAY, Machinery, wakeup_for


@pytest.fixture
def clock() -> StoppedClock:
    """A clock that stands on a Monday."""
    return StoppedClock(MONDAY)


@pytest.fixture
async def machinery(database: Database, clock: StoppedClock) -> AsyncIterator[Machinery]:
    """Queue, event log and audit log on the stopped clock."""
    wakeup = wakeup_for(database)
    yield Machinery(database, clock, wakeup)
    await wakeup.close()
