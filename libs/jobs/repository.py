"""Every query on jobs; each changes a row only from the state that it expects."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, func, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from libs.db.session import AnySession, WriteSession
from libs.jobs.models import Claimed, Job, Lease
from libs.jobs.tables import JobRow

SWEEP_BATCH = 100


class JobRepository:
    """Rows of one store in, values out."""

    def __init__(self, dialect: str) -> None:
        self._insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        self._row_locks = dialect == "postgresql"

    async def add(self, session: WriteSession, values: dict[str, Any]) -> str:
        """Inserts a job; when its dedupe key is taken, returns the id of the job that has it."""
        statement = (
            self._insert(JobRow)
            .values(**values)
            .on_conflict_do_nothing(index_elements=[JobRow.dedupe_key])
            .returning(JobRow.id)
        )
        if (new_id := await session.scalar(statement)) is not None:
            return str(new_id)
        existing = select(JobRow.id).where(JobRow.dedupe_key == values["dedupe_key"])
        return str(await session.scalar(existing))

    async def find(self, session: AnySession, job_id: str) -> Job | None:
        """The job, or nothing."""
        row = await session.get(JobRow, job_id, populate_existing=True)
        return _job(row) if row else None

    async def claim_next(
        self, session: WriteSession, kinds: Sequence[str], worker_id: str, now: datetime, until: datetime
    ) -> Claimed | None:
        """Gives the next due job to the worker.

        Raises:
            IntegrityError: another worker claimed a job with the same lock key at this moment.
        """
        other = aliased(JobRow)
        locked = select(other.id).where(other.lock_key == JobRow.lock_key, other.status == "running").exists()
        due = (
            select(JobRow.id)
            .where(JobRow.status == "queued", JobRow.run_at <= now, JobRow.kind.in_(kinds))
            .where(or_(JobRow.lock_key.is_(None), not_(locked)))
            .order_by(JobRow.priority.desc(), JobRow.run_at, JobRow.id)
            .limit(1)
        )
        if self._row_locks:
            due = due.with_for_update(skip_locked=True)
        statement = (
            update(JobRow)
            .where(JobRow.id == due.scalar_subquery())
            .values(
                status="running",
                token=JobRow.token + 1,
                attempts=JobRow.attempts + 1,
                worker_id=worker_id,
                leased_until=until,
                started_at=now,
            )
        )
        job = await self._change(session, statement)
        if job is None:
            return None
        token = await session.scalar(select(JobRow.token).where(JobRow.id == job.id))
        return Claimed(job=job, lease=Lease(job_id=job.id, token=token or 0))

    async def change_held(
        self, session: WriteSession, lease: Lease, now: datetime, values: dict[str, Any]
    ) -> Job | None:
        """Changes a job that is held under the lease; returns it, or nothing when the lease is lost."""
        return await self._change(session, update(JobRow).where(_held(lease, now)).values(**values))

    async def change_from(
        self, session: WriteSession, job_id: str, status: str, values: dict[str, Any]
    ) -> Job | None:
        """Changes a job that is in the given status; returns it, or nothing."""
        statement = update(JobRow).where(JobRow.id == job_id, JobRow.status == status).values(**values)
        return await self._change(session, statement)

    async def find_held(self, session: WriteSession, lease: Lease, now: datetime) -> str | None:
        """The job's id if the lease holds; on PostgreSQL it then holds until the transaction ends."""
        statement = select(JobRow.id).where(_held(lease, now))
        if self._row_locks:
            statement = statement.with_for_update(read=True)
        return await session.scalar(statement)

    async def expired(self, session: AnySession, now: datetime) -> list[tuple[str, int]]:
        """Ids and tokens of running jobs whose lease ran out."""
        statement = (
            select(JobRow.id, JobRow.token)
            .where(JobRow.status == "running", JobRow.leased_until <= now)
            .order_by(JobRow.leased_until)
            .limit(SWEEP_BATCH)
        )
        return [(row.id, row.token) for row in await session.execute(statement)]

    async def lock_expired(self, session: WriteSession, job_id: str, token: int, now: datetime) -> Job | None:
        """The job, locked, if its lease is still expired and nobody else is at it."""
        statement = select(JobRow).where(
            JobRow.id == job_id,
            JobRow.token == token,
            JobRow.status == "running",
            JobRow.leased_until <= now,
        )
        if self._row_locks:
            statement = statement.with_for_update(skip_locked=True)
        row = await session.scalar(statement)
        return _job(row) if row else None

    async def ahead_of(self, session: AnySession, job: Job) -> int:
        """How many queued jobs are claimed before this one, were all of them due."""
        earlier = or_(
            JobRow.priority > job.priority,
            and_(JobRow.priority == job.priority, JobRow.run_at < job.run_at),
            and_(JobRow.priority == job.priority, JobRow.run_at == job.run_at, JobRow.id < job.id),
        )
        counted = select(func.count()).select_from(JobRow).where(JobRow.status == "queued", earlier)
        return await session.scalar(counted) or 0

    async def counts(self, session: AnySession) -> dict[str, int]:
        """How many jobs are in each status."""
        statement = select(JobRow.status, func.count()).group_by(JobRow.status)
        return dict((await session.execute(statement)).tuples().all())

    async def _change(self, session: WriteSession, statement: Update) -> Job | None:
        returning = statement.returning(JobRow).execution_options(
            synchronize_session=False, populate_existing=True
        )
        row = await session.scalar(returning)
        return _job(row) if row else None


def _held(lease: Lease, now: datetime) -> ColumnElement[bool]:
    return and_(
        JobRow.id == lease.job_id,
        JobRow.token == lease.token,
        JobRow.status == "running",
        JobRow.leased_until > now,
    )


def _job(row: JobRow) -> Job:
    return Job.model_validate({name: getattr(row, name) for name in Job.model_fields})
