"""The one table of fields: what kind of value each takes, its range, its weight in a design and how it is called."""

from dataclasses import dataclass
from typing import Literal, get_args

from libs.intake.models import (
    CiProvider,
    Cloud,
    Compliance,
    DataClass,
    DataFormat,
    DataSource,
    Deployment,
    Explainability,
    FieldName,
    LlmHosting,
    MlTask,
    ScoringFrequency,
    SuccessMetric,
    TrainingFrequency,
    Workload,
)

Kind = Literal["number", "boolean", "choice", "choices", "regions", "places", "words", "text"]
"""`choices`: a set of known words; `regions` and `places`: region codes or area words; `words`: free short words."""


@dataclass(frozen=True)
class Field:
    """How one field is filled."""

    kind: Kind
    words: str
    """How it is called in a sentence, with its article."""
    weight: float
    """How much a design depends on it."""
    choices: tuple[str, ...] = ()
    unoffered: tuple[str, ...] = ()
    """Choices that reading a text may end with, and that make no sense in a form."""
    above: float = 0.0
    """Exclusive lower end of a number."""
    up_to: float = 0.0
    """Inclusive upper end of a number."""
    unit: str = ""
    whole: bool = False
    """Whether a number counts things that come in ones."""
    floor: bool = False
    """Whether the lower end itself is allowed, such as no data loss at all."""

    @property
    def title(self) -> str:
        """How it is called by itself, as over an entry of a form."""
        bare = self.words.removeprefix("the ")
        return bare[:1].upper() + bare[1:]


def _number(
    words: str,
    weight: float,
    up_to: float,
    unit: str,
    *,
    above: float = 0.0,
    whole: bool = False,
    floor: bool = False,
) -> Field:
    return Field("number", words, weight, above=above, up_to=up_to, unit=unit, whole=whole, floor=floor)


def _choice(words: str, weight: float, choices: object, *, unoffered: tuple[str, ...] = ()) -> Field:
    return Field("choice", words, weight, get_args(choices), unoffered)


def _choices(words: str, weight: float, choices: object) -> Field:
    return Field("choices", words, weight, get_args(choices))


FIELDS: dict[FieldName, Field] = {
    "ml_task": _choice("the task", 3.0, MlTask, unoffered=("none",)),
    "workloads": _choices("the kind of workload", 3.0, Workload),
    "latency_ms_p95": _number("the latency target", 2.0, 3_600_000.0, "milliseconds"),
    "throughput_rps": _number("the request rate", 2.0, 10_000_000.0, "requests per second"),
    "predictions_per_day": _number("the daily volume", 1.5, 1e12, "predictions a day"),
    "budget_usd_month": _number("the budget", 2.0, 1e9, "US dollars a month"),
    "regions": Field("regions", "the region", 2.0),
    "compliance": _choices("the compliance regimes", 1.5, Compliance),
    "data_classification": _choice("the data classification", 1.5, DataClass),
    "availability_pct": _number("the availability target", 1.5, 100.0, "percent", above=1.0),
    "deployment_preference": _choice("the deployment preference", 1.0, Deployment),
    "gpu_needed": Field("boolean", "the need for a GPU", 0.5),
    "data_volume_gb": _number("the data volume", 1.5, 1e9, "gigabytes"),
    "training_frequency": _choice("the training rhythm", 1.5, TrainingFrequency),
    "scoring_frequency": _choice("the scoring rhythm", 0.8, ScoringFrequency),
    "cloud": _choice("the cloud", 1.0, Cloud),
    "team_size": _number("the team size", 0.5, 100_000.0, "people", whole=True),
    "success_metric": _choice("the success metric", 0.5, SuccessMetric),
    "success_target": _number("the target of the success metric", 0.3, 1e12, "in the metric's unit"),
    "explainability": _choice("the need for explanations", 0.3, Explainability),
    "data_sources": _choices("the data sources", 0.5, DataSource),
    "data_formats": _choices("the data formats", 0.3, DataFormat),
    "personal_data": Field("boolean", "the presence of personal data", 0.5),
    "residency": Field("places", "the residency of the data", 0.5),
    "retention_days": _number("the retention", 0.3, 36_525.0, "days", whole=True),
    "existing_stack": Field("words", "the existing stack", 0.2),
    "ci_provider": _choice("the CI provider", 0.2, CiProvider),
    "team_skills": Field("words", "the team's skills", 0.2),
    "rpo_minutes": _number("the recovery point objective", 0.3, 525_600.0, "minutes", floor=True),
    "rto_minutes": _number("the recovery time objective", 0.3, 525_600.0, "minutes", floor=True),
    "maintenance_window": Field("text", "the maintenance window", 0.1),
    "peak_factor": _number("the peak factor", 0.3, 10_000.0, "times the average"),
    "seasonality": Field("words", "the season of the load", 0.1),
    "growth_pct_year": _number("the growth", 0.3, 100_000.0, "percent a year", floor=True),
    "model_size_gb": _number("the size of the model", 0.2, 10_000.0, "gigabytes"),
    "model_parameters_b": _number("the number of model parameters", 0.2, 10_000.0, "billions of parameters"),
    "llm_hosting": _choice("the hosting of the language model", 0.2, LlmHosting),
    "context_tokens": _number("the context length", 0.2, 100_000_000.0, "tokens", whole=True),
    "input_tokens": _number("the length of a request", 0.2, 100_000_000.0, "tokens", whole=True),
    "output_tokens": _number("the length of an answer", 0.2, 100_000_000.0, "tokens", whole=True),
    "users": _number("the number of users", 0.2, 1e11, "users", whole=True),
}
"""Every field, in the order in which they are shown."""
