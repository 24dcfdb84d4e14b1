"""The answers of a repository follow from what was stated, inferred and assumed, and from the table."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from libs.datasets.models import DatasetView
from libs.intake.models import Constraint
from libs.runs.recorder import Visit
from libs.workflow.deps import WorkflowDeps
from libs.workflow.nodes.codegen import blueprint_of
from tests.support.codegen_plans import example_plan
from tests.unit.datasets.views import column, view

ROWS = tuple((f"{n}.50", "yes" if n % 4 else "no") for n in range(100))
CHOICE = {
    "id": "dat_1",
    "sha256": "0" * 64,
    "profile_key": "org/view",
    "target": "y",
    "task": "classification",
}


def stage(constraints: tuple[Constraint, ...], table: DatasetView) -> tuple[Any, WorkflowDeps, Visit]:
    kept: dict[str, Any] = {
        "plan": example_plan("batch_scoring").to_json(),
        "constraints": {"constraints": [each.to_json() for each in constraints]},
        "message": b"Predict who leaves.",
    }

    async def load(ref: str) -> Any:
        return kept[ref]

    async def find(_organisation: str, _choice: object) -> DatasetView:
        return table

    deps = SimpleNamespace(
        as_of=lambda: date(2026, 1, 5),
        datasets=SimpleNamespace(view=find),
        run=SimpleNamespace(organisation_id="org"),
    )
    state = {"plan": "plan", "constraints": "constraints", "messages": ["message"], "dataset": CHOICE}
    return state, cast(WorkflowDeps, deps), cast(Visit, SimpleNamespace(load=load, load_json=load))


class TestRealRows:
    @pytest.mark.parametrize(
        ("field", "value", "real"),
        [("personal_data", True, False), ("compliance", ["GDPR"], False), ("compliance", [], True)],
    )
    async def test_are_handed_over_only_where_nothing_said_or_assumed_forbids_it(
        self, field: Any, value: object, real: bool
    ) -> None:
        said = Constraint(field=field, value=value, source="answered", confidence=1.0)
        bp = await blueprint_of(*stage((said,), view(column("a"), sample=ROWS)))
        assert bool(bp.sample) is real
