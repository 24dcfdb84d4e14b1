"""What the queue needs from the storeys above it."""

from typing import Protocol

from libs.core.principal import Principal
from libs.core.values import Json
from libs.db.session import WriteSession
from libs.jobs.models import Job


class Audit(Protocol):
    """Writes who did what, inside the transaction in which it was done."""

    async def record(
        self, session: WriteSession, principal: Principal, action: str, subject: str, data: Json
    ) -> None:
        """Appends one line to the organisation's audit log."""
        ...


class DeadLetterHook(Protocol):
    """Told of a job that died, inside the transaction in which it dies, so that its run ends with it."""

    async def __call__(self, session: WriteSession, job: Job) -> None: ...
