import pytest

from libs.planning.catalogue.loading import load_catalogue
from libs.planning.catalogue.models import Catalogue
from libs.planning.prices.lookup import Prices, load_prices
from tests.unit.planning.scenes import Desk


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def prices() -> Prices:
    return load_prices()


@pytest.fixture(scope="session")
def desk(catalogue: Catalogue, prices: Prices) -> Desk:
    return Desk(catalogue, prices)
