"""How soon after its POST a client sees the first event of its design."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from libs.cli.benchmarks import samples
from libs.cli.benchmarks.briefs import BRIEFS
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured
from libs.cli.benchmarks.serving import Server, serving

TARGET_MS = 300.0
LONGEST_SECONDS = 60.0


async def measure(conditions: Conditions) -> Sequence[Result]:
    """From sending the brief to the first line of an event on the stream, over real HTTP on loopback."""
    async with (
        serving(conditions.folder / "first-event") as server,
        httpx.AsyncClient(base_url=server.url, timeout=LONGEST_SECONDS, trust_env=False) as client,
    ):
        first = await _design(client, server)
        later = [await _design(client, server) for _ in range(conditions.runs)]
    milliseconds = [each["total"] for each in later]
    return [
        measured(
            "first_event",
            "ms",
            samples.median(milliseconds),
            runs=len(later),
            at_most=TARGET_MS,
            breakdown={
                "total_ms": samples.spread(milliseconds),
                "parts_ms": samples.medians(
                    [{k: v for k, v in each.items() if k != "total"} for each in later]
                ),
                "first_of_the_server_ms": round(first["total"], 2),
            },
        )
    ]


async def _design(client: httpx.AsyncClient, server: Server) -> Mapping[str, float]:
    body = {
        "message": BRIEFS["online_api"],
        "options": {"gate_policy": {"input": "never", "final": "always"}},
    }
    began = time.perf_counter()
    answer = await client.post("/api/chat/async", json=body)
    posted = time.perf_counter()
    if answer.status_code != httpx.codes.ACCEPTED:
        raise MeasurementFailed(f"{server.url} refused the brief: {answer.status_code} {answer.text[:500]}")
    opened = seen = 0.0
    async with client.stream("GET", f"/api/streams/{answer.json()['decision_set_id']}") as stream:
        async for line in stream.aiter_lines():
            opened = opened or time.perf_counter()
            if line.startswith("event:"):
                seen = seen or time.perf_counter()
            # Read on until nothing works any more, so that the next round finds a quiet server.
            if line.startswith("data:") and _rests(json.loads(line.removeprefix("data:"))):
                break
    if not seen:
        raise MeasurementFailed("The stream ended without an event.")
    return {
        "total": (seen - began) * 1000,
        "post": (posted - began) * 1000,
        "open_stream": (opened - posted) * 1000,
        "wait_for_event": (seen - opened) * 1000,
    }


def _rests(event: Mapping[str, Any]) -> bool:
    """Whether the run ended or waits for a person."""
    kind: str = event["data"]["gate"]["kind"] if event["type"] == "gate-waiting" else event["type"]
    return kind in ("final", "run-complete")
