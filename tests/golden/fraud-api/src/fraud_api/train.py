"""Stage 4: every candidate of the plan with its recorded parameters, cross-validated."""

from __future__ import annotations

import time

from .learning.candidates import get_candidate
from .learning.leaderboard import best_by_candidate, write_leaderboard
from .learning.metrics import METRIC_OF
from .learning.trials import TrialRunner
from .running.errors import DataRefused
from .running.stage import Card, Metric, Rejected, Report, StageContext


def run(context: StageContext) -> Report:
    """Writes the leaderboard and the out-of-fold scores of the candidates."""
    runner = TrialRunner(context)
    context.on_stop = lambda: report(runner)
    skipped: list[str] = []
    for planned in context.plan.candidates:
        candidate = get_candidate(planned.name)
        params = candidate.complete(dict(planned.params))
        late = context.deadline is not None and time.monotonic() > context.deadline
        if late and any(trial.state == "done" for trial in runner.ended):
            skipped.append(planned.name)
            continue
        runner.run(planned.name, params, context.deadline if runner.ended else None)
    if not any(trial.state == "done" for trial in runner.ended):
        raise DataRefused(
            "No candidate could be fitted on this data.", "progress.jsonl has the error of each."
        )
    return report(runner, skipped)


def report(runner: TrialRunner, skipped: list[str] | None = None) -> Report:
    """What the trials so far amount to."""
    task = runner.data.target.task
    ranked = best_by_candidate(runner.ended, task)
    metric = METRIC_OF[task]
    if not ranked:
        return Report("Stopped before a candidate was ready.", Card("stop", "Asked to stop."))
    best = ranked[0]
    outputs = {"leaderboard": (write_leaderboard(runner, ranked), "report")}
    for trial in ranked:
        outputs[f"oof_{trial.candidate}"] = (runner.oof_file(trial.trial_id), "table")
    late = tuple(f"{name} was left out: the time box closed." for name in skipped or [])
    failed = tuple(f"{t.candidate} {t.state}." for t in runner.ended if t.state != "done")
    return Report(
        message=f"{best.candidate} leads with {metric} {best.score:.4g} in cross-validation.",
        card=Card(
            choice=best.candidate,
            why=get_candidate(best.candidate).why,
            rejected=tuple(
                Rejected(t.candidate, f"{metric} {t.score:.4g} in cross-validation.")
                for t in ranked[1:]
            ),
        ),
        outputs=outputs,  # type: ignore[arg-type]
        metrics={f"{metric}_{t.candidate}": Metric(float(t.score or 0.0), "cv") for t in ranked},
        warnings=late + failed,
    )
