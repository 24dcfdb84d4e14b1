"""What the planner calls written is in the repository: nothing is planned and priced alone."""

import pytest

from libs.codegen.answers import ANSWERS_PATH, read_answers
from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint
from libs.codegen.parts import written_parts
from libs.codegen.renderer import render
from libs.intake.models import Constraint
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import LLM_SLOTS, Plan
from libs.planning.prices.lookup import load_prices
from libs.planning.requirements import resolve
from libs.planning.solver import plan
from tests.support.codegen_plans import AS_OF

BRIEF = "Answers questions of our staff from forty gigabytes of handbooks."
STATED = {
    "ml_task": "llm_rag",
    "workloads": ["online_inference"],
    "predictions_per_day": 5000,
    "latency_ms_p95": 5000,
    "data_volume_gb": 40,
}
PAGES = ("README.md", "docs/architecture.md", "docs/cost.md", "infra/README.md")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def planned(catalogue: Catalogue) -> Plan:
    """The design that the workflow makes of the brief."""
    needs, _ = resolve(constraints(), AS_OF)
    found = plan(needs, catalogue, load_prices(), as_of=AS_OF, written_only=True)
    assert isinstance(found, Plan)
    return found


@pytest.fixture(scope="module")
def blueprint(planned: Plan) -> Blueprint:
    return build_blueprint(planned, constraints(), name="help-desk", brief_title=BRIEF)


@pytest.fixture(scope="module")
def files(blueprint: Blueprint) -> dict[str, str]:
    return {file.path: file.content.decode() for file in render(blueprint)}


def constraints() -> list[Constraint]:
    return [
        Constraint.model_validate({"field": field, "value": value, "source": "answered", "confidence": 1})
        for field, value in STATED.items()
    ]


class TestLanguageModel:
    def test_every_part_of_the_plan_is_built(self, planned: Plan, files: dict[str, str]) -> None:
        assert {part.slot for part in planned.components} >= LLM_SLOTS
        assert all(part.generated for part in planned.components)
        assert all("Not built yet" not in files[page] for page in PAGES)

    def test_every_slot_is_called_by_its_environment(self, files: dict[str, str]) -> None:
        text = files["infra/envs/prod/llm.tf"]
        assert all(f'module "{slot}" {{' in text for slot in LLM_SLOTS)

    def test_the_bill_of_the_readme_is_that_of_the_plan(self, planned: Plan, files: dict[str, str]) -> None:
        assert f"**${planned.cost.expected_usd:,.2f}**" in row(files["README.md"], "**all**")

    def test_the_recorded_answers_render_it_again(self, files: dict[str, str]) -> None:
        again = render(read_answers(files[ANSWERS_PATH]))
        assert {file.path: file.content.decode() for file in again} == files


class TestWhatThePlannerMayChoose:
    def test_every_option_that_counts_as_written_has_a_module(self, catalogue: Catalogue) -> None:
        assert {(o.slot, o.id) for o in catalogue.options if o.generated} == set(written_parts())

    def test_a_design_without_a_language_model_has_nothing_unbuilt(self, catalogue: Catalogue) -> None:
        stated = [Constraint(field="throughput_rps", value=20, source="answered", confidence=1)]
        found = plan(resolve(stated, AS_OF)[0], catalogue, load_prices(), as_of=AS_OF, written_only=True)
        assert isinstance(found, Plan)
        files = {
            f.path: f.content.decode()
            for f in render(build_blueprint(found, stated, name="a-b", brief_title="x"))
        }
        assert all(part.generated for part in found.components)
        assert "Not built yet" not in files["README.md"]
        assert "planned" not in files["docs/architecture.md"].split("```mermaid")[1].split("```")[0]


def row(page: str, slot: str) -> str:
    """The row of a slot in the first table that has one."""
    return next(line for line in page.splitlines() if line.startswith(f"| {slot} |"))
