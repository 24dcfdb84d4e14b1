"""Clients of AWS: bounded in time, retried with backoff, made once a service."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

_CONNECT_SECONDS, _READ_SECONDS, _ATTEMPTS = 3, 60, 4


@cache
def client(service: str) -> Any:
    """The client of a service in the region of the environment.

    The import is inside, because the local parts of this package work without boto3.
    """
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"mode": "adaptive", "total_max_attempts": _ATTEMPTS},
    )
    return boto3.client(service, region_name=os.environ.get("AWS_REGION"), config=config)
