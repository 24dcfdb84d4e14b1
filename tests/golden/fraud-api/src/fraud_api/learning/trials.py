"""One trial: a candidate with parameters, cross-validated once and recorded."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from lightgbm.basic import LightGBMError

from ..data.tables import read_table, write_table
from ..data.target import Scores, Vector
from ..running.errors import OutOfTime
from ..running.files import canonical_json, sha256_file, sha256_of
from ..running.stage import StageContext
from .candidates import get_candidate
from .candidates.candidate import Params
from .cross_validation import out_of_fold_scores
from .matrices import Matrices, load_matrices
from .metrics import METRIC_OF, score

State = Literal["done", "failed", "pruned"]
FIT_ERRORS = (ValueError, ArithmeticError, RuntimeError, np.linalg.LinAlgError, LightGBMError)
"""What a model may raise for unsuitable parameters; it ends the trial, not the search."""


@dataclass(frozen=True)
class Trial:
    """What is known about a trial when it has ended."""

    trial_id: str
    candidate: str
    params: Params
    score: float | None
    """The metric in cross-validation, in its own unit; None unless done."""
    seconds: float
    state: State

    def to_json(self) -> dict[str, Any]:
        """As in `progress.jsonl`."""
        return {
            "trial_id": self.trial_id,
            "candidate": self.candidate,
            "params": self.params,
            "score": self.score,
            "seconds": self.seconds,
            "state": self.state,
        }


class TrialRunner:
    """Runs trials on the training rows and remembers those of earlier attempts."""

    def __init__(self, context: StageContext) -> None:
        """Loads the rows, the folds and the trials that are recorded for this stage."""
        self.context = context
        self.data: Matrices = load_matrices(context)
        folds = context.upstream("split", "folds")
        self.folds: Vector = read_table(folds)["fold"].to_numpy()
        self._fold_digest = sha256_of(
            canonical_json([sha256_file(folds), sha256_file(context.upstream("features", "train"))])
        )
        self._known = context.progress.trials(context.stage)
        self.ended: list[Trial] = []
        """Trials of this search in their order, recorded ones included."""

    def trial_id(self, candidate: str, params: Params) -> str:
        """The same id for the same work: stage, candidate, parameters, folds and seed."""
        parts = [self.context.stage, candidate, params, self._fold_digest, self.context.seed]
        return sha256_of(canonical_json(parts))[:16]

    def oof_file(self, trial_id: str) -> Path:
        """Where the out-of-fold scores of a trial are."""
        return self.context.folder / "oof" / f"{trial_id}.parquet"

    def run(self, candidate: str, params: Params, deadline: float | None) -> Trial:
        """Cross-validates, keeps the out-of-fold scores, and records the trial.

        A trial that is recorded already is not run again, unless it ran out of time.
        """
        recorded = self._known.get(self.trial_id(candidate, params))
        if recorded is not None and recorded["state"] != "pruned":
            self.ended.append(Trial(**recorded))
            return self.ended[-1]
        started = time.monotonic()
        trial_id = self.trial_id(candidate, params)
        state: State = "done"
        value: float | None = None
        scores: Scores | None = None
        try:
            scores = self._scores(candidate, params, deadline)
            value = score(self.data.target.task, self.data.y_train, scores)
            if not np.isfinite(value):
                value = None
                raise ArithmeticError(f"its {METRIC_OF[self.data.target.task]} is not finite")
        except OutOfTime:
            state = "pruned"
        except FIT_ERRORS as error:
            state = "failed"
            self.context.progress.log(self.context.stage, f"{candidate} failed: {error}"[:300])
        seconds = round(time.monotonic() - started, 3)
        trial = Trial(trial_id, candidate, params, value, seconds, state)
        with self.context.stop.lock:
            if scores is not None and state == "done":
                write_scores(self.oof_file(trial_id), scores)
            self.context.progress.append(self.context.stage, "trial", trial.to_json())
            self.ended.append(trial)
        self._known[trial_id] = trial.to_json()
        return trial

    def restore_scores(self, trial: Trial) -> None:
        """Computes the out-of-fold scores again if an earlier search has dropped them."""
        path = self.oof_file(trial.trial_id)
        if not path.is_file():
            write_scores(path, self._scores(trial.candidate, trial.params, None))

    def _scores(self, candidate: str, params: Params, deadline: float | None) -> Scores:
        return out_of_fold_scores(
            get_candidate(candidate),
            params,
            self.data.train,
            self.data.y_train,
            self.folds,
            self.data.target,
            seed=self.context.seed,
            deadline=deadline,
        )


def write_scores(path: Path, scores: Scores) -> None:
    """Scores as a table with one column a class."""
    write_table(path, pd.DataFrame(scores, columns=[str(i) for i in range(scores.shape[1])]))


def read_scores(path: Path) -> Scores:
    """The scores of `write_scores`."""
    scores: Scores = read_table(path).to_numpy(dtype="float64")
    return scores
