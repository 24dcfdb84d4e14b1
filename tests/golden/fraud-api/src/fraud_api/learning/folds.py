"""The training rows in folds: rows that belong together are in one, and each has every class."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..data.contract import DataContract
from ..data.entities import Entities
from ..data.strata import every_part_can_learn, strata_of_entities
from ..running.plan import SplitPlan


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
    """Entities by stratum and by size; else by chance."""
    stratum = strata_of_entities(target, contract, entities)
    shuffle = np.random.default_rng(seed).permutation(len(stratum))
    order: np.ndarray = np.lexsort((shuffle, -np.bincount(entities.codes), stratum))
    return order


def _usable(folds: np.ndarray, target: pd.Series, plan: SplitPlan, contract: DataContract) -> bool:
    every = len(np.unique(folds)) == plan.folds
    return every and every_part_can_learn(target, folds, contract)
