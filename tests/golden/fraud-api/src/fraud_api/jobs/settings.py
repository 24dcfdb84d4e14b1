"""Where a job finds its inputs and leaves its results, from the environment of its container."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..running.errors import UsageError


@dataclass(frozen=True)
class JobSettings:
    """Addresses (`s3://…` or paths) without a slash at the end, and the local work folder."""

    landing: str
    """`LANDING_URI`: raw tables below `training/` (with the target) and `scoring/` (without)."""
    curated: str
    """`CURATED_URI`: tables that keep the contract, below the same folders, and `predictions/`."""
    model: str
    """`MODEL_URI`: see `model/store.py`."""
    work: Path
    """`WORK_DIR`."""

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> JobSettings:
        """Reads the variables.

        Raises:
            UsageError: one that every job needs is not set.
        """
        missing = [n for n in ("LANDING_URI", "CURATED_URI", "MODEL_URI") if not variables.get(n)]
        if missing:
            raise UsageError(f"not set: {', '.join(missing)}")
        return cls(
            landing=variables["LANDING_URI"].rstrip("/"),
            curated=variables["CURATED_URI"].rstrip("/"),
            model=variables["MODEL_URI"].rstrip("/"),
            work=Path(variables.get("WORK_DIR", "work")),
        )
