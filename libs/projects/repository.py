"""Queries on projects, decision sets, artifacts and cost estimates; rows in, values out. Lists: `listing.py`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from libs.core.ids import new_id
from libs.db.session import AnySession, WriteSession
from libs.projects.models import WORKING, Ancestry, Artifact, DecisionSet, GatePolicy, Project
from libs.projects.tables import ArtifactRow, CostEstimateRow, DecisionSetRow, ProjectRow


class Owned(Protocol):
    """A run as far as its products need to know it."""

    @property
    def id(self) -> str: ...
    @property
    def organisation_id(self) -> str: ...
    @property
    def project_id(self) -> str: ...
    @property
    def decision_set_id(self) -> str: ...


async def insert_project(session: WriteSession, project: Project) -> None:
    session.add(
        ProjectRow(**project.model_dump(mode="python") | {"gate_policy": project.gate_policy.to_json()})
    )
    await session.flush()


async def ensure_project(session: WriteSession, project: Project) -> Project:
    """The project of that name, added if nobody else adds it at the same time."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = project.model_dump(mode="python") | {"gate_policy": project.gate_policy.to_json()}
    await session.execute(insert(ProjectRow).values(**values).on_conflict_do_nothing())
    found = await find_project_by_name(session, project.organisation_id, project.name)
    return found or project


