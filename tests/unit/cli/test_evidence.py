"""`runs evidence` as a person runs it, over a home that holds a version."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from libs.cli.result import ExitCode
from libs.cli.runs import app
from libs.codegen.errors import EvidenceForeign
from libs.core.errors import Invalid
from libs.core.settings import Settings
from libs.core.values import sha256_hex
from libs.db.engine import Database
from libs.projects.content import ContentStore
from libs.projects.repository import list_artifacts
from libs.storage.adapters.folder import FolderStore
from tests.support.stored_versions import Stored, store_version


@pytest.fixture
def version(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(migrated_file, home / "product.sqlite")
    monkeypatch.setenv("AGENTIC_MLOPS_HOME", str(home))
    monkeypatch.setenv("AGENTIC_MLOPS_SANDBOX", "recorded")

    async def store() -> Stored:
        db = Database(Settings().sqlalchemy_url())
        stored = await store_version(
            db, ContentStore(FolderStore(home / "blobs")), {"package": "p"}, {"pipeline.json": "{}"}
        )
        await db.close()
        return stored

    return asyncio.run(store())


@pytest.fixture
def record(tmp_path: Path, version: Stored) -> Path:
    """What `make evidence` writes in that version's tree."""
    file = tmp_path / "run_evidence.json"
    file.write_text(
        json.dumps(
            {
                "contract": 1,
                "package": "p",
                "recorded_at": "2026-11-21T12:00:00+00:00",
                "inputs": {"pipeline.json": sha256_hex(b"{}")},
                "tree": sha256_hex(version.files["reports/MANIFEST.sha256"].encode()),
                "says": ["make drill: passed."],
            }
        )
    )
    return file


def kept(version: Stored) -> list[str]:
    """Digests of the records that the version has."""

    async def names() -> list[str]:
        db = Database(Settings().sqlalchemy_url())
        async with db.read() as session:
            found = await list_artifacts(session, "org_local", version.decision_set_id)
        await db.close()
        return [artifact.sha256 for artifact in found if artifact.name == "run_evidence.json"]

    return asyncio.run(names())


def call(*arguments: Any) -> Any:
    return CliRunner().invoke(app, ["evidence", *map(str, arguments)])


def test_a_record_is_kept_once_beside_its_version(version: Stored, record: Path) -> None:
    first = call(version.decision_set_id, record, "--json")
    assert first.exit_code == ExitCode.DONE, first.exception
    told = json.loads(first.stdout.splitlines()[-1])
    assert told["says"] == ["make drill: passed."]
    again = call(version.decision_set_id, record)
    assert again.exit_code == ExitCode.DONE
    assert told["artifact_id"] in again.stdout
    assert kept(version) == [sha256_hex(record.read_bytes())]


def test_a_record_of_other_files_is_not_kept(version: Stored, record: Path) -> None:
    record.write_text(record.read_text().replace(sha256_hex(b"{}"), "0" * 64))
    assert isinstance(call(version.decision_set_id, record).exception, EvidenceForeign)
    assert kept(version) == []


def test_no_file_is_said(version: Stored, tmp_path: Path) -> None:
    assert isinstance(call(version.decision_set_id, tmp_path / "none").exception, Invalid)
