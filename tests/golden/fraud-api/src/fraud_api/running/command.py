"""Runs stages one after the other with the arguments of the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ..data.contract import DataContract
from .errors import EXIT_OK, UsageError
from .files import read_json
from .pipeline import run_stage
from .plan import Plan
from .repository import PLAN_FILE, SCHEMA_FILE
from .stage import StageContext
from .stopping import Stopper

_SEARCHING = ("train", "tune")


def run_stages(
    names: Sequence[str],
    *,
    work: Path,
    data: Path | None = None,
    plan: Path | None = None,
    budget: float | None = None,
    trials: int | None = None,
    seed: int | None = None,
    stopper: Stopper | None = None,
) -> int:
    """Runs the stages in the given order until one does not end well.

    Args:
        names: of the stages.
        work: where everything is written.
        data: the table; only `ingest` reads it.
        plan: another plan than `config/train.yaml`.
        budget: seconds for each of train and tune; shared between them when both run.
        trials: of the search; 0 replays the recorded parameters.
        seed: instead of the plan's.
        stopper: what ends the process when it is asked to stop.

    Returns:
        The exit code of the last stage that ran.

    Raises:
        UsageError: the arguments do not fit together.
    """
    if budget is not None and budget <= 0:
        raise UsageError("--budget must be positive")
    if trials is not None and trials < 0:
        raise UsageError("--trials must not be negative")
    chosen = Plan.load(plan or PLAN_FILE)
    if budget is not None and all(name in names for name in _SEARCHING):
        budget = budget / len(_SEARCHING)
    for name in names:
        context = StageContext(
            stage=name,
            work=work.resolve(),
            plan=chosen,
            contract=DataContract.load(SCHEMA_FILE),
            seed=chosen.seed if seed is None else seed,
            data=data,
            budget=budget if name in _SEARCHING else None,
            trials=trials if name in _SEARCHING else None,
            stop=stopper or Stopper(),
        )
        code = run_stage(context)
        result = read_json(context.folder / "result.json")
        print(f"{name}: {result['message']}", file=sys.stderr)
        if code != EXIT_OK:
            print(result["advice"], file=sys.stderr)
            return code
    return EXIT_OK
