"""A solution put together as a plan: components, bill, path, availability, what it rests on."""

from datetime import date

from libs.intake.models import Conflict
from libs.planning import availability, components, costs, latency
from libs.planning.candidates import Pool
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Alternative, AssumedFigure, Plan, Rejection, Requirements
from libs.planning.optimiser import Solution
from libs.planning.prices.lookup import Prices
from libs.planning.wording import statement

JUDGED = frozenset(
    ("traffic_low", "traffic_high", "ops_hour_rate_usd", "team_hours_person", "latency_headroom")
)
"""Assumptions that no option reads but every judgement of a design does."""
DERIVED = {
    "stored_gb": ("log_kb", "logged_per_day"),
    "log_gb_month": ("log_kb", "logged_per_day"),
    "training_gb": ("training_gb_most",),
    "input_tokens": ("input_tokens_usual",),
    "output_tokens": ("output_tokens_usual",),
    "context_tokens": ("context_tokens_usual",),
}
"""Names worked out from assumptions before the formulas read them."""
_WAITED = ("answer_tokens_second", "output_tokens_usual")
_PLACES = (*_WAITED, "questions_at_once", "utilisation")
_SHOWN = ("answer_shown_tokens", "output_tokens_usual")
OF_QUESTIONS = {
    "answer_rest_ms": (*_SHOWN, "answer_tokens_second"),
    "answer_checks": (*_SHOWN, "answer_checked_tokens"),
    "waited_seconds": _WAITED,
    "waiting_rps": _PLACES,
    "run_places": (*_PLACES, "llm_batch"),
    "asking_hours": (*_PLACES, "llm_batch"),
}
"""Such names where a language model answers; elsewhere they are constants."""


def plan_of(
    pool: Pool,
    solution: Solution,
    catalogue: Catalogue,
    prices: Prices,
    *,
    as_of: date,
    alternatives: tuple[Alternative, ...] = (),
    rejected: tuple[Rejection, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
    proven_optimal: bool = True,
) -> Plan:
    """The plan of a solution.

    Args:
        pool: what the solution was chosen from.
        solution: one candidate a slot.
        catalogue: for the digest and the assumptions.
        prices: for the bill.
        as_of: the recorded date of the design.
        alternatives: other designs that meet every constraint.
        rejected: options that were left out, with reasons.
        conflicts: contradictions found before; carried along.
        proven_optimal: whether no other choice has a lower objective.
    """
    needs = pool.needs
    charges = [charge for candidate in solution.chosen for charge in candidate.charges]
    hops = [hop for candidate in solution.chosen for hop in candidate.hops]
    hours = round(solution.ops_hours, 2)
    return Plan(
        requirements=needs,
        components=components.explained(solution, rejected),
        cost=costs.estimate(charges, needs, prices, pool.names, as_of=as_of),
        latency=latency.budget(hops, needs),
        availability=availability.assess(((c.option, c.available) for c in solution.chosen), needs),
        ops_hours_month=hours,
        objective=round(solution.monthly_usd + hours * pool.hour_rate_usd, 4),
        proven_optimal=proven_optimal,
        alternatives=alternatives,
        rejected=rejected,
        assumptions=(*assumptions(pool, solution), *forgotten(needs, catalogue)),
        figures=figures(pool, solution, catalogue),
        conflicts=conflicts,
        catalogue_sha256=catalogue.sha256,
        prices_as_of=prices.as_of,
    )


def figures(pool: Pool, solution: Solution, catalogue: Catalogue) -> tuple[AssumedFigure, ...]:
    """The assumptions that the chosen options read, and those by which every design is judged."""
    used: dict[str, list[str]] = {name: [] for name in JUDGED}
    answering = pool.needs.ml_task == "llm_rag"
    derived = DERIVED | OF_QUESTIONS if answering else DERIVED
    apart = frozenset[str]() if answering else frozenset(("questions_at_once",))
    for candidate in solution.chosen:
        names = set(candidate.option.reads)
        names |= {part for name in names for part in derived.get(name, ())}
        for name in names:
            used.setdefault(name, []).append(candidate.slot)
    return tuple(
        AssumedFigure(
            name=figure.name,
            value=float(pool.names[figure.name]),
            usual=figure.value,
            unit=figure.unit,
            text=figure.text,
            source=figure.source,
            low=figure.low,
            high=figure.high,
            slots=tuple(used[figure.name]),
        )
        for figure in catalogue.figures
        if figure.name in used and figure.name not in apart
    )


def assumptions(pool: Pool, solution: Solution) -> tuple[str, ...]:
    """What the figures rest on, in words."""
    needs, names = pool.needs, pool.names
    found = [
        f"not given and therefore assumed: {statement(needs, field)}"
        for field, source in sorted(needs.sources.items())
        if source == "default"
    ]
    found.append("prices are on demand, with always-free quantities and without savings plans, spot or tax")
    if needs.archetype == "online_api":
        found.append("latencies are planning allowances that the generated load test has to confirm")
    if needs.ml_task != "llm_rag" and needs.data_volume_gb > names["training_gb_most"]:
        found.append(
            f"the model learns from a sample of {names['training_gb_most']:g} GB, drawn by a hash of each row"
        )
    if needs.gpu_needed and needs.ml_task != "llm_rag":
        where = "training and answering" if needs.archetype == "online_api" else "training"
        found.append(
            f"a GPU is planned for {where}, as asked; the models written here (linear ones and trees) compute on "
            "processors, so it stays idle until a model that uses it is added"
        )
    if needs.growth_pct_year:
        found.append(f"largest sizes carry the peak a year ahead, {needs.growth_pct_year:g} % above today's")
    if any(
        charge.price and charge.price.method == "estimate" for c in solution.chosen for charge in c.charges
    ):
        found.append(
            f"prices without a figure for {needs.region} are scaled from us-east-1 and are estimates"
        )
    return tuple(found)


def forgotten(needs: Requirements, catalogue: Catalogue) -> tuple[str, ...]:
    """Changes that an earlier version of the design brings along and that nothing reads any more."""
    return tuple(
        f"the changed assumption {name} ({value:g}) has no effect: the catalogue no longer knows it"
        for name, value in needs.assumptions.items()
        if name not in catalogue.assumptions
    )
