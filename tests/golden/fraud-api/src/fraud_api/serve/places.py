"""Refuses predictions that would wait too long behind others; their bodies are not kept."""

from __future__ import annotations

import json
from typing import Any

PATHS = frozenset({"/predict", "/invocations"})
"""What is counted: probes and figures are answered however many predictions wait."""
RETRY_SECONDS = 1
"""When a refused caller may ask again; by then a place is mostly free."""


class Places:
    """An ASGI layer that lets so many predictions in at once, at work or waiting."""

    def __init__(self, app: Any, count: int) -> None:
        """Takes the app and the number of places."""
        self._app = app
        self._free = count

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Hands the request on, or answers 503 where no place is free."""
        if scope["type"] != "http" or scope["path"] not in PATHS:
            await self._app(scope, receive, send)
        elif self._free == 0:
            await _refuse(receive, send)
        else:
            self._free -= 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._free += 1


async def _refuse(receive: Any, send: Any) -> None:
    # A connection with half a body in it would be of no use to the caller's next attempt.
    while (await receive()).get("more_body"):
        pass
    body = json.dumps({"detail": "Too many predictions at once."}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"retry-after", str(RETRY_SECONDS).encode()),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})
