"""A small workflow over both stores, and over a clock that stands."""

from collections.abc import AsyncIterator

import pytest

from libs.core.clock import StoppedClock
from libs.db.engine import Database
from tests.integration.runs.moves import START
from tests.support.tiny_workflow import TinyProduct


@pytest.fixture
async def product(database: Database) -> AsyncIterator[TinyProduct]:
    tiny = TinyProduct(database)
    yield tiny
    await tiny.close()


@pytest.fixture
async def slow_product(database: Database) -> AsyncIterator[TinyProduct]:
    """The product on a clock that moves only when it is told to."""
    tiny = TinyProduct(database, clock=StoppedClock(START))
    yield tiny
    await tiny.close()
