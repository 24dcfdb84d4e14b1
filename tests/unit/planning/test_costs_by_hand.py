"""The bill of whole plans against hand-made calculations from quoted unit prices.

Quantities are worked out here from the brief and from planning allowances in words, not by the product's formulas.
Options are fixed, so that a better choice elsewhere in the catalogue does not change what is calculated.
"""

import math

import pytest

from libs.planning.models import CostEstimate, Plan, Slot
from libs.planning.solver import plan
from tests.unit.planning.quoted_prices import (
    ALB_HOUR,
    DAYS,
    EKS_HOUR,
    ENDPOINT_GB,
    ENDPOINT_VOLUME_GB,
    FAN_OUT_GB,
    FAN_OUT_SHARD_HOUR,
    FIREHOSE_GB,
    G4DN_XLARGE,
    G6_XLARGE,
    GET,
    GLUE_DPU,
    GP3_GB,
    HANDBOOK,
    HOURS,
    HTTP_MILLION,
    IMAGE_GB,
    LAMBDA_MILLION,
    LOG_GB,
    LOG_GB_MONTH,
    M6I_LARGE,
    MILLION_PUTS,
    ML_C5_XLARGE,
    ML_G5_XLARGE,
    NOVA_LITE_IN,
    NOVA_LITE_OUT,
    NOVA_PRO_IN,
    NOVA_PRO_OUT,
    OUT,
    OUT_ABOVE_10_TB,
    OUT_ABOVE_50_TB,
    PARQUET_SHARE,
    PLAIN,
    S3,
    S3_ABOVE_50_TB,
    SAO_PAULO,
    SHARD_HOUR,
    TITAN_EMBED,
    VALKEY_MILLION_ECPU,
    VALKEY_R7G_LARGE,
    VALKEY_SERVERLESS_GB_HOUR,
    WARM_GB_SECOND,
    WARM_RUN_GB_SECOND,
    WEEKS,
    Bill,
    Fields,
    balancer,
    common,
    data_out,
    fargate,
    lake,
    month,
    nightly,
    online,
)
from tests.unit.planning.scenes import AS_OF, Desk, needs


def around_a_ready_model(gb: float) -> Bill:
    """What is common to the others, without features and registry; documents are read one after the other."""
    bill = common(5000, gb=gb) | {"process": fargate(1, 4, WEEKS * (0.1 + gb / 20))}
    return {slot: usd for slot, usd in bill.items() if slot not in ("features", "registry")}


def by_slot(estimate: CostEstimate) -> Bill:
    totals: Bill = {}
    for line in estimate.lines:
        totals[line.slot] = totals.get(line.slot, 0.0) + (line.monthly_usd or 0.0)
    return totals


