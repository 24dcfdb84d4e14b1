"""Where the files of this repository are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .files import canonical_json, sha256_file, sha256_of

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
PLAN_FILE = ROOT / "config" / "rag.yaml"
GUARD_FILE = ROOT / "config" / "guard.yaml"
QUESTIONS_FILE = ROOT / "data" / "evaluation.jsonl"


@cache
def code_digest() -> str:
    """SHA-256 over the package's source: changed code makes a stage run again."""
    files = sorted(PACKAGE.rglob("*.py"))
    return sha256_of(canonical_json([[str(f.relative_to(PACKAGE)), sha256_file(f)] for f in files]))
