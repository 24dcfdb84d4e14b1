"""A plan and its constraints become answers: the same ones again, and others when a constraint changes."""

from typing import Any

import pytest

from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint
from libs.codegen.naming import check_names
from libs.codegen.renderer import render
from libs.intake.models import Constraint
from libs.planning.models import LLM_SLOTS, SLOTS
from tests.support.codegen_plans import example_plan, language_model_plan, stated


def blueprint(archetype: str = "online_api", *, title: str = "Fraud detection", **needs: Any) -> Blueprint:
    return build_blueprint(example_plan(archetype, **needs), (), name="", brief_title=title)


class TestNames:
    def test_come_from_the_project(self) -> None:
        bp = build_blueprint(example_plan(), (), name="Card Guard", brief_title="Fraud detection")
        assert (bp.project, bp.package, bp.title) == ("card-guard", "card_guard", "Fraud detection")

    def test_come_from_the_title_when_the_project_has_none(self) -> None:
        assert blueprint().project == "fraud-detection"

    @pytest.mark.parametrize(("name", "project"), [("", "card-guard"), ("Watch dog", "watch-dog")])
    def test_of_an_earlier_version_are_kept_where_nobody_gives_another(self, name: str, project: str) -> None:
        bp = build_blueprint(
            example_plan(), (), name=name, project="card-guard", brief_title="Fraud detection"
        )
        assert (bp.project, bp.title) == (project, "Fraud detection")

    @pytest.mark.parametrize(
        "text", ["${x}", "{{ 7 * 7 }}", "a\n\nb: c", '"', "\u202eevil", "%{ if x }", "'; --", ""]
    )
    def test_hostile_words_give_safe_names_and_a_title_of_one_line(self, text: str) -> None:
        bp = build_blueprint(example_plan(), (), name=text, brief_title=text)
        check_names(bp)
        assert "\n" not in bp.title
        assert "\u202e" not in bp.title
        assert render(bp)


class TestTitle:
    @pytest.mark.parametrize(
        ("brief", "title", "project"),
        [
            (
                "Design an MLOps system for real-time fraud detection with sub-100ms latency, PCI DSS compliance.",
                "Real-time fraud detection",
                "real-time-fraud-detection",
            ),
            (
                "We need a platform that scores leads every night.",
                "Scores leads every night",
                "scores-leads-every-night",
            ),
            ("Churn prediction", "Churn prediction", "churn-prediction"),
            (
                "Hello all. Our subscribers cancel and we notice too late, which costs us a lot of money every year.",
                "Classification of customers with a subscription",
                "churn-api",
            ),
            ("", "Classification of observations", "generic-api"),
        ],
    )
    def test_says_what_the_brief_asks_for(self, brief: str, title: str, project: str) -> None:
        bp = blueprint(title=brief)
        assert (bp.title, bp.project) == (title, project)

    def test_a_long_first_sentence_is_cut_between_words(self) -> None:
        title = blueprint(title="Build a system for " + "very " * 60 + "long names").title
        assert len(title) <= 80
        assert title.endswith("very…")


class TestTask:
    @pytest.mark.parametrize(
        ("ml_task", "task", "metric"),
        [
            ("classification", "classification", "roc_auc"),
            ("anomaly", "classification", "roc_auc"),
            ("ranking", "classification", "roc_auc"),
            ("recommendation", "classification", "roc_auc"),
            ("regression", "regression", "rmse"),
            ("forecasting", "regression", "rmse"),
            ("nlp", "classification", "roc_auc"),
            ("vision", "classification", "roc_auc"),
            ("llm_rag", "retrieval", "recall_at_k"),
            ("other", "classification", "roc_auc"),
            ("none", "classification", "roc_auc"),
        ],
    )
    def test_every_task_has_its_metric(self, ml_task: str, task: str, metric: str) -> None:
        bp = blueprint(ml_task=ml_task)
        assert (bp.task, bp.metric, bp.ml_task) == (task, metric, ml_task)
        assert bp.columns[-1].name == bp.target

    @pytest.mark.parametrize(
        "ml_task",
        ["forecasting", "anomaly", "ranking", "recommendation", "nlp", "vision", "other"],
    )
    def test_a_task_that_is_mapped_says_so(self, ml_task: str) -> None:
        plain = set(blueprint().assumptions)
        assert any(
            word in assumption
            for assumption in set(blueprint(ml_task=ml_task).assumptions) - plain
            for word in ("learned as", "learned pointwise", "learns a", "is assumed")
        )

    def test_the_quotes_of_the_brief_choose_the_data_contract(self) -> None:
        constraints = [stated("ml_task", "classification", "which customers will churn")]
        bp = build_blueprint(example_plan(), constraints, name="", brief_title="A system")
        assert bp.target == "churned"


