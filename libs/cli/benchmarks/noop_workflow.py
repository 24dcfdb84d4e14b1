"""Chains of nodes that do nothing: under the product's runner, and as a bare graph."""

from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph

from libs.bootstrap import Services
from libs.cli.benchmarks.models import MeasurementFailed
from libs.cli.benchmarks.samples import Stopwatch
from libs.cli.benchmarks.timed import TimedRecorder, TimedSaver
from libs.core.values import Json
from libs.jobs.models import Lease
from libs.runs.models import GateRequest, Run, RunStatus
from libs.runs.recorder import Recorder, Visit
from libs.runs.runner import Graph
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.graph import NODES
from libs.workflow.history import StoredHistory
from libs.workflow.prompting import Prompts
from libs.workflow.recorded import recorded


class Steps(TypedDict, total=False):
    """How many nodes have run."""

    steps: int


class NoopWorkflow:
    """A chain of recorded nodes, each of which leaves one card and counts one step."""

    def __init__(self, services: Services, lease: Lease, nodes: int, watch: Stopwatch | None = None) -> None:
        """
        Args:
            services: where the nodes record.
            lease: of the job that carries the run.
            nodes: how many.
            watch: where given, counts recording and checkpoints; its own cost makes the whole a little slower.
        """
        self._services = services
        self._lease = lease
        self._watch = watch
        self._prompts = Prompts()
        self._nodes = nodes
        steps = [(step, recorded(node, _noop)) for step, node in _steps(nodes)]
        self._graph = chain(steps, WorkflowDeps).compile()

    def compiled(self, saver: BaseCheckpointSaver[str]) -> Graph:
        timed = TimedSaver(saver, self._watch) if self._watch else saver
        return self._graph.copy(update={"checkpointer": timed})

    async def first_input(self, run: Run) -> Json:
        return {"steps": 0}

    def context(self, run: Run, recorder: Recorder, attempt: int) -> Any:
        services = self._services
        return WorkflowDeps(
            run=run,
            recorder=TimedRecorder(services, self._lease, self._watch) if self._watch else recorder,
            attempt=attempt,
            knowledge=services.knowledge,
            checks=services.checks,
            history=StoredHistory(services.db, services.events, services.content),
            datasets=services.datasets,
            model=None,
            prompts=self._prompts,
            now=services.clock.now,
        )

    async def gate_request(self, run: Run, value: Json) -> GateRequest:
        raise MeasurementFailed("A chain without gates asked for one.")

    def ending(self, state: Json) -> tuple[RunStatus, str, Json | None]:
        if state["steps"] != self._nodes:
            raise MeasurementFailed(f"{state['steps']} of {self._nodes} nodes have run.")
        return "done", "done", None


async def _noop(state: Steps, deps: WorkflowDeps, visit: Visit) -> Steps:
    card(
        deps, visit, trigger="the node before", title="A step", choice="go on", justification="Nothing to do."
    )
    return {"steps": state["steps"] + 1}


async def bare_noop(state: Steps) -> Steps:
    """A node of the bare graph."""
    return {"steps": state["steps"] + 1}


def bare_graph(nodes: int) -> StateGraph[Any, Any, Any, Any]:
    """The same chain as LangGraph alone runs it."""
    return chain([(step, bare_noop) for step, _ in _steps(nodes)], None)


def _steps(nodes: int) -> list[tuple[str, str]]:
    """The design's nodes over and over, each time under another name in the graph."""
    return [(f"{node}_{number}", node) for number, node in enumerate(islice(cycle(NODES), nodes))]


def chain(
    nodes: Sequence[tuple[str, Any]], context_schema: type[Any] | None
) -> StateGraph[Any, Any, Any, Any]:
    """The nodes one after the other."""
    graph: StateGraph[Any, Any, Any, Any] = StateGraph(Steps, context_schema=context_schema)
    before = START
    for name, node in nodes:
        graph.add_node(name, node, input_schema=Steps)
        graph.add_edge(before, name)
        before = name
    graph.add_edge(before, END)
    return graph
