"""Starting a design: a message becomes a decision set, a run and a job, or nothing at all."""

from datetime import date
from typing import cast

from pydantic import Field

from libs.accounts.rights import require
from libs.codegen import titles
from libs.core.clock import Clock
from libs.core.errors import Invalid
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.core.values import Json, Value
from libs.datasets.models import DatasetChoice
from libs.db.session import AnySession, WriteSession
from libs.intake.answers import validate_value
from libs.intake.errors import AnswerInvalid
from libs.intake.models import FieldName
from libs.projects import repository as projects
from libs.projects.errors import ProjectDeleted
from libs.projects.models import DecisionSet, GatePolicy
from libs.projects.service import ProjectService
from libs.runs.lifecycle import RunService

BRIEF_LIMIT = 200_000
"""Characters of one brief; longer ones are refused with the figure."""
DEFAULT_PROJECT = "Designs"


class DesignOptions(Value):
    """What may be chosen when a design starts."""

    as_of: date | None = None
    """Date for price ages and waivers; today when left out. Recorded, so that a design can be repeated."""
    gate_policy: GatePolicy | None = None
    """For a project that this request creates."""
    name: str = ""
    """Name of the generated repository; when left out, that of the version that this one continues, and for a first one
    derived from the brief."""


class StartDesign(Value):
    """A brief, for a new design or as the next version of one."""

    messages: tuple[str, ...] = Field(min_length=1, max_length=20)
    project_id: str | None = None
    decision_set_id: str | None = None
    """The design that this one continues: the message makes a child version of it."""
    fork_of: str | None = None
    """The design whose messages these replace: the new one begins where that one began and knows nothing of it."""
    dataset: DatasetChoice | None = None
    """The table to design for; a child version keeps its parent's, and a fork that of the design that it forks,
    unless another one is named."""
    constraints: Json = {}
    """Field → value that the person gave beside the message; counts like answers at a gate."""
    options: DesignOptions = DesignOptions()


class StartedDesign(Value):
    """Where to look from now on."""

    decision_set_id: str
    thread_id: str
    run_id: str
    job_id: str
    status: str


class Beginning(Value):
    """What a design was started with."""

    messages: tuple[str, ...]
    """Its own; a child version reads those of its parent before them."""
    dataset: DatasetChoice | None
    name: str
    """What a person called its repository; empty when nobody did."""


