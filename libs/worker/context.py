"""What a job's handler is given, and what it may say back."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from libs.jobs.models import Job, Lease


@dataclass(frozen=True)
class JobContext:
    """One attempt at a job, as its handler sees it."""

    job: Job
    lease: Lease
    """Passed to `JobQueue.assert_held` at the start of every transaction that the handler opens."""
    correlation_id: str | None
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when someone asked to stop; the handler raises `JobCancelled`, or is ended after a grace time."""


Handler = Callable[[JobContext], Awaitable[None]]
"""Returning ends the job as done; `Unavailable` tries it again; any other error ends it. It may run twice."""
