"""Every query on runs, node visits and gates; rows in, values out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Insert, Table, bindparam, func, insert, select, update

from libs.core.ids import new_id
from libs.core.principal import Role
from libs.db.session import AnySession, WriteSession
from libs.jobs.models import Holding
from libs.jobs.statements import find_held
from libs.runs.models import RETRYABLE_STATUSES, AgentRun, Approval, GateDecision, Run
from libs.runs.tables import AgentRunRow, ApprovalRow, RunRow

AGENT_RUNS = cast(Table, AgentRunRow.__table__)

COLUMNS = list(AGENT_RUNS.c)


def _insert_agent_run(row_locks: bool) -> Insert:
    values = [bindparam(f"v_{column.name}", type_=column.type).label(column.name) for column in COLUMNS]
    return (
        insert(AGENT_RUNS)
        .from_select(COLUMNS, find_held(row_locks).with_only_columns(*values))
        .returning(AGENT_RUNS.c.id)
    )


# Every node executes this; building it in Python costs more than running it.
INSERT_AGENT_RUN = {row_locks: _insert_agent_run(row_locks) for row_locks in (False, True)}


async def insert_run(session: WriteSession, run: Run) -> None:
    session.add(RunRow(**run.model_dump(mode="python")))
    await session.flush()


async def find_run(session: AnySession, organisation_id: str | None, run_id: str) -> Run | None:
    """The run; `None` as organisation is for the runner, which acts for the run itself."""
    query = select(RunRow).where(RunRow.id == run_id)
    if organisation_id is not None:
        query = query.where(RunRow.organisation_id == organisation_id)
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return _run(row) if row else None


async def list_runs(
    session: AnySession, organisation_id: str, *, status: str | None, after: str | None, limit: int
) -> list[Run]:
    query = select(RunRow).where(RunRow.organisation_id == organisation_id)
    if status is not None:
        query = query.where(RunRow.status == status)
    if after is not None:
        query = query.where(RunRow.id < after)
    return [
        _run(row) for row in (await session.execute(query.order_by(RunRow.id.desc()).limit(limit))).scalars()
    ]


async def unfinished_runs(session: AnySession, limit: int) -> list[Run]:
    """Runs that are neither final nor waiting for a person."""
    query = select(RunRow).where(RunRow.status.in_(("queued", "running"))).order_by(RunRow.id).limit(limit)
    return [_run(row) for row in (await session.execute(query)).scalars()]


async def set_run_status(
    session: WriteSession,
    run_id: str,
    status: str,
    *,
    problem: dict[str, Any] | None = None,
    finished_at: datetime | None = None,
) -> None:
    values: dict[str, Any] = {"status": status, "finished_at": finished_at}
    if problem is not None:
        values["problem"] = problem
    await session.execute(update(RunRow).where(RunRow.id == run_id).values(**values))


async def lock_run(session: WriteSession, run_id: str) -> Run | None:
    """The run, locked until the transaction ends, so that it ends once."""
    query = select(RunRow).where(RunRow.id == run_id).with_for_update()
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return _run(row) if row else None


async def reopen_run(session: WriteSession, run_id: str) -> bool:
    """Compare-and-set: queues a run that broke off, as if it had not ended; returns whether it had."""
    result = await session.execute(
        update(RunRow)
        .where(RunRow.id == run_id, RunRow.status.in_(RETRYABLE_STATUSES))
        .values(status="queued", problem=None, finished_at=None)
        .returning(RunRow.id)
    )
    return result.first() is not None


async def visit_updates(session: AnySession, run_id: str) -> dict[str, dict[str, Any]]:
    """What the finished visits of a run wrote into the state, by visit."""
    query = select(AGENT_RUNS.c.visit, AGENT_RUNS.c["update"]).where(AGENT_RUNS.c.run_id == run_id)
    return dict((await session.execute(query)).tuples().all())


async def insert_agent_run(
    session: WriteSession, run: Run, agent_run: AgentRun, written: dict[str, Any], holding: Holding
) -> bool:
    """Inserts a finished visit if the lease is held; returns whether it is. Then it is held until the commit."""
    values = {
        "id": new_id("agr"),
        "organisation_id": run.organisation_id,
        "project_id": run.project_id,
        "update": written,
        **agent_run.model_dump(mode="python"),
    }
    parameters = {f"v_{name}": value for name, value in values.items()}
    inserted = await session.execute(INSERT_AGENT_RUN[holding.row_locks], parameters | holding.parameters)
    return inserted.one_or_none() is not None


async def add_agent_run(session: WriteSession, run: Run, agent_run: AgentRun) -> None:
    """Inserts a visit that no job made, in a run that needs none."""
    owner = {"organisation_id": run.organisation_id, "project_id": run.project_id}
    session.add(AgentRunRow(id=new_id("agr"), update={}, **owner, **agent_run.model_dump(mode="python")))
    await session.flush()


async def list_agent_runs(session: AnySession, run_id: str) -> list[AgentRun]:
    query = select(AgentRunRow).where(AgentRunRow.run_id == run_id).order_by(AgentRunRow.id)
    rows = (await session.execute(query)).scalars()
    return [AgentRun.model_validate({n: getattr(row, n) for n in AgentRun.model_fields}) for row in rows]


async def insert_approval(session: WriteSession, approval: Approval) -> None:
    values = approval.model_dump(mode="python")
    values["request"] = approval.request.to_json()
    values["decision"] = approval.decision.to_json() if approval.decision else None
    values["votes"] = [vote.to_json() for vote in approval.votes]
    session.add(ApprovalRow(**values))
    await session.flush()


async def find_approval(session: AnySession, run_id: str, interrupt_id: str) -> Approval | None:
    query = select(ApprovalRow).where(ApprovalRow.run_id == run_id, ApprovalRow.interrupt_id == interrupt_id)
    row = (await session.execute(query)).scalar_one_or_none()
    return _approval(row) if row else None


async def find_approval_by_id(session: AnySession, organisation_id: str, gate_id: str) -> Approval | None:
    query = select(ApprovalRow).where(
        ApprovalRow.organisation_id == organisation_id, ApprovalRow.id == gate_id
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return _approval(row) if row else None


async def lock_approval(session: WriteSession, organisation_id: str | None, gate_id: str) -> Approval | None:
    """The gate, locked until the transaction ends, so that one decision at a time looks at it."""
    query = select(ApprovalRow).where(ApprovalRow.id == gate_id).with_for_update()
    if organisation_id is not None:
        query = query.where(ApprovalRow.organisation_id == organisation_id)
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return _approval(row) if row else None


async def waiting_approval(
    session: AnySession, organisation_id: str, decision_set_id: str
) -> Approval | None:
    """The gate of a decision set that waits for a decision."""
    query = (
        select(ApprovalRow)
        .where(
            ApprovalRow.organisation_id == organisation_id,
            ApprovalRow.decision_set_id == decision_set_id,
            ApprovalRow.status == "waiting",
        )
        .order_by(ApprovalRow.id.desc())
        .limit(1)
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return _approval(row) if row else None


async def list_waiting(session: AnySession, organisation_id: str, limit: int) -> list[Approval]:
    query = (
        select(ApprovalRow)
        .where(ApprovalRow.organisation_id == organisation_id, ApprovalRow.status == "waiting")
        .order_by(ApprovalRow.opened_at)
        .limit(limit)
    )
    return [_approval(row) for row in (await session.execute(query)).scalars()]


async def count_approvals(session: AnySession, run_id: str) -> int:
    query = select(func.count()).select_from(ApprovalRow).where(ApprovalRow.run_id == run_id)
    return int((await session.execute(query)).scalar_one())


async def take_decision(
    session: WriteSession, gate_id: str, digest: str, decision: GateDecision, actor: str, at: datetime
) -> bool:
    """Compare-and-set: writes the decision if the gate still waits and still shows that digest."""
    result = await session.execute(
        update(ApprovalRow)
        .where(ApprovalRow.id == gate_id, ApprovalRow.status == "waiting", ApprovalRow.digest == digest)
        .values(status="decided", decision=decision.to_json(), decided_by=actor, decided_at=at)
        .returning(ApprovalRow.id)
    )
    return result.first() is not None


async def retire_approval(session: WriteSession, approval: Approval) -> None:
    """Gives the interrupt of a gate back, so that it can be asked again; the row stays for the record."""
    await session.execute(
        update(ApprovalRow)
        .where(ApprovalRow.id == approval.id)
        .values(interrupt_id=f"{approval.interrupt_id}.{approval.id}")
    )


async def set_votes(session: WriteSession, gate_id: str, votes: Sequence[dict[str, Any]]) -> None:
    await session.execute(update(ApprovalRow).where(ApprovalRow.id == gate_id).values(votes=list(votes)))


async def set_deadline(
    session: WriteSession, gate_id: str, *, deadline_at: datetime | None, reminders: int, role: Role
) -> None:
    await session.execute(
        update(ApprovalRow)
        .where(ApprovalRow.id == gate_id)
        .values(deadline_at=deadline_at, reminders=reminders, role=role)
    )


async def cancel_waiting(session: WriteSession, run_id: str) -> None:
    await session.execute(
        update(ApprovalRow)
        .where(ApprovalRow.run_id == run_id, ApprovalRow.status == "waiting")
        .values(status="cancelled")
    )


def _run(row: RunRow) -> Run:
    return Run.model_validate({name: getattr(row, name) for name in Run.model_fields})


def _approval(row: ApprovalRow) -> Approval:
    return Approval.model_validate({name: getattr(row, name) for name in Approval.model_fields})
