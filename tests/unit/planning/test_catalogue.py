"""The catalogue holds what everybody relies on, and a bad one is refused with file and reason."""

from importlib import resources

import pytest
import yaml

from libs.planning.catalogue.loading import load_catalogue, parse_catalogue
from libs.planning.catalogue.models import Catalogue
from libs.planning.errors import CatalogueUnusable
from libs.planning.models import SLOTS
from libs.planning.sized import Unfit
from libs.planning.sizing import variants
from tests.unit.planning.scenes import CHURN, FRAUD, needs

SIZE_KEYS = {
    "s3_landing": {"retention_days"},
    "kinesis_stream": {"mode", "shards", "retention_hours"},
    "s3_lake": {"storage_gb", "retention_days"},
    "rds_postgres": {"instance_class", "storage_gb", "multi_az"},
    "fargate_processing": {"vcpu", "memory_gb", "hours_per_run", "runs_per_month"},
    "glue_job": {"dpu", "hours_per_run", "runs_per_month"},
    "offline_parquet": {"storage_gb"},
    "dynamodb_features": {"read_rps", "write_rps", "storage_gb"},
    "valkey_features": {"node_type", "nodes"},
    "step_functions": {"transitions_per_month"},
    "eventbridge_scheduler": {"schedules"},
    "sagemaker_training": {"instance_type", "hours_per_run", "runs_per_month"},
    "fargate_training": {"vcpu", "memory_gb", "hours_per_run", "runs_per_month"},
    "sagemaker_registry": {"models"},
    "mlflow_fargate": {"vcpu", "memory_gb"},
    "ecs_fargate_service": {"vcpu", "memory_gb", "min_tasks", "max_tasks", "target_cpu_pct"},
    "lambda_service": {"memory_mb", "provisioned_concurrency", "reserved_concurrency"},
    "sagemaker_endpoint": {"instance_type", "min_instances", "max_instances"},
    "fargate_batch": {"vcpu", "memory_gb", "hours_per_run", "runs_per_month"},
    "aws_batch": {"vcpu", "memory_gb", "hours_per_run", "runs_per_month", "spot"},
    "cloudwatch": {"log_gb_month", "metrics", "alarms"},
    "managed_prometheus": {"samples_millions_month", "active_users"},
    "github_actions": {"minutes_month"},
    "gitlab_ci": {"minutes_month"},
    "private_endpoints": {"azs", "endpoints"},
    "private_nat": {"azs", "nat_gateways"},
    "customer_managed_keys": {"keys", "trail_events_millions"},
    "aws_managed_keys": {"trail_events_millions"},
}


@pytest.fixture
def texts() -> dict[str, str]:
    here = resources.files("libs.planning.catalogue")
    return {f"{slot}.yaml": here.joinpath(f"{slot}.yaml").read_text(encoding="utf-8") for slot in SLOTS}


class TestCatalogue:
    def test_holds_every_option_that_others_render(self, catalogue: Catalogue) -> None:
        assert {option.id for option in catalogue.options} == set(SIZE_KEYS)

    @pytest.mark.parametrize("brief", [FRAUD, CHURN], ids=["online", "batch"])
    def test_sizes_have_exactly_the_agreed_keys(self, catalogue: Catalogue, brief: dict) -> None:
        requirements = needs(brief)
        for option in catalogue.options:
            if requirements.archetype in option.archetypes:
                sizes = variants(option.sizing, requirements)
                assert not isinstance(sizes, Unfit), option.id
                assert sizes
                assert all(set(size) == SIZE_KEYS[option.id] for size in sizes), option.id

    def test_offers_two_options_in_each_slot_of_each_archetype(self, catalogue: Catalogue) -> None:
        for slot in SLOTS:
            online = [o for o in catalogue.of_slot(slot) if "online_api" in o.archetypes]
            assert len(online) >= 2, slot
            batch = [o for o in catalogue.of_slot(slot) if "batch_scoring" in o.archetypes]
            assert len(batch) >= (1 if slot == "features" else 2), slot

    def test_every_option_says_where_its_claims_come_from(self, catalogue: Catalogue) -> None:
        for option in catalogue.options:
            assert all(claim.source and claim.text for claim in option.claims)

    def test_the_digest_follows_the_content(self, catalogue: Catalogue, texts: dict[str, str]) -> None:
        assert load_catalogue().sha256 == catalogue.sha256
        texts["cicd.yaml"] = texts["cicd.yaml"].replace("ops_hours_month: 2", "ops_hours_month: 2.5", 1)
        assert parse_catalogue(texts).sha256 != catalogue.sha256


class TestBadCatalogue:
    def refused(self, texts: dict[str, str]) -> str:
        with pytest.raises(CatalogueUnusable) as caught:
            parse_catalogue(texts)
        return caught.value.message

    def test_a_missing_file_is_named(self, texts: dict[str, str]) -> None:
        del texts["serve.yaml"]
        assert "serve.yaml" in self.refused(texts)

    def test_a_file_of_no_slot_is_named(self, texts: dict[str, str]) -> None:
        texts["quantum.yaml"] = "options: []"
        assert "quantum.yaml" in self.refused(texts)

    def test_broken_yaml_is_named_with_its_place(self, texts: dict[str, str]) -> None:
        texts["store.yaml"] = "options: [\n  {id: x"
        message = self.refused(texts)
        assert "store.yaml" in message
        assert "line" in message

    def test_an_unknown_key_is_named_with_its_option(self, texts: dict[str, str]) -> None:
        texts["serve.yaml"] = texts["serve.yaml"].replace("ops_hours_month: 6", "ops_hour_month: 6")
        message = self.refused(texts)
        assert "serve.yaml" in message
        assert "ecs_fargate_service" in message
        assert "ops_hour" in message

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"sizing": "guesswork"}, "unknown sizing rule"),
            ({"ops_hours_month": -1}, "negative"),
            ({"claims": []}, "no claim"),
            ({"archetypes": []}, "no archetype"),
            ({"id": "aws_batch"}, "used twice"),
            ({"requires": [{"slot": "train", "options": ["abacus"], "reason": "x"}]}, "abacus"),
        ],
    )
    def test_an_option_that_cannot_hold_is_refused(
        self, texts: dict[str, str], change: dict, reason: str
    ) -> None:
        content = yaml.safe_load(texts["serve.yaml"])
        content["options"][-1 if "id" not in change else 0].update(change)
        texts["serve.yaml"] = yaml.safe_dump(content)
        message = self.refused(texts)
        assert "serve.yaml" in message
        assert reason in message

    def test_an_availability_above_one_hundred_is_refused(self, texts: dict[str, str]) -> None:
        texts["ingest.yaml"] = texts["ingest.yaml"].replace("pct: 99.9", "pct: 999", 1)
        assert "no percentage" in self.refused(texts)

    def test_a_slot_with_one_option_is_refused(self, texts: dict[str, str]) -> None:
        content = yaml.safe_load(texts["cicd.yaml"])
        texts["cicd.yaml"] = yaml.safe_dump({"options": content["options"][:1]})
        assert "at least two" in self.refused(texts)
