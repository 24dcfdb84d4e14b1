"""Puts figures of the public price list into a snapshot, and says what changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from libs.planning.prices.assembling import free_words
from libs.planning.prices.keys_models import PriceKey
from libs.planning.prices.models import Price
from libs.planning.prices.price_list import Figures
from libs.planning.prices.snapshot import Snapshot

COMPLETE = 0.75
"""Share of the asked figures that must have been found for the whole snapshot to count as of today."""
SAME = 1e-9

Place = tuple[str, str]


class Report(NamedTuple):
    """What a refresh did, as (key, region)."""

    changed: tuple[Place, ...]
    unchanged: tuple[Place, ...]
    missing: tuple[Place, ...]
    """Asked for, but no row of the price list matched; what was there before is kept."""
    ambiguous: tuple[Place, ...]
    """Rows of different prices matched; what was there before is kept."""


def refreshed(
    old: Snapshot,
    found: Mapping[str, Iterable[Figures]],
    asked: Iterable[PriceKey],
    today: date,
    *,
    everything: bool,
) -> tuple[Snapshot, Report]:
    """A new snapshot and what is different in it; figures that were not found stay as they were.

    Args:
        old: the snapshot in force.
        found: by region, what its files say.
        asked: the keys that were looked for.
        today: the day of the refresh.
        everything: whether no key and no region was left out, so that the snapshot may count as new.
    """
    keys = {key.key: key for key in asked if key.price_list}
    prices = {(price.key, price.region): price for price in old.prices}
    taken: dict[Place, bool] = {}
    ambiguous: set[Place] = set()
    for region, files in found.items():
        for file in files:
            ambiguous.update((key, region) for key in file.ambiguous)
            for key, tiers in file.tiers.items():
                price = _price(keys[key], region, tiers, file)
                before = prices.get((key, region))
                taken[(key, region)] = before is None or not _same(before, price)
                prices[(key, region)] = price
    places = {(key, region) for region in found for key in keys}
    report = Report(
        changed=tuple(sorted(place for place, differs in taken.items() if differs)),
        unchanged=tuple(sorted(place for place, differs in taken.items() if not differs)),
        missing=tuple(sorted(places - set(taken) - ambiguous)),
        ambiguous=tuple(sorted(ambiguous)),
    )
    complete = everything and bool(places) and len(taken) >= COMPLETE * len(places)
    new = Snapshot(today if complete else old.as_of, today, old.region_index, tuple(prices.values()))
    return new, report


def _price(key: PriceKey, region: str, tiers: tuple[tuple[float, float], ...], file: Figures) -> Price:
    return Price(
        key=key.key,
        region=region,
        unit=key.unit,
        usd=tiers[0][1],
        source=f"AWS Price List {file.offer}, version {file.version}",
        source_date=file.published,
        method="exact",
        tiers=tiers if len(tiers) > 1 else (),
        free_per_month=key.free_per_month.quantity if key.free_per_month else 0,
        free_source=free_words(key),
        words=key.words,
        scales=key.scales,
    )


def _same(before: Price, after: Price) -> bool:
    steps = before.tiers or ((0.0, before.usd),), after.tiers or ((0.0, after.usd),)
    return len(steps[0]) == len(steps[1]) and all(
        abs(a[0] - b[0]) < SAME and abs(a[1] - b[1]) <= SAME * max(a[1], b[1])
        for a, b in zip(*steps, strict=True)
    )
