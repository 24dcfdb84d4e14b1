"""May this be released? Least values and no regression against the last accepted release."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..config import GateConfig
from ..running.files import read_json
from ..running.stage import Metric

_COSTS = frozenset({"prompt_tokens", "answer_tokens", "usd_per_answer"})
"""Metrics of which less is better; they are reported and not held against a release."""


def failures(metrics: Mapping[str, Metric], config: GateConfig, accepted: Mapping[str, float]) -> list[str]:
    """Every reason against a release, as sentences; none when it may go out.

    Args:
        metrics: as measured on the test half.
        config: least values, and how much a metric may fall.
        accepted: the metrics of the last accepted release.
    """
    found = shortfalls(metrics, config.minimum)
    for name, before in sorted(accepted.items()):
        if name in metrics and name not in _COSTS and metrics[name].value < before - config.regression:
            found.append(f"{name} fell from {before:.3f} to {metrics[name].value:.3f}")
    return found


def shortfalls(metrics: Mapping[str, Metric], least: Mapping[str, float]) -> list[str]:
    """The metrics below their least values, as sentences.

    A metric that this kind of evaluation does not measure cannot speak against a release.
    """
    return [
        f"{name} is {metrics[name].value:.3f}, at least {value:g} is asked for"
        for name, value in sorted(least.items())
        if name in metrics and metrics[name].value < value
    ]


def accepted_metrics(path: Path | None) -> dict[str, float]:
    """The metrics in `evaluation.json` of a release; none when there was no release."""
    if path is None or not path.is_file():
        return {}
    report: dict[str, Any] = read_json(path)
    return {name: float(metric["value"]) for name, metric in report["metrics"].items()}
