"""Everything that no route answers: the page's files, and a problem for what is not there."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send


class Pages:
    """Serves the files of a folder, never below /api.

    It is the router's default and not a mount: a mount at `/` would match every address, and a wrong method on a
    known one would no longer be told from an unknown one.
    """

    def __init__(self, page_dir: Path) -> None:
        self._files: ASGIApp | None = (
            StaticFiles(directory=page_dir, html=True) if page_dir.is_dir() else None
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000, "reason": ""})
            return
        path = scope["path"]
        if self._files is None or path == "/api" or path.startswith("/api/"):
            raise HTTPException(404)
        await self._files(scope, receive, send)
