"""Where the files of this repository are, and what they say about the pipeline."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from .files import canonical_json, read_json, sha256_file, sha256_of

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
PIPELINE_FILE = ROOT / "pipeline.json"
SCHEMA_FILE = ROOT / "data" / "schema.json"
PLAN_FILE = ROOT / "config" / "train.yaml"


@cache
def pipeline_facts() -> dict[str, Any]:
    """`pipeline.json`: contract, package, task, target, metric and the order of the stages."""
    facts: dict[str, Any] = read_json(PIPELINE_FILE)
    return facts


@cache
def code_digest() -> str:
    """SHA-256 over the package's source: changed code makes a stage run again."""
    files = sorted(PACKAGE.rglob("*.py"))
    return sha256_of(canonical_json([[str(f.relative_to(PACKAGE)), sha256_file(f)] for f in files]))
