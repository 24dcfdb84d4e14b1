"""Calls that wait for a service, several side by side, their results in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


def at_once(call: Callable[[Given], Found], each: Sequence[Given], most: int) -> list[Found]:
    """What the call gives for each; the first failure is raised, and calls that have not begun are left out.

    Args:
        call: may be run in several threads.
        each: what it is given; a single one is called without a thread.
        most: calls side by side.
    """
    if len(each) <= 1:
        return [call(one) for one in each]
    with ThreadPoolExecutor(min(most, len(each)), thread_name_prefix="at-once") as pool:
        try:
            return list(pool.map(call, each))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def batched(values: Iterable[Given], size: int) -> Iterator[list[Given]]:
    """Groups of at most so many, in order."""
    left = iter(values)
    while group := list(islice(left, size)):
        yield group
