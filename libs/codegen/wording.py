"""How constraints, sizes and amounts read in documents."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from libs.intake.fields import FIELDS
from libs.planning.catalogue.plurals import after_one

_UNITS = {
    "latency_ms_p95": " ms at p95",
    "throughput_rps": " requests/s",
    "predictions_per_day": " predictions a day",
    "budget_usd_month": " USD a month",
    "availability_pct": " %",
    "data_volume_gb": " GB",
    "team_size": " people",
}
UNSTATED: Mapping[str, str] = {
    "latency_ms_p95": "none: nobody waits for a batch",
    "budget_usd_month": "no limit",
    "deployment_preference": "no preference",
    "compliance": "none named",
    "regions": "none named",
    "workloads": "none named",
}
"""How a field reads on which nothing is asked for."""


def one_line(text: str, longest: int = 300) -> str:
    """The text on one line, without control and direction characters, cut at a length."""
    kept = "".join(" " if unicodedata.category(c) in _INVISIBLE else c for c in text)
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def sentence(text: str, longest: int = 400) -> str:
    """The text as one sentence: a capital first, a full stop last."""
    line = one_line(text, longest)
    return line[:1].upper() + line[1:] + ("" if line.endswith((".", "!", "?", "…")) else ".")


def number(value: float) -> str:
    """A number as people write it: thousands separated, no empty decimals."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def counted(value: float, words: str) -> str:
    """A number before what it counts, such as `2 minutes` and `1 minute`; the words are those after a two."""
    return _with(value, f" {words}")


def constraint_value(field: str, value: Any) -> str:
    """The value of a constraint with its unit."""
    if value is None or value == [] or value == ():
        return UNSTATED.get(field, "none")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _with(value, _unit(field))
    if isinstance(value, list | tuple):
        return ", ".join(one_line(str(item), 80) for item in value)
    return one_line(
        str(value).replace("_", " ") if field in ("training_frequency", "scoring_frequency") else str(value)
    )


def _with(value: float, unit: str) -> str:
    return number(value) + (after_one(unit) if value == 1 else unit)


def _unit(field: str) -> str:
    if field in _UNITS:
        return _UNITS[field]
    unit = next((FIELDS[known].unit for known in FIELDS if known == field), "")
    return f" {unit}" if unit else ""


def size(values: Mapping[str, int | float | str | bool]) -> str:
    """Sized parameters as `vcpu 1, memory gb 2`."""
    return ", ".join(f"{key.replace('_', ' ')} {_plain(values[key])}" for key in sorted(values))


def _plain(value: int | float | str | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else number(value)
