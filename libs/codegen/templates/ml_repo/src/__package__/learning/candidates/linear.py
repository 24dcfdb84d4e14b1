"""A regularised linear model: the yardstick, and the winner on little data."""

from __future__ import annotations

from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from ...data.contract import Task
from .candidate import Candidate, Estimator, Params, Suggest


def build(task: Task, params: Params, seed: int) -> Estimator:
    """Median imputation with missing indicators, standardisation, L2 penalty 1 / C."""
    strength = float(params["C"])
    if task == "classification":
        model = LogisticRegression(C=strength, max_iter=500, random_state=seed)
    else:
        model = Ridge(alpha=1 / strength, random_state=seed)
    impute = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    steps = [("impute", impute), ("scale", StandardScaler()), ("model", model)]
    pipeline: Estimator = Pipeline(steps)
    return pipeline


def space(trial: Suggest, prefix: str) -> Params:
    """The strength of the penalty."""
    return {"C": trial.suggest_float(f"{prefix}C", 1e-3, 1e2, log=True)}


CANDIDATE = Candidate(
    name="linear",
    format="skops",
    defaults={"C": 1.0},
    build=build,
    space=space,
    why="Simple, fast, hard to beat on little data; its weights can be read.",
    most_rows=500_000,
)
