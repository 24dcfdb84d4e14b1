"""What may be planned together, because it reaches each other where it runs."""

from typing import Any

import pytest

from libs.planning.candidates import pool
from libs.planning.models import Infeasible, Plan, Slot
from libs.planning.solver import plan
from tests.unit.planning.scenes import AS_OF, RAG, SMALL, Desk, needs

QUIET: dict[str, Any] = {"availability_pct": 99.0, "data_volume_gb": 1}
"""A design that a serverless endpoint and a store without servers may keep."""
STREAMED: dict[str, Any] = {"workloads": ["streaming_inference"]}


def with_fixed(desk: Desk, chosen: dict[Slot, str], **more: Any) -> Plan | Infeasible:
    """The plan of questions over documents with some options fixed."""
    asked = needs(RAG, **{**QUIET, **more})
    return plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, forced=chosen)


class TestServerlessEndpoint:
    """Its container has no place in the VPC."""

    def test_goes_with_what_is_reached_without_a_vpc(self, desk: Desk) -> None:
        made = with_fixed(desk, {"serve": "sagemaker_serverless"})
        assert isinstance(made, Plan)
        assert made.component("vector_store").option == "s3_vectors"

    @pytest.mark.parametrize(
        ("slot", "option"),
        [
            *(
                ("vector_store", store)
                for store in (
                    "aurora_pgvector",
                    "aurora_pgvector_provisioned",
                    "opensearch_managed",
                    "opensearch_serverless",
                    "rds_pgvector",
                    "valkey_vectors",
                )
            ),
            ("llm", "vllm_ecs_gpu"),
            ("embeddings", "self_hosted_embeddings"),
            ("embeddings", "self_hosted_embeddings_gpu"),
            ("guardrails", "guard_model_gpu"),
        ],
    )
    def test_does_not_go_with_what_lives_in_the_vpc(self, desk: Desk, slot: Slot, option: str) -> None:
        assert isinstance(with_fixed(desk, {slot: option}), Plan)
        assert isinstance(with_fixed(desk, {"serve": "sagemaker_serverless", slot: option}), Infeasible)

    def test_is_left_out_for_the_reason_of_what_a_person_fixed(self, desk: Desk) -> None:
        made = with_fixed(desk, {"vector_store": "valkey_vectors"})
        assert isinstance(made, Plan)
        [left] = [r for r in made.rejected if r.option == "sagemaker_serverless"]
        assert left.reason.startswith("does not go with valkey_vectors, which was fixed: ")
        assert "cannot be placed in the VPC" in left.reason


class TestQuestionsOverDocuments:
    def test_are_not_answered_in_two_regions_and_it_is_said_why(self, desk: Desk) -> None:
        made = with_fixed(desk, {})
        assert isinstance(made, Plan)
        [left] = [r for r in made.rejected if r.option == "ecs_fargate_two_regions"]
        assert "searched in one region only" in left.reason
        assert left.constraint == "ml_task"

    def test_are_not_planned_where_only_a_second_region_would_keep_the_target(self, desk: Desk) -> None:
        refused = desk.refusal(RAG, regions=["eu-central-1"], residency=["eu"], availability_pct=99.95)
        assert refused.conflicting == ("availability_pct",)
        assert refused.relaxations[0].startswith("accept an availability of 99.9")

    def test_nobody_is_told_to_give_up_the_task(self, desk: Desk) -> None:
        for share in (99.95, 99.99, 99.999):
            refused = desk.refusal(RAG, regions=["eu-central-1"], availability_pct=share)
            assert "ml_task" not in refused.conflicting
            assert not any("the task" in way for way in refused.relaxations)

    def test_are_asked_of_a_service_also_where_they_come_as_a_stream(self, desk: Desk) -> None:
        asked = needs(RAG, **{**QUIET, **STREAMED})
        assert not asked.answers_requests
        consumers = [
            candidate
            for candidate in pool(asked, desk.catalogue, desk.prices).of_slot("serve")
            if candidate.option.id
            in ("ecs_stream_consumer", "lambda_stream_consumer", "managed_flink_scoring")
        ]
        assert consumers
        assert all("ml_task" in {block.field for block in found.blocks} for found in consumers)


