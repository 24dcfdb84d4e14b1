"""Uploading tables, looking at their profiles, and starting a design with one; examined in the real sandbox."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from libs.bootstrap import Services
from libs.core.principal import Principal
from libs.core.settings import Settings
from libs.datasets.models import Dataset
from libs.datasets.receiving import receiver
from tests.api.conftest import client_of
from tests.api.expect import problem
from tests.api.stage import BRIEF
from tests.conftest import unavailable
from tests.support.sandbox import isolating_sandbox

PATH = "/api/datasets"
ROWS = [f"{n},{n * 7 % 31},{'yes' if n % 3 else 'no'}" for n in range(90)]
TABLE = ("id,amount $,churned\n" + "\n".join(ROWS) + "\n").encode()
STRANGER = Principal(actor="user:stranger", organisation_id="org_other", roles=frozenset({"editor"}))
LIMIT = 50_000


@pytest.fixture
async def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    await isolating_sandbox()
    if not Settings().runtime_python.exists():
        unavailable("the runtime environment is missing: make install")
    return Settings(home=tmp_path, database_url=sqlite_url, checks="twin", upload_limit_bytes=LIMIT)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app, timeout=60) as client:
        yield client


async def upload(
    client: httpx.AsyncClient, content: bytes = TABLE, name: str = "churn.csv"
) -> httpx.Response:
    return await client.post(PATH, files={"file": (name, content)})


async def foreign(services: Services) -> Dataset:
    async with receiver(services.upload_limits) as taking:
        taking.write(TABLE)
        return await services.datasets.add(STRANGER, taking.upload("other.csv"))


class TestUpload:
    async def test_the_whole_way_of_a_table(self, client: httpx.AsyncClient, services: Services) -> None:
        first = await upload(client)
        assert first.status_code == 201, first.text
        made = first.json()
        assert (made["name"], made["rows"], made["columns"]) == ("churn.csv", 90, 3)
        assert made["profile"]["targets"][0]["column"] == "churned"
        assert made["remarks"] == []

        again = (await upload(client, name="../copy.csv")).json()
        assert again["id"] == made["id"]
        assert [each["id"] for each in (await client.get(PATH)).json()["items"]] == [made["id"]]
        assert (await client.get(f"{PATH}/{made['id']}")).json() == made

        body = {"message": BRIEF, "dataset_id": made["id"], "target": "Churned"}
        design = await client.post("/api/chat/async", json=body)
        assert design.status_code == 202, design.text
        async with services.db.read() as session:
            run = await services.runs.get(session, _owner(), design.json()["run_id"])
        chosen = run.input["dataset"]
        assert (chosen["id"], chosen["target"], chosen["task"]) == (made["id"], "churned", "classification")

        unknown = await client.post("/api/chat/async", json={**body, "target": "churn"})
        assert "'churned'" in problem(unknown, 422, "datasets.target_unusable")["advice"]

        child = {"message": "Make it weekly.", "decision_set_id": design.json()["decision_set_id"]}
        next_run = (await client.post("/api/chat/async", json=child)).json()["run_id"]
        async with services.db.read() as session:
            assert (await services.runs.get(session, _owner(), next_run)).input["dataset"] == chosen

        fork = {"message": "Score churn.", "fork_of": design.json()["decision_set_id"]}
        forked = (await client.post("/api/chat/async", json=fork)).json()["decision_set_id"]
        shown = (await client.get(f"/api/decision-sets/{forked}")).json()["dataset"]
        table = {"id": made["id"], "target": "churned", "task": "classification"}
        assert shown == {**table, "name": "churn.csv"}

        assert (await client.delete(f"{PATH}/{made['id']}")).status_code == 204
        problem(await client.get(f"{PATH}/{made['id']}"), 404, "datasets.dataset_not_found")
        shown = (await client.get(f"/api/decision-sets/{forked}")).json()["dataset"]
        assert shown == {**table, "name": None}
        gone = await client.post("/api/chat/async", json=body)
        problem(gone, 404, "datasets.dataset_not_found")

    async def test_columns_of_persons_are_named(self, client: httpx.AsyncClient) -> None:
        rows = "".join(f"mia.{n}@example.com,{n % 2}\n" for n in range(90))
        made = await upload(client, f"mail,churned\n{rows}".encode())
        assert "'mail': personal data (email)" in made.json()["remarks"]

    async def test_another_organisations_table_is_not_found(
        self, client: httpx.AsyncClient, services: Services
    ) -> None:
        theirs = await foreign(services)
        problem(await client.get(f"{PATH}/{theirs.id}"), 404)
        problem(await client.delete(f"{PATH}/{theirs.id}"), 404)
        problem(await client.post("/api/chat/async", json={"message": BRIEF, "dataset_id": theirs.id}), 404)
        assert (await client.get(PATH)).json()["items"] == []
        mine = (await upload(client)).json()
        assert (mine["sha256"], mine["id"] == theirs.id) == (theirs.sha256, False)


class TestRefusals:
    async def test_a_ragged_table_names_its_lines_and_is_not_kept(self, client: httpx.AsyncClient) -> None:
        body = problem(await upload(client, b"a,b\n1,2\n1,2,3\n"), 422, "datasets.ragged")
        assert body["lines"] == [{"line": 3, "cells": 3}]
        assert body["advice"].startswith("Nothing was kept.")
        assert (await client.get(PATH)).json()["items"] == []

    async def test_the_limit_holds_while_reading(self, client: httpx.AsyncClient, tmp_path: Path) -> None:
        body = problem(await upload(client, b"a,b\n" * LIMIT), 413)
        assert body["limit_bytes"] >= LIMIT
        just_over = TABLE + b"1,2,yes\n" * ((LIMIT - len(TABLE)) // 8 + 1)
        over = problem(await upload(client, just_over), 413, "datasets.upload_too_large")
        assert over["limit_bytes"] == LIMIT
        assert not (tmp_path / "blobs").exists()

    @pytest.mark.parametrize(
        "request_options",
        [
            {"content": b"a,b\n1,2\n", "headers": {"Content-Type": "text/csv"}},
            {"files": {"other": ("a.csv", b"a,b\n1,2\n")}},
            {"files": [("file", ("a.csv", b"a\n1\n")), ("file", ("b.csv", b"a\n1\n"))]},
            {"content": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
            {
                "content": b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na,b',
                "headers": {"Content-Type": "multipart/form-data; boundary=x"},
            },
        ],
        ids=["no form", "other part", "two files", "broken", "cut off"],
    )
    async def test_what_is_no_form_with_one_file(
        self, client: httpx.AsyncClient, request_options: dict[str, object]
    ) -> None:
        answer = await client.post(PATH, **request_options)  # type: ignore[arg-type]
        problem(answer, 400, "datasets.upload_malformed")


def _owner() -> Principal:
    return Principal(actor="user:local-owner", organisation_id="org_local", roles=frozenset({"admin"}))
