"""Stage 1: read the table, hold it against the data contract, set aside what breaks it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from .data.cells import CellProblem, reasons_of, text_of, typed
from .data.contract import DataContract, repeated
from .data.tables import read_raw, write_table
from .running.errors import DataRefused, UsageError
from .running.files import write_json
from .running.plan import QualityPlan
from .running.stage import Card, Metric, Rejected, Report, StageContext

_SHOWN = 20
_MINIMUM_PER_CLASS = 10
PROBLEM = "problem"


@dataclass(frozen=True)
class Checked:
    """A table that keeps the contract, and what was set aside."""

    table: pd.DataFrame
    set_aside: pd.DataFrame
    """Raw rows that break the contract, with the reason in the column `problem`."""
    problems: list[CellProblem]
    duplicates: int


def run(context: StageContext) -> Report:
    """Writes the typed table and the quality report."""
    if context.data is None:
        raise UsageError("ingest needs --data FILE")
    names = [column.name for column in context.contract.columns]
    raw, warnings = read_raw(context.data, names, repeated(context.contract.columns))
    # Columns that the contract does not name, which may be personal, are never stored.
    raw = raw[[name for name in names if name in raw]]
    checked = check(raw, context.contract, context.plan.quality)
    warnings += _warnings(checked, context.contract)
    table, report = context.folder / "table.parquet", context.folder / "quality.json"
    set_aside = context.folder / "set_aside.parquet"
    write_table(table, checked.table)
    write_table(set_aside, checked.set_aside)
    write_json(report, quality_report(checked))
    kept, left = len(checked.table), len(checked.set_aside)
    return Report(
        message=f"{kept} rows keep the contract, {left} were set aside.",
        card=Card(
            choice=f"keep {kept} of {len(raw)} rows",
            why="A row that breaks the contract teaches the model what production must refuse.",
            rejected=(Rejected("repair cells by guessing", "A guess would hide a broken source."),),
        ),
        outputs={
            "table": (table, "table"),
            "set_aside": (set_aside, "table"),
            "quality": (report, "report"),
        },
        metrics={"rows": Metric(kept, "all"), "rows_set_aside": Metric(left, "all")},
        warnings=tuple(warnings),
        advice="See ingest/set_aside.parquet for the rows and reasons." if left else "",
    )


def check(raw: pd.DataFrame, contract: DataContract, plan: QualityPlan) -> Checked:
    """Reads the cells and parts the rows that keep the contract from those that do not.

    Raises:
        DataRefused: columns are missing, too many rows break the contract, or what is left is too
            little to learn from.
    """
    _require_columns(raw, contract)
    table, problems = typed(raw, contract.columns)
    target_missing = table[contract.target].isna()
    unlabelled = target_missing if contract.target_column.nullable else target_missing & False
    bad_rows = {problem.row for problem in problems} | set(table.index[target_missing])
    bad = table.index.isin(bad_rows)
    # A contract that lets the target be empty says that such rows are normal.
    broken = bad & ~unlabelled.to_numpy()
    if len(table) and broken.sum() > plan.max_bad_row_share * len(table):
        raise DataRefused(
            f"{broken.sum()} of {len(table)} rows break the data contract, for example: "
            f"{_examples(problems)}.",
            "Mend the source, or change data/schema.json if the contract is wrong.",
        )
    reasons = _reasons(problems, table.index[bad])
    rare = _too_rare(table.loc[~bad], contract)
    set_aside = pd.concat(
        [
            raw.loc[bad].astype("string").assign(**{PROBLEM: reasons}),
            raw.loc[rare].astype("string").assign(**{PROBLEM: "the class has too few rows"}),
        ]
    )
    good = table.loc[~bad].drop(index=rare)
    # Without an identifier two equal rows may be two cases; with one they are the same case twice.
    unique = good.drop_duplicates() if contract.identifiers else good
    _require_enough(unique[contract.target], contract, plan)
    return Checked(unique.reset_index(drop=True), set_aside, problems, len(good) - len(unique))


def _too_rare(table: pd.DataFrame, contract: DataContract) -> pd.Index:
    """Rows of classes that nothing can be learned about, as long as two others stay."""
    if contract.task == "regression":
        return table.index[:0]
    counts = table[contract.target].value_counts()
    rare = counts.index[counts < _MINIMUM_PER_CLASS]
    if len(counts) - len(rare) < 2:
        return table.index[:0]
    return table.index[table[contract.target].isin(rare)]


def quality_report(checked: Checked) -> dict[str, object]:
    """Counts for people and for the platform; the first problems in full."""
    return {
        "rows": len(checked.table),
        "set_aside": len(checked.set_aside),
        "duplicates": checked.duplicates,
        "missing": {c: int(n) for c, n in checked.table.isna().sum().items()},
        "problems": [
            {"row": p.row, "column": p.column, "message": p.message}
            for p in checked.problems[:_SHOWN]
        ],
    }


def _require_columns(raw: pd.DataFrame, contract: DataContract) -> None:
    missing = [
        c.name
        for c in contract.columns
        if c.name not in raw and (not c.nullable or c.name == contract.target)
    ]
    if missing:
        raise DataRefused(
            f"Columns are missing: {', '.join(missing)}.",
            f"The table needs: {', '.join(c.name for c in contract.columns)}.",
        )


def _require_enough(target: pd.Series, contract: DataContract, plan: QualityPlan) -> None:
    if len(target) < plan.minimum_rows:
        raise DataRefused(
            f"{len(target)} usable rows are too few; at least {plan.minimum_rows} are needed.",
            "Bring more rows, or lower quality.minimum_rows in config/train.yaml.",
        )
    counts = target.value_counts()
    if len(counts) < 2:
        raise DataRefused(
            f"The target {contract.target} has only one value.",
            "Bring rows with at least two different values of the target.",
        )
    if contract.task == "classification" and counts.min() < _MINIMUM_PER_CLASS:
        rare = int((counts < _MINIMUM_PER_CLASS).sum())
        raise DataRefused(
            f"{rare} of the {len(counts)} classes of {contract.target} have fewer than "
            f"{_MINIMUM_PER_CLASS} rows.",
            "Bring more rows of these classes, or merge them.",
        )


def _reasons(problems: list[CellProblem], rows: pd.Index) -> list[str]:
    reasons = reasons_of(problems)
    return [reasons.get(row, "the target is missing") for row in rows]


def _examples(problems: list[CellProblem]) -> str:
    return "; ".join(f"row {p.row}, {p.column} {p.message}" for p in problems[:3])


def _warnings(checked: Checked, contract: DataContract) -> list[str]:
    counts = Counter(problem.column for problem in checked.problems)
    warnings = [f"{n} cells of {column} break the contract." for column, n in counts.items()]
    if checked.duplicates:
        warnings.append(f"{checked.duplicates} duplicate rows were dropped.")
    twins = int(checked.table.duplicated().sum())
    if twins:
        warnings.append(f"{twins} rows equal another; no identifier says whether they are copies.")
    for column in contract.features:
        if column.categories:
            listed = set(map(text_of, column.categories))
            found = set(checked.table[column.name].dropna()) - listed
            if found:
                warnings.append(
                    f"{column.name} has {len(found)} values that the contract does not list."
                )
    return warnings
