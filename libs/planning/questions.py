"""Which open fields are worth asking: those whose answers change the plan, forbid it or move its cost."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from libs.intake.models import Constraint, FieldName
from libs.planning.answers import ADMISSIBLE, Ask
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Question
from libs.planning.optimiser import Solution
from libs.planning.prices.lookup import Prices
from libs.planning.requirements import resolve
from libs.planning.solver import optimum

UNSURE = 0.6
"""An inferred value below this confidence counts as open."""
THRESHOLD_USD, THRESHOLD_SHARE = 25.0, 0.1
"""A cost difference counts from this many dollars, or this share of the bill, whichever is more."""


class Outcome(NamedTuple):
    """What one admissible answer leads to."""

    answer: Any
    solution: Solution | None


def questions(
    constraints: Sequence[Constraint],
    catalogue: Catalogue,
    prices: Prices,
    *,
    as_of: date,
    limit: int = 5,
) -> tuple[Question, ...]:
    """Questions about open fields, the largest swing first.

    Args:
        constraints: what is known; fields with a default or an unsure inference count as open.
        catalogue: the options there are.
        prices: dated unit prices.
        as_of: the recorded date of the design.
        limit: how many questions at most.
    """
    known = [c for c in constraints if c.source != "default"]
    needs, defaults = resolve(known, as_of)
    base = optimum(needs, catalogue, prices)
    if base is None:
        return ()
    by_field = {c.field: c for c in (*defaults, *known)}
    found: list[Question] = []
    for field, ask in ADMISSIBLE.items():
        if not _open(field, known) or (ask.archetype and ask.archetype != needs.archetype):
            continue
        current = by_field.get(field)
        value = current.value if current is not None else None
        outcomes: list[Outcome] = []
        for answer in ask.answers(needs, base.monthly_usd):
            if answer == value:
                continue
            others = [c for c in known if c.field != field]
            probe = Constraint(field=field, value=answer, source="answered", confidence=1.0)
            outcomes.append(Outcome(answer, optimum(resolve([*others, probe], as_of)[0], catalogue, prices)))
        question = _question(field, ask, current, base, outcomes)
        if question is not None:
            found.append(question)
    found.sort(key=lambda question: -question.swing_usd_month)
    return tuple(found[:limit])


def _open(field: FieldName, known: Sequence[Constraint]) -> bool:
    held = next((c for c in known if c.field == field), None)
    return held is None or (held.source == "inferred" and held.confidence < UNSURE)


def _question(
    field: FieldName, ask: Ask, current: Constraint | None, base: Solution, outcomes: Sequence[Outcome]
) -> Question | None:
    deltas = {
        str(index): outcome.solution.monthly_usd - base.monthly_usd
        for index, outcome in enumerate(outcomes)
        if outcome.solution is not None
    }
    changed = [o for o in outcomes if o.solution is not None and o.solution.picks != base.picks]
    forbidden = [o for o in outcomes if o.solution is None]
    swing = max((abs(delta) for delta in deltas.values()), default=0.0)
    threshold = max(THRESHOLD_USD, THRESHOLD_SHARE * base.monthly_usd)
    if swing < threshold and not changed and not forbidden:
        return None
    return Question(
        field=field,
        text=ask.text,
        kind=ask.kind,
        options=ask.options,
        unit=ask.unit,
        minimum=ask.minimum,
        maximum=ask.maximum,
        default=current.value if current is not None else None,
        default_reason=current.reason if current is not None else "nothing is assumed",
        swing=_swing(ask, list(deltas.values()), forbidden),
        swing_usd_month=round(swing, 2),
        why=_why(ask, base, changed, forbidden),
    )


def _swing(ask: Ask, deltas: Sequence[float], forbidden: Sequence[Outcome]) -> str:
    most, least = max(deltas, default=0.0), min(deltas, default=0.0)
    parts: list[str] = []
    if most >= 1:
        parts.append(f"adds up to about ${most:,.0f} a month")
    if least <= -1:
        parts.append(f"saves up to about ${-least:,.0f} a month")
    if forbidden:
        parts.append(f"leaves no design with {_told(ask, forbidden[0].answer)}")
    return ", ".join(parts) or "changes the design, not the bill"


def _why(ask: Ask, base: Solution, changed: Sequence[Outcome], forbidden: Sequence[Outcome]) -> str:
    if changed and changed[0].solution is not None:
        before = {candidate.slot: candidate for candidate in base.chosen}
        swaps = [
            f"{candidate.option.title} instead of {before[candidate.slot].option.title}"
            for candidate in changed[0].solution.chosen
            if candidate.option.id != before[candidate.slot].option.id
        ]
        return f"With {_told(ask, changed[0].answer)} the design has {'; '.join(swaps)}."
    if forbidden:
        return f"With {_told(ask, forbidden[0].answer)} no design of the catalogue fits."
    return "The sizes follow from it, and with them the bill."


def _told(ask: Ask, answer: Any) -> str:
    if isinstance(answer, bool):
        return f"the answer {'yes' if answer else 'no'}"
    if isinstance(answer, list):
        return ", ".join(str(part).replace("_", " ") for part in answer) or "none"
    if isinstance(answer, int | float):
        return f"{answer:,.10g} {ask.unit}".strip()
    return str(answer).replace("_", " ")
