"""Why nothing fits: the smallest set of constraints that cannot all hold, and what would have to give."""

from libs.intake.models import FieldName
from libs.planning import optimiser
from libs.planning.candidates import Block, Candidate, Pool
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Infeasible
from libs.planning.optimiser import Rules, Solution
from libs.planning.wording import WORDS, statement

NEAREST: dict[FieldName, optimiser.Aim] = {"latency_ms_p95": "latency", "availability_pct": "availability"}
"""Targets that cannot be met are answered with the nearest value that can."""
VOLUMES: tuple[FieldName, ...] = ("throughput_rps", "predictions_per_day", "data_volume_gb")


def explain(pool: Pool, rules: Rules, catalogue: Catalogue) -> Infeasible:
    """The smallest conflicting set by deleting one constraint after the other, and the ways out, cheapest first."""
    wide = _with_unfit(pool, catalogue)
    active = _active(wide)
    if _solution(wide, rules, frozenset(active)) is None:
        return _structural(rules)
    ignored: frozenset[FieldName] = frozenset()
    for name in active:
        if _solution(wide, rules, ignored | {name}) is None:
            ignored |= {name}
    conflicting = tuple(name for name in active if name not in ignored)
    ways = [way for name in conflicting if (way := _way_out(wide, rules, name))]
    if not ways:
        ways = [_joint_way_out(wide, rules, active)]
    held = [statement(pool.needs, name) for name in conflicting]
    message = f"No combination of the catalogue meets {_listed(held)} at the same time."
    if len(held) == 1:
        message = f"No combination of the catalogue meets {held[0]}."
    return Infeasible(
        conflicting=conflicting,
        message=message,
        relaxations=tuple(text for _, text in sorted(ways)),
    )


def _solution(
    pool: Pool, rules: Rules, ignored: frozenset[FieldName], aim: optimiser.Aim = "objective"
) -> Solution | None:
    return optimiser.best(pool, Rules(rules.forced, rules.excluded, ignored), aim)


def _with_unfit(pool: Pool, catalogue: Catalogue) -> Pool:
    """The pool with the options that could not be sized, each blocked by the field that does not fit."""
    extra: list[Candidate] = []
    for (slot, option_id), unfit in pool.unfit.items():
        option = catalogue.find(slot, option_id)
        if option is not None:
            blocks = (Block(unfit.field, unfit.reason),)
            extra.append(Candidate(option, {}, (), (), 0.0, False, 0.0, 100.0, blocks))
    return Pool(pool.needs, (*pool.candidates, *extra), {}, ())


def _active(pool: Pool) -> tuple[FieldName, ...]:
    """Fields that rule something out, in the order in which a person would rather keep them last."""
    blocked = {block.field for candidate in pool.candidates for block in candidate.blocks}
    if pool.needs.budget_usd_month is not None:
        blocked.add("budget_usd_month")
    if pool.needs.latency_ms_p95 is not None:
        blocked.add("latency_ms_p95")
    blocked.add("availability_pct")
    return tuple(name for name in WORDS if name in blocked)


def _structural(rules: Rules) -> Infeasible:
    forced = [f"{option} in {slot}" for slot, option in sorted(rules.forced.items())]
    excluded = [f"{option} in {slot}" for slot, option in sorted(rules.excluded)]
    parts = []
    if forced:
        parts.append(f"with {_listed(forced)} fixed")
    if excluded:
        parts.append(f"without {_listed(excluded)}")
    ways = [f"let the planner choose instead of fixing {text}" for text in forced]
    ways += [f"allow {text} again" for text in excluded]
    return Infeasible(
        conflicting=(),
        message=f"The catalogue has no complete design {' and '.join(parts) or 'for this archetype'}.",
        relaxations=tuple(ways),
    )


def _way_out(pool: Pool, rules: Rules, name: FieldName) -> tuple[float, str] | None:
    relaxed = _solution(pool, rules, frozenset({name}), NEAREST.get(name, "objective"))
    if relaxed is None:
        return None
    unsized = any(not candidate.charges for candidate in relaxed.chosen)
    price = "" if unsized else f" (about ${relaxed.monthly_usd:,.0f} a month)"
    if name == "budget_usd_month":
        text = f"raise the budget to ${relaxed.monthly_usd:,.0f} a month"
    elif name == "latency_ms_p95":
        text = f"accept a p95 of {relaxed.p95_ms:g} ms{price}"
    elif name == "availability_pct":
        text = f"accept an availability of {relaxed.availability_pct:.4g} %{price}"
    else:
        changed = [c.option.title for c in relaxed.chosen if any(b.field == name for b in c.blocks)]
        verb = "lower" if name in VOLUMES else "give up"
        text = f"{verb} {statement(pool.needs, name)}, which allows {_listed(changed)}{price}"
    return (float("inf") if unsized else relaxed.monthly_usd, text)


def _joint_way_out(pool: Pool, rules: Rules, active: tuple[FieldName, ...]) -> tuple[float, str]:
    """What has to be given up together when no single constraint is enough."""
    given_up = frozenset(active)
    for name in active:
        if _solution(pool, rules, given_up - {name}) is not None:
            given_up -= {name}
    relaxed = _solution(pool, rules, given_up)
    unsized = relaxed is None or any(not candidate.charges for candidate in relaxed.chosen)
    price = "" if relaxed is None or unsized else f" (about ${relaxed.monthly_usd:,.0f} a month)"
    words = _listed([statement(pool.needs, name) for name in active if name in given_up])
    return (float("inf"), f"relax {words} together{price}")


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
