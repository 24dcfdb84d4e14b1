"""Sizes worked out by hand, from the requirements and the planning allowances; the arithmetic stands beside each."""

from collections.abc import Callable
from typing import Any

import pytest

from libs.planning import demand
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Slot
from libs.planning.requirements import resolve
from libs.planning.sizing import Size, Unfit, variants
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, RAG, VISION, given

ONLINE: dict[Any, Any] = {"workloads": ["online_inference"]}
STREAM: dict[Any, Any] = {"workloads": ["streaming_inference"]}
QUESTIONS: dict[Any, Any] = {
    **RAG,
    "throughput_rps": 2,
    "model_parameters_b": 8,
    "input_tokens": 2000,
    "output_tokens": 300,
}
TABLE: dict[Any, Any] = {
    "ml_task": "llm_rag", "workloads": ["batch_inference"], "data_volume_gb": 40, "model_parameters_b": 8,
    "input_tokens": 2000, "output_tokens": 300,
}  # fmt: skip
"""Questions that are answered in runs."""
Sizes = Callable[..., list[Size]]


@pytest.fixture
def sizes(catalogue: Catalogue) -> Sizes:
    def of(slot: Slot, name: str, brief: dict[Any, Any], /, **more: Any) -> list[Size]:
        assumed = more.pop("assumed", {})
        needs = resolve(given(brief, **more), AS_OF, assumed)[0]
        option = catalogue.find(slot, name)
        assert option is not None
        found = variants(option, demand.names(needs, catalogue), demand.replica_floors(needs))
        assert not isinstance(found, Unfit), found
        return [variant.size for variant in found]

    return of


@pytest.fixture
def unfit(catalogue: Catalogue) -> Callable[..., Unfit]:
    def of(slot: Slot, name: str, brief: dict[Any, Any], /, **more: Any) -> Unfit:
        needs = resolve(given(brief, **more), AS_OF)[0]
        option = catalogue.find(slot, name)
        assert option is not None
        found = variants(option, demand.names(needs, catalogue), demand.replica_floors(needs))
        assert isinstance(found, Unfit), found
        return found

    return of


def of_size(sizes: list[Size], **wanted: Any) -> Size:
    """The one size with these values."""
    (found,) = [size for size in sizes if all(size[name] == value for name, value in wanted.items())]
    return found


