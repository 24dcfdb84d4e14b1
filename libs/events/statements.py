"""The statements of an append, built once: building them in Python costs more than running them."""

from functools import cache
from typing import Any, cast

from sqlalchemy import Select, String, Table, and_, bindparam, insert, select, update

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
    .returning(STREAMS.c.last_seq)
)
"""Reserves `b_count` numbers of an open stream and closes it if `b_close`; returns the last number."""

ADD = insert(EVENTS)


@cache
def find_stream(row_locks: bool) -> Select[Any]:
    """Finds the stream of `b_run`; with row locks it stays locked until the transaction ends."""
    statement = select(STREAMS).where(STREAMS.c.run_id == bindparam("b_run"))
    return statement.with_for_update() if row_locks else statement
