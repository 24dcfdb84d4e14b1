"""Trains on the curated table; publishes what passes its gate, uses it unless it is worse."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from ..cli import STAGE_NAMES
from ..data.contract import DataContract
from ..model.store import fetch_evaluated, upload_version, use_version
from ..registry.chosen import model_registry
from ..registry.versions import ModelVersion
from ..running.command import run_stages
from ..running.errors import EXIT_OK, EXIT_REFUSED
from ..running.files import read_json, sha256_file
from ..running.plan import Plan
from ..running.repository import PLAN_FILE, SCHEMA_FILE, code_digest
from ..running.stopping import Stopper
from ..validate import Comparison, validate
from .chosen import PROCESSED_BY, TRAINING_GB
from .keeping import keep_processed
from .process import process
from .reporting import publish_reports
from .sampling import fetch_training_table
from .settings import JobSettings


def train(settings: JobSettings, stopper: Stopper) -> int:
    """Runs every stage with the recorded plan.

    Returns:
        The exit code of the pipeline; 4 also when the quality gate has failed, or when the model in
        use is clearly better.
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
    """Runs every stage; the model is published if its quality gate has passed, and put into use
    unless the one in use is clearly better.

    Returns:
        As `train`.
    """
    shutil.rmtree(settings.work / "validate", ignore_errors=True)
    code = run_stages(STAGE_NAMES, work=settings.work, data=data, trials=0, stopper=stopper)
    model = settings.work / "register" / "model"
    facts = read_json(model / "model.json") if code == EXIT_OK else {}
    passed = facts.get("quality_gate") == "passed"
    comparison = compare_with_current(settings) if passed else None
    print(f"What the stages found: {publish_reports(settings) or settings.work}", file=sys.stderr)
    if code != EXIT_OK:
        return code
    if not passed:
        print("The quality gate has failed: nothing was published.", file=sys.stderr)
        return EXIT_REFUSED
    version = release(settings, model, settings.work / "ingest" / "table.parquet")
    if comparison is not None:
        warning = "WARNING: not compared with the current model. "
        print(f"{warning if comparison.gain is None else ''}{comparison.why}", file=sys.stderr)
        if comparison.verdict == "worse":
            print(f"{version} was published; the model in use stays.", file=sys.stderr)
            return EXIT_REFUSED
    promote(settings, version)
    print(json.dumps({"version": version, "metrics": facts["metrics"]}))
    return EXIT_OK


def compare_with_current(settings: JobSettings) -> Comparison | None:
    """Compares the model that was just trained with the current one; None when there is none."""
    in_use = settings.work / "in_use"
    shutil.rmtree(in_use, ignore_errors=True)
    if not fetch_evaluated(settings.model, in_use):
        return None
    plan = Plan.load(PLAN_FILE)
    return validate(settings.work, in_use, plan.evaluate, plan.seed)


def release(settings: JobSettings, model: Path, data: Path) -> str:
    """Publishes and registers a model; doing it again changes nothing.

    Args:
        settings: say where models and the registry are.
        model: the folder `register/model`.
        data: the rows that keep the contract, from which everything else was made.

    Returns:
        Its version; nothing uses it yet.
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
