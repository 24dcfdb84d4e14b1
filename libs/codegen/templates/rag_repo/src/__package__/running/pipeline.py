"""The table of stages, and how one is run: inputs, restart, result, exit code."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from .. import parts
from .errors import EXIT_OK, EXIT_REFUSED, DataRefused, UsageError
from .files import canonical_json, read_json, sha256_file, sha256_of, write_json
from .repository import GUARD_FILE, QUESTIONS_FILE, ROOT, code_digest
from .stage import Card, Report, StageContext, describe_outputs

Status = Literal["ok", "partial", "refused"]
_PACKAGE = __name__.rsplit(".", 2)[0]


@dataclass(frozen=True)
class Stage:
    """What a stage depends on; its code is the function `run` of the module of the same name."""

    needs: tuple[str, ...] = ()
    """Stages whose outputs it reads."""
    reads_data: bool = False
    embeds: bool = False
    """Whether the embedding model and the store change its result."""
    asks: bool = False
    """Whether the evaluation set, the prompt and the kinds of the parts change its result."""
    guarded: bool = False
    """Whether the patterns of `config/guard.yaml` change its result."""
    config: tuple[str, ...] = ()
    """Sections of the configuration that change its result."""


STAGES: dict[str, Stage] = {
    "ingest": Stage(reads_data=True, config=("ingest",)),
    "clean": Stage(needs=("ingest",), guarded=True, config=("clean",)),
    "chunk": Stage(needs=("clean",), config=("chunk",)),
    "index": Stage(needs=("chunk",), embeds=True, config=("embed", "chunk")),
    "evaluate": Stage(needs=("index",), asks=True, config=("retrieve", "answer", "gate", "drift", "cost")),
    "register": Stage(needs=("index", "evaluate"), asks=True, config=("retrieve", "answer")),
}


def run_stage(context: StageContext) -> int:
    """Runs one stage, or finds that it is done; leaves `result.json` last.

    Args:
        context: what the stage may use; `context.stage` says which one it is.

    Returns:
        The exit code: 0 done, 4 data refused.

    Raises:
        UsageError: the documents or an earlier stage is missing.
    """
    inputs = _input_digests(context)
    if _is_done(context, inputs):
        return EXIT_OK
    (context.folder / "result.json").unlink(missing_ok=True)
    context.started = time.monotonic()
    context.progress.log(context.stage, "started")
    context.stop.set_finish(lambda: _write_partial(context, inputs))
    run: Callable[[StageContext], Report] = import_module(f"{_PACKAGE}.{context.stage}").run
    status: Status = "ok"
    try:
        report = run(context)
    except DataRefused as error:
        status = "refused"
        card = Card(choice="refuse", why=error.message)
        report = Report(message=error.message, advice=error.advice, card=card)
    with context.stop.lock:
        context.stop.set_finish(None)
        _write_result(context, inputs, report, status)
        _tell(context, report)
    return EXIT_OK if status == "ok" else EXIT_REFUSED


def _input_digests(context: StageContext) -> dict[str, str]:
    stage = STAGES[context.stage]
    chosen = {name: context.config.to_json()[name] for name in stage.config}
    inputs = {
        "code": code_digest(),
        "plan": sha256_of(canonical_json(chosen)),
        "options": sha256_of(canonical_json({"seed": context.seed})),
    }
    if stage.reads_data:
        inputs["data"] = _data_digest(context.data)
    if stage.guarded:
        inputs["guard"] = sha256_file(GUARD_FILE)
    if stage.embeds:
        inputs["embedder"] = _embedder_digest(context)
    if stage.asks:
        inputs |= _asking_digests(context)
    for name in stage.needs:
        inputs[f"stage:{name}"] = _outputs_digest(_required_result(context, name))
    return inputs


def _data_digest(data: Path | None) -> str:
    if data is None or not data.exists():
        raise UsageError("ingest needs existing documents: --data PATH")
    files = sorted(path for path in data.rglob("*") if path.is_file()) if data.is_dir() else [data]
    return sha256_of(canonical_json([[path.as_posix(), sha256_file(path)] for path in files]))


def _embedder_digest(context: StageContext) -> str:
    settings = context.settings
    # The local one is fitted by the stage itself, on what it is given.
    local = settings.embeddings == "hashing"
    fingerprint = settings.embeddings if local else parts.embedder(settings, context.folder).fingerprint
    return sha256_of(canonical_json([settings.store, fingerprint]))


def _asking_digests(context: StageContext) -> dict[str, str]:
    settings = context.settings
    kinds = [settings.llm, settings.embeddings, settings.store, settings.guard, settings.evaluation]
    models = [settings.get(name) for name in ("LLM_MODEL", "EMBEDDINGS_MODEL", "GUARDRAIL_VERSION")]
    digests = {
        "questions": sha256_file(context.questions or QUESTIONS_FILE),
        "prompt": sha256_file(ROOT / context.config.answer.prompt),
        "guard": sha256_file(GUARD_FILE),
        "parts": sha256_of(canonical_json(kinds + models)),
    }
    if context.accepted is not None and context.accepted.is_file():
        digests["accepted"] = sha256_file(context.accepted)
    return digests


def _required_result(context: StageContext, stage: str) -> dict[str, Any]:
    path = context.work / stage / "result.json"
    result: dict[str, Any] = read_json(path) if path.is_file() else {"status": "missing"}
    if result["status"] in ("missing", "refused"):
        state = "has not run" if result["status"] == "missing" else "has refused its input"
        raise UsageError(f"{context.stage} needs the stage {stage}, which {state}")
    return result


def _outputs_digest(result: dict[str, Any]) -> str:
    return sha256_of(canonical_json([[o["name"], o["sha256"]] for o in result["outputs"]]))


def _is_done(context: StageContext, inputs: dict[str, str]) -> bool:
    path = context.folder / "result.json"
    result = read_json(path) if path.is_file() else None
    if result is None or result["status"] != "ok" or result["inputs"] != inputs:
        return False
    return all(
        (context.work / output["path"]).is_file() and (context.work / output["path"]).stat().st_size == output["bytes"]
        for output in result["outputs"]
    )


def _write_partial(context: StageContext, inputs: dict[str, str]) -> None:
    if context.on_stop is None:
        card = Card(choice="stop", why="The process was asked to stop.")
        message = "Stopped before there was a result."
        report = Report(message=message, card=card, advice="Run the stage again.")
    else:
        report = context.on_stop()
    _write_result(context, inputs, report, "partial")


def _write_result(context: StageContext, inputs: dict[str, str], report: Report, status: Status) -> None:
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
