"""The best trial of each candidate, in order, as a file that the ensemble reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..data.contract import Task
from ..running.files import read_json, write_json
from .metrics import is_better
from .trials import Trial, TrialRunner


def best_by_candidate(trials: list[Trial], task: Task) -> list[Trial]:
    """The best done trial of each candidate, the best first; ties go to the earlier trial."""
    best: dict[str, Trial] = {}
    for trial in trials:
        if trial.score is None:
            continue
        held = best.get(trial.candidate)
        if held is None or held.score is None or is_better(task, trial.score, held.score):
            best[trial.candidate] = trial
    sign = -1.0 if task == "classification" else 1.0
    return sorted(best.values(), key=lambda trial: (sign * (trial.score or 0.0), trial.candidate))


def write_leaderboard(runner: TrialRunner, ranked: list[Trial]) -> Path:
    """Writes `leaderboard.json`; each entry names the file of its out-of-fold scores."""
    path = runner.context.folder / "leaderboard.json"
    entries = [{**trial.to_json(), "oof": f"oof_{trial.candidate}"} for trial in ranked]
    # Seconds differ between two runs of the same work and would change the digest.
    write_json(path, [{k: v for k, v in entry.items() if k != "seconds"} for entry in entries])
    return path


def read_leaderboard(path: Path) -> list[dict[str, Any]]:
    """The entries, the best first."""
    entries: list[dict[str, Any]] = read_json(path)
    return entries
