"""The planning assumptions that turn requirements into demand: each a named figure, none a measurement."""

from libs.core.values import Value
from libs.intake.models import DataClass, MlTask, TrainingFrequency
from libs.planning.models import Requirements

HOURS_MONTH = 730.0
DAYS_MONTH = 30.4
SECONDS_DAY = 86_400.0
PEAK_TO_AVERAGE = 2.5
TARGET_CPU_PCT = 60
REQUEST_KB = 1.0
RESPONSE_KB = 0.5
LOG_KB = 0.5
LOGGED_PER_DAY = 2_000_000.0
"""Prediction logs are sampled above this volume."""
SCORING_HOURS = 4.0
"""A nightly scoring run should be over within this time."""
TRAINING_GB = 50.0
"""Training sets are sampled or aggregated to this size."""


class InferenceLoad(Value):
    """What one prediction costs: a planning allowance that a load test must confirm."""

    cpu_ms: float
    """CPU time on one vCPU."""
    p95_ms: float
    """Time on one vCPU at the target utilisation, 95th percentile."""
    gpu_ms: float
    memory_gb: float
    training_weight: float
    """Training work in relation to a tabular model of the same data volume."""
    wait_ms: float = 0
    """Time spent waiting for a hosted model, whatever the own size."""


_TABULAR = InferenceLoad(cpu_ms=5, p95_ms=20, gpu_ms=2, memory_gb=1, training_weight=1)
_RANKING = InferenceLoad(cpu_ms=8, p95_ms=30, gpu_ms=3, memory_gb=2, training_weight=2)
_NLP = InferenceLoad(cpu_ms=60, p95_ms=150, gpu_ms=8, memory_gb=2, training_weight=10)
_VISION = InferenceLoad(cpu_ms=100, p95_ms=250, gpu_ms=10, memory_gb=2, training_weight=10)
_LLM = InferenceLoad(cpu_ms=20, p95_ms=60, gpu_ms=150, memory_gb=1, training_weight=2, wait_ms=1500)

INFERENCE: dict[MlTask, InferenceLoad] = {
    "classification": _TABULAR,
    "regression": _TABULAR,
    "forecasting": _TABULAR,
    "anomaly": _TABULAR,
    "ranking": _RANKING,
    "recommendation": _RANKING,
    "nlp": _NLP,
    "vision": _VISION,
    "llm_rag": _LLM,
    "other": _TABULAR,
    "none": _TABULAR,
}
TRAININGS_MONTH: dict[TrainingFrequency, float] = {
    "continuous": 730,
    "several_times_daily": 122,
    "hourly": 730,
    "daily": 30.4,
    "weekly": 4.35,
    "monthly": 1,
    "quarterly": 0.34,
    "on_demand": 2,
}
RETENTION_DAYS: dict[DataClass, int] = {"public": 90, "internal": 90, "sensitive": 180, "restricted": 365}


def inference(needs: Requirements) -> InferenceLoad:
    """What one prediction costs for this task."""
    return INFERENCE[needs.ml_task]


def trainings_month(needs: Requirements) -> float:
    """Training runs a month."""
    return TRAININGS_MONTH[needs.training_frequency]


def average_rps(needs: Requirements) -> float:
    """Mean requests per second over the day."""
    return needs.predictions_per_day / SECONDS_DAY


def training_gb(needs: Requirements) -> float:
    """What one training run reads: larger volumes are sampled or aggregated by the processing step."""
    return min(needs.data_volume_gb, TRAINING_GB)


def requests_month(needs: Requirements) -> float:
    """Predictions a month."""
    return needs.predictions_per_day * DAYS_MONTH


def retention_days(needs: Requirements) -> int:
    """How long raw and prediction data are kept: a year where audits look back a year."""
    audited = {"PCI-DSS", "HIPAA", "SOC2"} & set(needs.compliance)
    return 365 if audited else RETENTION_DAYS[needs.data_classification]


def zones(needs: Requirements) -> int:
    """Availability zones in use: three from 99.95 % on, two above 99 %, else one."""
    if needs.availability_pct >= 99.95:
        return 3
    return 2 if needs.availability_pct > 99.0 else 1


def replica_floors(needs: Requirements) -> tuple[int, ...]:
    """Least numbers of replicas worth trying: one a zone, and two where one alone is allowed."""
    return (1, 2) if zones(needs) == 1 else (zones(needs),)


def stored_gb(needs: Requirements) -> float:
    """Lake size: the data itself, and predictions kept for the retention time."""
    predictions = needs.predictions_per_day * retention_days(needs) * LOG_KB / 1e6
    return needs.data_volume_gb + min(predictions, LOGGED_PER_DAY * retention_days(needs) * LOG_KB / 1e6)


def log_gb_month(needs: Requirements) -> float:
    """Application and prediction logs a month, sampled above a fixed volume."""
    logged = min(needs.predictions_per_day, LOGGED_PER_DAY)
    return 1.0 + logged * DAYS_MONTH * LOG_KB / 1e6
