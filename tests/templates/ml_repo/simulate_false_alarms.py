"""Run by the runtime: how often unchanged rows raise an alarm, over many baselines; one JSON line out.

python simulate_false_alarms.py PACKAGE TRAINED NEW COLUMNS CORRELATION ZEROS RATE CHECKS
"""

import importlib
import json
import sys
from typing import Any

import numpy as np
import pandas as pd


def main(
    package: str,
    trained: int,
    new: int,
    columns: int,
    correlation: float,
    zeros: float,
    rate: float,
    checks: int,
) -> None:
    contracts = importlib.import_module(f"{package}.data.contract")
    target = importlib.import_module(f"{package}.data.target").Target("y", "regression")
    build = importlib.import_module(f"{package}.monitoring.baseline").build_baseline
    check_drift = importlib.import_module(f"{package}.monitoring.drift").check_drift
    check_quality = importlib.import_module(f"{package}.monitoring.quality").check_quality
    numbers = [contracts.Column(f"x{n}", "number", nullable=True) for n in range(columns)]
    categories = [contracts.Column(name, "category") for name in ("kind", "rare")]
    contract = contracts.DataContract("regression", "y", (*numbers, *categories))
    rng = np.random.default_rng(1)
    alarms: dict[str, int] = {"drift": 0, "quality": 0}
    for _ in range(checks):
        train, rows = (draw(rng, size, columns, correlation, zeros) for size in (trained, new))
        baseline = build(train, contract, train[["x0"]].fillna(0).to_numpy(), target, 10)
        alarms["drift"] += check_drift(baseline, rows, false_alarm_rate=rate).alarm
        issues = check_quality(baseline, rows.astype(object), contract, false_alarm_rate=rate)
        alarms["quality"] += bool(issues)
    print(json.dumps({"checks": checks, **alarms}))


def draw(rng: np.random.Generator, size: int, columns: int, correlation: float, zeros: float) -> pd.DataFrame:
    """Skewed numbers that move together, with zeros and missing cells; a plain category and one with a long tail."""
    common, own = rng.normal(size=(size, 1)), rng.normal(size=(size, columns))
    values = np.exp(np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own)
    if zeros:
        values[rng.random((size, columns)) < zeros] = 0
    values[rng.random((size, columns)) < 0.03] = np.nan
    frame = pd.DataFrame(values, columns=[f"x{n}" for n in range(columns)])
    frame["kind"] = rng.choice(["a", "b", "c"], size, p=[0.6, 0.3, 0.1]).astype(object)
    tail = 1 / np.arange(1, 61) ** 1.5
    frame["rare"] = rng.choice([f"v{n}" for n in range(60)], size, p=tail / tail.sum()).astype(object)
    return frame


if __name__ == "__main__":
    given: list[Any] = sys.argv[1:]
    main(given[0], *map(int, given[1:4]), *map(float, given[4:7]), int(given[7]))
