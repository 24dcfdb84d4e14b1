"""Decides who is asking before anything else looks at the request.

Without a token the product listens on loopback only and its caller is the local owner. A web page that the owner has
open could reach it too, so the Host must be a name of this machine (a rebound DNS name is not) and the Origin, where
there is one, must be the server's own. Any port is accepted in Host: the name is what a hostile page cannot forge, and
a forwarded port such as `ssh -L 9000:localhost:8000` changes the number.

With a token, every request below /api must carry it. Pages themselves hold no data and are served to anyone.
"""

import hashlib
import hmac
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.binding import is_loopback, public_host, public_origin
from api.errors import problem_of
from libs.core.errors import Forbidden, ProductError, Unauthenticated
from libs.core.principal import LOCAL_ORGANISATION, Principal, local_owner
from libs.core.settings import Settings

HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class HostNotAllowed(Forbidden):
    """The request names a host that this server does not answer for."""

    code = "api.host_not_allowed"


class OriginNotAllowed(Forbidden):
    """The request was sent by a page of another site."""

    code = "api.origin_not_allowed"


class TokenRequired(Unauthenticated):
    """This needs the bearer token."""

    code = "api.token_required"


class AccessMiddleware:
    """Puts the principal into the request's state, or refuses the request."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._token_sha256 = (
            settings.bearer_token_sha256.get_secret_value().lower() if settings.bearer_token_sha256 else ""
        )
        self._public_hosts = {host} if (host := public_host(settings).lower()) else set()
        self._public_origins = {origin} if (origin := public_origin(settings)) else set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            try:
                self._check_page(scope, headers)
                if _is_api(scope["path"]):
                    scope.setdefault("state", {})["principal"] = self._principal(headers)
            except ProductError as error:
                response = problem_of(error, scope.get("state", {}).get("correlation_id"))
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _check_page(self, scope: Scope, headers: Headers) -> None:
        if not self._token_sha256:
            self._check_host(headers)
            self._check_origin(scope, headers)

    def _check_host(self, headers: Headers) -> None:
        host = HOST.fullmatch(headers.get("host", ""))
        name = host["name"].lower() if host else ""
        if not is_loopback(name) and name not in self._public_hosts:
            raise HostNotAllowed(
                f"The host {headers.get('host', '')[:120]!r} is not one of this server.",
                advice="Use http://127.0.0.1 or http://localhost, or set AGENTIC_MLOPS_PUBLIC_URL.",
            )

    def _check_origin(self, scope: Scope, headers: Headers) -> None:
        origin = headers.get("origin")
        if origin is not None:
            own = f"{scope.get('scheme', 'http')}://{headers.get('host', '')}".lower()
            if origin.lower() not in {own, *self._public_origins}:
                raise OriginNotAllowed(
                    f"Requests from pages of {origin[:120]!r} are not accepted.",
                    advice="Open the page that this server serves, or send the request without a browser.",
                )
        elif scope["method"] not in SAFE_METHODS and headers.get("sec-fetch-site") in (
            "cross-site",
            "same-site",
        ):
            raise OriginNotAllowed(advice="Open the page that this server serves.")

    def _principal(self, headers: Headers) -> Principal:
        if not self._token_sha256:
            return local_owner()
        scheme, _, token = headers.get("authorization", "").partition(" ")
        given = hashlib.sha256(token.strip().encode("latin-1", "replace")).hexdigest()
        if scheme.lower() != "bearer" or not hmac.compare_digest(given, self._token_sha256):
            raise TokenRequired(
                advice="Send `Authorization: Bearer TOKEN` with the token of this installation."
            )
        return Principal(
            actor="token:installation", organisation_id=LOCAL_ORGANISATION, roles=frozenset({"admin"})
        )


def _is_api(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")
