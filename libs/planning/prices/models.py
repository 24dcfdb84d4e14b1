"""What a unit price is: the figure, its tiers, what is free of it, and its receipt."""

from datetime import date
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from libs.core.values import Value

Method = Literal["exact", "from monthly cost", "derived", "estimate"]
Tier = tuple[float, float]
"""From this quantity a month on; USD for each unit."""


class Price(Value):
    """One unit price with its receipt."""

    key: str
    region: str
    unit: str
    usd: float = Field(ge=0)
    """Price of the first unit that is paid."""
    source: str
    source_date: date | None
    method: Method
    tiers: tuple[Tier, ...] = ()
    """Empty for a flat price; else the first starts at 0 and costs `usd`."""
    free_per_month: float = Field(default=0, ge=0)
    """Units that cost nothing each month, for an account, without an end date."""
    free_source: str = ""
    words: str = ""
    """What is bought, in words."""
    scales: bool = True
    """Whether a region without a figure may take another region's figure by the region index."""
    profile: str = ""
    """Inference profile over which a model is reached, when it is not served in the region itself."""

    @model_validator(mode="after")
    def _tiers_are_in_order(self) -> Self:
        if not self.tiers:
            return self
        starts = [start for start, _ in self.tiers]
        if starts[0] != 0 or any(later <= earlier for earlier, later in pairwise(starts)):
            raise ValueError("tiers must start at 0 and rise")
        if self.tiers[0][1] != self.usd:
            raise ValueError("the first tier must cost `usd`")
        if any(usd < 0 for _, usd in self.tiers):
            raise ValueError("a tier costs less than nothing")
        return self
