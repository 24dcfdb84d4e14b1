"""The design workflow as the runner drives it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver

from libs.core.values import Json
from libs.core.wording import named, sentence
from libs.llm.port import LanguageModel
from libs.projects.content import ContentStore
from libs.runs.models import GateRequest, Run, RunStatus
from libs.runs.recorder import Recorder
from libs.runs.runner import Graph
from libs.workflow.deps import Checks, DatasetViews, History, Knowledge, WorkflowDeps
from libs.workflow.graph import design_graph
from libs.workflow.inheritance import inheritance
from libs.workflow.prompting import Prompts


class DesignWorkflow:
    """Graph, first input, context and ending of a design run."""

    def __init__(
        self,
        content: ContentStore,
        knowledge: Knowledge,
        checks: Checks,
        history: History,
        datasets: DatasetViews,
        model: LanguageModel | None,
        now: Callable[[], datetime],
    ) -> None:
        self._content = content
        self._knowledge = knowledge
        self._checks = checks
        self._history = history
        self._datasets = datasets
        self._model = model
        self._now = now
        self._prompts = Prompts()
        # Compiling takes longer than a node; it reads nothing that differs between runs but the saver.
        self._graph: Graph = design_graph().compile()

    def compiled(self, saver: BaseCheckpointSaver[str]) -> Graph:
        return self._graph.copy(update={"checkpointer": saver})

    async def first_input(self, run: Run) -> Json:
        parent = await inheritance(self._history, run)
        # Runs that were admitted before there were forms or datasets have no such input.
        given: Json = run.input.get("constraints", {})
        messages = [
            await self._content.put(
                run.organisation_id, "message", text.encode(), "text/plain; charset=utf-8"
            )
            for text in (*parent.messages, *run.input["messages"])
        ]
        return {
            "messages": [ref.to_json() for ref in messages],
            "asked": parent.asked or bool(given),
            "answers": {**parent.answers, **given},
            "edits": {field: value for field, value in parent.edits.items() if field not in given},
            "forced": parent.forced,
            "assumed": parent.assumed,
            "waivers": parent.waivers,
            "as_of": run.input["as_of"],
            "name": run.input["name"],
            "project": parent.project,
            "parent_id": run.input["parent_id"],
            "dataset": run.input.get("dataset"),
        }

    def context(self, run: Run, recorder: Recorder, attempt: int) -> Any:
        return WorkflowDeps(
            run=run,
            recorder=recorder,
            attempt=attempt,
            knowledge=self._knowledge,
            checks=self._checks,
            history=self._history,
            datasets=self._datasets,
            model=self._model,
            prompts=self._prompts,
            now=self._now,
        )

    async def gate_request(self, run: Run, value: Json) -> GateRequest:
        loaded = await self._content.get_json(run.organisation_id, value["request"]["sha256"])
        return GateRequest.model_validate(loaded)

    def ending(self, state: Json) -> tuple[RunStatus, str, Json | None]:
        if state.get("outcome") == "done":
            return "done", "done", None
        if state.get("outcome") != "rejected":
            raise RuntimeError(f"the graph ended without an outcome: {sorted(state)}")
        gate = state["gate"]
        return (
            "rejected",
            "rejected",
            {
                "code": "workflow.rejected",
                "message": f"{sentence(named(gate['actor']))} rejected the design: {gate['comment'] or 'no comment'}",
                "kept": "The constraints, the plan and every reason card are kept.",
                "advice": "Send a message to this decision set to start its next version.",
            },
        )
