"""Clients of AWS: bounded in time, retried with backoff, made once a service."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from .settings import PATIENT, Patience

_CONNECT_SECONDS = 3
_CONNECTIONS = 100
"""Kept open for calls at once, as many as `limits.concurrent` may be: others would be opened anew for each call."""


@cache
def client(service: str, patience: Patience = PATIENT, *, region: str = "") -> Any:
    """The client of a service; the import is inside, because the local parts work without boto3.

    Args:
        service: as boto3 names it.
        patience: how long a call is waited for, and how often it is tried.
        region: default: that of the environment.
    """
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=patience.seconds,
        max_pool_connections=_CONNECTIONS,
        retries={"mode": "adaptive", "total_max_attempts": patience.attempts},
    )
    return boto3.client(service, region_name=region or os.environ.get("AWS_REGION"), config=config)
