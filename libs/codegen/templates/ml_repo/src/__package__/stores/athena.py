"""Statements that Athena runs, one after the other."""

from __future__ import annotations

import time
from typing import Any


class AthenaError(Exception):
    """A statement failed or took too long."""


class Athena:
    """A workgroup of Athena and the database that names refer to."""

    def __init__(
        self,
        athena: Any,
        *,
        workgroup: str,
        database: str,
        timeout_s: float = 1800.0,
        poll_s: float = 1.0,
    ) -> None:
        """
        Args:
            athena: a client of `athena`.
            workgroup: says where results go and who pays.
            database: of the data catalog.
            timeout_s: how long one statement may take.
            poll_s: pause between two looks at its state.
        """
        self._athena = athena
        self._workgroup = workgroup
        self._database = database
        self._timeout_s = timeout_s
        self._poll_s = poll_s

    def run(self, statement: str) -> None:
        """Runs the statement to its end.

        Raises:
            AthenaError: it failed, or took too long and was stopped.
        """
        query = self._athena.start_query_execution(
            QueryString=statement,
            QueryExecutionContext={"Database": self._database},
            WorkGroup=self._workgroup,
        )["QueryExecutionId"]
        deadline = time.monotonic() + self._timeout_s
        while True:
            answer = self._athena.get_query_execution(QueryExecutionId=query)
            status = answer["QueryExecution"]["Status"]
            if status["State"] == "SUCCEEDED":
                return
            if status["State"] in ("FAILED", "CANCELLED"):
                reason = status.get("StateChangeReason", status["State"])
                raise AthenaError(f"{statement[:80]}: {reason}")
            if time.monotonic() > deadline:
                self._athena.stop_query_execution(QueryExecutionId=query)
                raise AthenaError(f"{statement[:80]}: not finished after {self._timeout_s:g} s")
            time.sleep(self._poll_s)
