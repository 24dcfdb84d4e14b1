"""A connection to SQLite that stays on the loop's thread while a transaction is open on it.

`aiosqlite` hands every call to a thread and waits for the answer; inside a writing transaction that costs
several times what the statement itself takes. Whoever holds the write lock (BEGIN IMMEDIATE) waits for no
other lock until the commit: readers of a write-ahead log do not stand in the way of a writer. So between
BEGIN and COMMIT a statement costs no more than its own work, and runs where it is asked for. What may wait
keeps its thread: connecting, BEGIN, statements outside a transaction, COMMIT (it may sync and checkpoint the
log) and closing.

The two threads never use the connection at the same time: as long as anything handed to the thread is
unfinished, such as a BEGIN whose caller was cancelled, all that follows queues behind it.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar

import aiosqlite

ROWS_PER_FETCH = 64

P = ParamSpec("P")
T = TypeVar("T")


class LoopConnection(aiosqlite.Connection):
    """Answers inside a transaction at once and everything else from its thread."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, ROWS_PER_FETCH)
        # A process that ends without closing must not wait for this thread.
        self._thread.daemon = True
        # Each is written by one thread only: handed over by the loop's, finished by the connection's.
        self._handed_over = 0
        self._finished = 0

    async def _execute(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._answers_at_once(fn):
            return fn(*args, **kwargs)
        self._handed_over += 1
        on_thread: Callable[..., Awaitable[T]] = super()._execute
        return await on_thread(self._counted, partial(fn, *args, **kwargs))

    def _answers_at_once(self, fn: Callable[..., object]) -> bool:
        connection = self._connection
        if connection is None or not self._running or self._handed_over != self._finished:
            return False
        if connection.in_transaction:
            return fn not in (connection.commit, connection.close)
        # Neither touches the file: without a transaction there is nothing to roll back.
        return fn in (connection.cursor, connection.rollback)

    def _counted(self, function: Callable[[], T]) -> T:
        try:
            return function()
        finally:
            self._finished += 1


def connect(database: str, **options: Any) -> LoopConnection:
    """A connection to await or to enter.

    Args:
        database: path of the file.
        options: of `sqlite3.connect`.
    """
    return LoopConnection(partial(sqlite3.connect, database, **{**options, "check_same_thread": False}))
