"""Builds a snapshot from an assembled price file: the best figure for every key and region, with its receipt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from libs.planning.errors import PricesUnusable
from libs.planning.prices.keys_models import Assembled, PriceKey, Quote
from libs.planning.prices.models import Price, Tier
from libs.planning.prices.snapshot import Snapshot

SAME_UNITS: Mapping[str, frozenset[str]] = {
    "hour": frozenset({"hours"}),
    "GB-month": frozenset({"GB"}),
    "GB-second": frozenset({"GB-seconds"}),
    "GB-hour": frozenset({"GB-hours"}),
    "ACU-hour": frozenset({"ACU-hours"}),
    "1M requests": frozenset({"1M request", "million read request units", "million write request units"}),
}
"""Other spellings of a key's unit in the records; any further one has to be named by the key itself."""
WEAKEST = ("exact", "from monthly cost", "derived")
SAME = 1e-6

Record = Mapping[str, Any]
Place = tuple[str, str]


class Candidate(NamedTuple):
    """A figure for a key in a region."""

    tiers: tuple[Tier, ...]
    source: str
    source_date: date | None
    method: str
    profile: str

    @property
    def rank(self) -> tuple[bool, str]:
        """Exact before derived, newer before older."""
        return (self.method == "exact", self.source_date.isoformat() if self.source_date else "")


def assemble(raw: Mapping[str, Any], keys: Mapping[str, PriceKey], quotes: Iterable[Quote]) -> Snapshot:
    """The snapshot of every key that has a figure.

    Args:
        raw: the assembled price file.
        keys: what to look for.
        quotes: figures from public pages.

    Raises:
        PricesUnusable: a record has another unit than its key.
    """
    index = {region: float(ratio) for region, ratio in raw["region_index"].items() if region != "about"}
    records: dict[Place, list[Record]] = defaultdict(list)
    for record in raw["records"]:
        if "stale" not in record.get("note", ""):
            records[(record["service"], record["sku"])].append(record)
    found: dict[Place, list[Candidate]] = defaultdict(list)
    for key in keys.values():
        for selector in key.assembled:
            for region, candidate in _candidates(key, selector, records):
                if region in index or region == "global":
                    found[(key.key, region)].append(candidate)
    for quote in quotes:
        tiers = quote.tiers or ((0.0, quote.usd or 0.0),)
        candidate = Candidate(tiers, quote.source, quote.source_date, quote.method, "")
        found[(quote.key, quote.region)].append(candidate)
    prices = tuple(
        _price(keys[key], region, _best(candidates)) for (key, region), candidates in sorted(found.items())
    )
    return Snapshot(date.fromisoformat(raw["assembled"]), None, index, prices)


def _candidates(
    key: PriceKey, selector: Assembled, records: Mapping[Place, Sequence[Record]]
) -> Iterator[tuple[str, Candidate]]:
    steps = [(tier.start, tier.sku) for tier in selector.tiers] or [(0.0, selector.sku)]
    by_region = [_by_region(key, selector, records.get((selector.service, sku), ())) for _, sku in steps]
    for region, first in by_region[0].items():
        parts = [part[region] for part in by_region if region in part]
        if len(parts) < len(steps):
            continue
        tiers = tuple((start, _figure(part, selector)) for (start, _), part in zip(steps, parts, strict=True))
        method = max((str(part["method"]) for part in parts), key=WEAKEST.index)
        source = str(first["source"])
        if selector.profile:
            source = f"{source}; {selector.profile} inference profile"
        if selector.derived:
            method, source = "derived", f"{source}; {selector.derived}"
        elif selector.unit and selector.divide not in (1, 1000, 0.000001):
            method, source = (
                "derived",
                f"{source}; {first['usd']:g} a {selector.unit}, divided by {selector.divide:g}",
            )
        candidate = Candidate(tiers, source, _date(first["source_date"]), method, selector.profile)
        for place in selector.holds_in or (region,):
            yield place, candidate


def _by_region(key: PriceKey, selector: Assembled, records: Iterable[Record]) -> dict[str, Record]:
    best: dict[str, Record] = {}
    for record in records:
        region = str(record["region"])
        if region in selector.not_in or (selector.only_in and region != selector.only_in):
            continue
        attrs = record.get("attrs") or {}
        if any(str(attrs.get(name)) != value for name, value in selector.attrs.items()):
            continue
        if not _same_unit(key, selector, str(record["unit"])):
            if selector.unit:
                continue
            raise PricesUnusable(
                f"{key.key}: {record['sku']} is priced by {record['unit']}, the key by {key.unit}; "
                "name the record's `unit`, and `divide` where it is a larger one"
            )
        held = best.get(region)
        if held is None or _rank(record) > _rank(held):
            best[region] = record
    return best


def _same_unit(key: PriceKey, selector: Assembled, unit: str) -> bool:
    if selector.unit:
        return unit == selector.unit
    return unit == key.unit or unit in SAME_UNITS.get(key.unit, frozenset())


def _best(candidates: Sequence[Candidate]) -> Candidate:
    """The best one; its tiers may come from another one that asks the same for the first of them."""
    flat = max(candidates, key=lambda candidate: candidate.rank)
    tiered = [c for c in candidates if len(c.tiers) > 1 and abs(c.tiers[0][1] / flat.tiers[0][1] - 1) < SAME]
    if len(flat.tiers) > 1 or not tiered:
        return flat
    steps = max(tiered, key=lambda candidate: candidate.rank)
    source = flat.source if steps.source == flat.source else f"{flat.source}; further tiers: {steps.source}"
    return flat._replace(tiers=steps.tiers, source=source)


def _price(key: PriceKey, region: str, candidate: Candidate) -> Price:
    free = key.free_per_month
    return Price.model_validate(
        {
            "key": key.key,
            "region": region,
            "unit": key.unit,
            "usd": candidate.tiers[0][1],
            "tiers": candidate.tiers if len(candidate.tiers) > 1 else (),
            "source": candidate.source,
            "source_date": candidate.source_date,
            "method": candidate.method,
            "free_per_month": free.quantity if free else 0,
            "free_source": free_words(key),
            "words": key.words,
            "scales": key.scales,
            "profile": candidate.profile,
        }
    )


def free_words(key: PriceKey) -> str:
    """The receipt of the free part."""
    free = key.free_per_month
    if free is None:
        return ""
    return f"{free.source} ({free.date.isoformat()})" if free.date else free.source


def _figure(record: Record, selector: Assembled) -> float:
    return float(f"{float(record['usd']) / selector.divide:.10g}")


def _rank(record: Record) -> tuple[bool, str]:
    day = _date(record["source_date"])
    return (record["method"] == "exact", day.isoformat() if day else "")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
