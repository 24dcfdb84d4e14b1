"""Statements that cannot all hold are found and said with their quotes."""

from typing import Any

import pytest

from libs.intake.models import Conflict, Constraint, Quote
from libs.planning.catalogue.models import Catalogue
from libs.planning.conflicts import conflicts
from libs.planning.prices.lookup import Prices
from tests.unit.planning.scenes import CHURN, FRAUD, SMALL, given, needs


def found(fields: dict[Any, Any], **more: Any) -> dict[str, Conflict]:
    return {c.code: c for c in conflicts(given(fields, **more), needs(fields, **more))}


class TestConflicts:
    @pytest.mark.parametrize("brief", [FRAUD, CHURN, SMALL], ids=["fraud", "churn", "small"])
    def test_a_coherent_brief_has_none(self, brief: dict, catalogue: Catalogue, prices: Prices) -> None:
        assert conflicts(given(brief), needs(brief), catalogue, prices) == ()

    def test_another_cloud_goes_on_with_aws(self) -> None:
        conflict = found(SMALL, cloud="gcp", regions=["europe-west4"])["planning.cloud_not_supported"]
        assert not conflict.blocking
        assert "AWS in eu-central-1" in conflict.message

    def test_a_region_of_another_cloud_is_not_called_unknown(self) -> None:
        assert "planning.region_unknown" not in found(SMALL, cloud="azure", regions=["westeurope"])

    @pytest.mark.parametrize("region", ["eu-central-9", "atlantis-1", "me-south-1"])
    def test_a_region_that_cannot_be_priced_waits_for_a_person(self, region: str) -> None:
        conflict = found(SMALL, regions=[region])["planning.region_unknown"]
        assert conflict.blocking
        assert region in conflict.message
        assert "eu-west-1" in conflict.message

    def test_several_regions_are_said(self) -> None:
        assert not found(SMALL, regions=["eu-west-1", "us-east-1"])["planning.several_regions"].blocking

    @pytest.mark.parametrize(("regime", "region"), [("GDPR", "us-east-1"), ("LAW25", "us-east-1")])
    def test_residency_against_the_region(self, regime: str, region: str) -> None:
        assert "planning.residency_region" in found(CHURN, compliance=[regime], regions=[region])

    def test_batches_beside_an_online_service_are_said_to_be_left_out(self) -> None:
        both = found(SMALL, workloads=["online_inference", "batch_inference"])
        assert not both["planning.batch_beside_online"].blocking

    def test_a_latency_target_without_requests_is_said_to_be_unused(self) -> None:
        conflict = found(CHURN, latency_ms_p95=200)["planning.latency_without_requests"]
        assert "200 ms" in conflict.message

    def test_kubernetes_goes_on_with_containers(self) -> None:
        assert "planning.kubernetes_not_supported" in found(SMALL, deployment_preference="kubernetes")

    def test_serverless_and_a_gpu_do_not_go_together(self) -> None:
        conflict = found(SMALL, deployment_preference="serverless", gpu_needed=True)["planning.no_gpu_there"]
        assert conflict.blocking
        assert set(conflict.fields) == {"deployment_preference", "gpu_needed"}

    def test_serverless_against_a_few_milliseconds(self) -> None:
        assert "planning.serverless_too_slow" in found(
            SMALL, deployment_preference="serverless", latency_ms_p95=20
        )

    @pytest.mark.parametrize(
        ("fields", "other", "budget"),
        [({"gpu_needed": True}, "gpu_needed", 90), ({"compliance": ["PCI-DSS"]}, "compliance", 140)],
    )
    def test_a_budget_below_what_something_takes(
        self, fields: dict[Any, Any], other: str, budget: float, catalogue: Catalogue, prices: Prices
    ) -> None:
        asked = {**SMALL, **fields, "data_classification": "internal", "budget_usd_month": budget}
        [conflict] = conflicts(given(asked), needs(asked), catalogue, prices)
        assert conflict.code == "planning.budget_too_low"
        assert conflict.fields == ("budget_usd_month", other)

    def test_a_budget_below_everything(self, catalogue: Catalogue, prices: Prices) -> None:
        [conflict] = conflicts(
            given(SMALL, budget_usd_month=5), needs(SMALL, budget_usd_month=5), catalogue, prices
        )
        assert conflict.fields == ("budget_usd_month",)

    def test_the_words_of_the_brief_come_along(self) -> None:
        quote = Quote(text="on GKE", start=10, end=16)
        cloud = Constraint(field="cloud", value="gcp", source="stated", confidence=1.0, quote=quote)
        [conflict] = conflicts([*given(SMALL), cloud], needs(SMALL, cloud="gcp"))
        assert conflict.quotes == (quote,)
