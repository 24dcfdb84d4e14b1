"""Checks and normalises a value that a person answered or edited, or that a model proposed."""

import math
import re
from collections.abc import Callable
from typing import Any, assert_never

from libs.intake.errors import AnswerInvalid
from libs.intake.fields import FIELDS, Field
from libs.intake.folding import fold
from libs.intake.models import FieldName
from libs.intake.vocabulary import places, territories

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
_AREAS = frozenset(places.AREAS.values())
_REGION_SHAPE = re.compile(r"[a-z]{2,5}(?:-[a-z]+){1,3}-?\d{1,2}")
LONGEST_WORDS = 80
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)


def validate_value(field: FieldName, value: Any) -> Any:
    """Returns the value in its canonical form.

    Args:
        field: what the value is for.
        value: plain JSON as a door received it.

    Raises:
        AnswerInvalid: wrong type, out of range, not one of the choices, or a region that does not exist.
    """
    known = FIELDS.get(field)
    if known is None:
        raise AnswerInvalid(f"There is no field {field}.", field=str(field))
    match known.kind:
        case "number":
            return _number(field, known, value)
        case "boolean":
            return _boolean(field, value)
        case "choice":
            return _choice(field, value, known.choices)
        case "choices":
            return _list(field, value, lambda each: _choice(field, each, known.choices))
        case "regions" | "places":
            return _list(field, value, lambda each: _region(field, each))
        case "words":
            return _list(field, value, lambda each: _words(field, each))
        case "text":
            return _words(field, value)
        case _:
            assert_never(known.kind)


def _number(field: FieldName, known: Field, value: Any) -> int | float:
    low, high, unit = known.above, known.up_to, known.unit
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AnswerInvalid(f"{field} takes a number ({unit}), not {_shown(value)}.", field=field)
    if isinstance(value, float) and not math.isfinite(value):
        raise AnswerInvalid(f"{field} takes a finite number ({unit}).", field=field)
    if not (low < value or (known.floor and value == low)) or value > high:
        least = f"from {low:g}" if known.floor else f"above {low:g} and"
        raise AnswerInvalid(
            f"{field} takes a number {least} up to {high:g} ({unit}), not {_shown(value)}.",
            field=field,
        )
    if known.whole and value != int(value):
        raise AnswerInvalid(f"{field} takes whole {unit}, not {_shown(value)}.", field=field)
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


def _words(field: FieldName, value: Any) -> str:
    said = " ".join(value.split()) if isinstance(value, str) else ""
    if not said or len(said) > LONGEST_WORDS or not said.isprintable():
        raise AnswerInvalid(
            f"{field} takes up to {LONGEST_WORDS} characters of plain text, not {_shown(value)}.", field=field
        )
    return said


def _region(field: FieldName, value: str) -> str:
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
    country = territories.countries().get(fold(said).text)
    if country is not None or said in territories.countries().values():
        return country or said
    near = places.nearest_codes(said) if _REGION_SHAPE.fullmatch(said) else []
    advice = f"Did you mean {', '.join(near)}?" if near else "Name a region code such as eu-central-1."
    raise AnswerInvalid(
        f"There is no region {_shown(value)}. {advice}", advice=advice, field=field, near=near
    )


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
