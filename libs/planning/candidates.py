"""Every option sized, priced and judged against the hard constraints: what the solver chooses from."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from libs.intake.models import Deployment, FieldName
from libs.planning import availability, demand, latency, regions, sizing
from libs.planning.availability import Availabilities
from libs.planning.catalogue.formulas import Names
from libs.planning.catalogue.models import Catalogue, Option
from libs.planning.consumption import Charge, charges, known_total, unknown
from libs.planning.errors import UnknownOption
from libs.planning.models import LLM_SLOTS, SLOTS, LatencyHop, Requirements, Slot
from libs.planning.prices.lookup import Prices
from libs.planning.sizing import Size, Unfit
from libs.planning.wording import counted

UNWRITTEN = "no repository can be written with it yet"


@dataclass(frozen=True)
class Block:
    """What rules a candidate out."""

    field: FieldName | None
    """The hard constraint; None when no repository can be written with the option."""
    reason: str


@dataclass(frozen=True)
class Candidate:
    """One sized variant of an option."""

    option: Option
    size: Size
    names: Names
    charges: tuple[Charge, ...]
    hops: tuple[LatencyHop, ...]
    monthly_usd: float
    """Sum of the lines whose price is known."""
    unpriced: bool
    p95_ms: float
    available: Availabilities
    blocks: tuple[Block, ...] = ()
    key: str = field(default="")

    @property
    def slot(self) -> Slot:
        """The slot it fills."""
        return self.option.slot

    @property
    def availability_pct(self) -> float:
        """Percent of time it is there; 100 when nothing waits for it."""
        return self.available.pct


@dataclass(frozen=True)
class Pool:
    """All candidates, and the options that could not be sized."""

    needs: Requirements
    names: Names
    """Requirements and assumptions by name."""
    candidates: tuple[Candidate, ...]
    unfit: Mapping[tuple[Slot, str], Unfit]
    other_archetype: tuple[Option, ...]
    set_aside: Mapping[tuple[Slot, str], tuple[Block, ...]] = field(default_factory=dict)
    """What else rules out the options that could not be sized."""
    memo: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """Answers that the optimiser already found for these candidates."""

    @cached_property
    def _by_slot(self) -> dict[Slot, tuple[Candidate, ...]]:
        found: dict[Slot, list[Candidate]] = {slot: [] for slot in SLOTS}
        for candidate in self.candidates:
            found[candidate.slot].append(candidate)
        return {slot: tuple(listed) for slot, listed in found.items()}

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The slots that a design for these requirements has."""
        return slots_of(self.needs)

    @property
    def hour_rate_usd(self) -> float:
        """What an hour of operation counts in the objective."""
        return float(self.names["ops_hour_rate_usd"])

    def of_slot(self, slot: Slot) -> tuple[Candidate, ...]:
        """The candidates of a slot, in catalogue order."""
        return self._by_slot[slot]


_NOT_WITH_LLM: frozenset[Slot] = frozenset(("features", "registry"))
"""What nobody needs who answers from documents with a ready model: nothing is looked up, no weights are approved."""


def slots_of(needs: Requirements) -> tuple[Slot, ...]:
    """The slots that a design has: those around a language model only where there is one, and then no others."""
    absent = _NOT_WITH_LLM if needs.ml_task == "llm_rag" else LLM_SLOTS
    return tuple(slot for slot in SLOTS if slot not in absent)


Memo = dict[Hashable, "tuple[Candidate, ...] | Unfit"]
"""Sized and priced options by what their formulas read: many questions differ in few of them."""


def pool(
    needs: Requirements,
    catalogue: Catalogue,
    prices: Prices,
    *,
    written_only: bool = False,
    memo: Memo | None = None,
) -> Pool:
    """Sizes, prices and judges every option of the archetype.

    Args:
        needs: what has to hold.
        catalogue: the options and assumptions there are.
        prices: dated unit prices.
        written_only: rule out what no repository can be written with, in slots that have something else.
        memo: kept between calls with the same catalogue and prices; options whose names have the same values are
            not sized again.
    """
    names = demand.names(needs, catalogue)
    known: Memo = {} if memo is None else memo
    found: list[Candidate] = []
    unfit: dict[tuple[Slot, str], Unfit] = {}
    aside: dict[tuple[Slot, str], tuple[Block, ...]] = {}
    other: list[Option] = []
    for slot in slots_of(needs):
        options = [option for option in catalogue.of_slot(slot) if needs.archetype in option.archetypes]
        other += [option for option in catalogue.of_slot(slot) if needs.archetype not in option.archetypes]
        unwritten = written_only and any(option.generated for option in options)
        wanted = _wanted(needs, options, unwritten)
        for option in options:
            sized = _sized(option, names, needs, prices, known)
            common = _blocks(option, needs, names, wanted)
            last = (Block(None, UNWRITTEN),) if unwritten and not option.generated else ()
            if isinstance(sized, Unfit):
                unfit[(slot, option.id)] = sized
                aside[(slot, option.id)] = (*common, *last)
                continue
            for candidate in sized:
                blocks = (*common, *_own_blocks(candidate, needs), *last)
                found.append(replace(candidate, blocks=blocks) if blocks else candidate)
    return Pool(needs, names, tuple(found), unfit, tuple(other), aside)


