"""What a repository says about watching is what its Terraform and its code do."""

import re
from functools import cache

import pytest

from libs.codegen.consequences import consequence
from libs.codegen.manifest_adapters import COLLECTED, STREAMS
from libs.codegen.parts import OPTIONS
from libs.codegen.renderer import render
from libs.codegen.telemetry import telemetry_table
from libs.planning.catalogue.loading import load_catalogue
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.plan_matrix import Kind, kinds
from tests.templates.terraform.plans import with_options

MODULES = OPTIONS.parents[1] / "modules"
WATCHERS = ("jenkins_server", "kafka_sink", "self_hosted_grafana", "sqs_queue")
"""Modules that run programs of others, which nobody asked to see elsewhere."""


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


class TestPrometheus:
    @pytest.mark.parametrize("serve", COLLECTED)
    def test_evaluates_the_rules_of_what_is_collected(self, serve: str) -> None:
        files = tree(serve=serve, observe="managed_prometheus", security="customer_managed_keys")
        environment = files["infra/envs/prod/ml.tf"]
        assert "alert: ErrorBudgetBurnsFast" in environment
        assert "module.observe.write_policy" in environment
        assert "prometheus       = true" in files["infra/envs/prod/main.tf"]
        assert "aps.amazonaws.com" in files["infra/modules/alerts/main.tf"]
        assert "aps.amazonaws.com" in files["infra/modules/customer_managed_keys/main.tf"]

    @pytest.mark.parametrize(
        ("observe", "elsewhere"),
        [("managed_prometheus", set()), ("self_hosted_grafana", {"ecs_fargate_two_regions"})],
    )
    def test_is_planned_where_a_collector_is_written(self, observe: str, elsewhere: set[str]) -> None:
        option = load_catalogue().find("observe", observe)
        assert option is not None
        [served] = [pairing.options for pairing in option.requires if pairing.slot == "serve"]
        assert set(served) == set(COLLECTED) - elsewhere
        assert option.archetypes == ("online_api",)

    @pytest.mark.parametrize("serve", COLLECTED)
    def test_has_a_collector_beside_each_copy(self, serve: str) -> None:
        files = tree(serve=serve, observe="managed_prometheus", network="private_nat")
        module = "ecs_fargate_service" if serve.startswith("ecs_fargate") else serve
        assert 'source           = "../metrics_collector"' in files[f"infra/modules/{module}/collector.tf"]
        assert "collector_image  = " in files["infra/envs/prod/ml.tf"]
        assert 'variable "collector_image_tag"' in files["infra/envs/prod/variables.tf"]

    def test_has_no_rules_where_nothing_is_collected(self) -> None:
        files = tree(serve="sagemaker_endpoint", observe="managed_prometheus")
        assert 'rules = ""' in files["infra/envs/prod/ml.tf"]
        assert "which `make twin` loads" in files["monitoring/rules.yaml"]

    def test_of_ones_own_has_the_rules_of_answers_too(self) -> None:
        answers = kind("answers")
        chosen = {component.slot: component.option for component in answers.plan.components}
        bp = answers.blueprint({**chosen, "serve": "ecs_fargate_service", "observe": "self_hosted_grafana"})
        files = {file.path: file.content.decode() for file in render(bp)}
        assert "alert: RefusalsDoubled" in files["infra/envs/prod/ml.tf"]


class TestSecondRegion:
    def test_signs_for_the_region_of_the_workspace(self) -> None:
        files = tree(serve="ecs_fargate_two_regions", observe="managed_prometheus", network="private_nat")
        environment = files["infra/envs/prod/ml.tf"] + files["infra/envs/prod/second_region.tf"]
        signing = re.findall(r"signing_region += (\S+)", environment)
        assert signing == [signing[0]] * 2

    def test_has_alarms_of_its_own_with_its_own_names(self) -> None:
        files = tree(serve="ecs_fargate_two_regions")
        assert 'module "secondary_drift_alarm"' in files["infra/envs/prod/second_region.tf"]
        page = files["docs/runbooks/incident.md"]
        (row,) = re.findall(r".*-prod-2-healthy-tasks`.*", page)
        assert "-prod-2-serve`" in row
        assert "-prod-serve`" not in row
        assert "-prod-2-drift" in files["monitoring/alarms.yaml"]


class TestIncident:
    def test_names_the_size_of_the_slot(self) -> None:
        page = tree(store="aurora_postgres", features="aurora_features")["docs/runbooks/incident.md"]
        sizes = dict(re.findall(r"-prod-(\S*aurora-capacity)`.*`(sizes\.\w+)`", page))
        assert sizes == {"aurora-capacity": "sizes.store", "features-aurora-capacity": "sizes.features"}

    def test_shows_how_to_read_the_bill_of_answers(self) -> None:
        answers = kind("answers")
        bp = answers.blueprint({component.slot: component.option for component in answers.plan.components})
        page = next(f.content.decode() for f in render(bp) if f.path == "docs/runbooks/incident.md")
        assert "aws ce get-cost-and-usage" in page


