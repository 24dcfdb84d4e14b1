"""What is made once in an account: the groups that jobs of SageMaker log to, and the rights of a plan."""

import re

import pytest

from libs.codegen.models import Blueprint
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.templates.terraform.plans import infrastructure, with_options


def bootstrap_of(bp: Blueprint, file: str = "main.tf") -> str:
    return infrastructure(bp)[f"bootstrap/{file}"]


@pytest.mark.parametrize(
    ("options", "groups"),
    [
        ({"train": "sagemaker_training"}, {"TrainingJobs"}),
        ({"train": "fargate_training", "process": "sagemaker_processing"}, {"ProcessingJobs"}),
        (
            {"train": "sagemaker_training", "serve": "sagemaker_batch_transform"},
            {"ProcessingJobs", "TrainingJobs", "TransformJobs"},
        ),
    ],
    ids=["training", "processing", "transform"],
)
def test_groups_that_the_jobs_of_the_plan_write_to_are_made_once_in_an_account(
    options: dict[str, str], groups: set[str]
) -> None:
    text = bootstrap_of(with_options(churn_blueprint(), **options))
    made = re.search(
        r'"aws_cloudwatch_log_group" "jobs" \{\n  for_each +=\s*toset\((.*?)\)\n(.*?)\n\}', text, re.S
    )
    assert made is not None
    assert set(re.findall(r'"(\w+)"', made[1])) == groups
    assert "retention_in_days = local.log_retention_days" in made[2]
    assert "kms_key_id        = module.keys.log_key_arn" in made[2]


@pytest.mark.parametrize(
    ("security", "module"),
    [
        ("aws_managed_keys", "aws_managed_keys"),
        ("customer_managed_keys", "customer_managed_keys"),
        ("cloudhsm_keys", "customer_managed_keys"),
    ],
)
def test_their_key_is_one_of_the_account(security: str, module: str) -> None:
    bp = with_options(fraud_blueprint(), train="sagemaker_training", security=security)
    assert f'source   = "../modules/{module}"' in bootstrap_of(bp)
    assert f"modules/{module}/main.tf" in infrastructure(bp)


def test_a_plan_without_such_jobs_makes_none() -> None:
    bp = with_options(fraud_blueprint(), train="fargate_training", process="glue_job")
    assert "/aws/sagemaker" not in bootstrap_of(bp) + bootstrap_of(bp, "README.md")
    assert 'module "keys"' not in bootstrap_of(bp)


def test_a_group_that_is_there_already_is_taken_over() -> None:
    bp = with_options(churn_blueprint(), train="fargate_training", process="sagemaker_processing")
    text = bootstrap_of(bp, "README.md")
    assert "'aws_cloudwatch_log_group.jobs[\"ProcessingJobs\"]' /aws/sagemaker/ProcessingJobs" in text


@pytest.mark.parametrize(
    ("options", "granted"),
    [
        ({"orchestrate": "step_functions", "process": "glue_job"}, True),
        ({"orchestrate": "eventbridge_scheduler", "process": "athena_sql"}, True),
        ({"orchestrate": "eventbridge_scheduler", "process": "glue_job"}, False),
    ],
    ids=["pipelines", "queries", "none"],
)
def test_a_plan_may_have_definitions_checked_where_there_are_state_machines(
    options: dict[str, str], granted: bool
) -> None:
    text = bootstrap_of(with_options(fraud_blueprint(), **options))
    assert ('actions   = ["states:ValidateStateMachineDefinition"]' in text) is granted
