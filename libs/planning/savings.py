"""Savings ideas: published discounts and cheaper twins of what is on the bill, each with the amount it would make."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from fnmatch import fnmatch
from functools import cache
from importlib import resources

from pydantic import TypeAdapter, ValidationError

from libs.core.values import Value
from libs.core.yaml_documents import YamlUnreadable, read_yaml
from libs.planning.consumption import Charge, known_total
from libs.planning.errors import CatalogueUnusable
from libs.planning.models import Archetype, Requirements, Saving, Slot
from libs.planning.prices.lookup import Prices

FILE = "savings.yaml"
LEAST_USD = 1.0
"""Ideas that make less a month are not worth a line."""
WORTH_SHARE = 0.01
TWINS: tuple[tuple[str, str, str, str], ...] = (
    (
        "fargate.vcpu_hour",
        "fargate.arm_vcpu_hour",
        "Graviton: vCPU hours on ARM tasks",
        "the image is built for ARM and its load test passes there",
    ),
    (
        "fargate.gb_hour",
        "fargate.arm_gb_hour",
        "Graviton: memory hours on ARM tasks",
        "the image is built for ARM and its load test passes there",
    ),
    (
        "s3.gb_month",
        "s3.ia_gb_month",
        "S3 Standard-Infrequent Access for data that is read less than once a month",
        "a lifecycle rule moves objects after 30 days; reads are then billed a gigabyte",
    ),
)
"""Key on the bill, key of the cheaper twin, title, condition."""


class Discount(Value):
    """A published discount."""

    id: str
    title: str
    keys: tuple[str, ...]
    """Patterns of price keys."""
    slots: tuple[Slot, ...] = ()
    archetypes: tuple[Archetype, ...] = ()
    most_availability_pct: float = 100.0
    """Left out where a higher availability was asked for."""
    steady: bool
    """Whether it takes a load that runs all the time."""
    share: float
    condition: str
    source: str
    date: date | None


@cache
def discounts() -> tuple[Discount, ...]:
    """The published discounts shipped with the product.

    Raises:
        CatalogueUnusable: the file is wrong.
    """
    return parse_discounts(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def parse_discounts(text: str) -> tuple[Discount, ...]:
    """Checks the text of the list; CatalogueUnusable names file, line and reason."""
    try:
        document = read_yaml(text)
        return TypeAdapter(tuple[Discount, ...]).validate_python(document.data)
    except YamlUnreadable as error:
        raise CatalogueUnusable(f"{FILE}, {error.message}", file=FILE) from error
    except ValidationError as error:
        first = error.errors()[0]
        line = document.line(tuple(first["loc"]))
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueUnusable(f"{FILE}, line {line}: {where}: {first['msg']}", file=FILE) from error


def ideas(items: Sequence[Charge], needs: Requirements, prices: Prices) -> tuple[Saving, ...]:
    """What could be saved, the largest first; ideas may exclude each other and are not to be added up.

    Args:
        items: the charges of the bill.
        needs: what the design is made for.
        prices: for the cheaper twins.
    """
    least = max(LEAST_USD, WORTH_SHARE * known_total(items))
    found = [*_discounted(items, needs), *_twins(items, needs, prices)]
    return tuple(sorted((s for s in found if s.monthly_usd >= least), key=lambda s: -s.monthly_usd))


def _discounted(items: Sequence[Charge], needs: Requirements) -> Iterator[Saving]:
    for discount in discounts():
        if discount.archetypes and needs.archetype not in discount.archetypes:
            continue
        if needs.availability_pct > discount.most_availability_pct:
            continue
        touched = [item for item in items if _touches(discount, item, needs)]
        slots = {item.slot for item in touched}
        yield Saving(
            title=discount.title,
            slot=slots.pop() if len(slots) == 1 else None,
            monthly_usd=_cents(known_total(touched) * discount.share),
            share=discount.share,
            condition=discount.condition,
            source=discount.source,
            source_date=discount.date,
        )


def _touches(discount: Discount, item: Charge, needs: Requirements) -> bool:
    runs_always = item.slot not in ("train", "process") and not (
        item.slot == "serve" and needs.archetype == "batch_scoring"
    )
    return (
        (not discount.slots or item.slot in discount.slots)
        and (runs_always or not discount.steady)
        and any(fnmatch(item.key, pattern) for pattern in discount.keys)
    )


def _twins(items: Sequence[Charge], needs: Requirements, prices: Prices) -> Iterator[Saving]:
    for key, twin, title, condition in TWINS:
        touched = [item for item in items if item.key == key]
        other = prices.find(twin, needs.region)
        own = prices.find(key, needs.region)
        if not touched or own is None or other is None or other.usd >= own.usd:
            continue
        share = 1 - other.usd / own.usd
        yield Saving(
            title=title,
            slot=touched[0].slot if len({item.slot for item in touched}) == 1 else None,
            monthly_usd=_cents(known_total(touched) * share),
            share=round(share, 4),
            condition=condition,
            source=f"difference of unit prices: {other.source}",
            source_date=other.source_date,
        )


def _cents(amount: float) -> float:
    return math.floor(amount * 100) / 100