class TestDataNodes:
    """OpenSearch refuses an odd number of data nodes in two zones."""

    @pytest.mark.parametrize(("availability_pct", "zones"), [(99.0, 2), (99.9, 2), (99.95, 3)])
    def test_are_as_many_in_each_zone(self, desk: Desk, availability_pct: float, zones: int) -> None:
        for gigabytes in (1, 40, 400, 900):
            asked = needs(RAG, availability_pct=availability_pct, data_volume_gb=gigabytes)
            for found in pool(asked, desk.catalogue, desk.prices).of_slot("vector_store"):
                if found.option.id == "opensearch_managed":
                    nodes = found.size["nodes"]
                    assert isinstance(nodes, int | float)
                    assert nodes == 1 or nodes % zones == 0, (gigabytes, found.size)

    def test_are_on_the_bill_as_they_are_planned(self, desk: Desk) -> None:
        made = with_fixed(
            desk, {"vector_store": "opensearch_managed"}, availability_pct=99.5, data_volume_gb=400
        )
        assert isinstance(made, Plan)
        nodes = made.component("vector_store").size["nodes"]
        [line] = [
            line for line in made.cost.lines if line.slot == "vector_store" and line.item == "data nodes"
        ]
        assert isinstance(nodes, int | float)
        assert line.quantity == pytest.approx(nodes * 730)


class TestASecondRegionOfAModel:
    """Endpoints of the network lead to the services of its own region."""

    def test_is_not_planned_without_a_way_out(self, desk: Desk) -> None:
        made = with_fixed(desk, {"network": "private_endpoints", "llm": "bedrock_nova_lite"})
        assert isinstance(made, Plan)
        assert made.component("llm").size["regions_used"] == 1
        embedded = with_fixed(
            desk, {"network": "private_endpoints", "embeddings": "bedrock_titan_two_regions"}
        )
        assert isinstance(embedded, Infeasible)

    def test_is_planned_with_one_where_the_target_needs_it(self, desk: Desk) -> None:
        chosen: dict[Slot, str] = {"llm": "bedrock_nova_lite", "embeddings": "bedrock_titan_two_regions"}
        made = with_fixed(desk, chosen, availability_pct=99.7)
        assert isinstance(made, Plan)
        assert made.component("llm").size["regions_used"] == 2
        assert made.component("network").option != "private_endpoints"


class TestWayOut:
    """Jobs in private subnets reach what is not AWS over a way out alone."""

    def with_registry(self, desk: Desk, registry: str, network: str) -> Plan | Infeasible:
        fixed: dict[Slot, str] = {"registry": registry, "network": network}
        asked = needs(SMALL, ml_task="classification")
        return plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, forced=fixed)

    def test_a_hosted_registry_is_not_planned_without_one(self, desk: Desk) -> None:
        assert isinstance(self.with_registry(desk, "weights_and_biases", "private_endpoints"), Infeasible)
        assert isinstance(self.with_registry(desk, "weights_and_biases", "private_nat"), Plan)
        assert isinstance(self.with_registry(desk, "sagemaker_registry", "private_endpoints"), Plan)

    def test_telemetry_leaves_from_firehose_and_needs_none(self, desk: Desk) -> None:
        fixed: dict[Slot, str] = {"observe": "datadog", "network": "private_endpoints"}
        asked = needs(SMALL, ml_task="classification")
        assert isinstance(plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, forced=fixed), Plan)


