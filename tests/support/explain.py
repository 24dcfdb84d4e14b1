"""Asks a store how it carries out a query."""

import json
from typing import Any

from sqlalchemy import ClauseElement, Executable, Select
from sqlalchemy.ext.compiler import compiles

from libs.db.session import AnySession


class _Explain(Executable, ClauseElement):
    inherit_cache = False

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement


@compiles(_Explain, "sqlite")
def _plan_alone(element: _Explain, compiler: Any, **options: Any) -> str:
    return f"EXPLAIN QUERY PLAN {compiler.process(element.statement, **options)}"


@compiles(_Explain, "postgresql")
def _plan_and_rows(element: _Explain, compiler: Any, **options: Any) -> str:
    return f"EXPLAIN (ANALYZE, FORMAT JSON) {compiler.process(element.statement, **options)}"


async def sqlite_steps(session: AnySession, statement: Select[Any]) -> list[str]:
    """The steps in words, such as `SEARCH decision_sets USING INDEX … (organisation_id=?)`."""
    return [step.detail for step in await session.execute(_Explain(statement))]


async def postgres_nodes(session: AnySession, statement: Select[Any]) -> list[dict[str, Any]]:
    """Every node of the plan with what it did: `Node Type`, `Index Name`, `Actual Rows`, `Actual Loops` …"""
    answer = (await session.execute(_Explain(statement))).scalar_one()
    waiting = [(json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]]
    nodes: list[dict[str, Any]] = []
    while waiting:
        node = waiting.pop()
        waiting += node.pop("Plans", [])
        nodes.append(node)
    return nodes


def rows_touched(nodes: list[dict[str, Any]]) -> float:
    """How many rows the plan's scans looked at, those that a condition threw out included."""
    return sum(
        node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
        for node in nodes
        if "Scan" in node["Node Type"]
    )
