"""Completes requests that name an entity and leave features out.

A value that was sent is never replaced, an explicit null included. If the store does not answer in
time, the row is refused: a prediction from half of the features would look like any other.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Literal

from ..data.cells import CellProblem, text_of
from ..data.contract import DataContract
from .store import FeatureRow, OnlineFeatures, entity_column

Outcome = Literal["found", "unknown", "failed"]
_THREADS = 1 if "AWS_LAMBDA_FUNCTION_NAME" in os.environ else 16
"""Lookups at the same time; a function answers one request after the other."""
_NOBODY = "-"
_WARM_S = 10.0


@dataclass
class Filled:
    """Rows with what was found for them."""

    rows: list[Any]
    filled: list[dict[str, Any]] = field(default_factory=list)
    """`row` and the `columns` that came from the store."""
    errors: list[CellProblem] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    """Of each row that was looked up."""


class FeatureFiller:
    """Looks up what rows leave out, within a budget of time."""

    def __init__(self, store: OnlineFeatures, contract: DataContract, timeout_s: float) -> None:
        """
        Args:
            store: that holds the features.
            contract: of the rows.
            timeout_s: how long a request may wait for the store.
        """
        entity = entity_column(contract)
        self._entity = "" if entity is None else entity.name
        # When a row happened is no feature of its entity: the hour of an older row would be wrong.
        self._names = [column.name for column in contract.features if column.role != "time"]
        self._store = store
        self._timeout_s = timeout_s
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="features")

    def warm(self) -> None:
        """Opens the way to the store from every thread, so that no request waits for a login.

        A store that is away is no reason not to start: rows that bring every feature need none.
        """
        together = threading.Barrier(_THREADS)

        def look() -> None:
            together.wait(_WARM_S)
            self._store.get([_NOBODY])

        looks = [self._pool.submit(look) for _ in range(_THREADS)]
        done, late = wait(looks, timeout=_WARM_S)
        errors = [type(error).__name__ for each in done if (error := each.exception()) is not None]
        if late or errors:
            print(f"features: {', '.join(sorted(set(errors))) or 'no answer yet'}", file=sys.stderr)

    def fill(self, rows: Sequence[Any]) -> Filled:
        """The rows, completed where they name an entity and lack features."""
        result = Filled(list(rows))
        wanted = {i: text_of(row[self._entity]) for i, row in enumerate(rows) if self._lacks(row)}
        if not wanted:
            return result
        try:
            found = self._look_up(sorted(set(wanted.values())))
        except Exception as error:  # whatever the store's client raises, the row is refused
            message = f"has features that could not be read: {_reason(error, self._timeout_s)}"
            result.errors = [CellProblem(row, "", message) for row in wanted]
            result.outcomes = ["failed"] * len(wanted)
            return result
        for index, name in wanted.items():
            self._complete(result, index, found.get(name))
        return result

    def _lacks(self, row: Any) -> bool:
        if not isinstance(row, dict) or row.get(self._entity) in (None, ""):
            return False
        return any(name not in row for name in self._names)

    def _look_up(self, ids: list[str]) -> dict[str, FeatureRow]:
        return self._pool.submit(self._store.get, ids).result(timeout=self._timeout_s)

    def _complete(self, result: Filled, index: int, features: FeatureRow | None) -> None:
        if features is None:
            result.outcomes.append("unknown")
            return
        row = result.rows[index]
        absent = [name for name in self._names if name not in row and name in features]
        result.rows[index] = {**row, **{name: features[name] for name in absent}}
        result.filled.append({"row": index, "columns": absent})
        result.outcomes.append("found")


def _reason(error: Exception, timeout_s: float) -> str:
    if isinstance(error, TimeoutError):
        return f"the store did not answer within {timeout_s * 1000:.0f} ms"
    return f"the store failed ({type(error).__name__})"
