"""The bill: uses become lines with a receipt, lines become totals with a range."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from libs.planning import demand
from libs.planning.consumed import Use
from libs.planning.models import CostEstimate, CostLine, Requirements, Slot
from libs.planning.prices.lookup import Price, Prices

TRAFFIC_LOW, TRAFFIC_HIGH = 0.6, 1.6
"""Range of what follows the traffic."""
PRICE_MARGIN = {"exact": 0.0, "from monthly cost": 0.01, "derived": 0.05, "estimate": 0.15}
"""How far a figure may be off, by the way it was obtained."""


class Charge(NamedTuple):
    """A use with its price, if there is one."""

    slot: Slot
    option: str
    use: Use
    price: Price | None

    @property
    def monthly_usd(self) -> float | None:
        """Quantity times unit price; None when the price is not known."""
        return None if self.price is None else self.use.quantity * self.price.usd


def charges(slot: Slot, option: str, uses: Iterable[Use], prices: Prices, region: str) -> tuple[Charge, ...]:
    """Every use with the price of its region."""
    return tuple(Charge(slot, option, use, prices.find(use.price_key, region)) for use in uses)


def known_total(items: Iterable[Charge]) -> float:
    """Sum of the charges whose price is known."""
    return sum(item.monthly_usd or 0.0 for item in items)


def unknown(items: Iterable[Charge]) -> tuple[Charge, ...]:
    """The charges without a price."""
    return tuple(item for item in items if item.price is None)


def estimate(items: Sequence[Charge], needs: Requirements, as_of: date) -> CostEstimate:
    """The monthly bill with its range, per thousand predictions and per retraining."""
    expected = known_total(items)
    per_month = demand.requests_month(needs)
    retrain = known_total(item for item in items if item.slot in ("train", "process"))
    return CostEstimate(
        lines=tuple(line(item, needs.region) for item in items),
        low_usd=round(sum(_bound(item, TRAFFIC_LOW, -1) for item in items), 2),
        expected_usd=round(expected, 2),
        high_usd=round(sum(_bound(item, TRAFFIC_HIGH, 1) for item in items), 2),
        per_1000_predictions_usd=round(expected / per_month * 1000, 6) if per_month else None,
        per_retrain_usd=round(retrain / demand.trainings_month(needs), 4),
        unknown_lines=len(unknown(items)),
        as_of=as_of,
    )


def line(item: Charge, region: str) -> CostLine:
    """The charge as a line of the bill, with its receipt."""
    price = item.price
    monthly = item.monthly_usd
    return CostLine(
        slot=item.slot,
        option=item.option,
        item=item.use.item,
        quantity=round(item.use.quantity, 6),
        unit=price.unit if price else item.use.price_key,
        unit_price_usd=price.usd if price else None,
        monthly_usd=None if monthly is None else round(monthly, 4),
        formula=item.use.formula,
        source=price.source if price else "no figure known",
        source_date=price.source_date if price else None,
        method=price.method if price else "unknown",
        region=price.region if price else region,
    )


def _bound(item: Charge, traffic: float, sign: int) -> float:
    if item.price is None:
        return 0.0
    factor = traffic if item.use.elastic else 1.0
    return (item.monthly_usd or 0.0) * factor * (1 + sign * PRICE_MARGIN[item.price.method])
