"""Names every request, in its logs and in its answer, and turns what nobody caught into a problem without a trace."""

import re
from time import monotonic

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import title_of
from api.problem import ProblemResponse
from libs.core.logging import bound
from libs.runs.lifecycle import new_correlation_id

log = structlog.get_logger()

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET_PATHS = frozenset({"/healthz", "/readyz"})


class CorrelationMiddleware:
    """Accepts a well-formed X-Request-ID or makes one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        correlation_id = given if ACCEPTED.fullmatch(given) else new_correlation_id()
        scope.setdefault("state", {})["correlation_id"] = correlation_id
        status = 0
        began = monotonic()

        async def named_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = correlation_id
            await send(message)

        with bound(correlation_id=correlation_id):
            try:
                await self._app(scope, receive, named_send)
            except Exception:
                log.exception("request.crashed", method=scope["method"], path=scope["path"])
                if status:
                    # The answer has begun; only a cut connection can tell the client that it is not whole.
                    raise
                await _crashed(correlation_id)(scope, receive, named_send)
            finally:
                if scope["path"] not in QUIET_PATHS:
                    log.info(
                        "request.done",
                        method=scope["method"],
                        path=scope["path"],
                        status=status,
                        seconds=round(monotonic() - began, 4),
                    )


def _crashed(correlation_id: str) -> ProblemResponse:
    return ProblemResponse(
        status=500,
        title=title_of(500),
        detail="An error that nobody expected ended this request.",
        code="api.internal",
        advice="Nothing of this request was stored. Try again; if it stays, give the correlation id to the operator.",
        correlation_id=correlation_id,
    )
