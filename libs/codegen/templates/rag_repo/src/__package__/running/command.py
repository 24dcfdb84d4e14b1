"""Runs stages one after the other with the arguments of the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ..config import Config
from ..settings import Settings
from .errors import EXIT_OK
from .files import read_json
from .pipeline import run_stage
from .repository import PLAN_FILE
from .stage import StageContext
from .stopping import Stopper


def run_stages(
    names: Sequence[str],
    *,
    work: Path,
    settings: Settings,
    data: Path | None = None,
    plan: Path | None = None,
    questions: Path | None = None,
    accepted: Path | None = None,
    seed: int | None = None,
    stopper: Stopper | None = None,
    saved: Callable[[], None] = lambda: None,
) -> int:
    """Runs the stages in the given order until one does not end well.

    Args:
        names: of the stages.
        work: where everything is written.
        settings: the kinds of the parts and their addresses.
        data: the documents; only `ingest` reads them.
        plan: another configuration than `config/rag.yaml`.
        questions: another evaluation set than `data/evaluation.jsonl`.
        accepted: `evaluation.json` of the last accepted release.
        seed: instead of the configuration's.
        stopper: what ends the process when it is asked to stop.
        saved: called when the folder of a stage holds a state from which another run can go on.

    Returns:
        The exit code of the last stage that ran.

    Raises:
        UsageError: the arguments do not fit together.
    """
    config = Config.load(plan or PLAN_FILE)
    placed = replace(settings, variables={**settings.variables, "WORK_DIR": str(work.resolve())})
    for name in names:
        context = StageContext(
            stage=name,
            work=work.resolve(),
            config=config,
            settings=placed,
            seed=config.seed if seed is None else seed,
            data=data,
            questions=questions,
            accepted=accepted,
            stop=stopper or Stopper(),
            saved=saved,
        )
        code = run_stage(context)
        result = read_json(context.folder / "result.json")
        print(f"{name}: {result['message']}", file=sys.stderr)
        for warning in result["warnings"]:
            print(f"{name}: warning: {warning}", file=sys.stderr)
        if code != EXIT_OK:
            print(result["advice"], file=sys.stderr)
            return code
    return EXIT_OK
