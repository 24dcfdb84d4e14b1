"""Trains on the curated table and publishes the model if its quality gate has passed."""

from __future__ import annotations

import json
import sys

from ..cli import STAGE_NAMES
from ..model.store import publish_model
from ..running.command import run_stages
from ..running.errors import EXIT_OK, EXIT_REFUSED
from ..running.files import read_json
from ..running.stopping import Stopper
from . import storage
from .settings import JobSettings


def train(settings: JobSettings, stopper: Stopper) -> int:
    """Runs every stage with the recorded plan.

    Returns:
        The exit code of the pipeline; 4 also when the quality gate has failed.
    """
    data = storage.fetch_table(f"{settings.curated}/training", settings.work / "data")
    code = run_stages(STAGE_NAMES, work=settings.work, data=data, trials=0, stopper=stopper)
    if code != EXIT_OK:
        return code
    model = settings.work / "register" / "model"
    facts = read_json(model / "model.json")
    if facts["quality_gate"] != "passed":
        print("The quality gate has failed: nothing was published.", file=sys.stderr)
        return EXIT_REFUSED
    publish_model(model, settings.model)
    print(json.dumps({"version": facts["version"], "metrics": facts["metrics"]}))
    return EXIT_OK
