"""Records as the stores take them, and when a plan's services are asked for at all."""

import pandas as pd
import pytest

from fraud_api.running.environment import adapter_of
from fraud_api.running.errors import UsageError
from fraud_api.stores.records import cells, column_types, run_id


class Service:
    """An adapter that needs two addresses."""

    VARIABLES = ("SERVICE_HOST", "SERVICE_NAME")

    @classmethod
    def from_environment(cls, variables):
        return cls()


class TestRecords:
    def test_types_and_missing_cells(self):
        rows = pd.DataFrame(
            {
                "number": [1.5, None],
                "whole": pd.array([1, None], dtype="Int64"),
                "flag": pd.array([True, None], dtype="boolean"),
                "moment": pd.to_datetime(["2026-01-01", None], utc=True),
                "text": ["a", None],
            }
        )
        kinds = ["number", "integer", "boolean", "moment", "text"]
        assert list(column_types(rows).values()) == kinds
        first, second = cells(rows)
        assert first[:3] == (1.5, 1, True)
        assert first[3].isoformat() == "2026-01-01T00:00:00+00:00"
        assert second == (None,) * 5

    def test_the_same_rows_and_model_are_the_same_run(self, tmp_path):
        source = tmp_path / "rows.csv"
        source.write_text("a\n1\n")
        run = run_id("v1", source)
        assert run == run_id("v1", source) != run_id("v2", source)


class TestServices:
    def test_a_laptop_has_none(self):
        assert adapter_of(Service, {"SERVICE_NAME": "shared with others"}) is None

    @pytest.mark.parametrize("variables", [{"ENVIRONMENT": "dev"}, {"SERVICE_HOST": "host"}])
    def test_a_deployment_misses_an_address(self, variables):
        with pytest.raises(UsageError, match="SERVICE_NAME"):
            adapter_of(Service, variables)

    def test_all_addresses_give_the_service(self):
        found = adapter_of(Service, {"SERVICE_HOST": "host", "SERVICE_NAME": "name"})
        assert isinstance(found, Service)
