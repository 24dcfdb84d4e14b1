"""Projects and designs as rows, without runs: for lists."""

from collections.abc import Sequence
from typing import Any

from libs.core.ids import new_id
from libs.db.engine import Database
from libs.projects import repository
from libs.projects.models import DecisionSet, GatePolicy, Project
from libs.projects.tables import DecisionSetRow
from tests.support.database import ALICE, MONDAY


async def store_project(db: Database, name: str = "Designs", **changes: Any) -> Project:
    """A project of Alice's organisation."""
    project = Project(
        **{
            "id": new_id("prj"),
            "organisation_id": ALICE.organisation_id,
            "name": name,
            "gate_policy": GatePolicy(),
            "created_at": MONDAY,
            "archived": False,
            **changes,
        }
    )
    async with db.write() as session:
        await repository.insert_project(session, project)
    return project


async def store_designs(
    db: Database, project: Project, *titles: str, first: int = 1, **changes: Any
) -> Sequence[DecisionSet]:
    """Designs with these titles, the last one the newest."""
    designs = [_design(project, title, version, changes) for version, title in enumerate(titles, first)]
    async with db.write() as session:
        # All in one statement: there may be thousands.
        session.add_all(DecisionSetRow(**design.model_dump(mode="python")) for design in designs)
    return designs


def _design(project: Project, title: str, version: int, changes: dict[str, Any]) -> DecisionSet:
    return DecisionSet(
        **{
            "id": new_id("ds"),
            "organisation_id": project.organisation_id,
            "project_id": project.id,
            "parent_id": None,
            "version": version,
            "thread_id": new_id("thread"),
            "run_id": new_id("run"),
            "status": "done",
            "title": title,
            "constraints": [],
            "plan_sha256": None,
            "payload_sha256": None,
            "summary": {},
            "created_by": ALICE.actor,
            "created_at": MONDAY,
            "updated_at": MONDAY,
            "lock_version": 1,
            **changes,
        }
    )
