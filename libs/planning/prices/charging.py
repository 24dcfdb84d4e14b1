"""What a quantity costs in a month: the free part, then tier by tier."""

from typing import NamedTuple

from libs.planning.prices.models import Price


class TierCharge(NamedTuple):
    """The part of a month's quantity that is charged at one price."""

    from_: float
    """Where this part begins, counted over the whole month."""
    quantity: float
    usd: float
    """Price of each unit."""
    monthly_usd: float


def price_of(price: Price, quantity: float, free: bool = True) -> tuple[TierCharge, ...]:
    """Splits a month's quantity into its parts, cheapest start first; their sum is the monthly cost.

    The free units come first and fill the first tier, as on a bill: tier limits count the whole month's quantity.

    Args:
        price: unit price with its tiers.
        quantity: units in one month.
        free: whether the account still has its free units.

    Raises:
        ValueError: the quantity is negative or no number.
    """
    if not quantity >= 0:
        raise ValueError(f"a quantity cannot be {quantity}")
    gratis = min(quantity, price.free_per_month) if free else 0.0
    parts = [TierCharge(0.0, gratis, 0.0, 0.0)] if gratis else []
    tiers = price.tiers or ((0.0, price.usd),)
    ends = (*(start for start, _ in tiers[1:]), float("inf"))
    for (start, usd), end in zip(tiers, ends, strict=True):
        begin = max(start, gratis)
        amount = min(quantity, end) - begin
        if amount > 0:
            parts.append(TierCharge(begin, amount, usd, amount * usd))
    return tuple(parts)


def monthly_cost(price: Price, quantity: float, free: bool = True) -> float:
    """What the quantity costs in a month."""
    return sum(part.monthly_usd for part in price_of(price, quantity, free))
