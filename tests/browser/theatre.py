"""A server whose runs are told by the test instead of a worker, so that every moment can be looked at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from libs.bootstrap import build
from libs.core.settings import Settings
from libs.events.models import NewEvent
from libs.workflow.service import StartedDesign
from tests.api.stage import Stage, card
from tests.support.installation import Installation


class Theatre:
    """The stage, and the server before which the pages sit."""

    def __init__(self, installation: Installation, stage: Stage, client: httpx.AsyncClient) -> None:
        self.installation = installation
        self.base = installation.base
        self.stage = stage
        self.client = client

    async def cards(self, design: StartedDesign, first: int, count: int = 1) -> None:
        """Tells reason cards numbered from the first one on."""
        await self.stage.tell(design, *(card(number) for number in range(first, first + count)))

    async def begin(self, design: StartedDesign, node: str) -> None:
        await self.stage.tell(design, NewEvent(type="node-start", key=f"{node}.start", node=node))

    async def finish(self, design: StartedDesign, node: str, seconds: float) -> None:
        done = NewEvent(type="node-complete", key=f"{node}.end", node=node, data={"seconds": seconds})
        await self.stage.tell(design, done)


@asynccontextmanager
async def theatre_of(installation: Installation, database_url: str = "") -> AsyncIterator[Theatre]:
    """The stage over the database of an installation that is already served, without a worker."""
    settings = Settings(
        home=installation.command.home,
        database_url=database_url,
        checks="twin",
        sandbox="recorded",
    )
    services = await build(settings)
    try:
        async with httpx.AsyncClient(base_url=installation.base, timeout=60) as client:
            yield Theatre(installation, Stage(services), client)
    finally:
        await services.close()
