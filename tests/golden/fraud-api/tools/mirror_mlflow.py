"""Shows a run of the pipeline in MLflow: one run there for each stage, with its figures.

The pipeline itself knows no server; this reads what it has left in its work folder. The address is
`MLFLOW_TRACKING_URI`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Call = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Posts to an endpoint of MLflow's REST interface and returns its answer."""

_REFUSED = re.compile(r"[^\w.\- ]")
"""Characters that the name of a metric may not have; slashes, which it reads as folders, too."""
_LONGEST = 200
_AT_ONCE = 800
"""Metrics of a call; the server takes 1,000, with everything else in it."""


def mirror(work: Path, experiment: str, call: Call) -> int:
    """Creates a finished MLflow run for each stage that has a result; returns their number."""
    found = call("experiments/search", {"filter": f"name = '{experiment}'", "max_results": 1})
    known = found.get("experiments") or [call("experiments/create", {"name": experiment})]
    files = sorted(work.glob("*/result.json"))
    for file in files:
        result = json.loads(file.read_text(encoding="utf-8"))
        now = int(time.time() * 1000)
        began = now - int(result["seconds"] * 1000)
        run = {
            "experiment_id": known[0]["experiment_id"],
            "run_name": result["stage"],
            "start_time": began,
        }
        run_id = call("runs/create", run)["run"]["info"]["run_id"]
        for part in batches(result, now):
            call("runs/log-batch", {"run_id": run_id, **part})
        status = "FINISHED" if result["status"] == "ok" else "FAILED"
        call("runs/update", {"run_id": run_id, "status": status, "end_time": now})
    return len(files)


def batches(result: dict[str, Any], at: int) -> list[dict[str, Any]]:
    """Metrics with their intervals, seed and inputs of one stage, as `log-batch` takes them."""
    figures = {"seconds": result["seconds"]}
    for name, metric in result["metrics"].items():
        for part in ("value", "low", "high"):
            if metric[part] is not None:
                figures[name if part == "value" else f"{name}.{part}"] = metric[part]
    keys = keys_of(figures)
    metrics = [
        {"key": keys[name], "value": value, "timestamp": at, "step": 0}
        for name, value in sorted(figures.items())
    ]
    inputs = [{"key": f"input.{k}", "value": v} for k, v in sorted(result["inputs"].items())]
    facts = {
        "params": [{"key": "seed", "value": str(result["seed"])}],
        "tags": [{"key": "mlflow.note.content", "value": result["message"]}, *inputs],
    }
    first, *more = [metrics[n : n + _AT_ONCE] for n in range(0, len(metrics), _AT_ONCE)]
    return [{"metrics": first, **facts}, *({"metrics": part} for part in more)]


def keys_of(names: Iterable[str]) -> dict[str, str]:
    """A key that MLflow takes for each name, its own where it can; a number tells twins apart."""
    every = set(names)
    kept = {name for name in every if name == _plain(name)}
    keys = {name: name for name in kept}
    for name in sorted(every - kept):
        key = plain = _plain(name)
        number = 2
        while key in kept:
            key, number = f"{plain}_{number}", number + 1
        keys[name] = key
        kept.add(key)
    return keys


def _plain(name: str) -> str:
    return _REFUSED.sub("_", name)[:_LONGEST]


def caller(address: str) -> Call:
    """Calls the server at the address."""

    def call(endpoint: str, body: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{address.rstrip('/')}/api/2.0/mlflow/{endpoint}",
            data=json.dumps(body).encode(),
            headers={"content-type": "application/json"},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            value: dict[str, Any] = json.load(answer)
        return value

    return call


def main() -> int:
    """Mirrors the work folder."""
    parser = argparse.ArgumentParser(description="Show a run of the pipeline in MLflow.")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--experiment", default=os.environ.get("PROJECT") or "pipeline")
    given = parser.parse_args()
    address = os.environ.get("MLFLOW_TRACKING_URI")
    if not address:
        print("not set: MLFLOW_TRACKING_URI", file=sys.stderr)
        return 2
    try:
        count = mirror(given.work, given.experiment, caller(address))
    except urllib.error.URLError as error:
        print(f"MLflow at {address} did not take the run: {error}", file=sys.stderr)
        return 1
    print(f"{count} stages are in MLflow at {address}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
