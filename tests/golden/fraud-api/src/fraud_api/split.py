"""Stage 2: part the rows into training and test, and the training rows into folds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .data.contract import DataContract
from .data.entities import Entities, find_entities
from .data.strata import every_part_can_learn, strata_of_entities, strata_of_rows
from .data.tables import read_table, write_table
from .data.unseen import Unseen, draws_of, since
from .learning.folds import fold_numbers
from .running.errors import UsageError
from .running.files import write_json
from .running.plan import SplitPlan
from .running.stage import Card, Metric, Rejected, Report, StageContext


def run(context: StageContext) -> Report:
    """Writes the two tables, the fold of each training row and the entity of each test row."""
    plan, contract = context.plan.split, context.contract
    everything = read_table(context.upstream("ingest", "table"))
    table = everything.loc[labelled_for_good(everything, contract, plan)].reset_index(drop=True)
    entities = find_entities(table, contract)
    obstacle = against_time(plan, contract, table)
    if obstacle:
        drawn = random_test(table, contract, plan, entities, context.seed)
        is_test, unseen = drawn.is_test, drawn.unseen
        test_card = _random_card(entities.name if drawn.whole else "", obstacle)
    else:
        is_test = newest_rows(table, contract, plan)
        unseen = since(table.loc[is_test], contract)
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
    unseen_file = context.folder / "unseen.json"
    write_json(unseen_file, unseen.to_json())
    young = len(everything) - len(table)
    words = f"{len(train)} rows to learn from in {plan.folds} folds, {len(test)} to test."
    return Report(
        message=f"{words} {young} are too new: their labels may change." if young else words,
        card=Card(test_card.choice, f"{test_card.why} {fold_words}", test_card.rejected),
        outputs={
            **{name: (path, "table") for name, path in files.items()},
            "unseen": (unseen_file, "report"),
        },
        metrics={"rows_train": Metric(len(train), "train"), "rows_test": Metric(len(test), "test")},
    )


def labelled_for_good(table: pd.DataFrame, contract: DataContract, plan: SplitPlan) -> np.ndarray:
    """A mask of the rows that are old enough for their labels to be final.

    Raises:
        UsageError: the plan states a delay, and no column holds moments.
    """
    if not plan.label_delay_days:
        return np.ones(len(table), dtype=bool)
    if contract.time is None or contract.time.kind != "datetime":
        raise UsageError("split.label_delay_days: the contract names no column with the time")
    times = table[contract.time.name]
    final = times <= times.max() - pd.Timedelta(days=plan.label_delay_days)
    mask: np.ndarray = final.to_numpy(dtype=bool)
    return mask


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


@dataclass(frozen=True)
class RandomTest:
    """A random share of each stratum."""

    is_test: np.ndarray
    """Mask of the rows."""
    whole: bool
    """Whether all rows of an entity are in the test, or none."""
    unseen: Unseen


def random_test(
    table: pd.DataFrame, contract: DataContract, plan: SplitPlan, entities: Entities, seed: int
) -> RandomTest:
    """The lowest hashes of each stratum, of entities where whole ones leave every class on both
    sides, else of rows.

    A hash stays when rows are added, so that a later split tests about the same rows: what a model
    was never fitted to can be told without a list of its rows (`data/unseen.py`).
    """
    target = table[contract.target]
    if entities.name:
        first = np.unique(entities.codes, return_index=True)[1]
        draws = draws_of(table.iloc[first], [entities.name], seed)
        taken, below = _lowest(strata_of_entities(target, contract, entities), draws, plan)
        mask = taken[entities.codes]
        if every_part_can_learn(target, mask, contract):
            return RandomTest(mask, True, Unseen((entities.name,), seed=seed, below=below))
    columns = tuple(column.name for column in contract.columns)
    draws = draws_of(table, columns, seed)
    taken, below = _lowest(strata_of_rows(target, contract), draws, plan)
    return RandomTest(taken, False, Unseen(columns, seed=seed, below=below))


def _lowest(strata: np.ndarray, draws: np.ndarray, plan: SplitPlan) -> tuple[np.ndarray, float]:
    """The lowest draws of each stratum, and below which draw every one was taken."""
    taken = np.zeros(len(draws), dtype=bool)
    below, seen, wanted = 1.0, 0, max(1, round(len(draws) * plan.test_share))
    for stratum in np.unique(strata):
        members = np.flatnonzero(strata == stratum)
        ordered = members[draws[members].argsort(kind="stable")]
        # What rounding gives to one stratum too little, the next one has more.
        seen += len(members)
        share = round(wanted * seen / len(draws)) - int(taken.sum())
        taken[ordered[:share]] = True
        if share < len(members):
            below = min(below, float(draws[ordered[share]]))
    return taken, below


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