class TestAgainstAHandMadeBill:
    def check(self, desk: Desk, fields: Fields, chosen: dict[Slot, str], bill: Bill) -> Plan:
        made = plan(needs(fields), desk.catalogue, desk.prices, as_of=AS_OF, forced={**PLAIN, **chosen})
        assert isinstance(made, Plan), made
        assert made.cost.unknown_lines == 0
        totals = by_slot(made.cost)
        assert totals.keys() <= bill.keys()
        for slot, usd in bill.items():
            assert totals.get(slot, 0.0) == pytest.approx(usd, rel=0.01, abs=0.005), slot
        assert made.cost.expected_usd == pytest.approx(sum(bill.values()), rel=0.01)
        return made

    def vector_nodes(self, tokens: float) -> float:
        """Passages of 400 tokens, 5 KB each as records and 1.3 times that as index; two copies of each shard."""
        held_gb = tokens / 400 * 5e-6 * 2.3
        return 2 * math.ceil(held_gb / (13.07 * 0.75))  # a quarter of a node is reserved

    def test_containers_online_at_a_thousand_requests_a_second(self, desk: Desk) -> None:
        """400 a second on average; a task of half a vCPU carries 60 (5 ms each, 60 % busy): 7 tasks."""
        self.check(
            desk,
            online(1000, latency_ms_p95=100),
            {"serve": "ecs_fargate_service"},
            {
                **common(400 * 86_400),
                "serve": fargate(0.5, 1, 7 * HOURS)
                + balancer(400)
                + 1.5 * IMAGE_GB
                + data_out(month(400) * 0.5e-6),
            },
        )

    def test_data_out_beyond_ten_and_fifty_terabytes(self, desk: Desk) -> None:
        """100,000 a second on average send 131 TB a month; a task of two vCPU carries 240: 417 tasks."""
        made = self.check(
            desk,
            online(250_000, latency_ms_p95=100),
            {"serve": "ecs_fargate_service"},
            {
                **common(100_000 * 86_400),
                "serve": fargate(2, 4, 417 * HOURS)
                + balancer(100_000)
                + 1.5 * IMAGE_GB
                + 10_140 * OUT
                + 40_960 * OUT_ABOVE_10_TB
                + (month(100_000) * 0.5e-6 - 51_200) * OUT_ABOVE_50_TB,
            },
        )
        paid = [line for line in made.cost.lines if line.key == "transfer.gb_out"]
        assert [line.unit_price_usd for line in paid] == [0.0, OUT, OUT_ABOVE_10_TB, OUT_ABOVE_50_TB]
        assert [round(line.quantity) for line in paid[:3]] == [100, 10_140, 40_960]

    def test_functions_online_with_one_kept_warm(self, desk: Desk) -> None:
        """4 a second on average, 10 ms each; nothing of Lambda is free once an instance is kept warm."""
        memory = 1769 / 1024
        self.check(
            desk,
            online(10, latency_ms_p95=500),
            {"serve": "lambda_service"},
            {
                **common(4 * 86_400),
                "serve": month(4) / 1e6 * (HTTP_MILLION + LAMBDA_MILLION)
                + memory * HOURS * 3600 * WARM_GB_SECOND
                + month(4) * 0.010 * memory * WARM_RUN_GB_SECOND
                + 1.5 * IMAGE_GB,
            },
        )

    def test_a_gpu_endpoint_online(self, desk: Desk) -> None:
        """20 images a second on average: one small GPU would do, two zones need two."""
        training = (
            1 + 0.6 * 2 * 10
        ) / 120  # an image takes ten times the work; an A10G does that of 120 vCPU
        self.check(
            desk,
            online(50, latency_ms_p95=500, ml_task="vision", gpu_needed=True),
            {"serve": "sagemaker_endpoint", "train": "sagemaker_training"},
            {
                **common(20 * 86_400),
                "train": WEEKS * training * (ML_G5_XLARGE + 30 * ENDPOINT_VOLUME_GB / HOURS),
                "serve": 2 * HOURS * G4DN_XLARGE
                + month(20) * 1.5e-6 * ENDPOINT_GB
                + 2 * 30 * ENDPOINT_VOLUME_GB
                + 1.5 * IMAGE_GB,
            },
        )

    def test_kubernetes_online(self, desk: Desk) -> None:
        """A node of two vCPU gives 1.7 to the service and carries 204 a second: two nodes for 400."""
        self.check(
            desk,
            online(1000, latency_ms_p95=100, deployment_preference="kubernetes"),
            {"serve": "eks_service"},
            {
                **common(400 * 86_400),
                "serve": HOURS * EKS_HOUR
                + 2 * HOURS * M6I_LARGE
                + 2 * 30 * GP3_GB
                + balancer(400)
                + 1.5 * IMAGE_GB
                + data_out(month(400) * 0.5e-6),
            },
        )

    def test_a_nightly_run_of_a_million_rows(self, desk: Desk) -> None:
        """1,000,000 rows of 5 ms are 1.39 hours on one vCPU, and six minutes to start."""
        self.check(
            desk,
            nightly(1_000_000),
            {"serve": "fargate_batch"},
            {**common(1e6, batch=True), "serve": fargate(1, 4, DAYS * (0.1 + 1e6 * 0.005 / 3600))},
        )

    def test_the_same_run_in_sao_paulo_costs_the_region_index_more(self, desk: Desk) -> None:
        home = {**common(1e6, batch=True), "serve": fargate(1, 4, DAYS * (0.1 + 1e6 * 0.005 / 3600))}
        away: Bill = {slot: usd * (1 if slot == "cicd" else SAO_PAULO) for slot, usd in home.items()}
        made = self.check(desk, nightly(1_000_000, regions=["sa-east-1"]), {"serve": "fargate_batch"}, away)
        aws = [line for line in made.cost.lines if line.slot != "cicd"]
        assert {line.method for line in aws} == {"estimate"}
        assert all("region index" in line.source for line in aws if line.monthly_usd)
        assert any("are scaled from us-east-1 and are estimates" in text for text in made.assumptions)

    def test_a_large_batch_over_sixty_terabytes(self, desk: Desk) -> None:
        """694 vCPU hours a night: 12 jobs of 16 vCPU end within four hours. S3 is cheaper above 50 TB.

        Spark prepares 60 GB an hour on a DPU: 500 of them are through in two hours, and nine minutes to start.
        """
        training, jobs = 1 + 0.6 * 2, 12  # a sample of 2 GB, 19 GB of memory
        made = self.check(
            desk,
            nightly(500_000_000, data_volume_gb=60_000),
            {"serve": "aws_batch", "process": "glue_job"},
            {
                **common(5e8, batch=True, gb=60_000),
                "store": 51_200 * S3 + (60_000 + 90 - 51_200) * S3_ABOVE_50_TB + WEEKS * 600.1 * GET,
                "process": WEEKS * 500 * (60_000 / 60 / 500 + 0.15) * GLUE_DPU,
                "train": fargate(8, 32, WEEKS * training / 2.5),
                "serve": fargate(16, 64, DAYS * (5e8 * 0.005 / 3600 / 16 + jobs * 0.1)),
            },
        )
        stored = [line for line in made.cost.lines if line.slot == "store" and line.key == "s3.gb_month"]
        assert [line.unit_price_usd for line in stored] == [S3, S3_ABOVE_50_TB]
        assert made.component("serve").size["jobs"] == jobs, "what is paid for is what the tree starts"

    def test_a_stream_with_kinesis(self, desk: Desk) -> None:
        """800 events of 1 KB a second on average; Firehose bills each as 5 KB; Parquet keeps 30 %."""
        events = month(800)
        self.check(
            desk,
            online(2000, latency_ms_p95=500, workloads=["streaming_inference"]),
            {"ingest": "kinesis_stream", "features": "valkey_serverless", "serve": "sagemaker_endpoint"},
            {
                **common(800 * 86_400),
                # 2,000 a second at 60 % of 1,000 a shard; the reader has its own share of each.
                "ingest": 4 * HOURS * (SHARD_HOUR + FAN_OUT_SHARD_HOUR)
                + events * 1e-6 * FAN_OUT_GB
                + events / 1e6 * MILLION_PUTS
                + events * 5e-6 * FIREHOSE_GB * (1 + PARQUET_SHARE)
                + events * 1e-6 * 0.3 * 90 / DAYS * S3,
                "features": 1.25 * HOURS * VALKEY_SERVERLESS_GB_HOUR  # a quarter of 5 GB is asked for
                + events * 1.1 / 1e6 * VALKEY_MILLION_ECPU  # a tenth as many writes as reads
                + 5 * S3,
                "serve": 2 * HOURS * ML_C5_XLARGE
                + events * 1.5e-6 * ENDPOINT_GB
                + 2 * 30 * ENDPOINT_VOLUME_GB
                + 1.5 * IMAGE_GB
                + data_out(events * 0.5e-6),
            },
        )

    def test_a_handbook_answered_by_a_model_on_bedrock(self, desk: Desk) -> None:
        """152,000 questions a month of 2,500 tokens, answers of 350; 10^9 tokens of text are indexed."""
        asked, text = 5000 * DAYS, 40 * 0.1 * 250e6
        judged = 200 * 20
        memory = 1769 / 1024
        self.check(
            desk,
            HANDBOOK,
            {
                "train": "no_training",
                "serve": "lambda_service",
                "llm": "bedrock_nova_lite",
                "vector_store": "valkey_vectors",
                "embeddings": "bedrock_titan_embeddings",
                "guardrails": "prompt_only",
                "evaluation": "bedrock_evaluations",
            },
            {
                **around_a_ready_model(40),
                "train": 0.0,
                "serve": asked / 1e6 * (HTTP_MILLION + LAMBDA_MILLION)
                + memory * HOURS * 3600 * WARM_GB_SECOND
                + asked * (0.025 + 1 + 3.5) * memory * WARM_RUN_GB_SECOND  # it waits for 350 tokens
                + 1.5 * IMAGE_GB,
                "llm": asked * 2500 / 1e6 * NOVA_LITE_IN
                + asked * 350 / 1e6 * NOVA_LITE_OUT
                + asked * 2850 * 4e-9 * LOG_GB  # the prompt log
                + 5000 * 90 * 2850 * 4e-9 * 0.15 * LOG_GB_MONTH,  # compressed
                "vector_store": self.vector_nodes(text) * HOURS * VALKEY_R7G_LARGE,
                "embeddings": (text * (0.05 + 1 / 12) + asked * 60) / 1e6 * TITAN_EMBED,
                "guardrails": 0.0,
                "evaluation": judged * (4 * (2500 + 350) + 2500) / 1e6 * NOVA_PRO_IN
                + judged * (350 + 4 * 150) / 1e6 * NOVA_PRO_OUT,
            },
        )

    def test_a_handbook_answered_by_an_own_model_on_gpus(self, desk: Desk) -> None:
        """8 billion parameters in 16 bits fit a GPU of 24 GB; two zones need two; the index is embedded on CPUs."""
        asked, text = 5000 * DAYS, 40 * 0.1 * 250e6
        memory = 1769 / 1024
        indexing = text * (0.05 + 1 / 12) / 300 / 3600  # vCPU hours
        self.check(
            desk,
            {**HANDBOOK, "llm_hosting": "self_hosted", "model_parameters_b": 8, "latency_ms_p95": 10_000},
            {
                "train": "no_training",
                "serve": "lambda_service",
                "llm": "vllm_ecs_gpu",
                "vector_store": "valkey_vectors",
                "embeddings": "self_hosted_embeddings",
                "guardrails": "prompt_only",
                "evaluation": "retrieval_metrics",
            },
            {
                **around_a_ready_model(40),
                "train": 0.0,
                "serve": asked / 1e6 * (HTTP_MILLION + LAMBDA_MILLION)
                + memory * HOURS * 3600 * WARM_GB_SECOND
                + asked * (0.025 + 1 + 3.5) * memory * WARM_RUN_GB_SECOND  # it waits for 350 tokens
                + 1.5 * IMAGE_GB,
                "llm": 2 * HOURS * G6_XLARGE + 2 * (100 + 2 * 16) * GP3_GB + HOURS * ALB_HOUR,
                "vector_store": self.vector_nodes(text) * HOURS * VALKEY_R7G_LARGE,
                "embeddings": fargate(1, 2, 2 * HOURS) + fargate(1, 2, indexing),
                "guardrails": 0.0,
                "evaluation": fargate(1, 2, 20 * (0.1 + 200 / 3600)),
            },
        )


class TestTiersAcrossSlots:
    def test_counting_them_slot_by_slot_is_never_too_low_and_hardly_too_high(self, desk: Desk) -> None:
        """AWS counts the tiers of S3 over the account; the bill counts them a slot, which errs to the safe side."""
        fields = nightly(500_000_000, data_volume_gb=60_000)
        made = plan(
            needs(fields),
            desk.catalogue,
            desk.prices,
            as_of=AS_OF,
            forced=PLAIN | {"serve": "aws_batch", "process": "glue_job"},
        )
        assert isinstance(made, Plan)
        lines = [line for line in made.cost.lines if line.key == "s3.gb_month"]
        told = sum(line.monthly_usd or 0 for line in lines)
        account = lake(sum(line.quantity for line in lines))
        assert account <= told <= account + 0.015 * made.cost.expected_usd
