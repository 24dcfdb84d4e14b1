"""Requirements of every kind, and the ways in which they can be raised or tightened."""

from typing import Any

from hypothesis import strategies as st

from libs.intake.models import Compliance, DataClass, TrainingFrequency
from libs.planning.models import Requirements

EU = ("eu-central-1", "eu-west-1", "eu-west-3", "eu-north-1")
US = ("us-east-1", "us-west-2")
FAR = ("ap-southeast-1", "ap-southeast-2", "ca-central-1", "sa-east-1")
REGIMES: tuple[Compliance, ...] = ("PCI-DSS", "HIPAA", "GDPR", "SOC2", "LAW25")
CLASSES: tuple[DataClass, ...] = ("public", "internal", "sensitive", "restricted")
OFTEN: tuple[TrainingFrequency, ...] = (
    "quarterly", "monthly", "on_demand", "weekly", "daily", "several_times_daily", "hourly",
)  # fmt: skip
"""The rarest first; continuous training is left out: a run starts when the one before has ended."""
SCALED = (
    "throughput_rps", "predictions_per_day", "data_volume_gb", "model_size_gb", "model_parameters_b", "context_tokens",
    "input_tokens", "output_tokens", "retention_days", "team_size",
)  # fmt: skip
WHOLE = {"context_tokens", "input_tokens", "output_tokens", "retention_days", "team_size"}
RAISED = (
    *SCALED,
    "traffic",
    "growth_pct_year",
    "training_frequency",
    "availability_pct",
    "rpo_minutes",
    "rto_minutes",
)
TIGHTENED = (
    "latency_ms_p95", "availability_pct", "budget_usd_month", "compliance", "data_classification", "personal_data",
    "deployment_preference", "ci_provider", "llm_hosting", "rpo_minutes", "rto_minutes", "residency",
)  # fmt: skip
STRICT: dict[str, tuple[Any, ...]] = {
    "latency_ms_p95": (800.0, 150.0, 40.0, 15.0),
    "budget_usd_month": (20_000.0, 1000.0, 100.0),
    "rpo_minutes": (60.0, 5.0, 0.0),
    "rto_minutes": (240.0, 30.0, 1.0),
}
"""Upper limits, the loosest first."""
ADDED: dict[str, tuple[Any, ...]] = {
    "deployment_preference": ("serverless", "containers", "kubernetes", "managed"),
    "ci_provider": ("gitlab_ci", "codepipeline", "jenkins", "azure_devops", "bitbucket", "circleci"),
    "llm_hosting": ("hosted", "self_hosted"),
}
"""Wishes that are added where there was none."""
AVAILABILITIES = (95.0, 99.0, 99.5, 99.9, 99.95, 99.98)


