"""Reads the body up to the limit before the application sees it, so that a large one costs neither memory nor work."""

from collections import deque
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import title_of
from api.problem import ProblemResponse

DRAIN_BYTES = 32_000_000
"""How much of a body that is too large is read and thrown away, so that the client reads the answer, not a reset."""


class BodyLimitMiddleware:
    """Refuses bodies over the limit, announced or chunked, with 413."""

    def __init__(
        self, app: ASGIApp, limit: int, streamed: Mapping[tuple[str, str], int] | None = None
    ) -> None:
        """
        Args:
            app: what answers.
            limit: of a body, in bytes.
            streamed: limits of what is read piece by piece, by method and path; the route holds them while it
                reads, and here only what is announced is looked at.
        """
        self._app = app
        self._limit = limit
        self._streamed = dict(streamed or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "0")
        size = int(announced) if announced.isdecimal() else 0
        streamed = self._streamed.get((scope["method"], scope["path"]))
        limit = self._limit if streamed is None else streamed
        if size > limit:
            # A client that asked for permission first has sent nothing yet, and one that announces very much is cut.
            if "expect" not in headers and size <= DRAIN_BYTES:
                await _drain(receive, 0)
            await self._refusal(scope, limit)(scope, receive, send)
            return
        if streamed is not None:
            await self._app(scope, receive, send)
            return
        messages: deque[Message] = deque()
        seen = 0
        while True:
            message = await receive()
            messages.append(message)
            if message["type"] != "http.request":
                break
            seen += len(message.get("body", b""))
            if seen > self._limit:
                messages.clear()
                await _drain(receive, seen) if message.get("more_body") else None
                await self._refusal(scope, limit)(scope, receive, send)
                return
            if not message.get("more_body"):
                break

        async def replay() -> Message:
            return messages.popleft() if messages else await receive()

        await self._app(scope, replay, send)

    def _refusal(self, scope: Scope, limit: int) -> ProblemResponse:
        return ProblemResponse(
            status=413,
            title=title_of(413),
            detail=f"The body is larger than {limit:,} bytes.",
            code="api.body_too_large",
            advice=f"Nothing of it was kept. Send at most {limit:,} bytes.",
            correlation_id=scope.get("state", {}).get("correlation_id"),
            facts={"limit_bytes": limit},
            headers={"Connection": "close"},
        )


async def _drain(receive: Receive, seen: int) -> None:
    while seen <= DRAIN_BYTES:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            return
        seen += len(message.get("body", b""))
