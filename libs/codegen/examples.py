"""A row that keeps the data contract, for documents that show how the system is called."""

from libs.codegen.models import Blueprint, ColumnAnswer

Cell = int | float | str | bool | None
_MOMENT = "2026-01-05T08:30:00Z"


def example_row(bp: Blueprint) -> dict[str, Cell]:
    """One row as a caller would send it: every feature, without keys and without what is predicted."""
    return {column.name: _cell(column) for column in bp.columns if column.role in ("feature", "time")}


def _cell(column: ColumnAnswer) -> Cell:
    if column.kind == "boolean":
        return False
    if column.kind == "datetime":
        return _MOMENT
    if column.kind == "category":
        return column.categories[0] if column.categories else "other"
    if column.kind == "id":
        return "1"
    if column.kind == "text":
        return "a good answer in time"
    low, high = _bounds(column)
    # Nearer to the lower end, where most real values lie.
    value = low + (high - low) / 10
    return round(value) if column.kind == "integer" else round(value, 2)


def _bounds(column: ColumnAnswer) -> tuple[float, float]:
    low = column.minimum if column.minimum is not None else min(0.0, column.maximum or 0.0)
    return low, column.maximum if column.maximum is not None else max(low + 10, 10.0)
