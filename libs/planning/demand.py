"""Requirements as names for formulas: what the sizes, the bill and the critics of a design are computed from."""

import math
from collections.abc import Collection, Mapping
from typing import Any

from libs.intake.models import ScoringFrequency, TrainingFrequency
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Requirements

HOURS_MONTH = 730.0
DAYS_MONTH = 30.4
SECONDS_DAY = 86_400.0
PEAK_TO_AVERAGE = 2.5
"""Peak over average where the brief gives only one of them."""
SCORING_HOURS = 4.0
"""A scoring run should be over within this time, and within half of the time to the next one."""

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
SCORINGS_MONTH: dict[ScoringFrequency, float] = {
    "hourly": 730,
    "several_times_daily": 122,
    "daily": 30.4,
    "weekly": 4.35,
    "monthly": 1,
    "quarterly": 0.34,
}
RETRIEVAL_SECONDS = 1.0
"""What a question waits for besides its answer being written: guard, search, the first words."""
RETENTION_DAYS: Mapping[str, int] = {"public": 90, "internal": 90, "sensitive": 180, "restricted": 365}
AUDITED = frozenset(("PCI-DSS", "HIPAA", "SOC2"))
UNLIMITED = math.inf


def trainings_month(needs: Requirements) -> float:
    """Training runs a month."""
    return TRAININGS_MONTH[needs.training_frequency]


def scorings_month(needs: Requirements) -> float:
    """Scoring runs a month; none for an online API."""
    return SCORINGS_MONTH[needs.scoring_frequency] if needs.archetype == "batch_scoring" else 0.0


def scoring_hours(needs: Requirements) -> float:
    """Hours in which a scoring run should be over."""
    runs = scorings_month(needs)
    return min(SCORING_HOURS, HOURS_MONTH / runs / 2) if runs else SCORING_HOURS


def rows_run(needs: Requirements) -> float:
    """Rows that one scoring run takes; the rows of a day for an online API."""
    runs = scorings_month(needs)
    return requests_month(needs) / runs if runs else needs.predictions_per_day


def average_rps(needs: Requirements) -> float:
    """Mean requests per second over the day."""
    return needs.predictions_per_day / SECONDS_DAY


def run_rps(needs: Requirements) -> float:
    """Rows a second at which a scoring run keeps to its window."""
    return rows_run(needs) / scoring_hours(needs) / 3600


def requests_month(needs: Requirements) -> float:
    """Predictions a month."""
    return needs.predictions_per_day * DAYS_MONTH


def retention_days(needs: Requirements) -> int:
    """How long raw and prediction data are kept."""
    return days_kept(needs.retention_days, needs.compliance, needs.data_classification)


def days_kept(asked: int | None, compliance: Collection[str], data_class: str) -> int:
    """How long data is kept: what was asked for, else a year where audits look back a year."""
    if asked is not None:
        return asked
    return 365 if AUDITED & set(compliance) else RETENTION_DAYS[data_class]


def zones(needs: Requirements) -> int:
    """Availability zones in use: three from 99.95 % on, two above 99 %, else one."""
    if needs.availability_pct >= 99.95:
        return 3
    return 2 if needs.availability_pct > 99.0 else 1


def replica_floors(needs: Requirements) -> tuple[int, ...]:
    """Least numbers of replicas worth trying: one a zone, and two where one alone is allowed."""
    return (1, 2) if zones(needs) == 1 else (zones(needs),)


def names(needs: Requirements, catalogue: Catalogue) -> dict[str, Any]:
    """Every name that formulas may read: assumptions, the load of the task, and what follows from the requirements."""
    figures: dict[str, Any] = {**catalogue.assumptions, **needs.assumptions}
    load = catalogue.loads[needs.ml_task]
    logged = min(needs.predictions_per_day, figures["logged_per_day"])
    kept_gb = logged * retention_days(needs) * figures["log_kb"] / 1e6
    growth = 1 + needs.growth_pct_year / 100
    return {
        **figures,
        **_load(load.model_dump(exclude={"source", "date"}), needs),
        **_kind(needs),
        **_language_model(needs, figures | load.model_dump(include={"cpu_ms"})),
        "hours_month": HOURS_MONTH,
        "days_month": DAYS_MONTH,
        "scoring_hours": scoring_hours(needs),
        "peak_rps": _peak_rps(needs),
        "planned_rps": _peak_rps(needs) * growth,
        "average_rps": average_rps(needs),
        "predictions_day": needs.predictions_per_day,
        "predictions_month": requests_month(needs),
        "rows_run": rows_run(needs),
        "data_gb": needs.data_volume_gb,
        "training_gb": min(needs.data_volume_gb, figures["training_gb_most"]),
        "stored_gb": needs.data_volume_gb + kept_gb,
        "log_gb_month": 1.0 + logged * DAYS_MONTH * figures["log_kb"] / 1e6,
        "trainings_month": trainings_month(needs),
        "scorings_month": scorings_month(needs),
        "retention_days": retention_days(needs),
        "zones": zones(needs),
        "availability_pct": needs.availability_pct,
        "latency_ms": needs.latency_ms_p95 if needs.latency_ms_p95 is not None else UNLIMITED,
        "team_size": needs.team_size,
        "users": needs.users or 0,
        "region": needs.region,
        "rpo_minutes": needs.rpo_minutes if needs.rpo_minutes is not None else UNLIMITED,
        "rto_minutes": needs.rto_minutes if needs.rto_minutes is not None else UNLIMITED,
    }


