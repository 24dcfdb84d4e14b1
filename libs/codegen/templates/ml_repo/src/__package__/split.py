"""Stage 2: part the rows into training and test, and the training rows into folds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from .data.contract import DataContract
from .data.entities import Entities, find_entities
from .data.strata import every_part_can_learn, strata_of_entities, strata_of_rows
from .data.tables import read_table, write_table
from .data.unseen import EVERY_CLASS, Unseen, hashed_by, names_of_rows, since, witnesses_of
from .learning.folds import fold_numbers
from .running.errors import DataRefused, UsageError
from .running.files import write_json
from .running.plan import SplitPlan
from .running.stage import Card, Metric, Rejected, Report, StageContext

_NEWEST = 0.999
"""Share of the rows that are not newer than what counts as now."""


def run(context: StageContext) -> Report:
    """Writes the two tables, the fold of each training row and the entity of each test row."""
    plan, contract = context.plan.split, context.contract
    everything = read_table(context.upstream("ingest", "table"))
    table = labelled_for_good(everything, contract, plan, context.plan.quality.minimum_rows)
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


def labelled_for_good(
    table: pd.DataFrame, contract: DataContract, plan: SplitPlan, minimum_rows: int
) -> pd.DataFrame:
    """The rows that are old enough for their labels to be final, or tell no time.

    Raises:
        UsageError: the plan states a delay, and no column holds moments.
        DataRefused: too few rows, or not every class, are left.
    """
    if not plan.label_delay_days:
        return table
    if contract.time is None or contract.time.kind != "datetime":
        raise UsageError("split.label_delay_days: the contract names no column with the time")
    times = table[contract.time.name]
    # One date far ahead is a fault, and must not make every other row old enough.
    known = times.dropna().sort_values()
    newest = known.iloc[int((len(known) - 1) * _NEWEST)] if len(known) else pd.NaT
    final = table.loc[~(times > newest - pd.Timedelta(days=plan.label_delay_days))]
    classes = contract.task == "classification"
    if len(final) < minimum_rows or (
        classes and final[contract.target].nunique() < table[contract.target].nunique()
    ):
        raise DataRefused(
            f"A label delay of {plan.label_delay_days:g} days leaves {len(final)} rows"
            f"{' without every class' if len(final) >= minimum_rows else ''}.",
            "Bring older rows, or lower split.label_delay_days.",
        )
    return final.reset_index(drop=True)


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
        rule = hashed_by((entities.name,), contract, seed)
        first = np.unique(entities.codes, return_index=True)[1]
        draws = rule.draws(table.iloc[first])
        taken, limits = _lowest(strata_of_entities(target, contract, entities), draws, plan)
        mask = taken[entities.codes]
        if every_part_can_learn(target, mask, contract):
            return RandomTest(mask, True, replace(rule, below={EVERY_CLASS: min(limits.values())}))
    rule = hashed_by(names_of_rows(table, contract), contract, seed)
    draws, strata = rule.draws(table), strata_of_rows(target, contract)
    taken, limits = _lowest(strata, draws, plan)
    below = {EVERY_CLASS: min(limits.values())}
    if contract.task == "classification":
        labels = target.astype(str).to_numpy()
        below = {str(labels[strata == code][0]): limit for code, limit in limits.items()}
    witnesses = witnesses_of(rule, draws[~taken])
    return RandomTest(taken, False, replace(rule, below=below, witnesses=witnesses))


def _lowest(
    strata: np.ndarray, draws: np.ndarray, plan: SplitPlan
) -> tuple[np.ndarray, dict[int, float]]:
    """A mask of the lowest draws of each stratum, and below which draw every one was taken."""
    taken = np.zeros(len(draws), dtype=bool)
    limits: dict[int, float] = {}
    seen, wanted = 0, max(1, round(len(draws) * plan.test_share))
    for stratum in np.unique(strata):
        members = np.flatnonzero(strata == stratum)
        ordered = members[draws[members].argsort(kind="stable")]
        # What rounding gives to one stratum too little, the next one has more.
        seen += len(members)
        share = round(wanted * seen / len(draws)) - int(taken.sum())
        taken[ordered[:share]] = True
        limits[int(stratum)] = float(draws[ordered[share]]) if share < len(members) else 1.0
    return taken, limits


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
