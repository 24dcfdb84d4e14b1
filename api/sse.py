"""A run's event log as a server-sent event stream.

A client meets: `retry`, then every event above the last number it has seen, in order, each with `id:` = seq and
`event:` = type, then new ones as they are committed, and comments in between when it is quiet. The stream ends after a
`run-complete` that is the last event; after a retry others follow it. It also ends after a while, and whenever
anything between server and client cuts it: the client comes back with `Last-Event-ID` and misses nothing. Who comes
back after the last `run-complete` gets 204, which tells an EventSource not to come again; a client that learns of a
retry opens the stream anew.

A stream holds one page of events and no transaction, however long the story is; a client that does not read is cut.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from time import monotonic
from typing import cast

import structlog
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from libs.bootstrap import Services
from libs.core.errors import Unavailable
from libs.core.principal import Principal
from libs.core.values import canonical_json
from libs.events.errors import CursorAhead
from libs.events.models import Event
from libs.events.service import LAST

log = structlog.get_logger()

RETRY_MS = 1000
SEND_SECONDS = 30.0
"""A client that takes nothing for so long is cut."""


async def stream_of_run(
    services: Services, principal: Principal, run_id: str, *, last_event_id: str | None, after: int
) -> Response:
    """The stream of a run from the last number seen on; the header of a returning client outweighs its address.

    Raises:
        RunNotFound: no such run in the principal's organisation.
        CursorAhead: that number was never given out.
    """
    seen = int(last_event_id) if last_event_id else after
    latest = await services.events.latest_seq(principal, run_id)
    if seen > latest:
        raise CursorAhead(run_id=run_id, after=seen, latest=latest)
    if seen == latest and await _saw_the_end(services, run_id, seen):
        return Response(status_code=204)
    return EventSourceResponse(
        _messages(services, principal, run_id, seen),
        # The log's own heartbeat speaks only when it is quiet.
        ping=0,
        send_timeout=SEND_SECONDS,
        headers={"Cache-Control": "no-store, no-transform"},
    )


async def _saw_the_end(services: Services, run_id: str, seen: int) -> bool:
    """Whether the last event was seen: the run may have ended since its newest number was asked for."""
    async with services.db.read() as session:
        last = await services.events.last(session, run_id)
    return last is not None and last.type == LAST and last.seq <= seen


async def _messages(
    services: Services, principal: Principal, run_id: str, after: int
) -> AsyncIterator[ServerSentEvent]:
    lifetime = services.settings.stream_seconds
    ends_at = monotonic() + lifetime
    silence = min(services.settings.heartbeat_seconds, lifetime)
    yield ServerSentEvent(comment="connected", retry=RETRY_MS)
    try:
        feed = services.events.follow(principal, run_id, after, heartbeat_s=silence)
        async with aclosing(cast(AsyncGenerator[Event | None], feed)) as events:
            async for event in events:
                yield _message(event) if event is not None else ServerSentEvent(comment="heartbeat")
                if monotonic() >= ends_at:
                    return
    except Unavailable as error:
        # The answer has begun, so its status can no longer say it; the client comes back to the present one.
        log.warning("stream.ended", run_id=run_id, code=error.code, detail=error.message)


def _message(event: Event) -> ServerSentEvent:
    return ServerSentEvent(id=str(event.seq), event=event.type, data=canonical_json(event).decode())
