"""The row shown in the README keeps the data contract."""

import pytest

from libs.codegen.datacontract import DomainContract, domain_contracts
from libs.codegen.examples import example_row
from tests.support.blueprints import fraud_blueprint


@pytest.mark.parametrize("contract", domain_contracts().values(), ids=lambda contract: contract.domain)
class TestExampleRow:
    def test_has_every_feature_inside_its_bounds_and_nothing_else(self, contract: DomainContract) -> None:
        task = sorted(contract.targets)[0]
        columns = contract.columns_for(task)
        row = example_row(fraud_blueprint(columns=columns, target=contract.targets[task].name))
        assert set(row) == {column.name for column in columns if column.role in ("feature", "time")}
        for column in columns:
            if column.name in row and column.kind in ("number", "integer"):
                value = row[column.name]
                assert isinstance(value, int | float)
                assert (column.minimum or 0) <= value <= (column.maximum or 0)
                assert column.kind == "number" or float(value).is_integer()
            elif column.name in row and column.kind == "category":
                assert row[column.name] in column.categories
