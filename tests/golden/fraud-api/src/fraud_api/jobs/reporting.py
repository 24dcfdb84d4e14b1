"""What the stages of a training have found outlives its container, also of a refused model."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

from . import storage
from .settings import JobSettings

REPORTS = (
    "*/result.json",
    "evaluate/evaluation.json",
    "explain/importance.parquet",
    "train/leaderboard.*",
    "validate/comparison.json",
)
"""Figures and reasons; tables with rows of the data stay where they are."""


def publish_reports(settings: JobSettings) -> str | None:
    """Copies the reports to `reports/<time>/` below `ARTIFACTS_URI`, if set; their address."""
    artifacts = settings.variables.get("ARTIFACTS_URI", "").rstrip("/")
    if not artifacts:
        return None
    folder = settings.work / "reports"
    for pattern in REPORTS:
        for path in settings.work.glob(pattern):
            copy = folder / path.relative_to(settings.work)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    address = f"{artifacts}/reports/{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    storage.publish_folder(folder, address)
    return address
