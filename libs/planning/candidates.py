"""Every option sized, priced and judged against the hard constraints: what the solver chooses from."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from libs.intake.models import FieldName
from libs.planning import availability, consumption, costs, latency, sizing
from libs.planning.catalogue.models import Catalogue, Option
from libs.planning.errors import UnknownOption
from libs.planning.models import SLOTS, LatencyHop, Requirements, Slot
from libs.planning.prices.lookup import Prices
from libs.planning.sized import Size, Unfit


@dataclass(frozen=True)
class Block:
    """A hard constraint that rules a candidate out."""

    field: FieldName
    reason: str


@dataclass(frozen=True)
class Candidate:
    """One sized variant of an option."""

    option: Option
    size: Size
    charges: tuple[costs.Charge, ...]
    hops: tuple[LatencyHop, ...]
    monthly_usd: float
    """Sum of the lines whose price is known."""
    unpriced: bool
    p95_ms: float
    availability_pct: float
    blocks: tuple[Block, ...] = ()
    key: str = field(default="")

    @property
    def slot(self) -> Slot:
        """The slot it fills."""
        return self.option.slot


@dataclass(frozen=True)
class Pool:
    """All candidates, and the options that could not be sized."""

    needs: Requirements
    candidates: tuple[Candidate, ...]
    unfit: Mapping[tuple[Slot, str], Unfit]
    other_archetype: tuple[Option, ...]
    memo: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """Answers that the optimiser already found for these candidates."""

    @cached_property
    def _by_slot(self) -> dict[Slot, tuple[Candidate, ...]]:
        return {slot: tuple(c for c in self.candidates if c.slot == slot) for slot in SLOTS}

    def of_slot(self, slot: Slot) -> tuple[Candidate, ...]:
        """The candidates of a slot, in catalogue order."""
        return self._by_slot[slot]


def pool(needs: Requirements, catalogue: Catalogue, prices: Prices) -> Pool:
    """Sizes, prices and judges every option of the archetype."""
    found: list[Candidate] = []
    unfit: dict[tuple[Slot, str], Unfit] = {}
    other: list[Option] = []
    for option in catalogue.options:
        if needs.archetype not in option.archetypes:
            other.append(option)
            continue
        sizes = sizing.variants(option.sizing, needs)
        if isinstance(sizes, Unfit):
            unfit[(option.slot, option.id)] = sizes
            continue
        blocks = _blocks(option, needs)
        found.extend(_candidate(option, size, blocks, needs, prices) for size in sizes)
    return Pool(needs, tuple(found), unfit, tuple(other))


def check_known(catalogue: Catalogue, chosen: Mapping[Slot, str]) -> None:
    """UnknownOption for a forced choice that the catalogue does not have."""
    for slot, option_id in chosen.items():
        if slot not in SLOTS or catalogue.find(slot, option_id) is None:
            known = ", ".join(option.id for option in catalogue.of_slot(slot)) or "none"
            raise UnknownOption(
                f"Slot {slot} has no option {option_id}; it has: {known}.", slot=slot, option=option_id
            )


def _candidate(
    option: Option, size: Size, blocks: tuple[Block, ...], needs: Requirements, prices: Prices
) -> Candidate:
    used = consumption.uses(option.id, size, needs)
    charged = costs.charges(option.slot, option.id, used, prices, needs.region)
    path = latency.hops(option, size, needs)
    return Candidate(
        option=option,
        size=size,
        charges=charged,
        hops=path,
        monthly_usd=costs.known_total(charged),
        unpriced=bool(costs.unknown(charged)),
        p95_ms=latency.conservative_p95(path),
        availability_pct=availability.of_option(option, size, needs),
        blocks=blocks,
        key=f"{option.slot}/{option.id}/" + ",".join(f"{k}={v}" for k, v in size.items()),
    )


def _blocks(option: Option, needs: Requirements) -> tuple[Block, ...]:
    found = [Block(rule.when.field, rule.reason) for rule in option.exclusions if rule.when.holds(needs)]
    if option.regions and needs.region not in option.regions:
        found.append(Block("regions", f"not offered in {needs.region}"))
    outside = [regime for regime in needs.compliance if regime not in option.attributes.compliance]
    if outside:
        found.append(Block("compliance", f"not in scope of {', '.join(outside)}"))
    wanted = needs.deployment_preference
    if option.slot == "serve" and wanted is not None and wanted not in option.deployment:
        kinds = ", ".join(option.deployment)
        found.append(Block("deployment_preference", f"{wanted} was asked for; this is {kinds}"))
    return tuple(found)
