"""One call for each of many things, several at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")


def each(call: Callable[[Thing], object], things: Iterable[Thing], workers: int) -> None:
    """Calls for every thing; the first that fails ends it with its error.

    Args:
        call: may run in several threads.
        things: are taken a few ahead, so that there may be more than memory holds.
        workers: calls that run at the same time.
    """
    waiting: deque[Future[object]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for thing in things:
            if len(waiting) == 2 * workers:
                waiting.popleft().result()
            waiting.append(pool.submit(call, thing))
        while waiting:
            waiting.popleft().result()
