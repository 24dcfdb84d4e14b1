"""Asks each thing that the product depends on whether it works."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import text

from api.schemas.health import PartRead, ReadinessRead
from libs.bootstrap import Services
from libs.core.errors import ProductError
from libs.core.principal import LOCAL_ORGANISATION
from libs.sandbox.port import Probe

ANSWER_SECONDS = 5.0
NOWHERE = "0" * 64
"""A digest under which nothing is stored."""


class Readiness:
    """Looks at database and storage each time; the sandbox is probed once, with a real payload."""

    def __init__(self, services: Services, beside: Sequence["asyncio.Task[None]"]) -> None:
        """
        Args:
            services: what is looked at.
            beside: tasks that must be running, such as the embedded worker.
        """
        self._services = services
        self._beside = beside
        self._probing = asyncio.Lock()
        self._probe: Probe | None = None

    async def read(self) -> ReadinessRead:
        """What each part says, and what that means for the whole."""
        parts = [
            *await asyncio.gather(
                self._part("database", self._database),
                self._part("storage", self._storage),
                self._part("sandbox", self._sandbox, required=bool(self._beside)),
            ),
            *([self._worker()] if self._beside else []),
        ]
        if any(not part.ok and part.required for part in parts):
            return ReadinessRead(status="unavailable", parts=parts)
        return ReadinessRead(status="ready" if all(part.ok for part in parts) else "degraded", parts=parts)

    async def _part(
        self, name: str, look: Callable[[], Awaitable[str]], *, required: bool = True
    ) -> PartRead:
        try:
            async with asyncio.timeout(ANSWER_SECONDS if name != "sandbox" else None):
                detail, ok = await look(), True
        except ProductError as error:
            detail, ok = error.message, False
        except TimeoutError:
            detail, ok = f"No answer within {ANSWER_SECONDS:g} s.", False
        return PartRead.model_validate({"name": name, "ok": ok, "required": required, "detail": detail})

    async def _database(self) -> str:
        async with self._services.db.read() as session:
            await session.execute(text("SELECT id FROM organisations LIMIT 1"))
        return f"{self._services.db.dialect} answers."

    async def _storage(self) -> str:
        await self._services.content.matches(LOCAL_ORGANISATION, NOWHERE)
        return "The object store answers."

    async def _sandbox(self) -> str:
        async with self._probing:
            if self._probe is None:
                self._probe = await self._services.sandbox.probe()
        if not self._probe.isolated:
            raise ProductError(self._probe.detail)
        return self._probe.detail

    def _worker(self) -> PartRead:
        stopped = [task for task in self._beside if task.done()]
        detail = "The embedded worker has stopped." if stopped else "The embedded worker runs."
        return PartRead(name="worker", ok=not stopped, required=True, detail=detail)
