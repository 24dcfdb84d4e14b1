"""One transaction per writing request, carried out once however often the request is sent."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from starlette.responses import JSONResponse

from libs.bootstrap import Services
from libs.core.errors import Conflict
from libs.core.principal import Principal
from libs.core.values import Json
from libs.db.session import WriteSession

ATTEMPTS = 12
"""How often a transaction is begun again when a concurrent one took a unique name, number or key first."""


class WriteConflict(Conflict):
    """Too many requests changed the same thing at once."""

    code = "api.write_conflict"


@dataclass(frozen=True)
class Once:
    """A writing request, as its Idempotency-Key knows it."""

    services: Services
    principal: Principal
    key: str | None
    operation: str
    """Method and path."""
    body: BaseModel | None
    status_code: int

    async def answer(
        self, work: Callable[[WriteSession], Awaitable[BaseModel]], *, headers: dict[str, str] | None = None
    ) -> JSONResponse:
        """Does the work in a transaction, or gives the answer that the same request got before.

        A concurrent first request with the same key makes this transaction fail as a whole on the key's uniqueness;
        the next round then finds the first one's answer.

        Raises:
            IdempotencyKeyReused: the key belongs to another request.
            WriteConflict: others were first in every round.
        """
        for attempt in range(ATTEMPTS):
            try:
                async with self.services.db.write() as session:
                    known = await self._find(session)
                    if known is not None:
                        return _response(*known, {**(headers or {}), "Idempotency-Replayed": "true"})
                    made = (await work(session)).model_dump(mode="json")
                    await self._remember(session, made)
                return _response(self.status_code, made, headers or {})
            except IntegrityError:
                await asyncio.sleep(random.uniform(0, 0.02 * (attempt + 1)))  # noqa: S311
        raise WriteConflict(advice="Nothing was stored; send the request again.")

    def _request(self) -> Json:
        body = self.body.model_dump(mode="json") if self.body is not None else None
        return {"operation": self.operation, "body": body}

    async def _find(self, session: WriteSession) -> tuple[int, Json] | None:
        if self.key is None:
            return None
        return await self.services.idempotency.find(session, self.principal, self.key, self._request())

    async def _remember(self, session: WriteSession, made: Json) -> None:
        if self.key is not None:
            await self.services.idempotency.remember(
                session,
                self.principal,
                self.key,
                self._request(),
                status_code=self.status_code,
                response=made,
            )


def _response(status_code: int, content: Any, headers: dict[str, str]) -> JSONResponse:
    return JSONResponse(content, status_code=status_code, headers=headers)
