"""Refuses bodies that are too large, also those that do not say how large they are."""

from __future__ import annotations

import json
from typing import Any

Receive = Any
Send = Any


class BodyLimit:
    """An ASGI layer in front of the app."""

    def __init__(self, app: Any, largest: int) -> None:
        """Takes the app and the most bytes that a body may have."""
        self._app = app
        self._largest = largest

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Reads the body before the app does; what is too large is answered with 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._largest:
            await self._refuse(send)
            return
        seen, refused = 0, False

        async def counted() -> Any:
            nonlocal seen, refused
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._largest:
                refused = True
                # The app takes it for a caller who went away, and stops reading.
                return {"type": "http.disconnect"}
            return message

        async def answered(message: Any) -> None:
            if not refused:
                await send(message)

        try:
            await self._app(scope, counted, answered)
        finally:
            if refused:
                await self._refuse(send)

    async def _refuse(self, send: Send) -> None:
        body = json.dumps({"detail": f"A request may have {self._largest} bytes."}).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": body})
