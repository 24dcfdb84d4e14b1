"""`reports/run_evidence.json`: what was run here, from what, with which result.

Each artefact is named with its SHA-256, so that a later reader can tell whether the files are
still the ones the figures are about. Durations and clock times are in here and nowhere else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from manifest import MANIFEST, ROOT, compare, sha256

_INPUTS = (
    "pipeline.json",
    "requirements.lock",
    "config/*.yaml",
    "prompts/*.md",
    "data/*.json*",
)
"""Patterns; what a repository does not have is not among its inputs."""
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def collect(root: Path, work: Path, data: Path) -> dict[str, Any]:
    """What the work folder says about a run.

    Args:
        root: the repository.
        work: what the pipeline, `make load` and `make drill` have written to.
        data: the file or folder that the run began with.

    Raises:
        FileNotFoundError: there is no registered model in the work folder.
    """
    pipeline = read(root / "pipeline.json")
    model = work / "register" / "model"
    facts = read(model / "model.json")
    differences = compare(root).lines if (root / MANIFEST).is_file() else ("there is no manifest",)
    stages = {name: _stage(work / name / "result.json") for name in pipeline["stages"]}
    found: dict[str, Any] = {
        "contract": 1,
        "package": pipeline["package"],
        "recorded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": {
            **{
                path.relative_to(root).as_posix(): sha256(path)
                for pattern in _INPUTS
                for path in sorted(root.glob(pattern))
            },
            "data": described(data),
        },
        "tree": None if differences else sha256(root / MANIFEST),
        "differences": list(differences),
        "stages": {name: stage for name, stage in stages.items() if stage},
        "model": {
            "version": facts["version"],
            "format": facts["format"],
            "code": facts["code"],
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
        "versions": versions(root / "requirements.in"),
    }
    for name in ("load", "drill"):
        path = work / f"{name}.json"
        found[name] = {"sha256": sha256(path), **read(path)} if path.is_file() else None
    found["says"] = _says(found)
    return found


def described(data: Path) -> dict[str, Any]:
    """Digest and size; a folder has the digest of its list of names and digests."""
    if data.is_file():
        return {"name": data.name, "sha256": sha256(data), "bytes": data.stat().st_size}
    files = sorted(path for path in data.rglob("*") if path.is_file())
    names = {path.relative_to(data).as_posix(): sha256(path) for path in files}
    lines = "".join(f"{digest}  {name}\n" for name, digest in names.items())
    return {
        "name": data.name,
        "sha256": hashlib.sha256(lines.encode()).hexdigest(),
        "bytes": sum(path.stat().st_size for path in files),
        "files": names,
    }


def versions(requirements: Path) -> dict[str, str]:
    """What is installed here of the direct requirements."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    names = [match.group() for line in lines if (match := _REQUIREMENT.match(line))]
    installed = {found.metadata["Name"].lower() for found in metadata.distributions()}
    return {name: metadata.version(name) for name in names if name.lower() in installed}


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
    model = found["model"]
    says = [f"Version {model['version']}: quality gate {model['quality_gate']}."]
    if found["differences"]:
        says.append(f"The tree differs from {MANIFEST}: {len(found['differences'])} files.")
    for name in ("load", "drill"):
        result = found[name]
        if result is None:
            says.append(f"Not run: make {name}.")
        elif result["model"] != model["version"]:
            says.append(f"make {name} was run with another version: {result['model']}.")
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
        print(f"nothing was registered yet: {error.filename} is not there", file=sys.stderr)
        print("README.md says which target comes first", file=sys.stderr)
        return 2
    given.output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    given.output.write_text(text + "\n", encoding="utf-8")
    print(*found["says"], f"written: {given.output}", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
