"""The declared schemas are complete, and the brief's words choose among them."""

import pytest

from libs.codegen.datacontract import DomainContract, choose_contract, domain_contracts
from libs.codegen.naming import COLUMN

CONTRACTS = list(domain_contracts().values())


class TestChoice:
    @pytest.mark.parametrize(
        ("text", "ml_task", "task", "domain"),
        [
            ("Real-time fraud detection on card payments", "classification", "classification", "fraud"),
            ("Welche Kunden werden kündigen?", "classification", "classification", "churn"),
            ("Forecast the demand of each SKU", "forecasting", "regression", "demand"),
            ("Predict failures of our pumps from sensor data", "anomaly", "classification", "maintenance"),
            ("Estimated time of arrival for couriers", "regression", "regression", "delivery"),
            ("Who gets a loan?", "classification", "classification", "credit"),
            ("Sort support tickets", "nlp", "classification", "text"),
            ("Card payments, as photos", "vision", "classification", "image"),
            ("Suggest songs", "recommendation", "classification", "recommendation"),
            ("Something else entirely", "classification", "classification", "generic"),
            ("Something else entirely", "forecasting", "regression", "demand"),
            ("", "regression", "regression", "generic"),
        ],
    )
    def test_follows_the_words_and_the_task(self, text: str, ml_task: str, task: str, domain: str) -> None:
        assert choose_contract(text, ml_task, task).domain == domain  # type: ignore[arg-type]

    def test_takes_only_a_domain_that_can_serve_the_task(self) -> None:
        assert (
            "regression" in choose_contract("fraud fraud chargeback card", "regression", "regression").targets
        )


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.domain)
class TestContracts:
    def test_has_one_key_one_time_and_enough_features(self, contract: DomainContract) -> None:
        roles = [column.role for column in contract.columns]
        assert roles.count("id") == 1
        assert roles.count("time") == 1
        assert roles.count("feature") >= 7

    def test_every_target_is_a_column_of_its_own_at_the_end(self, contract: DomainContract) -> None:
        for task in contract.targets:
            columns = contract.columns_for(task)
            names = [column.name for column in columns]
            assert len(names) == len(set(names))
            assert [column.name for column in columns if column.role == "target"] == [names[-1]]

    def test_numbers_have_bounds_and_categories_have_values(self, contract: DomainContract) -> None:
        for column in (column for task in contract.targets for column in contract.columns_for(task)):
            assert COLUMN.fullmatch(column.name)
            assert column.description
            if column.kind in ("number", "integer"):
                assert column.minimum is not None
                assert column.maximum is not None
                assert column.minimum < column.maximum
            if column.kind == "category":
                assert list(column.categories) == sorted(set(column.categories))
                assert len(column.categories) >= 2

    def test_some_feature_may_be_empty_and_some_is_a_category(self, contract: DomainContract) -> None:
        assert any(column.nullable for column in contract.columns)
        assert any(column.kind == "category" for column in contract.columns)
