"""The table of stages, and how one is run: inputs, restart, result, exit code."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from .errors import EXIT_OK, EXIT_REFUSED, DataRefused, UsageError
from .files import canonical_json, read_json, sha256_file, sha256_of, write_json
from .repository import code_digest
from .stage import Card, Report, StageContext, describe_outputs

Status = Literal["ok", "partial", "refused"]
_PACKAGE = __name__.rsplit(".", 2)[0]


@dataclass(frozen=True)
class Stage:
    """What a stage depends on; its code is the function `run` of the module of the same name."""

    needs: tuple[str, ...] = ()
    """Stages whose outputs it reads."""
    may_use: tuple[str, ...] = ()
    """Stages whose outputs it reads if they have run."""
    reads_data: bool = False
    plan: tuple[str, ...] = ()
    """Sections of the plan that change its result."""
    searches: bool = False
    """Whether `--trials` and `--budget` change its result."""


STAGES: dict[str, Stage] = {
    "ingest": Stage(reads_data=True, plan=("quality",)),
    "split": Stage(needs=("ingest",), plan=("split", "quality")),
    "features": Stage(needs=("split",)),
    "train": Stage(needs=("split", "features"), plan=("candidates",), searches=True),
    "tune": Stage(needs=("split", "features"), plan=("candidates", "tune"), searches=True),
    "ensemble": Stage(needs=("features", "train"), may_use=("tune",), plan=("ensemble",)),
    "evaluate": Stage(needs=("split", "features", "ensemble"), plan=("evaluate", "quality")),
    "explain": Stage(needs=("split", "features", "ensemble")),
    "register": Stage(
        needs=("ingest", "split", "features", "ensemble", "evaluate"),
        may_use=("explain",),
        plan=("drift", "refit"),
    ),
}


def run_stage(context: StageContext) -> int:
    """Runs one stage, or finds that it is done; leaves `result.json` last.

    Args:
        context: what the stage may use; `context.stage` says which one it is.

    Returns:
        The exit code: 0 done, 4 data refused.

    Raises:
        UsageError: the data file or an earlier stage is missing.
    """
    inputs = _input_digests(context)
    result_file = context.folder / "result.json"
    if _is_done(context, inputs):
        return EXIT_OK
    result_file.unlink(missing_ok=True)
    context.started = time.monotonic()
    context.progress.log(context.stage, "started")
    context.stop.set_finish(lambda: _write_partial(context, inputs))
    run: Callable[[StageContext], Report] = import_module(f"{_PACKAGE}.{context.stage}").run
    status: Status = "ok"
    try:
        report = run(context)
    except DataRefused as error:
        status = "refused"
        card = Card(choice="refuse the data", why=error.message)
        report = Report(message=error.message, advice=error.advice, card=card)
    with context.stop.lock:
        context.stop.set_finish(None)
        _write_result(context, inputs, report, status)
        _tell(context, report)
    return EXIT_OK if status == "ok" else EXIT_REFUSED


def find_result(context: StageContext, stage: str) -> dict[str, Any] | None:
    """`result.json` of a stage, if it has one."""
    path = context.work / stage / "result.json"
    if not path.is_file():
        return None
    result: dict[str, Any] = read_json(path)
    return result


def _input_digests(context: StageContext) -> dict[str, str]:
    stage = STAGES[context.stage]
    plan = context.plan.model_dump(mode="json")
    options: dict[str, Any] = {"seed": context.seed}
    if stage.searches:
        options |= {"trials": context.trials, "budget": context.budget}
    inputs = {
        "code": code_digest(),
        "contract": sha256_of(canonical_json(context.contract.to_json())),
        "plan": sha256_of(canonical_json({name: plan[name] for name in stage.plan})),
        "options": sha256_of(canonical_json(options)),
    }
    if stage.reads_data:
        if context.data is None or not context.data.is_file():
            raise UsageError(f"{context.stage} needs an existing file: --data FILE")
        inputs["data"] = sha256_file(context.data)
    for name in stage.needs:
        inputs[f"stage:{name}"] = _outputs_digest(_required_result(context, name))
    for name in stage.may_use:
        found = find_result(context, name)
        if found is not None and found["status"] != "refused":
            inputs[f"stage:{name}"] = _outputs_digest(found)
    return inputs


def _required_result(context: StageContext, stage: str) -> dict[str, Any]:
    result = find_result(context, stage)
    if result is None or result["status"] == "refused":
        state = "has not run" if result is None else "has refused the data"
        raise UsageError(f"{context.stage} needs the stage {stage}, which {state}")
    return result


def _outputs_digest(result: dict[str, Any]) -> str:
    return sha256_of(canonical_json([[o["name"], o["sha256"]] for o in result["outputs"]]))


def _is_done(context: StageContext, inputs: dict[str, str]) -> bool:
    result = find_result(context, context.stage)
    if result is None or result["status"] != "ok" or result["inputs"] != inputs:
        return False
    return all(
        (context.work / output["path"]).is_file()
        and (context.work / output["path"]).stat().st_size == output["bytes"]
        for output in result["outputs"]
    )


def _write_partial(context: StageContext, inputs: dict[str, str]) -> None:
    if context.on_stop is None:
        message = "Stopped before there was a result."
        card = Card(choice="stop", why="The process was asked to stop.")
        report = Report(message=message, card=card, advice="Run the stage again.")
    else:
        report = context.on_stop()
    _write_result(context, inputs, report, "partial")


def _write_result(
    context: StageContext, inputs: dict[str, str], report: Report, status: Status
) -> None:
    card = report.card
    result = {
        "contract": 1,
        "stage": context.stage,
        "status": status,
        "seconds": round(time.monotonic() - context.started, 3),
        "seed": context.seed,
        "inputs": inputs,
        "outputs": describe_outputs(context.work, report.outputs),
        "metrics": {name: metric.to_json() for name, metric in sorted(report.metrics.items())},
        "warnings": list(report.warnings),
        "message": report.message,
        "advice": report.advice,
        "card": {
            "choice": card.choice,
            "why": card.why,
            "rejected": [{"option": r.option, "why": r.why} for r in card.rejected],
        },
    }
    write_json(context.work / context.stage / "result.json", result)


def _tell(context: StageContext, report: Report) -> None:
    for name, metric in sorted(report.metrics.items()):
        context.progress.append(context.stage, "metric", {"name": name, **metric.to_json()})
    context.progress.log(context.stage, report.message)
