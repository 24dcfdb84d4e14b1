"""Designs that start from a form: what was filled in holds, shows where it comes from, and is handed on."""

from typing import Any

import pytest

from libs.intake.errors import AnswerInvalid
from libs.intake.models import Constraint
from libs.projects.models import GatePolicy
from libs.workflow.service import StartedDesign
from tests.support.product import CHURN, Product

FORM: dict[str, Any] = {
    "ml_task": "classification",
    "workloads": ["batch_inference"],
    "predictions_per_day": 250_000,
    "regions": ["Frankfurt"],
    "compliance": ["GDPR"],
    "budget_usd_month": 900,
    "data_volume_gb": 20,
}
NEVER = GatePolicy(input="never")


async def constraints(product: Product, started: StartedDesign) -> dict[str, Constraint]:
    found = (await product.decision_set(started)).constraints
    return {each["field"]: Constraint.model_validate(each) for each in found}


class TestForm:
    async def test_what_was_filled_in_holds_and_shows_that_a_person_gave_it(self, product: Product) -> None:
        started = await product.start("Churn", constraints=FORM, policy=NEVER)
        await product.work()
        gate = await product.waiting(started)
        assert (gate["kind"], gate["shown"]["region"]) == ("final", "eu-central-1")
        held = await constraints(product, started)
        assert {field: held[field].value for field in FORM} == {**FORM, "regions": ["eu-central-1"]}
        assert {held[field].source for field in FORM} == {"answered"}
        assert {held[field].reason for field in FORM} == {"answered by a person"}
        assert held["availability_pct"].source == "default"

    async def test_it_outranks_the_words_as_an_answer_at_a_gate_does(self, embedded: Product) -> None:
        started = await embedded.start(CHURN, constraints={"budget_usd_month": 1200}, policy=NEVER)
        await embedded.work()
        held = await constraints(embedded, started)
        assert (held["budget_usd_month"].value, held["budget_usd_month"].source) == (1200, "answered")
        assert (held["regions"].value, held["regions"].source) == (["eu-central-1"], "stated")
        await embedded.decide(started, "edit", edits={"constraints": {"budget_usd_month": 1500}})
        await embedded.work()
        assert (await constraints(embedded, started))["budget_usd_month"].value == 1500
        await embedded.decide(started, "edit", edits={"constraints": {"budget_usd_month": None}})
        await embedded.work()
        assert "budget_usd_month" not in await constraints(embedded, started)

    async def test_what_was_filled_in_is_not_asked(self, embedded: Product) -> None:
        plain = await embedded.start("Predict which customers leave.")
        filled = await embedded.start(
            "Predict which customers leave.",
            constraints={"availability_pct": 99.5, "training_frequency": "weekly"},
        )
        await embedded.work()
        asked = {each["field"] for each in (await embedded.waiting(plain))["questions"]}
        left = {each["field"] for each in (await embedded.waiting(filled))["questions"]}
        assert {"availability_pct", "training_frequency"} <= asked
        assert not {"availability_pct", "training_frequency"} & left

    @pytest.mark.parametrize("title", ["Project Apollo", "as in the form"])
    async def test_a_title_is_enough_of_a_text(self, embedded: Product, title: str) -> None:
        started = await embedded.start(title, constraints={"latency_ms_p95": 100})
        await embedded.work()
        gate = await embedded.waiting(started)
        assert gate["outcome"] == ""
        assert (await constraints(embedded, started))["latency_ms_p95"].value == 100

    async def test_a_text_that_asks_for_nothing_alone_is_read_as_an_addition(self, embedded: Product) -> None:
        words = "Runs in eu-west-1, at most 500 dollars a month"
        started = await embedded.start(words, constraints={"ml_task": "classification"})
        await embedded.work()
        held = await constraints(embedded, started)
        assert (held["regions"].value, held["regions"].source) == (["eu-west-1"], "stated")
        assert (held["budget_usd_month"].value, held["ml_task"].source) == (500, "answered")

    @pytest.mark.parametrize(
        ("wrong", "named"),
        [
            ({"availability_pct": "often"}, "availability_pct"),
            ({"ml_task": "classification", "regions": ["eu-middle-9"]}, "regions"),
            ({"colour": "blue"}, "colour"),
            ({"budget_usd_month": None}, "budget_usd_month"),
        ],
    )
    async def test_a_wrong_value_starts_nothing(
        self, embedded: Product, wrong: dict[str, Any], named: str
    ) -> None:
        with pytest.raises(AnswerInvalid) as refused:
            await embedded.start(CHURN, constraints=wrong)
        assert refused.value.facts["field"] == named
        assert refused.value.advice.startswith("Nothing was started.")
        async with embedded.db.read() as session:
            assert not await embedded.services.runs.list(session, embedded.owner)


class TestVersions:
    async def test_a_child_keeps_the_form_except_for_what_it_says_anew(self, product: Product) -> None:
        parent = await product.through("Churn", constraints=FORM)
        child = await product.start("It has to run in us-east-1.", parent=parent.decision_set_id)
        await product.work()
        held = await constraints(product, child)
        assert (held["regions"].value, held["regions"].source) == (["us-east-1"], "stated")
        assert (held["budget_usd_month"].value, held["budget_usd_month"].source) == (900, "answered")
        grandchild = await product.start("Retrain it daily.", parent=child.decision_set_id)
        await product.work()
        held = await constraints(product, grandchild)
        assert (held["regions"].value, held["training_frequency"].value) == (["us-east-1"], "daily")
        assert held["budget_usd_month"].source == "answered"

    async def test_a_child_s_own_form_outranks_its_parent_s_and_its_words(self, embedded: Product) -> None:
        parent = await embedded.through("Churn", constraints=FORM)
        child = await embedded.start(
            "It may cost 700 dollars a month.",
            parent=parent.decision_set_id,
            constraints={"budget_usd_month": 1000, "regions": ["eu-west-1"]},
        )
        await embedded.work()
        held = await constraints(embedded, child)
        assert (held["budget_usd_month"].value, held["regions"].value) == (1000, ["eu-west-1"])

    async def test_a_field_that_the_parent_took_back_may_be_filled_in_again(self, embedded: Product) -> None:
        parent = await embedded.start(CHURN, policy=NEVER)
        await embedded.work()
        await embedded.decide(parent, "edit", edits={"constraints": {"budget_usd_month": None}})
        await embedded.work()
        child = await embedded.start(
            "As before.", parent=parent.decision_set_id, constraints={"budget_usd_month": 800}
        )
        await embedded.work()
        assert (await constraints(embedded, child))["budget_usd_month"].value == 800

    async def test_a_title_stays_one_when_later_words_replace_the_whole_form(self, embedded: Product) -> None:
        parent = await embedded.start("Project Apollo", constraints={"latency_ms_p95": 100})
        await embedded.work()
        child = await embedded.start("Within 50 ms.", parent=parent.decision_set_id)
        await embedded.work()
        assert (await embedded.waiting(child))["outcome"] == ""
        held = await constraints(embedded, child)
        assert (held["latency_ms_p95"].value, held["latency_ms_p95"].source) == (50, "stated")