class TestServices:
    def test_a_run_scores_what_came_since_the_last_one(self, sizes: Sizes) -> None:
        def run(frequency: str) -> dict[str, Any]:
            found = sizes(
                "serve", "fargate_batch", CHURN, predictions_per_day=7_200_000, scoring_frequency=frequency
            )
            return of_size(found, vcpu=4)

        # 7,200,000 rows x 5 ms = 10 vCPU hours a day, 2.5 h on 4 vCPU; a thirtieth of an hour or so to start.
        assert run("daily")["runs_per_month"] == 30.4
        assert run("hourly")["runs_per_month"] == 730
        start = run("daily")["hours_per_run"] - 2.5
        assert 0 < start < 0.2
        # A run an hour takes the rows of an hour: 218.88 million rows a month / 730.
        assert run("hourly")["hours_per_run"] == pytest.approx(
            start + 218.88e6 / 730 * 5 / 3.6e6 / 4, abs=0.001
        )

    def test_a_run_every_hour_is_over_in_half_of_it(self, unfit: Callable[..., Unfit]) -> None:
        # 100 million rows an hour are 139 vCPU hours: more than one task of 16 vCPU does in half an hour.
        found = unfit("serve", "fargate_batch", CHURN, predictions_per_day=2.4e9, scoring_frequency="hourly")
        assert "take one task more than 0.5 h" in found.reason

    def test_tasks_follow_from_cpu_time_and_head_room(self, sizes: Sizes) -> None:
        # 1 vCPU at 60 % does 0.6 x 1000 / 5 ms = 120 a second: 10,000 / 120 = 83.3 -> 84 tasks, and one more while
        # they are replaced; a third of 84 stays warm.
        task = of_size(sizes("serve", "ecs_fargate_service", FRAUD), vcpu=1, memory_gb=2)
        assert task == {"vcpu": 1, "memory_gb": 2, "min_tasks": 28, "max_tasks": 85, "target_cpu_pct": 60}

    def test_growth_raises_the_largest_number_of_tasks_alone(self, sizes: Sizes) -> None:
        # 15,000 / 120 = 125 -> 126 with the spare one; today's third stays 28.
        grown = sizes("serve", "ecs_fargate_service", FRAUD, growth_pct_year=50)
        task = of_size(grown, vcpu=1, memory_gb=2)
        assert (task["min_tasks"], task["max_tasks"]) == (28, 126)

    def test_a_task_holds_the_whole_model_in_memory(self, sizes: Sizes) -> None:
        # A model of 4 GB takes 6 GB with what a prediction needs: the tasks of 8 GB and more are left.
        left = sizes("serve", "ecs_fargate_service", FRAUD, model_size_gb=4)
        assert min(float(size["memory_gb"]) for size in left) == 8

    def test_one_replica_is_tried_where_one_zone_is_enough_and_one_a_zone_elsewhere(
        self, sizes: Sizes
    ) -> None:
        def least(level: float) -> set[Any]:
            quiet = sizes("serve", "ecs_fargate_service", ONLINE, throughput_rps=1, availability_pct=level)
            return {size["min_tasks"] for size in quiet}

        assert (least(99), least(99.9), least(99.95)) == ({1, 2}, {2}, {3})

    def test_function_concurrency_follows_from_the_time_of_a_request(self, sizes: Sizes) -> None:
        # On one vCPU 5 ms + 5 ms = 0.01 s: 450 a second are 4.5 -> 5 at once; on two vCPU 5 ms + 2.5 ms: 3.4 -> 4.
        functions = sizes("serve", "lambda_service", ONLINE, throughput_rps=450)
        of_size(functions, memory_mb=1769, provisioned_concurrency=5)
        of_size(functions, memory_mb=3538, provisioned_concurrency=4)

    def test_a_peak_on_cold_instances_is_not_refused(self, sizes: Sizes) -> None:
        # 40 a second for the 6 s of a cold start and 0.01 s each: 240.4 -> 241 instances start before one is free.
        functions = sizes("serve", "lambda_service", ONLINE, throughput_rps=40)
        reserved = [size["reserved_concurrency"] for size in functions if size["memory_mb"] == 1769]
        assert reserved == [241, 241]

    def test_few_calls_leave_room_for_those_that_come_at_once(self, sizes: Sizes) -> None:
        functions = sizes("serve", "lambda_service", ONLINE, throughput_rps=1)
        assert {size["reserved_concurrency"] for size in functions} == {12}

    def test_growth_reserves_more_and_keeps_no_more_warm(self, sizes: Sizes) -> None:
        # 80 x 6.01 = 480.8 a year ahead; 0.4 -> 1 at once today.
        functions = sizes("serve", "lambda_service", ONLINE, throughput_rps=40, growth_pct_year=100)
        assert of_size(functions, memory_mb=1769, provisioned_concurrency=1)["reserved_concurrency"] == 481

    def test_a_function_keeps_no_more_than_the_account_has(self, sizes: Sizes) -> None:
        functions = sizes("serve", "lambda_service", ONLINE, throughput_rps=450)
        assert {size["reserved_concurrency"] for size in functions} == {900}

    def test_a_serverless_endpoint_has_room_for_a_cold_peak(self, sizes: Sizes) -> None:
        # 10 a second for 6 s and 0.01 + 0.005 s each: 60.2 -> 61; one a second: 1 -> 12.
        cold = sizes("serve", "sagemaker_serverless", ONLINE, throughput_rps=10)
        assert of_size(cold, memory_mb=2048, provisioned_concurrency=0)["max_concurrency"] == 61
        few = sizes("serve", "sagemaker_serverless", ONLINE, throughput_rps=1)
        assert {size["max_concurrency"] for size in few} == {12}

    def test_a_function_is_busy_while_the_language_model_answers(self, sizes: Sizes) -> None:
        # 1 s + 300 tokens at 100 a second + 0.025 s: 5 a second are 20.1 -> 21 at once.
        asked = {"ml_task": "llm_rag", "output_tokens": 300, "throughput_rps": 5}
        functions = sizes("serve", "lambda_service", ONLINE, **asked)
        of_size(functions, memory_mb=1769, provisioned_concurrency=21)

    def test_a_function_holds_the_whole_model_in_memory(self, sizes: Sizes) -> None:
        # 4 GB x 1.5 = 6 GB: 5,307 MB are too little.
        functions = sizes("serve", "lambda_service", ONLINE, throughput_rps=10, model_size_gb=4)
        assert {size["memory_mb"] for size in functions} == {10240}

    def test_a_function_is_refused_above_the_quota_of_its_api(self, unfit: Callable[..., Unfit]) -> None:
        refused = unfit("serve", "lambda_service", ONLINE, throughput_rps=8000, growth_pct_year=50)
        assert refused.field == "throughput_rps"
        assert "12,000 requests a second" in refused.reason

    def test_tasks_have_room_for_questions_that_wait_for_the_language_model(self, sizes: Sizes) -> None:
        # 1 s + 300 tokens at 100 a second; 60 % of 64 places are 38.4: 9.6 questions a second, 576 a minute, where the
        # CPU of half a vCPU would do 15. 100 / 9.6 = 10.4 -> 11, and a spare one; a third of 11 stays warm.
        tasks = sizes("serve", "ecs_fargate_service", {**ONLINE, **QUESTIONS}, throughput_rps=100)
        assert of_size(tasks, vcpu=0.5) == {
            "vcpu": 0.5, "memory_gb": 1, "min_tasks": 4, "max_tasks": 12, "target_cpu_pct": 60,
            "questions_at_once": 64, "requests_per_minute": 576,
        }  # fmt: skip
        assert {task["max_tasks"] for task in tasks} == {12}

    def test_the_processor_decides_where_answers_are_short(self, sizes: Sizes) -> None:
        # 1 s + 10 tokens: 38.4 places would take 34.9 a second; half a vCPU does 15, two do 60.
        asked = {**QUESTIONS, "output_tokens": 10, "throughput_rps": 100}
        tasks = sizes("serve", "ecs_fargate_service", {**ONLINE, **asked})
        assert of_size(tasks, vcpu=0.5)["requests_per_minute"] == 900
        assert of_size(tasks, vcpu=2, memory_gb=4)["requests_per_minute"] == 2094

    @pytest.mark.parametrize(
        ("name", "most"),
        [
            ("ecs_fargate_arm_service", "max_tasks"),
            ("eks_service", "max_nodes"),
            ("sagemaker_endpoint", "max_instances"),
            ("sagemaker_async", "max_instances"),
        ],
    )
    def test_replicas_of_every_kind_have_room(self, sizes: Sizes, name: str, most: str) -> None:
        asked = {**ONLINE, **QUESTIONS, "throughput_rps": 100, "latency_ms_p95": 60_000}
        assert {size[most] for size in sizes("serve", name, asked)} == {12}

    def test_gpu_instances_follow_from_gpu_time(self, sizes: Sizes) -> None:
        # One T4 at 60 % does 0.6 x 1000 / 10 ms = 60 a second: 500 / 60 = 8.3 -> 9, and a spare one.
        instances = sizes("serve", "sagemaker_endpoint", VISION, throughput_rps=500)
        assert of_size(instances, instance_type="ml.g4dn.xlarge") == {
            "instance_type": "ml.g4dn.xlarge", "min_instances": 3, "max_instances": 10,
        }  # fmt: skip
        assert all(str(size["instance_type"]).startswith("ml.g") for size in instances)


