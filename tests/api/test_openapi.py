"""The OpenAPI document."""

from typing import Any

import httpx
import pytest


class TestOpenapi:
    @pytest.fixture
    async def document(self, client: httpx.AsyncClient) -> dict[str, Any]:
        return (await client.get("/api/openapi.json")).json()  # type: ignore[no-any-return]

    async def test_is_3_1_with_readable_names(self, document: dict[str, Any]) -> None:
        assert document["openapi"] == "3.1.0"
        assert document["components"]["schemas"].keys() >= {
            "ChatCreate", "ChatRead", "RunRead", "DecisionSetRead", "GateRead", "DecisionCreate", "ProjectCreate",
            "ProjectRead", "JobRead", "ArtifactRead", "Plan", "CostEstimate", "ReasonCard", "Event", "Problem",
        }  # fmt: skip
        ids = {op["operationId"] for path in document["paths"].values() for op in path.values()}
        assert ids >= {"start_design", "stream_decision_set", "decide", "get_decision_set", "get_job_status"}

    async def test_every_operation_documents_problems_in_their_real_type(
        self, document: dict[str, Any]
    ) -> None:
        for path, operations in document["paths"].items():
            for operation in operations.values():
                responses = operation["responses"]
                assert any(status.startswith("2") for status in responses)
                assert {"403", "500", "503"} <= responses.keys(), path
                if path.startswith("/api/"):
                    assert "401" in responses, path
                for status, response in responses.items():
                    if status >= "400" and path != "/readyz":
                        assert list(response["content"]) == ["application/problem+json"]
        assert "HTTPValidationError" not in document["components"]["schemas"]

    async def test_a_token_is_optional_where_none_is_configured(self, document: dict[str, Any]) -> None:
        assert {} in document["paths"]["/api/runs"]["get"]["security"]

    async def test_every_reference_leads_somewhere(self, document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        waiting: list[Any] = [document]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                reference = value.get("$ref")
                if isinstance(reference, str):
                    assert reference.removeprefix("#/components/schemas/") in schemas
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value
