"""PostgreSQL with pgvector: similarity, words and rights in one query.

A question holds a connection while it is searched for and not while the language model answers: a few are enough for
many questions at once.

Vectors are kept in half precision: half the memory of the index, at a loss of recall that the evaluation sees.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, Full, LifoQueue
from typing import Any, TypeVar

import numpy as np

from .. import aws
from ..passages import Passage
from ..settings import PATIENT, Settings
from .port import Hit, Scope, StoreUnavailable

_COLUMNS = "passage_id, document_id, position, title, section, text, source, category, access, tokens"
_FILTERS = frozenset({"category", "document_id", "source"})
_SCHEMA = """
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE IF NOT EXISTS passages (
  passage_id text PRIMARY KEY,
  document_id text NOT NULL,
  position integer NOT NULL,
  title text NOT NULL,
  section text NOT NULL,
  text text NOT NULL,
  source text NOT NULL,
  category text NOT NULL,
  access text[] NOT NULL,
  tokens integer NOT NULL,
  vector halfvec({dimensions}) NOT NULL,
  words tsvector GENERATED ALWAYS AS
    (to_tsvector('simple', title || ' ' || section || ' ' || text)) STORED
);
CREATE INDEX IF NOT EXISTS passages_vector ON passages USING hnsw (vector halfvec_cosine_ops);
CREATE INDEX IF NOT EXISTS passages_words ON passages USING gin (words);
CREATE INDEX IF NOT EXISTS passages_access ON passages USING gin (access);
"""
_PUT = f"""
INSERT INTO passages ({_COLUMNS}, vector)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::halfvec)
ON CONFLICT (passage_id) DO UPDATE SET position = EXCLUDED.position, source = EXCLUDED.source,
  vector = EXCLUDED.vector
"""  # noqa: S608 - only constants of this module are put together
_IDLE = 8
"""Connections that are kept for the next search; those of a rush beyond them are closed."""
T = TypeVar("T")


class PgvectorStore:
    """One table in one database."""

    def __init__(self, connect: Callable[[], Any], dimensions: int) -> None:
        """Takes what opens a connection of psycopg.

        Args:
            connect: opens a connection; called when none is free, and again after a failure.
            dimensions: numbers in a vector.
        """
        self._connect = connect
        self._dimensions = dimensions
        self._idle: LifoQueue[Any] = LifoQueue(_IDLE)

    def clear(self) -> None:
        """Drops the table: its column of vectors has one length."""
        self._run(lambda connection: connection.execute("DROP TABLE IF EXISTS passages"))

    def prepare(self) -> None:
        """Creates table and indexes where they are missing."""
        self._run(lambda connection: connection.execute(_SCHEMA.format(dimensions=self._dimensions)))

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Adds or replaces, in one transaction."""
        rows = [
            (
                *(p.passage_id, p.document_id, p.position, p.title, p.section, p.text),
                *(p.source, p.category, list(p.access), p.tokens, _literal(vector)),
            )
            for p, vector in zip(passages, vectors, strict=True)
        ]

        def write(connection: Any) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(_PUT, rows)

        self._run(write)

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Removes."""
        names = list(passage_ids)
        self._run(lambda c: c.execute("DELETE FROM passages WHERE passage_id = ANY(%s)", (names,)))

    def nearest(self, vector: np.ndarray, count: int, scope: Scope) -> list[Hit]:
        """By the cosine; the scan goes on until enough rows pass the filter."""
        literal = _literal(vector)
        where, values = _conditions(scope)
        query = f"""
            SELECT {_COLUMNS}, 1 - (vector <=> %s::halfvec) FROM passages
            WHERE {where} ORDER BY vector <=> %s::halfvec LIMIT %s
        """  # noqa: S608 - names come from a fixed list, values are parameters

        def search(connection: Any) -> list[Any]:
            with connection.transaction():
                connection.execute("SET LOCAL hnsw.iterative_scan = strict_order")
                rows: list[Any] = connection.execute(query, (literal, *values, literal, count)).fetchall()
                return rows

        return [_hit(row) for row in self._run(search)]

    def matching(self, question: str, count: int, scope: Scope) -> list[Hit] | None:
        """By any of the words, ranked by PostgreSQL."""
        where, values = _conditions(scope)
        query = f"""
            SELECT {_COLUMNS}, ts_rank_cd(words, asked, 1)
            FROM passages, CAST(replace(plainto_tsquery('simple', %s)::text, '&', '|') AS tsquery) AS asked
            WHERE words @@ asked AND {where} ORDER BY 11 DESC, passage_id LIMIT %s
        """  # noqa: S608 - names come from a fixed list, values are parameters
        rows = self._run(lambda c: c.execute(query, (question, *values, count)).fetchall())
        return [_hit(row) for row in rows]

    def _run(self, action: Callable[[Any], T]) -> T:
        import psycopg

        try:
            connection = self._free()
            found = action(connection)
            try:
                self._idle.put_nowait(connection)
            except Full:
                connection.close()
            return found
        except psycopg.Error as error:
            raise StoreUnavailable(f"PostgreSQL: {error}") from error

    def _free(self) -> Any:
        with suppress(Empty):
            while (connection := self._idle.get_nowait()).closed:
                continue
            return connection
        return self._connect()


def connect(settings: Settings, dimensions: int) -> PgvectorStore:
    """`VECTOR_DATABASE_NAME` on `VECTOR_DATABASE_HOST` with the login of `VECTOR_DATABASE_SECRET_ARN`."""
    opens = connector(
        aws.client("secretsmanager", settings.patience),
        settings.need("VECTOR_DATABASE_SECRET_ARN"),
        settings.need("VECTOR_DATABASE_HOST"),
        settings.need("VECTOR_DATABASE_NAME"),
        # A job may build an index for as long as that takes.
        0 if settings.patience == PATIENT else settings.patience.seconds,
    )
    return PgvectorStore(opens, dimensions)


def connector(secrets: Any, secret: str, host: str, database: str, statement_seconds: float = 0) -> Callable[[], Any]:
    """What opens connections with the user and password that Secrets Manager holds now.

    Args:
        secrets: a client of `secretsmanager`.
        secret: ARN of a secret with `username` and `password`, read again for every connection, so
            that a rotated password needs no restart. The image names the authority in PGSSLROOTCERT.
        host: of the writer.
        database: its name.
        statement_seconds: that one may take; 0: as long as it needs.
    """

    def connect() -> Any:
        import psycopg
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            login = json.loads(secrets.get_secret_value(SecretId=secret)["SecretString"])
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(f"Secrets Manager: {error}") from error
        return psycopg.connect(
            host=host,
            dbname=database,
            user=login["username"],
            password=login["password"],
            sslmode="verify-full",
            connect_timeout=5,
            options=f"-c statement_timeout={round(1000 * statement_seconds)}",
            tcp_user_timeout=round(1000 * statement_seconds),
            autocommit=True,
        )

    return connect


def _conditions(scope: Scope) -> tuple[str, list[Any]]:
    parts, values = ["access && %s"], [list(scope.groups)]
    for name, value in sorted(scope.equal.items()):
        if name not in _FILTERS:
            raise ValueError(f"{name} is no field to filter by")
        parts.append(f"{name} = %s")
        values.append(value)  # type: ignore[arg-type]
    return " AND ".join(parts), values


def _hit(row: Sequence[Any]) -> Hit:
    names = [name.strip() for name in _COLUMNS.split(",")]
    return Hit(Passage.from_json(dict(zip(names, row, strict=False))), float(row[-1]))


def _literal(vector: np.ndarray) -> str:
    return "[" + ",".join(f"{number:.6g}" for number in vector) + "]"
