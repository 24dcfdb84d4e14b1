"""What a sized option uses in a month: the items of the bill, priced tier by tier."""

from collections.abc import Iterable
from typing import NamedTuple

from libs.planning.catalogue.formulas import Names
from libs.planning.catalogue.models import Option, UseRule
from libs.planning.errors import CatalogueUnusable
from libs.planning.models import Slot
from libs.planning.prices.charging import monthly_cost
from libs.planning.prices.lookup import Price, Prices


class Charge(NamedTuple):
    """A quantity of something with its price, if there is one."""

    slot: Slot
    option: str
    rule: UseRule
    key: str
    """Of the price."""
    quantity: float
    price: Price | None
    monthly_usd: float | None
    """None when the price is not known."""
    names: Names

    @property
    def formula(self) -> str:
        """How the quantity follows from the requirements, in words and numbers."""
        return self.rule.formula(self.names)


def charges(option: Option, names: Names, prices: Prices, region: str) -> tuple[Charge, ...]:
    """Every use of the option at this size, with the price of the region.

    Raises:
        CatalogueUnusable: a formula has no value, or gives a negative quantity.
    """
    try:
        return tuple(_charge(option, rule, names, prices, region) for rule in option.uses if rule.when(names))
    except (ArithmeticError, TypeError, ValueError, KeyError, NameError) as error:
        raise CatalogueUnusable(f"{option.slot}/{option.id}: its bill has no value: {error}") from error


def known_total(items: Iterable[Charge]) -> float:
    """Sum of the charges whose price is known, in USD a month."""
    return sum(item.monthly_usd or 0.0 for item in items)


def unknown(items: Iterable[Charge]) -> tuple[Charge, ...]:
    """The charges without a price."""
    return tuple(item for item in items if item.price is None)


def _charge(option: Option, rule: UseRule, names: Names, prices: Prices, region: str) -> Charge:
    key = rule.price(names)
    quantity = float(rule.quantity(names))
    if not 0 <= quantity < float("inf"):
        raise ValueError(f"{rule.item} has the quantity {quantity}")
    price = prices.find(key, region)
    monthly = None
    if price is not None:
        flat = not price.tiers and not (rule.free and price.free_per_month)
        monthly = quantity * price.usd if flat else monthly_cost(price, quantity, rule.free)
    return Charge(option.slot, option.id, rule, key, quantity, price, monthly, names)
