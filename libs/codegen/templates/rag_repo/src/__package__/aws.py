"""Clients of AWS: bounded in time, retried with backoff, made once a service."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

_CONNECT_SECONDS, _READ_SECONDS, _ATTEMPTS = 3, 60, 4
_CONNECTIONS = 100
"""Kept open for calls at once, as many as `limits.concurrent` may be: others would be opened anew for each call."""


@cache
def client(service: str, *, region: str = "", attempts: int = _ATTEMPTS) -> Any:
    """The client of a service; the import is inside, because the local parts work without boto3.

    Args:
        service: as boto3 names it.
        region: default: that of the environment.
        attempts: how often a call is tried in all.
    """
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        max_pool_connections=_CONNECTIONS,
        retries={"mode": "adaptive", "total_max_attempts": attempts},
    )
    return boto3.client(service, region_name=region or os.environ.get("AWS_REGION"), config=config)
