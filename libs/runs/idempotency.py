"""Idempotency keys: a request that is sent twice is carried out once and answered the same."""

from typing import Any

from sqlalchemy import select

from libs.core.clock import Clock
from libs.core.principal import Principal
from libs.core.values import digest
from libs.db.session import AnySession, WriteSession
from libs.runs.errors import IdempotencyKeyReused
from libs.runs.tables import IdempotencyKeyRow


class IdempotencyKeys:
    """Answers remembered per organisation, actor and key, in the transaction that made them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def find(
        self, session: AnySession, principal: Principal, key: str, request: Any
    ) -> tuple[int, dict[str, Any]] | None:
        """Status and body of the first answer, if this request was answered before.

        Raises:
            IdempotencyKeyReused: the key belongs to another request of the same actor.
        """
        query = select(IdempotencyKeyRow).where(
            IdempotencyKeyRow.organisation_id == principal.organisation_id,
            IdempotencyKeyRow.actor == principal.actor,
            IdempotencyKeyRow.key == key,
        )
        row = (await session.execute(query)).scalar_one_or_none()
        if row is None:
            return None
        if row.request_sha256 != digest(request):
            raise IdempotencyKeyReused(
                "This Idempotency-Key was used before with another request.",
                advice="Nothing was done; send a new key, or the first request again.",
            )
        return row.status_code, row.response

    async def remember(
        self,
        session: WriteSession,
        principal: Principal,
        key: str,
        request: Any,
        *,
        status_code: int,
        response: dict[str, Any],
    ) -> None:
        """Remembers the answer; a concurrent first request makes this transaction fail as a whole."""
        session.add(
            IdempotencyKeyRow(
                organisation_id=principal.organisation_id,
                actor=principal.actor,
                key=key,
                request_sha256=digest(request),
                status_code=status_code,
                response=response,
                created_at=self._clock.now(),
            )
        )
        await session.flush()