@st.composite
def requirements(draw: st.DrawFn) -> Requirements:
    """Online and batch, tables, pictures and language models, streams, recovery, residency, growth."""

    def one(*choices: Any) -> Any:
        return draw(st.sampled_from(choices))

    online = one(True, True, False)
    llm = one(True, False, False)
    rps = 10 ** draw(st.floats(-2, 2.3 if llm else 4.3))
    streaming = online and one(True, False, False)
    residency, regions = one(
        ((), EU + US + FAR),
        ((), EU + US + FAR),
        (("eu",), EU),
        (("us",), US),
        (("germany",), ("eu-central-1",)),
    )
    values: dict[str, Any] = {
        "archetype": "online_api" if online else "batch_scoring",
        "ml_task": "llm_rag" if llm else one("classification", "forecasting", "ranking", "nlp", "vision"),
        "latency_ms_p95": one(None, 30.0, 100.0, 300.0, 1000.0, 5000.0) if online else None,
        "throughput_rps": rps,
        "predictions_per_day": rps * 86_400 / 2.5 if online else 10 ** draw(st.floats(2, 8.3)),
        "budget_usd_month": one(None, None, None, 300.0, 3000.0, 50_000.0),
        "region": one(*regions),
        "compliance": tuple(draw(st.lists(st.sampled_from(REGIMES), unique=True, max_size=2))),
        "data_classification": one(*CLASSES),
        "availability_pct": one(*AVAILABILITIES),
        "deployment_preference": one(None, None, None, *ADDED["deployment_preference"]),
        "gpu_needed": one(False, False, True),
        "data_volume_gb": 10 ** draw(st.floats(-2, 3.6)),
        "training_frequency": one(*OFTEN, "continuous"),
        "scoring_frequency": one("daily", "daily", "hourly", "weekly", "quarterly"),
        "streaming": streaming,
        "answers_requests": not streaming or one(True, False),
        "team_size": one(1, 2, 5, 12),
        "growth_pct_year": one(0.0, 0.0, 50.0, 300.0),
        "retention_days": one(None, None, 30, 400),
        "rpo_minutes": one(None, None, 0.0, 5.0, 60.0, 1440.0),
        "rto_minutes": one(None, None, 1.0, 30.0, 240.0),
        "personal_data": one(False, True),
        "ci_provider": one(None, None, None, *ADDED["ci_provider"]),
        "residency": residency,
        "data_sources": one((), ("postgresql",), ("sftp",), ("files",), ("api", "s3")),
        "existing_stack": one((), (), ("airflow",), ("hsm",)),
        "model_size_gb": one(None, None, 4.0, 20.0),
        "assumptions": {"ops_hour_rate_usd": one(0.0, 60.0, 60.0, 120.0)},
        "sources": {},
    }
    if llm:
        values |= {
            "llm_hosting": one(None, None, *ADDED["llm_hosting"]),
            "model_parameters_b": one(None, None, 3.0, 8.0, 14.0, 70.0),
            "context_tokens": one(None, 8000, 32_000),
            "input_tokens": one(None, 500, 4000),
            "output_tokens": one(None, 100, 600),
        }
    return Requirements(**values)


def raised(asked: Requirements, field: str, factor: float) -> Requirements | None:
    """The same with more demand in one field; None where the field cannot be raised."""
    held: Any = getattr(asked, field, None)
    if field == "traffic":
        more = {name: getattr(asked, name) * factor for name in ("throughput_rps", "predictions_per_day")}
    elif field == "growth_pct_year":
        more = {field: held + 40 * factor}
    elif field in SCALED:
        if held is None:
            return None
        more = {field: int(held * factor) + 1 if field in WHOLE else held * factor}
    elif field == "training_frequency":
        later = OFTEN[OFTEN.index(held) + 1 :] if held in OFTEN else ()
        if not later:
            return None
        more = {field: later[int(factor * 7) % len(later)]}
    else:
        return tightened(asked, field, int(factor * 7))
    return asked.model_copy(update=more)


def tightened(asked: Requirements, field: str, which: int) -> Requirements | None:
    """The same with one constraint more, or a stricter one; None where nothing stricter is known."""
    held = getattr(asked, field)
    choices: tuple[Any, ...] = ()
    if field in STRICT and (field != "latency_ms_p95" or asked.archetype == "online_api"):
        choices = tuple(limit for limit in STRICT[field] if held is None or limit < held)
    elif field in ADDED and held is None:
        choices = ADDED[field]
    elif field == "availability_pct":
        choices = tuple(level for level in (*AVAILABILITIES, 99.99) if level > held)
    elif field == "compliance":
        choices = tuple((*held, regime) for regime in REGIMES if regime not in held)
    elif field == "data_classification":
        choices = CLASSES[CLASSES.index(held) + 1 :]
    elif field == "personal_data" and not held:
        choices = (True,)
    elif field == "residency" and not held and asked.region in EU + US:
        choices = ((asked.region.split("-")[0],),)
    return asked.model_copy(update={field: choices[which % len(choices)]}) if choices else None
