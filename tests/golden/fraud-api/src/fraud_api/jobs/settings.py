"""Where a job finds its inputs and leaves its results, from the environment of its container."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..running.environment import require
from ..running.errors import UsageError

_ADDRESSES = ("LANDING_URI", "CURATED_URI", "MODEL_URI", "FEATURES_URI", "ARTIFACTS_URI")


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
    """`WORK_DIR`: of this job alone."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """The whole environment; stores, features and registry find their services in it."""

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> JobSettings:
        """Reads the variables.

        Raises:
            UsageError: one that every job needs is not set, or its local folders overlap.
        """
        require(variables, ("LANDING_URI", "CURATED_URI", "MODEL_URI"))
        return cls(
            landing=variables["LANDING_URI"].rstrip("/"),
            curated=variables["CURATED_URI"].rstrip("/"),
            model=variables["MODEL_URI"].rstrip("/"),
            work=_apart(variables),
            variables=variables,
        )


def _apart(variables: Mapping[str, str]) -> Path:
    """`WORK_DIR`, which holds the job's own copies of what it reads and publishes.

    Raises:
        UsageError: it overlaps a folder of the data, where a copy could be written onto its source.
    """
    work = Path(variables.get("WORK_DIR") or "work/job")
    own = work.resolve()
    for name in _ADDRESSES:
        scheme, _, path = variables.get(name, "").rpartition("://")
        if not path or scheme not in ("", "file"):
            continue
        place = Path(path).resolve()
        if own.is_relative_to(place) or place.is_relative_to(own):
            raise UsageError(
                f"{name} and WORK_DIR overlap ({path}, {work}): give the job a folder of its own"
            )
    return work