class TestStreamsAndFeatures:
    def test_a_shard_takes_a_thousand_records_or_a_megabyte_a_second(self, sizes: Sizes) -> None:
        def shards(**more: Any) -> set[Any]:
            return {size["shards"] for size in sizes("ingest", "kinesis_stream", STREAM, **more)}

        # 60 % busy at the peak, as every replica: 4,500 / 600 = 7.5.
        assert shards(throughput_rps=4500) == {8}
        assert shards(throughput_rps=4500, growth_pct_year=100) == {15}
        assert shards(throughput_rps=4500, assumed={"utilisation": 1.0}) == {5}
        # 250 records of 4 KB a megabyte.
        assert shards(throughput_rps=4500, assumed={"request_kb": 4.0}) == {30}

    def test_nodes_in_memory_follow_from_reads_and_hot_features(self, sizes: Sizes) -> None:
        def nodes(**more: Any) -> list[tuple[Any, Any]]:
            found = sizes("features", "valkey_features", STREAM, **more)
            return [(size["node_type"], size["nodes"]) for size in found]

        # 5 GB of features, a quarter of them hot: 1.25 GB fit into the smallest node, which reads 5,000 a second.
        assert nodes(throughput_rps=4500)[0] == ("cache.t4g.small", 2)
        assert nodes(throughput_rps=4500, growth_pct_year=50)[0] == ("cache.t4g.medium", 2)
        assert nodes(throughput_rps=20_000)[0] == ("cache.m7g.large", 2)
        assert nodes(throughput_rps=4500, assumed={"feature_storage_gb": 40.0})[0] == ("cache.m7g.xlarge", 2)
        assert nodes(throughput_rps=4500, assumed={"feature_hot_share": 1.0})[0] == ("cache.m7g.large", 2)
        assert nodes(throughput_rps=4500, availability_pct=99)[:2] == [
            ("cache.t4g.small", 1), ("cache.t4g.small", 2),
        ]  # fmt: skip


