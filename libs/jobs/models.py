"""Jobs, leases and kinds of jobs as values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from libs.core.values import Json, Value
from libs.jobs.retry import Retry

JobStatus = Literal["queued", "running", "done", "dead", "cancelled"]

FINISHED: frozenset[JobStatus] = frozenset({"done", "dead", "cancelled"})

NEW_JOB = "jobs"
"""Wake-up channel of waiting workers."""


def cancel_channel(job_id: str) -> str:
    """Wake-up channel of the worker that runs the job."""
    return f"job:{job_id}"


class Job(Value):
    """One piece of queued work and what became of it so far."""

    id: str
    kind: str
    """`package.verb`."""
    status: JobStatus
    payload: dict[str, Any]
    organisation_id: str
    project_id: str
    run_id: str | None
    correlation_id: str | None
    priority: int
    """Higher goes first."""
    run_at: datetime
    """Not before this moment."""
    attempts: int
    """How often it was claimed, without the attempts that were given back."""
    max_attempts: int
    lock_key: str | None
    """Jobs with the same key run one at a time."""
    dedupe_key: str | None
    worker_id: str | None
    """Who holds it, or held it last."""
    leased_until: datetime | None
    cancel_requested: bool
    error: str | None
    """Why the last attempt failed, or why the job is dead."""
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class Lease(Value):
    """The right to work on a job: valid until it expires or the job's token grows."""

    job_id: str
    token: int
    """Fencing token; grows with every claim."""


class Holding(Value):
    """A lease as a condition in a statement of somebody else's: see `statements.find_held`."""

    row_locks: bool
    """Whether the store locks rows, so that the statement must lock the job's."""
    parameters: dict[str, Any]


class Claimed(Value):
    """A job together with the lease under which it may be worked on."""

    job: Job
    lease: Lease


class Heartbeat(Value):
    """What a worker learns when it renews a lease."""

    held: bool
    cancel_requested: bool = False


def _no_lock(_payload: Json) -> str | None:
    return None


@dataclass(frozen=True)
class JobKind:
    """How a kind of job is run; each package declares its own in `jobs.py`."""

    name: str
    """`package.verb`."""
    retry: Retry = field(default_factory=Retry)
    timeout_s: float = 600.0
    """Longest duration of one attempt."""
    lock_key: Callable[[Json], str | None] = _no_lock
    """From the payload, the key under which jobs run one at a time."""
