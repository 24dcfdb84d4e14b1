"""Live streams of runs."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from starlette.responses import Response

from api.deps import IdPath, PrincipalDep, ServicesDep
from api.sse import stream_of_run

router = APIRouter(tags=["streams"])

LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        pattern="^[0-9]{0,18}$",
        description="The last `id` received; the stream goes on behind it.",
    ),
]
After = Annotated[
    int, Query(ge=0, lt=10**18, description="As Last-Event-ID, for clients that cannot set headers.")
]
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events of the run; `id` is the event's number, `event` its type, `data` the event as JSON.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    204: {"description": "The run is complete and every event was seen; do not come back."},
}


@router.get("/streams/{decision_set_id}", responses=STREAM, response_class=Response)
async def stream_decision_set(
    decision_set_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    last_event_id: LastEventId = None,
    after: After = 0,
) -> Response:
    """The story of the decision set's design run, from its first event on and live."""
    async with services.db.read() as session:
        decision_set = await services.projects.decision_set(session, principal, decision_set_id)
    return await stream_of_run(
        services, principal, decision_set.run_id, last_event_id=last_event_id, after=after
    )


@router.get("/runs/{run_id}/stream", responses=STREAM, response_class=Response)
async def stream_run(
    run_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    last_event_id: LastEventId = None,
    after: After = 0,
) -> Response:
    """The story of a run, from its first event on and live."""
    return await stream_of_run(services, principal, run_id, last_event_id=last_event_id, after=after)
