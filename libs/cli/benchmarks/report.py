"""Results as a table for people."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.cli.benchmarks.models import Result

WIDTH_WITHOUT_TERMINAL = 140
SIGNS = {"at most": "≤", "at least": "≥"}


def console() -> Console:
    """Writes to stderr; stdout stays the result."""
    return Console(
        stderr=True, highlight=False, width=None if sys.stderr.isatty() else WIDTH_WITHOUT_TERMINAL
    )


def show(to: Console, results: Sequence[Result], machine: Mapping[str, Any]) -> None:
    """Each figure beside its target, then where each of them comes from."""
    cores, python = machine["cores"], machine["python"]
    to.print(
        f"{cores} cores, Python {python}, load {machine['load']} → {machine['load_after']}", style="bold"
    )
    to.print(_figures(results))
    for result in results:
        if not result.breakdown:
            continue
        to.print(f"\n{result.name}", style="bold")
        for line in _lines(result.breakdown, "  "):
            to.print(line, style="dim", markup=False)


def _figures(results: Sequence[Result]) -> Table:
    table = Table()
    for heading in ("measurement", "value", "target", "meets", "runs", "note"):
        table.add_column(heading, justify="right" if heading in ("value", "target", "runs") else "left")
    for result in results:
        table.add_row(
            result.name,
            "–" if result.value is None else f"{result.value:,.4g} {result.unit}",
            "" if result.target is None else f"{SIGNS[result.goal]} {result.target:g} {result.unit}",
            {True: "yes", False: "NO", None: ""}[result.meets],
            str(result.runs or ""),
            result.note,
            style="red" if result.meets is False or result.status == "failed" else None,
        )
    return table


def _lines(parts: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in parts.items():
        if isinstance(value, Mapping) and any(isinstance(inner, Mapping) for inner in value.values()):
            yield f"{indent}{name}"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, Mapping):
            yield f"{indent}{name}: " + ", ".join(f"{key} {inner}" for key, inner in value.items())
        else:
            yield f"{indent}{name}: {value}"
