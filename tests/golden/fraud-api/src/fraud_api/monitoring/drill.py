"""The fire drill: does the alarm ring when the data changes, and stay silent when it does not?

`python -m PACKAGE.monitoring.drill --model DIR --data FILE --output FILE`. The changes go through
the job that runs in production (`jobs/score.py`), which must write the alarm into its report and
its metric line. Exit code 0: every change was seen, and unchanged rows raised no more alarms than
the promised rate allows.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binom

from ..data.contract import repeated
from ..data.tables import read_raw, write_table
from ..jobs.process import process
from ..jobs.score import score_curated
from ..jobs.settings import JobSettings
from ..model.predictor import Predictor
from ..model.store import publish_model
from ..monitor import examine
from ..running.files import write_json
from .baseline import PREDICTION
from .emf import METRICS
from .inject import SHARES, Injection, injections

CHECKS = 60
_CONFIDENCE = 0.999


def drill(model: Path, source: Path, *, checks: int = CHECKS, seed: int = 7) -> dict[str, Any]:
    """Checks unchanged rows often and each injected change until it is seen.

    Args:
        model: folder of a registered model.
        source: rows that have not changed since training, such as the sample.
        checks: how many windows of unchanged rows are drawn, with replacement.
        seed: of the draws.
    """
    predictor = Predictor(model)
    raw, _ = read_raw(
        source,
        [column.name for column in predictor.contract.columns],
        repeated(predictor.contract.columns),
    )
    scores = _usable_scores(predictor, raw)
    unchanged = _unchanged(predictor, raw, checks, np.random.default_rng(seed))
    with tempfile.TemporaryDirectory() as name:
        rows = raw.iloc[list(scores)].reset_index(drop=True)
        values = np.array(list(scores.values()))
        scenarios = [
            _seen(model, i, rows, Path(name) / str(number))
            for number, i in enumerate(injections(predictor.contract, rows, values))
        ]
    return {
        "model": predictor.version,
        "rows": len(raw),
        "unchanged": unchanged,
        "scenarios": scenarios,
        "passed": unchanged["passed"] and all(s["passed"] for s in scenarios),
    }


def _usable_scores(predictor: Predictor, raw: pd.DataFrame) -> dict[int, float]:
    """The score of each row that keeps the contract, by its position."""
    answer = predictor.predict_table(raw)
    found: dict[int, float] = {}
    for row, value in enumerate(answer.predictions):
        if value is not None:
            chances = answer.probabilities[row] if answer.probabilities else None
            found[row] = list(chances.values())[-1] if chances else float(value)
    return found


def _unchanged(
    predictor: Predictor, raw: pd.DataFrame, checks: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Without predictions: a model is surer of rows that it has learned from than of new ones."""
    rate = float(predictor.baseline["false_alarm_rate"])
    alarms = 0
    for _ in range(checks):
        window = raw.iloc[rng.integers(len(raw), size=len(raw))].reset_index(drop=True)
        report = examine(predictor, window)
        columns = [c for c in report["drift"]["columns"] if c["column"] != PREDICTION]
        alarms += bool(report["quality"]) or any(c["alarm"] for c in columns)
    most = int(binom.ppf(_CONFIDENCE, checks, rate))
    return {
        "checks": checks,
        "alarms": int(alarms),
        "false_alarm_rate": rate,
        "most": most,
        "passed": alarms <= most,
    }


def _seen(model: Path, change: Injection, rows: pd.DataFrame, folder: Path) -> dict[str, Any]:
    """Lets the change grow until the alarm rings or the change can grow no more."""
    for share in SHARES:
        found = _through_the_job(model, change, share, rows, folder / str(share))
        if found["passed"]:
            break
    return found


def _through_the_job(
    model: Path, change: Injection, share: float, rows: pd.DataFrame, folder: Path
) -> dict[str, Any]:
    """Lets changed rows land, scores them as production does and reads what the job has left."""
    settings = JobSettings(
        landing=f"{folder}/landing",
        curated=f"{folder}/curated",
        model=f"{folder}/models",
        work=folder / "work",
    )
    # A change may draw a row twice; under one name both would be the same case.
    identifiers = Predictor(model).contract.identifiers
    names = {column.name: [str(number) for number in range(len(rows))] for column in identifiers}
    landed = change.apply(rows, share).assign(**names).astype("string")
    write_table(folder / "landing" / "scoring" / "rows.parquet", landed)
    publish_model(model, settings.model)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        process(settings)
        score_curated(settings)
    (file,) = (folder / "curated" / "predictions").glob("*/_monitoring.json")
    report = json.loads(file.read_text(encoding="utf-8"))
    drifted = [c["column"] for c in report["drift"]["columns"] if c["alarm"]]
    worse = [issue["column"] for issue in report["quality"]]
    metrics = _metrics(said.getvalue())
    rang = bool(metrics.get("DriftAlarm") or metrics.get("QualityAlarm"))
    return {
        "scenario": change.name,
        "column": change.column,
        "share": share,
        "drifted": drifted,
        "worse": worse,
        "metrics": metrics,
        "passed": bool(report["alarm"]) and rang and change.column in (*drifted, *worse),
    }


def _metrics(output: str) -> dict[str, int]:
    lines = [json.loads(line) for line in output.splitlines() if line.startswith('{"')]
    records = [line for line in lines if "_aws" in line]
    return {name: records[-1][name] for name in METRICS} if records else {}


def main() -> int:
    """Runs the drill, writes its result and prints a line for each part."""
    parser = argparse.ArgumentParser(description="Inject drift and see the alarm.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--checks", type=int, default=CHECKS)
    arguments = parser.parse_args()
    found = drill(arguments.model, arguments.data, checks=arguments.checks)
    write_json(arguments.output, found)
    calm = found["unchanged"]
    print(f"unchanged: {calm['alarms']} alarms in {calm['checks']} checks, at most {calm['most']}")
    for scenario in found["scenarios"]:
        seen = f"alarm at {scenario['share']:.0%}" if scenario["passed"] else "NOT SEEN"
        print(f"{scenario['scenario']} in {scenario['column']}: {seen}")
    return 0 if found["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