class TestPassages:
    def test_three_zones_hold_two_copies_as_two_zones_do(self, sizes: Sizes) -> None:
        def nodes(level: float) -> Any:
            found = sizes(
                "vector_store", "opensearch_managed", RAG, availability_pct=level, data_volume_gb=900
            )
            return of_size(found, node_type="r7g.2xlarge.search")["nodes"]

        # 900 GB x 0.1 x 250 M tokens / 400 = 56.25 M vectors of 5 KB: 281.25 GB x 1.3 x 2 copies / 16 GB = 45.7 -> 46.
        assert nodes(99.9) == 46
        assert nodes(99.95) == 48


class TestRuns:
    def test_processing_takes_the_smallest_task_that_holds_the_table(self, sizes: Sizes) -> None:
        # Half a GB and 7 GB of memory a GB: 8 GB need 56.5 GB; 20 GB of disk and 1.5 a GB: 32 GB.
        # One process reads 20 GB an hour after six minutes.
        assert sizes("process", "fargate_processing", CHURN, data_volume_gb=8) == [
            {"vcpu": 8, "memory_gb": 60, "storage_gb": 32, "hours_per_run": 0.5, "runs_per_month": 4.35}
        ]

    def test_questions_of_a_table_wait_several_at_once(self, sizes: Sizes) -> None:
        # 1 s + 300 tokens at 100 a second: 4 s. 2,000 in 4 h are 0.6 at once: 8 are asked, 2,000 x 4 / 8 = 0.278 h.
        assert sizes("serve", "fargate_batch", TABLE, predictions_per_day=2000)[0] == {
            "vcpu": 1, "memory_gb": 4, "hours_per_run": 0.378, "runs_per_month": 30.4, "questions_at_once": 8,
        }  # fmt: skip
        # 100,000: 27.8 at once, with 60 % of the places taken 46.3 -> 47; 100,000 x 4 / 47 = 2.364 h.
        many = sizes("serve", "fargate_batch", TABLE, predictions_per_day=100_000)[0]
        assert (many["questions_at_once"], many["hours_per_run"]) == (47, 2.464)

    def test_machines_share_the_questions_for_which_the_places_of_one_are_too_few(
        self, sizes: Sizes, unfit: Callable[..., Unfit]
    ) -> None:
        # 64 at once take 500,000 x 4 / 64 = 8.68 h; in 3.9 h after the start three machines do.
        for name in ("aws_batch", "aws_batch_ec2", "eks_batch_jobs"):
            size = sizes("serve", name, TABLE, predictions_per_day=500_000)[0]
            assert (size["questions_at_once"], size["jobs"], size["hours_per_run"]) == (64, 3, 8.981)
        refused = unfit("serve", "fargate_batch", TABLE, predictions_per_day=500_000)
        assert (refused.field, refused.reason) == (
            "predictions_per_day", "500,000 rows a run take one task more than 4 h",
        )  # fmt: skip

    def test_the_language_model_is_planned_for_the_window_of_a_rare_run(self, sizes: Sizes) -> None:
        def machines(often: str) -> Any:
            found = sizes("llm", "vllm_ecs_gpu", TABLE, predictions_per_day=20_000, scoring_frequency=often)
            return of_size(found, instance_type="g6.xlarge")["max_replicas"]

        # 3.89 GPU seconds a question at 60 %: 20,000 in 4 h are 9.0 -> 10 machines, a week's 139,770 in 4 h are 63.
        assert (machines("daily"), machines("weekly")) == (10, 63)

    def test_training_time_follows_from_the_data_and_memory_chooses_the_machine(self, sizes: Sizes) -> None:
        # Of 30 GB a sample of 2: 1 + 0.6 x 2 = 2.2 vCPU hours, folds 2.5 times faster: 0.88 h; 1 + 9 x 2 = 19 GB.
        first = sizes("train", "sagemaker_training", CHURN, data_volume_gb=30)[0]
        assert first == {"instance_type": "ml.m5.2xlarge", "hours_per_run": 0.88, "runs_per_month": 4.35}
        # 1.6 vCPU hours are 0.64 h; 10 GB.
        small = sizes("train", "sagemaker_training", CHURN, data_volume_gb=1)[0]
        assert small == {"instance_type": "ml.m5.xlarge", "hours_per_run": 0.64, "runs_per_month": 4.35}

    def test_a_database_gets_a_standby_for_more_zones_or_for_a_short_recovery(self, sizes: Sizes) -> None:
        def standby(**more: Any) -> bool:
            return bool(sizes("store", "rds_postgres", CHURN, **more)[0]["multi_az"])

        assert not standby(availability_pct=99)
        assert standby(availability_pct=99.9)
        assert standby(availability_pct=99, rto_minutes=5)
        assert standby(availability_pct=99, rpo_minutes=0)
        assert not standby(availability_pct=99, rpo_minutes=5, rto_minutes=60)


