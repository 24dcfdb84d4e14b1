"""Versions of a design as a finished run stores them, without the run."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from libs.codegen import payload
from libs.codegen.answers import ANSWERS_PATH
from libs.codegen.models import RenderedFile
from libs.codegen.reports import manifest_text
from libs.core.ids import new_id
from libs.core.principal import Principal, local_owner
from libs.core.values import Json
from libs.db.engine import Database
from libs.projects import repository
from libs.projects.content import ContentStore
from libs.projects.models import Artifact, DecisionSet, GatePolicy, Project

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Stored:
    """A version in the store."""

    decision_set_id: str
    payload_sha256: str
    files: dict[str, str]
    """Of the repository, reports included."""


async def store_version(
    db: Database,
    content: ContentStore,
    answers: Json,
    files: dict[str, str],
    principal: Principal | None = None,
) -> Stored:
    """Stores a decision set with its answers, its payload and its repository.

    Args:
        db: where the rows go.
        content: where the bytes go.
        answers: what the blueprint holds; recorded in the payload as JSON, which is YAML.
        files: the rest of the payload, as text by path.
        principal: whose it is; the local owner's when left out.
    """
    owner = principal or local_owner()
    texts = {ANSWERS_PATH: json.dumps(answers), **files}
    rendered = [RenderedFile(path=path, content=text.encode()) for path, text in texts.items()]
    packed = payload.pack(rendered)
    sha256 = payload.payload_sha256(packed)
    reports = {
        "reports/checks.json": json.dumps({"payload_sha256": sha256}),
        "reports/MANIFEST.sha256": manifest_text(rendered),
    }
    extra = [RenderedFile(path=path, content=text.encode()) for path, text in reports.items()]
    project, decision_set = _rows(owner, sha256)
    refs = [
        ("blueprint.json", await content.put_json(owner.organisation_id, "blueprint", answers)),
        ("payload.zip", await content.put(owner.organisation_id, "payload", packed, "application/zip")),
        (
            "repository.zip",
            await content.put(
                owner.organisation_id, "repository", payload.pack([*rendered, *extra]), "application/zip"
            ),
        ),
    ]
    visit = new_id("visit")
    rows = [
        Artifact(
            id=new_id("art"),
            organisation_id=owner.organisation_id,
            project_id=project.id,
            decision_set_id=decision_set.id,
            run_id=decision_set.run_id,
            name=name,
            kind=ref.kind,
            sha256=ref.sha256,
            bytes=ref.bytes,
            content_type="application/octet-stream",
            created_at=NOON,
        )
        for name, ref in refs
    ]
    async with db.write() as session:
        await repository.insert_project(session, project)
        await repository.insert_decision_set(session, decision_set)
        await repository.insert_artifacts(session, [(visit, row) for row in rows])
    return Stored(decision_set.id, sha256, {**texts, **reports})


def _rows(owner: Principal, payload_sha256: str) -> tuple[Project, DecisionSet]:
    project = Project(
        id=new_id("prj"),
        organisation_id=owner.organisation_id,
        name=new_id("name"),
        gate_policy=GatePolicy(),
        created_at=NOON,
        archived=False,
    )
    decision_set = DecisionSet(
        id=new_id("ds"),
        organisation_id=owner.organisation_id,
        project_id=project.id,
        parent_id=None,
        version=2,
        thread_id=new_id("thread"),
        run_id=new_id("run"),
        status="done",
        title="Fraud detection",
        constraints=[],
        plan_sha256=None,
        payload_sha256=payload_sha256,
        summary={"monthly_usd": 12.0},
        created_by=owner.actor,
        created_at=NOON,
        updated_at=NOON,
        lock_version=1,
    )
    return project, decision_set
