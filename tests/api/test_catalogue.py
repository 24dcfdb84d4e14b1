"""GET /api/catalogue and GET /api/constraints/fields: what forms and gates choose from."""

from typing import Any

import httpx
import pytest

from libs.bootstrap import Services
from libs.intake.fields import FIELDS
from libs.planning.models import SLOTS
from tests.api.expect import problem
from tests.api.stage import BRIEF


class TestGetCatalogue:
    async def test_holds_every_slot_and_every_loaded_option(
        self, client: httpx.AsyncClient, services: Services
    ) -> None:
        slots = (await client.get("/api/catalogue")).json()["slots"]
        assert [slot["slot"] for slot in slots] == list(SLOTS)
        assert all(slot["title"] for slot in slots)
        options = [(slot["slot"], option["id"]) for slot in slots for option in slot["options"]]
        assert options == [(o.slot, o.id) for s in SLOTS for o in services.knowledge.catalogue.of_slot(s)]
        serve = next(slot for slot in slots if slot["slot"] == "serve")["options"][0]
        assert serve.keys() == {"id", "title", "generated", "summary"}

    async def test_says_what_no_repository_can_be_written_with(self, client: httpx.AsyncClient) -> None:
        slots = (await client.get("/api/catalogue")).json()["slots"]
        generated = {option["id"]: option["generated"] for slot in slots for option in slot["options"]}
        assert (generated["step_functions"], generated["argo_on_eks"]) == (True, False)


class TestListConstraintFields:
    @pytest.fixture
    async def fields(self, client: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
        found = (await client.get("/api/constraints/fields")).json()["fields"]
        return {field["name"]: field for field in found}

    async def test_holds_every_field_with_all_that_a_form_needs(
        self, fields: dict[str, dict[str, Any]]
    ) -> None:
        assert list(fields) == list(FIELDS)
        for field in fields.values():
            assert field.keys() == {
                "name", "title", "group", "type", "unit", "choices", "low", "low_included", "high", "help", "weight",
            }  # fmt: skip
        assert fields["latency_ms_p95"] == {
            "name": "latency_ms_p95",
            "title": "Latency target",
            "group": "Load and speed",
            "type": "number",
            "unit": "milliseconds",
            "choices": [],
            "low": 0,
            "low_included": False,
            "high": 3_600_000,
            "help": "The time within which 95 of 100 answers have to be there; streamed ones, their first words.",
            "weight": 2.0,
        }
        assert {"value": "eu-central-1", "title": "Frankfurt (eu-central-1)"} in fields["regions"]["choices"]

    async def test_whatever_it_offers_starts_a_design(
        self, client: httpx.AsyncClient, fields: dict[str, dict[str, Any]]
    ) -> None:
        given: dict[str, Any] = {}
        for name, field in fields.items():
            choices = [choice["value"] for choice in field["choices"]]
            match field["type"]:
                case "choice":
                    given[name] = choices[-1]
                case "choices" | "texts":
                    given[name] = choices or ["germany"]
                case "number" | "integer":
                    given[name] = field["high"]
                case "boolean":
                    given[name] = True
                case _:
                    given[name] = "Sundays"
        answer = await client.post("/api/chat/async", json={"message": BRIEF, "constraints": given})
        assert answer.status_code == 202, answer.text
        run = (await client.get(f"/api/runs/{answer.json()['run_id']}")).json()
        assert run["input"]["constraints"] == given

    async def test_what_lies_outside_of_its_bounds_does_not(
        self, client: httpx.AsyncClient, fields: dict[str, dict[str, Any]]
    ) -> None:
        for name, field in fields.items():
            if field["high"] is None:
                continue
            below = field["low"] - 1 if field["low_included"] else field["low"]
            for value in (below, field["high"] * 2):
                body = {"message": BRIEF, "constraints": {name: value}}
                problem(await client.post("/api/chat/async", json=body), 422, "intake.answer_invalid")
        assert (await client.get("/api/runs")).json()["items"] == []
