"""A client of the API that follows a design over a stream which breaks, and comes back with its last number."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx

PAUSE_SECONDS = 0.1
FINAL = "run-complete"


class Visitor:
    """Follows one design and keeps every event in the order in which it came."""

    def __init__(
        self, client: httpx.AsyncClient, design: dict[str, Any], patience: Callable[[], int] = lambda: 10**9
    ) -> None:
        """
        Args:
            client: its base address is the server's; the server may go away and come back under it.
            design: the answer to `POST /api/chat/async`.
            patience: how many events to take before hanging up; asked anew for each connection.
        """
        self._client = client
        self._patience = patience
        self.design_id: str = design["decision_set_id"]
        self.run_id: str = design["run_id"]
        self.seen: list[dict[str, Any]] = []
        self.cuts = 0
        self.failures = 0
        """Connections that the other side broke or refused."""

    async def until(self, *types: str, seconds: float = 180) -> dict[str, Any]:
        """Follows until an event of one of the types, through any number of broken connections."""
        async with asyncio.timeout(seconds):
            while True:
                try:
                    async for event in self._connection():
                        self.seen.append(event)
                        if event["type"] in types:
                            return event
                except httpx.TransportError:
                    self.failures += 1
                    await asyncio.sleep(PAUSE_SECONDS)

    async def _connection(self) -> AsyncIterator[dict[str, Any]]:
        headers = {"Last-Event-ID": str(self.seen[-1]["seq"])} if self.seen else {}
        left = self._patience()
        path = f"/api/streams/{self.design_id}"
        async with self._client.stream("GET", path, headers=headers) as response:
            if response.status_code == 503:
                await asyncio.sleep(PAUSE_SECONDS)
                return
            assert response.status_code == 200, (response.status_code, self.seen[-1:])
            async for line in response.aiter_lines():
                if not line.startswith("data:"):
                    continue
                event = json.loads(line.removeprefix("data:"))
                yield event
                left -= 1
                if left <= 0 and event["type"] != FINAL:
                    self.cuts += 1
                    return

    async def stored(self) -> list[dict[str, Any]]:
        """The story as the database has it, read page by page."""
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = await self.get(f"events?limit=100{f'&cursor={cursor}' if cursor else ''}")
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found

    async def get(self, part: str) -> Any:
        """What the API says about the design, once the server answers."""
        return (await self.asked("GET", f"/api/decision-sets/{self.design_id}/{part}".rstrip("/"))).json()

    async def asked(self, method: str, path: str, **request: Any) -> httpx.Response:
        """The successful answer to a request that is repeated while the server is away."""
        deadline = time.monotonic() + 120
        while True:
            try:
                answer = await self._client.request(method, path, **request)
            except httpx.TransportError:
                assert time.monotonic() < deadline, "the server stayed away"
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if answer.status_code == 503 and time.monotonic() < deadline:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            assert answer.is_success, answer.text
            return answer

    async def decide(self, decision: str, **details: Any) -> None:
        """Decides the gate that waits; a decision whose answer was lost counts when it is the one that stands."""
        gate = (await self.get(""))["gate"]
        assert gate is not None, self.seen[-3:]
        body = {"gate_id": gate["id"], "digest": gate["digest"], "decision": decision, **details}
        headers = {"Idempotency-Key": f"{gate['id']}-{decision}"}
        await self.asked("POST", f"/api/decision-sets/{self.design_id}/approve", json=body, headers=headers)

    async def approve_to_the_end(self) -> dict[str, Any]:
        """Approves every gate on the way; returns the last event."""
        while (event := await self.until("gate-waiting", FINAL))["type"] != FINAL:
            gate = (await self.get(""))["gate"]
            if gate is not None and gate["id"] == event["data"]["gate"]["id"]:
                assert "approve" in gate["decisions"], gate["message"]
                await self.decide("approve", comment="Seen and fine.")
        return event


async def posted(client: httpx.AsyncClient, brief: str, **body: Any) -> dict[str, Any]:
    """Starts a design; returns the answer."""
    answer = await client.post("/api/chat/async", json={"message": brief, **body})
    assert answer.status_code == 202, answer.text
    started: dict[str, Any] = answer.json()
    return started
