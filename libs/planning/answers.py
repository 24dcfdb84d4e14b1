"""The fields that can be asked about, with the admissible answers that are tried out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from libs.intake.models import FieldName
from libs.planning.models import Archetype, Requirements
from libs.planning.regions import PRICED

Kind = Literal["choice", "multi_choice", "number", "boolean", "region"]
Answers = Callable[[Requirements, float], list[Any]]


@dataclass(frozen=True)
class Ask:
    """How a field is asked, and which answers are tried."""

    text: str
    kind: Kind
    answers: Answers
    """From the requirements and the monthly cost as they stand."""
    options: tuple[str, ...] = ()
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    archetype: Archetype | None = None
    """Asked only for this archetype."""
    language_model: bool = False
    """Asked only where there is a language model."""
    of_answers: str = ""
    """How it is asked where a language model answers, if otherwise."""
    without: str = "nothing is assumed"
    """What holds when nobody answers a field that has no default."""

    def applies(self, needs: Requirements) -> bool:
        """Whether the question makes sense for such a system."""
        return (self.archetype is None or self.archetype == needs.archetype) and (
            not self.language_model or needs.ml_task == "llm_rag"
        )

    def put_to(self, needs: Requirements) -> "Ask":
        """As it is asked about such a system."""
        return replace(self, text=self.of_answers) if self.of_answers and needs.ml_task == "llm_rag" else self


def _fixed(*values: Any) -> Answers:
    return lambda _needs, _cost: list(values)


ADMISSIBLE: dict[FieldName, Ask] = {
    "workloads": Ask(
        "How are predictions asked for?",
        "multi_choice",
        _fixed(["online_inference"], ["batch_inference"], ["streaming_inference"]),
        ("online_inference", "batch_inference", "streaming_inference"),
    ),
    "ml_task": Ask(
        "What does the model do?",
        "choice",
        _fixed("classification", "recommendation", "nlp", "vision"),
        (
            "classification",
            "regression",
            "forecasting",
            "ranking",
            "recommendation",
            "anomaly",
            "vision",
            "nlp",
            "llm_rag",
        ),
    ),
    "throughput_rps": Ask(
        "How many requests a second come at the peak?",
        "number",
        lambda needs, _cost: [needs.throughput_rps / 10, needs.throughput_rps * 10],
        unit="requests/s",
        minimum=0.01,
        maximum=1_000_000,
        archetype="online_api",
    ),
    "predictions_per_day": Ask(
        "How many predictions a day are made?",
        "number",
        lambda needs, _cost: [needs.predictions_per_day / 10, needs.predictions_per_day * 10],
        unit="predictions/day",
        minimum=1,
        maximum=1e12,
        archetype="batch_scoring",
    ),
    "latency_ms_p95": Ask(
        "Within how many milliseconds must 95 % of the answers be there?",
        "number",
        lambda needs, _cost: (
            [1000.0, 3000.0, 10_000.0] if needs.ml_task == "llm_rag" else [30.0, 100.0, 1000.0]
        ),
        unit="ms",
        minimum=1,
        maximum=60_000,
        archetype="online_api",
        of_answers="Within how many milliseconds must 95 % of the answers begin to appear?",
    ),
    "compliance": Ask(
        "Which regimes apply?",
        "multi_choice",
        _fixed(["PCI-DSS"], ["HIPAA"], ["GDPR"], ["SOC2"]),
        ("PCI-DSS", "HIPAA", "GDPR", "SOC2", "LAW25"),
    ),
    "data_classification": Ask(
        "How is the data classified?",
        "choice",
        _fixed("public", "internal", "sensitive", "restricted"),
        ("public", "internal", "sensitive", "restricted"),
    ),
    "availability_pct": Ask(
        "How much of the time must it be available?",
        "number",
        _fixed(99.0, 99.5, 99.9, 99.95),
        unit="%",
        minimum=90,
        maximum=100,
    ),
    "regions": Ask(
        "In which region shall it run?",
        "region",
        _fixed(["us-east-1"], ["eu-central-1"], ["ap-southeast-1"]),
        PRICED,
    ),
    "deployment_preference": Ask(
        "Is there a preferred way to deploy?",
        "choice",
        _fixed("serverless", "containers", "kubernetes", "managed"),
        ("serverless", "containers", "kubernetes", "managed"),
        without="no way is preferred",
    ),
    "gpu_needed": Ask("Is a GPU needed?", "boolean", _fixed(True, False)),
    "data_volume_gb": Ask(
        "How many gigabytes of data are there to learn from?",
        "number",
        lambda needs, _cost: [needs.data_volume_gb / 10, needs.data_volume_gb * 10],
        unit="GB",
        minimum=0.001,
        maximum=1_000_000,
    ),
    "training_frequency": Ask(
        "How often is the model trained again?",
        "choice",
        _fixed("hourly", "daily", "monthly"),
        (
            "continuous",
            "several_times_daily",
            "hourly",
            "daily",
            "weekly",
            "monthly",
            "quarterly",
            "on_demand",
        ),
    ),
    "scoring_frequency": Ask(
        "How often are the rows scored?",
        "choice",
        _fixed("hourly", "weekly"),
        ("hourly", "several_times_daily", "daily", "weekly", "monthly", "quarterly"),
        archetype="batch_scoring",
    ),
    "budget_usd_month": Ask(
        "What may it cost a month at most?",
        "number",
        lambda _needs, cost: [round(cost * 0.8, 2)],
        unit="USD",
        minimum=1,
        maximum=10_000_000,
    ),
    "llm_hosting": Ask(
        "May prompts go to a hosted language model, or must the model run in your own account?",
        "choice",
        _fixed("self_hosted"),
        ("hosted", "self_hosted"),
        language_model=True,
        without="hosted models are allowed",
    ),
    "input_tokens": Ask(
        "How long is a prompt with its retrieved passages?",
        "number",
        _fixed(800, 8000),
        unit="tokens",
        minimum=1,
        maximum=1_000_000,
        language_model=True,
        without="the planning assumption for prompts with passages",
    ),
    "output_tokens": Ask(
        "How long is an answer?",
        "number",
        _fixed(100, 1000),
        unit="tokens",
        minimum=1,
        maximum=100_000,
        language_model=True,
        without="the planning assumption for answers",
    ),
}
"""In the order in which equal swings are shown. The cloud and the team size change no design yet and are not asked."""
