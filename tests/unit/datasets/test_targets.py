"""Choosing what is predicted, and refusing what cannot be."""

import pytest

from libs.datasets import targets
from libs.datasets.errors import TargetUnusable
from libs.datasets.models import Leak
from tests.unit.datasets.views import EMAIL, column, view

PROFILE = view(
    column("amount"),
    column("grade", "integer", distinct=4, maximum=3.0),
    column("mail", "category", personal=EMAIL),
    column("note", "text"),
    column("sparse", missing=480),
    column("one", "category", distinct=1),
).profile


class TestChosen:
    @pytest.mark.parametrize(
        ("target", "task"), [("amount", "regression"), ("grade", "classification"), (" Y ", "classification")]
    )
    def test_the_values_decide_the_task(self, target: str, task: str) -> None:
        assert targets.chosen(PROFILE, target)[1] == task

    @pytest.mark.parametrize("target", ["mail", "note", "sparse", "one", "amuont"])
    def test_what_cannot_be_predicted_is_refused(self, target: str) -> None:
        with pytest.raises(TargetUnusable) as refused:
            targets.chosen(PROFILE, target)
        assert refused.value.advice.startswith("The dataset is kept.")

    def test_the_refusal_says_what_is_known_of_the_column(self) -> None:
        note = "Looks like numbers with a decimal comma."
        table = view(column("price", "category", distinct=400, notes=(note,)))
        with pytest.raises(TargetUnusable, match=f"400 classes; 100 are the most. {note}"):
            targets.chosen(table.profile, "price")

    def test_a_misspelt_name_is_answered_with_the_right_one(self) -> None:
        with pytest.raises(TargetUnusable) as refused:
            targets.chosen(PROFILE, "amuont")
        assert "'amount'" in refused.value.advice


class TestRequireFeatures:
    def test_a_table_of_leaks_and_identifiers_is_refused(self) -> None:
        table = view(column("k", "id"), column("code", "category"), leaks=(Leak(column="code", score=1.0),))
        with pytest.raises(TargetUnusable, match="No column is left"):
            targets.require_features(table)

    def test_one_learnable_class_is_not_enough(self) -> None:
        with pytest.raises(TargetUnusable, match="Fewer than two classes"):
            targets.require_features(view(column("a"), classes={"no": 497, "yes": 3}))
