"""The sample keeps the contract; what breaks it is set aside or refused with a reason."""

import re

import pandas as pd
import pytest

from fraud_api.data.cells import text_of, typed
from fraud_api.data.target import label_of
from fraud_api.ingest import PROBLEM, check
from fraud_api.running.errors import DataRefused
from fraud_api.running.plan import QualityPlan
from fraud_api.running.repository import pipeline_facts

PLAN = QualityPlan()
READ = ("number", "integer", "boolean", "datetime")
"""Kinds that not every text is of."""


@pytest.fixture
def plenty(sample, contract):
    """Six cases of each row of the two most frequent classes, each under its own name."""
    target = contract.target_column
    told = sample.loc[~sample[target.name].isin(["", *target.missing])]
    told = told.loc[told[target.name].isin(told[target.name].value_counts().index[:2])]
    many = pd.concat([told] * 6, ignore_index=True)
    return many.assign(**{c.name: [str(n) for n in many.index] for c in contract.identifiers})


class TestSample:
    def test_keeps_the_contract(self, sample, contract):
        assert list(sample) == [column.name for column in contract.columns]
        assert typed(sample, contract.columns)[1] == []
        assert len(sample) <= 200

    def test_holds_classes_that_the_contract_lists(self, sample, contract):
        column = contract.target_column
        if not column.categories:
            pytest.skip("the contract lists no classes")
        cells = typed(sample, [column])[0][column.name].dropna()
        found = {str(label_of(cell, column)) for cell in cells}
        assert found <= {text_of(name) for name in column.categories}
        assert len(found) >= 2

    def test_contract_and_pipeline_agree(self, contract):
        facts = pipeline_facts()
        assert (facts["task"], facts["target"]) == (contract.task, contract.target)


class TestCheck:
    def test_a_missing_column_is_named(self, sample, contract):
        name = contract.target
        with pytest.raises(DataRefused, match=re.escape(name)):
            check(sample.drop(columns=name), contract, PLAN)

    def test_a_few_bad_rows_are_set_aside_with_the_reason(self, plenty, contract):
        broken = plenty.copy()
        broken.loc[3, contract.target] = ""
        checked = check(broken, contract, PLAN)
        assert len(checked.table) == len(plenty) - 1
        reason = f"{contract.target} is missing and must not be"
        if contract.target_column.nullable:
            reason = "the target is missing"
        assert checked.set_aside[PROBLEM].tolist() == [reason]

    def test_many_bad_rows_are_refused(self, sample, contract, required):
        broken = sample.copy()
        broken.loc[: len(broken) // 5, required] = ""
        with pytest.raises(DataRefused, match="break the data contract"):
            check(broken, contract, PLAN)

    def test_a_refusal_names_row_and_column_and_no_cell(self, sample, contract):
        column = next((c for c in contract.columns if c.kind in READ), None)
        if column is None:
            pytest.skip("every text fits the columns of this contract")
        broken = sample.astype(object)
        broken.loc[: len(broken) // 5, column.name] = "a secret"
        with pytest.raises(DataRefused, match=re.escape(f"row 0, {column.name} is not")) as refused:
            check(broken, contract, PLAN)
        assert "secret" not in f"{refused.value.message} {refused.value.advice}"

    def test_classes_that_are_too_rare_are_counted_and_not_named(self, plenty, contract):
        labels = [str(number) for number in plenty[contract.target].unique()]
        few = plenty.head(66).assign(**{contract.target: [labels[0]] * 60 + [labels[1]] * 6})
        with pytest.raises(DataRefused, match="1 of the 2 classes") as refused:
            check(few, contract, PLAN)
        assert not any(f"{label} (" in refused.value.message for label in labels)

    def test_a_class_of_a_few_rows_is_set_aside(self, plenty, contract):
        kind = contract.target_column.kind
        rare = {"boolean": None, "integer": "77", "number": "77.5"}.get(kind, "a rare class")
        if rare is None:
            pytest.skip("a truth value has no third class")
        few = plenty.copy()
        few.loc[:1, contract.target] = rare
        checked = check(few, contract, PLAN)
        assert checked.set_aside[PROBLEM].tolist() == ["the class has too few rows"] * 2

    def test_a_constant_target_is_refused(self, sample, contract):
        value = sample[contract.target].iloc[0]
        with pytest.raises(DataRefused, match="only one value"):
            check(sample.assign(**{contract.target: value}), contract, PLAN)

    def test_too_few_rows_are_refused(self, sample, contract):
        with pytest.raises(DataRefused, match="too few"):
            check(sample.head(30), contract, PLAN)

    def test_copies_are_dropped_when_an_identifier_tells_them(self, sample, contract):
        twice = sample.loc[[*sample.index, 0, 1]].reset_index(drop=True)
        assert check(twice, contract, PLAN).duplicates == (2 if contract.identifiers else 0)
