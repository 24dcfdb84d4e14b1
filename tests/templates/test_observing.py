"""What a repository says about watching is what its Terraform and its code do."""

from functools import cache

import pytest

from libs.codegen.manifest_adapters import STREAMS
from libs.codegen.renderer import render
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.plan_matrix import Kind, kinds
from tests.templates.terraform.plans import with_options


@cache
def tree(**options: str) -> dict[str, str]:
    return {file.path: file.content.decode() for file in render(with_options(fraud_blueprint(), **options))}


@cache
def batch(**options: str) -> dict[str, str]:
    return {file.path: file.content.decode() for file in render(with_options(churn_blueprint(), **options))}


def kind(name: str) -> Kind:
    return next(each for each in kinds() if each.name == name)


class TestStream:
    @pytest.mark.parametrize("serve", STREAMS)
    def test_has_no_caller(self, serve: str) -> None:
        files = tree(serve=serve)
        page = files["docs/architecture.md"]
        assert "dead-letters/" in page
        assert "requests/s" not in page.split("## Components")[1]
        for words in ("POST /predict", "Caller"):
            assert words not in page
        assert "server error" not in files["monitoring/slo.yaml"]
        assert "in the stream" in files["monitoring/slo.yaml"]

    def test_is_decided_for_events(self) -> None:
        stream = kind("stream")
        chosen = {component.slot: component.option for component in stream.plan.components}
        bp = stream.blueprint({**chosen, "serve": "ecs_stream_consumer"})
        assert "scores up to 200 events/s" in bp.summary
        assert "Events are scored" in next(d.context for d in bp.decisions if d.slug.startswith("serve-"))

    def test_a_worker_of_flink_may_send_the_metrics_of_the_alarms(self) -> None:
        files = tree(serve="managed_flink_scoring")
        environment = files["infra/envs/prod/ml.tf"]
        assert "metric_namespace           = local.project" in environment
        assert "namespace           = var.project" in files["infra/modules/drift_alarm/main.tf"]


class TestPods:
    def test_lines_of_pods_are_read_where_the_agent_puts_them(self) -> None:
        for files in (tree(serve="eks_service"), batch(serve="eks_batch_jobs")):
            assert "pod_log_group      = module.eks.pod_log_group" in files["infra/envs/prod/drift.tf"]
            assert "{ $.log_processed.DriftAlarm = 1" in files["docs/runbooks/drift.md"]
        other = tree(serve="ecs_fargate_service")
        assert "pod_log_group " not in other["infra/envs/prod/drift.tf"]
        assert "{ $.DriftAlarm = 1" in other["docs/runbooks/drift.md"]
