"""Where data has to stay binds both regions of a design that has two."""

import hcl2

from libs.codegen.models import ENVIRONMENTS
from libs.codegen.stated import StatedAnswer
from tests.support.blueprints import fraud_blueprint
from tests.templates.terraform.plans import infrastructure, with_options


def test_each_region_has_a_check_of_its_own() -> None:
    bp = with_options(
        fraud_blueprint(region="eu-west-1", stated=StatedAnswer(residency=("eu",))),
        serve="ecs_fargate_two_regions",
    )
    for env in ENVIRONMENTS:
        text = infrastructure(bp)[f"envs/{env}/versions.tf"]
        checks = [name.strip('"') for block in hcl2.loads(text)["check"] for name in block]
        assert checks == ["residency", "residency_of_the_second_region"]
        assert text.count('data "aws_region" "current"') == 1
        allowed = next(line for line in text.splitlines() if "var.secondary_region)" in line)
        assert '"eu-central-1"' in allowed
        assert '"us-east-1"' not in allowed


def test_a_place_without_a_region_asks_for_nothing_of_the_second() -> None:
    assert StatedAnswer(residency=("atlantis",)).regions == ()
    assert StatedAnswer().regions == ()
    assert StatedAnswer(residency=("eu", "eu-west-1")).regions == ("eu-west-1",)
