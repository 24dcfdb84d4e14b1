"""Every query on jobs; each changes a row only from the state that it expects."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from libs.db.session import AnySession, WriteSession
from libs.jobs import statements
from libs.jobs.models import Claimed, Holding, Job, Lease
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
        parameters = {"b_kinds": list(kinds), "b_worker": worker_id, "b_now": now, "b_until": until}
        row = (await session.execute(statements.claim(self._row_locks), parameters)).one_or_none()
        return Claimed(job=_job(row), lease=Lease(job_id=row.id, token=row.token)) if row else None

    async def change_held(
        self, session: WriteSession, lease: Lease, now: datetime, values: dict[str, Any]
    ) -> Job | None:
        """Changes a job that is held under the lease; returns it, or nothing when the lease is lost."""
        where = {"b_id": lease.job_id, "b_token": lease.token, "b_now": now}
        return await self._change(session, "held", where, values)

    async def change_from(
        self, session: WriteSession, job_id: str, status: str, values: dict[str, Any]
    ) -> Job | None:
        """Changes a job that is in the given status; returns it, or nothing."""
        return await self._change(session, "in_status", {"b_id": job_id, "b_status": status}, values)

    def holding(self, lease: Lease, now: datetime) -> Holding:
        """The lease as a condition; on PostgreSQL it then holds until the transaction ends."""
        parameters = {"b_id": lease.job_id, "b_token": lease.token, "b_now": now}
        return Holding(row_locks=self._row_locks, parameters=parameters)

    async def find_held(self, session: WriteSession, lease: Lease, now: datetime) -> str | None:
        """The job's id if the lease holds."""
        holding = self.holding(lease, now)
        found = await session.execute(statements.find_held(holding.row_locks), holding.parameters)
        row = found.one_or_none()
        return str(row[0]) if row else None

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

    async def waiting_of(self, session: AnySession, run_id: str) -> Job | None:
        """The job of a run that is claimed next, were all of them due."""
        query = select(JobRow).where(JobRow.run_id == run_id, JobRow.status == "queued")
        ordered = query.order_by(JobRow.priority.desc(), JobRow.run_at, JobRow.id).limit(1)
        row = (await session.execute(ordered)).scalar_one_or_none()
        return None if row is None else _job(row)

    async def unfinished_of(self, session: AnySession, run_id: str) -> list[str]:
        """Ids of the jobs of a run that are queued or running."""
        query = select(JobRow.id).where(JobRow.run_id == run_id, JobRow.status.in_(("queued", "running")))
        return list((await session.execute(query)).scalars())

    async def counts(self, session: AnySession) -> dict[str, int]:
        """How many jobs are in each status."""
        statement = select(JobRow.status, func.count()).group_by(JobRow.status)
        return dict((await session.execute(statement)).tuples().all())

    async def _change(
        self, session: WriteSession, state: statements.State, where: dict[str, Any], values: dict[str, Any]
    ) -> Job | None:
        statement = statements.change(state, frozenset(values))
        parameters = where | {f"v_{name}": value for name, value in values.items()}
        row = (await session.execute(statement, parameters)).one_or_none()
        return _job(row) if row else None


def _job(row: JobRow | Row[Any]) -> Job:
    return Job.model_validate({name: getattr(row, name) for name in Job.model_fields})
