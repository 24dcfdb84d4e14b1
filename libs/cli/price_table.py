"""Price tables for a person: wide or narrow terminals, and what a refresh changed."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from libs.planning.prices.charging import monthly_cost, price_of
from libs.planning.prices.models import Price
from libs.planning.prices.refreshing import Report
from libs.planning.prices.snapshot import Snapshot

NARROW = 100
"""Below this width every price gets lines of its own instead of a row."""
SHOWN = 20
SPOKEN_WITH_A_VOWEL = ("ACL", "ACU", "LCU", "MAU", "OCU", "RPU", "alarm", "evaluation", "hour", "item")
"""How units begin that are said with `an`; a host or a user is not."""


def print_prices(
    prices: Sequence[Price], unknown: Sequence[str], region: str, quantity: float | None, free: bool
) -> None:
    """The prices with their receipts; the unknown ones by name."""
    console = Console(highlight=False, soft_wrap=False)
    if console.width < NARROW:
        for price in prices:
            _lines(console, price, quantity, free)
    else:
        console.print(_table(prices, quantity, free))
    for key in unknown:
        console.print(f"{key}: unknown in {region}", markup=False)


def print_report(old: Snapshot, new: Snapshot, report: Report, path: Path) -> None:
    """What a refresh changed and kept."""
    console = Console(highlight=False)
    before = {(price.key, price.region): price for price in old.prices}
    after = {(price.key, price.region): price for price in new.prices}
    for key, region in report.changed[:SHOWN]:
        was = before.get((key, region))
        then = f"{was.usd:g}" if was else "unknown"
        console.print(f"{key} in {region}: {then} -> {after[(key, region)].usd:g} USD", markup=False)
    if len(report.changed) > SHOWN:
        console.print(f"and {len(report.changed) - SHOWN} more changed")
    for key, region in report.ambiguous[:SHOWN]:
        console.print(f"{key} in {region}: rows of different prices; the old one is kept", markup=False)
    console.print(
        f"{len(report.changed)} changed, {len(report.unchanged)} unchanged, {len(report.missing)} not found and "
        f"{len(report.ambiguous)} ambiguous (the old price is kept)."
    )
    console.print(f"Prices as of {new.as_of.isoformat()}, written to {path}", markup=False, soft_wrap=True)


def _table(prices: Sequence[Price], quantity: float | None, free: bool) -> Table:
    table = Table(show_lines=False, pad_edge=False)
    table.add_column("Key", overflow="fold")
    table.add_column("USD", justify="right", no_wrap=True)
    table.add_column("Unit", overflow="fold")
    if quantity is not None:
        table.add_column("A month", overflow="fold")
    table.add_column("Region", no_wrap=True)
    table.add_column("Method", overflow="fold")
    table.add_column("Source", overflow="fold")
    for price in prices:
        cost = [_cost(price, quantity, free)] if quantity is not None else []
        table.add_row(price.key, _usd(price), price.unit, *cost, price.region, price.method, _receipt(price))
    return table


def _lines(console: Console, price: Price, quantity: float | None, free: bool) -> None:
    console.print(price.key, style="bold", markup=False)
    amount = f"{_usd(price)} USD {_article(price.unit)} {price.unit}"
    console.print(f"  {amount}, {price.region}, {price.method}", markup=False)
    if quantity is not None:
        console.print(f"  {_cost(price, quantity, free)}", markup=False)
    console.print(f"  {_receipt(price)}", markup=False)


def _article(unit: str) -> str:
    return "an" if unit.startswith(SPOKEN_WITH_A_VOWEL) else "a"


def _usd(price: Price) -> str:
    return f"{price.usd:.10g}"


def _cost(price: Price, quantity: float, free: bool) -> str:
    parts = price_of(price, quantity, free)
    told = " + ".join(f"{p.quantity:g} x {p.usd:g}" if p.usd else f"{p.quantity:g} free" for p in parts)
    return f"{told or 'nothing'} = {monthly_cost(price, quantity, free):,.2f} USD"


def _receipt(price: Price) -> str:
    dated = price.source_date.isoformat() if price.source_date else "undated"
    tiers = ", ".join(f"from {start:g}: {usd:g}" for start, usd in price.tiers[1:])
    free = f"{price.free_per_month:g} a month free ({price.free_source})" if price.free_per_month else ""
    return "; ".join(part for part in (f"{price.source} ({dated})", tiers, free) if part)