def _peak_rps(needs: Requirements) -> float:
    """Most requests a second: where a run asks a language model, no less than its window takes."""
    if needs.archetype == "batch_scoring" and needs.ml_task == "llm_rag":
        return max(needs.throughput_rps, run_rps(needs))
    return needs.throughput_rps


def _load(load: dict[str, Any], needs: Requirements) -> dict[str, Any]:
    if needs.model_size_gb is not None:
        load["memory_need_gb"] = max(load["memory_need_gb"], needs.model_size_gb * 1.5)
    return load


def _kind(needs: Requirements) -> dict[str, Any]:
    regimes = set(needs.compliance)
    return {
        "online": needs.archetype == "online_api",
        "batch": needs.archetype == "batch_scoring",
        "streaming": needs.streaming,
        "answers_requests": needs.answers_requests,
        "gpu": needs.gpu_needed,
        "task": needs.ml_task,
        "llm": needs.ml_task == "llm_rag",
        "training_frequency": needs.training_frequency,
        "data_class": needs.data_classification,
        "pci": "PCI-DSS" in regimes,
        "hipaa": "HIPAA" in regimes,
        "gdpr": "GDPR" in regimes,
        "soc2": "SOC2" in regimes,
        "personal_data": needs.personal_data,
        "explain": needs.explainability != "none",
        "ci_provider": needs.ci_provider or "",
        "sources": needs.data_sources,
        "stack": needs.existing_stack,
        "skills": needs.team_skills,
    }


def _language_model(needs: Requirements, figures: dict[str, Any]) -> dict[str, Any]:
    words = needs.input_tokens or figures["input_tokens_usual"]
    if needs.context_tokens is not None:
        words = min(words, needs.context_tokens)
    written = needs.output_tokens or figures["output_tokens_usual"]
    answering = needs.ml_task == "llm_rag"
    waited = RETRIEVAL_SECONDS + written / figures["answer_tokens_second"] if answering else 0.0
    held = figures["utilisation"] * figures["questions_at_once"]
    rest = max(0.0, written - figures["answer_shown_tokens"])  # after the first words
    return {
        **_run_of_questions(needs, figures, waited),
        "input_tokens": words,
        "output_tokens": written,
        "waited_seconds": waited,
        "answer_rest_ms": 1000 * rest / figures["answer_tokens_second"] if answering else 0.0,
        "answer_checks": 2 + math.ceil(rest / figures["answer_checked_tokens"]) if answering else 0,
        "waiting_rps": held / waited if answering else UNLIMITED,
        "context_tokens": needs.context_tokens or figures["context_tokens_usual"],
        "parameters_b": needs.model_parameters_b or 0.0,
        "llm_hosting": needs.llm_hosting or "",
    }


def _run_of_questions(needs: Requirements, figures: dict[str, Any], waited: float) -> dict[str, float]:
    """How many questions one machine of a scoring run answers at once, and the hours that it takes alone for all.

    As many as come in the seconds of an answer while the run keeps to its window, with room to spare: what else a
    question needs, first of all the language model, is planned for that rate. One process asks, on one core.
    """
    if not waited or needs.archetype != "batch_scoring":
        return {"run_places": 0, "asking_hours": 0.0}
    waiting = run_rps(needs) * waited / figures["utilisation"]
    places = min(figures["questions_at_once"], max(figures["llm_batch"], math.ceil(waiting)))
    return {
        "run_places": places,
        "asking_hours": rows_run(needs) * max(waited / places, figures["cpu_ms"] / 1000) / 3600,
    }
