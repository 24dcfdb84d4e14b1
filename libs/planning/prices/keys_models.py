"""What a price key is: its unit and words, and where its figures are read."""

from datetime import date
from typing import Any

from pydantic import Field, model_validator

from libs.core.values import Value


class AssembledTier(Value):
    """One step of a tiered price in the assembled file."""

    start: float = Field(alias="from", ge=0)
    sku: str


class Assembled(Value):
    """Where the figure stands in the assembled price file."""

    service: str
    sku: str = ""
    tiers: tuple[AssembledTier, ...] = ()
    attrs: dict[str, str] = {}
    """Attributes that the record must have, such as the engine of a database."""
    unit: str = ""
    """Unit of the record when it is another one than the key's; only then may `divide` be given."""
    divide: float = Field(default=1, gt=0)
    """Units of the key in one unit of the record: 730 for a monthly figure of an hourly key."""
    derived: str = ""
    """Why the figure of something else may stand in; the method becomes `derived`."""
    only_in: str = ""
    """Takes the record of this region only."""
    not_in: tuple[str, ...] = ()
    """Leaves the records of these regions out."""
    holds_in: tuple[str, ...] = ()
    """Regions for which the figure is printed; the record's own when left out."""
    profile: str = ""

    @model_validator(mode="after")
    def _one_figure(self) -> "Assembled":
        if bool(self.sku) == bool(self.tiers):
            raise ValueError("give either `sku` or `tiers`")
        if self.divide != 1 and not self.unit:
            raise ValueError("`divide` needs the `unit` of the record")
        return self


class ListSelector(Value):
    """Where the figure stands in the public AWS price list."""

    offer: str
    usage: tuple[str, ...] = Field(min_length=1)
    """Usage types without AWS's region prefix."""
    where: dict[str, str] = {}
    """Further columns and their values."""
    per: float = Field(default=1, gt=0)
    """Units of the price list in one unit of the key: 1,000,000 when the key counts millions."""

    @model_validator(mode="before")
    @classmethod
    def _one_usage_or_several(cls, raw: Any) -> Any:
        if isinstance(raw, dict) and isinstance(raw.get("usage"), str):
            return {**raw, "usage": (raw["usage"],)}
        return raw


class Free(Value):
    """What costs nothing each month, without an end date."""

    quantity: float = Field(gt=0)
    source: str
    date: date | None


class PriceKey(Value):
    """One price key."""

    key: str = Field(pattern=r"^[a-z0-9_]+(\.[A-Za-z0-9_.\-]+)+$")
    unit: str
    words: str
    scales: bool = True
    assembled: tuple[Assembled, ...] = ()
    price_list: ListSelector | None = None
    free_per_month: Free | None = None


class Quote(Value):
    """A figure that a named public page prints and the assembled file does not hold."""

    key: str
    region: str
    unit: str
    usd: float | None = Field(default=None, ge=0)
    tiers: tuple[tuple[float, float], ...] = ()
    source: str
    source_date: date | None
    method: str

    @model_validator(mode="after")
    def _one_figure(self) -> "Quote":
        if (self.usd is None) == (not self.tiers):
            raise ValueError("give either `usd` or `tiers`")
        return self