class DesignService:
    """Starts designs, and says how one was started. Callers own the transaction."""

    def __init__(self, projects_service: ProjectService, runs: RunService, clock: Clock) -> None:
        self._projects = projects_service
        self._runs = runs
        self._clock = clock

    async def start(
        self, session: WriteSession, principal: Principal, request: StartDesign, correlation_id: str
    ) -> StartedDesign:
        """Admits a design.

        Raises:
            Invalid: the brief is empty or too long, or is to be both a child version and a fork.
            AnswerInvalid: a constraint has a wrong value, or there is no such field.
            ProjectNotFound, DecisionSetNotFound: unknown ids, also those of another organisation.
            ProjectDeleted: the project that was named was deleted; new versions and forks of its designs may start.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        messages = tuple(checked_message(message) for message in request.messages)
        constraints = checked_constraints(request.constraints)
        if request.fork_of is not None and request.decision_set_id is not None:
            raise Invalid(
                "A design is either a child version or a fork, not both.",
                advice="Nothing was started. Send `decision_set_id` to go on from it, or `fork_of` to begin it again.",
            )
        forked = await self._find(session, principal, request.fork_of)
        parent = await self._find(session, principal, forked.parent_id if forked else request.decision_set_id)
        source = forked or parent
        project_id = source.project_id if source else await self._project_id(session, principal, request)
        began = await self.beginning(session, principal, source) if source else None
        now = self._clock.now()
        decision_set_id = new_id("ds")
        line_id = source.line_id if source else decision_set_id
        decision_set = DecisionSet(
            id=decision_set_id,
            organisation_id=principal.organisation_id,
            project_id=project_id,
            parent_id=parent.id if parent else None,
            forked_from=forked.id if forked else None,
            line_id=line_id,
            version=await projects.next_version(session, project_id, line_id),
            thread_id=new_id("thread"),
            run_id=new_id("run"),
            status="queued",
            title=title_of(messages[0]) if parent is None else parent.title,
            constraints=[],
            plan_sha256=None,
            payload_sha256=None,
            summary={},
            created_by=principal.actor,
            created_at=now,
            updated_at=now,
            lock_version=1,
        )
        run_input = {
            "messages": list(messages),
            "as_of": (request.options.as_of or now.date()).isoformat(),
            "name": request.options.name or (began.name if began else ""),
            "parent_id": decision_set.parent_id,
            "forked": forked is not None,
            "dataset": _dataset(request, began),
            "constraints": constraints,
        }
        run, job_id = await self._runs.admit_design(
            session, principal, decision_set, run_input, correlation_id
        )
        return StartedDesign(
            decision_set_id=decision_set.id,
            thread_id=decision_set.thread_id,
            run_id=run.id,
            job_id=job_id,
            status=run.status,
        )

    async def beginning(
        self, session: AnySession, principal: Principal, decision_set: DecisionSet
    ) -> Beginning:
        """What the design was started with, as its run keeps it."""
        run = await self._runs.get(session, principal, decision_set.run_id)
        # Runs that were admitted before there were datasets have no such input.
        return Beginning(
            messages=run.input["messages"], dataset=run.input.get("dataset"), name=run.input["name"]
        )

    async def _find(
        self, session: WriteSession, principal: Principal, decision_set_id: str | None
    ) -> DecisionSet | None:
        if decision_set_id is None:
            return None
        return await self._projects.decision_set(session, principal, decision_set_id)

    async def _project_id(self, session: WriteSession, principal: Principal, request: StartDesign) -> str:
        if request.project_id is not None:
            project = await self._projects.get(session, principal, request.project_id)
            if project.archived:
                raise ProjectDeleted(
                    f"The project {project.name!r} was deleted.",
                    advice="Nothing was started. Choose another project, or none.",
                    project_id=project.id,
                )
            return project.id
        if request.options.gate_policy is not None:
            name = f"{title_of(request.messages[0])[:80]} {new_id('p')[-6:]}"
            created = await self._projects.create(session, principal, name, request.options.gate_policy)
            return created.id
        return (await self._projects.ensure(session, principal, DEFAULT_PROJECT)).id


def checked_message(message: str) -> str:
    """The message as it is kept: without control characters, neither empty nor too long."""
    cleaned = "".join(c for c in message if c in "\n\t" or c.isprintable()).strip()
    if not cleaned:
        raise Invalid(
            "The brief is empty.",
            advice="Nothing was started. Describe the system in a few sentences: what it predicts, for whom, how "
            "fast, how often, where, and what it may cost.",
        )
    if len(cleaned) > BRIEF_LIMIT:
        raise Invalid(
            f"The brief has {len(cleaned):,} characters; at most {BRIEF_LIMIT:,} are read.",
            advice="Nothing was started. Send the part that states requirements.",
            limit=BRIEF_LIMIT,
        )
    return cleaned


def checked_constraints(constraints: Json) -> Json:
    """The constraints with their values in canonical form.

    Raises:
        AnswerInvalid: names the first field that there is not, or whose value is wrong.
    """
    checked: Json = {}
    for field, value in constraints.items():
        try:
            checked[field] = validate_value(cast(FieldName, field), value)
        except AnswerInvalid as error:
            advice = f"Nothing was started. {error.advice}".strip()
            message = error.message if field in error.message else f"{field}: {error.message}"
            raise AnswerInvalid(message, advice=advice, **error.facts) from error
    return checked


def _dataset(request: StartDesign, began: Beginning | None) -> Json | None:
    chosen = request.dataset or (began.dataset if began else None)
    return chosen.to_json() if chosen else None


def title_of(message: str) -> str:
    """What a design is called in lists: what its brief asks for, or its first words where it does not say so."""
    words = " ".join(message.split())
    first = words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + "…"
    return titles.title_of(message) or titles.wish_of(message) or first
