"""Stage 2: part the rows into training and test, and the training rows into folds."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .data.contract import DataContract
from .data.entities import Entities, find_entities
from .data.tables import read_table, write_table
from .running.plan import SplitPlan
from .running.stage import Card, Metric, Rejected, Report, StageContext

_STRATA = 10
"""Parts of the range of a number that each fold has its share of."""


def run(context: StageContext) -> Report:
    """Writes the two tables, the fold of each training row and the entity of each test row."""
    table = read_table(context.upstream("ingest", "table"))
    plan, contract = context.plan.split, context.contract
    entities = find_entities(table, contract)
    obstacle = against_time(plan, contract, table)
    if obstacle:
        is_test, whole = random_test(table, contract, plan, entities, context.seed)
        test_card = _random_card(entities.name if whole else "", obstacle)
    else:
        is_test = newest_rows(table, contract, plan)
        test_card = _time_card(contract)
    train = table.loc[~is_test].reset_index(drop=True)
    test = table.loc[is_test].reset_index(drop=True)
    folds, fold_words = fold_numbers(
        train, contract, plan, entities.at(~is_test), by_time=not obstacle, seed=context.seed
    )
    tables = {
        "train": train,
        "test": test,
        "folds": pd.DataFrame({"fold": folds}),
        "entities": pd.DataFrame({"entity": entities.at(is_test).codes}),
    }
    files = {name: context.folder / f"{name}.parquet" for name in tables}
    for name, content in tables.items():
        write_table(files[name], content)
    return Report(
        message=f"{len(train)} rows to learn from in {plan.folds} folds, {len(test)} to test.",
        card=Card(test_card.choice, f"{test_card.why} {fold_words}", test_card.rejected),
        outputs={name: (path, "table") for name, path in files.items()},
        metrics={"rows_train": Metric(len(train), "train"), "rows_test": Metric(len(test), "test")},
    )


def against_time(plan: SplitPlan, contract: DataContract, table: pd.DataFrame) -> str:
    """Why the newest rows do not become the test; empty when they do."""
    time = contract.time
    if plan.method == "random":
        return "The plan asks for random rows."
    if time is None:
        return "The contract names no time column."
    if not table[time.name].notna().all():
        return f"Some rows have no {time.name}."
    if _border(table[time.name], plan) is None:
        return f"{time.name} has too few values to part the rows between two of them."
    if plan.method == "auto" and contract.task == "classification":
        newest = table.loc[newest_rows(table, contract, plan), contract.target]
        if newest.nunique() < table[contract.target].nunique():
            return f"The newest rows by {time.name} lack a class, which could not be tested at all."
    return ""


def newest_rows(table: pd.DataFrame, contract: DataContract, plan: SplitPlan) -> np.ndarray:
    """A mask of the rows from a moment on: rows of one moment are on one side of the border."""
    mask = np.zeros(len(table), dtype=bool)
    if contract.time:
        times = table[contract.time.name]
        mask[times.argsort(kind="stable").to_numpy()[_border(times, plan) :]] = True
    return mask


def _border(times: pd.Series, plan: SplitPlan) -> int | None:
    """How many rows are older than the test; None when no change of the time is near enough."""
    ordered = times.sort_values(kind="stable").reset_index(drop=True)
    changes = np.flatnonzero((ordered != ordered.shift()).to_numpy())[1:]
    if not len(changes):
        return None
    wanted = max(1, round(len(times) * plan.test_share))
    border = int(changes[np.abs(changes - (len(times) - wanted)).argmin()])
    return border if wanted / 2 <= len(times) - border <= 2 * wanted else None


def random_test(
    table: pd.DataFrame, contract: DataContract, plan: SplitPlan, entities: Entities, seed: int
) -> tuple[np.ndarray, bool]:
    """A mask of a random share of each stratum, and whether entities are whole in it.

    Entities are parted only when a class would be missing on one side otherwise.
    """
    target = table[contract.target]
    if entities.name:
        order = _entities_in_order(target, contract, entities, seed)
        wanted = max(1, round(len(order) * plan.test_share))
        drawn = order[((np.arange(wanted) + 0.5) * len(order) / wanted).astype(int)]
        mask = np.isin(entities.codes, drawn)
        if _every_fold_can_learn(target, mask, contract):
            return mask, True
    wanted = max(1, round(len(table) * plan.test_share))
    mask = np.zeros(len(table), dtype=bool)
    order = _stratified_order(target, contract, seed)
    mask[order[np.linspace(0, len(order) - 1, wanted).round().astype(int)]] = True
    return mask, False


def fold_numbers(
    train: pd.DataFrame,
    contract: DataContract,
    plan: SplitPlan,
    entities: Entities,
    *,
    by_time: bool,
    seed: int,
) -> tuple[np.ndarray, str]:
    """The fold of each training row, and what the folds are."""
    target = train[contract.target]
    if by_time and contract.time:
        # Rows of one moment are in the block of the first of them.
        first = train[contract.time.name].rank(method="min").to_numpy() - 1
        blocks = (first * plan.folds // len(train)).astype("int64")
        if _usable(blocks, target, plan, contract):
            return blocks, (
                "Folds are blocks of time; a block is predicted by models of all the others, older "
                "and newer, so cross-validation is milder than this test."
            )
    if entities.name:
        order = _entities_in_order(target, contract, entities, seed + 1)
        # Back and forth, so that no fold gets the larger entity of every round.
        turn = np.arange(len(order)) % (2 * plan.folds)
        of_entity = np.empty(len(order), dtype="int64")
        of_entity[order] = np.minimum(turn, 2 * plan.folds - 1 - turn)
        dealt = of_entity[entities.codes]
        if _usable(dealt, target, plan, contract):
            return dealt, f"Folds hold all rows of a {entities.name} or none."
    folds = np.empty(len(train), dtype="int64")
    folds[_stratified_order(target, contract, seed + 1)] = np.arange(len(train)) % plan.folds
    return folds, "Folds are random and stratified."


def _stratified_order(target: pd.Series, contract: DataContract, seed: int) -> np.ndarray:
    """Rows sorted by target, shuffled within a class: every n-th row is a stratified sample."""
    shuffle = np.random.default_rng(seed).permutation(len(target))
    key = target.iloc[shuffle]
    if contract.task == "classification":
        key = key.astype(str)
    order: np.ndarray = shuffle[key.argsort(kind="stable").to_numpy()]
    return order


def _entities_in_order(
    target: pd.Series, contract: DataContract, entities: Entities, seed: int
) -> np.ndarray:
    """Entities by the rarest class they hold, or their mean, and by size; else by chance."""
    if contract.task == "classification":
        labels = target.astype(str)
        rarity = labels.map(labels.value_counts().rank(method="first"))
        stratum = rarity.groupby(entities.codes).min().to_numpy()
    else:
        place = target.groupby(entities.codes).mean().rank(method="first").to_numpy()
        stratum = place * _STRATA // (len(place) + 1)
    shuffle = np.random.default_rng(seed).permutation(len(stratum))
    order: np.ndarray = np.lexsort((shuffle, -np.bincount(entities.codes), stratum))
    return order


def _usable(folds: np.ndarray, target: pd.Series, plan: SplitPlan, contract: DataContract) -> bool:
    every = len(np.unique(folds)) == plan.folds
    return every and _every_fold_can_learn(target, folds, contract)


def _every_fold_can_learn(target: pd.Series, folds: np.ndarray, contract: DataContract) -> bool:
    if contract.task == "regression":
        return True
    classes = target.nunique()
    return all(
        target[folds == fold].nunique() == classes and target[folds != fold].nunique() == classes
        for fold in np.unique(folds)
    )


def _time_card(contract: DataContract) -> Card:
    time = contract.time.name if contract.time else ""
    return Card(
        choice="the newest rows are the test",
        why=f"It will predict rows with a newer {time} than it has learned from.",
        rejected=(Rejected("random rows", "They would let the model look into the future."),),
    )


def _random_card(entity: str, obstacle: str) -> Card:
    rejected = (Rejected("the newest rows", obstacle),)
    if not entity:
        return Card(
            choice="a random, stratified test",
            why="Each class, or each part of the target's range, has its share of the test.",
            rejected=rejected,
        )
    return Card(
        choice=f"a random, stratified test of whole entities by {entity}",
        why=f"Rows of one {entity} resemble each other: they are all in the test, or none is.",
        rejected=(*rejected, Rejected("random rows", f"Known {entity}s would flatter the model.")),
    )
