"""What holds for the infrastructure of every plan, looked at as files."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hcl2
import pytest

from libs.codegen.models import ENVIRONMENTS, Blueprint
from libs.codegen.parts import needs_of
from libs.codegen.renderer import render
from tests.conftest import ROOT, unavailable
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.templates.terraform.more_plans import ALL_PLANS, MORE_PLANS
from tests.templates.terraform.plans import PLANS, infrastructure, with_options, write_infrastructure

every_plan = pytest.mark.parametrize(
    "name", [*sorted(PLANS), *(pytest.param(name, marks=pytest.mark.long) for name in sorted(MORE_PLANS))]
)
MODULES = ROOT / "libs" / "codegen" / "templates" / "terraform" / "aws" / "modules"


@cache
def tree(name: str) -> dict[str, str]:
    """The infrastructure of a plan."""
    return infrastructure(ALL_PLANS[name]())


@cache
def parsed(text: str) -> dict[str, Any]:
    """A Terraform file as python-hcl2 reads it; the same module is read once."""
    result: dict[str, Any] = hcl2.loads(text)
    return result


def terraform_files(name: str) -> Iterator[tuple[str, str]]:
    """Path and text of each `.tf` file."""
    return ((path, text) for path, text in tree(name).items() if path.endswith(".tf"))


def module_names(name: str) -> set[str]:
    """Module folders of a plan."""
    return {path.split("/")[1] for path in tree(name) if path.startswith("modules/")}


def _allowed(bp: Blueprint) -> list[str]:
    """Domains that a firewall lets through unless somebody says otherwise."""
    variables = parsed(infrastructure(bp)["envs/prod/variables.tf"])["variable"]
    (default,) = (body["default"] for each in variables for name, body in each.items() if "domains" in name)
    return re.findall(r"[\w.-]+\.[a-z]+", str(default))


def _env(bp: Blueprint) -> str:
    """Everything that an environment says."""
    return "".join(text for path, text in infrastructure(bp).items() if path.startswith("envs/staging/"))


class TestEveryTree:
    @every_plan
    def test_files_parse_as_hcl(self, name: str) -> None:
        for path, text in terraform_files(name):
            assert parsed(text) is not None, path

    @every_plan
    def test_only_modules_of_the_plan_are_there(self, name: str) -> None:
        assert module_names(name) == set(needs_of(ALL_PLANS[name]()).modules)

    @every_plan
    def test_every_module_is_called_by_something(self, name: str) -> None:
        sources = " ".join(text for _, text in terraform_files(name))
        called = set(re.findall(r'source\s*=\s*"(?:\.\./)+(?:modules/)?([a-z0-9_]+)"', sources))
        assert called == module_names(name)

    @every_plan
    def test_every_module_has_its_five_files(self, name: str) -> None:
        for module in module_names(name):
            for file in ("main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md"):
                assert f"modules/{module}/{file}" in tree(name), f"{module} lacks {file}"

    @every_plan
    def test_files_fit_on_a_few_screens(self, name: str) -> None:
        longest = max(terraform_files(name), key=lambda file: file[1].count("\n"))
        assert longest[1].count("\n") <= 260, longest[0]

    @every_plan
    def test_nothing_is_left_to_fill_in(self, name: str) -> None:
        for path, text in tree(name).items():
            assert not re.search(r"TODO|FIXME|CHANGEME|\{\{|\{%|Undefined", text), path

    @every_plan
    def test_every_suppression_says_why(self, name: str) -> None:
        for path, text in terraform_files(name):
            for line in re.findall(r"checkov:skip.*", text):
                assert re.fullmatch(r"checkov:skip=CKV2?_AWS_\d+:[A-Z].{20,}", line), f"{path}: {line}"

    @every_plan
    def test_every_variable_and_output_is_described(self, name: str) -> None:
        for path, text in terraform_files(name):
            content = parsed(text)
            for block in content.get("variable", []) + content.get("output", []):
                (body,) = block.values()
                assert body.get("description"), path

    @every_plan
    def test_every_variable_of_a_module_is_used(self, name: str) -> None:
        for module in module_names(name):
            text = "".join(t for path, t in terraform_files(name) if path.startswith(f"modules/{module}/"))
            for variable in re.findall(r'^variable "(\w+)"', text, re.MULTILINE):
                uses = len(re.findall(rf"\bvar\.{variable}\b", text))
                assert uses, f"{module}: {variable}"

    @every_plan
    def test_terraform_finds_every_file_formatted(self, name: str, tmp_path: Path) -> None:
        if shutil.which("terraform") is None:
            unavailable("terraform is not on PATH")
        folder = write_infrastructure(ALL_PLANS[name](), tmp_path)
        done = subprocess.run(
            ["terraform", "fmt", "-check", "-recursive", "-no-color", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    @pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=lambda words: words[0])
    def test_python_of_the_modules_keeps_the_style_of_the_repository(
        self, command: list[str], tmp_path: Path
    ) -> None:
        settings = next(file for file in render(PLANS["online_ecs"]()) if file.path == "pyproject.toml")
        (tmp_path / "pyproject.toml").write_bytes(settings.content)
        for program in MODULES.glob("*/*.py"):
            target = tmp_path / "infra" / "modules" / program.relative_to(MODULES)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(program.read_bytes())
        ruff = Path(sys.executable).with_name("ruff")
        done = subprocess.run(
            [ruff, *command, "--no-cache", "infra"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
        assert "No Python files" not in done.stderr

    @every_plan
    def test_names_fit_into_what_aws_allows(self, name: str) -> None:
        longest = ALL_PLANS[name]().model_copy(update={"project": "a" * 30})
        assert longest.project in infrastructure(longest)["envs/staging/locals.tf"]
        bucket_names = re.findall(r'"\$\{local\.name\}-([a-z-]+)-\$\{local\.account_id\}"', _env(longest))
        for purpose in bucket_names:
            assert len(f"{longest.project}-staging-{purpose}-123456789012") <= 63
        assert bucket_names


class TestModulesOfOneSlot:
    """Options of a slot can take each other's place: what others read from them has the same name."""

    @pytest.mark.parametrize(
        ("modules", "outputs"),
        [
            (("s3_landing", "kinesis_stream", "firehose_delivery", "sqs_queue"), {"bucket"}),
            (("msk_serverless", "msk_provisioned", "transfer_sftp", "dms_replication"), {"bucket"}),
            (("s3_lake", "s3_iceberg"), {"bucket", "environment", "access_policy"}),
            (("rds_postgres", "aurora_postgres"), {"environment", "access_policy"}),
            (("dynamodb_store", "redshift_serverless"), {"environment", "access_policy"}),
            (("container_task", "glue_job", "sagemaker_training", "aws_batch", "eks_job"), {"job"}),
            (("offline_parquet", "dynamodb_features"), {"environment", "read_policy", "write_policy"}),
            (("valkey_features", "valkey_serverless"), {"environment", "read_policy", "write_policy"}),
            (("aurora_features", "sagemaker_feature_store"), {"environment", "read_policy", "write_policy"}),
            (("step_functions", "eventbridge_scheduler"), {"pipelines", "widgets"}),
            (("sagemaker_registry", "mlflow_fargate"), {"environment", "access_policy"}),
            (("s3_manifest_registry", "sagemaker_mlflow"), {"environment", "access_policy"}),
            (("weights_and_biases",), {"environment", "access_policy"}),
            (
                ("ecs_fargate_service", "lambda_service", "sagemaker_endpoint"),
                {"endpoint", "service", "widgets"},
            ),
            (
                ("ecs_ec2_gpu_service", "app_runner_service", "eks_service"),
                {"endpoint", "service", "widgets"},
            ),
            (("sagemaker_async", "sagemaker_serverless"), {"endpoint", "service", "widgets"}),
            (
                ("ecs_stream_consumer", "lambda_stream_consumer", "managed_flink"),
                {"endpoint", "service", "widgets"},
            ),
            (
                (
                    "aws_batch_ec2",
                    "emr_serverless",
                    "sagemaker_processing",
                    "sagemaker_transform",
                    "athena_sql",
                ),
                {"job"},
            ),
            (("sagemaker_pipelines", "mwaa", "airflow_dags"), {"pipelines", "widgets"}),
            (("cloudwatch", "managed_prometheus", "datadog", "self_hosted_grafana"), {"dashboard"}),
            (("managed_prometheus", "self_hosted_grafana"), {"remote_write_url"}),
            (("rds_postgres", "aurora_postgres"), {"read_policy", "write_policy"}),
            (("github_actions", "gitlab_ci", "jenkins_fargate"), {"plan_role_arn", "deploy_role_arns"}),
            (
                ("private_endpoints", "private_nat", "public_subnets"),
                {"vpc_id", "cidr_block", "private_subnet_ids", "workload_security_group_id"},
            ),
            (("customer_managed_keys", "aws_managed_keys", "cloudhsm_keys"), {"key_arns", "log_key_arn"}),
        ],
    )
    def test_outputs_that_others_read_are_there(self, modules: tuple[str, ...], outputs: set[str]) -> None:
        for module in modules:
            text = (MODULES / module / "outputs.tf").read_text()
            assert outputs <= set(re.findall(r'^output "(\w+)"', text, re.MULTILINE)), module


