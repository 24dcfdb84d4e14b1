"""From constraints over the real planner to files: a changed constraint changes the repository, or says why not."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from libs.intake.models import Constraint
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.models import Infeasible
from libs.planning.prices.lookup import load_prices
from libs.planning.requirements import resolve
from libs.planning.solver import plan

AS_OF = date(2026, 11, 1)
BRIEF = "Design an MLOps system for real-time fraud detection with sub-100ms latency."
STATED: dict[str, Any] = {
    "ml_task": "classification",
    "workloads": ["online_inference", "batch_training"],
    "latency_ms_p95": 100,
    "throughput_rps": 2000,
    "compliance": ["PCI-DSS"],
    "regions": ["us-east-1"],
    "data_classification": "restricted",
    "availability_pct": 99.9,
    "budget_usd_month": 9000,
    "training_frequency": "weekly",
    "data_volume_gb": 200,
    "team_size": 3,
}


@cache
def _ground() -> tuple[Any, Any]:
    return load_catalogue(), load_prices()


def blueprint(**changes: Any) -> Blueprint | Infeasible:
    values = {**STATED, **changes}
    constraints = [
        Constraint.model_validate(
            {"field": field, "value": value, "source": "answered", "confidence": 1, "quote": None}
        )
        for field, value in values.items()
    ]
    needs, defaults = resolve(constraints, AS_OF)
    catalogue, prices = _ground()
    found = plan(needs, catalogue, prices, as_of=AS_OF, written_only=True)
    if isinstance(found, Infeasible):
        return found
    return build_blueprint(found, (*constraints, *defaults), name="fraud-api", brief_title=BRIEF)


@cache
def before() -> dict[str, bytes]:
    bp = blueprint()
    assert isinstance(bp, Blueprint)
    return {file.path: file.content for file in render(bp)}


def changed_paths(**changes: Any) -> set[str]:
    bp = blueprint(**changes)
    assert isinstance(bp, Blueprint), bp
    after = {file.path: file.content for file in render(bp)}
    return {path for path in before() | after if before().get(path) != after.get(path)}


class TestConstraints:
    @pytest.mark.parametrize(
        ("change", "path"),
        [
            ({"regions": ["eu-west-1"]}, "infra/envs/prod/versions.tf"),
            ({"latency_ms_p95": 60}, "monitoring/slo.yaml"),
            ({"throughput_rps": 8000}, "infra/envs/prod/locals.tf"),
            ({"availability_pct": 99.5}, "monitoring/slo.yaml"),
            ({"budget_usd_month": 20000}, "infra/envs/prod/locals.tf"),
            ({"data_classification": "sensitive"}, "infra/envs/prod/versions.tf"),
            ({"compliance": ["HIPAA"]}, "config/base.yaml"),
            ({"training_frequency": "daily"}, "infra/envs/prod/ml.tf"),
            ({"data_volume_gb": 5000}, "infra/envs/prod/locals.tf"),
            ({"ml_task": "regression"}, "pipeline.json"),
            ({"workloads": ["batch_inference"], "latency_ms_p95": None}, "pipelines/score.yaml"),
            (
                {"workloads": ["batch_inference"], "latency_ms_p95": None, "scoring_frequency": "hourly"},
                "infra/envs/prod/ml.tf",
            ),
            ({"team_size": 12}, "docs/requirements_matrix.md"),
        ],
        ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
    )
    def test_a_change_reaches_the_file_that_holds_it(self, change: dict[str, Any], path: str) -> None:
        assert path in changed_paths(**change)

    def test_the_same_constraints_change_nothing(self) -> None:
        assert changed_paths() == set()

    def test_a_limit_that_nothing_meets_is_said_instead(self) -> None:
        found = blueprint(budget_usd_month=5)
        assert isinstance(found, Infeasible)
        assert "budget" in found.message
