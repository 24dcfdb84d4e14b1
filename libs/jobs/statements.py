"""The changing statements of the queue, built once: a claim costs more to build in Python than to run."""

from functools import cache
from typing import Literal, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    Update,
    and_,
    bindparam,
    not_,
    or_,
    select,
    update,
)

from libs.db.base import UtcDateTime
from libs.jobs.tables import JobRow

JOBS = cast(Table, JobRow.__table__)

State = Literal["held", "in_status"]
"""The state from which a job is changed: held under a lease, or in a given status."""

NOW = bindparam("b_now", type_=UtcDateTime())


def held() -> ColumnElement[bool]:
    """The job is held under the lease of `b_id` and `b_token` at `b_now`."""
    return and_(
        JOBS.c.id == bindparam("b_id"),
        JOBS.c.token == bindparam("b_token"),
        JOBS.c.status == "running",
        JOBS.c.leased_until > NOW,
    )


@cache
def find_held(row_locks: bool) -> Select[tuple[str]]:
    """Finds a held job; with row locks it stays held until the transaction ends."""
    statement = select(JOBS.c.id).where(held())
    return statement.with_for_update(read=True) if row_locks else statement


@cache
def claim(row_locks: bool) -> Update:
    """Gives the next due job of `b_kinds` to `b_worker` until `b_until`."""
    other = JOBS.alias("other")
    locked = (
        select(other.c.id).where(other.c.lock_key == JOBS.c.lock_key, other.c.status == "running").exists()
    )
    due = (
        select(JOBS.c.id)
        .where(JOBS.c.status == "queued", JOBS.c.run_at <= NOW)
        .where(JOBS.c.kind.in_(bindparam("b_kinds", expanding=True, type_=String())))
        .where(or_(JOBS.c.lock_key.is_(None), not_(locked)))
        .order_by(JOBS.c.priority.desc(), JOBS.c.run_at, JOBS.c.id)
        .limit(1)
    )
    if row_locks:
        due = due.with_for_update(skip_locked=True)
    return (
        update(JOBS)
        .where(JOBS.c.id == due.scalar_subquery())
        .values(
            status="running",
            token=JOBS.c.token + 1,
            attempts=JOBS.c.attempts + 1,
            worker_id=bindparam("b_worker"),
            leased_until=bindparam("b_until", type_=UtcDateTime()),
            started_at=NOW,
        )
        .returning(*JOBS.c)
    )


@cache
def change(state: State, columns: frozenset[str]) -> Update:
    """Sets the columns of one job, each to the parameter `v_<column>`, if the job is in that state."""
    where = (
        held()
        if state == "held"
        else and_(JOBS.c.id == bindparam("b_id"), JOBS.c.status == bindparam("b_status"))
    )
    values = {name: bindparam(f"v_{name}", type_=JOBS.c[name].type) for name in sorted(columns)}
    return update(JOBS).where(where).values(values).returning(*JOBS.c)
