"""Stage 9: put the model together, prove that it predicts what was evaluated, describe it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .data.tables import read_table
from .data.target import Scores, Target
from .learning.metrics import METRIC_OF
from .learning.trials import read_scores
from .model.predictor import Predictor, typical_values
from .model.refit import obstacle, refit
from .model.selection import Selection
from .monitoring.baseline import PREDICTION, REFITTED_PSI, build_baseline
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
    """Writes `model/`, the plan that leads to it, and `evaluated/` where the two differ.

    Raises:
        RuntimeError: the stored model predicts something else than what was evaluated.
    """
    folder, evaluated = context.folder / "model", context.folder / "evaluated"
    for place in (folder, evaluated):
        shutil.rmtree(place, ignore_errors=True)
    selection = Selection.read(context.upstream("ensemble", "selection"))
    train, test = (read_table(context.upstream("split", name)) for name in ("train", "test"))
    test_scores = read_scores(context.upstream("evaluate", "scores"))
    facts = _assemble(folder, selection, train, test, test_scores, context)
    _prove(folder, test, test_scores)
    newest = facts["unseen"]["since"] is not None
    hindrance = obstacle(Target.from_json(facts["target"]), test[context.contract.target])
    wanted = newest and context.plan.refit == "newest"
    if wanted and not hindrance:
        shutil.copytree(folder, evaluated)
        _learn_newest(folder, train, test, context)
    plan = context.folder / "train.yaml"
    write_atomic(plan, recorded_plan(context.plan, selection, context.seed).to_yaml().encode())
    passed = facts["quality_gate"] == "passed"
    return Report(
        message=f"Model {facts['version']} is stored; quality gate: {facts['quality_gate']}.",
        card=_card(facts["format"], newest, evaluated.is_dir()),
        outputs={**_outputs(folder), **_outputs(evaluated), "plan": (plan, "report")},
        warnings=(
            *(() if passed else ("The quality gate has failed: do not deploy this model.",)),
            *((hindrance,) if wanted and hindrance else ()),
        ),
        advice="make accept takes register/train.yaml over as the recorded plan.",
    )


def _assemble(
    folder: Path,
    selection: Selection,
    train: pd.DataFrame,
    test: pd.DataFrame,
    test_scores: Scores,
    context: StageContext,
) -> dict[str, Any]:
    """Writes the model that was evaluated; what `model.json` says of it."""
    folder.mkdir()
    source = context.upstream("ensemble", "selection").parent
    for member in selection.members:
        shutil.copyfile(source / member.file, folder / member.file)
    shutil.copyfile(context.upstream("features", "encoder"), folder / "encoder.json")
    write_json(folder / "schema.json", context.contract.to_json())
    _write_baseline(folder, train, test, test_scores, context)
    facts = describe_model(folder, selection, context)
    facts |= {
        "typical": typical_values(train, context.contract),
        "rows_learned": len(train),
        "unseen": read_json(context.upstream("split", "unseen")),
        "refitted": False,
    }
    write_json(folder / "model.json", facts)
    return facts


def _learn_newest(
    folder: Path, train: pd.DataFrame, test: pd.DataFrame, context: StageContext
) -> None:
    """Fits the stored model to all rows; what new rows are compared with follows it."""
    entities = read_table(context.upstream("split", "entities"))["entity"].to_numpy()
    reference = refit(folder, train, test, entities, context.contract, context.seed)
    rows = pd.concat([train, test], ignore_index=True)
    _write_baseline(folder, rows, test, reference, context, allowed=REFITTED_PSI)
    if not np.isfinite(Predictor(folder).scores(test)).all():
        raise RuntimeError("the model that has learned the newest rows gives no numbers")


def _write_baseline(
    folder: Path,
    learned: pd.DataFrame,
    test: pd.DataFrame,
    test_scores: Scores,
    context: StageContext,
    allowed: float = 0.0,
) -> None:
    """What the rows that were learned look like, and the predictions of those that were not."""
    drift, contract = context.plan.drift, context.contract
    target = Target.from_json(read_json(context.upstream("features", "target")))
    baseline = build_baseline(learned, contract, test_scores, target, drift.bins)
    if contract.time is not None and contract.time.kind == "datetime":
        baseline |= with_cycles(baseline, learned, test, test_scores, contract.time.name)
    baseline["columns"][PREDICTION]["allowed"] = allowed
    limits = {"false_alarm_rate": drift.false_alarm_rate, "minimum_psi": drift.minimum_psi}
    write_json(folder / "baseline.json", {**baseline, **limits})


def describe_model(
    folder: Path,
    selection: Selection,
    context: StageContext,
) -> dict[str, Any]:
    """`model.json`: what the files are, and how the model was judged."""
    target = Target.from_json(read_json(context.upstream("features", "target")))
    evaluation = read_json(context.upstream("evaluate", "evaluation"))
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
        "refit": context.plan.refit,
        "seed": context.seed,
    }
    return {
        "contract": 1,
        "version": sha256_of(canonical_json(made_from))[:12],
        "code": made_from["code"],
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
    """The plan with the parameters that were found: replaying it gives the same model.

    Candidates that failed, or ran out of time, stay as they were: they may do better on other data,
    and with the time they need.
    """
    found = [CandidatePlan(name=t.candidate, params=t.params) for t in selection.tried]
    tried = {candidate.name for candidate in found}
    left = [candidate for candidate in plan.candidates if candidate.name not in tried]
    return plan.with_candidates((*found, *left)).model_copy(update={"seed": seed})


def _prove(folder: Path, test: pd.DataFrame, evaluated: Scores) -> None:
    stored = Predictor(folder).scores(test)
    if not np.allclose(stored, evaluated, rtol=1e-9, atol=1e-12):
        raise RuntimeError("the stored model predicts something else than what was evaluated")


def _outputs(folder: Path) -> dict[str, tuple[Path, OutputKind]]:
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {f"{folder.name}/{path.name}": (path, "model") for path in files}


def _card(storage: str, newest: bool, refitted: bool) -> Card:
    learned = "every row" if refitted else "the rows that were not kept for the test"
    rejected = [Rejected("pickle", "Loading a pickle runs whatever is inside.")]
    if refitted:
        late = "It would be behind by the whole period of the test."
        rejected.append(Rejected("the evaluated model itself", late))
    elif not newest:
        same = "What is used is what was judged, and the next one can be compared with it."
        rejected.append(Rejected("learning the test rows as well", same))
    return Card(
        choice=f"{storage} files without code, fitted to {learned}",
        why="A skops archive or LightGBM text holds numbers; loading it runs nothing.",
        rejected=tuple(rejected),
    )
