"""Logins to ElastiCache that the role of the task signs; each is valid for a quarter of an hour.

There is no password to keep: the client asks for a new login with every connection that it opens.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlencode

_VALID_SECONDS = 900


class RoleLogin:
    """Gives the client a login for each connection."""

    def __init__(self, user: str, cluster: str) -> None:
        """Takes the user, whose name is also its id, and the id of the replication group."""
        self._user = user
        self._cluster = cluster

    def get_credentials(self) -> tuple[str, str]:
        """User and password, signed with the present credentials of the role."""
        import boto3

        session = boto3.Session(region_name=os.environ.get("AWS_REGION"))
        password = signed_password(self._user, self._cluster, session.get_credentials(), str(session.region_name))
        return self._user, password


def signed_password(user: str, cluster: str, credentials: Any, region: str) -> str:
    """The signed request to connect to the cluster, without its scheme: what ElastiCache takes for a password."""
    from botocore.auth import SigV4QueryAuth
    from botocore.awsrequest import AWSRequest

    query = urlencode({"Action": "connect", "User": user})
    request = AWSRequest(method="GET", url=f"https://{cluster}/?{query}")
    SigV4QueryAuth(credentials, "elasticache", region, expires=_VALID_SECONDS).add_auth(request)
    return str(request.url).removeprefix("https://")
