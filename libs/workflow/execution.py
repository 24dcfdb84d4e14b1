"""What carries runs forward, loaded when the first one moves.

LangGraph and the rules that read a brief take longer to load than most commands take to answer, and only a process
that works on runs needs them.
"""

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from libs.core.clock import Clock
from libs.db.engine import Database
from libs.events.service import EventLog
from libs.jobs.service import JobQueue
from libs.llm.port import LanguageModel
from libs.projects.content import ContentStore
from libs.runs.approvals import ApprovalService
from libs.runs.lifecycle import RunService
from libs.workflow.deps import Checks, DatasetViews, History, Knowledge

if TYPE_CHECKING:
    from libs.runs.runner import Runner
    from libs.runs.savers import SaverFactory


@dataclass(frozen=True)
class Foundation:
    """The services that runs are carried forward with."""

    sqlalchemy_url: str
    db: Database
    queue: JobQueue
    events: EventLog
    content: ContentStore
    approvals: ApprovalService
    runs: RunService
    knowledge: Knowledge
    checks: Checks
    history: History
    datasets: DatasetViews
    model: LanguageModel | None
    clock: Clock


class Execution:
    """The runner of a process and its savers; safe to use from any thread."""

    def __init__(self, foundation: Foundation) -> None:
        self._foundation = foundation
        self._loading = Lock()
        self._loaded: tuple[Runner, SaverFactory] | None = None

    @property
    def runner(self) -> "Runner":
        """Drives design runs."""
        return self._load()[0]

    @property
    def savers(self) -> "SaverFactory":
        """Opens the checkpoints of runs."""
        return self._load()[1]

    def preload(self) -> None:
        """Loads now what the first run would wait for."""
        self._load()

    async def close(self) -> None:
        """Closes the connections of the savers, if any were opened."""
        if self._loaded is not None:
            await self._loaded[1].close()

    def _load(self) -> "tuple[Runner, SaverFactory]":
        with self._loading:
            if self._loaded is None:
                self._loaded = _made(self._foundation)
            return self._loaded


def _made(base: Foundation) -> "tuple[Runner, SaverFactory]":
    from libs.runs.runner import Runner
    from libs.runs.savers import SaverFactory
    from libs.workflow.design import DesignWorkflow

    savers = SaverFactory(base.sqlalchemy_url)
    workflow = DesignWorkflow(
        base.content, base.knowledge, base.checks, base.history, base.datasets, base.model, base.clock.now
    )
    runner = Runner(
        base.db,
        base.queue,
        base.events,
        base.content,
        savers,
        base.approvals,
        base.runs,
        base.clock,
        workflow,
    )
    return runner, savers
