"""The sample keeps the contract; what breaks it is set aside or refused with a reason."""

import pytest

from fraud_api.data.cells import typed
from fraud_api.ingest import check
from fraud_api.running.errors import DataRefused
from fraud_api.running.plan import QualityPlan
from fraud_api.running.repository import pipeline_facts

PLAN = QualityPlan()


class TestSample:
    def test_keeps_the_contract(self, sample, contract):
        assert list(sample) == [column.name for column in contract.columns]
        assert typed(sample, contract.columns)[1] == []
        assert len(sample) <= 200

    def test_contract_and_pipeline_agree(self, contract):
        facts = pipeline_facts()
        assert (facts["task"], facts["target"]) == (contract.task, contract.target)


class TestCheck:
    def test_a_missing_column_is_named(self, sample, contract):
        name = next(c.name for c in contract.columns if not c.nullable)
        with pytest.raises(DataRefused, match=name):
            check(sample.drop(columns=name), contract, PLAN)

    def test_a_few_bad_rows_are_set_aside_with_the_reason(self, sample, contract):
        broken = sample.copy()
        broken.loc[3, contract.target] = ""
        checked = check(broken, contract, PLAN)
        assert len(checked.table) == len(sample) - 1
        assert checked.set_aside["problem"].tolist() == [
            f"{contract.target} is missing and must not be"
        ]

    def test_many_bad_rows_are_refused(self, sample, contract):
        broken = sample.copy()
        broken.loc[: len(broken) // 5, contract.target] = ""
        with pytest.raises(DataRefused, match="break the data contract"):
            check(broken, contract, PLAN)

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