class TestBatch:
    def test_that_never_began_is_told(self) -> None:
        bp = churn_blueprint(scoring_schedule="cron(30 1 * * ? *)")
        files = {file.path: file.content.decode() for file in render(bp)}
        assert "silent_hours       = 30" in files["infra/envs/prod/drift.tf"]
        assert "late_after_hours: 30" in files["monitoring/slo.yaml"]
        assert "-prod-score-late`" in files["docs/runbooks/incident.md"]
        assert "after 30 hours without one" in consequence("availability_pct", bp)

    def test_no_alarm_is_promised_that_cannot_look_back_so_far(self) -> None:
        bp = churn_blueprint(scoring_schedule="cron(30 1 1 * ? *)")
        files = {file.path: file.content.decode() for file in render(bp)}
        assert "silent_hours" not in files["infra/envs/prod/drift.tf"]
        assert "score-late" not in files["monitoring/alarms.yaml"]
        assert files["monitoring/slo.yaml"].startswith(
            "# What the system promises, in numbers of the design. No alarm"
        )

    def test_rings_for_one_run_that_drifts_and_a_service_for_most_of_its_replicas(self) -> None:
        batch = {file.path: file.content.decode() for file in render(churn_blueprint())}
        service = tree(serve="ecs_fargate_two_regions")
        assert "batch              = true" in batch["infra/envs/prod/drift.tf"]
        for file in ("drift", "second_region"):
            assert "batch              = false" in service[f"infra/envs/prod/{file}.tf"]

    def test_a_service_is_never_late(self) -> None:
        files = tree(serve="ecs_fargate_service")
        assert "score-late" not in files["monitoring/alarms.yaml"]
        assert "silent_hours" not in files["infra/envs/prod/drift.tf"]


class TestLogs:
    def test_of_glue_are_read_where_glue_writes_them(self) -> None:
        files = batch(serve="glue_scoring")
        group = re.findall(r"--log-group-name (\S+)", files["docs/runbooks/drift.md"])
        assert [name.endswith("-prod-score/output") for name in group] == [True]
        module = files["infra/modules/glue_job/main.tf"]
        assert '"--custom-logGroup-prefix"           = local.log_prefix' in module
        assert 'log_prefix = "/job/${local.job_name}"' in module

    @pytest.mark.parametrize("serve", ["sagemaker_async", "sagemaker_endpoint", "sagemaker_serverless"])
    def test_of_endpoints_expire(self, serve: str) -> None:
        files = tree(serve=serve)
        assert "retention_in_days = var.log_retention_days" in files[f"infra/modules/{serve}/log.tf"]
        assert "/aws/sagemaker/Endpoints/${local.endpoint_name}" in files[f"infra/modules/{serve}/log.tf"]


class TestTelemetry:
    def test_has_every_namespace_that_a_module_reads(self) -> None:
        for folder in sorted(MODULES.iterdir()):
            text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.tf"))
            read = set(re.findall(r'namespace +=\s*"((?:AWS/|/aws/sagemaker/|Amazon)[\w/-]+)"', text))
            told = telemetry_table().get(folder.name)
            mine = set() if folder.name == "datadog" else read
            assert mine <= set(told.metrics if told else ()), folder.name

    def test_has_the_log_of_everything_that_runs(self) -> None:
        for folder in sorted(path for path in MODULES.iterdir() if path.name not in WATCHERS):
            text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.tf"))
            told = telemetry_table().get(folder.name)
            if told and told.log.endswith(".log_group"):
                assert 'output "log_group"' in text, folder.name
            elif re.search(r'name += "/(job|service)/', text):
                pytest.fail(f"the log of {folder.name} is not in the table")

    def test_goes_to_datadog_whatever_was_chosen(self) -> None:
        service = tree(serve="ecs_fargate_arm_service", observe="datadog", features="dynamodb_features")
        environment = service["infra/envs/prod/ml.tf"].split('module "observe"')[1]
        assert "module.serve.log_group" in environment
        for namespace in ("AWS/DynamoDB", "AWS/ApplicationELB", "AWS/ECS"):
            assert f'"{namespace}"' in environment
        assert "local.project" in environment
        jobs = batch(serve="eks_batch_jobs", observe="datadog")["infra/envs/prod/ml.tf"]
        assert "module.eks.pod_log_group" in jobs.split('module "observe"')[1]
