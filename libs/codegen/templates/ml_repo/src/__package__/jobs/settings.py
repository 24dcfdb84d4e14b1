"""Where a job finds its inputs and leaves its results, from the environment of its container."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..running.environment import require


@dataclass(frozen=True)
class JobSettings:
    """Addresses (`s3://…` or paths) without a slash at the end, and the local work folder."""

    landing: str
    """`LANDING_URI`: raw tables below the folders that `landing.py` names."""
    curated: str
    """`CURATED_URI`: tables that keep the contract: `training/`, `scoring/`, `predictions/`."""
    model: str
    """`MODEL_URI`: see `model/store.py`."""
    work: Path
    """`WORK_DIR`."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """The whole environment; stores, features and registry find their services in it."""

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> JobSettings:
        """Reads the variables.

        Raises:
            UsageError: one that every job needs is not set.
        """
        require(variables, ("LANDING_URI", "CURATED_URI", "MODEL_URI"))
        return cls(
            landing=variables["LANDING_URI"].rstrip("/"),
            curated=variables["CURATED_URI"].rstrip("/"),
            model=variables["MODEL_URI"].rstrip("/"),
            work=Path(variables.get("WORK_DIR", "work")),
            variables=variables,
        )
