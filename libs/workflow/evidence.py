"""Records of runs in generated repositories, attached to the version they are about."""

import asyncio

from libs.accounts.audit import AuditLog
from libs.accounts.rights import require
from libs.codegen import payload
from libs.codegen.evidence import NAME, RunEvidence, read_evidence, require_same
from libs.core.clock import Clock
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.core.values import Value
from libs.db.engine import Database
from libs.projects import repository as projects
from libs.projects.content import ContentStore
from libs.projects.models import Artifact
from libs.projects.service import ProjectService


class Attached(Value):
    """A record that is kept."""

    artifact: Artifact
    package: str
    says: tuple[str, ...]


class EvidenceService:
    """Takes `run_evidence.json` in, where it is about the very files that were handed over."""

    def __init__(
        self, db: Database, projects: ProjectService, content: ContentStore, audit: AuditLog, clock: Clock
    ) -> None:
        self._db = db
        self._projects = projects
        self._content = content
        self._audit = audit
        self._clock = clock

    async def attach(self, principal: Principal, decision_set_id: str, data: bytes) -> Attached:
        """Keeps a record beside the version; the same record again changes nothing.

        Args:
            principal: an editor.
            decision_set_id: of the version.
            data: `reports/run_evidence.json` as `make evidence` wrote it.

        Raises:
            EvidenceUnreadable: it is no such record.
            EvidenceForeign: it is about other files.
            DecisionSetNotFound, ArtifactNotFound: there is no such version, or no repository yet.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        evidence = read_evidence(data)
        async with self._db.read() as session:
            stored = await self._projects.latest_artifact(
                session, principal, decision_set_id, "repository.zip"
            )
        packed = await self._content.get(principal.organisation_id, stored.sha256)
        await asyncio.to_thread(lambda: require_same(evidence, payload.read(packed)))
        ref = await self._content.put(principal.organisation_id, "evidence", data, "application/json")
        artifact = Artifact(
            id=new_id("art"),
            organisation_id=principal.organisation_id,
            project_id=stored.project_id,
            decision_set_id=decision_set_id,
            run_id=stored.run_id,
            name=NAME,
            kind=ref.kind,
            sha256=ref.sha256,
            bytes=ref.bytes,
            content_type="application/json",
            created_at=self._clock.now(),
        )
        return await self._kept(principal, artifact, evidence)

    async def _kept(self, principal: Principal, artifact: Artifact, evidence: RunEvidence) -> Attached:
        async with self._db.write() as session:
            before = await self._projects.artifacts(session, principal, artifact.decision_set_id)
            same = [a for a in before if (a.name, a.sha256) == (NAME, artifact.sha256)]
            if not same:
                await projects.insert_artifacts(session, [(f"evidence-{artifact.sha256[:32]}", artifact)])
                about = {"sha256": artifact.sha256, "recorded_at": evidence.recorded_at.isoformat()}
                await self._audit.record(
                    session, principal, "evidence.attach", artifact.decision_set_id, about
                )
        kept = same[0] if same else artifact
        return Attached(artifact=kept, package=evidence.package, says=evidence.says)
