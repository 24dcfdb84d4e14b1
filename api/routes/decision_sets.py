"""Decision sets: the list, one of them and its forks, and its story."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import JSONResponse

from api.deps import (
    CorrelationDep,
    Cursor,
    IdempotencyKey,
    IdPath,
    IfMatch,
    Limit,
    PrincipalDep,
    Search,
    ServicesDep,
)
from api.etags import etag_of, require_match
from api.idempotency import Once
from api.schemas.designs import (
    ArtifactRead,
    DecisionSetPatch,
    DecisionSetRead,
    DecisionSetSummary,
    DesignDataset,
    EvidenceRead,
    RestoreRead,
)
from api.schemas.page import Page
from libs.bootstrap import Services
from libs.core.principal import Principal
from libs.db.session import AnySession, WriteSession
from libs.events.models import Event, ReasonCard
from libs.projects.models import DecisionSet, DecisionSetFilter, DecisionSetStatus, ListedDecisionSet
from libs.runs.errors import NoGateWaiting

router = APIRouter(prefix="/decision-sets", tags=["decision sets"])

SCAN = 500
"""Events that are read at once in search of cards."""
EventCursor = Annotated[
    str | None, Query(pattern=r"^\d{1,18}$", description="`next_cursor` of the page before.")
]


@router.get("", response_model=Page[DecisionSetSummary])
async def list_decision_sets(
    services: ServicesDep,
    principal: PrincipalDep,
    q: Search = "",
    project_id: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{1,80}$")] = None,
    line_id: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{1,80}$")] = None,
    status: DecisionSetStatus | None = None,
    pinned: bool | None = None,
    archived: Annotated[bool, Query(description="True: archived ones are listed, too.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[DecisionSetSummary]:
    """Decision sets, newest first; `q` looks into their titles and the names of their projects."""
    wanted = DecisionSetFilter(
        text=q, project_id=project_id, line_id=line_id, status=status, pinned=pinned, archived=archived
    )
    async with services.db.read() as session:
        found = await services.projects.decision_sets(
            session, principal, wanted, after=cursor, limit=limit + 1
        )
    return _page(found, limit)


@router.get("/{decision_set_id}", response_model=DecisionSetRead)
async def get_decision_set(
    decision_set_id: IdPath, response: Response, services: ServicesDep, principal: PrincipalDep
) -> DecisionSetRead:
    """One version of a project's design, with the gate that waits; `ETag` is its version for `If-Match`."""
    async with services.db.read() as session:
        decision_set = await services.projects.decision_set(session, principal, decision_set_id)
        shown = await _shown(services, session, principal, decision_set)
    response.headers["ETag"] = etag_of(decision_set)
    return shown


@router.patch("/{decision_set_id}", response_model=DecisionSetRead)
async def change_decision_set(
    decision_set_id: IdPath,
    body: DecisionSetPatch,
    services: ServicesDep,
    principal: PrincipalDep,
    if_match: IfMatch = None,
) -> JSONResponse:
    """Renames, pins or archives a decision set, or takes that back; a gate that waits is left as it is."""
    headers: dict[str, str] = {}

    async def change(session: WriteSession) -> DecisionSetRead:
        found = await services.projects.decision_set(session, principal, decision_set_id)
        changed = await services.projects.change_decision_set(
            session, principal, decision_set_id, **body.model_dump(), seen=require_match(found, if_match)
        )
        headers["ETag"] = etag_of(changed)
        return await _shown(services, session, principal, changed)

    once = Once(services, principal, None, f"PATCH /api/decision-sets/{decision_set_id}", body, 200)
    return await once.answer(change, headers=headers)


@router.get("/{decision_set_id}/branches", response_model=Page[DecisionSetSummary])
async def list_branches(
    decision_set_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    cursor: Cursor = None,
    limit: Limit = 200,
) -> Page[DecisionSetSummary]:
    """The decision set, what it was forked from and all other forks of that origin, archived ones too, oldest first."""
    async with services.db.read() as session:
        found = await services.projects.branches(
            session, principal, decision_set_id, after=cursor, limit=limit + 1
        )
    return _page(found, limit)


