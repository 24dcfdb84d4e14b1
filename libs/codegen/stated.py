"""What was said about the system beside its plan, so that the repository can answer it."""

from collections.abc import Mapping, Sequence
from typing import Any

from libs.codegen import wording
from libs.codegen.windows import Window, window_of
from libs.core.values import Value
from libs.intake.models import Constraint, Explainability, FieldName, SuccessMetric
from libs.planning import regions

_LONGEST_WORD = 80
_LONGEST_TEXT = 200


class StatedAnswer(Value):
    """Fields of the brief that no single component answers; what nobody said is empty."""

    success_metric: SuccessMetric | None = None
    success_target: float | None = None
    """In the metric's unit; a model that misses it is not released."""
    explainability: Explainability = "none"
    personal_data: bool = False
    residency: tuple[str, ...] = ()
    """Where data has to stay."""
    data_sources: tuple[str, ...] = ()
    data_formats: tuple[str, ...] = ()
    existing_stack: tuple[str, ...] = ()
    team_skills: tuple[str, ...] = ()
    maintenance_window: str = ""
    seasonality: tuple[str, ...] = ()
    retention_days: int | None = None
    rpo_minutes: float | None = None
    rto_minutes: float | None = None
    users: int | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The fields that somebody said something about."""
        return tuple(
            name for name, field in type(self).model_fields.items() if getattr(self, name) != field.default
        )

    @property
    def window(self) -> Window | None:
        """The maintenance window where its words leave no doubt; pipelines hold to it."""
        return window_of(self.maintenance_window)

    @property
    def regions(self) -> tuple[str, ...]:
        """Every region that lies where data has to stay; none when that is a place without one."""
        if not self.residency:
            return ()
        return tuple(sorted(r for r in regions.PRICED if all(regions.lies_in(r, a) for a in self.residency)))


def stated_answer(constraints: Sequence[Constraint]) -> StatedAnswer:
    """The answer of the constraints; defaults count as unsaid."""
    said = {c.field: c.value for c in constraints if c.source != "default" and c.value is not None}
    return StatedAnswer.model_validate({**_plain(said), **_texts(said)})


_PLAIN: tuple[FieldName, ...] = (
    "success_metric",
    "success_target",
    "explainability",
    "personal_data",
    "retention_days",
    "rpo_minutes",
    "rto_minutes",
    "users",
)
_WORDS: tuple[FieldName, ...] = (
    "residency",
    "data_sources",
    "data_formats",
    "existing_stack",
    "team_skills",
    "seasonality",
)


def _plain(said: Mapping[FieldName, Any]) -> dict[str, Any]:
    return {field: said[field] for field in _PLAIN if field in said}


def _texts(said: Mapping[FieldName, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        field: tuple(wording.one_line(str(word), _LONGEST_WORD) for word in said[field])
        for field in _WORDS
        if field in said
    }
    if "maintenance_window" in said:
        found["maintenance_window"] = wording.one_line(str(said["maintenance_window"]), _LONGEST_TEXT)
    return found
