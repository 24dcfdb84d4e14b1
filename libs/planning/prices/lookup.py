"""Dated unit prices: find one by key and region, with its source; what is missing stays unknown."""

import json
from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Literal

from pydantic import ValidationError

from libs.core.values import Value
from libs.planning.errors import PricesUnusable

BASE_REGION = "us-east-1"
EVERYWHERE = "global"
Method = Literal["exact", "from monthly cost", "derived", "estimate"]


class Price(Value):
    """One unit price with its receipt."""

    key: str
    region: str
    unit: str
    usd: float
    source: str
    source_date: date | None
    method: Method


class Prices:
    """The snapshot as a lookup."""

    def __init__(self, prices: tuple[Price, ...], region_index: Mapping[str, float], as_of: date) -> None:
        """
        Args:
            prices: the figures, at most one a key and region.
            region_index: ratio of each region's price level to us-east-1.
            as_of: when the snapshot was assembled.
        """
        self.as_of = as_of
        self._index = dict(region_index)
        self._prices = {(price.key, price.region): price for price in prices}
        self._scaled: dict[tuple[str, str], Price | None] = {}

    @property
    def figures(self) -> tuple[Price, ...]:
        """Every figure of the snapshot, by key and region."""
        return tuple(self._prices[pair] for pair in sorted(self._prices))

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions in which designs can be priced."""
        return tuple(sorted(self._index))

    def find(self, key: str, region: str) -> Price | None:
        """The price of a key in a region, or None when no figure is known.

        A region without a figure of its own gets the us-east-1 figure scaled by the region index, marked `estimate`.
        """
        own = self._prices.get((key, region)) or self._prices.get((key, EVERYWHERE))
        if own is not None:
            return own
        if (key, region) not in self._scaled:
            self._scaled[(key, region)] = self._scale(key, region)
        return self._scaled[(key, region)]

    def _scale(self, key: str, region: str) -> Price | None:
        base = self._prices.get((key, BASE_REGION)) or self._prices.get((key, "us-east-2"))
        ratio = self._index.get(region)
        if base is None or ratio is None:
            return None
        return base.model_copy(
            update={
                "region": region,
                "usd": base.usd * ratio,
                "method": "estimate",
                "source": f"{base.source}; {base.region} price x region index {ratio}",
            }
        )


def parse_prices(text: str) -> Prices:
    """Checks the text of a snapshot; PricesUnusable says what is wrong with it."""
    try:
        raw = json.loads(text)
        rows = tuple(Price(**{**row, "source_date": _date(row["source_date"])}) for row in raw["prices"])
        return Prices(rows, raw["region_index"], date.fromisoformat(raw["as_of"]))
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise PricesUnusable(f"The price snapshot cannot be used: {error}") from error


def load_prices() -> Prices:
    """Reads the snapshot shipped with the product (called once, at start)."""
    return parse_prices(resources.files(__package__).joinpath("snapshot.json").read_text(encoding="utf-8"))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
