"""Decides who is asking before anything else looks at the request.

Without a token the product listens on loopback only and its caller is the local owner. A web page that the owner has
open could reach it too, so the Host must be a name of this machine (a rebound DNS name is not) and the Origin, where
there is one, must be the server's own. Any port is accepted in Host: the name is what a hostile page cannot forge, and
a forwarded port such as `ssh -L 9000:localhost:8000` changes the number.

With a token, every request below /api must carry it. Pages themselves hold no data and are served to anyone.

A share link's token may be sent in either case. Whoever sends one asks with the narrow right of the link, even where
without it they would be the owner, so that a page which shows a link can show nothing else.
"""

import hashlib
import hmac
import re

from starlette.datastructures import Headers, QueryParams
from starlette.types import ASGIApp, Receive, Scope, Send

from api import share_scope
from api.binding import is_loopback, public_host, public_origin
from api.errors import problem_of
from libs.core.errors import Forbidden, ProductError, Unauthenticated
from libs.core.principal import LOCAL_ORGANISATION, Principal, local_owner
from libs.core.settings import Settings
from libs.shares.models import TOKEN_PREFIX

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
                    await self._identify(scope, _bearer_tokens(headers))
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

    async def _identify(self, scope: Scope, tokens: list[str]) -> None:
        state = scope.setdefault("state", {})
        link = next(filter(self._is_link, tokens), None)
        if link is None:
            state["principal"] = self._principal(tokens)
            return
        state["share"] = await share_scope.admit(
            scope["app"].state.services,
            link,
            scope["method"],
            scope["path"],
            QueryParams(scope["query_string"]),
        )
        state["principal"] = state["share"].principal

    def _is_link(self, token: str) -> bool:
        # An operator may have chosen a token that looks like a link's.
        return token.startswith(TOKEN_PREFIX) and not self._is_installations(token)

    def _is_installations(self, token: str) -> bool:
        given = hashlib.sha256(token.encode("latin-1", "replace")).hexdigest()
        return hmac.compare_digest(given, self._token_sha256)

    def _principal(self, tokens: list[str]) -> Principal:
        if not self._token_sha256:
            return local_owner()
        if not any(map(self._is_installations, tokens)):
            raise TokenRequired(
                advice="Send `Authorization: Bearer TOKEN` with the token of this installation."
            )
        return Principal(
            actor="token:installation", organisation_id=LOCAL_ORGANISATION, roles=frozenset({"admin"})
        )


def _bearer_tokens(headers: Headers) -> list[str]:
    parts = (given.partition(" ") for given in headers.getlist("authorization"))
    return [token.strip() for scheme, _, token in parts if scheme.lower() == "bearer"]


def _is_api(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")
