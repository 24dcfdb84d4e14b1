"""Use cases of projects, decision sets and their artifacts, each scoped to the principal's organisation."""

from collections.abc import Sequence
from typing import Any

from libs.accounts.audit import AuditLog
from libs.accounts.rights import require
from libs.core.clock import Clock
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.db.session import AnySession, WriteSession
from libs.projects import listing, repository
from libs.projects.errors import (
    ArtifactNotFound,
    DecisionSetChanged,
    DecisionSetNotFound,
    DecisionSetWorking,
    ProjectNameTaken,
    ProjectNotFound,
)
from libs.projects.models import (
    Artifact,
    DecisionSet,
    DecisionSetFilter,
    GatePolicy,
    ListedDecisionSet,
    Project,
)
from libs.projects.names import plain_name, plain_title

NOT_ARCHIVED = DecisionSetFilter()


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
            Invalid: the name is empty or too long.
            ProjectNameTaken: another project of the organisation has the name, perhaps a deleted one.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        name = await self._free_name(session, principal, name)
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
            # What is made in it now has to be found in it, too.
            return (
                await self.change(session, principal, found.id, archived=False) if found.archived else found
            )
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

    async def list(
        self,
        session: AnySession,
        principal: Principal,
        *,
        text: str = "",
        pinned: bool | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Sequence[Project]:
        """Projects that are not archived, newest first, behind the id `after`.

        Args:
            text: words that all occur in the name, in any case.
            pinned: only those that are, or are not.
        """
        return await listing.list_projects(
            session, principal.organisation_id, text=text, pinned=pinned, after=after, limit=limit
        )

    async def change(
        self,
        session: WriteSession,
        principal: Principal,
        project_id: str,
        *,
        name: str | None = None,
        gate_policy: GatePolicy | None = None,
        archived: bool | None = None,
        pinned: bool | None = None,
    ) -> Project:
        """Renames, archives, pins or gives another gate policy (the last needs role admin).

        Raises:
            Invalid, ProjectNameTaken: as for a new project.
        """
        require(principal, "admin" if gate_policy is not None else "editor")
        project = await self.get(session, principal, project_id)
        changes: dict[str, Any] = {}
        if name is not None:
            changes["name"] = await self._free_name(session, principal, name, project_id)
        if gate_policy is not None:
            changes["gate_policy"] = gate_policy
        if archived is not None:
            changes["archived"] = archived
        if pinned is not None:
            changes["pinned"] = pinned
        changed = project.model_copy(update=changes)
        await repository.update_project(session, changed)
        await self._audit.record(session, principal, "project.change", project_id, changed.to_json())
        return changed

    async def _free_name(
        self, session: AnySession, principal: Principal, given: str, project_id: str | None = None
    ) -> str:
        name = plain_name(given)
        taken = await repository.find_project_by_name(session, principal.organisation_id, name)
        if taken is not None and taken.id != project_id:
            raise ProjectNameTaken(
                f"A deleted project is named {name!r}."
                if taken.archived
                else f"A project named {name!r} exists already.",
                advice="Choose another name.",
            )
        return name

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
        wanted: DecisionSetFilter = NOT_ARCHIVED,
        *,
        after: str | None = None,
        limit: int = 50,
    ) -> Sequence[ListedDecisionSet]:
        """Decision sets that pass the filter, newest first, behind the id `after`."""
        return await listing.list_decision_sets(
            session, principal.organisation_id, wanted, after=after, limit=limit
        )

    async def branches(
        self,
        session: AnySession,
        principal: Principal,
        decision_set_id: str,
        *,
        after: str | None = None,
        limit: int = 50,
    ) -> Sequence[ListedDecisionSet]:
        """The decision set, what it was forked from and all other forks of that origin; oldest first."""
        await self.decision_set(session, principal, decision_set_id)
        return await listing.list_branches(
            session, principal.organisation_id, decision_set_id, after=after, limit=limit
        )

    async def change_decision_set(
        self,
        session: WriteSession,
        principal: Principal,
        decision_set_id: str,
        *,
        title: str | None = None,
        pinned: bool | None = None,
        archived: bool | None = None,
        seen: int | None = None,
    ) -> DecisionSet:
        """Renames, pins or archives a decision set, or takes that back. Its run and its gates take no notice.

        Args:
            session: the caller's transaction.
            principal: who does it.
            decision_set_id: which one.
            title: the new title; None leaves it, as for the others.
            pinned: whether it is pinned.
            archived: whether lists leave it out.
            seen: the version of the lock that the caller insists on; None for any.

        Raises:
            DecisionSetNotFound: unknown, or another organisation's.
            Forbidden: the principal may not edit.
            Invalid: the title is empty or too long.
            DecisionSetWorking: it cannot be archived while its run works.
            DecisionSetChanged: it is not at that version any more.
        """
        require(principal, "editor")
        before = await self.decision_set(session, principal, decision_set_id)
        wanted = {
            "title": None if title is None else plain_title(title),
            "pinned": pinned,
            "archived": archived,
        }
        changes = {
            name: value
            for name, value in wanted.items()
            if value is not None and value != getattr(before, name)
        }
        archiving = bool(changes.get("archived"))
        _require_changeable(before, archiving=archiving, seen=seen)
        if not changes:
            return before
        # The audit log is locked before the decision set, in the order in which a decision at a gate locks them.
        await self._audit.record(session, principal, "decision_set.change", decision_set_id, changes)
        changed = await repository.change_decision_set(
            session, decision_set_id, changes, self._clock.now(), seen=seen, at_rest=archiving
        )
        after = await self.decision_set(session, principal, decision_set_id)
        if not changed:
            _require_changeable(after, archiving=archiving, seen=seen)
            raise DecisionSetChanged(advice="Nothing was changed; send the request again.")
        return after

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


def _require_changeable(decision_set: DecisionSet, *, archiving: bool, seen: int | None) -> None:
    if seen not in (None, decision_set.lock_version):
        raise DecisionSetChanged(
            f"The decision set is at version {decision_set.lock_version} of its lock by now, not at {seen}.",
            advice="Nothing was changed; read the decision set again.",
            decision_set_id=decision_set.id,
        )
    if archiving and decision_set.is_working:
        raise DecisionSetWorking(
            f"The run of this design is still working: {decision_set.status}.",
            advice="Nothing was changed. Stop the run first, or wait until it has ended.",
            decision_set_id=decision_set.id,
            run_id=decision_set.run_id,
        )
