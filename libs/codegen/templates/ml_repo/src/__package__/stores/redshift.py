"""Rows in Redshift: it reads the Parquet files itself, and each write is one transaction."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..aws.clients import client
from .records import RUN_COLUMN, ColumnType, Records, column_types

_TYPES: dict[ColumnType, str] = {
    "number": "DOUBLE PRECISION",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "moment": "TIMESTAMP",
    "text": "VARCHAR(65535)",
}
"""Redshift loads moments from Parquet without their zone; they are UTC."""


class RedshiftError(Exception):
    """Redshift did not run the statements; nothing was changed."""


class RedshiftStore:
    """Tables of the same names as the records, in the schema `public`."""

    VARIABLES: ClassVar[tuple[str, ...]] = (
        "REDSHIFT_WORKGROUP",
        "REDSHIFT_DATABASE",
        "REDSHIFT_ROLE_ARN",
    )

    def __init__(
        self,
        data_api: Any,
        *,
        workgroup: str,
        database: str,
        role_arn: str,
        timeout_s: float = 900.0,
        poll_s: float = 1.0,
    ) -> None:
        """
        Args:
            data_api: a client of `redshift-data`.
            workgroup: that holds the database.
            database: its name.
            role_arn: the role with which Redshift reads the files.
            timeout_s: how long a write may take.
            poll_s: pause between two looks at its state.
        """
        self._data_api = data_api
        self._place = {"WorkgroupName": workgroup, "Database": database}
        self._role_arn = role_arn
        self._timeout_s = timeout_s
        self._poll_s = poll_s

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The store of the workgroup that the variables name."""
        workgroup, database, role_arn = (variables[name] for name in cls.VARIABLES)
        return cls(
            client("redshift-data"), workgroup=workgroup, database=database, role_arn=role_arn
        )

    def write(self, records: Records) -> None:
        """Replaces the rows.

        Raises:
            RedshiftError: a statement failed, or the write took too long and was cancelled.
        """
        sent = self._data_api.batch_execute_statement(Sqls=self.statements(records), **self._place)
        deadline = time.monotonic() + self._timeout_s
        while True:
            state = self._data_api.describe_statement(Id=sent["Id"])
            if state["Status"] == "FINISHED":
                return
            if state["Status"] in ("FAILED", "ABORTED"):
                raise RedshiftError(state.get("Error", state["Status"]))
            if time.monotonic() > deadline:
                self._data_api.cancel_statement(Id=sent["Id"])
                raise RedshiftError(f"not finished after {self._timeout_s:g} s and cancelled")
            time.sleep(self._poll_s)

    def statements(self, records: Records) -> list[str]:
        """The SQL of one write; the Data API runs it as one transaction."""
        table = _quoted(records.table)
        types = column_types(records.rows)
        columns = ", ".join(f"{_quoted(name)} {_TYPES[kind]}" for name, kind in types.items())
        names = ", ".join(_quoted(name) for name in types)
        where = f" WHERE {_quoted(RUN_COLUMN)} = {_text(records.run)}" if records.run else ""
        return [
            f"CREATE TABLE IF NOT EXISTS {table} ({columns})",
            f"DELETE FROM {table}{where}",
            (
                f"COPY {table} ({names}) FROM {_text(records.uri)} "
                f"IAM_ROLE {_text(self._role_arn)} FORMAT AS PARQUET"
            ),
        ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
