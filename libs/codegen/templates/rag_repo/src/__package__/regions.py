"""One service in two regions: the second is asked while the first is throttled or away.

A region that has failed is asked last for a while, so that an outage costs the wait for it once and not with every
question. What the service refuses for another reason (a wrong request, a missing right) is no reason to go elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import aws
from .settings import Settings

_REST_SECONDS = 30.0
_BUSY = frozenset(
    {
        "InternalServerException",
        "ModelNotReadyException",
        "ModelTimeoutException",
        "ServiceUnavailableException",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
"""What Amazon Bedrock answers when it cannot take a call now."""
_FIRST_ATTEMPTS = 1
"""Calls of the first region, where there is a second: asking there is faster than waiting here."""


class Regions:
    """Clients in the order in which they are asked."""

    def __init__(self, *clients: Any, clock: Callable[[], float] = time.monotonic) -> None:
        """Takes the client of each region, the nearest first."""
        self._clients = clients
        self._clock = clock
        self._resting_until = [0.0] * len(clients)

    @classmethod
    def of(cls, settings: Settings, service: str, fallback: str) -> Regions:
        """The service in the region of the environment and, where the variable `fallback` names one, in a second."""
        other = settings.get(fallback)
        if not other:
            return cls(aws.client(service, settings.patience))
        first = replace(settings.patience, attempts=_FIRST_ATTEMPTS)
        return cls(aws.client(service, first), aws.client(service, settings.patience, region=other))

    def places(self) -> list[int]:
        """Numbers of the clients, those that rest last."""
        now = self._clock()
        return sorted(range(len(self._clients)), key=lambda place: self._resting_until[place] > now)

    def client(self, place: int) -> Any:
        """The client of that number."""
        return self._clients[place]

    def failed(self, place: int, error: Exception) -> bool:
        """Notes a failure; whether it is one that another region may not have."""
        elsewhere = is_busy_or_away(error)
        if elsewhere:
            self._resting_until[place] = self._clock() + _REST_SECONDS
        return elsewhere

    def call(self, request: Callable[[Any], Any]) -> Any:
        """The answer of the first region that gives one; the error of the last one otherwise.

        Raises:
            BotoCoreError, ClientError: no region answered, or one refused for a reason that holds everywhere.
        """
        places = self.places()
        for place in places[:-1]:
            try:
                return request(self._clients[place])
            except Exception as error:
                if not self.failed(place, error):
                    raise
        return request(self._clients[places[-1]])


def is_busy_or_away(error: Exception) -> bool:
    """Whether the service could not take the call now: throttled, broken or out of reach."""
    from botocore import exceptions
    from urllib3.exceptions import HTTPError

    if isinstance(error, exceptions.ClientError):
        return is_busy(str(error.response.get("Error", {}).get("Code", "")))
    return isinstance(error, (exceptions.ConnectionError, exceptions.HTTPClientError, HTTPError))


def is_busy(name: str) -> bool:
    """Whether an error of this name says that the service cannot take a call now."""
    return name[:1].upper() + name[1:] in _BUSY
