"""Trains on the curated table, publishes and registers the model if its quality gate has passed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ..cli import STAGE_NAMES
from ..data.contract import DataContract
from ..model.store import upload_version, use_version
from ..registry.chosen import model_registry
from ..registry.versions import ModelVersion
from ..running.command import run_stages
from ..running.errors import EXIT_OK, EXIT_REFUSED
from ..running.files import read_json, sha256_file
from ..running.repository import SCHEMA_FILE, code_digest
from ..running.stopping import Stopper
from .chosen import PROCESSED_BY, TRAINING_GB
from .keeping import keep_processed
from .process import process
from .reporting import publish_reports
from .sampling import fetch_training_table
from .settings import JobSettings


def train(settings: JobSettings, stopper: Stopper) -> int:
    """Runs every stage with the recorded plan.

    Returns:
        The exit code of the pipeline; 4 also when the quality gate has failed.
    """
    if PROCESSED_BY == "a stream":
        process(settings)
    contract = DataContract.load(SCHEMA_FILE)
    address, place = f"{settings.curated}/training", settings.work / "data"
    data = fetch_training_table(address, place, contract, TRAINING_GB)
    code = learn(settings, data, stopper)
    # Last, so that a store which is slow, or refuses, keeps no model back.
    keep_processed(settings, contract, "training", data)
    return code


def learn(settings: JobSettings, data: Path, stopper: Stopper) -> int:
    """Runs every stage and releases the model if its quality gate has passed.

    Returns:
        As `train`.
    """
    code = run_stages(STAGE_NAMES, work=settings.work, data=data, trials=0, stopper=stopper)
    print(f"What the stages found: {publish_reports(settings) or settings.work}", file=sys.stderr)
    if code != EXIT_OK:
        return code
    model = settings.work / "register" / "model"
    facts = read_json(model / "model.json")
    if facts["quality_gate"] != "passed":
        print("The quality gate has failed: nothing was published.", file=sys.stderr)
        return EXIT_REFUSED
    release(settings, model, settings.work / "ingest" / "table.parquet")
    print(json.dumps({"version": facts["version"], "metrics": facts["metrics"]}))
    return EXIT_OK


def release(settings: JobSettings, model: Path, data: Path) -> str:
    """Publishes, registers and promotes a model; doing it again changes nothing.

    Args:
        settings: say where models and the registry are.
        model: the folder `register/model`.
        data: the rows that keep the contract, from which everything else was made.

    Returns:
        Its version.
    """
    facts = read_json(model / "model.json")
    version, address = upload_version(model, settings.model)
    registry = model_registry(settings.variables)
    if registry is not None:
        evidence = {
            "data_sha256": sha256_file(data),
            "code_sha256": code_digest(),
            "model_sha256": sha256_file(model / "model.json"),
            "quality_gate": str(facts["quality_gate"]),
            "seed": str(facts["seed"]),
        }
        metrics = {name: float(metric["value"]) for name, metric in facts["metrics"].items()}
        registry.register(ModelVersion(version, address, metrics, evidence))
    promote(settings, version)
    return version


def promote(settings: JobSettings, version: str) -> int:
    """Makes a published version the current one, in the model store and in the registry.

    Raises:
        UsageError: it was never published.
    """
    use_version(settings.model, version)
    registry = model_registry(settings.variables)
    if registry is not None:
        registry.promote(version)
    return EXIT_OK