class TestSchedules:
    @pytest.mark.parametrize(
        ("frequency", "expression"),
        [
            ("continuous", "rate(1 hour)"),
            ("several_times_daily", "cron(0 0/6 * * ? *)"),
            ("hourly", "cron(0 * * * ? *)"),
            ("daily", "cron(0 3 * * ? *)"),
            ("weekly", "cron(0 3 ? * MON *)"),
            ("monthly", "cron(0 3 1 * ? *)"),
            ("quarterly", "cron(0 3 1 1,4,7,10 ? *)"),
            ("on_demand", ""),
        ],
    )
    def test_training_follows_its_frequency(self, frequency: str, expression: str) -> None:
        assert blueprint(training_frequency=frequency).training_schedule == expression

    def test_only_a_batch_is_scored_on_a_schedule(self) -> None:
        assert blueprint().scoring_schedule == ""
        assert blueprint("batch_scoring").scoring_schedule == "cron(30 1 * * ? *)"

    @pytest.mark.parametrize(
        ("frequency", "expression", "words"),
        [
            ("hourly", "cron(30 * * * ? *)", "every hour"),
            ("several_times_daily", "cron(30 0/6 * * ? *)", "every six hours"),
            ("daily", "cron(30 1 * * ? *)", "every night"),
            ("weekly", "cron(30 1 ? * MON *)", "every Monday"),
            ("monthly", "cron(30 1 1 * ? *)", "on the first of the month"),
            ("quarterly", "cron(30 1 1 1,4,7,10 ? *)", "on the first day of the quarter"),
        ],
    )
    def test_scoring_follows_its_frequency(self, frequency: str, expression: str, words: str) -> None:
        made = blueprint("batch_scoring", scoring_frequency=frequency)

        assert made.scoring_schedule == expression
        assert words in made.summary


class TestRetention:
    @pytest.mark.parametrize(
        ("compliance", "data_class", "days"),
        [
            ((), "public", 30),
            ((), "restricted", 365),
            (("GDPR",), "restricted", 180),
            (("PCI-DSS", "GDPR"), "restricted", 365),
            (("HIPAA", "PCI-DSS"), "restricted", 2192),
        ],
    )
    def test_the_longest_demand_wins(self, compliance: tuple[str, ...], data_class: str, days: int) -> None:
        bp = blueprint(compliance=compliance, data_classification=data_class)
        assert bp.retention_days == days
        assert any(f"kept {days} days" in assumption for assumption in bp.assumptions)


class TestRecords:
    def test_each_slot_has_one_with_what_was_rejected_and_why(self) -> None:
        decisions = blueprint().decisions
        assert [decision.number for decision in decisions] == list(range(1, len(SLOTS) - len(LLM_SLOTS) + 1))
        serve = next(decision for decision in decisions if decision.slug == "serve-ecs-fargate-service")
        assert serve.rejected == (
            "AWS Lambda behind Amazon API Gateway: cold starts miss 100 ms (constraint latency_ms_p95)",
        )
        store = next(decision for decision in decisions if decision.slug.startswith("store-"))
        assert store.rejected == ("Amazon RDS for PostgreSQL: it costs more (+310.25 USD a month)",)

    def test_a_part_that_is_only_planned_says_so_in_its_record_and_in_the_assumptions(self) -> None:
        bp = build_blueprint(language_model_plan(), (), name="", brief_title="x")
        record = next(decision for decision in bp.decisions if decision.slug == "llm-bedrock-nova-lite")
        assert record.title.startswith("Which language model answers: ")
        assert "this repository does not build it yet" in record.consequences
        assert "5,000,000 questions a day" in record.context
        serve = next(decision for decision in bp.decisions if decision.slug.startswith("serve-"))
        assert "does not build" not in serve.consequences
        assert bp.planned_only == ("llm", "vector_store")
        assert any("not part of this repository: Amazon Nova Lite" in text for text in bp.assumptions)

    def test_newer_fields_carry_their_unit(self) -> None:
        constraints = [stated("retention_days", 400, "thirteen months"), stated("rpo_minutes", 15, "15 min")]
        bp = build_blueprint(example_plan(), constraints, name="", brief_title="x")
        rows = {row.field: row.value for row in bp.requirements}
        assert (rows["retention_days"], rows["rpo_minutes"]) == ("400 days", "15 minutes")

    def test_requirements_carry_their_source_and_words(self) -> None:
        constraints = [stated("latency_ms_p95", 100, "sub-100ms latency")]
        bp = build_blueprint(example_plan(), constraints, name="", brief_title="x")
        rows = {row.field: row for row in bp.requirements}
        assert rows["latency_ms_p95"].value == "100 ms at p95"
        assert rows["latency_ms_p95"].quote == "sub-100ms latency"
        assert rows["team_size"].source == "default"
        assert rows["regions"].value == "us-east-1"

    def test_a_long_quote_is_cut(self) -> None:
        constraints: list[Constraint] = [stated("team_size", 3, "we are three " * 200)]
        bp = build_blueprint(example_plan(), constraints, name="", brief_title="x")
        assert len(next(r for r in bp.requirements if r.field == "team_size").quote) <= 300


class TestRepeatability:
    def test_the_same_plan_gives_the_same_answers(self) -> None:
        assert blueprint().model_dump_json() == blueprint().model_dump_json()

    @pytest.mark.parametrize(
        "change",
        [
            {"ml_task": "regression"},
            {"latency_ms_p95": 50.0},
            {"throughput_rps": 900.0},
            {"predictions_per_day": 10.0},
            {"budget_usd_month": 9000.0},
            {"region": "eu-west-1"},
            {"compliance": ("HIPAA",)},
            {"data_classification": "internal", "compliance": ()},
            {"availability_pct": 99.5},
            {"deployment_preference": "containers"},
            {"gpu_needed": True},
            {"data_volume_gb": 1000.0},
            {"training_frequency": "daily"},
            {"team_size": 9},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_a_changed_constraint_changes_the_repository(self, change: dict[str, Any]) -> None:
        before = {file.path: file.content for file in render(blueprint())}
        after = {file.path: file.content for file in render(blueprint(**change))}
        different = {path for path in before | after if before.get(path) != after.get(path)}
        assert different - {".answers.yml"}
