"""The table of what belongs to a plan."""

import pytest

from libs.codegen.errors import ModuleUnknown
from libs.codegen.manifest import bound_to_plan
from libs.codegen.models import Blueprint, ComponentAnswer
from libs.codegen.parts import SHARED_MODULES, needs_of
from libs.planning.models import Slot
from tests.support.blueprints import churn_blueprint, fraud_blueprint


def with_option(slot: Slot, option: str) -> Blueprint:
    bp = fraud_blueprint()
    chosen = bp.components[slot].model_copy(update={"option": option})
    return bp.model_copy(update={"components": {**bp.components, slot: chosen}})


class TestTerraformModules:
    def test_are_those_of_the_options_and_the_shared_ones(self) -> None:
        modules = needs_of(fraud_blueprint()).modules
        assert set(SHARED_MODULES) <= set(modules)
        assert "ecs_fargate_service" in modules
        assert "lambda_service" not in modules
        assert list(modules) == sorted(set(modules))

    def test_an_option_without_a_module_is_an_error(self) -> None:
        with pytest.raises(ModuleUnknown, match="mainframe"):
            needs_of(with_option("serve", "mainframe"))

    def test_a_language_model_that_nobody_writes_is_an_error_even_when_it_is_only_planned(self) -> None:
        bp = fraud_blueprint()
        llm = ComponentAnswer(
            slot="llm",
            option="mainframe_model",
            title="A model that nobody writes",
            size={},
            why="",
            monthly_usd=1,
            generated=False,
        )
        with pytest.raises(ModuleUnknown, match="mainframe_model"):
            needs_of(bp.model_copy(update={"components": {**bp.components, "llm": llm}}))

    def test_what_others_are_wired_to_is_an_error_even_when_it_is_only_planned(self) -> None:
        chosen = fraud_blueprint().components["serve"]
        planned = chosen.model_copy(update={"option": "mainframe", "generated": False})
        bp = fraud_blueprint()
        with pytest.raises(ModuleUnknown, match="mainframe"):
            needs_of(bp.model_copy(update={"components": {**bp.components, "serve": planned}}))


class TestBoundToPlan:
    def test_a_file_that_no_binding_names_is_always_there(self) -> None:
        assert bound_to_plan(fraud_blueprint(), "README.md.jinja")

    def test_the_ci_follows_its_option(self) -> None:
        github, gitlab = fraud_blueprint(), with_option("cicd", "gitlab_ci")
        workflow = ".github/workflows/checks.yml.jinja"
        assert bound_to_plan(github, workflow)
        assert not bound_to_plan(gitlab, workflow)
        assert bound_to_plan(gitlab, ".gitlab-ci.yml.jinja")

    def test_the_service_follows_the_archetype(self) -> None:
        assert bound_to_plan(fraud_blueprint(), "docker/serve.Dockerfile.jinja")
        assert not bound_to_plan(churn_blueprint(), "docker/serve.Dockerfile.jinja")
