"""For each option that was left out: the constraint that rejected it, or the price difference."""

from dataclasses import replace
from typing import Protocol

from libs.intake.models import FieldName
from libs.planning import optimiser
from libs.planning.candidates import UNWRITTEN, Pool
from libs.planning.catalogue.models import Catalogue, Option
from libs.planning.models import Rejection
from libs.planning.optimiser import Rules, Solution
from libs.planning.wording import ARCHETYPES, WORDS

COUPLED: tuple[FieldName, ...] = ("latency_ms_p95", "availability_pct", "budget_usd_month")
"""Constraints on the whole design; the others are judged option by option."""


class Because(Protocol):
    """Makes the rejection of one option."""

    def __call__(self, reason: str, constraint: str | None = None, delta: float | None = None) -> Rejection:
        """The rejection with this reason."""


def of_others(pool: Pool, catalogue: Catalogue, rules: Rules, solution: Solution) -> tuple[Rejection, ...]:
    """Every option that the solution does not use."""
    found: list[Rejection] = []
    for slot in pool.slots:
        seen: set[str] = set()
        for candidate in pool.of_slot(slot):
            option = candidate.option
            if option.id in seen or (slot, option.id) in solution.picks:
                continue
            seen.add(option.id)
            found.append(_rejection(pool, rules, solution, option))
        for (unfit_slot, option_id), unfit in pool.unfit.items():
            if unfit_slot == slot:
                known = catalogue.find(slot, option_id)
                found.append(
                    Rejection(
                        slot=slot,
                        option=option_id,
                        title=known.title if known else "",
                        reason=unfit.reason,
                        constraint=unfit.field,
                        delta_usd_month=None,
                    )
                )
        found.extend(
            _of_other_archetype(pool, option) for option in pool.other_archetype if option.slot == slot
        )
    return tuple(found)


def _of_other_archetype(pool: Pool, option: Option) -> Rejection:
    made_for = " or ".join(ARCHETYPES[archetype] for archetype in option.archetypes)
    return Rejection(
        slot=option.slot,
        option=option.id,
        title=option.title,
        reason=f"made for {made_for}; this is {ARCHETYPES[pool.needs.archetype]}",
        constraint="workloads",
        delta_usd_month=None,
    )


def _rejection(pool: Pool, rules: Rules, solution: Solution, option: Option) -> Rejection:
    def because(reason: str, constraint: str | None = None, delta: float | None = None) -> Rejection:
        return Rejection(
            slot=option.slot,
            option=option.id,
            title=option.title,
            reason=reason,
            constraint=constraint,
            delta_usd_month=delta,
        )

    if (option.slot, option.id) in rules.excluded:
        return because("an earlier design with it was sent back by a critic")
    variants = [c for c in pool.of_slot(option.slot) if c.option.id == option.id]
    if variants[0].blocks:
        block = variants[0].blocks[0]
        if block.field is None:
            return _unwritten(because, pool, rules, solution, option)
        return because(block.reason, block.field)
    if all(c.unpriced for c in variants):
        return because("its price is not known, and what cannot be priced is not chosen unasked")
    forced = Rules({**rules.forced, option.slot: option.id}, rules.excluded)
    other = optimiser.best(pool, forced)
    if other is not None and any(c.unpriced for c in other.chosen if c.slot == option.slot):
        other = optimiser.best(_priced(pool), forced)
        if other is None:
            return because(
                "the sizes that would do have no known price, and what cannot be priced is not chosen"
            )
    if other is not None:
        return _dearer(because, pool, solution, other)
    for name in COUPLED:
        relaxed = optimiser.best(pool, Rules(forced.forced, forced.excluded, frozenset({name})))
        if relaxed is not None:
            return because(f"with it no design keeps {WORDS[name]}", name)
    if option.slot in rules.forced:
        return because(f"{rules.forced[option.slot]} was fixed in this slot")
    for pairing in optimiser.pairings(pool, variants[0]):
        fixed = [rules.forced[slot] for slot in (pairing.slot, *pairing.unless) if slot in rules.forced]
        if len(fixed) == 1 + len(pairing.unless) and not set(pairing.partners) & set(rules.forced.items()):
            held = f"{' and '.join(fixed)}, which {'were' if fixed[1:] else 'was'} fixed"
            return because(f"does not go with {held}: {pairing.reason}")
        partners = [c for slot, other in pairing.partners for c in pool.of_slot(slot) if c.option.id == other]
        barred = [block for c in partners for block in c.blocks[:1] if block.field is not None]
        if partners and len(barred) == len(partners):
            return because(f"{pairing.reason}; {barred[0].reason}", barred[0].field)
    return because("it does not go together with the other fixed or allowed choices")


def _priced(pool: Pool) -> Pool:
    return replace(pool, candidates=tuple(c for c in pool.candidates if not c.unpriced), memo={})


def _unwritten(because: Because, pool: Pool, rules: Rules, solution: Solution, option: Option) -> Rejection:
    """No repository can be written with it yet; what it would have meant for the bill is said all the same."""
    allowed = Rules({**rules.forced, option.slot: option.id}, rules.excluded, frozenset({None}))
    other = optimiser.best(pool, allowed)
    if other is None:
        return because(UNWRITTEN)
    delta = round(other.monthly_usd - solution.monthly_usd, 2)
    direction = "more" if delta > 0 else "less"
    return because(f"{UNWRITTEN}; the design would cost ${abs(delta):,.2f} a month {direction}", None, delta)


def _dearer(because: Because, pool: Pool, solution: Solution, other: Solution) -> Rejection:
    delta = round(other.monthly_usd - solution.monthly_usd, 2)
    hours = other.ops_hours - solution.ops_hours
    rate = pool.hour_rate_usd
    if delta > 0.005:
        reason = f"meets every constraint but costs ${delta:,.2f} a month more"
    elif rate > 0 and hours > 0:
        reason = f"costs {hours:g} operating hours a month more (at ${rate:g} an hour)"
    elif hours > 0:
        reason = f"costs the same and takes {hours:g} operating hours a month more"
    else:
        reason = "costs the same and comes later in the catalogue"
    return because(reason, None, delta)