@router.get("/{decision_set_id}/events", response_model=Page[Event])
async def list_events(
    decision_set_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    cursor: EventCursor = None,
    limit: Limit = 100,
) -> Page[Event]:
    """The story of the design run so far, in order; read on behind the last event with `cursor`."""
    run_id = await _run_id(services, principal, decision_set_id)
    events = await services.events.read(principal, run_id, int(cursor or 0), limit)
    return Page[Event](items=events, next_cursor=str(events[-1].seq) if len(events) == limit else None)


@router.get("/{decision_set_id}/cards", response_model=Page[ReasonCard])
async def list_cards(
    decision_set_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    cursor: EventCursor = None,
    limit: Limit = 100,
) -> Page[ReasonCard]:
    """Why every step decided as it did, in order."""
    run_id = await _run_id(services, principal, decision_set_id)
    after = int(cursor or 0)
    cards: list[ReasonCard] = []
    while events := await services.events.read(principal, run_id, after, SCAN):
        for event in events:
            after = event.seq
            if event.type == "reason-card":
                cards.append(ReasonCard.model_validate(event.data))
            if len(cards) == limit:
                return Page[ReasonCard](items=cards, next_cursor=str(after))
    return Page[ReasonCard](items=cards)


@router.get("/{decision_set_id}/artifacts", response_model=Page[ArtifactRead])
async def list_artifacts(
    decision_set_id: IdPath, services: ServicesDep, principal: PrincipalDep
) -> Page[ArtifactRead]:
    """Everything the run has stored so far, oldest first; a later one of the same name replaces the earlier."""
    async with services.db.read() as session:
        found = await services.projects.artifacts(session, principal, decision_set_id)
    return Page[ArtifactRead](items=[ArtifactRead.of(artifact) for artifact in found])


@router.post(
    "/{decision_set_id}/evidence",
    response_model=EvidenceRead,
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    },
    # The body is read as it is, so the framework does not see that the request can be wrong.
    responses={422: {"description": "It is no record of a run"}},
)
async def attach_evidence(
    decision_set_id: IdPath, request: Request, services: ServicesDep, principal: PrincipalDep
) -> EvidenceRead:
    """Keeps `reports/run_evidence.json` of the generated repository beside the version it is about."""
    return EvidenceRead.of(await services.evidence.attach(principal, decision_set_id, await request.body()))


@router.post("/{decision_set_id}/restore", status_code=201, response_model=RestoreRead)
async def restore(
    decision_set_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    correlation_id: CorrelationDep,
    idempotency_key: IdempotencyKey = None,
) -> JSONResponse:
    """Makes the newest version out of an earlier, finished one: the same design, the same files, to the byte."""
    # Comparing two repositories takes a while, so it is done before the transaction begins.
    restorable = await services.restores.prepare(principal, decision_set_id)

    async def restored(session: WriteSession) -> RestoreRead:
        made = await services.restores.restore(session, principal, restorable, correlation_id)
        return RestoreRead.model_validate(made.model_dump())

    operation = f"POST /api/decision-sets/{decision_set_id}/restore"
    return await Once(services, principal, idempotency_key, operation, None, 201).answer(restored)


def _page(found: Sequence[ListedDecisionSet], limit: int) -> Page[DecisionSetSummary]:
    return Page[DecisionSetSummary](
        items=[DecisionSetSummary.of(item) for item in found[:limit]],
        next_cursor=found[limit - 1].decision_set.id if len(found) > limit else None,
    )


async def _shown(
    services: Services, session: AnySession, principal: Principal, decision_set: DecisionSet
) -> DecisionSetRead:
    beginning = await services.designs.beginning(session, principal, decision_set)
    try:
        waiting = await services.approvals.waiting(session, principal, decision_set.id)
    except NoGateWaiting:
        waiting = None
    dataset = None
    if chosen := beginning.dataset:
        table = await services.datasets.find(session, principal, chosen.id)
        name = table.name if table else None
        dataset = DesignDataset(id=chosen.id, name=name, target=chosen.target, task=chosen.task)
    return DecisionSetRead.of(decision_set, beginning, dataset, waiting)


async def _run_id(services: ServicesDep, principal: PrincipalDep, decision_set_id: str) -> str:
    async with services.db.read() as session:
        return (await services.projects.decision_set(session, principal, decision_set_id)).run_id
