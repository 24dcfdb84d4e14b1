"""Rows in Iceberg tables of the data catalog, written by Athena.

A write is one MERGE, which is one commit: the rows of the run, or of the whole table, go out and
the new rows come in at once. Athena reads the new rows from a table over a folder of their own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..aws.clients import client
from ..jobs import storage
from .athena import Athena
from .records import RUN_COLUMN, ColumnType, Records, column_types

_TYPES: dict[ColumnType, str] = {
    "number": "double",
    "integer": "bigint",
    "boolean": "boolean",
    "moment": "timestamp",
    "text": "string",
}
_SUFFIXES = {"training_rows": "", "scoring_rows": "_scoring", "predictions": "_predictions"}
_WHOLE = "current"
_LOADED = "loaded_at"
_DML = {"string": "varchar", "timestamp": "timestamp(6)"}
"""Where the language of definitions and that of statements name a type differently."""


class IcebergStore:
    """`<table>` holds the training rows, `<table>_scoring` and `<table>_predictions` the others."""

    VARIABLES: ClassVar[tuple[str, ...]] = (
        "CATALOG_DATABASE",
        "ICEBERG_TABLE",
        "ATHENA_WORKGROUP",
        "CURATED_URI",
    )

    def __init__(
        self, athena: Athena, glue: Any, *, database: str, table: str, tables: str, staging: str
    ) -> None:
        """
        Args:
            athena: runs the statements.
            glue: a client of `glue`.
            database: of the catalog.
            table: name of the table with the training rows.
            tables: address below which tables that are missing are made.
            staging: address of rows on their way.
        """
        self._athena = athena
        self._glue = glue
        self._database = database
        self._table = table
        self._tables = tables
        self._staging = staging

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The store of the catalog that the variables name."""
        database, table, workgroup, curated = (variables[name] for name in cls.VARIABLES)
        athena = Athena(client("athena"), workgroup=workgroup, database=database)
        # Files below the curated data expire; those of a table live as long as it names them.
        return cls(
            athena,
            client("glue"),
            database=database,
            table=table,
            tables=f"{curated.rstrip('/').rpartition('/')[0]}/tables",
            staging=f"{curated.rstrip('/')}/staged",
        )

    def write(self, records: Records) -> None:
        """Replaces the rows.

        Raises:
            AthenaError: a statement failed; the table is as it was.
        """
        table = self._table + _SUFFIXES[records.table]
        types = {n: t for n, t in column_types(records.rows).items() if n != RUN_COLUMN}
        names = list(types)
        staged = f"{table}_staged_{re.sub(r'[^a-z0-9]', '', records.run or _WHOLE)}"
        place = f"{self._staging}/{staged}"
        targets = self._make_room(table, types)
        buffer = io.BytesIO()
        records.rows[names].to_parquet(buffer, index=False)
        storage.write_bytes(f"{place}/rows.parquet", buffer.getvalue())
        columns = _definitions({name: _TYPES[kind] for name, kind in types.items()})
        drop = f"DROP TABLE IF EXISTS {_ddl(staged)}"
        self._athena.run(drop)
        self._athena.run(
            f"CREATE EXTERNAL TABLE {_ddl(staged)} ({columns}) "
            f"STORED AS PARQUET LOCATION {_text(place + '/')}"
        )
        self._athena.run(merge_statement(table, staged, targets, records.run))
        self._athena.run(drop)
        storage.remove_folder(place)

    def _make_room(self, table: str, types: Mapping[str, ColumnType]) -> dict[str, str]:
        """Makes table and columns that are missing; the type of each column to be written."""
        wanted = {name: _TYPES[kind] for name, kind in types.items()}
        extra = {RUN_COLUMN: "string", _LOADED: "timestamp"}
        try:
            found = self._glue.get_table(DatabaseName=self._database, Name=table)["Table"]
        except self._glue.exceptions.EntityNotFoundException:
            self._athena.run(
                f"CREATE TABLE {_ddl(table)} ({_definitions(wanted | extra)}) "
                f"LOCATION {_text(f'{self._tables}/{table}/')} "
                "TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet')"
            )
            return wanted
        columns = found["StorageDescriptor"]["Columns"]
        present = {column["Name"].lower(): column["Type"] for column in columns}
        new = {n: kind for n, kind in (wanted | extra).items() if n.lower() not in present}
        if new:
            self._athena.run(f"ALTER TABLE {_ddl(table)} ADD COLUMNS ({_definitions(new)})")
        return {name: present.get(name.lower(), kind) for name, kind in wanted.items()}


def merge_statement(table: str, staged: str, columns: Mapping[str, str], run: str) -> str:
    """One commit that puts the staged rows in the place of those of the run, or of all rows.

    Args:
        table: that takes the rows.
        staged: the table that holds them.
        columns: to be written, with their types in the table.
        run: whose rows are replaced; empty for all.
    """
    names = ", ".join(_dml(name) for name in columns)
    nothing = ", ".join(f"NULL AS {_dml(name)}" for name in columns)
    values = ", ".join(
        f"CAST(new.{_dml(name)} AS {_DML.get(kind, kind)})" for name, kind in columns.items()
    )
    run_column = _dml(RUN_COLUMN)
    which = f"= {_text(run)}" if run else "IS NOT NULL"
    return (
        f"MERGE INTO {_dml(table)} old USING ("
        f"SELECT CAST(NULL AS varchar) AS replaced_run, {names} FROM {_dml(staged)} "
        f"UNION ALL SELECT DISTINCT {run_column} AS replaced_run, {nothing} "
        f"FROM {_dml(table)} WHERE {run_column} {which}) new "
        f"ON old.{run_column} = new.replaced_run "
        "WHEN MATCHED THEN DELETE "
        "WHEN NOT MATCHED AND new.replaced_run IS NULL "
        f"THEN INSERT ({run_column}, {_LOADED}, {names}) "
        f"VALUES ({_text(run or _WHOLE)}, CAST(current_timestamp AS timestamp(6)), {values})"
    )


def _definitions(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{_ddl(name)} {kind}" for name, kind in columns.items())


def _ddl(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _dml(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
