"""Restoring a version: an earlier, finished one becomes the newest one of its project.

The new version has the same constraints, plan and payload; its artifacts name the objects of the earlier one, of which
nothing is copied. Only the comparison with its parent is made, because that is another version now.

Its parent is the newest finished version of its line, which is all that goes back to the same first version; where it
is that itself, the newest finished version of the project.
"""

import asyncio
import time

from libs.accounts.audit import AuditLog
from libs.accounts.rights import require
from libs.core.clock import Clock
from libs.core.errors import Conflict
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.core.values import Value
from libs.db.engine import Database
from libs.db.session import WriteSession
from libs.projects import repository as projects
from libs.projects.content import ContentStore
from libs.projects.models import Artifact, DecisionSet, Ref
from libs.projects.service import ProjectService
from libs.runs import repository as runs
from libs.runs.lifecycle import RunService
from libs.runs.models import AgentRun, Run
from libs.workflow.comparison import CONSISTS_OF, JointDiff, joint_diff, stored_version
from libs.workflow.restorable import Restorable, parent_of
from libs.workflow.restored_story import NODE, VISIT, restored_story


class VersionUnfinished(Conflict):
    """The version was never finished, so there is nothing to restore."""

    code = "workflow.version_unfinished"


class VersionIsNewest(Conflict):
    """The version is the newest finished one already."""

    code = "workflow.version_is_newest"


class RestoredVersion(Value):
    """Where to look from now on; there is no job."""

    decision_set_id: str
    thread_id: str
    run_id: str
    job_id: None = None
    status: str


class RestoreService:
    """Makes new versions out of earlier ones."""

    def __init__(
        self,
        db: Database,
        projects: ProjectService,
        runs: RunService,
        content: ContentStore,
        audit: AuditLog,
        clock: Clock,
    ) -> None:
        self._db = db
        self._projects = projects
        self._runs = runs
        self._content = content
        self._audit = audit
        self._clock = clock

    async def prepare(self, principal: Principal, decision_set_id: str) -> Restorable:
        """Looks at an earlier version and compares it with what it would follow; no row is written.

        Raises:
            DecisionSetNotFound: there is no such decision set.
            VersionUnfinished: it has not ended as done, or holds no repository.
            VersionIsNewest: no finished version came after it.
            ArtifactDamaged: what it stored is not what was written.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        began = time.monotonic()
        async with self._db.read() as session:
            source = await self._projects.decision_set(session, principal, decision_set_id)
            stored = await self._projects.artifacts(session, principal, decision_set_id)
            versions = await projects.ancestries(session, source.organisation_id, source.line_id)
        newest = {artifact.name: artifact for artifact in stored}
        if source.status != "done" or not {*CONSISTS_OF, "repository.zip"} <= newest.keys():
            raise VersionUnfinished(
                f"Version {source.version} was never finished: it is {source.status}.",
                advice="Nothing was stored. Restore a version that is done, or let the run of this one go on.",
                status=source.status,
            )
        parent = parent_of(source.id, versions)
        if parent is None:
            raise VersionIsNewest(
                f"Version {source.version} is the newest finished one already.",
                advice="Nothing was stored. Send a message to this decision set to go on from it.",
                version=source.version,
            )
        before, after = [
            await stored_version(self._db, self._projects, self._content, principal, each)
            for each in (parent.id, source.id)
        ]
        await self._content.get(source.organisation_id, newest["repository.zip"].sha256)
        found = await asyncio.to_thread(joint_diff, before, after, "Changes from the parent version")
        difference = await self._kept(source.organisation_id, found)
        names = {name for name, _, _ in difference}
        return Restorable(
            source=source,
            parent=parent,
            artifacts=tuple(artifact for name, artifact in newest.items() if name not in names),
            difference=difference,
            change={
                "parent": True,
                "added": len(found.code.added),
                "removed": len(found.code.removed),
                "changed": len(found.code.changed),
                "unchanged": found.code.unchanged,
            },
            monthly_usd=after.plan.cost.expected_usd,
            as_of=after.plan.cost.as_of.isoformat(),
            seconds=round(time.monotonic() - began, 4),
        )

    async def restore(
        self, session: WriteSession, principal: Principal, restorable: Restorable, correlation_id: str
    ) -> RestoredVersion:
        """Makes the new version in the caller's transaction; it is done at once.

        Args:
            session: the caller's transaction.
            principal: an editor.
            restorable: what `prepare` found.
            correlation_id: of the request.

        Raises:
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        source = restorable.source
        made = await self._new_version(session, principal, restorable)
        before = await self._runs.get(session, principal, source.run_id)
        run = await self._runs.admit_finished(
            session,
            principal,
            made,
            # A child version reads here which table it is designed for.
            {**before.input, "parent_id": made.parent_id, "restored_from": source.id},
            correlation_id,
            story=restored_story(restorable, made),
            outcome="restored",
        )
        await projects.insert_artifacts(session, [(VISIT, a) for a in _artifacts(restorable, run)])
        await runs.add_agent_run(session, run, self._agent_run(restorable, run))
        about = {"restored_from": source.id, "version": made.version, "payload_sha256": made.payload_sha256}
        await self._audit.record(session, principal, "decision_set.restore", made.id, about)
        return RestoredVersion(
            decision_set_id=made.id, thread_id=made.thread_id, run_id=run.id, status=run.status
        )

    async def _kept(self, organisation_id: str, found: JointDiff) -> tuple[tuple[str, Ref, str], ...]:
        page = "text/markdown; charset=utf-8"
        as_json = await self._content.put_json(organisation_id, "diff", found.to_json())
        as_page = await self._content.put(organisation_id, "diff", found.markdown.encode(), page)
        return ("diff.json", as_json, "application/json"), ("diff.md", as_page, page)

    async def _new_version(
        self, session: WriteSession, principal: Principal, restorable: Restorable
    ) -> DecisionSet:
        now, source = self._clock.now(), restorable.source
        again = {"restored_from": source.id, "restored_version": source.version}
        return source.model_copy(
            update={
                "id": new_id("ds"),
                "parent_id": restorable.parent.id,
                "version": await projects.next_version(session, source.project_id, source.line_id),
                "thread_id": new_id("thread"),
                "run_id": new_id("run"),
                "status": "queued",
                "summary": {**source.summary, **again},
                "created_by": principal.actor,
                "created_at": now,
                "updated_at": now,
                "lock_version": 1,
            }
        )

    def _agent_run(self, restorable: Restorable, run: Run) -> AgentRun:
        return AgentRun(
            run_id=run.id,
            visit=VISIT,
            node=NODE,
            provider="engine",
            model="built-in",
            input_tokens=0,
            output_tokens=0,
            cost_usd=0.0,
            seconds=restorable.seconds,
            finished_at=self._clock.now(),
        )


def _artifacts(restorable: Restorable, run: Run) -> list[Artifact]:
    """Rows of the new version over the objects of the earlier one, in the order in which those came."""
    owner = {"decision_set_id": run.decision_set_id, "run_id": run.id, "created_at": run.created_at}
    again = [a.model_copy(update={**owner, "id": new_id("art")}) for a in restorable.artifacts]
    return again + [
        Artifact(
            id=new_id("art"),
            organisation_id=run.organisation_id,
            project_id=run.project_id,
            name=name,
            kind=ref.kind,
            sha256=ref.sha256,
            bytes=ref.bytes,
            content_type=content_type,
            **owner,
        )
        for name, ref, content_type in restorable.difference
    ]
