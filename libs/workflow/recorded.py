"""Runs a node as a recorded visit: told when it starts, kept when it ends, never worked twice once it has ended."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from langgraph.runtime import Runtime

from libs.core import faults
from libs.core.logging import bound
from libs.core.values import Json
from libs.jobs.errors import LeaseLost
from libs.runs.recorder import Visit
from libs.workflow.deps import WorkflowDeps

Node = Callable[[Any, WorkflowDeps, Visit], Awaitable[Any]]


def recorded(name: str, node: Node) -> Any:
    """The node as LangGraph calls it; untyped, because its overloads want the state's type in the signature."""

    async def run(state: Any, runtime: Runtime[WorkflowDeps]) -> Json:
        return await execute(name, node, state, runtime, announce=True)

    return run


async def execute(
    name: str, node: Node, state: Any, runtime: Runtime[WorkflowDeps], *, announce: bool
) -> Json:
    """One visit of a node: what it returned the first time it finished, or what it returns now.

    Args:
        announce: whether to append `node-start`; the runner has done it for gates.
    """
    deps = runtime.context
    if runtime.execution_info is None:
        raise RuntimeError("a node runs only inside a graph")
    visit = Visit(deps.run, name, runtime.execution_info.task_id, deps.recorder)
    faults.point(f"{name}.before")
    with bound(node=name):
        known = await deps.recorder.start(visit, announce=announce)
        if known is not None:
            return known
        began = time.monotonic()
        try:
            faults.point(f"{name}.inside")
            try:
                update: Json = dict(await node(state, deps, visit))
            except LeaseLost:
                raise
            except Exception as error:
                await deps.recorder.fail(visit, error, deps.attempt)
                raise
            await deps.recorder.finish(visit, update, began)
            return update
        finally:
            await deps.recorder.leave(visit)
