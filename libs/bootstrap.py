"""The one place that reads settings, picks adapters and builds services.

The embedded worker is not here: `libs.worker` and `api` are doors that do not know each other. The front door hands
`create_app(settings, beside=(run_worker,))` what is to run beside the API, each as
`async (services, stop: asyncio.Event) -> None`.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlparse

# Strict decoding of checkpoints; LangGraph reads it when it is imported, hence before the imports below.
os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")

from libs.accounts.audit import AuditLog
from libs.codegen.checks.cache import ResultCache
from libs.codegen.checks.fingerprint import fingerprint
from libs.codegen.checks.recorded import RecordedChecks
from libs.codegen.checks.suite import CheckSuite, all_checks
from libs.codegen.checks.tools import ToolPaths
from libs.core import faults
from libs.core.clock import Clock, SystemClock
from libs.core.settings import Settings
from libs.datasets.models import UploadLimits
from libs.datasets.profiling import SandboxProfiler
from libs.datasets.service import DatasetService
from libs.db.engine import Database
from libs.db.session import WriteSession
from libs.events.postgres_wakeup import PostgresWakeup
from libs.events.service import EventLog
from libs.events.wakeup import LocalWakeup, Wakeup
from libs.jobs.models import Job, JobKind, Lease
from libs.jobs.retry import Retry
from libs.jobs.service import JobQueue
from libs.llm.port import LanguageModel
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.policies.packs import Policies, load_packs
from libs.planning.policies.waivers import WaiverEntry
from libs.planning.prices.lookup import load_prices
from libs.projects.content import ContentStore
from libs.projects.jobs import SWEEP_OBJECTS, ObjectSweep
from libs.projects.service import ProjectService
from libs.runs.approvals import ADVANCE, GATE_DEADLINE, ApprovalService
from libs.runs.idempotency import IdempotencyKeys
from libs.runs.lifecycle import RunService
from libs.sandbox.port import Sandbox
from libs.shares.service import ShareService
from libs.storage.port import BlobStore
from libs.workflow.decisions import DesignDecisions
from libs.workflow.deps import Checks, Knowledge
from libs.workflow.description import plan_description
from libs.workflow.evidence import EvidenceService
from libs.workflow.execution import Execution, Foundation
from libs.workflow.history import StoredHistory
from libs.workflow.restoring import RestoreService
from libs.workflow.service import DesignService
from libs.workflow.what_if import WhatIfService

JOB_KINDS: Mapping[str, JobKind] = {
    ADVANCE: JobKind(ADVANCE, retry=Retry(max_attempts=3), timeout_s=1800.0),
    GATE_DEADLINE: JobKind(GATE_DEADLINE, retry=Retry(max_attempts=5), timeout_s=60.0),
    SWEEP_OBJECTS: JobKind(SWEEP_OBJECTS, timeout_s=3600.0),
}


class Attempt(Protocol):
    """One attempt at a job, as the worker hands it over."""

    @property
    def job(self) -> Job: ...
    @property
    def lease(self) -> Lease: ...
    @property
    def cancelled(self) -> asyncio.Event: ...


@dataclass(frozen=True)
class Services:
    """Everything a door may call."""

    settings: Settings
    clock: Clock
    db: Database
    wakeup: Wakeup
    queue: JobQueue
    events: EventLog
    audit: AuditLog
    blobs: BlobStore
    content: ContentStore
    projects: ProjectService
    shares: ShareService
    datasets: DatasetService
    upload_limits: UploadLimits
    runs: RunService
    approvals: ApprovalService
    designs: DesignService
    what_ifs: WhatIfService
    evidence: EvidenceService
    restores: RestoreService
    idempotency: IdempotencyKeys
    sandbox: Sandbox
    checks: Checks
    knowledge: Knowledge
    handlers: Mapping[str, Callable[[Any], Awaitable[None]]]
    """By job kind, what a worker calls with an `Attempt`."""
    sweep: ObjectSweep
    execution: Execution

    async def close(self) -> None:
        """Closes connections; call it after the workers have stopped."""
        await self.execution.close()
        await self.wakeup.close()
        await self.db.close()


async def build(settings: Settings, clock: Clock | None = None, checks: Checks | None = None) -> Services:
    """Builds the services of one process; the schema must be there already (`agentic-mlops migrate`).

    Args:
        settings: of this process.
        clock: the machine's when left out.
        checks: those that the settings name when left out.

    Raises:
        Invalid: a setting is not usable, or the catalogue or prices have an error.
        DatabaseUnavailable: the folder of the embedded database cannot be made.
    """
    faults.arm(settings.crash_at)
    clock = clock or SystemClock()
    db = Database(settings.sqlalchemy_url())
    wakeup: Wakeup = PostgresWakeup(db.url) if db.dialect == "postgresql" else LocalWakeup()
    audit = AuditLog(db, clock)
    events = EventLog(db, clock, wakeup)
    # The queue tells the runs of dead jobs, and the runs are built on the queue.
    runs: RunService

    async def tell_run(session: WriteSession, job: Job) -> None:
        await runs.on_dead_job(session, job)

    queue = JobQueue(
        db,
        clock,
        wakeup,
        lease_seconds=settings.lease_seconds,
        kinds=JOB_KINDS,
        audit=audit,
        on_dead=tell_run,
    )
    runs = RunService(queue, events, clock, audit)
    blobs = blob_store(settings)
    content = ContentStore(blobs)
    sandbox = sandbox_of(settings)
    refreshed_prices = settings.home / "prices" / "snapshot.json"
    knowledge = await asyncio.to_thread(
        lambda: Knowledge(
            load_catalogue(settings.catalogue_dir),
            load_prices(refreshed_prices),
            load_packs(settings.policy_dir),
        )
    )
    checks = checks or checks_of(settings, sandbox, knowledge.policies, cache=blobs)
    decisions = DesignDecisions(knowledge.catalogue, knowledge.policies, clock)
    approvals = ApprovalService(queue, events, audit, content, clock, decisions)
    projects = ProjectService(clock, audit)
    datasets = DatasetService(db, blobs, SandboxProfiler(sandbox, settings.runtime_python), clock, audit)
    execution = Execution(
        Foundation(
            settings.sqlalchemy_url(),
            db,
            queue,
            events,
            content,
            approvals,
            runs,
            knowledge,
            checks,
            StoredHistory(db, events, content),
            datasets,
            language_model(settings),
            clock,
        )
    )

    async def advance(attempt: Attempt) -> None:
        runner = await asyncio.to_thread(lambda: execution.runner)
        await runner.advance(attempt.job, attempt.lease, attempt.cancelled)

    sweep = ObjectSweep(db, queue, content, clock)

    async def sweep_objects(_attempt: Attempt) -> None:
        await sweep.run()

    async def gate_deadline(attempt: Attempt) -> None:
        runner = await asyncio.to_thread(lambda: execution.runner)
        await runner.on_deadline(attempt.job)

    return Services(
        settings=settings,
        clock=clock,
        db=db,
        wakeup=wakeup,
        queue=queue,
        events=events,
        audit=audit,
        blobs=blobs,
        content=content,
        projects=projects,
        shares=ShareService(projects, audit, clock),
        datasets=datasets,
        upload_limits=UploadLimits(bytes=settings.upload_limit_bytes),
        runs=runs,
        approvals=approvals,
        designs=DesignService(projects, runs, clock),
        what_ifs=WhatIfService(db, projects, content, knowledge, decisions),
        evidence=EvidenceService(db, projects, content, audit, clock),
        restores=RestoreService(db, projects, runs, content, audit, clock),
        idempotency=IdempotencyKeys(clock),
        sandbox=sandbox,
        checks=checks,
        knowledge=knowledge,
        handlers={ADVANCE: advance, GATE_DEADLINE: gate_deadline, SWEEP_OBJECTS: sweep_objects},
        sweep=sweep,
        execution=execution,
    )


def blob_store(settings: Settings) -> BlobStore:
    """The object store that the settings name: a folder, or S3."""
    if not settings.blob_url:
        from libs.storage.adapters.folder import FolderStore

        return FolderStore(settings.home / "blobs")
    from libs.storage.adapters.s3 import S3Store

    where = urlparse(settings.blob_url)
    return S3Store(
        bucket=where.netloc,
        prefix=where.path.strip("/"),
        endpoint_url=settings.s3_endpoint_url,
        region=settings.s3_region,
    )


def sandbox_of(settings: Settings) -> Sandbox:
    """The sandbox that the settings name."""
    if settings.sandbox == "recorded":
        from libs.sandbox.adapters.recorded import RecordedSandbox

        return RecordedSandbox({})
    from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox

    return BubblewrapSandbox()


def checks_of(
    settings: Settings, sandbox: Sandbox, policies: Policies | None = None, *, cache: BlobStore | None = None
) -> Checks:
    """The check suite over this machine's tools, or its twin.

    Args:
        settings: where the tools are.
        sandbox: where they run.
        policies: packs and waivers in force; those that the settings name when left out.
        cache: where verdicts are kept; without it every check runs each time.
    """
    if settings.checks == "twin":
        return RecordedChecks()
    policies = policies or load_packs(settings.policy_dir)
    tools = tools_of(settings)

    def present(waivers: tuple[WaiverEntry, ...]) -> str:
        judging = policies._replace(waivers=policies.waivers + waivers)
        return fingerprint(tools, judging, SystemClock().now().date())

    kept = ResultCache(cache, present) if cache else None
    return CheckSuite(all_checks(sandbox, tools, policies), cache=kept)


def tools_of(settings: Settings) -> ToolPaths:
    """Where the tools of the checks are."""
    return ToolPaths(
        runtime_python=settings.runtime_python,
        checkov=settings.checkov_bin,
        tools_bin=settings.tools_bin,
        terraform=settings.terraform_bin,
        terraform_mirror=settings.terraform_mirror,
        shown=settings.terraform_shown,
        mypy_cache=settings.tools_bin.parent / "mypy",
    )


def language_model(settings: Settings) -> LanguageModel | None:
    """The configured language model; None means the engine alone."""
    if not settings.model:
        return None
    kind, _, rest = settings.model.partition(":")
    if kind == "scripted":
        from libs.llm.adapters.scripted import ScriptedModel

        return ScriptedModel.from_file(Path(rest), deadline_s=settings.model_deadline_seconds)
    from libs.llm.adapters.chain import ChainModel

    return ChainModel(
        settings.model,
        deadline_s=settings.model_deadline_seconds,
        max_tokens=settings.model_max_tokens,
    )


__all__ = ["Attempt", "Services", "build", "plan_description"]
