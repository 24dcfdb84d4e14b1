"""Every two options that can meet: the repository of such a plan renders, parses and plans."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import hcl2
import pytest

from libs.codegen.parts import written_parts
from libs.codegen.renderer import render
from libs.planning.models import SLOTS
from tests.support.plan_matrix import Choice, Kind, holding_every_option, kinds, pairwise
from tests.templates.terraform.plans import ENABLED, write_infrastructure
from tests.templates.terraform.test_planned import planned

NEVER = {
    (
        "llm",
        "bedrock_nova_micro",
    ): "too weak for every question here: answers of this class need a larger model",
    ("serve", "app_runner_service"): "takes no new customers: chosen by hand alone",
}
"""Options that no plan here can choose, and why."""
MODELS = {
    "embeddings_image_tag": "1.9.0",
    "guard_image_tag": "v0.18.0",
    "llm_image_tag": "v0.18.0",
    "models_certificate_arn": ENABLED["certificate_arn"],
    "models_domain": "models.example.com",
}
FEW = 4
"""Plans that every run looks at; the long tests look at all."""


def _name(kind: Kind, choice: Choice, number: int) -> str:
    return f"{number:03d}-{kind.name.replace(' ', '-')}-{choice['serve']}"


PLANS = {_name(kind, choice, number): (kind, choice) for number, (kind, choice) in enumerate(pairwise())}
EACH_ONCE = holding_every_option({name: choice for name, (_, choice) in PLANS.items()})
"""Few plans that together hold every option."""
every_plan = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if at < FEW else [pytest.mark.long]) for at, name in enumerate(PLANS)],
)


class TestMatrix:
    def test_has_at_least_eighty_plans(self) -> None:
        assert len(PLANS) >= 80

    def test_holds_every_option_that_is_written(self) -> None:
        chosen = {(slot, option) for _, choice in PLANS.values() for slot, option in choice.items()}
        assert set(written_parts()) - chosen == set(NEVER)

    def test_holds_every_pair_that_a_kind_of_plan_allows(self) -> None:
        met = {
            pair
            for _, choice in PLANS.values()
            for pair in combinations(sorted(choice.items(), key=lambda item: SLOTS.index(item[0])), 2)
        }
        apart = [pair for kind in kinds() for pair in kind.pairs() if pair not in met]
        whole = len({pair for kind in kinds() for pair in kind.pairs()})
        assert len(set(apart)) <= whole * 0.02, sorted(set(apart))[:20]


@every_plan
def test_renders_and_parses(name: str) -> None:
    kind, choice = PLANS[name]
    for file in render(kind.blueprint(choice)):
        text = file.content.decode()
        assert not re.search(r"TODO|FIXME|CHANGEME|\{%|Undefined", text), file.path
        if file.path.startswith("infra/envs/prod/") and file.path.endswith(".tf"):
            assert hcl2.loads(text) is not None


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in EACH_ONCE else [pytest.mark.long]) for name in PLANS],
)
def test_declares_each_name_once(name: str) -> None:
    """The checker that plans merges what is declared twice; `terraform init` refuses it."""
    kind, choice = PLANS[name]
    folder = "infra/envs/prod/"
    declared = Counter(
        found
        for file in render(kind.blueprint(choice))
        if file.path.startswith(folder) and file.path.endswith(".tf")
        for found in re.findall(
            r"^((?:module|resource|data|variable|output) .*) \{$", file.content.decode(), re.M
        )
    )
    assert declared
    assert [found for found, times in declared.items() if times > 1] == []


@pytest.mark.long
@pytest.mark.shared
@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
@pytest.mark.parametrize("name", list(PLANS))
def test_plans(name: str, environment: str, shared_dir: Path, tmp_path: Path) -> None:
    kind, choice = PLANS[name]
    root = write_infrastructure(kind.blueprint(choice), tmp_path, {**ENABLED, **MODELS})
    assert planned(shared_dir, root, f"envs/{environment}")["diagnostics"] == []
