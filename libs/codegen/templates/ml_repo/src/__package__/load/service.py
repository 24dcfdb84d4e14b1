"""What the load is made of: rows of a table, sent to `/predict`."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from ..data.contract import DataContract, repeated
from ..data.tables import read_raw
from ..running.repository import SCHEMA_FILE
from .client import Client
from .generator import Step, constant_rate

PROMISED = "p95"
"""What the promise of the design means."""
START_RPS = 20.0
"""Where the search begins."""


def bodies(data: Path) -> list[bytes]:
    """A request for each row of the table."""
    contract = DataContract.load(SCHEMA_FILE)
    frame, _ = read_raw(
        data, [column.name for column in contract.columns], repeated(contract.columns)
    )
    names = [column.name for column in contract.features if column.name in frame]
    rows = frame[names].astype(object).replace("", None).to_dict("records")
    return [json.dumps({"rows": [row]}).encode() for row in rows]


def step_at(url: str, requests: list[bytes], rate: float, seconds: float) -> Step:
    """One step against the address, in an event loop of its own."""

    async def step() -> Step:
        client = Client(url, "/predict")

        async def send(number: int, due: float) -> bool:
            return await client.status(requests[number % len(requests)]) == 200

        try:
            return await constant_rate(send, rate, seconds)
        finally:
            client.close()

    return asyncio.run(step())


def figures(result: dict[str, Any]) -> str:
    """The latencies of a step in words."""
    return ", ".join(f"{name} {result[name]:.1f} ms" for name in ("p50", "p95", "p99"))


def unmeasured(local: bool) -> list[str]:
    """What the figures leave out: nothing, a prediction is made by the service alone."""
    return []
