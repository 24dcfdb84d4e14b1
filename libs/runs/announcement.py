"""`node-start` of a visit: appended by itself when the node takes long, else together with what the node leaves."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from libs.events.models import NewEvent

Append = Callable[[Sequence[NewEvent]], Awaitable[None]]

PATIENCE_S = 0.05
"""Most nodes are over before anybody could have read that they began; a transaction more would double their cost."""


class Announcement:
    """One event that goes out exactly once, by whichever way is first."""

    def __init__(self, event: NewEvent, append: Append, patience_s: float = PATIENCE_S) -> None:
        """
        Args:
            event: what is announced; dated when the node began.
            append: appends it in a transaction of its own.
            patience_s: how long the node may take until the event goes out by itself.
        """
        self._event = event
        self._append = append
        self._patience_s = patience_s
        self._taken = False
        self._went_alone = False
        self._alone = asyncio.create_task(self._go_alone())

    async def take(self) -> list[NewEvent]:
        """What must be appended before anything else of the visit: the event, or nothing once it is out.

        Raises:
            LeaseLost, Unavailable: the event had to go out by itself and could not.
        """
        if self._went_alone:
            await self._alone
        if self._went_alone or self._taken:
            return []
        self._taken = True
        self._alone.cancel()
        return [self._event]

    async def close(self) -> None:
        """Ends what is still under way; the visit is over or given up."""
        self._alone.cancel()
        await asyncio.gather(self._alone, return_exceptions=True)

    async def _go_alone(self) -> None:
        await asyncio.sleep(self._patience_s)
        self._went_alone = True
        await self._append([self._event])
