"""Shows a run of the pipeline in MLflow: one run there for each stage, with its figures.

The pipeline itself knows no server; this reads what it has left in its work folder. The address is
`MLFLOW_TRACKING_URI`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Posts to an endpoint of MLflow's REST interface and returns its answer."""


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
        call("runs/log-batch", {"run_id": run_id, **batch(result, now)})
        status = "FINISHED" if result["status"] == "ok" else "FAILED"
        call("runs/update", {"run_id": run_id, "status": status, "end_time": now})
    return len(files)


def batch(result: dict[str, Any], at: int) -> dict[str, Any]:
    """Metrics with their intervals, seed and inputs of one stage, as `log-batch` takes them."""
    figures = {"seconds": result["seconds"]}
    for name, metric in result["metrics"].items():
        for part in ("value", "low", "high"):
            if metric[part] is not None:
                figures[name if part == "value" else f"{name}.{part}"] = metric[part]
    inputs = [{"key": f"input.{k}", "value": v} for k, v in sorted(result["inputs"].items())]
    return {
        "metrics": [
            {"key": name, "value": value, "timestamp": at, "step": 0}
            for name, value in sorted(figures.items())
        ],
        "params": [{"key": "seed", "value": str(result["seed"])}],
        "tags": [{"key": "mlflow.note.content", "value": result["message"]}, *inputs],
    }


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
