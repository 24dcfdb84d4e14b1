"""What leaves the network of the second region: no more than the plan lets out of the first."""

from typing import Any

import hcl2
import pytest

from libs.codegen.consequences import consequence
from libs.codegen.models import Blueprint
from tests.support.blueprints import fraud_blueprint
from tests.templates.terraform.plans import infrastructure, with_options


def in_two_regions(network: str, **more: str) -> Blueprint:
    chosen = {"features": "dynamodb_global_features", "serve": "ecs_fargate_two_regions", **more}
    return with_options(fraud_blueprint(), network=network, **chosen)


def modules_of_prod(bp: Blueprint) -> dict[str, Any]:
    """The calls of modules in prod by name."""
    texts = [text for path, text in infrastructure(bp).items() if path.startswith("envs/prod/")]
    blocks = [block for text in texts for block in hcl2.loads(text).get("module", [])]
    return {name.strip('"'): body for block in blocks for name, body in block.items()}


@pytest.mark.parametrize("network", ["private_endpoints", "private_nat_firewall"])
class TestAPlanThatHoldsItsNetworkShut:
    def test_has_endpoints_in_the_second_region_and_no_way_out(self, network: str) -> None:
        second = modules_of_prod(in_two_regions(network))["secondary_network"]
        assert "modules/private_endpoints" in second["source"]
        assert [name.strip('"') for name in second["interface_services"]] == ["ecr.api", "ecr.dkr", "logs"]

    def test_sends_nothing_to_the_prometheus_of_the_first(self, network: str) -> None:
        modules = modules_of_prod(in_two_regions(network, observe="managed_prometheus"))
        assert "prometheus" in modules["serve"]
        assert "prometheus" not in modules["secondary_serve"]
        assert "collector" not in str(modules["secondary_images"]["repositories"])


def test_a_plan_with_a_way_out_has_one_in_both_regions() -> None:
    modules = modules_of_prod(in_two_regions("private_nat", observe="managed_prometheus"))
    assert "modules/private_nat" in modules["secondary_network"]["source"]
    assert "prometheus" in modules["secondary_serve"]


def test_the_matrix_names_both_regions_where_there_are_two() -> None:
    assert consequence("regions", in_two_regions("private_nat")).endswith("in a second region as well")
    assert "second" not in consequence("regions", fraud_blueprint())
