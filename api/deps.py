"""What routes are given: the services, the principal, a presented share, ids, cursors and keys."""

from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query, Request
from fastapi.security import HTTPBearer
from pydantic import AfterValidator

from api.errors import correlation_id_of
from libs.bootstrap import Services
from libs.core.errors import NotFound
from libs.core.principal import Principal
from libs.shares.errors import NoLinkPresented
from libs.shares.models import Share

BEARER = HTTPBearer(
    auto_error=False, description="Where the installation has a token, or that of a share link."
)
KEY_PATTERN = r"^[\x21-\x7e]{1,255}$"
ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


class UnknownId(NotFound):
    """There is no such thing here."""

    code = "api.unknown_id"


def services(request: Request) -> Services:
    """The services of this process."""
    found: Services = request.app.state.services
    return found


def principal(request: Request, _token: Annotated[Any, Depends(BEARER)]) -> Principal:
    """Who is asking, as the access middleware found out."""
    found: Principal = request.state.principal
    return found


def presented_share(request: Request, _principal: Annotated[Principal, Depends(principal)]) -> Share:
    """The share whose token was sent.

    Raises:
        NoLinkPresented: the request came without one.
    """
    found: Share | None = getattr(request.state, "share", None)
    if found is None:
        raise NoLinkPresented(
            advice="Send `Authorization: Bearer share_…` with the token of a link; it stands behind # in its address."
        )
    return found


def correlation_id(request: Request) -> str:
    """The id of this request in the logs of its jobs and nodes."""
    return correlation_id_of(request) or ""


def possible_id(given: str) -> str:
    """The id, or UnknownId for a text that no id can be, which stores need not be asked for."""
    if not 1 <= len(given) <= 80 or not ID_CHARACTERS.issuperset(given):
        raise UnknownId(
            f"There is no {given[:80]!r} here.", advice="Check the id; ids look like `ds_0199a3…`."
        )
    return given


ServicesDep = Annotated[Services, Depends(services)]
PrincipalDep = Annotated[Principal, Depends(principal)]
PresentedShare = Annotated[Share, Depends(presented_share)]
CorrelationDep = Annotated[str, Depends(correlation_id)]
IdPath = Annotated[str, Path(), AfterValidator(possible_id)]
Cursor = Annotated[
    str | None, Query(pattern=r"^[A-Za-z0-9_-]{1,80}$", description="`next_cursor` of the page before.")
]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many items.")]
Search = Annotated[
    str,
    Query(
        max_length=200,
        pattern=r"^[^\x00]*$",
        description="Words that all occur, in any case and as parts of words.",
    ),
]
IfMatch = Annotated[str | None, Header(alias="If-Match", description="ETag of the decision set.")]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=KEY_PATTERN,
        description="Sent again with the same request, the first answer is given again and nothing is done twice.",
    ),
]
