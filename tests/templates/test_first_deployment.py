"""Who deploys for the first time is told of everything that Terraform cannot know, in an order that works."""

import re
from functools import cache

import pytest

from libs.codegen.parts import copied_of, given_of
from libs.codegen.renderer import render
from tests.templates.test_matrix import EACH_ONCE, PLANS

DEPLOY = "docs/runbooks/deploy.md"
ENVIRONMENTS = ("dev", "staging", "prod")
VARIABLE = re.compile(r'^variable "(\w+)" \{\n(.*?)^\}', re.M | re.S)

every_tree = pytest.mark.parametrize("name", EACH_ONCE)


@cache
def tree(name: str) -> dict[str, str]:
    kind, choice = PLANS[name]
    return {file.path: file.content.decode() for file in render(kind.blueprint(choice))}


def variables(files: dict[str, str], environment: str) -> dict[str, str]:
    """The body of each variable of an environment."""
    return dict(VARIABLE.findall(files[f"infra/envs/{environment}/variables.tf"]))


@every_tree
class TestWhatOnlyPeopleKnow:
    def test_each_variable_without_a_default_is_asked_for_before_the_first_plan(self, name: str) -> None:
        files = tree(name)
        kind, choice = PLANS[name]
        for environment in ENVIRONMENTS:
            without = {
                key for key, body in variables(files, environment).items() if "\n  default" not in body
            }
            assert without == set(given_of(kind.blueprint(choice))), environment
            for key in without:
                assert key in files[f"infra/envs/{environment}/terraform.tfvars"]
                assert re.search(rf"^   {key} += ", files[DEPLOY], re.M), key

    def test_each_image_of_another_maker_is_named_with_its_repository_and_variable(self, name: str) -> None:
        files = tree(name)
        kind, choice = PLANS[name]
        tags = {key for key in variables(files, "prod") if key.endswith("_image_tag")}
        tags = {key for key in tags if not key.startswith("jenkins_")}
        copied = copied_of(kind.blueprint(choice))
        assert tags == {each.variable for each in copied}
        for each in copied:
            assert f"| `{each.repository}`" in files[DEPLOY]
            assert f"| `{each.variable}` |" in files[DEPLOY]


@every_tree
class TestTheOrder:
    def test_the_commands_that_need_images_come_after_those_that_make_them(self, name: str) -> None:
        deploy = tree(name)[DEPLOY]
        steps = re.findall(r"^(\d)\. \*\*", deploy, re.M)
        assert steps == [str(number) for number in range(1, len(steps) + 1)]
        made = deploy.index("bash ci/deploy.sh dev")
        started = deploy.index("pipelines/control.sh start")
        assert made < started < deploy.index("enable_schedules")
        if "**What comes from others.**" in deploy:
            assert made < deploy.index("**What comes from others.**") < started

    def test_nothing_is_applied_without_the_tag_of_its_images(self, name: str) -> None:
        assert "infra/envs/dev apply" not in tree(name)[DEPLOY]
        assert "envs/dev apply" not in tree(name)["infra/README.md"]
