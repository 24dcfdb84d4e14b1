"""The statements of an append, built once: building them in Python costs more than running them."""

from functools import cache
from typing import Any, cast

from sqlalchemy import Integer, Select, String, Table, and_, bindparam, insert, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from libs.events.tables import EventRow, EventStreamRow

STREAMS = cast(Table, EventStreamRow.__table__)
EVENTS = cast(Table, EventRow.__table__)

HAS_KEY = EVENTS.c.key.in_(bindparam("b_keys", expanding=True, type_=String()))

TAKEN = select(EVENTS.c.key).where(EVENTS.c.run_id == bindparam("b_run"), HAS_KEY)
"""Those of `b_keys` that the run `b_run` has already."""

STREAM_AND_TAKEN = (
    select(*STREAMS.c, EVENTS.c.key.label("taken"))
    .select_from(STREAMS.outerjoin(EVENTS, and_(EVENTS.c.run_id == STREAMS.c.run_id, HAS_KEY)))
    .where(STREAMS.c.run_id == bindparam("b_run"))
)
"""The stream of `b_run`, once for each of `b_keys` that it has; once with nothing as `taken` if it has none."""

ADVANCE = (
    update(STREAMS)
    .where(STREAMS.c.run_id == bindparam("b_run"), STREAMS.c.closed.is_(False))
    .values(last_seq=STREAMS.c.last_seq + bindparam("b_count"), closed=bindparam("b_close"))
    .returning(*STREAMS.c)
)
"""Reserves `b_count` numbers of the stream of `b_run`, if it is open, and closes it if `b_close`."""

REOPEN = (
    update(STREAMS)
    .where(STREAMS.c.run_id == bindparam("b_run"))
    .values(closed=False)
    .returning(STREAMS.c.run_id)
)
"""Opens the stream of `b_run` again, for what follows a retry."""

ADD = insert(EVENTS)

ADVANCE_AND_ADD = text("""
    WITH head AS (
        UPDATE event_streams SET last_seq = last_seq + :b_count, closed = :b_close
        WHERE run_id = :b_run AND NOT closed
        RETURNING *
    ), added AS (
        INSERT INTO events (
            run_id, seq, organisation_id, project_id, decision_set_id, key, type, node, at, data
        )
        SELECT head.run_id, head.last_seq - :b_count + new.number, head.organisation_id, head.project_id,
            head.decision_set_id, new.key, new.type, new.node, new.at, new.data
        FROM head, ROWS FROM (
            jsonb_to_recordset(:b_events) AS (key text, type text, node text, at timestamptz, data jsonb)
        ) WITH ORDINALITY AS new (key, type, node, at, data, number)
    )
    SELECT head.* FROM head
""").bindparams(bindparam("b_events", type_=JSONB()), bindparam("b_count", type_=Integer()))
"""`ADVANCE` and `ADD` of `b_events` in one round trip, for PostgreSQL."""


@cache
def find_stream(row_locks: bool) -> Select[Any]:
    """Finds the stream of `b_run`; with row locks it stays locked until the transaction ends."""
    statement = select(STREAMS).where(STREAMS.c.run_id == bindparam("b_run"))
    return statement.with_for_update() if row_locks else statement
