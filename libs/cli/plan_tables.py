"""The plan as tables for a terminal: the bill with its receipts, the assumptions, why not another option."""

from rich.console import Console
from rich.table import Table

from libs.core.wording import counted
from libs.planning.models import CostLine, Plan
from libs.planning.wording import quantity

NARROW = 100
"""Columns below which receipts are told under their line instead of beside it."""


def show_cost(plan: Plan, console: Console) -> None:
    """Every line of the bill, the totals with their range, warnings and savings ideas."""
    wide = console.width >= NARROW
    table = Table(box=None, pad_edge=False)
    table.add_column("slot", no_wrap=True)
    table.add_column("item")
    table.add_column("quantity", justify="right", no_wrap=True)
    table.add_column("unit price", justify="right", no_wrap=True)
    table.add_column("a month", justify="right", no_wrap=True)
    if wide:
        table.add_column("how much, and on whose word", style="dim", overflow="fold")
    for line in plan.cost.lines:
        cells = [line.slot, line.item, _quantity(line), _unit_price(line), _usd(line.monthly_usd)]
        table.add_row(*cells, *([_receipt(line)] if wide else []))
        if not wide:
            table.add_row("", f"[dim]{_receipt(line)}[/dim]", "", "", "")
    console.print(table)
    cost = plan.cost
    console.print(
        f"expected ${cost.expected_usd:,.2f} a month, from ${cost.low_usd:,.2f} to ${cost.high_usd:,.2f}; prices of "
        f"{plan.prices_as_of}"
    )
    if cost.unknown_lines:
        console.print(f"Not in the total for want of a known price: {counted(cost.unknown_lines, 'line')}")
    for warning in cost.warnings:
        console.print(f"! {warning}", markup=False)
    for idea in cost.savings:
        told = (
            f"{idea.title}: up to ${idea.monthly_usd:,.0f} a month less, if {idea.condition} ({idea.source})"
        )
        console.print(f"- {told}", style="dim", markup=False)


def show_assumptions(plan: Plan, console: Console) -> None:
    """The planning figures that the design rests on, each with its range."""
    table = Table(box=None, pad_edge=False)
    table.add_column("assumption", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("from … to", justify="right", no_wrap=True)
    table.add_column("what it says", overflow="fold")
    for figure in plan.figures:
        changed = "" if figure.value == figure.usual else f" (usually {figure.usual:,.6g})"
        table.add_row(
            figure.name,
            f"{figure.value:,.6g}{changed}",
            f"{figure.low:,.6g} … {figure.high:,.6g}",
            f"{figure.text} [dim]{figure.unit}[/dim]",
        )
    console.print(table)
    console.print(
        "Try another value with `runs try RUN --assume name=value`, take it with `runs edit`.", markup=False
    )


def show_rejected(plan: Plan, console: Console) -> None:
    """Why each other option was left out."""
    table = Table(box=None, pad_edge=False)
    table.add_column("slot", no_wrap=True)
    table.add_column("option", no_wrap=True)
    table.add_column("why not", overflow="fold")
    for rejection in plan.rejected:
        if rejection.constraint != "workloads":
            table.add_row(rejection.slot, rejection.option, rejection.reason)
    console.print(table)
    for other in plan.alternatives:
        console.print(f"{other.label}: ${other.monthly_usd:,.2f} a month. {other.trade_off}", markup=False)


def _quantity(line: CostLine) -> str:
    return quantity(line.quantity, line.unit)


def _unit_price(line: CostLine) -> str:
    if line.unit_price_usd is None:
        return "unknown"
    return f"{'~' if line.method == 'estimate' else ''}${line.unit_price_usd:,.6g}"


def _usd(amount: float | None) -> str:
    return "unknown" if amount is None else f"${amount:,.2f}"


def _receipt(line: CostLine) -> str:
    dated = f", {line.source_date}" if line.source_date else ""
    return f"{line.formula}; {line.source}{dated}, {line.method}"
