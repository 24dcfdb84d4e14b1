"""The fields as a form asks for them."""

from collections import Counter

import pytest

from libs.intake.answers import validate_value
from libs.intake.fields import FIELDS
from libs.intake.form import HELP, TITLES, FormField, form_fields
from libs.planning.regions import PRICED

FORM = {field.name: field for field in form_fields(PRICED)}


class TestFormFields:
    def test_each_field_stands_in_one_group(self) -> None:
        assert Counter(name for texts in HELP.values() for name in texts) == Counter(list(FIELDS))

    def test_every_choice_that_is_called_otherwise_is_one(self) -> None:
        assert set(TITLES) <= {choice for field in FIELDS.values() for choice in field.choices}

    @pytest.mark.parametrize("field", FORM.values(), ids=lambda field: field.name)
    def test_is_said_in_words_for_a_person(self, field: FormField) -> None:
        assert field.title[0].isupper()
        assert not field.title.startswith("The ")
        assert field.help.endswith(".")
        titles = [choice.title for choice in field.choices]
        assert len(set(titles)) == len(titles)
        assert not [title for title in titles if "_" in title or (title[0].islower() and title != "sMAPE")]

    @pytest.mark.parametrize("field", FORM.values(), ids=lambda field: field.name)
    def test_every_choice_and_both_ends_are_taken_as_an_answer(self, field: FormField) -> None:
        listed = field.type in ("choices", "texts")
        for choice in field.choices:
            value = [choice.value] if listed else choice.value
            assert validate_value(field.name, value) == value
        if field.high is not None:
            assert validate_value(field.name, field.high) == field.high
        if field.low is not None and field.low_included:
            assert validate_value(field.name, field.low) == field.low

    def test_nobody_is_offered_to_ask_for_nothing(self) -> None:
        assert "none" not in [choice.value for choice in FORM["ml_task"].choices]
        assert "none" in [choice.value for choice in FORM["explainability"].choices]

    @pytest.mark.parametrize(
        ("name", "entry"),
        [
            ("latency_ms_p95", "number"),
            ("team_size", "integer"),
            ("gpu_needed", "boolean"),
            ("cloud", "choice"),
            ("compliance", "choices"),
            ("regions", "texts"),
            ("existing_stack", "texts"),
            ("maintenance_window", "text"),
        ],
    )
    def test_the_entry_follows_from_the_kind(self, name: str, entry: str) -> None:
        assert FORM[name].type == entry  # type: ignore[index]

    def test_regions_are_suggested_where_they_are_given(self) -> None:
        assert not next(field for field in form_fields() if field.name == "regions").choices
        assert [choice.value for choice in FORM["regions"].choices] == list(PRICED)
