"""The data contract of an uploaded table, and its sample, in the place of a declared domain schema."""

import csv
import io
import math
from collections.abc import Sequence

from libs.codegen.models import ColumnAnswer
from libs.codegen.real_rows import withheld
from libs.codegen.time_columns import time_column
from libs.core.values import Value
from libs.datasets.models import ColumnProfile, DatasetView, TableTask
from libs.intake.models import Constraint

MOST_FEATURES = 1_000
_MOST_CATEGORIES = 50
_NAMED = 12
_CUT = 200
"""Characters to which the profile cuts a frequent value: one as long may be the beginning of another."""


class TableAnswers(Value):
    """What a blueprint takes from an uploaded table."""

    title: str
    """What one row describes, in the plural."""
    target: str
    task: TableTask
    columns: tuple[ColumnAnswer, ...]
    sample: str
    """CSV text of real rows; empty where the sample has to be drawn."""
    telling: tuple[str, ...]
    """Columns of the contract that name nobody and together may tell who a row is about."""
    assumptions: tuple[str, ...]


def table_answers(view: DatasetView, task: TableTask, constraints: Sequence[Constraint] = ()) -> TableAnswers:
    """The answers for a table; the same view gives the same ones.

    Args:
        view: what is known of the table.
        task: what the target is learned as.
        constraints: with the defaults that were worked out; they may forbid real rows in the repository.
    """
    left_out = view.left_out
    features = [c for c in view.profile.columns if c.name != view.target and c.name not in left_out]
    kept = {column.name for column in features[:MOST_FEATURES]} | {view.target}
    time, reason = time_column(features), withheld(view, constraints)
    columns = tuple(
        _target(view, column, task)
        if column.name == view.target
        else _feature(view, column, column.name == time)
        for column in view.profile.columns
        if column.name in kept
    )
    return TableAnswers(
        title=f"rows of {view.name}",
        target=view.target,
        task=task,
        columns=columns,
        sample="" if reason else _sample(view, columns),
        telling=tuple(column.name for column in view.profile.telling if column.name in kept),
        assumptions=(*_assumptions(view, left_out, len(features), task), _sample_words(reason)),
    )


def _feature(view: DatasetView, column: ColumnProfile, orders: bool) -> ColumnAnswer:
    kind = (
        column.kind
        if column.kind in ("number", "integer", "boolean", "datetime", "id", "text")
        else "category"
    )
    low, high = _bounds(column)
    return ColumnAnswer(
        name=column.name,
        kind=kind,
        role="id" if kind == "id" else "time" if orders else "feature",
        nullable=column.missing > 0,
        minimum=low,
        maximum=high,
        categories=_categories(column),
        missing=tuple(sorted(column.missing_literals)),
        day_first=column.day_first,
        repeated=_is_repeated(view, column),
        description=_description(column),
    )


def _target(view: DatasetView, column: ColumnProfile, task: TableTask) -> ColumnAnswer:
    words = task == "classification" and column.kind in ("boolean", "category")
    low, high = (None, None) if task == "classification" else _bounds(column)
    return ColumnAnswer(
        name=column.name,
        kind="category" if words else "integer" if column.kind == "integer" else "number",
        role="target",
        nullable=column.missing > 0,
        minimum=low,
        maximum=high,
        categories=_classes(view, column) if task == "classification" else (),
        missing=tuple(sorted(column.missing_literals)),
        repeated=_is_repeated(view, column),
        description=_description(column),
    )


def _is_repeated(view: DatasetView, column: ColumnProfile) -> bool:
    return view.profile.find(f"{column.name} (2)") is not None


def _bounds(column: ColumnProfile) -> tuple[float | None, float | None]:
    """Wider than what was seen by its own width on each side, so that tomorrow's rows are not refused."""
    if column.minimum is None or column.maximum is None:
        return None, None
    width = column.maximum - column.minimum
    if not math.isfinite(column.maximum + width) or not math.isfinite(column.minimum - width):
        return None, None
    low = column.minimum - width
    return (0.0 if column.minimum >= 0 else low), column.maximum + width


def _categories(column: ColumnProfile) -> tuple[str, ...]:
    return _listed(column) if column.kind == "category" and column.distinct <= _MOST_CATEGORIES else ()


def _listed(column: ColumnProfile) -> tuple[str, ...]:
    """Every value of the column; none where the profile does not hold each of them whole."""
    values = [each.value for each in column.top_values]
    whole = len(values) == column.distinct and all(len(value) < _CUT for value in values)
    return tuple(sorted(values)) if whole else ()


def _classes(view: DatasetView, column: ColumnProfile) -> tuple[str, ...]:
    """Every class, a number as predictions spell it."""
    names = view.classes or _listed(column)
    if column.kind not in ("number", "integer"):
        return tuple(sorted(names))
    return tuple(f"{int(n) if n.is_integer() else n}" for n in sorted(set(map(float, names))))


def _description(column: ColumnProfile) -> str:
    known = f"{column.distinct:,} different values"
    if column.earliest:
        known = f"{column.earliest[:10]} to {column.latest[:10]}"
    elif column.minimum is not None and column.maximum is not None:
        known = f"{column.minimum:g} to {column.maximum:g} in the uploaded table"
    literals = ", ".join(repr(literal) for literal in sorted(column.missing_literals))
    marked = f"; {literals} stands for a missing value" if literals else ""
    return f"{known}, {column.missing:,} missing{marked}"


def _sample(view: DatasetView, columns: Sequence[ColumnAnswer]) -> str:
    places = {column.name: place for place, column in enumerate(view.profile.columns)}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([row[places[column.name]] for column in columns] for row in view.sample)
    return text.getvalue()


def _sample_words(reason: str) -> str:
    if reason:
        return f"The sample is synthetic and follows the contract, because {reason}."
    return "The sample holds real rows of the uploaded table; no personal data was found in it."


def _first(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _assumptions(view: DatasetView, left_out: dict[str, str], features: int, task: TableTask) -> list[str]:
    rows, digest = view.profile.source.rows, view.sha256[:16]
    origin = f"The data contract follows from {view.name} ({rows:,} rows, SHA-256 {digest})"
    said = [f"{origin}: kinds, ranges and categories are those that were found in it."]
    said += view.profile.remarks
    by_reason: dict[str, list[str]] = {}
    for name, reason in left_out.items():
        by_reason.setdefault(reason, []).append(name)
    for reason, names in by_reason.items():
        said.append(f"Left out of the contract, because {reason}: {_first(names)}.")
    keys = [
        column.name for column in view.profile.columns if column.kind == "id" and column.name not in left_out
    ]
    if keys:
        said.append(f"Taken for identifiers of rows, and not learned from: {_first(keys)}.")
    if features > MOST_FEATURES:
        said.append(f"Of {features:,} usable columns the first {MOST_FEATURES:,} are part of the contract.")
    missing = view.profile.source.rows - view.rows
    if missing:
        said.append(f"{missing:,} rows have no value of the target; they are set aside and not learned from.")
    if task == "classification" and view.classes:
        rare = [name for name, count in view.classes.items() if count < 10]
        if rare and len(rare) < len(view.classes) - 1:
            said.append(
                f"Classes with fewer than 10 rows cannot be learned and are set aside: {', '.join(rare[:5])}."
            )
        if view.imbalance >= 10:
            said.append(
                f"The classes are imbalanced: the largest is {view.imbalance:,.0f} times the smallest."
            )
    return said
