"""Gradient-boosted trees by scikit-learn: another bias than LightGBM's, useful in an ensemble."""

from __future__ import annotations

from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from ...data.contract import Task
from .candidate import Candidate, Estimator, Params, Suggest


def build(task: Task, params: Params, seed: int) -> Estimator:
    """The classifier or regressor without early stopping, so that a fold never loses rows to it."""
    classify = task == "classification"
    kind = HistGradientBoostingClassifier if classify else HistGradientBoostingRegressor
    model: Estimator = kind(**params, early_stopping=False, random_state=seed)
    return model


def space(trial: Suggest, prefix: str) -> Params:
    """Size, speed and regularisation of the trees."""
    return {
        "max_iter": trial.suggest_int(f"{prefix}max_iter", 40, 300, log=True),
        "learning_rate": trial.suggest_float(f"{prefix}learning_rate", 0.01, 0.3, log=True),
        "max_leaf_nodes": trial.suggest_int(f"{prefix}max_leaf_nodes", 4, 48, log=True),
        "min_samples_leaf": trial.suggest_int(f"{prefix}min_samples_leaf", 3, 60, log=True),
        "l2_regularization": trial.suggest_float(
            f"{prefix}l2_regularization", 1e-3, 10.0, log=True
        ),
    }


CANDIDATE = Candidate(
    name="hist_gradient_boosting",
    format="skops",
    defaults={
        "max_iter": 80,
        "learning_rate": 0.08,
        "max_leaf_nodes": 15,
        "min_samples_leaf": 10,
        "l2_regularization": 1.0,
    },
    build=build,
    space=space,
    why="Boosting with another split search; adds variety to the ensemble.",
)
