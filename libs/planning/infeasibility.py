"""Why nothing fits: the smallest set of constraints that cannot all hold, and what would have to give."""

from dataclasses import replace

from libs.intake.models import FieldName
from libs.planning import candidates, optimiser
from libs.planning.availability import NOT_IN_PATH, Availabilities, in_path
from libs.planning.candidates import Block, Candidate, Pool
from libs.planning.catalogue.models import Catalogue, Option
from libs.planning.models import Infeasible, Requirements
from libs.planning.optimiser import Rules, Solution
from libs.planning.prices.lookup import Prices
from libs.planning.sizing import Unfit
from libs.planning.wording import WORDS, statement

NEAREST: dict[FieldName, optimiser.Aim] = {"latency_ms_p95": "latency", "availability_pct": "availability"}
"""Targets that cannot be met are answered with the nearest value that can."""
LIMITS: tuple[FieldName, ...] = ("budget_usd_month", "latency_ms_p95")
"""Looked at first when constraints are deleted: options without a size never help to keep them."""
VOLUMES: tuple[FieldName, ...] = ("throughput_rps", "predictions_per_day", "data_volume_gb")


def explain(pool: Pool, rules: Rules, catalogue: Catalogue, prices: Prices) -> Infeasible:
    """The smallest conflicting set by deleting one constraint after the other, and the ways out, cheapest first."""
    wide = _with_unfit(pool, catalogue, prices)
    active = _active(wide)
    if _solution(wide, rules, frozenset(active)) is None:
        return _structural(rules)
    ignored: frozenset[FieldName] = frozenset()
    for name in (*(n for n in LIMITS if n in active), *(n for n in active if n not in LIMITS)):
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


def _with_unfit(pool: Pool, catalogue: Catalogue, prices: Prices) -> Pool:
    """The pool with the options that could not be sized, each blocked by the field that does not fit.

    Those that are only too slow are sized as if nobody waited. The others have no size, so that nobody knows their
    time and cost: they count with the best level they publish and never help to keep a latency target or a budget.
    """
    extra: list[Candidate] = []
    for (slot, option_id), unfit in pool.unfit.items():
        option = catalogue.find(slot, option_id)
        if option is None:
            continue
        blocks = (Block(unfit.field, unfit.reason), *pool.set_aside[(slot, option_id)])
        sized: tuple[Candidate, ...] | Unfit = unfit
        if unfit.field == "latency_ms_p95":
            sized = candidates.patient(option, pool, catalogue, prices)
        if isinstance(sized, Unfit):
            blocks = (Block(sized.field, sized.reason), *blocks)
            level, usd, ms = _published(option, pool), _cost(pool), _time(pool)
            sized = (Candidate(option, {}, pool.names, (), (), usd, False, ms, level),)
        extra += [replace(candidate, blocks=(*blocks, *candidate.blocks)) for candidate in sized]
    return Pool(pool.needs, pool.names, (*pool.candidates, *extra), {}, ())


def _published(option: Option, pool: Pool) -> Availabilities:
    levels = [float(row.pct({})) for row in option.availability if not row.pct.names]
    if not levels or not in_path(option.slot, pool.needs):
        return NOT_IN_PATH
    return Availabilities(max(levels), "", False)


def _time(pool: Pool) -> float:
    """A time that keeps no target, where there is one."""
    return 2 * pool.needs.latency_ms_p95 if pool.needs.latency_ms_p95 is not None else 0.0


def _cost(pool: Pool) -> float:
    """A cost that keeps no budget, where there is one."""
    return 2 * pool.needs.budget_usd_month + 1 if pool.needs.budget_usd_month is not None else 0.0


def _active(pool: Pool) -> tuple[FieldName, ...]:
    """Fields that rule something out, in the order in which a person would rather keep them last."""
    blocked = {b.field for candidate in pool.candidates for b in candidate.blocks if b.field is not None}
    if pool.needs.budget_usd_month is not None:
        blocked.add("budget_usd_month")
    if pool.needs.latency_ms_p95 is not None:
        blocked.add("latency_ms_p95")
    blocked.add("availability_pct")
    return tuple(name for name in WORDS if name in blocked and _said(pool.needs, name))


def _said(needs: Requirements, name: FieldName) -> bool:
    """Whether there is something that could be given up: not a stack that was never named, nor the task itself."""
    value = getattr(needs, name, None)
    return name != "ml_task" and value is not False and value not in ((), "", "none")


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
    # The nearest value is told from options that have a size; one that has none stands in only where nothing else does.
    sized = Pool(pool.needs, pool.names, tuple(c for c in pool.candidates if c.charges or c.size), {}, ())
    relaxed = _solution(sized, rules, frozenset({name}), NEAREST.get(name, "objective")) or _solution(
        pool, rules, frozenset({name})
    )
    if relaxed is None and name in VOLUMES:
        # Nobody knows yet what a smaller volume takes and costs: the limits are not held against it.
        relaxed = _solution(pool, rules, frozenset({name, *LIMITS}))
    if relaxed is None:
        return None
    unsized = any(not (candidate.charges or candidate.size) for candidate in relaxed.chosen)
    verb = "lower" if name in VOLUMES else "relax" if unsized else "give up"
    price = "" if unsized else f" (about ${relaxed.monthly_usd:,.0f} a month)"
    if unsized:
        changed = [c.option.title for c in relaxed.chosen if not (c.charges or c.size)]
        text = f"{verb} {statement(pool.needs, name)}, which may allow {_listed(changed)}"
    elif name == "budget_usd_month":
        text = f"raise the budget to ${relaxed.monthly_usd:,.0f} a month"
    elif name == "latency_ms_p95":
        text = f"accept a p95 of {relaxed.p95_ms:g} ms{price}"
    elif name == "availability_pct":
        text = f"accept an availability of {relaxed.availability_pct:.6g} %{price}"
    else:
        changed = [c.option.title for c in relaxed.chosen if any(b.field == name for b in c.blocks)]
        text = f"{verb} {statement(pool.needs, name)}, which allows {_listed(changed)}{price}"
    return (float("inf") if unsized else relaxed.monthly_usd, text)


def _joint_way_out(pool: Pool, rules: Rules, active: tuple[FieldName, ...]) -> tuple[float, str]:
    """What has to be given up together when no single constraint is enough."""
    given_up = frozenset(active)
    for name in active:
        if _solution(pool, rules, given_up - {name}) is not None:
            given_up -= {name}
    relaxed = _solution(pool, rules, given_up)
    unsized = relaxed is None or any(not (c.charges or c.size) for c in relaxed.chosen)
    price = "" if relaxed is None or unsized else f" (about ${relaxed.monthly_usd:,.0f} a month)"
    words = _listed([statement(pool.needs, name) for name in active if name in given_up])
    return (float("inf"), f"relax {words} together{price}")


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
