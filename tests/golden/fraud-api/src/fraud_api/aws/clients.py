"""Clients of AWS services whose waits are bounded; the role of the task gives them their rights."""

from __future__ import annotations

import os
from typing import Any


def client(
    service: str, *, timeout_s: float = 30.0, attempts: int = 4, region: str | None = None
) -> Any:
    """A client of the service.

    Args:
        service: the name that boto3 knows it by.
        timeout_s: how long one attempt may wait for bytes.
        attempts: how often a request is tried in all, with growing pauses.
        region: instead of that which the task's environment names.
    """
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=min(timeout_s, 5.0),
        read_timeout=timeout_s,
        retries={"mode": "standard", "total_max_attempts": attempts},
    )
    region = region or os.environ.get("AWS_REGION")
    return boto3.client(service, region_name=region, config=config)


def pause(attempt: int) -> float:
    """Seconds before the next attempt, where a service asks to send a part again."""
    return float(min(0.05 * 2**attempt, 5.0))


def role_credentials() -> tuple[Any, str]:
    """Credentials and region of the task, for requests that are signed by hand."""
    import boto3

    session = boto3.Session(region_name=os.environ.get("AWS_REGION"))
    return session.get_credentials(), str(session.region_name)
