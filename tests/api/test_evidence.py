"""Attaching the record of a run to a version."""

import json

import httpx
import pytest

from libs.codegen.models import RenderedFile
from libs.codegen.payload import pack
from libs.codegen.reports import manifest_text
from libs.core.values import sha256_hex
from tests.api.expect import problem
from tests.api.stage import Stage

FILE = RenderedFile(path="pipeline.json", content=b"{}")
MANIFEST = manifest_text([FILE]).encode()
RECORD = {
    "contract": 1,
    "package": "fraud",
    "recorded_at": "2026-11-21T12:00:00+00:00",
    "inputs": {"pipeline.json": sha256_hex(FILE.content)},
    "tree": sha256_hex(MANIFEST),
    "says": ["make load: passed."],
}


@pytest.fixture
async def address(stage: Stage) -> str:
    """Where the record of a version with a repository goes."""
    design = await stage.start()
    report = RenderedFile(path="reports/MANIFEST.sha256", content=MANIFEST)
    await stage.artifact(design, "repository.zip", pack([FILE, report]))
    return f"/api/decision-sets/{design.decision_set_id}/evidence"


async def test_a_record_becomes_an_artifact_that_can_be_fetched(
    client: httpx.AsyncClient, address: str
) -> None:
    answer = await client.post(address, json=RECORD)
    assert answer.status_code == 200, answer.text
    assert answer.json()["says"] == RECORD["says"]
    artifact = answer.json()["artifact"]
    assert artifact["name"] == "run_evidence.json"
    assert (await client.get(artifact["download"])).json() == RECORD
    assert (await client.post(address, json=RECORD)).json()["artifact"] == artifact


async def test_a_record_of_other_files_is_refused(client: httpx.AsyncClient, address: str) -> None:
    answer = await client.post(address, json={**RECORD, "tree": "0" * 64})
    problem(answer, 409, "codegen.evidence_foreign")


async def test_anything_else_is_no_record(client: httpx.AsyncClient, address: str) -> None:
    problem(await client.post(address, content=b"{"), 422, "codegen.evidence_unreadable")


async def test_a_version_without_a_repository_has_none(client: httpx.AsyncClient, stage: Stage) -> None:
    design = await stage.start()
    answer = await client.post(
        f"/api/decision-sets/{design.decision_set_id}/evidence", content=json.dumps(RECORD)
    )
    problem(answer, 404)
