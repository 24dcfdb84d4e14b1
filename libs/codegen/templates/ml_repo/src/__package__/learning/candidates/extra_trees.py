"""Extremely randomised trees: hardly anything to tune, errors unlike those of boosting."""

from __future__ import annotations

from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor

from ...data.contract import Task
from .candidate import Candidate, Estimator, Params, Suggest


def build(task: Task, params: Params, seed: int) -> Estimator:
    """The classifier or regressor on one thread; missing values are handled by the trees."""
    kind = ExtraTreesClassifier if task == "classification" else ExtraTreesRegressor
    model: Estimator = kind(**params, random_state=seed, n_jobs=1)
    return model


def space(trial: Suggest, prefix: str) -> Params:
    """Number of trees, size of leaves, share of columns looked at."""
    return {
        "n_estimators": trial.suggest_int(f"{prefix}n_estimators", 50, 300, log=True),
        "min_samples_leaf": trial.suggest_int(f"{prefix}min_samples_leaf", 1, 20, log=True),
        "max_features": trial.suggest_float(f"{prefix}max_features", 0.2, 1.0),
    }


CANDIDATE = Candidate(
    name="extra_trees",
    format="skops",
    defaults={"n_estimators": 100, "min_samples_leaf": 3, "max_features": 0.6},
    build=build,
    space=space,
    why="Robust without tuning; its errors differ from those of boosted trees.",
    most_rows=100_000,
)
