"""A table fills what nobody stated, and contradicts what does not fit it."""

import pytest

from libs.intake.models import Constraint, FieldName, Quote
from libs.workflow.dataset_facts import disagreements, facts, learned_task
from libs.workflow.nodes.intake_extract import with_facts
from tests.unit.datasets.views import EMAIL, column, view

PLAIN = view(column("a"))
PERSONAL = view(column("mail", "category", personal=EMAIL), column("a"), bytes=5_000_000_000)


def stated(field: FieldName, value: object) -> Constraint:
    quote = Quote(text="so it is", start=0, end=8)
    return Constraint(field=field, value=value, source="stated", confidence=0.9, quote=quote)


def answering(confidence: float) -> Constraint:
    """A brief that was read as one for answers from documents."""
    return Constraint(
        field="ml_task", value="llm_rag", source="inferred", confidence=confidence, reason="as it reads"
    )


class TestFacts:
    def test_are_inferred_from_the_table(self) -> None:
        found = {fact.field: fact.value for fact in facts(PERSONAL)}
        assert found == {
            "ml_task": "classification",
            "data_volume_gb": 5.0,
            "data_formats": ["csv"],
            "personal_data": True,
            "data_classification": "sensitive",
        }
        assert {fact.source for fact in facts(PERSONAL)} == {"inferred"}

    def test_say_nothing_about_persons_that_were_not_found(self) -> None:
        assert {fact.field for fact in facts(PLAIN)} == {"ml_task", "data_volume_gb", "data_formats"}

    def test_never_replace_what_was_stated(self) -> None:
        merged = with_facts((stated("data_classification", "public"),), PERSONAL, {})
        assert {c.field: c.value for c in merged}["data_classification"] == "public"

    def test_leave_out_what_a_person_took_back(self) -> None:
        merged = with_facts((), PERSONAL, {"personal_data": None})
        assert "personal_data" not in {c.field for c in merged}

    def test_leave_a_more_precise_task_that_fits(self) -> None:
        number = view(column("a"), task="regression")
        read = Constraint(field="ml_task", value="forecasting", source="inferred", confidence=0.7, reason="r")
        assert next(c for c in with_facts((read,), number, {}) if c.field == "ml_task").value == "forecasting"

    @pytest.mark.parametrize(("confidence", "task"), [(0.5, "classification"), (0.8, "llm_rag")])
    def test_replace_answers_from_documents_only_where_those_were_a_guess(
        self, confidence: float, task: str
    ) -> None:
        merged = with_facts((answering(confidence),), PLAIN, {})
        assert {c.field: c.value for c in merged}["ml_task"] == task
        conflicts = disagreements((answering(confidence),), PLAIN)
        assert [(c.code, c.blocking) for c in conflicts] == (
            [("datasets.task", False)] if task == "llm_rag" else []
        )


class TestDisagreements:
    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("ml_task", "regression", "datasets.task"),
            ("data_volume_gb", 1.0, "datasets.data_volume"),
            ("personal_data", False, "datasets.personal_data"),
            ("data_classification", "public", "datasets.data_classification"),
        ],
    )
    def test_are_conflicts_with_the_words_of_the_brief(
        self, field: FieldName, value: object, code: str
    ) -> None:
        (found,) = disagreements([stated(field, value)], PERSONAL)
        assert (found.code, found.fields, found.blocking) == (code, (field,), False)
        assert found.quotes[0].text == "so it is"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("ml_task", "ranking"), ("data_volume_gb", 900.0), ("data_classification", "restricted")],
    )
    def test_what_fits_is_none(self, field: FieldName, value: object) -> None:
        assert disagreements([stated(field, value)], PERSONAL) == ()


class TestLearnedTask:
    def test_few_whole_numbers_may_be_classes_if_that_is_what_was_asked_for(self) -> None:
        table = view(column("a"), task="regression", target="n")
        few = table.profile.columns[-1].model_copy(update={"kind": "integer", "distinct": 12})
        profile = table.profile.model_copy(update={"columns": (*table.profile.columns[:-1], few)})
        table = table.model_copy(update={"profile": profile})
        assert learned_task([stated("ml_task", "classification")], table) == "classification"
        assert learned_task([], table) == "regression"

    def test_words_stay_classes(self) -> None:
        assert learned_task([stated("ml_task", "regression")], PLAIN) == "classification"