class TestLanguageModels:
    def test_tokens_of_a_month_are_questions_times_length(self, sizes: Sizes) -> None:
        # 5,000 x 30.4 = 152,000 questions; x 2,000 = 304 M tokens in, x 400 = 60.8 M out.
        size = sizes("llm", "bedrock_nova_lite", RAG, input_tokens=2000, output_tokens=400)[0]
        assert (size["input_millions_month"], size["output_millions_month"]) == (304, 60.8)

    def test_replicas_follow_from_the_seconds_that_a_request_takes(self, sizes: Sizes) -> None:
        machines = sizes("llm", "vllm_ecs_gpu", QUESTIONS)
        # L4: reads 121 x 0.4 x 500 / 8 = 3,025 tokens a second, writes 300 x 0.75 / 16 GB x 6.6 = 92.8:
        # 2000 / 3025 + 300 / 92.8 = 3.89 s; 2 a second at 60 % are 12.98 -> 13, and a spare one; a third is 5.
        small = of_size(machines, instance_type="g6.xlarge")
        assert (small["min_replicas"], small["max_replicas"]) == (5, 14)
        # L40S: 2000 / 9050 + 300 / 267.3 = 1.34 s -> 4.48 -> 5, and a spare one; two zones.
        large = of_size(machines, instance_type="g6e.xlarge")
        assert (large["min_replicas"], large["max_replicas"]) == (2, 6)

    def test_the_weights_and_one_context_fit_into_the_memory_of_the_gpus(self, sizes: Sizes) -> None:
        # 70 billion at 2 bytes: 140 GB and a tenth more; 4 x 48 x 0.9 = 172.8 GB is the smallest that holds them.
        first = sizes("llm", "vllm_ecs_gpu", QUESTIONS, model_parameters_b=70)[0]
        assert first["instance_type"] == "g6e.12xlarge"
        # At 4 bits 38.5 GB: one L40S has 43.2 GB, too little with a context of 16,000 x 0.33 MB = 5.28 GB; four L4 do.
        four_bits = sizes(
            "llm", "vllm_ecs_gpu", QUESTIONS, model_parameters_b=70, assumed={"llm_weight_bytes": 0.5}
        )
        assert four_bits[0]["instance_type"] == "g6.12xlarge"

    def test_vectors_follow_from_the_text_in_the_documents(self, sizes: Sizes) -> None:
        # 40 GB x 0.1 of text x 250 M tokens = 1,000 M; / 400 a passage = 2.5 M vectors x 5 KB = 12.5 GB.
        assert sizes("vector_store", "s3_vectors", RAG)[0] == {
            "vectors_millions": 2.5, "storage_gb": 12.5, "indexes": 1,
        }  # fmt: skip
        # The HNSW index takes 1.3 x 12.5 / 2 = 8.125 GB in half precision, three quarters of 16 GB hold it; in full it
        # takes 16.25 GB, three quarters of 32 GB. Disk is three times the vectors.
        first = sizes("vector_store", "rds_pgvector", RAG)[0]
        assert first == {"instance_class": "db.r7g.large", "multi_az": True, "storage_gb": 38}
        full = sizes("vector_store", "rds_pgvector", RAG, assumed={"pgvector_index_bytes": 4})[0]
        assert full == {"instance_class": "db.r7g.xlarge", "multi_az": True, "storage_gb": 38}

    def test_a_burstable_database_counts_with_what_it_sustains(self, sizes: Sizes) -> None:
        # 0.2 GB of documents fit anywhere; 2 vCPU sustain 0.2 x 200 = 40 searches a second, 0.3 x 200 = 60, or 200.
        few = {"data_volume_gb": 0.2, "throughput_rps": 30}
        assert sizes("vector_store", "rds_pgvector", RAG, **few)[0]["instance_class"] == "db.t4g.medium"
        more = {"data_volume_gb": 0.2, "throughput_rps": 50}
        assert sizes("vector_store", "rds_pgvector", RAG, **more)[0]["instance_class"] == "db.t4g.large"
        many = {"data_volume_gb": 0.2, "throughput_rps": 150}
        assert sizes("vector_store", "rds_pgvector", RAG, **many)[0]["instance_class"] == "db.m7g.large"

    def test_an_index_on_aurora_instances_stays_in_memory_too(self, sizes: Sizes) -> None:
        first = sizes("vector_store", "aurora_pgvector_provisioned", RAG)[0]
        assert first == {"instance_class": "db.r8g.large", "instances": 2, "storage_gb": 38}
        # 400 GB: 81.25 GB of index need 108.4 GB of memory.
        large = sizes("vector_store", "aurora_pgvector_provisioned", RAG, data_volume_gb=400)[0]
        assert large["instance_class"] == "db.r8g.4xlarge"

    def test_embedded_tokens_are_changes_the_first_index_and_questions(self, sizes: Sizes) -> None:
        # 1,000 M x (0.05 + 1/12) = 133.333 M, and 152,000 questions x 60 = 9.12 M.
        size = sizes("embeddings", "bedrock_titan_embeddings", RAG)[0]
        assert size["tokens_millions_month"] == pytest.approx(142.453)
