"""Gradient-boosted trees by LightGBM, deterministic and on one thread."""

from __future__ import annotations

from lightgbm import LGBMClassifier, LGBMRegressor

from ...data.contract import Task
from .candidate import Candidate, Estimator, Params, Suggest


def build(task: Task, params: Params, seed: int) -> Estimator:
    """The classifier or regressor; missing values have a direction of their own in each split."""
    kind = LGBMClassifier if task == "classification" else LGBMRegressor
    model: Estimator = kind(
        **params,
        subsample_freq=1,
        random_state=seed,
        n_jobs=1,
        deterministic=True,
        force_row_wise=True,
        verbose=-1,
    )
    return model


def space(trial: Suggest, prefix: str) -> Params:
    """Size, speed and regularisation of the trees."""
    return {
        "n_estimators": trial.suggest_int(f"{prefix}n_estimators", 50, 600, log=True),
        "learning_rate": trial.suggest_float(f"{prefix}learning_rate", 0.01, 0.2, log=True),
        "num_leaves": trial.suggest_int(f"{prefix}num_leaves", 4, 64, log=True),
        "min_child_samples": trial.suggest_int(f"{prefix}min_child_samples", 3, 60, log=True),
        "colsample_bytree": trial.suggest_float(f"{prefix}colsample_bytree", 0.4, 1.0),
        "subsample": trial.suggest_float(f"{prefix}subsample", 0.5, 1.0),
        "reg_lambda": trial.suggest_float(f"{prefix}reg_lambda", 1e-3, 10.0, log=True),
    }


CANDIDATE = Candidate(
    name="lightgbm",
    format="lightgbm-txt",
    defaults={
        "n_estimators": 150,
        "learning_rate": 0.05,
        "num_leaves": 15,
        "min_child_samples": 10,
        "colsample_bytree": 0.8,
        "subsample": 0.9,
        "reg_lambda": 1.0,
    },
    build=build,
    space=space,
    why="Usually the strongest single model on tables; stored as plain text.",
)
