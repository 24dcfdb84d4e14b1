"""Stage 5: search better parameters in a time box; a restart goes on where it was stopped.

Each trial is drawn by a sampler seeded with its own number, from the trials before it. So a search
that is killed and started again draws the same trials, finds them in `progress.jsonl`, and goes on
as if nothing had happened.
"""

from __future__ import annotations

import time
from typing import Any

import optuna

from .learning.candidates import get_candidate
from .learning.candidates.candidate import Params
from .learning.leaderboard import best_by_candidate, write_leaderboard
from .learning.metrics import METRIC_OF
from .learning.trials import TrialRunner
from .running.stage import Card, Metric, Rejected, Report, StageContext

_MOST_TRIALS = 2_000
_RANDOM_TRIALS = 8
"""Trials that explore before the sampler begins to learn."""


def run(context: StageContext) -> Report:
    """Writes the best trial of each candidate and its out-of-fold scores."""
    plan = context.plan.tune
    limit = context.trials
    if limit is None:
        limit = plan.trials if context.budget is None else _MOST_TRIALS
    if context.budget is None and context.trials is None:
        context.budget = plan.budget_seconds
    if limit == 0:
        return Report(
            message="No search was asked for: the recorded parameters are used.",
            card=Card("replay the plan", "The same parameters give the same model."),
        )
    runner = TrialRunner(context)
    context.on_stop = lambda: report(runner)
    search(context, runner, limit)
    for trial in best_by_candidate(runner.ended, runner.data.target.task):
        runner.restore_scores(trial)
    return report(runner)


def search(context: StageContext, runner: TrialRunner, limit: int) -> None:
    """Runs trials until the limit or the time box is reached."""
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    task = runner.data.target.task
    study = optuna.create_study(direction="maximize" if task == "classification" else "minimize")
    names = sorted({planned.name for planned in context.plan.candidates})
    longest = 0.0
    for number in range(limit):
        deadline = context.deadline
        if deadline is not None and time.monotonic() + longest > deadline:
            break
        study.sampler = optuna.samplers.TPESampler(
            seed=context.seed * 100_003 + number, n_startup_trials=_RANDOM_TRIALS
        )
        asked = study.ask()
        name, params = draw(asked, names)
        trial = runner.run(name, params, deadline)
        longest = max(longest, trial.seconds)
        if trial.score is None:
            study.tell(asked, state=optuna.trial.TrialState.FAIL)
        else:
            study.tell(asked, trial.score)
        with context.stop.lock:
            _forget_losers(runner)


def draw(trial: Any, names: list[str]) -> tuple[str, Params]:
    """A candidate and its parameters, complete with those that are not searched."""
    name = trial.suggest_categorical("candidate", names)
    candidate = get_candidate(name)
    return name, candidate.complete(candidate.space(trial, f"{name}."))


def report(runner: TrialRunner) -> Report:
    """What the trials so far amount to."""
    task = runner.data.target.task
    metric = METRIC_OF[task]
    stored = [trial for trial in runner.ended if runner.oof_file(trial.trial_id).is_file()]
    ranked = best_by_candidate(stored, task)
    done = sum(trial.state == "done" for trial in runner.ended)
    outputs = {"leaderboard": (write_leaderboard(runner, ranked), "report")}
    for trial in ranked:
        outputs[f"oof_{trial.candidate}"] = (runner.oof_file(trial.trial_id), "table")
    if ranked:
        best = ranked[0]
        message = f"{done} trials; {best.candidate} leads with {metric} {best.score:.4g}."
        card = Card(
            choice=f"{best.candidate} with searched parameters",
            why=f"The best {metric} of {done} cross-validated trials.",
            rejected=tuple(
                Rejected(t.candidate, f"Its best trial had {metric} {t.score:.4g}.")
                for t in ranked[1:]
            ),
        )
    else:
        message = "No trial was finished."
        card = Card("keep the recorded parameters", "The search ended before a trial was done.")
    return Report(
        message=message,
        card=card,
        outputs=outputs,  # type: ignore[arg-type]
        metrics={f"{metric}_{t.candidate}": Metric(float(t.score or 0.0), "cv") for t in ranked}
        | {"trials": Metric(len(runner.ended), "cv")},
        advice="make accept takes the parameters over into config/train.yaml." if ranked else "",
    )


def _forget_losers(runner: TrialRunner) -> None:
    """Keeps the out-of-fold scores of the leaders only: the others are never read again."""
    kept = {trial.trial_id for trial in best_by_candidate(runner.ended, runner.data.target.task)}
    for trial in runner.ended:
        if trial.trial_id not in kept:
            runner.oof_file(trial.trial_id).unlink(missing_ok=True)