async def find_project(session: AnySession, organisation_id: str, project_id: str) -> Project | None:
    query = select(ProjectRow).where(
        ProjectRow.organisation_id == organisation_id, ProjectRow.id == project_id
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return project_of(row) if row else None


async def find_project_by_name(session: AnySession, organisation_id: str, name: str) -> Project | None:
    query = select(ProjectRow).where(ProjectRow.organisation_id == organisation_id, ProjectRow.name == name)
    row = (await session.execute(query)).scalar_one_or_none()
    return project_of(row) if row else None


async def update_project(session: WriteSession, project: Project) -> None:
    await session.execute(
        update(ProjectRow)
        .where(ProjectRow.id == project.id)
        .values(
            name=project.name,
            gate_policy=project.gate_policy.to_json(),
            archived=project.archived,
            pinned=project.pinned,
        )
    )


async def insert_decision_set(session: WriteSession, decision_set: DecisionSet) -> None:
    session.add(DecisionSetRow(**decision_set.model_dump(mode="python")))
    await session.flush()


def of_line(line_id: str) -> ColumnElement[bool]:
    """The first of the line, which a process that knew no lines may have stored, and all that go back to it."""
    return or_(DecisionSetRow.line_id == line_id, DecisionSetRow.id == line_id)


async def next_version(session: WriteSession, project_id: str, line_id: str) -> int:
    """The next number in the line; other admissions to its project wait until this transaction ends."""
    await session.execute(select(ProjectRow.id).where(ProjectRow.id == project_id).with_for_update())
    query = select(func.max(DecisionSetRow.version)).where(of_line(line_id))
    return int((await session.execute(query)).scalar() or 0) + 1


async def find_decision_set(
    session: AnySession, organisation_id: str, decision_set_id: str
) -> DecisionSet | None:
    query = select(DecisionSetRow).where(
        DecisionSetRow.organisation_id == organisation_id, DecisionSetRow.id == decision_set_id
    )
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return decision_set_of(row) if row else None


async def ancestries(session: AnySession, organisation_id: str, line_id: str) -> list[Ancestry]:
    """Every version of a line, oldest first."""
    columns = [getattr(DecisionSetRow, name) for name in Ancestry.model_fields]
    query = select(*columns).where(DecisionSetRow.organisation_id == organisation_id, of_line(line_id))
    rows = (await session.execute(query.order_by(DecisionSetRow.version))).mappings()
    return [Ancestry.model_validate(dict(row)) for row in rows]


async def patch_decision_set(
    session: WriteSession, decision_set_id: str, values: dict[str, Any], at: datetime
) -> None:
    """Writes the given columns, counts the optimistic lock up and notes the time."""
    await session.execute(
        update(DecisionSetRow)
        .where(DecisionSetRow.id == decision_set_id)
        .values(**values, updated_at=at, lock_version=DecisionSetRow.lock_version + 1)
    )


async def change_decision_set(
    session: WriteSession,
    decision_set_id: str,
    values: dict[str, Any],
    at: datetime,
    *,
    seen: int | None,
    at_rest: bool,
) -> bool:
    """Compare-and-set: writes the columns if the lock still is at `seen` and, for `at_rest`, no run works on it."""
    query = (
        update(DecisionSetRow)
        .where(DecisionSetRow.id == decision_set_id)
        .values(**values, updated_at=at, lock_version=DecisionSetRow.lock_version + 1)
        .returning(DecisionSetRow.id)
    )
    if seen is not None:
        query = query.where(DecisionSetRow.lock_version == seen)
    if at_rest:
        query = query.where(DecisionSetRow.status.not_in(WORKING))
    return (await session.execute(query)).first() is not None


async def insert_artifacts(session: WriteSession, artifacts: Sequence[tuple[str, Artifact]]) -> None:
    """Adds (visit, artifact) pairs that are not there yet."""
    for visit, artifact in artifacts:
        query = select(ArtifactRow.id).where(
            ArtifactRow.run_id == artifact.run_id,
            ArtifactRow.visit == visit,
            ArtifactRow.name == artifact.name,
        )
        if (await session.execute(query)).first() is None:
            session.add(ArtifactRow(visit=visit, **artifact.model_dump(mode="python")))
    await session.flush()


async def find_artifact(session: AnySession, organisation_id: str, artifact_id: str) -> Artifact | None:
    query = select(ArtifactRow).where(
        ArtifactRow.organisation_id == organisation_id, ArtifactRow.id == artifact_id
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return _artifact(row) if row else None


async def latest_artifact(
    session: AnySession, organisation_id: str, decision_set_id: str, name: str
) -> Artifact | None:
    """The newest artifact of that name in a decision set."""
    query = (
        select(ArtifactRow)
        .where(
            ArtifactRow.organisation_id == organisation_id,
            ArtifactRow.decision_set_id == decision_set_id,
            ArtifactRow.name == name,
        )
        .order_by(ArtifactRow.id.desc())
        .limit(1)
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return _artifact(row) if row else None


async def list_artifacts(session: AnySession, organisation_id: str, decision_set_id: str) -> list[Artifact]:
    query = select(ArtifactRow).where(
        ArtifactRow.organisation_id == organisation_id, ArtifactRow.decision_set_id == decision_set_id
    )
    return [_artifact(row) for row in (await session.execute(query.order_by(ArtifactRow.id))).scalars()]


async def payloads_of_answers(session: AnySession, organisation_id: str, answers_sha256: str) -> list[str]:
    """Digests of the payloads that some visit rendered from answers with a digest, each once."""
    answers, packed = aliased(ArtifactRow), aliased(ArtifactRow)
    query = (
        select(packed.sha256)
        .join(answers, (answers.run_id == packed.run_id) & (answers.visit == packed.visit))
        .where(
            answers.organisation_id == organisation_id,
            answers.name == "blueprint.json",
            answers.sha256 == answers_sha256,
            packed.organisation_id == organisation_id,
            packed.name == "payload.zip",
        )
        .distinct()
        .order_by(packed.sha256)
    )
    return list((await session.execute(query)).scalars())


async def organisations_with_artifacts(session: AnySession) -> list[str]:
    """Every organisation that owns an artifact."""
    return list((await session.execute(select(ArtifactRow.organisation_id).distinct())).scalars())


async def reachable_objects(session: AnySession, organisation_id: str) -> frozenset[str]:
    """Digests that some artifact row names."""
    query = select(ArtifactRow.sha256).where(ArtifactRow.organisation_id == organisation_id).distinct()
    return frozenset((await session.execute(query)).scalars())


async def insert_cost_estimate(
    session: WriteSession, owner: Owned, visit: str, estimate: dict[str, Any], at: datetime
) -> None:
    """Records a cost estimate once per visit of the owner's run."""
    query = select(CostEstimateRow.id).where(
        CostEstimateRow.run_id == owner.id, CostEstimateRow.visit == visit
    )
    if (await session.execute(query)).first() is not None:
        return
    session.add(
        CostEstimateRow(
            id=new_id("cost"),
            organisation_id=owner.organisation_id,
            project_id=owner.project_id,
            decision_set_id=owner.decision_set_id,
            run_id=owner.id,
            visit=visit,
            low_usd=estimate["low_usd"],
            expected_usd=estimate["expected_usd"],
            high_usd=estimate["high_usd"],
            unknown_lines=estimate["unknown_lines"],
            lines=estimate["lines"],
            created_at=at,
        )
    )
    await session.flush()


def project_of(row: ProjectRow) -> Project:
    return Project(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        gate_policy=GatePolicy.model_validate(row.gate_policy),
        created_at=row.created_at,
        archived=row.archived,
    )


def decision_set_of(row: DecisionSetRow) -> DecisionSet:
    return DecisionSet.model_validate({name: getattr(row, name) for name in DecisionSet.model_fields})


def _artifact(row: ArtifactRow) -> Artifact:
    return Artifact.model_validate({name: getattr(row, name) for name in Artifact.model_fields})
