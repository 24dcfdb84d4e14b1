"""The stored version that a tree came from is found by what the tree says of itself."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from libs.accounts.audit import AuditLog
from libs.codegen.answers import ANSWERS_PATH, write_answers
from libs.codegen.merging.errors import OriginUnknown
from libs.codegen.merging.identity import CHECKS_PATH, MANIFEST_PATH, clues_in
from libs.codegen.merging.tree import WorkTree
from libs.codegen.renderer import render
from libs.codegen.reports import manifest_text
from libs.core.clock import SystemClock
from libs.core.principal import local_owner
from libs.core.values import Json
from libs.db.engine import Database
from libs.projects.content import ContentStore
from libs.projects.service import ProjectService
from libs.storage.adapters.memory import MemoryStore
from libs.workflow.origins import Origin, Origins
from tests.support.blueprints import fraud_blueprint
from tests.support.database import BOB
from tests.support.stored_versions import Stored, store_version

ANSWERS: Json = {"package": "fraud", "latency_ms_p95": 100.0}


class Place:
    """An organisation's store, and a person's tree."""

    def __init__(self, db: Database, root: Path) -> None:
        self.db = db
        self.root = root
        self.content = ContentStore(MemoryStore())
        clock = SystemClock()
        self.origins = Origins(ProjectService(clock, AuditLog(db, clock)), self.content)

    async def store(self, answers: Json, files: dict[str, str]) -> Stored:
        return await store_version(self.db, self.content, answers, files)

    def write(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text)

    async def found(self) -> Origin:
        async with self.db.read() as session:
            return await self.origins.find(session, local_owner(), clues_in(WorkTree(self.root)))


@pytest.fixture
async def place(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Place]:
    """An empty store and an empty tree."""
    (tmp_path / "tree").mkdir()
    db = Database(sqlite_url)
    yield Place(db, tmp_path / "tree")
    await db.close()


class TestFind:
    async def test_by_the_answers_alone(self, database: Database, tmp_path: Path) -> None:
        place = Place(database, tmp_path)
        await place.store({**ANSWERS, "latency_ms_p95": 50.0}, {"a": "other"})
        stored = await place.store(ANSWERS, {"a": "1"})
        place.write({ANSWERS_PATH: stored.files[ANSWERS_PATH]})
        found = await place.found()
        assert (found.payload_sha256, found.how) == (stored.payload_sha256, "answers")
        assert {file.path for file in found.files} == {ANSWERS_PATH, "a"}

    async def test_reports_decide_between_two_renderings_of_the_same_answers(self, place: Place) -> None:
        stored = [await place.store(ANSWERS, {"a": text}) for text in ("older templates", "newer templates")]
        place.write({ANSWERS_PATH: json.dumps(ANSWERS)})
        with pytest.raises(OriginUnknown, match="several versions"):
            await place.found()
        for version in stored:
            place.write(version.files)
            assert (await place.found()).payload_sha256 == version.payload_sha256

    async def test_answers_decide_where_the_reports_were_left_from_another_version(
        self, place: Place
    ) -> None:
        old, new = await place.store({"package": "a"}, {"a": "1"}), await place.store(ANSWERS, {"a": "2"})
        place.write({**old.files, ANSWERS_PATH: new.files[ANSWERS_PATH]})
        assert (await place.found()).payload_sha256 == new.payload_sha256

    async def test_by_the_reports_where_the_answers_were_edited(self, place: Place) -> None:
        stored = await place.store(ANSWERS, {"a": "1"})
        place.write({**stored.files, ANSWERS_PATH: "package: edited\n"})
        found = await place.found()
        assert (found.payload_sha256, found.how) == (stored.payload_sha256, "reports")

    async def test_the_store_of_another_organisation_is_not_looked_into(self, place: Place) -> None:
        stored = await store_version(place.db, place.content, ANSWERS, {"a": "1"}, BOB)
        place.write(stored.files)
        with pytest.raises(OriginUnknown):
            await place.found()

    async def test_a_version_that_is_not_stored_is_rendered_where_the_manifest_proves_it(
        self, place: Place
    ) -> None:
        files = render(fraud_blueprint())
        place.write({ANSWERS_PATH: write_answers(fraud_blueprint()), MANIFEST_PATH: manifest_text(files)})
        found = await place.found()
        assert (found.files, found.how) == (files, "rendered")

    async def test_without_that_proof_nothing_is_guessed(self, place: Place) -> None:
        place.write({ANSWERS_PATH: write_answers(fraud_blueprint())})
        with pytest.raises(OriginUnknown, match="not shown to be") as caught:
            await place.found()
        assert "--base" in caught.value.advice

    async def test_a_folder_that_says_nothing(self, place: Place) -> None:
        place.write({CHECKS_PATH: json.dumps({"payload_sha256": "a" * 64})})
        with pytest.raises(OriginUnknown, match="does not say"):
            await place.found()


async def test_a_decision_set_may_be_named(place: Place) -> None:
    stored = await place.store(ANSWERS, {"a": "1"})
    async with place.db.read() as session:
        found = await place.origins.named(session, local_owner(), stored.decision_set_id)
    assert (found.payload_sha256, found.how) == (stored.payload_sha256, "named")
