"""What a node may use, handed in as the graph's run-time context."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from libs.codegen.models import CheckResult
from libs.datasets.models import DatasetChoice, DatasetView
from libs.llm.port import LanguageModel
from libs.planning.catalogue.models import Catalogue
from libs.planning.policies.packs import Policies
from libs.planning.policies.waivers import WaiverEntry
from libs.planning.prices.lookup import Prices
from libs.runs.models import Run
from libs.runs.recorder import Recorder
from libs.workflow.prompting import Prompts


@dataclass(frozen=True)
class Knowledge:
    """What the planner knows of the world: loaded once per process."""

    catalogue: Catalogue
    prices: Prices
    policies: Policies
    written_only: bool = True
    """Whether designs hold only what a repository can be written with."""


class Checks(Protocol):
    """The checks on a payload."""

    async def run(
        self,
        payload_zip: bytes,
        on_result: Callable[[CheckResult], Awaitable[None]],
        waivers: tuple[WaiverEntry, ...] = (),
    ) -> Sequence[CheckResult]:
        """All results; each is also told as it comes. Waivers are those of the design alone."""
        ...


class History(Protocol):
    """What earlier steps and earlier versions left."""

    async def cards(self, run: Run) -> Sequence[dict[str, Any]]:
        """Reason cards of the run so far, in order."""
        ...

    async def artifact(self, run: Run, decision_set_id: str, name: str) -> bytes | None:
        """The newest artifact of that name in a decision set of the same organisation."""
        ...

    async def parent(self, run: Run, decision_set_id: str) -> str | None:
        """The version that a decision set of the same organisation continues; none for the first."""
        ...


class DatasetViews(Protocol):
    """What is known of uploaded tables."""

    async def view(self, organisation_id: str, choice: DatasetChoice) -> DatasetView:
        """The profile and what the table says about the chosen target."""
        ...


@dataclass(frozen=True)
class WorkflowDeps:
    """The tools of all nodes in one run."""

    run: Run
    recorder: Recorder
    attempt: int
    knowledge: Knowledge
    checks: Checks
    history: History
    datasets: DatasetViews
    model: LanguageModel | None
    prompts: Prompts
    now: Callable[[], datetime]

    def as_of(self) -> date:
        """The recorded date of this design."""
        return date.fromisoformat(self.run.input["as_of"])
