"""One item of consumption."""

from typing import NamedTuple


class Use(NamedTuple):
    """A quantity of something that has a unit price."""

    item: str
    price_key: str
    quantity: float
    formula: str
    """How the quantity follows from the requirements, in words and numbers."""
    elastic: bool = False
    """Whether the quantity follows the traffic (and may be lower or higher than expected)."""
