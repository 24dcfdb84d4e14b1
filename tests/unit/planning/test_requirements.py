"""Constraints become requirements; what is missing gets a default with a reason."""

from typing import Any, ClassVar

import pytest

from libs.intake.models import Constraint
from libs.planning.errors import ImpossibleValue
from libs.planning.models import Plan
from libs.planning.requirements import resolve
from libs.planning.solver import plan
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, SMALL, Desk, given, needs


def defaults(fields: dict[Any, Any], **more: Any) -> dict[str, Constraint]:
    return {c.field: c for c in resolve(given(fields, **more), AS_OF)[1]}


class TestDefaults:
    def test_every_missing_field_gets_one_with_a_reason(self) -> None:
        added = defaults({})
        assert {"ml_task", "workloads", "regions", "availability_pct", "training_frequency"} <= set(added)
        assert all(c.source == "default" and c.reason for c in added.values())

    def test_none_takes_the_place_of_an_answer(self) -> None:
        assert not set(defaults(FRAUD)) & set(FRAUD)

    def test_a_budget_is_never_invented(self) -> None:
        assert "budget_usd_month" not in defaults({})
        assert needs({}).budget_usd_month is None

    def test_earlier_defaults_are_worked_out_anew(self) -> None:
        stale = Constraint(
            field="data_classification", value="internal", source="default", confidence=0.5, reason="before"
        )
        made, added = resolve([*given({"compliance": ["PCI-DSS"]}), stale], AS_OF)
        assert made.data_classification == "restricted"
        assert any(c.field == "data_classification" and "PCI-DSS" in c.reason for c in added)

    def test_no_regime_is_an_answer(self) -> None:
        assert "compliance" not in defaults({"compliance": []})

    def test_sources_say_what_is_assumed(self) -> None:
        sources = needs(CHURN).sources
        assert sources["predictions_per_day"] == "answered"
        assert sources["regions"] == "default"

    @pytest.mark.parametrize(
        ("regimes", "data_class", "region"),
        [
            (["PCI-DSS"], "restricted", "us-east-1"),
            (["HIPAA"], "restricted", "us-east-1"),
            (["GDPR"], "sensitive", "eu-central-1"),
            (["LAW25"], "sensitive", "ca-central-1"),
            (["GDPR", "PCI-DSS"], "restricted", "eu-central-1"),
            ([], "internal", "us-east-1"),
        ],
    )
    def test_regimes_decide_data_class_and_region(
        self, regimes: list[str], data_class: str, region: str
    ) -> None:
        made = needs({"compliance": regimes})
        assert (made.data_classification, made.region) == (data_class, region)


class TestArchetype:
    @pytest.mark.parametrize(
        ("fields", "archetype"),
        [
            ({"workloads": ["online_inference"]}, "online_api"),
            ({"workloads": ["streaming_inference"]}, "online_api"),
            ({"workloads": ["batch_inference"]}, "batch_scoring"),
            ({"workloads": ["batch_inference", "online_inference"]}, "online_api"),
            ({"workloads": ["batch_training"], "latency_ms_p95": 80}, "online_api"),
            ({"throughput_rps": 5}, "online_api"),
            ({"predictions_per_day": 5000}, "batch_scoring"),
            ({"latency_ms_p95": 3_600_000}, "batch_scoring"),
            ({"workloads": ["batch_training"]}, "batch_scoring"),
            ({}, "online_api"),
        ],
    )
    def test_follows_from_workloads_latency_and_volume(self, fields: dict[Any, Any], archetype: str) -> None:
        assert needs(fields).archetype == archetype

    def test_batch_scoring_has_no_latency_target(self) -> None:
        assert needs(CHURN, latency_ms_p95=200).latency_ms_p95 is None


class TestLoad:
    def test_a_daily_volume_becomes_a_peak(self) -> None:
        made = needs({"workloads": ["online_inference"], "predictions_per_day": 86_400})
        assert made.throughput_rps == pytest.approx(2.5)

    def test_a_peak_becomes_a_daily_volume(self) -> None:
        assert needs(FRAUD).predictions_per_day == pytest.approx(10_000 / 2.5 * 86_400)

    def test_a_stated_peak_factor_takes_the_place_of_the_usual_one(self) -> None:
        daily = needs({"workloads": ["online_inference"], "predictions_per_day": 86_400, "peak_factor": 8})
        assert daily.throughput_rps == pytest.approx(8)
        peak = needs({"workloads": ["online_inference"], "throughput_rps": 80, "peak_factor": 8})
        assert peak.predictions_per_day == pytest.approx(10 * 86_400)

    def test_a_language_model_has_longer_to_answer(self) -> None:
        assert needs({"ml_task": "llm_rag", "workloads": ["online_inference"]}).latency_ms_p95 == 3000
        assert needs({"ml_task": "nlp", "workloads": ["online_inference"]}).latency_ms_p95 == 500

    def test_a_nightly_volume_is_spread_over_the_scoring_window(self) -> None:
        assert needs(CHURN).throughput_rps == pytest.approx(250_000 / (4 * 3600), abs=0.001)


