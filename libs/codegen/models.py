"""The blueprint: typed answers from which a repository is rendered, and what checks say about it."""

from typing import Literal

from libs.codegen.gpus import has_gpus
from libs.codegen.stated import StatedAnswer
from libs.core.values import Value
from libs.planning.demand import days_kept
from libs.planning.models import Archetype, Slot

Environment = Literal["dev", "staging", "prod"]
ENVIRONMENTS: tuple[Environment, ...] = ("dev", "staging", "prod")


class ComponentAnswer(Value):
    """A chosen component as the templates see it."""

    slot: Slot
    option: str
    title: str
    size: dict[str, int | float | str | bool]
    why: str
    monthly_usd: float | None
    generated: bool = True
    """Whether this repository holds it; what is only planned has to be built by hand."""


class ColumnAnswer(Value):
    """One column of the data contract."""

    name: str
    kind: Literal["number", "integer", "category", "boolean", "datetime", "id", "text"]
    role: Literal["feature", "target", "id", "time"] = "feature"
    nullable: bool = False
    minimum: float | None = None
    maximum: float | None = None
    categories: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Texts that stand for a missing cell, beside the empty one."""
    day_first: bool = False
    """Whether dates such as 13/5/2024 begin with the day."""
    repeated: bool = False
    """Whether the table names further columns like this one; the first of them is meant."""
    description: str


class Blueprint(Value):
    """Everything the templates may know; recorded in the result as `.answers.yml`. No clock, no random id."""

    contract: Literal[1] = 1
    project: str
    """Kebab-case name, safe in AWS resource names: `[a-z][a-z0-9-]{2,30}`."""
    package: str
    """Python package name: `[a-z][a-z0-9_]{2,30}`."""
    title: str
    summary: str
    archetype: Archetype
    task: Literal["classification", "regression", "retrieval"]
    """What the tabular pipeline learns, other ML tasks are mapped and `assumptions` says how; or `retrieval`:
    nothing is learned, answers are found in documents."""
    ml_task: str
    target: str
    metric: Literal["roc_auc", "rmse", "recall_at_k"]
    columns: tuple[ColumnAnswer, ...]
    sample: str = ""
    """CSV text of real rows of an uploaded table; empty where the sample is drawn from the contract."""
    telling: tuple[str, ...] = ()
    """Columns of an uploaded table that name nobody and together may tell who a row is about."""
    region: str
    components: dict[Slot, ComponentAnswer]
    latency_ms_p95: float | None
    throughput_rps: float
    predictions_per_day: float
    availability_pct: float
    budget_usd_month: float | None
    expected_usd_month: float
    compliance: tuple[str, ...]
    data_classification: str
    retention_days: int
    """Of logs and audit trails, as the rules ask."""
    training_schedule: str
    """EventBridge expression such as `cron(0 3 * * ? *)`, or an empty string for on-demand."""
    scoring_schedule: str
    """EventBridge expression; empty for an online API."""
    corpus: str = ""
    """Domain of the synthetic documents; empty when no documents are answered from."""
    tokens: "TokenAnswer | None" = None
    """Of the language model; None when there is none."""
    training_gb: float | None = None
    """The most data that a model learns from, as its machine is sized; more is sampled. None: all of it."""
    stated: StatedAnswer = StatedAnswer()
    assumptions: tuple[str, ...]
    requirements: tuple["RequirementAnswer", ...]
    decisions: tuple["DecisionAnswer", ...]
    seed: int = 7

    def option(self, slot: Slot) -> str:
        """Catalogue id chosen for the slot, or an empty string."""
        return self.components[slot].option if slot in self.components else ""

    @property
    def data_retention_days(self) -> int:
        """Of data, as the bill counts it."""
        return days_kept(self.stated.retention_days, self.compliance, self.data_classification)

    @property
    def workload(self) -> Literal["tabular", "rag"]:
        """Whether the repository learns from a table or answers from documents with a language model."""
        return "rag" if "llm" in self.components else "tabular"

    @property
    def idle_gpus(self) -> tuple[Slot, ...]:
        """Slots whose machines have GPUs for models from a table: the linear ones and trees written here use none."""
        if self.workload == "rag":
            return ()
        learned: tuple[Slot, ...] = ("train", "serve")
        return tuple(s for s in learned if s in self.components and has_gpus(self.components[s].size))

    @property
    def planned_only(self) -> tuple[Slot, ...]:
        """Slots that are planned and priced, and of which this repository holds nothing yet."""
        return tuple(slot for slot in sorted(self.components) if not self.components[slot].generated)


class TokenAnswer(Value):
    """How long prompts and answers are, and what a million tokens cost; None: the price is not known."""

    passage: int
    """Longest passage of the index."""
    prompt: int
    answer: int
    prompt_usd_million: float | None = None
    answer_usd_million: float | None = None


class RequirementAnswer(Value):
    """A constraint as the documents show it."""

    field: str
    value: str
    source: str
    quote: str = ""


class DecisionAnswer(Value):
    """One architecture decision record."""

    number: int
    slug: str
    title: str
    context: str
    choice: str
    consequences: str
    rejected: tuple[str, ...]


CheckStatus = Literal["pass", "warn", "fail", "skipped"]


class CheckFinding(Value):
    """One thing a check complains about."""

    check_id: str
    severity: Literal["low", "medium", "high"]
    path: str
    line: int | None
    message: str
    suppressed: bool = False
    reason: str = ""
    """Why it is suppressed, from the file itself."""


class CheckResult(Value):
    """What one check says about one payload."""

    check: str
    status: CheckStatus
    reason: str
    """One sentence; for `skipped` what is missing and how to get it."""
    payload_sha256: str
    tool_version: str = ""
    findings: tuple[CheckFinding, ...] = ()
    seconds: float = 0.0
    """How long it took, or how long it took to find what is known already."""
    cpu_seconds: float = 0.0
    cached: bool = False
    """Whether this was found out before, on the same payload with the same tools."""


class RenderedFile(Value):
    """One file of the generated repository."""

    path: str
    content: bytes
    executable: bool = False
