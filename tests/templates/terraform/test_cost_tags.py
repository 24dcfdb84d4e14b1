"""The budget of an environment counts what carries its tag: what is started beside Terraform has to be given it."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = ROOT / "libs" / "codegen" / "templates" / "terraform" / "aws" / "modules"
TAGS = "data.aws_default_tags.current.tags"


def _text(module: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(module.glob("*.tf")))


def _modules(sign: str) -> list[str]:
    return [module.name for module in sorted(MODULES.iterdir()) if re.search(sign, _text(module))]


@pytest.mark.parametrize("name", _modules(r'resource "aws_(launch_template|autoscaling_group)"'))
def test_machines_and_their_volumes_carry_the_tags_of_the_provider(name: str) -> None:
    text = _text(MODULES / name)
    assert TAGS in text
    assert "tag_specifications" in text
    if 'resource "aws_batch_compute_environment"' in text:
        assert re.search(r"compute_resources \{[^}]*?\n    tags +=", text, re.DOTALL)


@pytest.mark.parametrize("name", _modules(r'sync_resource = "arn:aws:states:::sagemaker:create'))
def test_jobs_of_sagemaker_carry_the_tags_of_the_provider(name: str) -> None:
    assert re.search(rf"\n    Tags += \[for key, value in {re.escape(TAGS)} :", _text(MODULES / name))


def test_what_app_runner_cannot_change_in_use_is_made_anew_first() -> None:
    text = _text(MODULES / "app_runner_service")
    scaling = text[text.index('resource "aws_apprunner_auto_scaling_configuration_version"') :]
    assert "create_before_destroy = true" in scaling[: scaling.index("\n}\n")]


def test_a_job_on_kubernetes_hands_on_no_tags() -> None:
    """AWS Batch refuses a definition of a pod that does."""
    assert "propagate_tags" not in _text(MODULES / "eks_job")
