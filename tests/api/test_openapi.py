"""The OpenAPI document, and the page."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from api.main import create_app
from libs.bootstrap import Services
from libs.core.settings import PRODUCT_ROOT, Settings
from tests.api.conftest import client_of
from tests.api.expect import problem

PAGE = PRODUCT_ROOT / "frontend" / "page"


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


class TestPage:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"page_dir": PAGE})

    async def test_is_served_with_its_files(self, client: httpx.AsyncClient) -> None:
        page = await client.get("/")
        assert page.headers["content-type"].startswith("text/html")
        for name, kind in (
            ("app.js", "text/javascript"),
            ("app.css", "text/css"),
            ("icon.svg", "image/svg+xml"),
        ):
            answer = await client.get(f"/{name}")
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(kind)

    async def test_a_missing_file_and_the_way_out_of_the_folder_are_404(
        self, client: httpx.AsyncClient
    ) -> None:
        for path in ("/nothing.js", "/..%2f..%2fpyproject.toml", "/%2e%2e/app.py"):
            problem(await client.get(path), 404)

    async def test_never_answers_below_api(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/api/index.html"), 404)

    @pytest.mark.parametrize("file", sorted(PAGE.glob("*")), ids=lambda file: file.name)
    def test_holds_no_inline_code_and_no_foreign_address(self, file: Path) -> None:
        text = file.read_text()
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            " style=",
            "javascript:",
        ):
            assert forbidden not in text
        assert "https://" not in text
        if file.suffix == ".html":
            assert "<style" not in text
            assert text.count("<script") == text.count('<script type="module" src=')

    async def test_without_a_folder_the_api_still_answers(
        self, settings: Settings, services: Services
    ) -> None:
        app = create_app(settings.model_copy(update={"page_dir": Path("/nowhere")}), services)
        async with client_of(app) as client:
            problem(await client.get("/"), 404)
            assert (await client.get("/healthz")).status_code == 200
