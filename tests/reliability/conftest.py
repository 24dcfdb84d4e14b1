"""Real worker processes over each store."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from libs.core.settings import Settings
from tests.support.product import Product, product_over, settings_for
from tests.support.workers import Forge


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    opened = Forge()
    yield opened
    opened.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Of the workers and of the test: a short lease, recorded checks."""
    return settings_for(database_url, tmp_path, lease_seconds=2.0)


@pytest.fixture
async def product(settings: Settings) -> AsyncIterator[Product]:
    async with product_over(settings) as opened:
        yield opened
