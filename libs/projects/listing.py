"""Queries behind the lists of projects and designs: searched, filtered, page by page; rows in, values out.

A page goes on behind the last id of the one before, so what comes or goes meanwhile neither doubles nor hides an entry.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from libs.db.session import AnySession
from libs.projects.models import DecisionSetFilter, ListedDecisionSet, Project
from libs.projects.repository import decision_set_of, of_line, project_of
from libs.projects.tables import DecisionSetRow, ProjectRow

ESCAPE = "/"


async def list_projects(
    session: AnySession,
    organisation_id: str,
    *,
    text: str = "",
    pinned: bool | None = None,
    after: str | None,
    limit: int,
) -> list[Project]:
    """Projects that are not archived, newest first."""
    query = select(ProjectRow).where(
        ProjectRow.organisation_id == organisation_id,
        ~ProjectRow.archived,
        *_with_words(text, ProjectRow.name),
    )
    if pinned is not None:
        query = query.where(_is(ProjectRow.pinned, pinned))
    if after is not None:
        query = query.where(ProjectRow.id < after)
    rows = (await session.execute(query.order_by(ProjectRow.id.desc()).limit(limit))).scalars()
    return [project_of(row) for row in rows]


async def list_decision_sets(
    session: AnySession, organisation_id: str, wanted: DecisionSetFilter, *, after: str | None, limit: int
) -> list[ListedDecisionSet]:
    """Decision sets that pass the filter, newest first."""
    return await _listed(session, newest_first(organisation_id, wanted, after=after, limit=limit))


async def list_branches(
    session: AnySession, organisation_id: str, decision_set_id: str, *, after: str | None, limit: int
) -> list[ListedDecisionSet]:
    """All that were forked from the same origin, over any number of steps, and the origin; oldest first."""
    query = _with_project_names(organisation_id).where(
        DecisionSetRow.id.in_(select(_family(decision_set_id).c.id))
    )
    if after is not None:
        query = query.where(DecisionSetRow.id > after)
    return await _listed(session, query.order_by(DecisionSetRow.id).limit(limit))


def newest_first(
    organisation_id: str, wanted: DecisionSetFilter, *, after: str | None, limit: int
) -> Select[DecisionSetRow, str]:
    """The query of one page."""
    query = _with_project_names(organisation_id).where(
        *_with_words(wanted.text, DecisionSetRow.title, ProjectRow.name)
    )
    if wanted.project_id is not None:
        query = query.where(DecisionSetRow.project_id == wanted.project_id)
    if wanted.line_id is not None:
        query = query.where(of_line(wanted.line_id))
    if wanted.status is not None:
        query = query.where(DecisionSetRow.status == wanted.status)
    if wanted.pinned is not None:
        query = query.where(_is(DecisionSetRow.pinned, wanted.pinned))
    if not wanted.archived:
        query = query.where(~DecisionSetRow.archived)
    if after is not None:
        query = query.where(DecisionSetRow.id < after)
    return query.order_by(DecisionSetRow.id.desc()).limit(limit)


def _with_project_names(organisation_id: str) -> Select[DecisionSetRow, str]:
    return (
        select(DecisionSetRow, ProjectRow.name)
        .join(ProjectRow, ProjectRow.id == DecisionSetRow.project_id)
        .where(DecisionSetRow.organisation_id == organisation_id)
    )


async def _listed(session: AnySession, query: Select[DecisionSetRow, str]) -> list[ListedDecisionSet]:
    return [
        ListedDecisionSet(decision_set=decision_set_of(row), project_name=name)
        for row, name in await session.execute(query)
    ]


def _with_words(text: str, *columns: InstrumentedAttribute[str]) -> list[ColumnElement[bool]]:
    """One condition a word: some column contains it, in any case."""
    return [or_(*(_contains(column, word) for column in columns)) for word in text.split()]


def _contains(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    literal = word.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")
    # The store folds both sides, so that they are folded alike.
    return func.lower(column).like(func.lower(f"%{literal}%"), escape=ESCAPE)


def _is(column: InstrumentedAttribute[bool], value: bool) -> ColumnElement[bool]:
    return column.expression if value else ~column


def _family(decision_set_id: str) -> Any:
    """Ids of the origin and of all that descend from it by forks."""
    up = (
        select(DecisionSetRow.id, DecisionSetRow.forked_from)
        .where(DecisionSetRow.id == decision_set_id)
        .cte("up", recursive=True)
    )
    up = up.union_all(
        select(DecisionSetRow.id, DecisionSetRow.forked_from).join(up, DecisionSetRow.id == up.c.forked_from)
    )
    down = select(up.c.id).where(up.c.forked_from.is_(None)).cte("down", recursive=True)
    return down.union_all(select(DecisionSetRow.id).join(down, DecisionSetRow.forked_from == down.c.id))
