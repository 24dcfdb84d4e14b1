"""Files of the repository, diffs and downloads."""

import hashlib
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from api.main import create_app
from libs.bootstrap import Services
from libs.core.settings import Settings
from libs.projects.content import ContentStore, object_key
from libs.storage.adapters.memory import MemoryStore
from tests.api.conftest import client_of
from tests.api.expect import problem
from tests.api.stage import FILES, Stage, packed


class TestListFiles:
    async def test_lists_every_file_with_size_and_digest(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.artifact(design, "payload.zip", packed({"only.txt": b"payload"}))
        artifact = await stage.artifact(design, "repository.zip", packed())
        listed = (await client.get(f"/api/decision-sets/{design.decision_set_id}/files")).json()
        assert listed["artifact"]["id"] == artifact.id
        assert listed["files"] == [
            {"path": path, "bytes": len(FILES[path]), "sha256": hashlib.sha256(FILES[path]).hexdigest()}
            for path in sorted(FILES)
        ]

    async def test_shows_the_payload_until_the_reports_are_there(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        path = f"/api/decision-sets/{design.decision_set_id}/files"
        problem(await client.get(path), 404, "projects.artifact_not_found")
        await stage.artifact(design, "payload.zip", packed({"only.txt": b"payload"}))
        assert [file["path"] for file in (await client.get(path)).json()["files"]] == ["only.txt"]


class TestGetFile:
    async def test_gives_text_that_no_browser_runs(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        await stage.artifact(design, "repository.zip", packed({"a/page.html": b"<script>alert(1)</script>"}))
        answer = await client.get(f"/api/decision-sets/{design.decision_set_id}/files/a/page.html")
        assert answer.text == "<script>alert(1)</script>"
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("sandbox")

    async def test_gives_bytes_that_are_no_text_as_an_attachment(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.artifact(design, "repository.zip", packed())
        answer = await client.get(f"/api/decision-sets/{design.decision_set_id}/files/model.bin")
        assert answer.content == FILES["model.bin"]
        assert answer.headers["content-disposition"] == "attachment"

    @pytest.mark.parametrize("path", ["nothing.txt", "..%2f..%2fetc%2fpasswd", "infra/", "%00", "x" * 400])
    async def test_what_is_not_in_it_is_not_found(
        self, client: httpx.AsyncClient, stage: Stage, path: str
    ) -> None:
        design = await stage.start()
        await stage.artifact(design, "repository.zip", packed())
        problem(await client.get(f"/api/decision-sets/{design.decision_set_id}/files/{path}"), 404)


class TestGetDiff:
    async def test_gives_what_the_run_stored(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        path = f"/api/decision-sets/{design.decision_set_id}/diff"
        problem(await client.get(path), 404, "projects.artifact_not_found")
        await stage.artifact(design, "diff.json", b'{"code":{},"plan":{}}')
        await stage.artifact(design, "diff.md", b"# Changes\n")
        assert (await client.get(path)).json() == {"code": {}, "plan": {}}
        assert (await client.get(f"{path}?format=md")).text == "# Changes\n"

    async def test_an_unknown_other_version_is_not_found(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        answer = await client.get(f"/api/decision-sets/{design.decision_set_id}/diff?against=ds_unknown")
        problem(answer, 404, "projects.decision_set_not_found")


class TestDownloadArtifact:
    async def test_gives_the_stored_bytes_under_their_name(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        artifact = await stage.artifact(design, "repository.zip", packed(), "application/zip")
        answer = await client.get(f"/api/artifacts/{artifact.id}/download")
        assert hashlib.sha256(answer.content).hexdigest() == artifact.sha256
        assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''repository.zip"
        assert answer.headers["content-type"] == "application/zip"
        assert answer.headers["etag"] == f'"{artifact.sha256}"'

    async def test_damaged_bytes_are_never_handed_out(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        design = await stage.start()
        artifact = await stage.artifact(design, "repository.zip", packed())
        key = object_key(artifact.organisation_id, artifact.sha256)
        await services.blobs.delete(key)
        await services.blobs.put(key, b"something else")
        problem(await client.get(f"/api/artifacts/{artifact.id}/download"), 500, "projects.artifact_damaged")

    async def test_a_lost_object_is_not_found(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        design = await stage.start()
        artifact = await stage.artifact(design, "repository.zip", packed())
        await services.blobs.delete(object_key(artifact.organisation_id, artifact.sha256))
        problem(await client.get(f"/api/artifacts/{artifact.id}/download"), 404, "storage.blob_not_found")

    async def test_an_unknown_artifact_is_not_found(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/api/artifacts/art_unknown/download"), 404, "projects.artifact_not_found")


class LinkingStore(MemoryStore):
    """A store that has links."""

    async def presigned_get(self, key: str, *, filename: str, expires_s: int) -> str | None:
        return f"https://objects.example/{key}?name={filename}&expires={expires_s}"


class TestDownloadFromAStoreWithLinks:
    @pytest.fixture
    def linked(self, settings: Settings, services: Services) -> tuple[FastAPI, Stage]:
        content = ContentStore(LinkingStore())
        linked = replace(services, content=content)
        return create_app(settings, linked), Stage(linked)

    async def test_sends_the_client_to_the_store(self, linked: tuple[FastAPI, Stage]) -> None:
        app, stage = linked
        artifact = await stage.artifact(await stage.start(), "repository.zip", packed())
        async with client_of(app) as client:
            answer = await client.get(f"/api/artifacts/{artifact.id}/download")
        assert answer.status_code == 307
        assert answer.headers["location"].startswith("https://objects.example/org_local/sha256/")

    async def test_gives_the_bytes_itself_when_asked_to(self, linked: tuple[FastAPI, Stage]) -> None:
        app, stage = linked
        artifact = await stage.artifact(await stage.start(), "repository.zip", packed())
        async with client_of(app) as client:
            answer = await client.get(f"/api/artifacts/{artifact.id}/download?redirect=false")
        assert (answer.status_code, answer.content) == (200, packed())