class TestAnswersInTheTree:
    def test_text_in_a_dashboard_is_no_terraform(self) -> None:
        hostile = with_options(
            fraud_blueprint(title="Spend ${path.root} and %{ if true }"), observe="self_hosted_grafana"
        )
        text = infrastructure(hostile)["envs/prod/ml.tf"]
        assert "Spend $${path.root} and %%{ if true }" in text

    def test_only_public_subnets_give_tasks_public_addresses(self) -> None:
        assert "assign_public_ip" not in _env(fraud_blueprint())
        public = with_options(fraud_blueprint(), network="public_subnets", train="fargate_training")
        assert len(re.findall(r"assign_public_ip\s+= true", _env(public))) == 3

    @pytest.mark.parametrize("network", ["private_endpoints", "private_nat", "private_nat_firewall"])
    def test_a_warehouse_gets_a_subnet_in_each_of_three_zones(self, network: str) -> None:
        assert "subnet_zones       = 3" in _env(
            with_options(fraud_blueprint(), network=network, store="redshift_serverless")
        )
        assert "subnet_zones" not in _env(with_options(fraud_blueprint(), network=network))

    @pytest.mark.parametrize(
        ("options", "needed"),
        [
            ({"serve": "eks_service"}, "eks-auth.us-east-1.api.aws"),
            ({"train": "eks_training"}, "eks-auth.us-east-1.api.aws"),
            ({"registry": "sagemaker_mlflow"}, "us-east-1.experiments.sagemaker.aws"),
            ({"registry": "weights_and_biases"}, "api.wandb.ai"),
            ({"cicd": "jenkins_fargate"}, ".terraform.io"),
        ],
    )
    def test_a_firewall_lets_through_what_the_plan_calls(self, options: dict[str, str], needed: str) -> None:
        domains = _allowed(with_options(fraud_blueprint(), network="private_nat_firewall", **options))
        assert needed in domains
        assert _allowed(with_options(fraud_blueprint(), network="private_nat_firewall")) == [".amazonaws.com"]

    def test_copies_of_a_service_have_the_model_of_one_deployment(self) -> None:
        assert "/models/${local.model_version}/" in _env(fraud_blueprint())
        assert "/models/${var.model_version}/" not in _env(
            with_options(fraud_blueprint(), serve="ecs_fargate_two_regions")
        )
        assert "/models/${var.model_version}/" in _env(churn_blueprint())

    def test_region_is_where_provider_and_state_are(self) -> None:
        files = infrastructure(fraud_blueprint(region="eu-central-1"))
        for environment in ENVIRONMENTS:
            for file in ("versions.tf", "backend.tf", "outputs.tf"):
                assert '"eu-central-1"' in files[f"envs/{environment}/{file}"]
        assert "us-east-1" not in "".join(text for path, text in files.items() if "/tests/" not in path)

    def test_prod_has_the_planned_sizes_and_dev_smaller_ones(self) -> None:
        files = tree("online_ecs")
        planned = "serve   = { max_tasks = 12, memory_gb = 2, min_tasks = 2, target_cpu_pct = 60, vcpu = 1 }"
        assert planned in files["envs/prod/locals.tf"]
        assert "max_tasks = 2, memory_gb = 2, min_tasks = 1" in files["envs/dev/locals.tf"]

    def test_only_prod_is_protected_against_deletion(self) -> None:
        files = tree("online_ecs")
        assert "protect = true" in files["envs/prod/locals.tf"]
        assert "protect = false" in files["envs/dev/locals.tf"]
        assert "protect = false" in files["envs/staging/locals.tf"]

    def test_budget_alarm_follows_the_stated_budget(self) -> None:
        files = infrastructure(fraud_blueprint(budget_usd_month=900.0))
        assert "budget_usd_month = 900\n" in files["envs/prod/locals.tf"]
        assert "budget_usd_month = 225\n" in files["envs/dev/locals.tf"]

    def test_budget_alarm_follows_the_expected_cost_without_a_budget(self) -> None:
        files = infrastructure(fraud_blueprint(budget_usd_month=None, expected_usd_month=1000.0))
        assert "budget_usd_month = 1200\n" in files["envs/prod/locals.tf"]

    def test_latency_and_availability_become_alarm_thresholds(self) -> None:
        text = infrastructure(fraud_blueprint(latency_ms_p95=80.0, availability_pct=99.95))["envs/prod/ml.tf"]
        assert re.search(r"latency_ms_p95 +=\s80\n", text)
        assert re.search(r"availability_pct +=\s99\.95\n", text)

    def test_retention_rule_lengthens_the_logs(self) -> None:
        files = infrastructure(fraud_blueprint(retention_days=2190))
        assert "days if days >= min(2190, 3653)" in files["envs/prod/locals.tf"]

    def test_data_classification_is_a_tag(self) -> None:
        files = infrastructure(fraud_blueprint(data_classification="sensitive"))
        assert 'data-classification = "sensitive"' in files["envs/prod/versions.tf"]

    def test_text_of_an_answer_cannot_become_an_expression(self) -> None:
        hostile = 'ml.m5" }\n${file("/etc/passwd")} %{ if true }'
        bp = fraud_blueprint()
        size = {**bp.components["train"].size, "instance_type": hostile}
        train = bp.components["train"].model_copy(update={"size": size})
        answers = bp.model_copy(update={"components": {**bp.components, "train": train}})
        text = infrastructure(answers)["envs/prod/locals.tf"]
        assert len(parsed(text)["locals"]) == 1
        assert "file(" in text
        assert "${file(" not in text.replace("$${", "")
        assert "%{ if" not in text.replace("%%{", "")

    def test_same_answers_give_the_same_files(self) -> None:
        assert infrastructure(fraud_blueprint()) == infrastructure(fraud_blueprint())

    def test_ci_provider_decides_who_may_take_the_roles(self) -> None:
        github = tree("online_ecs")["bootstrap/main.tf"]
        gitlab = infrastructure(with_options(fraud_blueprint(), cicd="gitlab_ci"))["bootstrap/main.tf"]
        assert '"../modules/github_actions"' in github
        assert '"../modules/gitlab_ci"' in gitlab
