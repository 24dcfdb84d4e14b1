"""Sessions: reading and writing ones are two types, so that the checker keeps queries and changes apart."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession


class ReadSession(AsyncSession):
    """A read-only transaction; the store itself refuses writes in it."""


class WriteSession(AsyncSession):
    """One transaction that its opener commits; services neither commit nor roll back."""

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Calls back once after the transaction was committed, and never if it was not."""
        callbacks: list[Callable[[], None]] = self.info.setdefault("on_commit", [])
        callbacks.append(callback)

    def committed(self) -> None:
        """Runs the callbacks; called by the opener of the transaction alone."""
        for callback in self.info.pop("on_commit", []):
            callback()


AnySession = ReadSession | WriteSession
"""For queries that are asked inside reading and inside writing transactions."""
