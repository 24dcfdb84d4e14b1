"""From constraints over the real planner to files: a changed constraint changes the repository, or says why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.codegen.consequences import CONSEQUENCES, consequence
from libs.codegen.models import Blueprint
from libs.codegen.tracing import TRACES
from libs.codegen.wording import number
from libs.intake.fields import FIELDS
from libs.intake.models import FieldName
from libs.planning.models import Infeasible
from tests.support.constrained import Change, changed, planned, tree


@dataclass(frozen=True)
class Case:
    """Values of one field over a system for which the field matters."""

    system: str
    values: tuple[Any, ...]
    lines: Mapping[str, str]
    """Path to a text that a new line of that file has; `{value}` and `{words}` stand for the new value."""
    also: Mapping[str, Any] | None = None
    """Further fields, the same before and after."""
    reason: str = ""
    """What the tree says where nothing but the documents changes."""


_PROD = "infra/envs/prod/"
_BASE = "config/base.yaml"
_MATRIX = "docs/requirements_matrix.md"
_RUNBOOKS = "docs/runbooks/"
CASES: dict[FieldName, tuple[Case, ...]] = {
    "ml_task": (
        Case("online", ("regression",), {"pipeline.json": '"task": "regression"', _BASE: "metric: rmse"}),
        Case(
            "online",
            ("forecasting",),
            {"pipeline.json": '"task": "regression"', "README.md": "lagged values"},
        ),
    ),
    "workloads": (
        Case(
            "online",
            (["batch_inference"],),
            {"pipelines/score.yaml": "schedule:", _BASE: "archetype: batch_scoring"},
            {"latency_ms_p95": None},
        ),
        Case("online", (["streaming_inference"],), {_PROD + "ml.tf": "stream"}, {"latency_ms_p95": None}),
    ),
    "latency_ms_p95": (
        Case(
            "online",
            (120, 350),
            {
                _BASE: "latency_ms_p95: {value}",
                "monitoring/slo.yaml": "{value}",
                _PROD + "ml.tf": "= {words}",
            },
        ),
        Case("answers", (1500, 6000), {_BASE: "latency_ms_p95: {value}", "monitoring/slo.yaml": "{value}"}),
    ),
    "throughput_rps": (
        Case("online", (900, 4000), {_BASE: "throughput_rps: {value}", _PROD + "locals.tf": "serve "}),
    ),
    "predictions_per_day": (
        Case("batch", (5e6,), {_PROD + "locals.tf": "serve ", "docs/architecture.md": "5,000,000"}),
        Case("answers", (90_000,), {_BASE: "throughput_rps:", "docs/architecture.md": "90,000"}),
    ),
    "budget_usd_month": (
        Case(
            "online", (7000, 12_500), {_PROD + "locals.tf": "budget_usd_month = {words}", "docs/cost.md": "$"}
        ),
    ),
    "regions": tuple(
        Case(
            system,
            (["us-east-1"], ["eu-central-1"]),
            {
                _BASE: "region: {words}",
                **{f"config/{each}.yaml": "{words}" for each in ("dev", "staging", "prod")},
                **{f"infra/envs/{each}/versions.tf": '"{words}"' for each in ("dev", "staging", "prod")},
            },
        )
        for system in ("online", "answers")
    ),
    "compliance": (
        Case("online", (["HIPAA"],), {_BASE: 'compliance: ["HIPAA"]', _PROD + "locals.tf": "2192"}),
        Case("answers", (["GDPR", "SOC2"],), {_BASE: "SOC2", "docs/data_card.md": "GDPR, SOC2"}),
    ),
    "data_classification": (
        Case(
            "online",
            ("restricted", "internal", "public"),
            {
                _BASE: "data_classification: {value}",
                _PROD + "versions.tf": 'data-classification = "{value}"',
                "docs/data_card.md": "{value}",
            },
        ),
    ),
    "availability_pct": (
        Case("online", (99.5, 99.95), {_BASE: "availability_pct: {value}", "monitoring/slo.yaml": "{value}"}),
    ),
    "deployment_preference": (
        Case(
            "online",
            ("kubernetes",),
            {_PROD + "ml.tf": "eks_service", "infra/modules/eks_service/main.tf": ""},
        ),
        Case("online", ("managed",), {_PROD + "ml.tf": "lambda_service"}),
    ),
    "gpu_needed": (
        Case("gpu", (False,), {_PROD + "locals.tf": "train "}),
        Case("online", (True,), {_PROD + "locals.tf": 'instance_type = "g'}),
        Case("answers", (True,), {}, reason="the provider of the language model does"),
    ),
    "data_volume_gb": (
        Case("online", (900, 4000), {_PROD + "locals.tf": "storage_gb = "}),
        Case("answers", (800,), {_PROD + "locals.tf": "storage_gb = 800"}),
    ),
    "training_frequency": (
        Case("online", ("daily",), {"pipelines/retrain.yaml": "cron(0 3 *", _PROD + "ml.tf": "cron(0 3 *"}),
        Case("online", ("monthly",), {_PROD + "ml.tf": "cron(0 3 1 * ? *)"}),
        Case("answers", ("daily",), {"pipelines/reindex.yaml": "cron(", _PROD + "ml.tf": "cron("}),
    ),
    "scoring_frequency": (
        Case("batch", ("weekly",), {"pipelines/score.yaml": "MON", _PROD + "ml.tf": "MON"}),
        Case("batch", ("hourly",), {"pipelines/score.yaml": "schedule:", "monitoring/slo.yaml": "cron("}),
    ),
    "cloud": (Case("online", ("gcp", "azure"), {}, reason="not followed: designs are made for AWS"),),
    "team_size": (Case("online", (2, 40), {}, reason="hours of operation are held against it"),),
    "success_metric": (
        Case(
            "online",
            ("recall", "f1"),
            {"config/train.yaml": "{value}: 0.8", _BASE: 'success_metric: "{value}"'},
            {"success_target": 0.8},
        ),
        Case("online", ("ndcg",), {_BASE: "ndcg"}, reason="ndcg is not measured for a classification"),
        Case("answers", ("faithfulness",), {_BASE: "faithfulness"}, reason="gate.minimum in config/rag.yaml"),
    ),
    "success_target": (
        Case("online", (0.7, 0.93), {"config/train.yaml": "recall: {value}"}, {"success_metric": "recall"}),
        Case("online", (0.7,), {_BASE: "success_target: 0.7"}, reason="was not named"),
        Case("answers", (0.85, 0.9), {"config/rag.yaml": "mrr: {value}"}, {"success_metric": "mrr"}),
    ),
    "explainability": (
        Case(
            "online", ("per_prediction", "global"), {_BASE: '"{value}"', "docs/architecture.md": "explained"}
        ),
        Case("answers", ("per_prediction",), {"docs/architecture.md": "word for word"}),
    ),
    "data_sources": (
        Case("online", (["salesforce"],), {_BASE: '"salesforce"', "docs/data_card.md": "salesforce"}),
        Case("answers", (["sharepoint"],), {_BASE: '"sharepoint"', "docs/data_card.md": "sharepoint"}),
    ),
    "data_formats": (
        Case("batch", (["xml"],), {_BASE: '"xml"', "docs/data_card.md": "reads CSV and Parquet"}),
        Case("answers", (["pdf"],), {_BASE: '"pdf"', "docs/data_card.md": "pdf"}),
    ),
    "personal_data": (
        Case("batch", (True,), {_BASE: "personal_data: true", "docs/data_card.md": "Delete a person"}),
    ),
    "residency": tuple(
        Case(
            system,
            (["eu"],),
            {f"infra/envs/{each}/versions.tf": 'check "residency"' for each in ("dev", "staging", "prod")},
        )
        for system in ("online", "answers")
    ),
    "retention_days": (
        Case(
            "online",
            (30, 400),
            {_PROD + "locals.tf": "retention_days = {value}", "docs/data_card.md": "{value} days"},
        ),
        Case("answers", (30,), {_PROD + "locals.tf": "retention_days = 30"}),
    ),
    "existing_stack": (
        Case("online", (["airflow"],), {_PROD + "ml.tf": "airflow_dags", _BASE: '"airflow"'}),
        Case("online", (["excel"],), {_BASE: '"excel"'}, reason="where the price allowed"),
    ),
    "ci_provider": (
        Case("online", ("gitlab_ci",), {".gitlab-ci.yml": "stages:"}),
        Case("online", ("jenkins",), {"Jenkinsfile": "ci/deploy.sh"}),
        Case("answers", ("azure_devops",), {"azure-pipelines.yml": "stages:"}),
        Case("batch", ("bitbucket",), {"bitbucket-pipelines.yml": "pipelines:"}),
        Case("batch", ("circleci",), {".circleci/config.yml": "workflows:"}),
        Case("batch", ("codepipeline",), {"ci/buildspec.yml": "phases:"}),
    ),
    "team_skills": (
        Case("online", (["kubernetes"],), {_BASE: '"kubernetes"'}, reason="ruled out for lack of a skill"),
    ),
    "rpo_minutes": (
        Case(
            "online",
            (5, 45),
            {_BASE: "rpo_minutes: {value}", _RUNBOOKS + "incident.md": "{words} minutes of data"},
        ),
        Case("answers", (15,), {_BASE: "rpo_minutes: 15", _RUNBOOKS + "incident.md": "15 minutes of data"}),
    ),
    "rto_minutes": (
        Case(
            "online", (30,), {_PROD + "data.tf": "s3_iceberg", _RUNBOOKS + "incident.md": "within 30 minutes"}
        ),
        Case(
            "answers",
            (30,),
            {_PROD + "llm.tf": "rds_postgres", _RUNBOOKS + "incident.md": "within 30 minutes"},
        ),
    ),
    "maintenance_window": (
        Case(
            "online",
            ("Sundays 02:00 to 04:00 UTC",),
            {
                ".github/workflows/deploy.yml": "OUTSIDE_WINDOW",
                "ci/deploy.sh": '[ "$now" -ge 0200 ] && [ "$now" -lt 0400 ]',
                ".github/workflows/prod.yml": "outside_window",
                _RUNBOOKS + "deploy.md": "Sunday 02:00 to 04:00 UTC",
            },
        ),
        Case(
            "answers",
            ("Sat 22:00-23:30",),
            {"ci/deploy.sh": '"$now" -ge 2200'},
            {"ci_provider": "gitlab_ci"},
        ),
        Case("batch", ("Sat 22:00-23:30",), {"ci/deploy.sh": '"$now" -ge 2200'}, {"ci_provider": "circleci"}),
        Case(
            "online", ("the quiet days",), {_RUNBOOKS + "deploy.md": "No pipeline"}, reason="cannot be told"
        ),
    ),
    "peak_factor": (
        Case("answers", (20,), {_BASE: "throughput_rps:", "monitoring/capacity.yaml": "peak_rps"}),
        Case("answers", (20,), {_PROD + "ml.tf": "throughput_rps"}, {"latency_ms_p95": 10_000}),
        Case("batch", (5,), {}, reason="a batch has no peak"),
    ),
    "seasonality": (
        Case(
            "online",
            (["black friday"],),
            {_BASE: '"black friday"'},
            reason="run the load test before each season",
        ),
    ),
    "growth_pct_year": (
        Case(
            "online",
            (100, 250),
            {_PROD + "locals.tf": "max_tasks", "monitoring/capacity.yaml": "max_replicas"},
        ),
        Case("batch", (300,), {}, reason="a batch takes longer"),
    ),
    "model_size_gb": (Case("online", (8,), {_PROD + "locals.tf": "serve "}),),
    "model_parameters_b": (
        Case("own model", (70,), {_PROD + "llm.tf": "tensor-parallel-size", _PROD + "locals.tf": "llm "}),
        Case("answers", (70,), {}, reason="the provider of the model sizes it"),
    ),
    "llm_hosting": (
        Case("answers", ("self_hosted",), {_PROD + "llm.tf": "model_service_gpu", "config/rag.yaml": "null"}),
    ),
    "context_tokens": (Case("answers", (64_000,), {}, reason="models with less room were ruled out"),),
    "input_tokens": (
        Case("answers", (6000, 3200), {_BASE: "prompt: {value}", "config/rag.yaml": "{value} tokens"}),
        Case("online", (6000,), {}, reason="there is no language model"),
    ),
    "output_tokens": (
        Case(
            "answers",
            (300, 1200),
            {_BASE: "answer: {value}", "config/rag.yaml": "max_output_tokens: {value}"},
        ),
    ),
    "users": (
        Case("online", (50_000,), {_BASE: "users: 50000", "docs/architecture.md": "50,000"}),
        Case("answers", (900,), {_BASE: "users: 900", "docs/architecture.md": "900"}),
    ),
}


def _each() -> list[Any]:
    """The first value of every field, and of every reason, in every run."""
    return [
        pytest.param(
            field,
            case,
            value,
            id=f"{field}-{case.system}-{value}",
            marks=[] if value == case.values[0] and (case == cases[0] or case.reason) else [pytest.mark.long],
        )
        for field, cases in CASES.items()
        for case in cases
        for value in case.values
    ]


def _row(files: Mapping[str, str], field: str) -> str:
    return next(line for line in files[_MATRIX].splitlines() if line.startswith(f"| `{field}` |"))


class TestEveryField:
    def test_has_a_case_a_consequence_and_a_trace(self) -> None:
        assert FIELDS.keys() == CASES.keys() == CONSEQUENCES.keys() == TRACES.keys()
        assert all(CASES.values())

    @pytest.mark.parametrize(("field", "case", "value"), _each())
    def test_reaches_the_lines_that_hold_it_or_says_why_not(
        self, field: FieldName, case: Case, value: Any
    ) -> None:
        change = Change.of(case.system, {**(case.also or {}), field: value})
        before = tree(Change.of(case.system, case.also or {}))
        after = tree(change)
        first = value[0] if isinstance(value, list) else value
        words = number(first).replace(",", "") if isinstance(first, int | float) else str(first)
        for path, text in case.lines.items():
            shown = {str(float(first)), words} if isinstance(first, float | int) else {str(first)}
            wanted = {text.replace("{value}", each).replace("{words}", words) for each in shown}
            new = changed(before, after, path)
            assert any(each in line for each in wanted for line in new), (path, sorted(wanted), new[:20])
        row = _row(after, field)
        assert case.reason in row
        bp = planned(change)
        assert isinstance(bp, Blueprint)
        assert consequence(field, bp)
        assert row not in before[_MATRIX].splitlines()

    def test_the_same_constraints_change_nothing(self) -> None:
        assert tree(Change.of("online", {})) == tree(Change.of("online", {"team_size": 5}))

    @pytest.mark.parametrize(
        ("field", "value", "named"),
        [
            ("budget_usd_month", 5, "budget"),
            ("latency_ms_p95", 0.5, "latency"),
            ("availability_pct", 99.9999, "availability"),
        ],
    )
    def test_a_limit_that_nothing_meets_is_said_instead(self, field: str, value: Any, named: str) -> None:
        found = planned(Change.of("online", {field: value}))
        assert isinstance(found, Infeasible)
        assert named in found.message


_DRAWN: dict[FieldName, tuple[st.SearchStrategy[Any], str, str]] = {
    "latency_ms_p95": (st.integers(80, 5000), "monitoring/slo.yaml", "target_ms: {value}"),
    "throughput_rps": (st.integers(1, 5000), _BASE, "throughput_rps: {value}"),
    "availability_pct": (
        st.sampled_from((95.0, 99.0, 99.25, 99.5, 99.9, 99.95)),
        _BASE,
        "availability_pct: {value}",
    ),
    "budget_usd_month": (st.integers(3000, 10**6), _PROD + "locals.tf", "budget_usd_month = {words}"),
    "retention_days": (st.integers(1, 3650), _PROD + "locals.tf", "retention_days = {words}"),
    "rpo_minutes": (st.integers(1, 10_000), _BASE, "rpo_minutes: {value}"),
    "success_target": (st.floats(0.01, 0.99), _BASE, "success_target: {value}"),
    "users": (st.integers(1, 10**7), _BASE, "users: {words}"),
    "regions": (
        st.sampled_from(("eu-west-1", "us-west-2", "ap-south-1", "ca-central-1")),
        _BASE,
        "region: {words}",
    ),
}


def _holds(field: FieldName, drawn: Any) -> None:
    _, path, text = _DRAWN[field]
    found = planned(Change.of("online", {field: [drawn] if isinstance(drawn, str) else drawn}))
    if isinstance(found, Infeasible):
        assert field in found.conflicting
        return
    words = drawn if isinstance(drawn, str) else number(drawn).replace(",", "")
    value = drawn if isinstance(drawn, str) else str(float(drawn))
    content = tree(Change.of("online", {field: [drawn] if isinstance(drawn, str) else drawn}))[path]
    assert text.replace("{value}", value).replace("{words}", words) in content


class TestAnyValue:
    @pytest.mark.parametrize("field", ["latency_ms_p95", "success_target", "regions"])
    @settings(max_examples=2, deadline=None, derandomize=True)
    @given(data=st.data())
    def test_is_in_the_file_that_holds_the_field(self, field: FieldName, data: st.DataObject) -> None:
        _holds(field, data.draw(_DRAWN[field][0]))

    @pytest.mark.long
    @pytest.mark.parametrize("field", _DRAWN)
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_is_there_for_many_more(self, field: FieldName, data: st.DataObject) -> None:
        _holds(field, data.draw(_DRAWN[field][0]))
