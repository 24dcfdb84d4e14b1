"""Which column is predicted: the one that was named, or the likeliest one."""

import re
from difflib import get_close_matches

from libs.datasets.errors import TargetUnusable
from libs.datasets.models import ColumnProfile, DatasetProfile, DatasetView, TableTask

_MOST_CLASSES = 100
_FEW_NUMBERS = 15
_FEWEST_ROWS = 60
_RARE = 10
"""Rows of a class below which it cannot be learned."""
_NAMED = 20
"""Columns that a message names at most."""


def chosen(profile: DatasetProfile, target: str | None) -> tuple[ColumnProfile, TableTask]:
    """The column and what learning it is.

    Raises:
        TargetUnusable: there is no such column, or it cannot be learned.
    """
    column = _suggested(profile) if target is None else _named(profile, target)
    if len(profile.columns) < 2:
        raise _unusable(f"{column.name!r} is the only column; there is nothing to predict it from.", column)
    if column.is_personal:
        raise _unusable(f"{column.name!r} holds personal data and is not predicted.", column)
    if column.kind in ("id", "text", "datetime", "nested", "empty"):
        raise _unusable(f"{column.name!r} is of the kind {column.kind} and cannot be predicted.", column)
    if column.distinct < 2:
        raise _unusable(f"{column.name!r} has only one value.", column)
    known = profile.source.rows - column.missing
    if known < _FEWEST_ROWS:
        raise _unusable(f"{known} rows have a value of {column.name!r}; {_FEWEST_ROWS} are needed.", column)
    task = task_of(profile, column)
    if task == "classification" and column.distinct > _MOST_CLASSES:
        raise _unusable(
            f"{column.name!r} has {column.distinct} classes; {_MOST_CLASSES} are the most.", column
        )
    return column, task


def task_of(profile: DatasetProfile, column: ColumnProfile) -> TableTask:
    """Words and truth values are classes; numbers are amounts unless they are few whole ones."""
    if column.kind in ("boolean", "category"):
        return "classification"
    suggestion = next((each for each in profile.targets if each.column == column.name), None)
    if suggestion is not None:
        return suggestion.task
    low, high = column.minimum, column.maximum
    few = column.kind == "integer" and column.distinct <= 10 and low is not None and high is not None
    return "classification" if few and (low or 0) >= -1 and (high or 0) <= 100 else "regression"


def can_be(column: ColumnProfile, task: TableTask) -> bool:
    """Whether the column can be learned as this task."""
    if column.kind in ("boolean", "category"):
        return task == "classification"
    return task == "regression" or column.distinct <= _FEW_NUMBERS


def _suggested(profile: DatasetProfile) -> ColumnProfile:
    if not profile.targets:
        raise TargetUnusable(
            "No column of the dataset looks like something to predict.",
            advice="The dataset is kept. Name the column to predict as `target`.",
        )
    found = profile.find(profile.targets[0].column)
    assert found is not None
    return found


def _named(profile: DatasetProfile, target: str) -> ColumnProfile:
    wanted = " ".join(target.split())
    found = profile.find(wanted) or profile.find(target)
    alike = [column for column in profile.columns if _letters(column.name) == _letters(wanted)]
    if found is None and len(alike) == 1:
        found = alike[0]
    if found is None:
        names = [column.name for column in profile.columns]
        close = get_close_matches(wanted, names, n=3)
        advice = f"Did you mean {' or '.join(map(repr, close))}?" if close else ""
        raise TargetUnusable(
            f"The dataset has no column {target[:200]!r}.",
            advice=f"The dataset is kept. {advice or 'Its columns: ' + ', '.join(names[:_NAMED])}",
            target=target[:200],
        )
    return found


def _letters(name: str) -> str:
    return re.sub(r"[^\w]", "", name.casefold())


def _unusable(message: str, column: ColumnProfile) -> TargetUnusable:
    return TargetUnusable(
        " ".join((message, *column.notes)),
        advice="The dataset is kept. Name another column as `target`.",
        target=column.name,
    )


def require_features(view: DatasetView) -> None:
    """Refuses a table in which nothing is left to learn from.

    Raises:
        TargetUnusable: every other column is an identifier, personal, constant or the target in other words.
    """
    left = [
        column
        for column in view.profile.columns
        if column.name != view.target and column.kind != "id" and column.name not in view.left_out
    ]
    learnable = sum(count >= _RARE for count in view.classes.values())
    if view.classes and learnable < 2:
        raise TargetUnusable(
            f"Fewer than two classes of {view.target!r} have {_RARE} rows; there is nothing to tell apart.",
            advice="The dataset is kept. Name another column as `target`, or bring more rows of the rare classes.",
            target=view.target,
        )
    if not left:
        raise TargetUnusable(
            f"No column is left to predict {view.target!r} from.",
            advice="The dataset is kept. Identifiers, personal data, constants and columns that repeat the target "
            "are not learned from; bring a table with more columns.",
            target=view.target,
        )
