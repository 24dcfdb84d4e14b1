"""Dated unit prices: find one by key and region, with its source; what is missing stays unknown."""

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from pathlib import Path

from libs.planning.errors import PricesUnusable
from libs.planning.prices.models import Method, Price
from libs.planning.prices.snapshot import Snapshot, read_snapshot

__all__ = ["Method", "Price", "Prices", "load_prices", "parse_prices"]

BASE_REGIONS = ("us-east-1", "us-west-2", "us-east-2")
"""Where a figure is taken from when a region has none, in this order."""
EVERYWHERE = "global"
SHIPPED = "snapshot.json"
OLD_AFTER_DAYS = 180


class Prices:
    """The snapshot as a lookup."""

    def __init__(self, prices: Iterable[Price], region_index: Mapping[str, float], as_of: date) -> None:
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

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Prices":
        """The lookup over a snapshot."""
        return cls(snapshot.prices, snapshot.region_index, snapshot.as_of)

    @property
    def figures(self) -> tuple[Price, ...]:
        """Every figure of the snapshot, by key and region."""
        return tuple(self._prices[pair] for pair in sorted(self._prices))

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions in which designs can be priced."""
        return tuple(sorted(self._index))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that has a figure somewhere."""
        return tuple(sorted({key for key, _ in self._prices}))

    def find(self, key: str, region: str) -> Price | None:
        """The price of a key in a region, or None when no figure is known.

        A region without a figure of its own gets that of a base region scaled by the region index, marked `estimate`;
        not so for language models: one that is not offered in a region has no price there.
        """
        own = self._prices.get((key, region)) or self._prices.get((key, EVERYWHERE))
        if own is not None:
            return own
        if (key, region) not in self._scaled:
            self._scaled[(key, region)] = self._scale(key, region)
        return self._scaled[(key, region)]

    def age_days(self, as_of: date) -> int:
        """How old the snapshot is on a day."""
        return (as_of - self.as_of).days

    def is_old(self, as_of: date) -> bool:
        """Whether estimates made with it on that day need a warning."""
        return self.age_days(as_of) > OLD_AFTER_DAYS

    def old_warning(self, as_of: date) -> str:
        """The warning in words; empty while the prices are young enough."""
        if not self.is_old(as_of):
            return ""
        return (
            f"The prices are of {self.as_of.isoformat()}, {self.age_days(as_of)} days old "
            f"(more than {OLD_AFTER_DAYS}): AWS may have changed them since. "
            "Fetch today's with `agentic-mlops prices refresh`."
        )

    def _scale(self, key: str, region: str) -> Price | None:
        found = (self._prices.get((key, base)) for base in BASE_REGIONS)
        base = next((price for price in found if price is not None), None)
        ratio = self._index.get(region)
        if base is None or ratio is None or not base.scales:
            return None
        return base.model_copy(
            update={
                "region": region,
                "usd": base.usd * ratio,
                "tiers": tuple((start, usd * ratio) for start, usd in base.tiers),
                "method": "estimate",
                "source": f"{base.source}; {base.region} price x region index {ratio}",
            }
        )


def parse_prices(text: str, name: str = SHIPPED) -> Prices:
    """Checks the text of a snapshot; PricesUnusable names file, line and reason."""
    return Prices.of(read_snapshot(text, name))


def load_prices(path: Path | None = None) -> Prices:
    """Reads the snapshot shipped with the product, or a refreshed one that is newer (called once, at start).

    Args:
        path: where `prices refresh` keeps its snapshot; it need not exist.

    Raises:
        PricesUnusable: one of them cannot be used.
    """
    return Prices.of(load_snapshot(path))


def load_snapshot(path: Path | None = None) -> Snapshot:
    """The snapshot in force: the shipped one, or the refreshed one at `path` when that is newer.

    Raises:
        PricesUnusable: one of them cannot be used.
    """
    text = resources.files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8")
    shipped = read_snapshot(text, SHIPPED)
    if path is None or not path.exists():
        return shipped
    try:
        refreshed = read_snapshot(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise PricesUnusable(f"{path}: {error}", advice=f"Remove {path}, or run `prices refresh`.") from error
    return refreshed if refreshed.newest >= shipped.newest else shipped
