"""How constraints are called, and quoted with their values, in sentences."""

from libs.intake.models import FieldName
from libs.planning.models import Archetype, Requirements

WORDS: dict[FieldName, str] = {
    "latency_ms_p95": "the latency target",
    "throughput_rps": "the request rate",
    "predictions_per_day": "the daily volume",
    "budget_usd_month": "the budget",
    "regions": "the region",
    "compliance": "the compliance regimes",
    "data_classification": "the data classification",
    "availability_pct": "the availability target",
    "deployment_preference": "the deployment preference",
    "gpu_needed": "the need for a GPU",
    "data_volume_gb": "the data volume",
    "training_frequency": "the training rhythm",
    "workloads": "the kind of workload",
    "ml_task": "the task",
    "cloud": "the cloud",
    "team_size": "the team size",
}
ARCHETYPES: dict[Archetype, str] = {"online_api": "an online API", "batch_scoring": "batch scoring"}


def statement(needs: Requirements, name: FieldName) -> str:
    """The constraint with the value that is planned for."""
    latency, budget = needs.latency_ms_p95, needs.budget_usd_month
    values: dict[FieldName, str] = {
        "latency_ms_p95": "none" if latency is None else f"{latency:g} ms",
        "budget_usd_month": "none" if budget is None else f"${budget:,.0f} a month",
        "availability_pct": f"{needs.availability_pct:g} %",
        "throughput_rps": f"{needs.throughput_rps:,.10g} a second",
        "predictions_per_day": f"{needs.predictions_per_day:,.10g}",
        "data_volume_gb": f"{needs.data_volume_gb:,.10g} GB",
        "compliance": ", ".join(needs.compliance) or "none",
        "data_classification": needs.data_classification,
        "deployment_preference": needs.deployment_preference or "none",
        "regions": needs.region,
        "ml_task": needs.ml_task,
        "training_frequency": needs.training_frequency.replace("_", " "),
        "gpu_needed": "yes" if needs.gpu_needed else "no",
        "workloads": ARCHETYPES[needs.archetype],
        "cloud": needs.cloud,
        "team_size": str(needs.team_size),
    }
    return f"{WORDS[name]} ({values[name]})"