def patient(
    option: Option, pool: Pool, catalogue: Catalogue, prices: Prices
) -> tuple[Candidate, ...] | Unfit:
    """An option that is too slow for the target, sized as if nobody waited; or why it has no size even then."""
    needs = pool.needs.model_copy(update={"latency_ms_p95": None})
    sized = _sized(option, demand.names(needs, catalogue), needs, prices, {})
    if isinstance(sized, Unfit):
        return sized
    return tuple(replace(candidate, blocks=_own_blocks(candidate, needs)) for candidate in sized)


def _sized(
    option: Option, names: Names, needs: Requirements, prices: Prices, memo: Memo
) -> tuple[Candidate, ...] | Unfit:
    floors = demand.replica_floors(needs)
    reads = tuple(names.get(name) for name in sorted(option.reads))
    key = (option.slot, option.id, needs.archetype, needs.region, floors, reads)
    known = memo.get(key)
    if known is None:
        sizes = sizing.variants(option, names, floors)
        known = (
            sizes
            if isinstance(sizes, Unfit)
            else tuple(_candidate(option, variant, needs, prices) for variant in sizes)
        )
        memo[key] = known
    return known


def check_known(catalogue: Catalogue, chosen: Mapping[Slot, str]) -> None:
    """UnknownOption for a forced choice that the catalogue does not have."""
    for slot, option_id in chosen.items():
        if slot not in SLOTS or catalogue.find(slot, option_id) is None:
            known = ", ".join(option.id for option in catalogue.of_slot(slot)) or "none"
            raise UnknownOption(
                f"Slot {slot} has no option {option_id}; it has: {known}.", slot=slot, option=option_id
            )


def _wanted(needs: Requirements, options: list[Option], unwritten: bool) -> Deployment | None:
    """The deployment that serving is held to: Kubernetes becomes containers where nothing can be written for it."""
    offered = {kind for option in options if option.generated or not unwritten for kind in option.deployment}
    wanted = needs.deployment_preference
    return "containers" if wanted == "kubernetes" and wanted not in offered else wanted


def _candidate(option: Option, sized: sizing.Variant, needs: Requirements, prices: Prices) -> Candidate:
    charged = charges(option, sized.names, prices, needs.region)
    path = latency.hops(option, sized.names, needs)
    return Candidate(
        option=option,
        size=sized.size,
        names=sized.names,
        charges=charged,
        hops=path,
        monthly_usd=known_total(charged),
        unpriced=bool(unknown(charged)),
        p95_ms=latency.conservative_p95(path),
        available=availability.of_option(option, sized.names, needs),
        key=f"{option.slot}/{option.id}/" + ",".join(f"{k}={v}" for k, v in sized.size.items()),
    )


def _own_blocks(candidate: Candidate, needs: Requirements) -> tuple[Block, ...]:
    """What rules out one size: recovery that takes too long, training that is not over when the next one starts."""
    option, names = candidate.option, candidate.names
    found: list[Block] = []
    if option.recovery is not None:
        rpo, rto = float(option.recovery.rpo_minutes(names)), float(option.recovery.rto_minutes(names))
        if needs.rpo_minutes is not None and rpo > needs.rpo_minutes:
            found.append(Block("rpo_minutes", f"may lose {counted(rpo, 'minutes')} of data"))
        if needs.rto_minutes is not None and rto > needs.rto_minutes:
            found.append(Block("rto_minutes", f"takes {counted(rto, 'minutes')} to restore"))
    hours = candidate.size.get("hours_per_run")
    between = demand.HOURS_MONTH / demand.trainings_month(needs)
    if option.slot == "train" and isinstance(hours, int | float) and hours > between:
        reason = f"a run takes {hours:g} h and the next one starts after {between:.3g} h"
        found.append(Block("training_frequency", reason))
    return tuple(found)


def _blocks(
    option: Option, needs: Requirements, names: Names, wanted: Deployment | None
) -> tuple[Block, ...]:
    found = [Block(rule.field, rule.reason) for rule in option.exclusions if rule.when(names)]
    if option.regions and needs.region not in option.regions:
        found.append(Block("regions", f"not offered in {needs.region}"))
    outside = [regime for regime in needs.compliance if regime not in option.facts.compliance]
    if outside:
        found.append(Block("compliance", f"not in scope of {', '.join(outside)}"))
    leaving = [
        area
        for area in needs.residency
        if option.facts.data_leaves_account
        or (option.facts.data_leaves_region and not regions.stays_in_geography(needs.region, area))
    ]
    if leaving:
        found.append(Block("residency", f"data may leave {', '.join(leaving)}"))
    if option.slot == "serve" and wanted is not None and wanted not in option.deployment:
        kinds = ", ".join(option.deployment)
        found.append(Block("deployment_preference", f"{wanted} was asked for; this is {kinds}"))
    return tuple(found)
