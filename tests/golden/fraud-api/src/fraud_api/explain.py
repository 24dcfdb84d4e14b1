"""Stage 8: which columns the model relies on, by shuffling one column at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .data.contract import DataContract
from .data.encoder import Encoder
from .data.tables import read_table, write_table
from .data.target import Target, Vector
from .learning.cross_validation import evenly_drawn
from .learning.matrices import load_matrices
from .learning.metrics import is_better, score
from .model.members import Ensemble
from .model.selection import load_selected
from .running.stage import Card, Metric, Rejected, Report, StageContext

_ROWS = 1_000
_REPEATS = 5


def run(context: StageContext) -> Report:
    """Writes the importance of every column."""
    data = load_matrices(context)
    _, ensemble = load_selected(context, data.target)
    test = read_table(context.upstream("split", "test"))
    rows = explained_rows(data.y_test, data.target)
    table = importance(
        test.iloc[rows],
        data.y_test[rows],
        data.encoder,
        ensemble,
        context.contract,
        context.seed,
    )
    path = context.folder / "importance.parquet"
    write_table(path, table)
    top = table.head(3)["column"].tolist()
    unused = table.loc[table["low"] <= 0, "column"].tolist()
    return Report(
        message=f"The model relies most on {', '.join(top)}.",
        card=Card(
            choice="permutation importance on test rows",
            why="It measures what the model loses, in the metric that decides, for any model.",
            rejected=(Rejected("split counts", "They favour columns with many values."),),
        ),
        outputs={"importance": (path, "table")},
        metrics={
            f"importance_{row.column}": Metric(row.mean, "test", low=row.low, high=row.high)
            for row in table.itertuples()
        },
        advice=f"Could be left out: {', '.join(unused)}." if unused else "",
    )


def explained_rows(y: Vector, target: Target) -> np.ndarray:
    """Positions of the rows to explain: of every class at least one, in any order of the table."""
    if len(y) <= _ROWS:
        return np.arange(len(y))
    rows = evenly_drawn(y, _ROWS)
    if target.task == "regression":
        return rows
    return np.union1d(rows, np.unique(y, return_index=True)[1])


def importance(
    frame: pd.DataFrame,
    y: Vector,
    encoder: Encoder,
    ensemble: Ensemble,
    contract: DataContract,
    seed: int,
) -> pd.DataFrame:
    """Loss of the metric when a column is shuffled: mean, lowest and highest of the repeats.

    In points of AUC, or in the unit of the target for RMSE; the most important column first.
    """
    rng = np.random.default_rng(seed)
    task = ensemble.task
    sign = 1.0 if is_better(task, 1.0, 0.0) else -1.0
    full = score(task, y, ensemble.scores(encoder.transform(frame)))
    rows = []
    for column in contract.features:
        losses = []
        for _ in range(_REPEATS):
            shuffled = frame[column.name].iloc[rng.permutation(len(frame))].to_numpy()
            changed = frame.assign(**{column.name: pd.Series(shuffled, index=frame.index)})
            value = score(task, y, ensemble.scores(encoder.transform(changed)))
            losses.append(sign * (full - value))
        rows.append((column.name, float(np.mean(losses)), min(losses), max(losses)))
    table = pd.DataFrame(rows, columns=["column", "mean", "low", "high"])
    return table.sort_values(["mean", "column"], ascending=[False, True], ignore_index=True)
