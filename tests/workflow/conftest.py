"""The whole product in one process, over each store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.product import Product, product_over, settings_for


@pytest.fixture
async def product(database_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    async with product_over(settings_for(database_url, tmp_path)) as opened:
        yield opened


@pytest.fixture
async def embedded(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    """The product over SQLite alone, for behaviour that the store cannot change."""
    async with product_over(settings_for(sqlite_url, tmp_path)) as opened:
        yield opened
