"""`reports/run_evidence.json`: what was run here, from what, with which result.

Each artefact is named with its SHA-256, so that a later reader can tell whether the files are
still the ones the figures are about. Durations and clock times are in here and nowhere else.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from manifest import MANIFEST, ROOT, sha256

_PACKAGES = ("numpy", "pandas", "scikit-learn", "lightgbm", "pyarrow", "fastapi")
_INPUTS = ("pipeline.json", "config/train.yaml", "data/schema.json", "requirements.lock")


def collect(root: Path, work: Path, data: Path) -> dict[str, Any]:
    """What the work folder says about a run.

    Args:
        root: the repository.
        work: what `make train`, `make load` and `make drill` have written to.
        data: the table that was trained on.

    Raises:
        FileNotFoundError: there is no registered model in the work folder.
    """
    pipeline = read(root / "pipeline.json")
    model = work / "register" / "model"
    facts = read(model / "model.json")
    stages = {name: _stage(work / name / "result.json") for name in pipeline["stages"]}
    found: dict[str, Any] = {
        "contract": 1,
        "package": pipeline["package"],
        "recorded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": {
            **{path: sha256(root / path) for path in _INPUTS},
            "data": {"name": data.name, "sha256": sha256(data), "bytes": data.stat().st_size},
        },
        "tree": sha256(root / MANIFEST) if (root / MANIFEST).is_file() else None,
        "stages": {name: stage for name, stage in stages.items() if stage},
        "model": {
            "version": facts["version"],
            "format": facts["format"],
            "quality_gate": facts["quality_gate"],
            "metrics": facts["metrics"],
            "files": {path.name: sha256(path) for path in sorted(model.iterdir())},
        },
        "machine": {
            "cpus": os.cpu_count(),
            "architecture": platform.machine(),
            "system": platform.platform(terse=True),
            "python": platform.python_version(),
        },
        "versions": {name: metadata.version(name) for name in _PACKAGES},
    }
    for name in ("load", "drill"):
        path = work / f"{name}.json"
        found[name] = {"sha256": sha256(path), **read(path)} if path.is_file() else None
    found["says"] = _says(found)
    return found


def read(path: Path) -> Any:
    """The value of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def _stage(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    result = read(path)
    return {
        "status": result["status"],
        "seconds": result["seconds"],
        "result_sha256": sha256(path),
        "inputs": result["inputs"],
        "outputs": {output["name"]: output["sha256"] for output in result["outputs"]},
    }


def _says(found: dict[str, Any]) -> list[str]:
    """The whole in sentences; what was not run is said, and what is about another model."""
    says = [f"Model {found['model']['version']}: quality gate {found['model']['quality_gate']}."]
    for name in ("load", "drill"):
        result = found[name]
        if result is None:
            says.append(f"Not run: make {name}.")
        elif result["model"] != found["model"]["version"]:
            says.append(f"make {name} was run with another model: {result['model']}.")
        else:
            kept = result["kept"] if name == "load" else result["passed"]
            says.append(f"make {name}: {'passed' if kept else 'FAILED'}.")
    return says


def main() -> int:
    """Writes the evidence and says what it holds."""
    parser = argparse.ArgumentParser(description="Record what was run.")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=ROOT / "reports" / "run_evidence.json")
    given = parser.parse_args()
    try:
        found = collect(ROOT, given.work, given.data)
    except FileNotFoundError as error:
        print(f"run `make train` first: {error.filename} is not there", file=sys.stderr)
        return 2
    given.output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    given.output.write_text(text + "\n", encoding="utf-8")
    print(*found["says"], f"written: {given.output}", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
