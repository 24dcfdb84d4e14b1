"""The constraints of a design after what people answered and edited."""

from libs.core.values import Json
from libs.intake import merging
from libs.intake.models import Constraint


def with_decisions(constraints: tuple[Constraint, ...], answers: Json, edits: Json) -> tuple[Constraint, ...]:
    """Answers and edits of people, on top of what was read; an edit to null takes a field back."""
    given = [
        Constraint(field=field, value=value, source="answered", confidence=1.0, reason="answered by a person")
        for field, value in {**answers, **edits}.items()
        if value is not None
    ]
    taken_back = {field for field, value in edits.items() if value is None}
    kept = [c for c in constraints if c.field not in taken_back]
    return merging.merge(kept, given)
