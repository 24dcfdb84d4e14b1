"""The difference between two designs as a page of Markdown that a person reads in a minute."""

from collections.abc import Iterator
from typing import Any

from libs.planning.diffing import DesignDiff, LineChange, NumberChange, Shape

MOST_LINES = 15
"""Lines of the bill that are shown, those that moved most."""
LEAST_USD = 0.01


def design_diff_markdown(diff: DesignDiff) -> str:
    """Totals first, then what was asked, what is built, what it costs, what the policies say."""
    if not diff.changed:
        return "The design is the same.\n"
    return "\n".join(
        [
            *_totals(diff),
            *_fields("Requirements", diff.requirements),
            *_fields("Assumptions", diff.assumptions),
            *_components(diff),
            *_lines(diff.cost.lines),
            *_policies(diff),
            "",
        ]
    )


def _totals(diff: DesignDiff) -> Iterator[str]:
    yield "| | before | after | change |"
    yield "| --- | --- | --- | --- |"
    yield _total("monthly cost", diff.cost, "${:,.2f}")
    yield _total("p95, conservative", diff.latency, "{:g} ms")
    yield _total("availability", diff.availability, "{:.6g} %")
    yield _total("operation", diff.ops_hours_month, "{:g} h")


def _total(name: str, change: NumberChange, form: str) -> str:
    before = "" if change.before is None else form.format(change.before)
    if change.delta is None:
        moved = "new"
    elif abs(change.delta) < 1e-9:
        moved = "same"
    else:
        moved = ("+" if change.delta > 0 else "−") + form.format(abs(change.delta))
    return f"| {name} | {before} | {form.format(change.after)} | {moved} |"


def _fields(title: str, changes: Any) -> Iterator[str]:
    if changes:
        yield from ("", f"## {title}", "", "| field | before | after |", "| --- | --- | --- |")
        for change in changes:
            yield f"| {_cell(change.field.replace('_', ' '))} | {_cell(change.before)} | {_cell(change.after)} |"


def _components(diff: DesignDiff) -> Iterator[str]:
    if diff.components:
        yield from ("", "## Components", "", "| slot | | before | after |", "| --- | --- | --- | --- |")
        for change in diff.components:
            yield f"| {change.slot} | {change.kind} | {_shape(change.before)} | {_shape(change.after)} |"


def _shape(shape: Shape | None) -> str:
    if shape is None:
        return ""
    size = ", ".join(f"{name.replace('_', ' ')} {_cell(value)}" for name, value in shape.size.items())
    price = "price unknown" if shape.monthly_usd is None else f"${shape.monthly_usd:,.2f}"
    return f"{_cell(shape.title)} ({size}; {price})" if size else f"{_cell(shape.title)} ({price})"


def _lines(changes: tuple[LineChange, ...]) -> Iterator[str]:
    moved = sorted(changes, key=lambda c: -abs((c.after or 0) - (c.before or 0)))
    told = [
        c for c in moved if abs((c.after or 0) - (c.before or 0)) >= LEAST_USD or None in (c.before, c.after)
    ]
    if not told:
        return
    yield from ("", "## Bill", "", "| line | before | after | change |", "| --- | --- | --- | --- |")
    for change in told[:MOST_LINES]:
        delta = (change.after or 0) - (change.before or 0)
        sign = "+" if delta >= 0 else "−"
        name = _cell(f"{change.option}: {change.item}")
        yield f"| {name} | {_usd(change.before)} | {_usd(change.after)} | {sign}${abs(delta):,.2f} |"
    if len(told) > MOST_LINES:
        yield from ("", f"{len(told) - MOST_LINES} further lines moved less.")


def _usd(amount: float | None) -> str:
    return "" if amount is None else f"${amount:,.2f}"


def _policies(diff: DesignDiff) -> Iterator[str]:
    if diff.policies:
        yield from ("", "## Policies", "", "| rule | before | after | |", "| --- | --- | --- | --- |")
        for change in diff.policies:
            yield (
                f"| `{change.rule}` | {change.before or ''} | {change.after or ''} | {_cell(change.message)} |"
            )


def _cell(value: Any) -> str:
    """A value as the text of a table cell: nothing in it ends the cell or is taken for markup."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_cell(part) for part in value) or "none"
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    text = " ".join(str(value).split())
    for mark in ("\\", "|", "<", ">", "[", "]", "`", "*", "_", "#"):
        text = text.replace(mark, "\\" + mark)
    return text
