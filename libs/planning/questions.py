"""Which open fields are worth asking: those whose answers change the plan, forbid it or move its cost."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from libs.intake.models import Constraint, FieldName
from libs.planning import assembly, candidates, optimiser
from libs.planning.answers import ADMISSIBLE, Ask
from libs.planning.candidates import Memo, Pool
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Plan, Question
from libs.planning.optimiser import Rules, Solution
from libs.planning.prices.lookup import Prices
from libs.planning.requirements import NO_CHANGE, resolve

UNSURE = 0.6
"""An inferred value below this confidence counts as open."""
THRESHOLD_USD, THRESHOLD_SHARE = 25.0, 0.1
"""A cost difference counts from this many dollars, or this share of the bill, whichever is more."""
ALL_RULES = Rules({}, frozenset())

Judge = Callable[[Plan], frozenset[str]]
"""Names of the policy rules that a plan breaks."""


class Outcome(NamedTuple):
    """What one admissible answer leads to."""

    answer: Any
    solution: Solution | None
    broken: frozenset[str]
    """Policy rules that the design would break and the present one does not."""


class _World:
    """Catalogue, prices and what was worked out already: probes differ in one answer."""

    def __init__(
        self,
        catalogue: Catalogue,
        prices: Prices,
        as_of: date,
        written_only: bool,
        assumptions: Mapping[str, float],
        judge: Judge | None,
    ) -> None:
        self._catalogue, self._prices, self._as_of = catalogue, prices, as_of
        self._written_only, self._assumptions, self._judge = written_only, assumptions, judge
        self._memo: Memo = {}

    def design(self, constraints: Sequence[Constraint]) -> tuple[Pool, Solution | None]:
        """The best choice under these constraints."""
        needs = resolve(constraints, self._as_of, self._assumptions)[0]
        pool = candidates.pool(
            needs, self._catalogue, self._prices, written_only=self._written_only, memo=self._memo
        )
        return pool, optimiser.best(pool, ALL_RULES)

    def broken(self, pool: Pool, solution: Solution | None) -> frozenset[str]:
        """Policy rules that the design breaks."""
        if self._judge is None or solution is None:
            return frozenset()
        return self._judge(assembly.plan_of(pool, solution, self._catalogue, self._prices, as_of=self._as_of))


def questions(
    constraints: Sequence[Constraint],
    catalogue: Catalogue,
    prices: Prices,
    *,
    as_of: date,
    limit: int = 5,
    written_only: bool = False,
    assumptions: Mapping[str, float] = NO_CHANGE,
    judge: Judge | None = None,
) -> tuple[Question, ...]:
    """Questions about open fields, the largest swing first.

    Args:
        constraints: what is known; fields with a default or an unsure inference count as open.
        catalogue: the options there are.
        prices: dated unit prices.
        as_of: the recorded date of the design.
        limit: how many questions at most.
        written_only: look only at what a repository can be written with.
        assumptions: planning assumptions that a person changed.
        judge: names the policy rules that a plan breaks; answers that break one are worth a question too.
    """
    world = _World(catalogue, prices, as_of, written_only, assumptions, judge)
    known = [c for c in constraints if c.source != "default" or c.quote is not None]
    pool, base = world.design(known)
    if base is None:
        return ()
    defaults = resolve(known, as_of, assumptions)[1]
    by_field = {c.field: c for c in (*known, *defaults)}
    accepted = world.broken(pool, base)
    found: list[Question] = []
    for field, ask in ADMISSIBLE.items():
        if not _open(field, known) or not ask.applies(pool.needs):
            continue
        current = by_field.get(field)
        value = current.value if current is not None else None
        others = [c for c in known if c.field != field]
        outcomes: list[Outcome] = []
        for answer in ask.answers(pool.needs, base.monthly_usd):
            if answer == value:
                continue
            probe = Constraint(field=field, value=answer, source="answered", confidence=1.0)
            probed, solution = world.design([*others, probe])
            outcomes.append(Outcome(answer, solution, world.broken(probed, solution) - accepted))
        question = _question(field, ask.put_to(pool.needs), current, base, outcomes)
        if question is not None:
            found.append(question)
    found.sort(key=lambda question: -question.swing_usd_month)
    return tuple(found[:limit])


def _open(field: FieldName, known: Sequence[Constraint]) -> bool:
    held = next((c for c in known if c.field == field), None)
    return (
        held is None or held.source == "default" or (held.source == "inferred" and held.confidence < UNSURE)
    )


def _question(
    field: FieldName, ask: Ask, current: Constraint | None, base: Solution, outcomes: Sequence[Outcome]
) -> Question | None:
    deltas = [o.solution.monthly_usd - base.monthly_usd for o in outcomes if o.solution is not None]
    changed = [o for o in outcomes if o.solution is not None and o.solution.picks != base.picks]
    forbidden = [o for o in outcomes if o.solution is None]
    broken = [o for o in outcomes if o.broken]
    swing = max((abs(delta) for delta in deltas), default=0.0)
    threshold = max(THRESHOLD_USD, THRESHOLD_SHARE * base.monthly_usd)
    if swing < threshold and not changed and not forbidden and not broken:
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
        default_reason=current.reason if current is not None else ask.without,
        swing=_swing(ask, deltas, forbidden, broken),
        swing_usd_month=round(swing, 2),
        why=_why(ask, base, changed, forbidden),
    )


def _swing(ask: Ask, deltas: Sequence[float], forbidden: Sequence[Outcome], broken: Sequence[Outcome]) -> str:
    most, least = max(deltas, default=0.0), min(deltas, default=0.0)
    parts: list[str] = []
    if most >= 1:
        parts.append(f"adds up to about ${most:,.0f} a month")
    if least <= -1:
        parts.append(f"saves up to about ${-least:,.0f} a month")
    if forbidden:
        parts.append(f"leaves no design with {_told(ask, forbidden[0].answer)}")
    if broken:
        parts.append(f"breaks {min(broken[0].broken)} with {_told(ask, broken[0].answer)}")
    return ", ".join(parts) or "changes the design, not the bill"


def _why(ask: Ask, base: Solution, changed: Sequence[Outcome], forbidden: Sequence[Outcome]) -> str:
    if changed and changed[0].solution is not None:
        before = {candidate.slot: candidate for candidate in base.chosen}
        swaps = [
            f"{candidate.option.title} instead of {before[candidate.slot].option.title}"
            if candidate.slot in before
            else f"{candidate.option.title} besides"
            for candidate in changed[0].solution.chosen
            if candidate.slot not in before or candidate.option.id != before[candidate.slot].option.id
        ]
        return f"With {_told(ask, changed[0].answer)} the design has {'; '.join(swaps) or 'fewer parts'}."
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
