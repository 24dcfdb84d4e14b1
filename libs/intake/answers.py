"""Checks and normalises a value that a person answered or edited, or that a model proposed."""

import math
import re
from collections.abc import Callable
from typing import Any, get_args

from libs.intake.errors import AnswerInvalid
from libs.intake.models import (
    Cloud,
    Compliance,
    DataClass,
    Deployment,
    FieldName,
    MlTask,
    TrainingFrequency,
    Workload,
)
from libs.intake.rules.regions import nearest_codes
from libs.intake.vocabulary import places

_CHOICES: dict[FieldName, tuple[str, ...]] = {
    "ml_task": get_args(MlTask),
    "data_classification": get_args(DataClass),
    "deployment_preference": get_args(Deployment),
    "training_frequency": get_args(TrainingFrequency),
    "cloud": get_args(Cloud),
}
_SETS: dict[FieldName, tuple[str, ...]] = {
    "workloads": get_args(Workload),
    "compliance": get_args(Compliance),
}
_SYNONYMS: dict[str, str] = {
    "k8s": "kubernetes",
    "eks": "kubernetes",
    "container": "containers",
    "docker": "containers",
    "nightly": "daily",
    "ad_hoc": "on_demand",
    "amazon": "aws",
    "amazon_web_services": "aws",
    "google": "gcp",
    "google_cloud": "gcp",
    "microsoft_azure": "azure",
    "pci": "pci-dss",
    "pci_dss": "pci-dss",
    "pci-dss": "pci-dss",
    "soc_2": "soc2",
    "dsgvo": "gdpr",
    "rgpd": "gdpr",
    "law_25": "law25",
    "loi_25": "law25",
    "rag": "llm_rag",
}
_RANGES: dict[FieldName, tuple[float, float, str]] = {
    "latency_ms_p95": (0.0, 3_600_000.0, "milliseconds"),
    "throughput_rps": (0.0, 10_000_000.0, "requests per second"),
    "predictions_per_day": (0.0, 1e12, "predictions a day"),
    "budget_usd_month": (0.0, 1e9, "US dollars a month"),
    "availability_pct": (0.0, 100.0, "percent"),
    "data_volume_gb": (0.0, 1e9, "gigabytes"),
    "team_size": (0.0, 100_000.0, "people"),
}
"""Exclusive lower and inclusive upper end."""
_AREAS = frozenset(places.AREAS.values())
_REGION_SHAPE = re.compile(r"[a-z]{2,5}(?:-[a-z]+){1,3}-?\d{1,2}")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)


def validate_value(field: FieldName, value: Any) -> Any:
    """Returns the value in its canonical form.

    Args:
        field: what the value is for.
        value: plain JSON as a door received it.

    Raises:
        AnswerInvalid: wrong type, out of range, not one of the choices, or a region that does not exist.
    """
    if field in _RANGES:
        return _number(field, value)
    if field == "gpu_needed":
        return _boolean(field, value)
    if field in _CHOICES:
        return _choice(field, value, _CHOICES[field])
    if field in _SETS:
        return _list(field, value, lambda each: _choice(field, each, _SETS[field]))
    if field == "regions":
        return _list(field, value, _region)
    raise AnswerInvalid(f"There is no field {field}.", field=str(field))


def _number(field: FieldName, value: Any) -> int | float:
    low, high, unit = _RANGES[field]
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AnswerInvalid(f"{field} takes a number ({unit}), not {_shown(value)}.", field=field)
    if isinstance(value, float) and not math.isfinite(value):
        raise AnswerInvalid(f"{field} takes a finite number ({unit}).", field=field)
    if not low < value <= high:
        raise AnswerInvalid(
            f"{field} takes a number above {low:g} and up to {high:g} ({unit}), not {_shown(value)}.",
            field=field,
        )
    if field == "team_size" and value != int(value):
        raise AnswerInvalid(f"team_size takes whole people, not {_shown(value)}.", field=field)
    return int(value) if value == int(value) else float(value)


def _boolean(field: FieldName, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower() if isinstance(value, str) else ""
    if said in ("true", "yes"):
        return True
    if said in ("false", "no"):
        return False
    raise AnswerInvalid(f"{field} takes true or false, not {_shown(value)}.", field=field)


def _choice(field: FieldName, value: Any, choices: tuple[str, ...]) -> str:
    if isinstance(value, str):
        plain = re.sub(r"\s+", "_", value.strip().lower())
        for said in (plain, plain.replace("-", "_")):
            said = _SYNONYMS.get(said, said)
            for choice in choices:
                if said == choice.lower():
                    return choice
    raise AnswerInvalid(
        f"{field} takes one of {', '.join(choices)}, not {_shown(value)}.", field=field, choices=list(choices)
    )


def _list(field: FieldName, value: Any, one: Callable[[Any], str]) -> list[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or any(not isinstance(each, str) for each in values):
        raise AnswerInvalid(f"{field} takes a list of words, not {_shown(value)}.", field=field)
    if len(values) > 50:
        raise AnswerInvalid(f"{field} takes at most 50 entries.", field=field)
    return list(dict.fromkeys(one(each) for each in values))


def _region(value: str) -> str:
    said = value.strip().lower()
    if (
        said in places.AWS_REGIONS
        or said in places.GCP_REGIONS
        or said in places.AZURE_REGIONS
        or said in _AREAS
    ):
        return said
    if said in places.AZURE_SPACED:
        return places.AZURE_SPACED[said]
    if said in places.CITY_REGIONS:
        return places.CITY_REGIONS[said]
    for words, area in places.AREAS.items():
        if re.fullmatch(words, said):
            return area
    near = nearest_codes(said) if _REGION_SHAPE.fullmatch(said) else []
    advice = f"Did you mean {', '.join(near)}?" if near else "Name a region code such as eu-central-1."
    raise AnswerInvalid(
        f"There is no region {_shown(value)}. {advice}", advice=advice, field="regions", near=near
    )


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
