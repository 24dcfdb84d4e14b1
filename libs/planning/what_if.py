"""One plan with something exchanged: what price, latency, availability and constraints would be."""

from collections.abc import Mapping
from datetime import date
from typing import get_args

from libs.core.values import Value
from libs.intake.models import FieldName
from libs.planning import assembly, candidates, optimiser
from libs.planning.candidates import Pool
from libs.planning.catalogue.models import Catalogue
from libs.planning.errors import OptionUnfit
from libs.planning.models import Plan, Requirements, Slot
from libs.planning.optimiser import Rules, Solution
from libs.planning.prices.lookup import Prices
from libs.planning.wording import statement

EVERYTHING: frozenset[FieldName | None] = frozenset((*get_args(FieldName), None))


class Broken(Value):
    """A hard constraint that the changed design would not keep."""

    field: FieldName
    message: str


class WhatIf(Value):
    """The changed design beside the one it came from."""

    plan: Plan
    also_changed: tuple[Slot, ...]
    """Slots that had to change with it, because options need each other."""
    broken: tuple[Broken, ...]
    monthly_usd_delta: float
    p95_ms_delta: float
    availability_pct_delta: float
    ops_hours_delta: float


def exchange(
    base: Plan, catalogue: Catalogue, prices: Prices, chosen: Mapping[Slot, str], *, as_of: date
) -> WhatIf:
    """The plan with other options in some slots; everything else stays as it is, as far as that goes.

    Args:
        base: the plan that a person looks at.
        catalogue: the options there are.
        prices: dated unit prices.
        chosen: slot → option that is put in its place.
        as_of: the recorded date of the design.

    Raises:
        UnknownOption: the catalogue has no such option, or the design no such slot.
        OptionUnfit: the option cannot be sized for these requirements, or fits nothing else in the design.
    """
    return changed(base, base.requirements, catalogue, prices, chosen, as_of=as_of)


def changed(
    base: Plan,
    requirements: Requirements,
    catalogue: Catalogue,
    prices: Prices,
    chosen: Mapping[Slot, str],
    *,
    as_of: date,
) -> WhatIf:
    """The plan under other requirements or assumptions, and with other options; see `exchange`."""
    candidates.check_known(catalogue, chosen)
    pool = candidates.pool(requirements, catalogue, prices)
    _check_sized(pool, chosen)
    kept = {c.slot: c.option for c in base.components if c.slot in pool.slots} | dict(chosen)
    solution = _solution(pool, kept, chosen)
    if solution is None:
        raise OptionUnfit(
            "These choices do not go together with any design of the catalogue.",
            advice="Nothing was changed. Exchange one component at a time.",
        )
    plan = assembly.plan_of(pool, solution, catalogue, prices, as_of=as_of, proven_optimal=False)
    return WhatIf(
        plan=plan,
        also_changed=tuple(c.slot for c in plan.components if kept.get(c.slot, c.option) != c.option),
        broken=tuple(_broken(pool, solution)),
        monthly_usd_delta=round(plan.cost.expected_usd - base.cost.expected_usd, 2),
        p95_ms_delta=round(plan.latency.conservative_p95_ms - base.latency.conservative_p95_ms, 3),
        availability_pct_delta=round(plan.availability.expected_pct - base.availability.expected_pct, 6),
        ops_hours_delta=round(plan.ops_hours_month - base.ops_hours_month, 2),
    )


def _check_sized(pool: Pool, chosen: Mapping[Slot, str]) -> None:
    for slot, option in chosen.items():
        if slot not in pool.slots:
            raise OptionUnfit(f"This design has no slot {slot}.", advice="Nothing was changed.")
        unfit = pool.unfit.get((slot, option))
        if unfit is not None:
            raise OptionUnfit(f"{option} cannot be sized: {unfit.reason}.", advice="Nothing was changed.")
        if not any(c.option.id == option for c in pool.of_slot(slot)):
            raise OptionUnfit(f"{option} is made for another kind of system.", advice="Nothing was changed.")


def _solution(pool: Pool, kept: Mapping[Slot, str], chosen: Mapping[Slot, str]) -> Solution | None:
    """Everything else kept; then constraints broken rather than choices changed; then what has to change changed."""
    nothing: frozenset[tuple[Slot, str]] = frozenset()
    sized = {slot: option for slot, option in kept.items() if (slot, option) not in pool.unfit}
    for forced, ignored in (
        (sized, frozenset[FieldName | None]({None})),
        (sized, EVERYTHING),
        (chosen, frozenset[FieldName | None]({None})),
        (chosen, EVERYTHING),
    ):
        found = optimiser.best(pool, Rules(dict(forced), nothing, ignored))
        if found is not None:
            return found
    return None


def _broken(pool: Pool, solution: Solution) -> list[Broken]:
    needs = pool.needs
    found = [
        Broken(field=block.field, message=f"{candidate.option.title}: {block.reason}")
        for candidate in solution.chosen
        for block in candidate.blocks
        if block.field is not None
    ]
    if needs.latency_ms_p95 is not None and solution.p95_ms > needs.latency_ms_p95:
        found.append(_over("latency_ms_p95", needs, f"the path takes {solution.p95_ms:g} ms"))
    if solution.availability_pct < needs.availability_pct - 1e-6:
        found.append(_over("availability_pct", needs, f"the chain gives {solution.availability_pct:.6g} %"))
    if needs.budget_usd_month is not None and solution.monthly_usd > needs.budget_usd_month:
        found.append(_over("budget_usd_month", needs, f"the bill is ${solution.monthly_usd:,.2f}"))
    return found


def _over(field: FieldName, needs: Requirements, got: str) -> Broken:
    return Broken(field=field, message=f"{statement(needs, field)} is not kept: {got}")
