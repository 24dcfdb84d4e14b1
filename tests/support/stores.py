"""Which store a test runs over in every run; over the other one it is among the long ones."""

from typing import Literal

import pytest

Store = Literal["sqlite", "postgres"]
STORES: tuple[Store, ...] = ("sqlite", "postgres")


def often_over(store: Store) -> pytest.MarkDecorator:
    """Parametrises `database_url`: this store in every run, the other one in the long tests.

    For journeys that take ten seconds and more; what differs between the stores has short tests over both.
    """
    return pytest.mark.parametrize(
        "database_url",
        [
            pytest.param(
                each,
                marks=[pytest.mark.postgres] * (each == "postgres") + [pytest.mark.long] * (each != store),
            )
            for each in STORES
        ],
        indirect=True,
    )
