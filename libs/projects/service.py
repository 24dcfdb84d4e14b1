"""Use cases of projects, decision sets and their artifacts, each scoped to the principal's organisation."""

from collections.abc import Sequence
from typing import Any

from libs.accounts.audit import AuditLog
from libs.accounts.rights import require
from libs.core.clock import Clock
from libs.core.errors import Invalid
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.db.session import AnySession, WriteSession
from libs.projects import repository
from libs.projects.errors import ArtifactNotFound, DecisionSetNotFound, ProjectNameTaken, ProjectNotFound
from libs.projects.models import Artifact, DecisionSet, GatePolicy, Project


class ProjectService:
    """Projects and what they hold. Callers own the transaction."""

    def __init__(self, clock: Clock, audit: AuditLog) -> None:
        self._clock = clock
        self._audit = audit

    async def create(
        self, session: WriteSession, principal: Principal, name: str, gate_policy: GatePolicy | None = None
    ) -> Project:
        """A new project.

        Raises:
            ProjectNameTaken: another project of the organisation has the name.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        name = " ".join(name.split())[:120]
        if not name:
            raise Invalid("A project needs a name.", advice="Nothing was created; send a name.")
        if await repository.find_project_by_name(session, principal.organisation_id, name):
            raise ProjectNameTaken(f"A project named {name!r} exists already.", advice="Choose another name.")
        project = Project(
            id=new_id("prj"),
            organisation_id=principal.organisation_id,
            name=name,
            gate_policy=gate_policy or GatePolicy(),
            created_at=self._clock.now(),
            archived=False,
        )
        await repository.insert_project(session, project)
        await self._audit.record(session, principal, "project.create", project.id, {"name": name})
        return project

    async def ensure(self, session: WriteSession, principal: Principal, name: str) -> Project:
        """The project of that name, made when there is none; safe for many callers at once."""
        require(principal, "editor")
        found = await repository.find_project_by_name(session, principal.organisation_id, name)
        if found is not None:
            return found
        project = Project(
            id=new_id("prj"),
            organisation_id=principal.organisation_id,
            name=name,
            gate_policy=GatePolicy(),
            created_at=self._clock.now(),
            archived=False,
        )
        ensured = await repository.ensure_project(session, project)
        if ensured.id == project.id:
            await self._audit.record(session, principal, "project.create", project.id, {"name": name})
        return ensured

    async def get(self, session: AnySession, principal: Principal, project_id: str) -> Project:
        """The project, or ProjectNotFound (also for another organisation's)."""
        project = await repository.find_project(session, principal.organisation_id, project_id)
        if project is None:
            raise ProjectNotFound(f"There is no project {project_id!r} here.", project_id=project_id)
        return project

    async def find_by_name(self, session: AnySession, principal: Principal, name: str) -> Project | None:
        return await repository.find_project_by_name(session, principal.organisation_id, name)

    async def list(
        self, session: AnySession, principal: Principal, *, after: str | None = None, limit: int = 50
    ) -> Sequence[Project]:
        """Projects, newest first, behind the id `after`."""
        return await repository.list_projects(session, principal.organisation_id, after=after, limit=limit)

    async def change(
        self,
        session: WriteSession,
        principal: Principal,
        project_id: str,
        *,
        name: str | None = None,
        gate_policy: GatePolicy | None = None,
        archived: bool | None = None,
    ) -> Project:
        """Renames, archives or gives another gate policy (the last needs role admin)."""
        require(principal, "admin" if gate_policy is not None else "editor")
        project = await self.get(session, principal, project_id)
        changes: dict[str, Any] = {}
        if name is not None:
            taken = await repository.find_project_by_name(session, principal.organisation_id, name)
            if taken is not None and taken.id != project_id:
                raise ProjectNameTaken(
                    f"A project named {name!r} exists already.", advice="Choose another name."
                )
            changes["name"] = name
        if gate_policy is not None:
            changes["gate_policy"] = gate_policy
        if archived is not None:
            changes["archived"] = archived
        changed = project.model_copy(update=changes)
        await repository.update_project(session, changed)
        await self._audit.record(session, principal, "project.change", project_id, changed.to_json())
        return changed

    async def decision_set(
        self, session: AnySession, principal: Principal, decision_set_id: str
    ) -> DecisionSet:
        """The decision set, or DecisionSetNotFound (also for another organisation's)."""
        found = await repository.find_decision_set(session, principal.organisation_id, decision_set_id)
        if found is None:
            raise DecisionSetNotFound(
                f"There is no decision set {decision_set_id!r} here.", decision_set_id=decision_set_id
            )
        return found

    async def decision_sets(
        self,
        session: AnySession,
        principal: Principal,
        *,
        project_id: str | None = None,
        status: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Sequence[DecisionSet]:
        """Decision sets, newest first, behind the id `after`."""
        return await repository.list_decision_sets(
            session, principal.organisation_id, project_id=project_id, status=status, after=after, limit=limit
        )

    async def artifacts(
        self, session: AnySession, principal: Principal, decision_set_id: str
    ) -> Sequence[Artifact]:
        """Everything recorded for a decision set, oldest first."""
        await self.decision_set(session, principal, decision_set_id)
        return await repository.list_artifacts(session, principal.organisation_id, decision_set_id)

    async def artifact(self, session: AnySession, principal: Principal, artifact_id: str) -> Artifact:
        """One artifact by id, or ArtifactNotFound."""
        found = await repository.find_artifact(session, principal.organisation_id, artifact_id)
        if found is None:
            raise ArtifactNotFound(f"There is no artifact {artifact_id!r} here.", artifact_id=artifact_id)
        return found

    async def latest_artifact(
        self, session: AnySession, principal: Principal, decision_set_id: str, name: str
    ) -> Artifact:
        """The newest artifact of a name (`plan.json`, `repository.zip` …), or ArtifactNotFound."""
        await self.decision_set(session, principal, decision_set_id)
        found = await repository.latest_artifact(session, principal.organisation_id, decision_set_id, name)
        if found is None:
            raise ArtifactNotFound(
                f"The decision set has no {name!r} yet.",
                advice="It appears when the run has reached that step; look at the run's status.",
                decision_set_id=decision_set_id,
                name=name,
            )
        return found

    async def payloads_of_answers(
        self, session: AnySession, principal: Principal, answers_sha256: str
    ) -> Sequence[str]:
        """Digests of the payloads made from these answers; several where templates changed in between."""
        return await repository.payloads_of_answers(session, principal.organisation_id, answers_sha256)
