"""Signs requests to an API Gateway, which demands IAM credentials: those of the environment."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from ..running.errors import UsageError

_GATEWAY = re.compile(r"[a-z0-9]+\.execute-api\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?")

Sign = Callable[[bytes], dict[str, str]]
"""The headers that make a request with this body one of the signer's (Signature Version 4)."""


def signer(url: str) -> Sign | None:
    """For a full address of API Gateway; None for every other, which is asked as it is.

    Raises:
        UsageError: the environment has no credentials, or no boto3 to sign with.
    """
    found = _GATEWAY.fullmatch(urlsplit(url).hostname or "")
    return _signer(url, found["region"]) if found else None


def _signer(url: str, region: str) -> Sign:
    try:
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.session import Session
    except ImportError as error:
        raise UsageError(f"{url} wants signed requests: install boto3") from error
    credentials = Session().get_credentials()
    if credentials is None:
        raise UsageError(f"{url} wants signed requests: no credentials of AWS were found")

    def sign(body: bytes) -> dict[str, str]:
        headers = {"content-type": "application/json"}
        request = AWSRequest(method="POST", url=url, data=body, headers=headers)
        SigV4Auth(credentials.get_frozen_credentials(), "execute-api", region).add_auth(request)
        return {name: value for name, value in request.headers.items() if name not in headers}

    return sign
