"""Works out an option's file for itself, with Python's own `eval` and figures taken straight from the requirements."""

import math
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from libs.planning.models import Component, Requirements

CATALOGUE = Path(__file__).parents[3] / "libs" / "planning" / "catalogue"
RUNS = {
    "continuous": 730, "several_times_daily": 122, "hourly": 730, "daily": 30.4,
    "weekly": 4.35, "monthly": 1, "quarterly": 0.34, "on_demand": 2,
}  # fmt: skip
KEPT = {"public": 90, "internal": 90, "sensitive": 180, "restricted": 365}
MATHS = {
    "ceil": math.ceil, "floor": math.floor, "sqrt": math.sqrt, "log2": math.log2,
    "min": min, "max": max, "round": round, "abs": abs,
}  # fmt: skip


@cache
def table(path: str) -> dict[str, Any]:
    """A file of the catalogue as plain data."""
    found: dict[str, Any] = yaml.safe_load((CATALOGUE / path).read_text(encoding="utf-8"))
    return found


def option(slot: str, name: str) -> dict[str, Any]:
    """The file of an option."""
    return table(f"options/{slot}/{name}.yaml")


def value(text: Any, names: dict[str, Any]) -> Any:
    """What a formula of a file comes to."""
    return eval(_code(text), MATHS | {"__builtins__": {}}, names) if isinstance(text, str) else text


@cache
def _code(text: str) -> Any:
    return compile(text.strip(), "formula", "eval")


def names_of(needs: Requirements) -> dict[str, Any]:
    """Every name that a file may use, worked out from the requirements."""
    figures = {name: row["value"] for name, row in table("assumptions.yaml").items()} | needs.assumptions
    load = {k: v for k, v in table("loads.yaml")[needs.ml_task].items() if k not in ("source", "date")}
    memory = load["memory_need_gb"]
    load["memory_need_gb"] = max(memory, 1.5 * needs.model_size_gb) if needs.model_size_gb else memory
    audited = {"PCI-DSS", "HIPAA", "SOC2"} & set(needs.compliance)
    days = needs.retention_days
    if days is None:
        days = 365 if audited else KEPT[needs.data_classification]
    logged = min(needs.predictions_per_day, figures["logged_per_day"])
    availability = needs.availability_pct
    scored = RUNS[needs.scoring_frequency] if needs.archetype == "batch_scoring" else 0
    asked = needs.input_tokens or figures["input_tokens_usual"]
    waited = waited_seconds(needs, figures)
    hours = min(4, 365 / scored) if scored else 4
    rows = needs.predictions_per_day * 30.4 / scored if scored else needs.predictions_per_day
    asked_in_runs = bool(waited and scored)
    peak = max(needs.throughput_rps, rows / hours / 3600) if asked_in_runs else needs.throughput_rps
    wanted = math.ceil(rows / hours / 3600 * waited / figures["utilisation"])
    places = min(max(wanted, figures["llm_batch"]), figures["questions_at_once"]) if asked_in_runs else 0
    written = needs.output_tokens or figures["output_tokens_usual"]
    unseen = max(written - figures["answer_shown_tokens"], 0) if waited else 0
    return {
        **figures,
        **load,
        "online": needs.archetype == "online_api",
        "batch": needs.archetype == "batch_scoring",
        "streaming": needs.streaming,
        "answers_requests": needs.answers_requests,
        "gpu": needs.gpu_needed,
        "task": needs.ml_task,
        "llm": needs.ml_task == "llm_rag",
        "training_frequency": needs.training_frequency,
        "data_class": needs.data_classification,
        "pci": "PCI-DSS" in needs.compliance,
        "hipaa": "HIPAA" in needs.compliance,
        "gdpr": "GDPR" in needs.compliance,
        "soc2": "SOC2" in needs.compliance,
        "personal_data": needs.personal_data,
        "explain": needs.explainability != "none",
        "ci_provider": needs.ci_provider or "",
        "sources": needs.data_sources,
        "stack": needs.existing_stack,
        "skills": needs.team_skills,
        "input_tokens": min(asked, needs.context_tokens) if needs.context_tokens else asked,
        "output_tokens": needs.output_tokens or figures["output_tokens_usual"],
        "context_tokens": needs.context_tokens or figures["context_tokens_usual"],
        "waited_seconds": waited,
        "answer_rest_ms": unseen / figures["answer_tokens_second"] * 1000,
        "answer_checks": math.ceil(unseen / figures["answer_checked_tokens"]) + 2 if waited else 0,
        "waiting_rps": figures["questions_at_once"] * figures["utilisation"] / waited if waited else math.inf,
        "parameters_b": needs.model_parameters_b or 0,
        "llm_hosting": needs.llm_hosting or "",
        "hours_month": 730,
        "days_month": 30.4,
        "scoring_hours": hours,
        "rows_run": rows,
        "run_places": places,
        "asking_hours": max(rows * waited / places, rows * load["cpu_ms"] / 1000) / 3600 if places else 0,
        "peak_rps": peak,
        "planned_rps": peak * (100 + needs.growth_pct_year) / 100,
        "average_rps": needs.predictions_per_day / 86_400,
        "predictions_day": needs.predictions_per_day,
        "predictions_month": needs.predictions_per_day * 30.4,
        "data_gb": needs.data_volume_gb,
        "training_gb": min(needs.data_volume_gb, figures["training_gb_most"]),
        "stored_gb": needs.data_volume_gb + logged * days * figures["log_kb"] / 1e6,
        "log_gb_month": 1 + logged * 30.4 * figures["log_kb"] / 1e6,
        "trainings_month": RUNS[needs.training_frequency],
        "scorings_month": scored,
        "retention_days": days,
        "zones": 3 if availability >= 99.95 else 2 if availability > 99 else 1,
        "availability_pct": availability,
        "latency_ms": math.inf if needs.latency_ms_p95 is None else needs.latency_ms_p95,
        "team_size": needs.team_size,
        "users": needs.users or 0,
        "region": needs.region,
        "rpo_minutes": math.inf if needs.rpo_minutes is None else needs.rpo_minutes,
        "rto_minutes": math.inf if needs.rto_minutes is None else needs.rto_minutes,
    }


def waited_seconds(needs: Requirements, figures: dict[str, Any]) -> float:
    """How long a question waits until it is answered: a second for what comes before, then every word."""
    if needs.ml_task != "llm_rag":
        return 0
    return 1 + float(needs.output_tokens or figures["output_tokens_usual"]) / float(
        figures["answer_tokens_second"]
    )


def scope_of(part: Component, names: dict[str, Any]) -> dict[str, Any] | None:
    """The names of the size that the plan shows, or None when the file gives no such size."""
    sizing = option(part.slot, part.option)["sizing"]
    for choice in sizing.get("choices", [{}]):
        for replicas in (1, 2, 3) if sizing.get("replicas") else (0,):
            if replicas and replicas < names["zones"]:
                continue
            scope = {**names, **choice, "replicas": replicas}
            for name, text in sizing.get("let", {}).items():
                scope[name] = value(text, scope)
            if not all(value(fit["holds"], scope) for fit in sizing.get("fits", [])):
                continue
            size = {name: value(text, scope) for name, text in sizing["size"].items()}
            size = {name: found for name, found in size.items() if found != ""}
            if all(_same(size[name], part.size.get(name)) for name in size) and len(size) == len(part.size):
                return scope | dict(part.size)
    return None


def _same(computed: Any, shown: Any) -> bool:
    if isinstance(computed, float) and isinstance(shown, int | float):
        return math.isclose(computed, shown, abs_tol=0.0006)
    return bool(computed == shown)
