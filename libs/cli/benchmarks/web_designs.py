"""Designs in a served product, made over HTTP as a person makes them."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx

from libs.cli.benchmarks.briefs import BRIEFS
from libs.cli.benchmarks.models import Conditions, MeasurementFailed
from libs.cli.benchmarks.serving import Server, serving

LONGEST_SECONDS = 120.0
LOOK_EVERY_SECONDS = 0.1


@asynccontextmanager
async def web_app(conditions: Conditions, name: str) -> AsyncIterator[tuple[Server, httpx.AsyncClient]]:
    """The product with the built web app; its checks are recorded, since pages are measured and not checks."""
    settings = {"checks": "twin", "page_dir": str(conditions.settings.page_dir)}
    async with (
        serving(conditions.folder / name, settings) as server,
        httpx.AsyncClient(base_url=server.url, timeout=LONGEST_SECONDS, trust_env=False) as client,
    ):
        yield server, client


async def waiting_design(client: httpx.AsyncClient) -> Mapping[str, Any]:
    """A design that waits at its final gate.

    Raises:
        MeasurementFailed: it is refused, or does not get there.
    """
    body = {
        "message": BRIEFS["online_api"],
        "options": {"gate_policy": {"input": "never", "final": "always"}},
    }
    started = _good(await client.post("/api/chat/async", json=body))
    return await until_a_gate_waits(client, started["decision_set_id"])


async def finished_design(client: httpx.AsyncClient) -> Mapping[str, Any]:
    """A design that was approved and has its repository.

    Raises:
        MeasurementFailed: it is refused, or does not get there.
    """
    waiting = await waiting_design(client)
    gate = waiting["gate"]
    decision = {"gate_id": gate["id"], "digest": gate["digest"], "decision": "approve"}
    _good(await client.post(f"/api/decision-sets/{waiting['id']}/approve", json=decision))
    return await _until(client, waiting["id"], lambda design: design["status"] == "done")


async def until_a_gate_waits(client: httpx.AsyncClient, design_id: str) -> Mapping[str, Any]:
    """The design as soon as it waits for a person.

    Raises:
        MeasurementFailed: it does not get there.
    """
    return await _until(client, design_id, lambda design: design["gate"] is not None)


async def _until(client: httpx.AsyncClient, design_id: str, holds: Any) -> Mapping[str, Any]:
    until = time.monotonic() + LONGEST_SECONDS
    design: Mapping[str, Any] = {}
    while time.monotonic() < until:
        design = _good(await client.get(f"/api/decision-sets/{design_id}"))
        if holds(design):
            return design
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    raise MeasurementFailed(f"The design is still {design.get('status')} after {LONGEST_SECONDS:g} s.")


def _good(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise MeasurementFailed(f"{answer.request.url.path}: {answer.status_code} {answer.text[:500]}")
    return answer.json()
