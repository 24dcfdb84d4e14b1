"""What holds for every Terraform module as a file, whichever plan it lands in."""

import re
from datetime import date
from fnmatch import fnmatchcase

import pytest

from libs.codegen.checks.licence_policy import PROVIDERS
from libs.codegen.checks.policy import judged
from libs.codegen.parts import written_parts
from libs.planning.policies.packs import load_packs
from libs.planning.policies.terraform import terraform_input
from tests.conftest import ROOT

AWS = ROOT / "libs" / "codegen" / "templates" / "terraform" / "aws"
TODAY = date(2026, 11, 1)


def _configurations() -> dict[str, str]:
    return {
        path.relative_to(AWS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((AWS / "modules").rglob("*.tf"))
    }


def test_keep_the_rules_that_always_apply() -> None:
    """No plan of the catalogue may begin with a broken rule."""
    files = _configurations()
    needs = {
        "compliance": [],
        "data_classification": "internal",
        "archetype": "ml_online",
        "ml_task": "classification",
    }
    _, findings = judged(AWS, sorted(files), terraform_input(files), needs, load_packs(), TODAY)
    open_ = [
        (f.check_id, f.path, f.line, f.message)
        for f in findings
        if not f.suppressed and f.path.startswith("modules/")
    ]
    assert open_ == []


def test_take_providers_whose_licence_is_known() -> None:
    named = {
        source
        for text in _configurations().values()
        for source in re.findall(r'source\s*=\s*"(\w+/\w+)"', text)
    }
    assert named
    assert named <= set(PROVIDERS)


def test_bring_tests_that_name_every_variable_without_a_default() -> None:
    """Terraform refuses to run them else, and the check of every plan with the module is red."""
    tested = sorted((AWS / "modules").glob("*/tests/*.tftest.hcl"))
    assert len(tested) > 30
    for path in tested:
        variables = (path.parent.parent / "variables.tf").read_text(encoding="utf-8")
        blocks = re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', variables, re.M | re.S)
        needed = {name for name, block in blocks if not re.search(r"^  default +=", block, re.M)}
        named = set(re.findall(r"^ +(\w+) +=", path.read_text(encoding="utf-8"), re.M))
        assert needed <= named, f"{path.parent.parent.name}: {sorted(needed - named)}"


def _named(template: str) -> str:
    """A string of Terraform with its interpolations filled in; an unknown one becomes a word."""
    values = {
        "local.folder": "airflow/dags/fraud-prod",
        "local.s3_arn": "arn:aws:s3:::",
        "var.name": "fraud-prod",
        "var.project": "fraud",
        "each.value": "run_job.py",
    }
    return re.sub(r"\$\{([^}]*)\}", lambda found: values.get(found[1], "x"), template)


def test_let_a_plan_look_at_every_object_that_terraform_writes() -> None:
    """The role of plans may not read buckets, but a plan asks for the head of each `aws_s3_object`."""
    files = _configurations()
    roles = files["modules/ci_roles/main.tf"]
    programs = roles[roles.index("programs = concat(") : roles.index("\n  )\n")]
    readable = [
        _named(pattern.replace(f"${{{word}}}", name))
        for word, names, pattern in re.findall(r"for (\w+) in \[(.*?)\] : \"(.*)\"\]", programs)
        for name in re.findall(r'"([^"]+)"', names)
    ]
    blocks = [
        (path, block)
        for path, text in files.items()
        for block in re.findall(r'^resource "aws_s3_object" .*?^}', text, re.MULTILINE | re.DOTALL)
    ]
    assert len(blocks) >= 6
    for path, block in blocks:
        found = re.search(r'^  key\s+= "(.*)"$', block, re.MULTILINE)
        assert found, path
        bucket = "of-the-team" if "/airflow_dags/" in path else "fraud-prod-artifacts-123456789012"
        arn = f"arn:aws:s3:::{bucket}/{_named(found[1])}"
        assert any(fnmatchcase(arn, pattern) for pattern in readable), arn
        # With a checksum of its own the head of an encrypted object needs the key as well.
        assert "checksum_algorithm" not in block, path
    data = "arn:aws:s3:::fraud-prod-artifacts-123456789012/models/versions/1/model.bin"
    assert not any(fnmatchcase(data, pattern) for pattern in readable)


def test_the_image_of_kafka_connect_may_write_where_its_task_mounts() -> None:
    """A folder that an image does not declare belongs to root on Fargate, and this image runs as another user."""
    sink = AWS / "modules" / "kafka_sink"
    image = (sink / "connect.Dockerfile").read_text(encoding="utf-8")
    mounted = re.findall(r'containerPath = "([^"]+)"', (sink / "task.tf").read_text(encoding="utf-8"))
    assert mounted == re.findall(r'^VOLUME \["([^"]+)"\]$', image, re.M)


def test_who_makes_tables_through_athena_reaches_the_database_default() -> None:
    """Athena looks for it first; the guide of its rights asks for it in every region."""
    making = {
        path: text
        for path, text in _configurations().items()
        if "athena:StartQueryExecution" in text and "glue:CreateTable" in text
    }
    assert making
    assert [path for path, text in making.items() if ":database/default" not in text] == []


def test_instances_of_ecs_find_it_where_the_network_has_no_way_out() -> None:
    """Where an option brings instances that register with ECS, its part asks for the endpoints that they call."""
    files = _configurations()
    starting = {
        path.split("/")[1] for path, text in files.items() if "AmazonEC2ContainerServiceforEC2Role" in text
    }
    assert {"aws_batch_ec2", "ecs_ec2_gpu_service", "model_service_gpu"} <= starting
    for (slot, option), part in written_parts().items():
        if starting & set(part.modules):
            assert {"ecs", "ecs-agent", "ecs-telemetry"} <= set(part.endpoints), f"{slot}: {option}"


@pytest.mark.parametrize(
    "module",
    [
        "sagemaker_async",
        "sagemaker_endpoint",
        "sagemaker_processing",
        "sagemaker_serverless",
        "sagemaker_training",
        "sagemaker_transform",
    ],
)
def test_containers_of_sagemaker_are_told_their_region(module: str) -> None:
    """The code in them names it to every client of AWS, and SageMaker does not promise the variable."""
    text = _configurations()[f"modules/{module}/main.tf"]
    assert "{ AWS_REGION = data.aws_region.current.region }" in text
    assert not re.search(r"(?i)\benvironment\s+= var\.environment$", text, re.MULTILINE)