class TestRegion:
    @pytest.mark.parametrize(
        ("stated", "region"),
        [
            ("eu-west-1", "eu-west-1"),
            ("EU", "eu-central-1"),
            ("europe", "eu-central-1"),
            ("us", "us-east-1"),
            ("Frankfurt", "eu-central-1"),
            ("united kingdom", "eu-west-2"),
            ("canada", "ca-central-1"),
            ("global", "us-east-1"),
            ("europe-west4", "eu-central-1"),
            ("eastus", "us-east-1"),
            ("eu-central-9", "eu-central-1"),
            ("atlantis-1", "us-east-1"),
        ],
    )
    def test_words_and_codes_become_one_region(self, stated: str, region: str) -> None:
        assert needs({"regions": [stated]}).region == region

    def test_the_first_of_several_is_taken(self) -> None:
        assert needs({"regions": ["eu-west-3", "us-east-1"]}).region == "eu-west-3"

    @pytest.mark.parametrize(
        ("residency", "within"),
        [
            ("France", "eu-west-3"),
            ("Germany", "eu-central-1"),
            ("EU", "eu-central-1"),
            ("Canada", "ca-central-1"),
        ],
    )
    def test_residency_decides_where_no_region_is_named(self, residency: str, within: str) -> None:
        assert needs({"residency": [residency]}).region == within

    def test_a_named_region_is_kept_beside_a_residency(self) -> None:
        made = needs({"residency": ["Germany"], "regions": ["us-east-1"]})
        assert (made.region, made.residency) == ("us-east-1", ("Germany",))


class TestDeployment:
    def test_kubernetes_stays_what_was_asked_for(self) -> None:
        assert needs({"deployment_preference": "kubernetes"}).deployment_preference == "kubernetes"

    def test_serving_falls_back_to_containers_while_nothing_is_written_for_kubernetes(
        self, desk: Desk
    ) -> None:
        asked = needs(SMALL, deployment_preference="kubernetes")
        whole = plan(asked, desk.catalogue, desk.prices, as_of=AS_OF)
        written = plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, written_only=True)
        assert isinstance(whole, Plan)
        assert isinstance(written, Plan)
        assert whole.component("serve").option == "eks_service"
        served = desk.catalogue.find("serve", written.component("serve").option)
        assert served is not None
        assert "containers" in served.deployment
        assert served.generated


class TestFurtherFields:
    GIVEN: ClassVar[dict[Any, Any]] = {
        "peak_factor": 4,
        "growth_pct_year": 50,
        "retention_days": 30,
        "rpo_minutes": 5,
        "rto_minutes": 60,
        "explainability": "per_prediction",
        "ci_provider": "gitlab_ci",
        "model_size_gb": 3,
        "llm_hosting": "self_hosted",
        "model_parameters_b": 8,
        "context_tokens": 16_000,
        "input_tokens": 900,
        "output_tokens": 200,
        "users": 5000,
        "residency": ["EU"],
        "data_sources": ["kafka"],
        "existing_stack": ["airflow"],
        "team_skills": ["terraform"],
    }

    def test_each_reaches_the_planner_as_it_was_given(self) -> None:
        made = needs(self.GIVEN).to_json()
        assert {name: made[name] for name in self.GIVEN} == self.GIVEN

    def test_none_of_them_is_invented(self) -> None:
        assert not set(defaults({})) & set(self.GIVEN)
        made = needs({})
        assert made.rpo_minutes is made.retention_days is made.llm_hosting is made.users is None
        assert made.growth_pct_year == 0
        assert made.explainability == "none"

    @pytest.mark.parametrize(("regimes", "personal"), [(["GDPR"], True), (["PCI-DSS"], False), ([], False)])
    def test_regimes_of_personal_data_mean_that_there_is_some(
        self, regimes: list[str], personal: bool
    ) -> None:
        assert needs({"compliance": regimes}).personal_data is personal

    def test_what_is_said_about_personal_data_counts_more_than_the_regime(self) -> None:
        assert needs({"compliance": ["GDPR"], "personal_data": False}).personal_data is False

    def test_changed_assumptions_come_along(self) -> None:
        made = resolve(given(SMALL), AS_OF, {"traffic_high": 3.0, "log_kb": 2.0})[0]
        assert made.assumptions == {"log_kb": 2.0, "traffic_high": 3.0}


class TestScoringRhythm:
    def test_a_night_is_assumed_for_batches_and_nothing_for_requests(self) -> None:
        assert needs(CHURN).scoring_frequency == "daily"
        assert needs(CHURN).sources["scoring_frequency"] == "default"
        assert "scoring_frequency" not in needs(SMALL).sources

    def test_a_stated_rate_holds_around_the_clock_where_scoring_does(self) -> None:
        batch = {"workloads": ["batch_inference"], "throughput_rps": 10}

        assert needs(batch).predictions_per_day == 10 * 4 * 3600
        assert needs(batch, scoring_frequency="hourly").predictions_per_day == 10 * 86_400


class TestImpossibleValues:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("latency_ms_p95", 0),
            ("latency_ms_p95", "fast"),
            ("availability_pct", 120),
            ("throughput_rps", -3),
            ("predictions_per_day", float("nan")),
            ("budget_usd_month", -1),
            ("data_volume_gb", True),
            ("team_size", 0),
            ("regions", "eu-west-1"),
            ("compliance", [7]),
            ("ml_task", "alchemy"),
            ("training_frequency", "never"),
            ("scoring_frequency", "continuous"),
        ],
    )
    def test_are_refused_by_name(self, field: str, value: Any) -> None:
        with pytest.raises(ImpossibleValue) as caught:
            needs({field: value})  # type: ignore[dict-item]
        assert field in caught.value.message

    def test_a_handful_of_predictions_a_day_is_possible(self) -> None:
        assert needs({"workloads": ["online_inference"], "predictions_per_day": 3}).throughput_rps > 0
