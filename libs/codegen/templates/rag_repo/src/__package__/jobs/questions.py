"""Do the questions that the service kept still look like those the release was evaluated with?"""

from __future__ import annotations

import json
from typing import Any

from .. import storage
from ..config import Config
from ..monitoring.drift import check_questions, load_baseline
from ..monitoring.drill import BASELINE_FILE
from ..parts import embedder
from ..settings import Settings

_FOLDER, _FILES = "interactions", 500


def watch_questions(settings: Settings, config: Config) -> dict[str, Any] | None:
    """The drift of the newest kept questions; None where the service keeps none."""
    root = f"{settings.get('ARTIFACTS_URI').rstrip('/')}/{_FOLDER}"
    names = storage.list_files(root)[-_FILES:] if settings.get("ARTIFACTS_URI") else []
    questions = [
        str(json.loads(line)["question"])
        for name in names
        for line in (storage.read_bytes(f"{root}/{name}") or b"").splitlines()
    ]
    baseline = settings.work / "evaluate" / BASELINE_FILE
    if not questions or not baseline.is_file():
        return None
    maker = embedder(settings, settings.work / "index")
    report = check_questions(load_baseline(baseline), questions, maker, config.drift, config.seed)
    return report.to_json()
