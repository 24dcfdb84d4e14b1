"""Every environment of every plan is planned by the real terraform, offline, in both steps of its life."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.models import ENVIRONMENTS
from tests.support import tfcheck
from tests.support.blueprints import fraud_blueprint
from tests.templates.terraform.more_plans import ALL_PLANS
from tests.templates.terraform.plans import ENABLED, PLANS, with_options, write_infrastructure

pytestmark = pytest.mark.shared


def planned(shared: Path, root: Path, folder: str, mode: str = "--plan") -> dict[str, Any]:
    """What the checker says about one root module."""
    tool = shared / "tools" / "tfcheck"
    done = subprocess.run(
        [
            sys.executable,
            str(tool / "tfcheck"),
            mode,
            "--json",
            "--build",
            str(tfcheck.built(tool)),
            "--root",
            str(root.parent),
            str(root / folder),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("name", ["online_ecs", "batch_fargate"])
class TestPlan:
    def test_dev_plans_before_anything_is_enabled(self, name: str, shared_dir: Path, tmp_path: Path) -> None:
        root = write_infrastructure(PLANS[name](), tmp_path)
        assert planned(shared_dir, root, "envs/dev")["diagnostics"] == []

    def test_prod_plans_with_everything_enabled(self, name: str, shared_dir: Path, tmp_path: Path) -> None:
        root = write_infrastructure(PLANS[name](), tmp_path, ENABLED)
        assert planned(shared_dir, root, "envs/prod")["diagnostics"] == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"image_tag": "4f2a9c1"}, "set certificate_arn to an ACM certificate"),
        pytest.param(
            {}, "Push an image and set image_tag before the endpoint is enabled.", marks=pytest.mark.long
        ),
    ],
    ids=["certificate", "image"],
)
def test_endpoint_without_what_it_needs_is_refused_with_a_reason(
    given: dict[str, str], says: str, shared_dir: Path, tmp_path: Path
) -> None:
    root = write_infrastructure(PLANS["online_ecs"](), tmp_path, {"enable_endpoint": True, **given})
    result = planned(shared_dir, root, "envs/dev")
    said = " ".join(diagnostic["detail"] for diagnostic in result["diagnostics"])
    assert not result["valid"]
    assert says in said


@pytest.mark.long
def test_prod_waits_for_the_keys_of_its_hardware_modules(shared_dir: Path, tmp_path: Path) -> None:
    root = write_infrastructure(ALL_PLANS["online_grafana"](), tmp_path)
    said = [diagnostic["detail"] for diagnostic in planned(shared_dir, root, "envs/prod")["diagnostics"]]
    assert any("The keys of this environment are not made yet" in detail for detail in said)
    assert planned(shared_dir, root, "envs/staging")["diagnostics"] == []


@pytest.mark.parametrize(
    ("repository", "valid"), [("acme/fraud", True), pytest.param("acme/*", False, marks=pytest.mark.long)]
)
def test_bootstrap_takes_one_repository_and_no_wildcard(
    repository: str, valid: bool, shared_dir: Path, tmp_path: Path
) -> None:
    root = write_infrastructure(PLANS["online_ecs"](), tmp_path)
    variables = root / "bootstrap" / "variables.tf"
    given = f'variable "repository" {{\n  default     = "{repository}"\n'
    variables.write_text(variables.read_text().replace('variable "repository" {\n', given))
    assert planned(shared_dir, root, "bootstrap")["valid"] is valid


def test_an_account_gets_the_roles_of_the_environments_that_live_there(
    shared_dir: Path, tmp_path: Path
) -> None:
    root = write_infrastructure(PLANS["online_ecs"](), tmp_path)
    variables = root / "bootstrap" / "variables.tf"
    text = variables.read_text().replace('["dev", "staging", "prod"]\n\n', '["prod"]\n\n')
    given = 'variable "repository" {\n  default     = "acme/fraud"\n'
    variables.write_text(text.replace('variable "repository" {\n', given))
    (root / "bootstrap" / "looked_at.tf").write_text(
        """output "looked_at" {
  value = true

  precondition {
    condition     = keys(module.ci.deploy_role_arns) == ["prod"]
    error_message = "A role of another environment would lead into the account of this one."
  }
}
"""
    )
    assert planned(shared_dir, root, "bootstrap")["diagnostics"] == []


@pytest.mark.long
def test_who_deploys_may_write_policies_on_the_role_of_a_team_s_airflow(
    shared_dir: Path, tmp_path: Path
) -> None:
    root = write_infrastructure(with_options(fraud_blueprint(), orchestrate="mwaa_shared"), tmp_path)
    arn = "arn:aws:iam::123456789012:role/service-role/team-airflow"
    variables = root / "bootstrap" / "variables.tf"
    text = variables.read_text()
    for name, value in (("repository", '"acme/fraud"'), ("airflow_role_arns", f'{{ dev = "{arn}" }}')):
        text = text.replace(f'variable "{name}" {{\n', f'variable "{name}" {{\n  default     = {value}\n')
    variables.write_text(text)
    assert planned(shared_dir, root, "bootstrap")["diagnostics"] == []
    said = (root / "bootstrap" / "main.tf").read_text()
    assert 'actions   = ["iam:DeleteRolePolicy", "iam:GetRolePolicy", "iam:PutRolePolicy"]' in said


@pytest.mark.long
@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("enabled", [False, True], ids=["first", "second"])
@pytest.mark.parametrize("name", sorted(ALL_PLANS))
def test_every_environment_of_every_plan_plans(
    name: str, enabled: bool, environment: str, shared_dir: Path, tmp_path: Path
) -> None:
    root = write_infrastructure(ALL_PLANS[name](), tmp_path, ENABLED if enabled else {"hsm_phase": "keys"})
    assert planned(shared_dir, root, f"envs/{environment}")["diagnostics"] == []


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(ALL_PLANS))
def test_every_plan_applies_in_prod(name: str, shared_dir: Path, tmp_path: Path) -> None:
    root = write_infrastructure(ALL_PLANS[name](), tmp_path, ENABLED)
    assert planned(shared_dir, root, "envs/prod", "--apply")["diagnostics"] == []


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("batch_fargate", "step_functions"),
        pytest.param("online_ecs", "ecs_fargate_service", marks=pytest.mark.long),
        pytest.param("batch_aws_batch", "eventbridge_scheduler", marks=pytest.mark.long),
        pytest.param("batch_aws_batch", "drift_alarm", marks=pytest.mark.long),
        pytest.param("online_ecs", "internal_load_balancer", marks=pytest.mark.long),
        pytest.param("online_sagemaker_async", "sagemaker_async", marks=pytest.mark.long),
        pytest.param("online_sagemaker_async", "sagemaker_pipelines", marks=pytest.mark.long),
        pytest.param("online_lambda_stream_consumer", "lambda_stream_consumer", marks=pytest.mark.long),
        pytest.param("batch_aws_batch_ec2", "aws_batch_ec2", marks=pytest.mark.long),
        pytest.param("online_kafka", "kafka_sink", marks=pytest.mark.long),
        pytest.param("online_kafka", "eks_job", marks=pytest.mark.long),
        pytest.param("online_kafka", "valkey_serverless", marks=pytest.mark.long),
        pytest.param("online_eks_service", "eks_service", marks=pytest.mark.long),
        pytest.param("online_lambda", "lambda_service", marks=pytest.mark.long),
        pytest.param("online_ecs_ec2_gpu_service", "ecs_ec2_gpu_service", marks=pytest.mark.long),
        pytest.param("online_queue", "sqs_queue", marks=pytest.mark.long),
        pytest.param("online_queue", "dynamodb_features", marks=pytest.mark.long),
        pytest.param("online_queue", "redshift_serverless", marks=pytest.mark.long),
        pytest.param("batch_replication", "s3_iceberg", marks=pytest.mark.long),
        pytest.param("batch_fargate", "s3_lake", marks=pytest.mark.long),
        pytest.param("batch_replication", "dms_replication", marks=pytest.mark.long),
        pytest.param("online_kafka", "aurora_postgres", marks=pytest.mark.long),
        pytest.param("online_datadog", "datadog", marks=pytest.mark.long),
        pytest.param("online_grafana", "cloudhsm_keys", marks=pytest.mark.long),
        pytest.param("online_ecs", "github_actions", marks=pytest.mark.long),
        pytest.param("online_ecs", "vpc", marks=pytest.mark.long),
        pytest.param("online_grafana", "self_hosted_grafana", marks=pytest.mark.long),
        pytest.param("batch_jenkins", "jenkins_server", marks=pytest.mark.long),
        pytest.param("batch_aws_batch_ec2", "athena_sql", marks=pytest.mark.long),
        pytest.param("batch_aws_batch", "mlflow_fargate", marks=pytest.mark.long),
    ],
)
def test_tests_of_the_module_pass(name: str, module: str, shared_dir: Path, tmp_path: Path) -> None:
    folder = write_infrastructure(ALL_PLANS[name](), tmp_path) / "modules" / module
    mirror = tfcheck.built(shared_dir / "tools" / "tfcheck")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))}
    environment |= {"TF_CLI_CONFIG_FILE": str(mirror / "terraformrc"), "CHECKPOINT_DISABLE": "1"}
    for command in (["init", "-input=false"], ["test", "-no-color"]):
        done = subprocess.run(
            ["terraform", *command],
            cwd=folder,
            env=environment | {"AWS_REGION": "us-east-1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Success! ([3-9]|\d\d) passed, 0 failed", done.stdout)
