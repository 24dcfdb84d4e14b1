"""Stage 2: part the rows into training and test, and the training rows into folds."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .data.contract import DataContract
from .data.tables import read_table, write_table
from .running.plan import SplitPlan
from .running.stage import Card, Metric, Rejected, Report, StageContext


def run(context: StageContext) -> Report:
    """Writes the two tables and the fold of each training row."""
    table = read_table(context.upstream("ingest", "table"))
    plan, contract = context.plan.split, context.contract
    by_time = splits_by_time(plan, contract, table)
    is_test = test_rows(table, contract, plan, by_time, context.seed)
    train = table.loc[~is_test].reset_index(drop=True)
    test = table.loc[is_test].reset_index(drop=True)
    folds = fold_numbers(train, contract, plan, by_time, context.seed)
    files = {name: context.folder / f"{name}.parquet" for name in ("train", "test", "folds")}
    write_table(files["train"], train)
    write_table(files["test"], test)
    write_table(files["folds"], pd.DataFrame({"fold": folds}))
    return Report(
        message=f"{len(train)} rows to learn from in {plan.folds} folds, {len(test)} to test.",
        card=_card(by_time, contract),
        outputs={name: (path, "table") for name, path in files.items()},
        metrics={"rows_train": Metric(len(train), "train"), "rows_test": Metric(len(test), "test")},
    )


def splits_by_time(plan: SplitPlan, contract: DataContract, table: pd.DataFrame) -> bool:
    """Whether the newest rows become the test."""
    time = contract.time
    usable = time is not None and bool(table[time.name].notna().all())
    if plan.method == "auto" and contract.task == "classification" and usable and time:
        # A class that is missing among the newest rows could not be tested at all.
        newest = table.sort_values(time.name).tail(int(len(table) * plan.test_share))
        return bool(newest[contract.target].nunique() == table[contract.target].nunique())
    return usable and plan.method in ("auto", "time")


def test_rows(
    table: pd.DataFrame, contract: DataContract, plan: SplitPlan, by_time: bool, seed: int
) -> np.ndarray:
    """A mask of the test rows: the newest, or a random share of each stratum."""
    wanted = max(1, round(len(table) * plan.test_share))
    mask = np.zeros(len(table), dtype=bool)
    if by_time and contract.time:
        mask[table[contract.time.name].argsort(kind="stable").to_numpy()[-wanted:]] = True
        return mask
    order = _stratified_order(table[contract.target], contract, seed)
    mask[order[np.linspace(0, len(order) - 1, wanted).round().astype(int)]] = True
    return mask


def fold_numbers(
    train: pd.DataFrame, contract: DataContract, plan: SplitPlan, by_time: bool, seed: int
) -> np.ndarray:
    """The fold of each training row; blocks of time, or dealt out evenly within each stratum."""
    folds = np.empty(len(train), dtype="int64")
    if by_time and contract.time:
        order = train[contract.time.name].argsort(kind="stable").to_numpy()
        blocks = np.arange(len(train)) * plan.folds // len(train)
        folds[order] = blocks
        if _every_fold_can_learn(train[contract.target], folds, contract):
            return folds
    order = _stratified_order(train[contract.target], contract, seed + 1)
    folds[order] = np.arange(len(train)) % plan.folds
    return folds


def _stratified_order(target: pd.Series, contract: DataContract, seed: int) -> np.ndarray:
    """Rows sorted by target, shuffled within a class: every n-th row is a stratified sample."""
    shuffle = np.random.default_rng(seed).permutation(len(target))
    key = target.iloc[shuffle]
    if contract.task == "classification":
        key = key.astype(str)
    order: np.ndarray = shuffle[key.argsort(kind="stable").to_numpy()]
    return order


def _every_fold_can_learn(target: pd.Series, folds: np.ndarray, contract: DataContract) -> bool:
    if contract.task == "regression":
        return True
    classes = target.nunique()
    return all(
        target[folds == fold].nunique() == classes and target[folds != fold].nunique() == classes
        for fold in np.unique(folds)
    )


def _card(by_time: bool, contract: DataContract) -> Card:
    if by_time and contract.time:
        return Card(
            choice="the newest rows are the test",
            why=f"It will predict rows with a newer {contract.time.name} than it has learned from.",
            rejected=(Rejected("random rows", "They would let the model look into the future."),),
        )
    return Card(
        choice="a random, stratified test",
        why="No usable time column orders the rows, so any row can stand for tomorrow's.",
        rejected=(Rejected("the newest rows", "There is no order in time to rely on."),),
    )
