"""Runs and jobs as the API shows them."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from libs.jobs.models import Job, JobStatus
from libs.runs.models import AgentRun, Run, RunStatus


class RunRead(BaseModel):
    """One execution of a workflow."""

    id: str
    project_id: str
    decision_set_id: str
    kind: Literal["design", "training", "batch"]
    status: RunStatus
    thread_id: str
    input: dict[str, Any]
    problem: dict[str, Any] | None
    """What happened, what was kept, what to do next; for failed, blocked and rejected runs."""
    actor: str
    correlation_id: str
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, run: Run) -> "RunRead":
        return cls.model_validate(run.model_dump(exclude={"organisation_id"}))


class RunDetail(RunRead):
    """One execution of a workflow, with its place in the queue."""

    position: int | None
    """How many waiting jobs are before the one that this run waits for; null when it waits for none."""

    @classmethod
    def placed(cls, run: Run, position: int | None) -> "RunDetail":
        return cls.model_validate({**run.model_dump(exclude={"organisation_id"}), "position": position})


class AgentRunRead(BaseModel):
    """One finished visit of a node: who worked, how long, at what cost."""

    run_id: str
    visit: str
    node: str
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    seconds: float
    finished_at: datetime

    @classmethod
    def of(cls, agent_run: AgentRun) -> "AgentRunRead":
        return cls.model_validate(agent_run.model_dump())


class JobRead(BaseModel):
    """Queued work and what became of it so far."""

    id: str
    kind: str
    status: JobStatus
    position: int | None
    """How many waiting jobs are before this one; null when it does not wait."""
    run_id: str | None
    attempts: int
    max_attempts: int
    cancel_requested: bool
    error: str | None
    run_at: datetime
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, job: Job, position: int | None) -> "JobRead":
        shown = {name: getattr(job, name) for name in cls.model_fields if name != "position"}
        return cls.model_validate({**shown, "position": position})
