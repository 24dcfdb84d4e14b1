"""Designs in every state that a person meets, on one server."""

import asyncio
from dataclasses import dataclass

import httpx

from tests.support.installation import Installation
from tests.support.product import CHURN, FRAUD
from tests.support.visitors import FINAL, Visitor, posted


@dataclass(frozen=True)
class Gallery:
    """Where the server is, and the ids of its designs."""

    base: str
    asking: str
    """Waits at the first gate, with questions."""
    approving: str
    """Waits at the final gate."""
    done: str
    """Has a repository."""
    second: str
    """The version after `done`, waiting at its final gate, with another budget."""
    rejected: str
    third: str
    """The version after `done` with more availability, which has a repository as well: the two can be compared."""

    @property
    def designs(self) -> tuple[str, ...]:
        return (self.asking, self.approving, self.done, self.second, self.rejected, self.third)


async def furnish(installation: Installation) -> Gallery:
    """Makes the designs over HTTP, side by side."""
    async with httpx.AsyncClient(base_url=installation.base, timeout=60) as client:
        done, asking, approving, rejected = await asyncio.gather(
            _done(client), _asking(client), _approving(client, CHURN), _rejected(client)
        )
        second = await _approving(
            client, "The budget is 1,400 dollars a month instead.", decision_set_id=done
        )
        third = await _done(client, "99.9% availability is needed instead.", decision_set_id=done)
    return Gallery(installation.base, asking, approving, done, second, rejected, third)


async def _done(client: httpx.AsyncClient, brief: str = CHURN, **body: str) -> str:
    visitor = Visitor(client, await posted(client, brief, **body))
    ended = await visitor.approve_to_the_end()
    assert ended["data"]["status"] == "done", ended["data"]
    return visitor.design_id


async def _asking(client: httpx.AsyncClient) -> str:
    visitor = Visitor(client, await posted(client, FRAUD))
    await visitor.until("gate-waiting")
    return visitor.design_id


async def _approving(client: httpx.AsyncClient, brief: str, **body: str) -> str:
    visitor = Visitor(client, await posted(client, brief, **body))
    while (await visitor.until("gate-waiting"))["data"]["gate"]["kind"] != "final":
        await visitor.decide("approve")
    return visitor.design_id


async def _rejected(client: httpx.AsyncClient) -> str:
    visitor = Visitor(client, await posted(client, FRAUD))
    await visitor.until("gate-waiting")
    await visitor.decide("reject", comment="Not this year.")
    assert (await visitor.until(FINAL))["data"]["status"] == "rejected"
    return visitor.design_id