class TestPrometheus:
    """It has what collectors bring, and those stand beside containers."""

    def watched(self, desk: Desk, chosen: dict[Slot, str], **more: Any) -> Plan | Infeasible:
        asked = needs(SMALL, **{"ml_task": "classification", "latency_ms_p95": 60_000, **more})
        return plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, forced=chosen, written_only=True)

    @pytest.mark.parametrize("observe", ["managed_prometheus", "self_hosted_grafana"])
    @pytest.mark.parametrize(
        "serve", ["lambda_service", "sagemaker_async", "sagemaker_endpoint", "sagemaker_serverless"]
    )
    def test_is_not_planned_where_nothing_can_be_collected(
        self, desk: Desk, serve: str, observe: str
    ) -> None:
        assert isinstance(self.watched(desk, {"serve": serve}), Plan)
        assert isinstance(self.watched(desk, {"serve": serve, "observe": observe}), Infeasible)
        made = self.watched(desk, {"observe": observe})
        assert isinstance(made, Plan)
        [left] = [r for r in made.rejected if r.option == serve]
        assert left.reason

    @pytest.mark.parametrize("observe", ["managed_prometheus", "self_hosted_grafana"])
    def test_is_not_planned_for_batches(self, desk: Desk, observe: str) -> None:
        more: dict[str, Any] = {"workloads": ["batch_inference"], "latency_ms_p95": None}
        made = self.watched(desk, {}, **more)
        assert isinstance(made, Plan)
        [left] = [r for r in made.rejected if r.option == observe]
        assert left.constraint == "workloads"

    @pytest.mark.parametrize("observe", ["managed_prometheus", "self_hosted_grafana"])
    def test_collects_beside_gpus(self, desk: Desk, observe: str) -> None:
        chosen: dict[Slot, str] = {"serve": "ecs_ec2_gpu_service", "observe": observe}
        assert isinstance(self.watched(desk, chosen, gpu_needed=True), Plan)

    def test_of_another_region_is_reached_by_a_way_out_alone(self, desk: Desk) -> None:
        chosen: dict[Slot, str] = {"serve": "ecs_fargate_two_regions", "observe": "managed_prometheus"}
        assert isinstance(self.watched(desk, {**chosen, "network": "private_nat"}), Plan)
        assert isinstance(self.watched(desk, {**chosen, "network": "private_endpoints"}), Infeasible)
        one: dict[Slot, str] = {**chosen, "serve": "ecs_fargate_service", "network": "private_endpoints"}
        assert isinstance(self.watched(desk, one), Plan)

    def test_is_left_out_for_the_reason_of_what_was_fixed(self, desk: Desk) -> None:
        made = self.watched(desk, {"serve": "ecs_fargate_two_regions", "network": "private_endpoints"})
        assert isinstance(made, Plan)
        [left] = [r for r in made.rejected if r.option == "managed_prometheus"]
        assert left.reason.startswith(
            "does not go with private_endpoints and ecs_fargate_two_regions, which were fixed: without a way out"
        )

    def test_of_ones_own_has_no_collector_in_a_second_region(self, desk: Desk) -> None:
        for network in ("private_nat", "private_endpoints"):
            chosen: dict[Slot, str] = {"serve": "ecs_fargate_two_regions", "observe": "self_hosted_grafana"}
            assert isinstance(self.watched(desk, {**chosen, "network": network}), Infeasible)


class TestRegulatedQuestions:
    @pytest.mark.parametrize(
        "rule",
        [
            {"compliance": ["HIPAA"], "data_classification": "sensitive"},
            {"compliance": ["PCI-DSS"]},
            {"data_classification": "restricted"},
        ],
    )
    def test_have_no_way_out_also_where_a_second_region_would_need_one(
        self, desk: Desk, rule: dict[str, Any]
    ) -> None:
        made = desk.plan(RAG, availability_pct=99.9, **rule)
        assert made.component("network").option == "private_endpoints"
        [left] = [r for r in made.rejected if r.option == "private_nat_firewall"]
        assert left.constraint in ("compliance", "data_classification")
