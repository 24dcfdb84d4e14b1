"""The bill: charges become lines with a receipt, lines become totals with a range."""

from collections.abc import Iterator, Sequence
from datetime import date

from libs.planning import demand, savings
from libs.planning.catalogue.formulas import Names
from libs.planning.consumption import Charge, known_total
from libs.planning.models import CostEstimate, CostLine, Requirements
from libs.planning.prices.charging import TierCharge, price_of
from libs.planning.prices.lookup import Price, Prices

PRICE_MARGIN = {"exact": 0.0, "from monthly cost": 0.01, "derived": 0.05, "estimate": 0.15}
"""How far a figure may be off, by the way it was obtained."""


def estimate(
    items: Sequence[Charge], needs: Requirements, prices: Prices, names: Names, *, as_of: date
) -> CostEstimate:
    """The monthly bill with its range, per thousand predictions and per retraining.

    Args:
        items: charges of every chosen option.
        needs: what the design is made for.
        prices: where the unit prices came from; their age is told.
        names: requirements and assumptions by name.
        as_of: the recorded date of the design.
    """
    expected = known_total(items)
    per_month = demand.requests_month(needs)
    retrain = known_total(item for item in items if item.slot in ("train", "process"))
    return CostEstimate(
        lines=tuple(line for item in items for line in lines(item, needs.region)),
        low_usd=round(sum(_bound(item, names["traffic_low"], -1) for item in items), 2),
        expected_usd=round(expected, 2),
        high_usd=round(sum(_bound(item, names["traffic_high"], 1) for item in items), 2),
        per_1000_predictions_usd=round(expected / per_month * 1000, 6) if per_month else None,
        per_retrain_usd=round(retrain / demand.trainings_month(needs), 4),
        unknown_lines=sum(item.price is None for item in items),
        savings=savings.ideas(items, needs, prices),
        warnings=(prices.old_warning(as_of),) if prices.is_old(as_of) else (),
        as_of=as_of,
    )


def lines(item: Charge, region: str) -> Iterator[CostLine]:
    """The charge as lines of the bill with their receipts: one, or one for each price tier that it reaches."""
    price = item.price
    if price is None:
        yield _line(item, None, TierCharge(0.0, item.quantity, 0.0, 0.0), item.rule.item, region)
        return
    parts = [part for part in price_of(price, item.quantity, item.rule.free) if part.quantity > 0]
    if not parts:
        parts = [TierCharge(0.0, item.quantity, price.usd, 0.0)]
    for number, part in enumerate(parts):
        name = item.rule.item
        if part.usd == 0 and price.usd != 0:
            name += ", always free"
        elif number > 0 and part.from_ > 0:
            name += f", above {part.from_:,.10g}"
        yield _line(item, price, part, name, region)


def _line(item: Charge, price: Price | None, part: TierCharge, name: str, region: str) -> CostLine:
    free = price is not None and part.usd == 0 and price.usd != 0
    return CostLine(
        slot=item.slot,
        option=item.option,
        item=name,
        quantity=round(part.quantity, 6),
        unit=price.unit if price else item.key,
        unit_price_usd=part.usd if price else None,
        monthly_usd=round(part.monthly_usd, 4) if price else None,
        formula=item.formula,
        source=(price.free_source if free else price.source) if price else "no figure known",
        source_date=price.source_date if price else None,
        method=price.method if price else "unknown",
        region=price.region if price else region,
        key=item.key,
        elastic=item.rule.elastic,
    )


def _bound(item: Charge, traffic: float, sign: int) -> float:
    if item.price is None:
        return 0.0
    factor = traffic if item.rule.elastic else 1.0
    return (item.monthly_usd or 0.0) * factor * (1 + sign * PRICE_MARGIN[item.price.method])
