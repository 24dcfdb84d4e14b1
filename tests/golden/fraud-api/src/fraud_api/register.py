"""Stage 9: put the model together, prove that it predicts what was evaluated, describe it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np

from .data.tables import read_table
from .data.target import Target
from .learning.metrics import METRIC_OF
from .learning.trials import read_scores
from .model.predictor import Predictor, typical_values
from .model.selection import Selection
from .monitoring.baseline import build_baseline
from .monitoring.calendar import with_cycles
from .running.files import (
    canonical_json,
    read_json,
    sha256_file,
    sha256_of,
    write_atomic,
    write_json,
)
from .running.plan import CandidatePlan, Plan
from .running.repository import code_digest
from .running.stage import Card, OutputKind, Rejected, Report, StageContext


def run(context: StageContext) -> Report:
    """Writes `model/` and the plan that leads to it.

    Raises:
        RuntimeError: the stored model predicts something else than what was evaluated.
    """
    folder = context.folder / "model"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    selection = Selection.read(context.upstream("ensemble", "selection"))
    target = Target.from_json(read_json(context.upstream("features", "target")))
    evaluation = read_json(context.upstream("evaluate", "evaluation"))
    train = read_table(context.upstream("split", "train"))
    test_scores = read_scores(context.upstream("evaluate", "scores"))
    source = context.upstream("ensemble", "selection").parent
    for member in selection.members:
        shutil.copyfile(source / member.file, folder / member.file)
    shutil.copyfile(context.upstream("features", "encoder"), folder / "encoder.json")
    write_json(folder / "schema.json", context.contract.to_json())
    drift = context.plan.drift
    baseline = build_baseline(train, context.contract, test_scores, target, drift.bins)
    if context.contract.time is not None:
        test = read_table(context.upstream("split", "test"))
        baseline |= with_cycles(baseline, train, test, test_scores, context.contract.time.name)
    limits = {"false_alarm_rate": drift.false_alarm_rate, "minimum_psi": drift.minimum_psi}
    write_json(folder / "baseline.json", {**baseline, **limits})
    facts = describe_model(folder, selection, target, evaluation, context)
    facts["typical"] = typical_values(train, context.contract)
    write_json(folder / "model.json", facts)
    _prove(folder, context, test_scores)
    plan = context.folder / "train.yaml"
    write_atomic(plan, recorded_plan(context.plan, selection, context.seed).to_yaml().encode())
    passed = facts["quality_gate"] == "passed"
    return Report(
        message=f"Model {facts['version']} is stored; quality gate: {facts['quality_gate']}.",
        card=Card(
            choice=f"{facts['format']} files without code",
            why="A skops archive or LightGBM text holds numbers; loading it runs nothing.",
            rejected=(Rejected("pickle", "Loading a pickle runs whatever is inside."),),
        ),
        outputs={**_outputs(folder), "plan": (plan, "report")},
        warnings=() if passed else ("The quality gate has failed: do not deploy this model.",),
        advice="make accept takes register/train.yaml over as the recorded plan.",
    )


def describe_model(
    folder: Path,
    selection: Selection,
    target: Target,
    evaluation: dict[str, Any],
    context: StageContext,
) -> dict[str, Any]:
    """`model.json`: what the files are, and how the model was judged."""
    files = sorted(path.name for path in folder.iterdir())
    # All that a registry records of a version, so that one version has one record.
    made_from = {
        "code": code_digest(),
        "data": sha256_file(context.upstream("ingest", "table")),
        "rows": sha256_file(context.upstream("features", "train")),
        "encoder": sha256_file(folder / "encoder.json"),
        "baseline": sha256_file(folder / "baseline.json"),
        "selection": sha256_file(context.upstream("ensemble", "selection")),
        "evaluation": sha256_file(context.upstream("evaluate", "evaluation")),
        "seed": context.seed,
    }
    return {
        "contract": 1,
        "version": sha256_of(canonical_json(made_from))[:12],
        "format": selection.members[0].format,
        "files": files,
        "encoder": "encoder.json",
        "members": [member.to_json() for member in selection.members],
        "task": target.task,
        "classes": list(target.classes),
        "threshold": selection.threshold,
        "factor": selection.factor,
        "target": target.to_json(),
        "metric": METRIC_OF[target.task],
        "metrics": evaluation["metrics"],
        "quality_gate": "passed" if evaluation["passed"] else "failed",
        "seed": context.seed,
    }


def recorded_plan(plan: Plan, selection: Selection, seed: int) -> Plan:
    """The plan with the parameters that were found: replaying it gives the same model."""
    candidates = tuple(CandidatePlan(name=t.candidate, params=t.params) for t in selection.tried)
    return plan.with_candidates(candidates).model_copy(update={"seed": seed})


def _prove(folder: Path, context: StageContext, evaluated: np.ndarray) -> None:
    test = read_table(context.upstream("split", "test"))
    stored = Predictor(folder).scores(test)
    if not np.allclose(stored, evaluated, rtol=1e-9, atol=1e-12):
        raise RuntimeError("the stored model predicts something else than what was evaluated")


def _outputs(folder: Path) -> dict[str, tuple[Path, OutputKind]]:
    return {f"model/{path.name}": (path, "model") for path in sorted(folder.iterdir())}
