"""GPUs that were asked for and that the models written here leave idle are named as such."""

import pytest

from libs.codegen.gpus import has_gpus
from libs.codegen.renderer import render
from tests.support.blueprints import fraud_blueprint
from tests.support.blueprints_rag import support_blueprint
from tests.templates.terraform.plans import with_options


@pytest.mark.parametrize("machine", ["g4dn.xlarge", "g5.48xlarge", "p4d.24xlarge", "ml.g6.xlarge"])
def test_types_that_begin_with_g_or_p_have_gpus(machine: str) -> None:
    assert has_gpus({"instance_type": machine, "max_instances": 3})
    assert has_gpus({"node_type": machine})


@pytest.mark.parametrize("machine", ["m7i.large", "t4g.medium", "c6g.xlarge", "ml.m5.large"])
def test_other_types_have_none(machine: str) -> None:
    assert not has_gpus({"instance_type": machine})
    assert not has_gpus({"vcpu": 2})


def test_model_card_and_bill_say_that_they_stay_idle() -> None:
    bp = with_options(fraud_blueprint(), serve="ecs_ec2_gpu_service")
    assert bp.idle_gpus == ("serve",)
    files = {file.path: file.content.decode() for file in render(bp)}
    assert "the GPUs of serve stay idle" in files["docs/model_card.md"]
    assert "GPUs: the machines of serve have them" in files["docs/cost.md"]


def test_nothing_is_said_where_there_are_none_or_a_language_model_has_them() -> None:
    assert fraud_blueprint().idle_gpus == ()
    assert support_blueprint("hosted").idle_gpus == ()
