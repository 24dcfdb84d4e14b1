"""Logins to ElastiCache that the role of the task signs; each is valid for a quarter of an hour."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ..aws.clients import role_credentials

_VALID_S = 900


class RoleLogin:
    """Gives the client a new login for each connection."""

    def __init__(self, user: str, *, serverless: bool) -> None:
        """
        Args:
            user: of the cache; user and cache bear the same name.
            serverless: whether the cache has no nodes of its own.
        """
        self._user = user
        self._serverless = serverless

    def get_credentials(self) -> tuple[str, str]:
        """User and password, signed with the present credentials of the role."""
        credentials, region = role_credentials()
        return self._user, signed_password(self._user, self._serverless, credentials, region)


def signed_password(user: str, serverless: bool, credentials: Any, region: str) -> str:
    """The signed request to connect, without its scheme, which is what the cache expects."""
    from botocore.auth import SigV4QueryAuth
    from botocore.awsrequest import AWSRequest

    query = {"Action": "connect", "User": user}
    if serverless:
        query["ResourceType"] = "ServerlessCache"
    request = AWSRequest(method="GET", url=f"https://{user}/?{urlencode(query)}")
    SigV4QueryAuth(credentials, "elasticache", region, expires=_VALID_S).add_auth(request)
    return str(request.url).removeprefix("https://")
