"""Everything that no route answers: the page's files, and a problem for what is not there."""

import json
import mimetypes
import os
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

SCRIPT_HASHES = "script-hashes.json"
"""Written after the build of the page: file of a page → hashes of the inline scripts that stand in it."""
POLICY_HEADER = "Content-Security-Policy"
NOT_FOUND_PAGE = "404.html"
NAMED_BY_CONTENT = "_next/static/"
"""Below it a changed file has another name, so browsers need not ask again."""


def content_policy(script_hashes: list[str]) -> str:
    """What a built page may do: run its own files and the inline scripts that were in it when it was built.

    Styles may be inline: the components position what they draw with style attributes, which run nothing.
    """
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class BuiltFiles(StaticFiles):
    """The files of a built page: with the content policy of each page, compressed where the build did so."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, html=True)
        self._root = os.path.realpath(directory)
        listed = directory / SCRIPT_HASHES
        self._hashes: Mapping[str, list[str]] = json.loads(listed.read_text()) if listed.is_file() else {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and response.status_code == 404:
            # The page that says that nothing is there is a page like the others; Starlette makes this answer by itself.
            response.headers[POLICY_HEADER] = content_policy(self._hashes.get(NOT_FOUND_PAGE, []))
        return response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        name = Path(os.path.realpath(full_path)).relative_to(self._root).as_posix()
        headers = {"Vary": "Accept-Encoding"}
        if name in self._hashes:
            headers[POLICY_HEADER] = content_policy(self._hashes[name])
        if name.startswith(NAMED_BY_CONTENT):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        asked = Headers(scope=scope)
        packed = Path(f"{full_path}.gz")
        if "gzip" in asked.get("accept-encoding", "") and packed.is_file():
            headers["Content-Encoding"] = "gzip"
            full_path, stat_result = packed, packed.stat()
        response = FileResponse(
            full_path,
            status_code=status_code,
            stat_result=stat_result,
            headers=headers,
            media_type=mimetypes.guess_type(name)[0],
        )
        if not self.is_not_modified(response.headers, asked):
            return response
        unchanged = NotModifiedResponse(response.headers)
        if policy := response.headers.get(POLICY_HEADER):
            # A browser takes over the headers of this answer for the page that it kept; without the policy of that page
            # it would get the one of everything else, and forbid the page its own scripts.
            unchanged.headers[POLICY_HEADER] = policy
        return unchanged


class Pages:
    """Serves the files of a folder, never below /api.

    It is the router's default and not a mount: a mount at `/` would match every address, and a wrong method on a
    known one would no longer be told from an unknown one.
    """

    def __init__(self, page_dir: Path) -> None:
        self._files: ASGIApp | None = BuiltFiles(page_dir) if page_dir.is_dir() else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000, "reason": ""})
            return
        path = scope["path"]
        if self._files is None or path == "/api" or path.startswith("/api/") or path == f"/{SCRIPT_HASHES}":
            raise HTTPException(404)
        await self._files(scope, receive, send)
