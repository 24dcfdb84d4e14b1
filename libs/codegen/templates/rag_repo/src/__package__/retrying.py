"""Requests to services of one's own: repeated when the service is busy, never when it says no."""

from __future__ import annotations

import time
from typing import Any

import httpx

ATTEMPTS = 3
_BUSY = frozenset({429, 502, 503, 504})
_WAIT_SECONDS = 0.3


def post_json(client: httpx.Client, path: str, body: Any, attempts: int = ATTEMPTS) -> Any:
    """Posts JSON and reads JSON.

    Args:
        client: with base address and timeouts.
        path: where it is posted.
        body: what is posted.
        attempts: how often a service is asked that is busy or does not answer.

    Raises:
        httpx.HTTPError: the service did not answer with a success.
    """
    for attempt in range(1, attempts + 1):
        try:
            response = client.post(path, json=body)
        except httpx.TransportError:
            if attempt == attempts:
                raise
        else:
            if response.status_code not in _BUSY or attempt == attempts:
                response.raise_for_status()
                return response.json()
        time.sleep(_WAIT_SECONDS * 2 ** (attempt - 1))
    raise AssertionError("the last attempt returns or raises")
